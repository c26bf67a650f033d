// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/valueimportdialog.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QLabel *sentence(const QString &text)
{
    auto *made = label(text);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    return made;
}

} // namespace

ValueImportDialog::ValueImportDialog(const Found &found, QWidget *parent)
    : QDialog(parent)
    , m_source(new QLineEdit(found.file, this))
    , m_licence(new QLineEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Values of indicators"));
    resize(620, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    const auto number = [](qint64 value) { return QLocale().toString(value); };
    layout->addWidget(sentence(tr("%1: %2 new, %3 corrected, %4 withdrawn, %5 unchanged values.")
                                   .arg(found.file, number(found.added), number(found.corrected), number(found.removed),
                                        number(found.unchanged))));
    if (!found.unknownColumns.isEmpty())
        layout->addWidget(sentence(tr("Columns that are not read: %1").arg(found.unknownColumns.join(u", "_s))));
    const qint64 changes = found.added + found.corrected + found.removed;
    m_source->setVisible(found.problemCount == 0 && changes > 0);
    m_licence->setVisible(m_source->isVisibleTo(this));
    if (found.problemCount > 0) {
        layout->addWidget(sentence(tr("%n row(s) cannot be read. Correct the file and import it again; nothing is "
                                      "taken over until then.",
                                      nullptr, int(found.problemCount))));
        auto *list = new QPlainTextEdit(found.problems.join(u'\n'));
        list->setReadOnly(true);
        list->setAccessibleName(tr("What cannot be read"));
        list->setMinimumHeight(200);
        layout->addWidget(list, 1);
    } else if (changes > 0) {
        m_source->setPlaceholderText(tr("e.g. Statistikstelle, Jahrbuch 2026"));
        m_licence->setPlaceholderText(tr("e.g. dl-de/by-2-0"));
        auto *form = new QFormLayout;
        form->addRow(tr("Source"), m_source);
        form->addRow(tr("Licence"), m_licence);
        layout->addLayout(form);
        layout->addWidget(sentence(tr("Both stand beside the values wherever they are explained. What is corrected "
                                      "stays in the store's history.")));
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *accept = buttons->addButton(tr("Take over"), QDialogButtonBox::AcceptRole);
    setPrimary(accept);
    accept->setEnabled(found.problemCount == 0 && changes > 0);
    connect(m_source, &QLineEdit::textChanged, accept,
            [accept](const QString &text) { accept->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

QString ValueImportDialog::source() const
{
    return m_source->text().trimmed();
}

QString ValueImportDialog::licence() const
{
    return m_licence->text().trimmed();
}

void ValueImportDialog::setLicence(const QString &licence)
{
    m_licence->setText(licence);
}

} // namespace hanseatlas
