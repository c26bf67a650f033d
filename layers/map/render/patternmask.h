// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/style.h"

#include <QPointF>

#include <array>
#include <cstdint>
#include <vector>

namespace hanseatlas
{

/** @internal How much of a pixel a hatch or a field of dots covers. The pattern hangs on `origin` (device pixels of the
 * map's zero), so it is the same in all tiles and moves with the map. */
class PatternMask
{
public:
    PatternMask(const Fill &fill, double pixelsPerMm, QPointF origin);
    /** 0 … 255 */
    unsigned at(int x, int y) const
    {
        const auto ux = std::uint32_t(x), uy = std::uint32_t(y);
        const auto a = m_start[0] + ux * m_stepX[0] + uy * m_stepY[0];
        if (m_count == 1)
            return m_lines[a >> 24];
        const auto b = m_start[1] + ux * m_stepX[1] + uy * m_stepY[1];
        if (m_dots.empty())
            return std::max(m_lines[a >> 24], m_lines[b >> 24]);
        return m_dots[((a >> 26) << 6) + (b >> 26)];
    }
    double share() const { return m_share; } ///< of an area that the pattern covers, 0 … 1

private:
    int m_count = 1;
    std::array<std::uint32_t, 2> m_start{}, m_stepX{}, m_stepY{}; ///< place within the period, in 2^-32 of it
    std::array<std::uint8_t, 256> m_lines{};
    std::vector<std::uint8_t> m_dots;
    double m_share = 0;
};

} // namespace hanseatlas
