// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/colorbutton.h"

#include "widgets/look/look.h"

#include <QColorDialog>
#include <QPainter>
#include <QPainterPath>

namespace hanseatlas
{

ColorButton::ColorButton(const QString &purpose, QWidget *parent)
    : QPushButton(parent)
    , m_purpose(purpose)
{
    setAutoDefault(false);
    setColor(m_color);
    connect(this, &QPushButton::clicked, this, &ColorButton::choose);
}

void ColorButton::setColor(const QColor &color)
{
    m_color = color;
    const auto name = color.name(color.alpha() == 255 ? QColor::HexRgb : QColor::HexArgb);
    setAccessibleName(tr("%1: %2").arg(m_purpose, name));
    setToolTip(name);
    update();
}

QSize ColorButton::sizeHint() const
{
    return {64, look::controlHeight};
}

void ColorButton::paintEvent(QPaintEvent *event)
{
    QPushButton::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath box;
    box.addRoundedRect(QRectF(rect()).adjusted(8.5, 8.5, -8.5, -8.5), 3, 3);
    painter.fillPath(box, Qt::white);
    if (m_color.alpha() < 255)
        painter.fillPath(box, QBrush(QColor(0, 0, 0, 60), Qt::Dense5Pattern)); // shows how much shines through
    painter.fillPath(box, m_color);
    painter.strokePath(box, look::tokens(look::isDark(palette())).outline);
}

void ColorButton::choose()
{
    auto *dialog = new QColorDialog(m_color, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QColorDialog::ShowAlphaChannel);
    dialog->setWindowTitle(m_purpose);
    connect(dialog, &QColorDialog::colorSelected, this, [this](const QColor &color) {
        setColor(color);
        emit colorChosen(color);
    });
    dialog->open();
}

} // namespace hanseatlas
