// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/pathfield.h"

#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

PathField::PathField(const QString &title, const QString &filters, const QString &suffix, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_filters(filters)
    , m_suffix(suffix)
    , m_edit(new QLineEdit(this))
    , m_button(new QPushButton(look::icon(u"folder"_s), tr("Choose…"), this))
    , m_note(look::secondaryLabel({}, look::Type::Caption, this))
{
    m_edit->setAccessibleName(title);
    m_note->setWordWrap(true);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(look::space::small);
    layout->setVerticalSpacing(look::space::tiny);
    layout->addWidget(m_edit, 0, 0);
    layout->addWidget(m_button, 0, 1);
    layout->addWidget(m_note, 1, 0, 1, 2);
    setFocusProxy(m_edit);
    connect(m_button, &QPushButton::clicked, this, &PathField::choose);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        explain();
        emit changed();
    });
    explain();
}

QString PathField::path() const
{
    auto path = QDir::fromNativeSeparators(m_edit->text().trimmed());
    if (!path.isEmpty() && QFileInfo(path).suffix().isEmpty())
        path += u'.' + m_suffix;
    return path;
}

void PathField::setPath(const QString &path)
{
    m_edit->setText(QDir::toNativeSeparators(path));
}

void PathField::setSuffix(const QString &suffix)
{
    const auto before = path();
    m_suffix = suffix;
    if (before.isEmpty())
        return;
    const QFileInfo info(before);
    setPath(info.path() + u'/' + info.completeBaseName() + u'.' + suffix);
}

bool PathField::isUsable() const
{
    const QFileInfo info(path());
    return !path().isEmpty() && info.isAbsolute() && !info.isDir() && QFileInfo(info.absolutePath()).isDir();
}

void PathField::explain()
{
    const QFileInfo info(path());
    QString text;
    if (path().isEmpty())
        text = tr("Choose where the file goes.");
    else if (!isUsable())
        text = tr("There is no such folder.");
    else if (info.exists())
        text = tr("This file exists and will be replaced.");
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void PathField::choose()
{
    auto *dialog = look::fileDialog(this, m_title, path());
    dialog->setNameFilter(m_filters);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_suffix);
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::setPath);
    dialog->open();
}

} // namespace hanseatlas
