// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/patternmask.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hanseatlas
{

namespace
{

std::uint32_t fraction(double periods)
{
    const double part = periods - std::floor(periods);
    return std::uint32_t(std::uint64_t(part * 4294967296.0) & 0xffffffffU);
}

} // namespace

PatternMask::PatternMask(const Fill &fill, double pixelsPerMm, QPointF origin)
{
    const double spacing = std::max(fill.spacing * pixelsPerMm, 1.0),
                 width = std::min(fill.width * pixelsPerMm, spacing);
    const double d = std::sqrt(0.5);
    std::array<QPointF, 2> normals{QPointF(0, 1), QPointF(1, 0)};
    switch (fill.pattern) {
    case Fill::Pattern::Vertical:
        normals[0] = {1, 0};
        break;
    case Fill::Pattern::Forward:
        normals[0] = {d, d};
        break;
    case Fill::Pattern::Backward:
        normals[0] = {d, -d};
        break;
    case Fill::Pattern::DiagonalCross:
        normals = {QPointF(d, d), QPointF(d, -d)};
        m_count = 2;
        break;
    case Fill::Pattern::Dots:
        normals = {QPointF(1, 0), QPointF(0, 1)};
        m_count = 2;
        break;
    case Fill::Pattern::Cross:
        m_count = 2;
        break;
    default:
        break;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const QPointF n = normals[i];
        m_start[i] = fraction(QPointF::dotProduct(n, QPointF(0.5, 0.5) - origin) / spacing);
        m_stepX[i] = fraction(n.x() / spacing);
        m_stepY[i] = fraction(n.y() / spacing);
    }
    if (fill.pattern == Fill::Pattern::Dots) {
        const double r = width / 2;
        m_share = std::min(1.0, std::numbers::pi * r * r / (spacing * spacing));
        m_dots.resize(std::size_t(64) * 64);
        auto away = [&](std::size_t i) {
            const double t = (double(i) + 0.5) / 64;
            return std::min(t, 1 - t) * spacing;
        };
        for (std::size_t x = 0; x < 64; ++x)
            for (std::size_t y = 0; y < 64; ++y)
                m_dots[x * 64 + y] = std::uint8_t(
                    std::lround(std::clamp(r + 0.5 - std::hypot(away(x), away(y)), 0.0, std::min(1.0, width)) * 255));
        return;
    }
    const double one = width / spacing;
    m_share = m_count == 2 ? 1 - (1 - one) * (1 - one) : one;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const double t = (double(i) + 0.5) / double(m_lines.size()), away = std::min(t, 1 - t) * spacing;
        const double covered = std::min(away + 0.5, width / 2) - std::max(away - 0.5, -width / 2);
        m_lines[i] = std::uint8_t(std::lround(std::clamp(covered, 0.0, 1.0) * 255));
    }
}

} // namespace hanseatlas
