// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/signin.h"

#include <QAction>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

class QWidget;

namespace hanseatlas
{

class NoticeArea;
class Session;
class SignInDialog;
class SignInPage;
class SignIns;

/** Asks the user who he is when servers want to know: a notice first, which is in nobody's way, and the dialog when he
 *  chooses it. Who is let in gets his layers. GUI thread. */
class SignInDesk final : public QObject
{
    Q_OBJECT
public:
    SignInDesk(Session &session, NoticeArea &notices, QWidget *window);
    ~SignInDesk() override; ///< ends what is under way

    /** The user wants this layer again: he may be asked again, too. */
    void askAgain(const QUuid &layer);
    SignInDialog *showDialog(const SignInQuestion &question);
    SignInPage *showPage();
    void showFirst(); ///< the dialog of the oldest notice, if there is one

private:
    void notice(const SignInQuestion &question);
    void reloadLayers(const SignInPlace &place);
    std::shared_ptr<SignInDoor> door() const;
    void openAgain(const SignInPlace &place);

    Session &m_session;
    NoticeArea &m_notices;
    QWidget *m_window;
    std::shared_ptr<SignIns> m_signIns; ///< null where there is no network
    QHash<QString, QAction *> m_actions; ///< of notices, by place
    QStringList m_notOpened; ///< addresses that were refused before there was a layer
    QPointer<SignInPage> m_page;
    QThreadPool m_pool; ///< who waits for a browser keeps no other work waiting
};

} // namespace hanseatlas
