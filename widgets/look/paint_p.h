// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/look.h"

#include <QStyleOption>

class QPainter;
class QWidget;

/** The parts that LookStyle puts together. Every function leaves the painter as it was. */
namespace hanseatlas::look::paint
{

const Tokens &tokensOf(const QStyleOption &option);
QColor mixed(const QColor &a, const QColor &b, double shareOfB);
bool enabled(const QStyleOption &option);
bool hovered(const QStyleOption &option);
/** Has the focus, and the user moves by keyboard. */
bool showsFocus(const QStyleOption &option, const QWidget *widget);

void roundedBox(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &edge, double corner = radius,
                double edgeWidth = 1);
void focusRing(QPainter &painter, const QRectF &rect, const QColor &color, double corner = radius);
void chevron(QPainter &painter, const QRectF &box, Qt::ArrowType direction, const QColor &color, double size = 8);
/** The same icon in one colour, for a place whose ground is not the window's. */
QIcon recoloured(const QIcon &icon, const QSize &size, qreal scale, const QColor &color);

void button(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
/** Icon and text side by side in the middle of the rectangle. */
void iconAndText(QPainter &painter, const QRect &rect, const QIcon &icon, QSize iconSize, const QString &text,
                 int flags, const QStyleOption &option, const QColor &color);
void checkBox(QPainter &painter, const QStyleOption &option, bool partly);
void radioButton(QPainter &painter, const QStyleOption &option);
void toolPanel(QPainter &painter, const QStyleOption &option, const QRect &rect);
void field(QPainter &painter, const QStyleOption &option, const QRect &rect, bool focused, bool readOnly = false);
void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const QRect &arrow);
void spinBox(QPainter &painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down);
void slider(QPainter &painter, const QStyleOptionSlider &option, const QRect &groove, const QRect &handle,
            const QWidget *widget);
void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle, const QWidget *widget);
void progressGroove(QPainter &painter, const QStyleOption &option);
void progressContents(QPainter &painter, const QStyleOptionProgressBar &option, const QWidget *widget);
void row(QPainter &painter, const QStyleOptionViewItem &option, const QWidget *widget);
void tab(QPainter &painter, const QStyleOptionTab &option, const QWidget *widget);
void headerSection(QPainter &painter, const QStyleOptionHeader &option);
void menuItem(QPainter &painter, const QStyleOptionMenuItem &option, const QWidget *widget);
void menuBarItem(QPainter &painter, const QStyleOptionMenuItem &option);
void dockTitle(QPainter &painter, const QStyleOptionDockWidget &option, const QRect &text);
/** A thin line in the middle of the handle, stronger under the mouse. */
void divider(QPainter &painter, const QStyleOption &option, bool vertical);

/** Widths inside a menu row. */
inline constexpr int menuCheckWidth = 24;
inline constexpr int menuPadding = 10;

} // namespace hanseatlas::look::paint
