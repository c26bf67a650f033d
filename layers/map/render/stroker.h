// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/coverage.h"
#include "layers/map/render/pixels.h"

#include <QRect>

#include <span>

namespace hanseatlas
{

/** @internal A place in pixels of a tile. */
struct PixelPoint {
    float x = 0, y = 0;
};

/** @internal How a line is drawn, in pixels. */
struct Pen {
    float width = 1;
    std::vector<float> dash; ///< on, off, … ; empty = solid
    Qt::PenCapStyle cap = Qt::FlatCap;
    Qt::PenJoinStyle join = Qt::RoundJoin;
};

/** @internal Adds the outline of a line of some width to a coverage. Segments that cannot touch the box are left out.
 * Closed lines come without the closing point. */
void strokeInto(Coverage &coverage, std::span<const PixelPoint> line, bool closed, const Pen &pen, const QRect &box);

/** @internal Which pixels of a buffer are opaque already, by blocks: what lies below need not be drawn. */
class OpaqueBlocks
{
public:
    static constexpr int size = 8;
    void reset(int width, int height);
    std::uint8_t *row(int y)
    {
        return m_counts.data() + std::size_t(y / size) * std::size_t(m_columns);
    } ///< indexed by x / size
    /** Whether nothing below could be seen in these pixels, which lie in the buffer. */
    bool hides(int left, int top, int right, int bottom) const
    {
        for (int y = top / size; y <= (bottom - 1) / size; ++y)
            for (int x = left / size; x <= (right - 1) / size; ++x)
                if (m_counts[std::size_t(y) * std::size_t(m_columns) + std::size_t(x)] < size * size)
                    return false;
        return true;
    }

private:
    int m_columns = 0;
    std::vector<std::uint8_t>
        m_counts; ///< of opaque pixels in each block; what a block lacks beyond the edge counts as opaque
};

/** @internal Draws solid lines up to `widestThinLine` pixels straight into the pixels: several times faster than by
 * outlines, and each pixel gets what the line covers of it. `strength` 0 … 1 lessens the colour. With `below` it is
 * drawn below what is there. */
constexpr float widestThinLine = 1.3F;
void drawThinLine(PixelBuffer &target, std::span<const PixelPoint> line, bool closed, float width, const Paint &paint,
                  float strength, OpaqueBlocks *below = nullptr);

} // namespace hanseatlas
