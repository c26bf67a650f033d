// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLineEdit;

namespace hanseatlas
{

/** What an import of values would do, and where they come from, before anything is written. Where a row cannot be taken
 * over nothing can. */
class ValueImportDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Found {
        QString file; ///< its name
        qint64 added = 0, corrected = 0, removed = 0, unchanged = 0;
        QStringList unknownColumns;
        QStringList problems; ///< each a line
        qint64 problemCount = 0;
    };
    explicit ValueImportDialog(const Found &found, QWidget *parent = nullptr);

    QString source() const; ///< as typed; the file's name from the beginning
    QString licence() const;
    void setLicence(const QString &licence);
    // accepted(): it is to be done

private:
    QLineEdit *m_source;
    QLineEdit *m_licence;
};

} // namespace hanseatlas
