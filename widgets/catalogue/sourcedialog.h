// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguereader.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hanseatlas
{

namespace look
{
class MessageBar;
class Spinner;
} // namespace look

/** Asks for the address of a portal, catalogue or service and finds out what it is. The dialog never waits for the
 *  network, and closing it ends the search. */
class SourceDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `detector` lives until the pool's work has ended. */
    SourceDialog(const CatalogueDetector &detector, QThreadPool &pool, QWidget *parent = nullptr);
    ~SourceDialog() override;

    void setAddress(const QString &address);
    void accept() override; ///< looks first

signals:
    void found(const hanseatlas::CatalogueSource &source);

private:
    QWidget *createAddress();
    void chooseFile();
    void updateState();

    const CatalogueDetector &m_detector;
    QThreadPool &m_pool;
    QLineEdit *m_address = nullptr;
    QLabel *m_state = nullptr;
    look::Spinner *m_spinner = nullptr;
    look::MessageBar *m_error = nullptr;
    QPushButton *m_ok = nullptr;
    Latest m_looking;
};

} // namespace hanseatlas
