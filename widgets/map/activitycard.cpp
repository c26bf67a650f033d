// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/activitycard.h"

#include "widgets/look/look.h"

#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QVBoxLayout>

namespace hanseatlas
{

ActivityCard::ActivityCard(QWidget *parent)
    : QFrame(parent)
    , m_text(look::label({}, look::Type::Strong, this))
    , m_bar(new QProgressBar(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents); // the map below can be moved meanwhile
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(look::space::huge, look::space::large, look::space::huge, look::space::large);
    layout->setSpacing(look::space::medium);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addWidget(m_bar);
    m_bar->setTextVisible(false);
    m_bar->setMinimumWidth(280);
    m_bar->setRange(0, 1000);
}

void ActivityCard::setText(const QString &text)
{
    m_text->setText(text);
    m_bar->setAccessibleName(text);
}

void ActivityCard::setFraction(double fraction)
{
    m_bar->setRange(0, fraction < 0 ? 0 : 1000);
    if (fraction >= 0)
        m_bar->setValue(int(fraction * 1000));
}

void ActivityCard::centreIn(const QRect &box)
{
    adjustSize();
    move(box.center() - rect().center());
}

void ActivityCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look::tokens().border, 1));
    painter.setBrush(look::tokens().raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), look::radius, look::radius);
}

} // namespace hanseatlas
