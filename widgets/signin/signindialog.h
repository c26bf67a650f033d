// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/signin.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QThreadPool;

namespace hanseatlas::look
{
class MessageBar;
class Spinner;
} // namespace hanseatlas::look

namespace hanseatlas
{

/** Asks who the user is to a server, tries it there, and closes when the server lets him in. */
class SignInDialog final : public QDialog
{
    Q_OBJECT
public:
    /** Where the question names no address, the user enters one. The door is held by what runs. */
    SignInDialog(SignInQuestion question, std::shared_ptr<SignInDoor> door, QThreadPool &pool,
                 QWidget *parent = nullptr);
    ~SignInDialog() override;

    void setWay(SignInWay way);
    /** What stands in the fields. */
    SignInEntry entry() const;
    void accept() override; ///< tries first

signals:
    void signedIn(const hanseatlas::SignInPlace &place);
    /** The user is to go on there with the browser. */
    void browserWanted(const QUrl &url);

private:
    QWidget *createHead();
    QWidget *createFields();
    QLineEdit *addField(const QString &caption, bool secret = false);
    QWidget *createFile();
    QWidget *createBottom();
    void chooseFile();
    void updateFields();
    void updateState();
    SignInWay way() const;
    SignInQuestion asked() const; ///< with the address that the user has entered
    bool isComplete() const;

    const SignInQuestion m_question;
    const std::shared_ptr<SignInDoor> m_door;
    QThreadPool &m_pool;
    QComboBox *m_way = nullptr;
    QFormLayout *m_form = nullptr;
    QLineEdit *m_address = nullptr; ///< null where the question has one
    QLineEdit *m_user = nullptr, *m_password = nullptr, *m_token = nullptr, *m_authorize = nullptr,
              *m_tokenAddress = nullptr, *m_client = nullptr, *m_clientSecret = nullptr, *m_scope = nullptr,
              *m_file = nullptr, *m_passPhrase = nullptr;
    QWidget *m_fileRow = nullptr;
    QCheckBox *m_remember = nullptr;
    QLabel *m_place = nullptr; ///< where it is kept
    QLabel *m_open = nullptr; ///< warns of a connection without encryption
    look::MessageBar *m_error = nullptr;
    look::Spinner *m_spinner = nullptr;
    QLabel *m_state = nullptr;
    QPushButton *m_ok = nullptr;
    Latest m_trying;
};

} // namespace hanseatlas
