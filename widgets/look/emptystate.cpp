// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/emptystate.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/iconlabel.h"
#include "widgets/look/look.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace hanseatlas::look
{

EmptyState::EmptyState(const QString &icon, const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel(look::icon(icon, Tint::Secondary), 40))
    , m_title(label({}, Type::Heading))
    , m_text(secondaryLabel({}))
    , m_buttons(new QHBoxLayout)
{
    for (auto *part : {m_title, m_text}) {
        part->setAlignment(Qt::AlignHCenter);
        part->setWordWrap(true);
    }
    m_buttons->setSpacing(space::small);
    m_buttons->setAlignment(Qt::AlignHCenter);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::huge, space::huge, space::huge, space::huge);
    layout->setSpacing(space::small);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(space::tiny);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(space::small);
    layout->addLayout(m_buttons);
    layout->addStretch(3);
    setTitle(title);
    setText(text);
}

void EmptyState::setIcon(const QString &icon)
{
    m_icon->setIcon(look::icon(icon, Tint::Secondary));
}

void EmptyState::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void EmptyState::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
}

void EmptyState::addButton(QAction *action, bool primary)
{
    auto *button = actionButton(action, this);
    setPrimary(button, primary);
    button->setAutoDefault(false); // of a dialog, others are
    m_buttons->addWidget(button);
}

} // namespace hanseatlas::look
