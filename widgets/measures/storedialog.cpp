// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/storedialog.h"

#include "widgets/look/look.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int indent = 24; ///< of what belongs to a radio button

QLabel *note(const QString &text)
{
    auto *label = secondaryLabel(text);
    label->setWordWrap(true);
    label->setContentsMargins(indent, 0, 0, 0);
    return label;
}

QVBoxLayout *columnOf(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(indent, 0, 0, 0);
    column->setSpacing(space::small);
    return column;
}

} // namespace

StoreDialog::StoreDialog(const StoreChoice &now, QWidget *parent)
    : QDialog(parent)
    , m_person(new QLineEdit(now.person))
    , m_local(new QRadioButton(tr("On this &computer")))
    , m_shared(new QRadioButton(tr("In a &database that several people share")))
    , m_fields(new QWidget)
    , m_host(new QLineEdit(now.host))
    , m_port(new QSpinBox)
    , m_database(new QLineEdit(now.database))
    , m_user(new QLineEdit(now.user))
    , m_password(new QLineEdit)
    , m_verified(new QCheckBox(tr("Only over a connection whose certificate is &verified")))
    , m_making(new QWidget)
    , m_mine(new QRadioButton(tr("Begin with my measures as they stand now")))
    , m_strategys(new QRadioButton(tr("Begin with the measures of the Digital Strategy")))
    , m_problem(label({}))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Store of the measures"));
    setMinimumWidth(520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::small);
    auto *who = new QFormLayout;
    who->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    who->addRow(tr("Your &name in the history"), m_person);
    layout->addLayout(who);
    layout->addSpacing(space::small);
    layout->addWidget(m_local);
    layout->addWidget(note(tr("For one user. Nobody else sees the changes.")));
    layout->addSpacing(space::small);
    layout->addWidget(m_shared);
    layout->addWidget(note(tr("PostgreSQL. A copy stays on this computer, so that work goes on without network; what "
                              "was changed meanwhile is sent later.")));
    layout->addWidget(createShared(now));
    auto *making = columnOf(m_making);
    making->setContentsMargins(indent, space::medium, 0, 0);
    auto *empty = label(tr("The database holds no measures yet. The tables for them can be set up now:"));
    empty->setWordWrap(true);
    making->addWidget(empty);
    making->addWidget(m_mine);
    making->addWidget(m_strategys);
    m_mine->setChecked(true);
    m_making->hide();
    layout->addWidget(m_making);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addStretch(1);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = box->button(QDialogButtonBox::Ok);
    layout->addSpacing(space::small);
    layout->addWidget(box);
    auto *where = new QButtonGroup(this);
    where->addButton(m_local);
    where->addButton(m_shared);
    (now.isShared ? m_shared : m_local)->setChecked(true);
    connect(m_person, &QLineEdit::textEdited, this, &StoreDialog::update);
    connect(m_shared, &QRadioButton::toggled, this, &StoreDialog::update);
    connect(box, &QDialogButtonBox::accepted, this, &StoreDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, [this] {
        if (m_busy)
            emit stopped();
        reject();
    });
    update();
}

QWidget *StoreDialog::createShared(const StoreChoice &now)
{
    m_host->setPlaceholderText(tr("name or address"));
    m_port->setRange(1, 65535);
    m_port->setValue(now.port);
    m_port->setGroupSeparatorShown(false);
    m_user->setPlaceholderText(tr("as at this computer"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(now.isShared ? tr("unchanged") : QString());
    m_verified->setChecked(now.verified);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setSpacing(space::small);
    form->addRow(tr("&Server"), m_host);
    form->addRow(tr("&Port"), m_port);
    form->addRow(tr("Data&base"), m_database);
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("Pass&word"), m_password);
    auto *column = columnOf(m_fields);
    column->addLayout(form);
    column->addWidget(m_verified);
    auto *kept = secondaryLabel(tr("The password is kept in the keychain of the system."));
    kept->setWordWrap(true);
    column->addWidget(kept);
    for (auto *line : {m_host, m_database, m_user}) {
        connect(line, &QLineEdit::textEdited, this, [this] { m_making->hide(); }); // asked of another database
        connect(line, &QLineEdit::textEdited, this, &StoreDialog::update);
    }
    return m_fields;
}

void StoreDialog::update()
{
    m_fields->setEnabled(m_shared->isChecked() && !m_busy);
    if (!m_shared->isChecked())
        m_making->hide();
    const bool complete = !m_host->text().trimmed().isEmpty() && !m_database->text().trimmed().isEmpty();
    m_ok->setEnabled(!m_busy && !m_person->text().trimmed().isEmpty() && (!m_shared->isChecked() || complete));
    m_ok->setText(m_busy ? tr("Connecting…") : m_making->isVisible() ? tr("&Set up and use") : tr("&Use"));
    m_local->setEnabled(!m_busy);
    m_shared->setEnabled(!m_busy);
    m_making->setEnabled(!m_busy);
}

StoreChoice StoreDialog::choice() const
{
    return {.person = m_person->text().simplified(),
            .isShared = m_shared->isChecked(),
            .host = m_host->text().trimmed(),
            .database = m_database->text().trimmed(),
            .user = m_user->text().trimmed(),
            .port = m_port->value(),
            .verified = m_verified->isChecked(),
            .password = m_password->text(),
            .make = !m_making->isHidden(),
            .takeMine = m_mine->isChecked()};
}

void StoreDialog::setBusy(bool busy)
{
    m_busy = busy;
    if (busy)
        m_problem->hide();
    update();
}

void StoreDialog::setProblem(const Error &error)
{
    setBusy(false);
    m_problem->setText((error.what + u' ' + error.hint).trimmed());
    m_problem->setToolTip(error.detail.toHtmlEscaped());
    auto colours = m_problem->palette();
    colours.setColor(QPalette::WindowText, tokens().error);
    m_problem->setPalette(colours);
    m_problem->show();
}

void StoreDialog::askToMake()
{
    m_making->show();
    setBusy(false);
    m_mine->setFocus();
}

void StoreDialog::accept()
{
    if (m_ok->isEnabled())
        emit wanted(choice());
}

} // namespace hanseatlas
