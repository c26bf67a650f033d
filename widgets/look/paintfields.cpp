// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/paint_p.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QDateTime>
#include <QPainter>
#include <QProgressBar>
#include <QStyle>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace hanseatlas::look::paint
{

void field(QPainter &painter, const QStyleOption &option, const QRect &rect, bool focused, bool readOnly)
{
    const auto &t = tokensOf(option);
    if (!enabled(option))
        roundedBox(painter, rect, t.surface, t.border);
    else if (focused)
        roundedBox(painter, rect, t.raised, t.focus, radius, 2);
    else if (readOnly)
        roundedBox(painter, rect, t.surface, t.border);
    else
        roundedBox(painter, rect, t.raised, hovered(option) ? mixed(t.outline, t.text, 0.35) : t.outline);
}

void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const QRect &arrow)
{
    const auto &t = tokensOf(option);
    if (option.frame) {
        field(painter, option, option.rect, option.state & QStyle::State_HasFocus);
        if (!option.editable && enabled(option) && (option.state & (QStyle::State_On | QStyle::State_Sunken)))
            roundedBox(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), t.hover, {}, radius - 2);
    }
    chevron(painter, arrow, Qt::DownArrow, enabled(option) ? t.secondary : t.disabled);
}

void spinBox(QPainter &painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down)
{
    const auto &t = tokensOf(option);
    if (option.frame)
        field(painter, option, option.rect, option.state & QStyle::State_HasFocus);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto part = [&](QStyle::SubControl control, const QRect &rect, bool can, Qt::ArrowType direction) {
        const bool active = option.activeSubControls == control && can && enabled(option);
        if (active)
            roundedBox(painter, rect, option.state & QStyle::State_Sunken ? t.pressed : t.hover, {}, 4);
        chevron(painter, rect, direction, can && enabled(option) ? t.secondary : t.disabled, 7);
    };
    part(QStyle::SC_SpinBoxUp, up, option.stepEnabled & QAbstractSpinBox::StepUpEnabled, Qt::UpArrow);
    part(QStyle::SC_SpinBoxDown, down, option.stepEnabled & QAbstractSpinBox::StepDownEnabled, Qt::DownArrow);
}

namespace
{

void sliderTicks(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle)
{
    const auto &t = tokensOf(option);
    const bool across = option.orientation == Qt::Horizontal;
    const int step = option.tickInterval > 0 ? option.tickInterval : qMax(option.pageStep, 1);
    const int length = across ? handle.width() : handle.height();
    const int room = (across ? option.rect.width() : option.rect.height()) - length;
    if (step <= 0 || (option.maximum - option.minimum) / step > room / 3)
        return; // ticks closer than that are a grey line
    for (int value = option.minimum; value <= option.maximum; value += step) {
        const auto at = QStyle::sliderPositionFromValue(option.minimum, option.maximum, value, room, option.upsideDown)
            + length / 2;
        const auto line = [&](int far) {
            return across ? QRectF(option.rect.left() + at, far, 1, 4) : QRectF(far, option.rect.top() + at, 4, 1);
        };
        if (option.tickPosition & QSlider::TicksAbove)
            painter.fillRect(line(across ? option.rect.top() : option.rect.left()), t.outline);
        if (option.tickPosition & QSlider::TicksBelow)
            painter.fillRect(line((across ? option.rect.bottom() : option.rect.right()) - 3), t.outline);
    }
}

} // namespace

void slider(QPainter &painter, const QStyleOptionSlider &option, const QRect &groove, const QRect &handle,
            const QWidget *widget)
{
    const auto &t = tokensOf(option);
    const bool across = option.orientation == Qt::Horizontal;
    if (option.tickPosition != QSlider::NoTicks)
        sliderTicks(painter, option, handle);
    QRectF track(groove);
    track = across ? QRectF(track.left() + 2, track.center().y() - 2, track.width() - 4, 4)
                   : QRectF(track.center().x() - 2, track.top() + 2, 4, track.height() - 4);
    roundedBox(painter, track, t.pressed, {}, 2);
    auto filled = track;
    const auto middle = QRectF(handle).center();
    if (across)
        option.upsideDown ? filled.setLeft(middle.x()) : filled.setRight(middle.x());
    else
        option.upsideDown ? filled.setTop(middle.y()) : filled.setBottom(middle.y());
    roundedBox(painter, filled, enabled(option) ? t.accent : t.disabled, {}, 2);

    const bool held = option.state & QStyle::State_Sunken;
    const auto side = 16.0;
    const QRectF knob(middle.x() - side / 2, middle.y() - side / 2, side, side);
    if (showsFocus(option, widget) || held)
        roundedBox(painter, knob.adjusted(-2, -2, 2, 2), {}, t.focus, side / 2 + 2, 2);
    const auto edge = !enabled(option) ? t.disabled : hovered(option) ? t.accentHover : t.accent;
    roundedBox(painter, knob, t.raised, edge, side / 2, 2);
}

void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle, const QWidget *widget)
{
    const auto &t = tokensOf(option);
    // The bar lies on the view's own ground, so that it is no second column beside it.
    auto ground = option.palette.color(QPalette::Window);
    for (auto *parent = widget ? widget->parentWidget() : nullptr; parent; parent = parent->parentWidget()) {
        if (const auto *area = qobject_cast<const QAbstractScrollArea *>(parent)) {
            ground = area->viewport()->palette().color(area->viewport()->backgroundRole());
            break;
        }
    }
    painter.fillRect(option.rect, ground);
    if (option.maximum <= option.minimum)
        return;
    const bool held = option.state & QStyle::State_Sunken && option.activeSubControls & QStyle::SC_ScrollBarSlider;
    const bool wide = held || hovered(option);
    QRectF bar(handle);
    const auto thickness = wide ? 8.0 : 6.0;
    if (option.orientation == Qt::Vertical)
        bar = QRectF(bar.center().x() - thickness / 2, bar.top() + 2, thickness, bar.height() - 4);
    else
        bar = QRectF(bar.left() + 2, bar.center().y() - thickness / 2, bar.width() - 4, thickness);
    roundedBox(painter, bar,
               held       ? t.secondary
                   : wide ? t.outline
                          : mixed(t.border, t.outline, 0.6),
               {}, thickness / 2);
}

void progressGroove(QPainter &painter, const QStyleOption &option)
{
    roundedBox(painter, option.rect, tokensOf(option).pressed, {}, option.rect.height() / 2.0);
}

void progressContents(QPainter &painter, const QStyleOptionProgressBar &option, const QWidget *widget)
{
    const auto &t = tokensOf(option);
    const auto color = enabled(option) ? t.accent : t.disabled;
    const QRectF track(option.rect);
    const bool across = option.state & QStyle::State_Horizontal;
    const auto corner = (across ? track.height() : track.width()) / 2;
    if (option.maximum > option.minimum) {
        auto done = track;
        const auto share = double(qint64(option.progress) - option.minimum) / (qint64(option.maximum) - option.minimum);
        if (share <= 0)
            return;
        if (!across)
            done.setTop(track.bottom() - track.height() * share);
        else if ((option.direction == Qt::RightToLeft) != option.invertedAppearance)
            done.setLeft(track.right() - track.width() * share);
        else
            done.setWidth(qMax(track.width() * share, 2 * corner));
        roundedBox(painter, done, color, {}, corner);
        return;
    }
    // Of unknown length: a piece that runs from one end to the other. Each picture asks for the next one.
    constexpr int turn = 1600;
    const auto phase = double(QDateTime::currentMSecsSinceEpoch() % turn) / turn;
    const auto length = across ? track.width() : track.height();
    const auto start = (phase * 1.4 - 0.4) * length;
    const auto from = qMax(start, 0.0);
    const auto to = qMin(start + length * 0.4, length);
    if (to > from)
        roundedBox(painter,
                   across ? QRectF(track.left() + from, track.top(), to - from, track.height())
                          : QRectF(track.left(), track.top() + from, track.width(), to - from),
                   color, {}, corner);
    if (auto *bar = const_cast<QProgressBar *>(qobject_cast<const QProgressBar *>(widget))) {
        auto *next = bar->findChild<QTimer *>("look::busy"_L1, Qt::FindDirectChildrenOnly);
        if (!next) {
            next = new QTimer(bar);
            next->setObjectName("look::busy"_L1);
            next->setSingleShot(true);
            next->setInterval(33);
            QObject::connect(next, &QTimer::timeout, bar, qOverload<>(&QWidget::update));
        }
        next->start();
    }
}

} // namespace hanseatlas::look::paint
