// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QFileDialog;
class QWidget;

namespace hanseatlas::look
{

/** The user's folder for documents, or home where there is none. */
QString documentsFolder();

/** A dialog of the system's kind that deletes itself when it closes; still to be set up and opened. `start`: a folder
 * or a file in it; "" = the user's documents. */
QFileDialog *fileDialog(QWidget *parent, const QString &title, const QString &start);

/** The same for a file to be written. `filters` as "CSV (*.csv)", the first is chosen; the ending follows the choice.
 * `name`: without ending. */
QFileDialog *saveDialog(QWidget *parent, const QString &title, const QStringList &filters, const QString &name);

} // namespace hanseatlas::look
