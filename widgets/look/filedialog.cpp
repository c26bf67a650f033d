// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/filedialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

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

QFileDialog *saveDialog(QWidget *parent, const QString &title, const QStringList &filters, const QString &name)
{
    auto *dialog = fileDialog(parent, title, {});
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    const auto follow = [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.section(u"*."_s, 1).section(u')', 0, 0));
    };
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, follow);
    follow(filters.value(0));
    dialog->selectFile(name);
    return dialog;
}

} // namespace hanseatlas::look
