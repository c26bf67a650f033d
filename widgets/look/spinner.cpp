// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/spinner.h"

#include "widgets/look/look.h"

#include <QPainter>
#include <QStyle>
#include <QTimerEvent>

namespace hanseatlas::look
{

namespace
{
constexpr int steps = 24;
constexpr int interval = 40; // ms; a turn takes about a second
} // namespace

Spinner::Spinner(int size, QWidget *parent)
    : QWidget(parent)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Working"));
}

void Spinner::paint(QPainter &painter, const QRectF &box, double phase, const QColor &color)
{
    const auto side = qMin(box.width(), box.height());
    const auto width = qMax(1.5, side / 9.0);
    const auto ring = QRectF(box.center() - QPointF(side / 2, side / 2), QSizeF(side, side))
                          .adjusted(width / 2 + 0.5, width / 2 + 0.5, -width / 2 - 0.5, -width / 2 - 0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    auto track = color;
    track.setAlphaF(0.2f);
    painter.setPen(QPen(track, width));
    painter.drawEllipse(ring);
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, qRound((90 - phase * 360) * 16), -100 * 16);
    painter.restore();
}

void Spinner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const auto &t = tokens(isDark(palette()));
    paint(painter, rect(), double(m_step) / steps, isEnabled() ? t.accent : t.disabled);
}

void Spinner::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_step = (m_step + 1) % steps;
    update();
}

void Spinner::showEvent(QShowEvent *)
{
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0)
        m_timer.start(interval, this);
}

void Spinner::hideEvent(QHideEvent *)
{
    m_timer.stop();
}

} // namespace hanseatlas::look
