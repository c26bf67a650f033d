// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/iconlabel.h"

#include <QPainter>

namespace hanseatlas::look
{

IconLabel::IconLabel(const QIcon &icon, int size, QWidget *parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(const QIcon &icon)
{
    m_icon = icon;
    update();
}

void IconLabel::setIconSize(int size)
{
    m_size = size;
    updateGeometry();
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRect box(0, 0, m_size, m_size);
    box.moveCenter(rect().center());
    m_icon.paint(&painter, box, Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

} // namespace hanseatlas::look
