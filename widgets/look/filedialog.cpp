// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/filedialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

namespace hanseatlas::look
{

QString documentsFolder()
{
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

QFileDialog *fileDialog(QWidget *parent, const QString &title, const QString &start)
{
    auto *dialog = new QFileDialog(parent, title, start.isEmpty() ? documentsFolder() : start);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->resize(860, 560); // Qt's own, where the system has none: room for names, sizes and dates
    return dialog;
}

} // namespace hanseatlas::look
