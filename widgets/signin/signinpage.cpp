// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/signin/signinpage.h"

#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QString nameOf(SignInWay way)
{
    switch (way) {
    case SignInWay::Password:
        return SignInPage::tr("Password");
    case SignInWay::Token:
        return SignInPage::tr("Token");
    case SignInWay::ClientCredentials:
        return SignInPage::tr("OAuth 2, client");
    case SignInWay::AuthorizationCode:
        return SignInPage::tr("OAuth 2, browser");
    case SignInWay::Certificate:
        return SignInPage::tr("Certificate");
    }
    return {};
}

QString hostOf(const SignInPlace &place)
{
    const auto host = place.isProxy() ? SignInPage::tr("Proxy server %1").arg(place.host()) : place.host();
    return place.realm.isEmpty() ? host : u"%1 – %2"_s.arg(host, place.realm);
}

} // namespace

SignInPage::SignInPage(std::shared_ptr<SignInDoor> door, QThreadPool &pool, QWidget *parent)
    : QDialog(parent)
    , m_door(std::move(door))
    , m_pool(pool)
{
    setWindowTitle(tr("Sign-ins"));
    resize(680, 380);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    auto *explanation = secondaryLabel(
        m_door->hasKeychain()
            ? tr("Passwords and tokens are in the keychain of the system. Hanseatlas keeps only this list beside it.")
            : tr("This computer has no keychain: sign-ins hold until the program ends."),
        Type::Caption);
    explanation->setWordWrap(true);
    layout->addWidget(explanation);
    m_pages = new QStackedWidget;
    m_pages->addWidget(createList());
    m_pages->addWidget(new EmptyState(u"lock"_s, tr("No sign-in is kept"),
                                      tr("When a service wants a sign-in, a notice above the map asks for it.")));
    layout->addWidget(m_pages, 1);
    m_error = new MessageBar(MessageBar::Kind::Error);
    m_error->hide();
    layout->addWidget(m_error);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *add = box->addButton(tr("&Add…"), QDialogButtonBox::ActionRole);
    m_remove = box->addButton(tr("&Remove"), QDialogButtonBox::ActionRole);
    for (auto *button : {add, m_remove})
        button->setAutoDefault(false);
    connect(add, &QPushButton::clicked, this, &SignInPage::addWanted);
    connect(m_remove, &QPushButton::clicked, this, &SignInPage::removeSelected);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(box);
    refresh();
}

QTreeWidget *SignInPage::createList()
{
    m_list = new QTreeWidget;
    m_list->setRootIsDecorated(false);
    m_list->setHeaderLabels({tr("Host"), tr("User"), tr("Way"), tr("Kept")});
    m_list->setAccessibleName(tr("Sign-ins"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < 4; ++column)
        m_list->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this,
            [this] { m_remove->setEnabled(m_list->currentItem() && m_list->currentItem()->isSelected()); });
    return m_list;
}

void SignInPage::refresh()
{
    m_kept = m_door->kept();
    m_list->clear();
    for (const auto &kept : std::as_const(m_kept)) {
        const auto who = kept.way == SignInWay::Certificate ? QFileInfo(kept.certificateFile).fileName() : kept.user;
        auto *row = new QTreeWidgetItem(m_list,
                                        {hostOf(kept.place), who, nameOf(kept.way),
                                         kept.lasting ? tr("In the keychain") : tr("Until the program ends")});
        row->setToolTip(0, kept.place.server);
        row->setToolTip(1, kept.certificateFile.isEmpty() ? who : kept.certificateFile);
    }
    m_pages->setCurrentIndex(m_kept.isEmpty() ? 1 : 0);
    if (!m_kept.isEmpty())
        m_list->setCurrentItem(m_list->topLevelItem(0));
    m_remove->setEnabled(!m_kept.isEmpty());
}

void SignInPage::removeSelected()
{
    const auto row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row < 0 || m_removing.isRunning())
        return;
    m_remove->setEnabled(false);
    m_error->hide();
    const auto kept = m_kept[row];
    m_removing.run(
        m_pool, [door = m_door, kept](CancelToken token) { return door->forget(kept, token); },
        [this, place = kept.place](const Status &status) {
            refresh();
            if (status) {
                emit removed(place);
                return;
            }
            m_error->setError(status.error());
            m_error->show();
        });
}

} // namespace hanseatlas
