// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/signin.h"

#include <QDialog>

class QPushButton;
class QStackedWidget;
class QThreadPool;
class QTreeWidget;

namespace hanseatlas::look
{
class MessageBar;
}

namespace hanseatlas
{

/** Which sign-ins are kept, for which host, of whom, in which way; never the secrets. They can be removed. */
class SignInPage final : public QDialog
{
    Q_OBJECT
public:
    SignInPage(std::shared_ptr<SignInDoor> door, QThreadPool &pool, QWidget *parent = nullptr);

    void refresh(); ///< shows what is kept now
    void removeSelected();

signals:
    void addWanted();
    void removed(const hanseatlas::SignInPlace &place);

private:
    QTreeWidget *createList();

    const std::shared_ptr<SignInDoor> m_door;
    QThreadPool &m_pool;
    QTreeWidget *m_list = nullptr;
    QStackedWidget *m_pages = nullptr;
    QPushButton *m_remove = nullptr;
    look::MessageBar *m_error = nullptr;
    QList<KeptSignIn> m_kept; ///< rows of the list
    Latest m_removing;
};

} // namespace hanseatlas
