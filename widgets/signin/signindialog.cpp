// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/signin/signindialog.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/spinner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <exception>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int dialogWidth = 520;

QLabel *explanation(const QString &text)
{
    auto *line = secondaryLabel(text, Type::Caption);
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    return line;
}

} // namespace

SignInDialog::SignInDialog(SignInQuestion question, std::shared_ptr<SignInDoor> door, QThreadPool &pool,
                           QWidget *parent)
    : QDialog(parent)
    , m_question(std::move(question))
    , m_door(std::move(door))
    , m_pool(pool)
{
    setWindowTitle(tr("Sign in"));
    resize(dialogWidth, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    layout->addWidget(createHead());
    layout->addWidget(createFields());
    m_open = explanation(
        tr("The connection is not encrypted: others in the network can read what you enter. Ask for an address with "
           "https://."));
    layout->addWidget(m_open);
    m_error = new MessageBar(MessageBar::Kind::Error);
    m_error->setClosable(false);
    m_error->hide();
    layout->addWidget(m_error);
    layout->addStretch();
    layout->addWidget(createBottom());
    m_ok->setDefault(true); // a dialog knows its default button only when it is in it
    setWay(m_question.wantsCertificate ? SignInWay::Certificate : SignInWay::Password);
    if (m_question.refused) {
        m_error->setMessage(MessageBar::Kind::Warning, tr("The sign-in that was kept is no longer accepted."));
        m_error->show();
    }
}

SignInDialog::~SignInDialog() = default;

QWidget *SignInDialog::createHead()
{
    auto *head = new QWidget;
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::tiny);
    const auto &place = m_question.place;
    const auto host = place.server.isEmpty() ? tr("Sign in to a service")
        : place.isProxy()                    ? tr("Proxy server %1").arg(place.host())
                                             : place.host();
    auto *title = label(host, Type::Heading);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    lines->addWidget(title);
    if (!place.realm.isEmpty())
        lines->addWidget(explanation(tr("Area: %1").arg(place.realm)));
    return head;
}

QLineEdit *SignInDialog::addField(const QString &caption, bool secret)
{
    auto *field = new QLineEdit;
    if (secret)
        field->setEchoMode(QLineEdit::Password);
    m_form->addRow(caption, field);
    connect(field, &QLineEdit::textChanged, this, [this] {
        m_trying.cancel();
        m_error->hide();
        updateState();
    });
    return field;
}

QWidget *SignInDialog::createFields()
{
    auto *fields = new QWidget;
    m_form = new QFormLayout(fields);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setSpacing(space::small);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (m_question.url.isEmpty()) {
        m_address = addField(tr("A&ddress:"));
        m_address->setPlaceholderText(u"https://"_s);
    }
    m_way = new QComboBox;
    m_way->addItem(tr("User and password"), int(SignInWay::Password));
    if (!m_question.place.isProxy()) {
        m_way->addItem(tr("Token"), int(SignInWay::Token));
        m_way->addItem(tr("OAuth 2: sign in with the browser"), int(SignInWay::AuthorizationCode));
        m_way->addItem(tr("OAuth 2: client with a secret"), int(SignInWay::ClientCredentials));
        m_way->addItem(tr("Certificate"), int(SignInWay::Certificate));
    }
    m_form->addRow(tr("&Way:"), m_way);
    m_user = addField(tr("&User:"));
    m_password = addField(tr("&Password:"), true);
    m_token = addField(tr("&Token:"), true);
    m_authorize = addField(tr("Sign-in addr&ess:"));
    m_tokenAddress = addField(tr("T&oken address:"));
    m_client = addField(tr("C&lient ID:"));
    m_clientSecret = addField(tr("Client secre&t:"), true);
    m_scope = addField(tr("Sco&pe:"));
    for (auto *field : {m_authorize, m_tokenAddress})
        field->setPlaceholderText(u"https://"_s);
    for (auto *field : {m_clientSecret, m_scope})
        field->setPlaceholderText(tr("if there is one"));
    m_form->addRow(tr("&File:"), m_fileRow = createFile());
    m_passPhrase = addField(tr("&Pass phrase:"), true);
    connect(m_way, &QComboBox::currentIndexChanged, this, &SignInDialog::updateFields);
    return fields;
}

QWidget *SignInDialog::createFile()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    m_file = new QLineEdit;
    m_file->setAccessibleName(tr("Certificate"));
    connect(m_file, &QLineEdit::textChanged, this, [this] {
        m_trying.cancel();
        m_error->hide();
        updateState();
    });
    auto *choose = new QPushButton(icon(u"file"_s), tr("&Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &SignInDialog::chooseFile);
    line->addWidget(m_file, 1);
    line->addWidget(choose);
    row->setFocusProxy(m_file);
    return row;
}

QWidget *SignInDialog::createBottom()
{
    auto *bottom = new QWidget;
    auto *lines = new QVBoxLayout(bottom);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::tiny);
    m_remember = new QCheckBox(tr("&Remember"));
    m_remember->setChecked(m_door->hasKeychain());
    m_remember->setEnabled(m_door->hasKeychain());
    m_place = explanation({});
    connect(m_remember, &QCheckBox::toggled, this, &SignInDialog::updateState);
    lines->addWidget(m_remember);
    lines->addWidget(m_place);
    lines->addSpacing(space::medium);
    auto *row = new QHBoxLayout;
    m_spinner = new Spinner;
    m_state = secondaryLabel({}, Type::Caption);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = box->addButton(tr("&Sign in"), QDialogButtonBox::AcceptRole);
    setPrimary(m_ok);
    connect(box, &QDialogButtonBox::accepted, this, &SignInDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    row->addWidget(m_spinner);
    row->addWidget(m_state, 1);
    row->addWidget(box);
    lines->addLayout(row);
    return bottom;
}

void SignInDialog::chooseFile()
{
    auto *dialog = fileDialog(this, tr("Choose certificate"), {});
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.p12 *.pfx)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

SignInWay SignInDialog::way() const
{
    return SignInWay(m_way->currentData().toInt());
}

void SignInDialog::setWay(SignInWay way)
{
    m_way->setCurrentIndex(std::max(0, m_way->findData(int(way))));
    updateFields();
}

void SignInDialog::updateFields()
{
    const auto chosen = way();
    const bool client = chosen == SignInWay::ClientCredentials;
    const bool browser = chosen == SignInWay::AuthorizationCode;
    const auto show = [this](QWidget *field, bool visible) { m_form->setRowVisible(field, visible); };
    show(m_user, chosen == SignInWay::Password);
    show(m_password, chosen == SignInWay::Password);
    show(m_token, chosen == SignInWay::Token);
    show(m_authorize, browser);
    for (auto *field : {m_tokenAddress, m_client, m_clientSecret, m_scope})
        show(field, client || browser);
    show(m_fileRow, chosen == SignInWay::Certificate);
    show(m_passPhrase, chosen == SignInWay::Certificate);
    m_clientSecret->setPlaceholderText(client ? QString() : tr("if there is one"));
    m_trying.cancel();
    m_error->hide();
    updateState();
    auto *first = m_address          ? m_address
        : browser                    ? m_authorize
        : client                     ? m_tokenAddress
        : m_token->isVisibleTo(this) ? m_token
        : m_user->isVisibleTo(this)  ? m_user
                                     : m_file;
    first->setFocus();
    resize(width(), sizeHint().height());
}

SignInEntry SignInDialog::entry() const
{
    SignInEntry entry{.way = way(), .remember = m_remember->isChecked()};
    switch (entry.way) {
    case SignInWay::Password:
        entry.user = m_user->text();
        entry.secret = m_password->text();
        break;
    case SignInWay::Token:
        entry.secret = m_token->text();
        break;
    case SignInWay::Certificate:
        entry.certificateFile = m_file->text().trimmed();
        entry.secret = m_passPhrase->text();
        break;
    case SignInWay::AuthorizationCode:
        entry.oauth.authorizeAddress = m_authorize->text().trimmed();
        [[fallthrough]];
    case SignInWay::ClientCredentials:
        entry.oauth.tokenAddress = m_tokenAddress->text().trimmed();
        entry.oauth.clientId = m_client->text().trimmed();
        entry.oauth.scope = m_scope->text().simplified();
        entry.secret = m_clientSecret->text();
        break;
    }
    return entry;
}

SignInQuestion SignInDialog::asked() const
{
    if (!m_address)
        return m_question;
    const QUrl url(m_address->text().trimmed(), QUrl::StrictMode);
    return {.place = SignInPlace::of(url), .url = url.adjusted(QUrl::RemoveUserInfo)};
}

bool SignInDialog::isComplete() const
{
    const auto e = entry();
    const auto url = asked().url;
    const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!web || url.host().isEmpty())
        return false;
    switch (e.way) {
    case SignInWay::Password:
        return !e.user.isEmpty();
    case SignInWay::Token:
        return !e.secret.isEmpty();
    case SignInWay::Certificate:
        return !e.certificateFile.isEmpty();
    case SignInWay::ClientCredentials:
        return !e.oauth.tokenAddress.isEmpty() && !e.oauth.clientId.isEmpty() && !e.secret.isEmpty();
    case SignInWay::AuthorizationCode:
        return !e.oauth.authorizeAddress.isEmpty() && !e.oauth.tokenAddress.isEmpty() && !e.oauth.clientId.isEmpty();
    }
    return false;
}

void SignInDialog::accept()
{
    if (!isComplete() || m_trying.isRunning())
        return;
    m_error->hide();
    const auto question = asked();
    const auto openBrowser = [dialog = QPointer(this)](const QUrl &url) {
        QMetaObject::invokeMethod(
            qApp,
            [dialog, url] {
                if (dialog)
                    emit dialog->browserWanted(url);
            },
            Qt::QueuedConnection);
    };
    m_trying.run(
        m_pool,
        [door = m_door, question, given = entry(), openBrowser](CancelToken token) -> Status {
            try {
                return door->signIn(question, given, openBrowser, token);
            } catch (const std::exception &e) {
                return failure(ErrorKind::Internal, tr("Signing in was interrupted."), {},
                               QString::fromLocal8Bit(e.what()));
            }
        },
        [this, question](const Status &status) {
            updateState();
            if (status) {
                emit signedIn(question.place);
                QDialog::accept();
                return;
            }
            m_error->setError(status.error());
            m_error->show();
            m_password->selectAll();
        });
    updateState();
}

void SignInDialog::updateState()
{
    const bool tries = m_trying.isRunning();
    m_spinner->setVisible(tries);
    m_state->setText(!tries                                      ? QString()
                         : way() == SignInWay::AuthorizationCode ? tr("Go on in the browser …")
                                                                 : tr("Signing in …"));
    m_ok->setEnabled(!tries && isComplete());
    m_open->setVisible(asked().url.scheme() == "http"_L1);
    const bool remembers = m_remember->isChecked();
    m_place->setText(!m_door->hasKeychain()
                         ? tr("This computer has no keychain: the sign-in holds until the program ends.")
                         : remembers ? tr("Kept in the keychain of the system – not in workspaces, settings or logs.")
                                     : tr("The sign-in holds until the program ends."));
}

} // namespace hanseatlas
