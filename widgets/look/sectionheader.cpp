// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/sectionheader.h"

#include "widgets/look/look.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace hanseatlas::look
{

SectionHeader::SectionHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(label(title, Type::Heading))
    , m_note(secondaryLabel({}, Type::Caption))
    , m_buttons(new QHBoxLayout)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_title, 1);
    m_buttons->setSpacing(0);
    row->addLayout(m_buttons);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_note);
    m_note->setWordWrap(true);
    m_note->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void SectionHeader::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void SectionHeader::addButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(action->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
    m_buttons->addWidget(button);
}

} // namespace hanseatlas::look
