// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/aboutdialog.h"

#include "widgets/look/iconlabel.h"
#include "widgets/look/look.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{

constexpr int markSize = 64;
constexpr int textWidth = 460;

QLabel *paragraph(const QString &text)
{
    auto *paragraph = label(text);
    paragraph->setTextFormat(Qt::PlainText);
    paragraph->setWordWrap(true);
    paragraph->setMinimumWidth(textWidth);
    return paragraph;
}

} // namespace

AboutDialog::AboutDialog(const Program &program, QWidget *parent)
    : QDialog(parent)
    , m_program(program)
{
    setWindowTitle(tr("About %1").arg(program.name));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::huge, space::huge, space::huge, space::large);
    layout->setSpacing(space::large);
    layout->addLayout(createHead());
    layout->addWidget(paragraph(program.purpose));
    layout->addWidget(paragraph(program.licence));
    if (!program.components.isEmpty())
        layout->addWidget(createComponents());
    layout->addStretch();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setToolTip(tr("Copies versions and system, for a report"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);
}

QLayout *AboutDialog::createHead()
{
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addStretch();
    names->addWidget(label(m_program.name, Type::Title));
    auto *version = secondaryLabel(tr("Version %1").arg(m_program.version));
    version->setTextInteractionFlags(Qt::TextSelectableByMouse);
    names->addWidget(version);
    names->addStretch();
    auto *head = new QHBoxLayout;
    head->setSpacing(space::large);
    head->addWidget(new IconLabel(appIcon(), markSize));
    head->addLayout(names, 1);
    return head;
}

QWidget *AboutDialog::createComponents()
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::huge);
    grid->setVerticalSpacing(space::tiny);
    grid->addWidget(label(tr("Built on"), Type::Strong), 0, 0, 1, 3);
    int row = 1;
    for (const auto &component : m_program.components) {
        auto *name = label(component.home.isEmpty() ? component.name.toHtmlEscaped()
                                                    : u"<a href=\"%1\">%2</a>"_s.arg(component.home.toString(),
                                                                                     component.name.toHtmlEscaped()));
        name->setOpenExternalLinks(true);
        name->setToolTip(component.home.toDisplayString());
        grid->addWidget(name, row, 0);
        grid->addWidget(label(component.version, Type::Mono), row, 1);
        grid->addWidget(secondaryLabel(component.licence), row, 2);
        ++row;
    }
    grid->setColumnStretch(2, 1);
    return box;
}

QString AboutDialog::text() const
{
    auto lines = QStringList{u"%1 %2"_s.arg(m_program.name, m_program.version)};
    for (const auto &component : m_program.components)
        lines.append(u"%1 %2"_s.arg(component.name, component.version));
    lines.append(u"%1, %2, %3"_s.arg(QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture(),
                                     QGuiApplication::platformName()));
    return lines.join(u'\n');
}

} // namespace hanseatlas::look
