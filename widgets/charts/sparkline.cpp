// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/sparkline.h"

#include "widgets/look/look.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

using namespace look;

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize Sparkline::sizeHint() const
{
    return {120, 32};
}

void Sparkline::setValues(QList<double> values, std::optional<double> target)
{
    m_values = std::move(values);
    m_target = target;
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    double low = m_target.value_or(std::numeric_limits<double>::infinity());
    double high = m_target.value_or(-std::numeric_limits<double>::infinity());
    for (const double value : m_values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (!(low <= high))
        return; // nothing to be seen
    const QRectF area = QRectF(rect()).adjusted(2, 5, -5, -5);
    const auto y = [&](double value) {
        return high > low ? area.bottom() - (value - low) / (high - low) * area.height() : area.center().y();
    };
    const double step = m_values.size() > 1 ? area.width() / double(m_values.size() - 1) : 0;
    QPainterPath path;
    QPointF last;
    bool pen = false;
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        if (!std::isfinite(m_values[i])) {
            pen = false;
            continue;
        }
        last = {m_values.size() > 1 ? area.left() + step * double(i) : area.right(), y(m_values[i])};
        pen ? path.lineTo(last) : path.moveTo(last);
        pen = true;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_target) {
        painter.setPen(QPen(tokens().secondary, 1, Qt::DashLine));
        painter.drawLine(QPointF(area.left(), y(*m_target)), QPointF(area.right(), y(*m_target)));
    }
    painter.setPen(QPen(tokens().accent, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    if (pen) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().accent);
        painter.drawEllipse(last, 3, 3);
    }
}

} // namespace hanseatlas
