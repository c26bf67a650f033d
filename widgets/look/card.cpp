// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/card.h"

#include "widgets/look/look.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace hanseatlas::look
{

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(label(title, Type::Heading))
    , m_content(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::medium, space::large, space::large);
    layout->setSpacing(space::small);
    layout->addWidget(m_title);
    layout->addLayout(m_content, 1);
    m_content->setSpacing(space::small);
    m_title->setWordWrap(true);
    setTitle(title);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::paintEvent(QPaintEvent *)
{
    const auto &t = tokens(isDark(palette()));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.border);
    painter.setBrush(t.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius + 2, radius + 2);
}

} // namespace hanseatlas::look
