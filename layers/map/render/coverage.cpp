// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/coverage.h"

namespace hanseatlas
{

/** Keeps what lies in the box; what lies left of it counts as an edge at its left side. y0 < y1. */
void Coverage::clipped(float x0, float y0, float x1, float y1, float direction)
{
    const auto width = float(m_width), height = float(m_height);
    if (y1 <= 0 || y0 >= height || (x0 >= width && x1 >= width))
        return;
    if (y0 < 0) {
        x0 += (x1 - x0) * (-y0 / (y1 - y0));
        y0 = 0;
    }
    if (y1 > height) {
        x1 = x0 + (x1 - x0) * ((height - y0) / (y1 - y0));
        y1 = height;
    }
    if (x0 >= 0 && x1 >= 0 && x0 <= width && x1 <= width) {
        rows(x0, y0, x1, y1, direction);
        return;
    }
    auto yAt = [=](float x) { return std::clamp(y0 + (x - x0) / (x1 - x0) * (y1 - y0), y0, y1); };
    if (x0 < 0 && x1 < 0) {
        rows(0, y0, 0, y1, direction);
        return;
    }
    float fromX = x0, fromY = y0, toX = x1, toY = y1;
    if (x0 < 0) {
        fromY = yAt(0);
        fromX = 0;
        rows(0, y0, 0, fromY, direction);
    } else if (x0 > width) {
        fromY = yAt(width);
        fromX = width;
    }
    if (x1 < 0) {
        toY = yAt(0);
        toX = 0;
        rows(0, toY, 0, y1, direction);
    } else if (x1 > width) {
        toY = yAt(width);
        toX = width;
    }
    rows(fromX, fromY, toX, toY, direction);
}

/** Within the box, y0 <= y1. In each row the edge covers a trapezoid to its right; its area goes to the cells it
 * crosses, the rest to the cell after them. */
void Coverage::rows(float x0, float y0, float x1, float y1, float direction)
{
    if (y0 >= y1)
        return;
    const float slope = (x1 - x0) / (y1 - y0);
    const int first = int(y0), last = std::min(m_height, int(std::ceil(y1)));
    m_firstRow = std::min(m_firstRow, first);
    m_endRow = std::max(m_endRow, last);
    const auto width = float(m_width);
    const int stride = m_stride;
    const bool marks = !m_dense;
    auto *cell = m_cells.data() + std::size_t(first) * std::size_t(stride);
    float x = x0;
    for (int row = first; row < last; ++row, cell += stride) {
        const float dy = std::min(float(row + 1), y1) - std::max(float(row), y0);
        const float next = row + 1 == last ? x1 : x + slope * dy;
        const float d = dy * direction;
        const float left = std::max(0.0F, std::min(x, next)), right = std::min(width, std::max(x, next));
        const int l = int(left), r = int(right);
        if (r == l) {
            const float share = ((left + right) * 0.5F - float(l)) * d;
            cell[l] += d - share;
            cell[l + 1] += share;
        } else {
            // The edge crosses several pixels: pieces of equal slope
            const float perPixel = 1 / (right - left);
            const float inFirst = float(l + 1) - left, inLast = right - float(r);
            const float a0 = 0.5F * perPixel * inFirst * inFirst, aLast = 0.5F * perPixel * inLast * inLast;
            cell[l] += d * a0;
            if (r == l + 1) {
                cell[r] += d * (1 - a0 - aLast);
            } else {
                const float a1 = perPixel * (1.5F - (left - float(l)));
                cell[l + 1] += d * (a1 - a0);
                for (int i = l + 2; i < r; ++i)
                    cell[i] += d * perPixel;
                const float a2 = a1 + float(r - l - 2) * perPixel;
                cell[r] += d * (1 - a2 - aLast);
            }
            cell[r + 1] += d * aLast;
        }
        if (marks)
            for (int i = l; i <= r + 1; ++i)
                mark(row, i);
        x = next;
    }
}

} // namespace hanseatlas
