// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signindesk.h"

#include "app/noticearea.h"
#include "app/session.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/net/httpsignin.h"
#include "widgets/signin/signindialog.h"
#include "widgets/signin/signinpage.h"

#include <QDesktopServices>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString topicOf(const SignInPlace &place)
{
    return place.key();
}

} // namespace

SignInDesk::SignInDesk(Session &session, NoticeArea &notices, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_notices(notices)
    , m_window(window)
    , m_signIns(session.network() ? session.network()->signIns() : nullptr)
{
    if (!m_signIns)
        return;
    connect(m_signIns.get(), &SignIns::wanted, this, &SignInDesk::notice);
    connect(&session.openQueue(), &OpenQueue::failed, this, [this](const QString &location, const Error &error) {
        if (error.kind != ErrorKind::NotReadable || !location.startsWith("http"_L1))
            return;
        if (!m_notOpened.contains(location))
            m_notOpened.append(location);
        const auto start = SignInPlace::of(QUrl(location)).key();
        for (const auto &shown : m_notices.notices())
            if (shown.action && shown.topic.startsWith(start)) // says the same, and what to do
                return m_notices.dismiss(u"open:"_s + location);
    });
}

SignInDesk::~SignInDesk()
{
    delete m_page; // their work ends with them
    qDeleteAll(m_window->findChildren<SignInDialog *>(Qt::FindDirectChildrenOnly));
    m_pool.waitForDone();
}

std::shared_ptr<SignInDoor> SignInDesk::door() const
{
    // What runs holds the way to the network, too.
    auto network = m_session.network();
    return {new HttpSignIn(network->client(), m_signIns), [network](SignInDoor *door) { delete door; }};
}

void SignInDesk::notice(const SignInQuestion &question)
{
    const auto topic = topicOf(question.place);
    auto *&action = m_actions[topic];
    delete action;
    action = new QAction(tr("Sign in…"), this);
    connect(action, &QAction::triggered, this, [this, question] { showDialog(question); });
    const auto host = question.place.host();
    m_notices.show({.kind = Notice::Kind::Warning,
                    .text = question.place.isProxy() ? tr("The proxy server “%1” wants a sign-in.").arg(host)
                        : question.wantsCertificate  ? tr("“%1” wants a certificate of yours.").arg(host)
                        : question.refused           ? tr("“%1” no longer accepts the sign-in.").arg(host)
                                                     : tr("“%1” wants a sign-in.").arg(host),
                    .topic = topic,
                    .action = action});
}

SignInDialog *SignInDesk::showDialog(const SignInQuestion &question)
{
    if (!m_signIns)
        return nullptr;
    auto *dialog = new SignInDialog(question, door(), m_pool, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SignInDialog::browserWanted, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(dialog, &SignInDialog::signedIn, this, [this](const SignInPlace &place) {
        m_notices.dismiss(topicOf(place));
        if (m_page)
            m_page->refresh();
        reloadLayers(place);
        openAgain(place);
    });
    connect(dialog, &QDialog::rejected, this, [this, place = question.place] {
        if (place.server.isEmpty()) // the user began it himself
            return;
        m_signIns->dismiss(place);
        m_notices.dismiss(topicOf(place));
    });
    dialog->open();
    return dialog;
}

SignInPage *SignInDesk::showPage()
{
    if (!m_signIns)
        return nullptr;
    if (!m_page) {
        m_page = new SignInPage(door(), m_pool, m_window);
        m_page->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_page, &SignInPage::addWanted, this, [this] { showDialog({}); });
    }
    m_page->open();
    return m_page;
}

void SignInDesk::showFirst()
{
    for (const auto &notice : m_notices.notices())
        if (notice.action && m_actions.values().contains(notice.action.data()))
            return notice.action->trigger();
}

void SignInDesk::askAgain(const QUuid &layer)
{
    const auto *node = m_session.tree().find(layer);
    if (!m_signIns || !node || !node->layer || !node->layer->source.isRemote())
        return;
    m_signIns->askAgain(SignInPlace::of(QUrl(node->layer->source.location)).server);
}

void SignInDesk::openAgain(const SignInPlace &place)
{
    QStringList again;
    for (const auto &location : std::as_const(m_notOpened))
        if (place.isProxy() || SignInPlace::of(QUrl(location)).server == place.server)
            again.append(location);
    for (const auto &location : std::as_const(again)) {
        m_notOpened.removeOne(location);
        m_notices.dismiss(u"open:"_s + location);
    }
    if (!again.isEmpty())
        m_session.open(again);
}

void SignInDesk::reloadLayers(const SignInPlace &place)
{
    for (const auto &id : m_session.tree().layerIds()) {
        const auto &layer = *m_session.tree().find(id)->layer;
        if (!layer.source.isRemote())
            continue;
        // A service may send for its maps to another host than that of its description.
        const bool wasRefused = layer.state == LayerState::Failed && layer.error.kind == ErrorKind::NotReadable;
        if (place.isProxy() || wasRefused || SignInPlace::of(QUrl(layer.source.location)).server == place.server)
            m_session.loader().reload(id);
    }
}

} // namespace hanseatlas
