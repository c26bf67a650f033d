// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace hanseatlas
{

/** Where the measures are kept, as the user says it. */
struct StoreChoice {
    QString person; ///< who changes the measures, in their history
    bool isShared = false;
    QString host, database, user;
    int port = 5432;
    bool verified = false; ///< only over a connection whose certificate is checked
    QString password; ///< "" = as it was
    bool make = false; ///< set up the tables in an empty database …
    bool takeMine = true; ///< … and begin with the user's own measures, not with the strategy's
};

/** Asks where the measures are kept. It stays open while the choice is tried and says what is wrong with it. */
class StoreDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit StoreDialog(const StoreChoice &now, QWidget *parent = nullptr);

    StoreChoice choice() const;
    void setBusy(bool busy);
    void setProblem(const Error &error);
    /** The database is there and empty: may it be set up? */
    void askToMake();
    void accept() override; ///< wanted(), unless something is missing

signals:
    void wanted(const hanseatlas::StoreChoice &choice); ///< done() with what came of it
    void stopped(); ///< while busy

private:
    QWidget *createShared(const StoreChoice &now);
    void update();

    QLineEdit *m_person;
    QRadioButton *m_local;
    QRadioButton *m_shared;
    QWidget *m_fields;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_database;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QCheckBox *m_verified;
    QWidget *m_making;
    QRadioButton *m_mine;
    QRadioButton *m_strategys;
    QLabel *m_problem;
    QPushButton *m_ok;
    bool m_busy = false;
};

} // namespace hanseatlas
