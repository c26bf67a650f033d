// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/lineoffset.h"

#include <cmath>

namespace hanseatlas
{

std::vector<QPointF> offsetLine(const std::vector<QPointF> &line, bool closed, double distance)
{
    std::vector<QPointF> points;
    for (const auto &p : line)
        if (points.empty() || std::hypot(p.x() - points.back().x(), p.y() - points.back().y()) > 1e-3)
            points.push_back(p);
    if (closed && points.size() > 1
        && std::hypot(points[0].x() - points.back().x(), points[0].y() - points.back().y()) <= 1e-3)
        points.pop_back();
    if (points.size() < 2 || distance == 0)
        return points;
    const auto n = points.size();
    auto normal = [&](std::size_t from, std::size_t to) {
        const auto d = points[to] - points[from];
        const double length = std::hypot(d.x(), d.y());
        return QPointF(d.y(), -d.x()) / length;
    };
    std::vector<QPointF> result;
    for (std::size_t i = 0; i < n; ++i) {
        const bool first = i == 0 && !closed, last = i + 1 == n && !closed;
        const auto next = last ? normal(i - 1, i) : normal(i, (i + 1) % n);
        const auto before = first ? next : normal((i + n - 1) % n, i);
        const auto sum = before + next;
        const double cosine = QPointF::dotProduct(before, next);
        if (cosine > -0.5) { // mitre of at most twice the distance
            result.push_back(points[i] + sum * (distance / (1 + cosine)));
        } else {
            result.push_back(points[i] + before * distance);
            result.push_back(points[i] + next * distance);
        }
    }
    return result;
}

} // namespace hanseatlas
