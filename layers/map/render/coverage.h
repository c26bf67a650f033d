// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace hanseatlas
{

/** @internal How much of each pixel a shape covers, exactly, from the signed areas at its edges.
 *
 *  begin() names the box of pixels to look at, line() takes the shape's edges in any order, sweep() hands out what is
 * covered and leaves everything clean for the next shape. Rings of one direction add up; what is covered twice counts
 * once; holes turn the other way. Coordinates are pixels of the target. One thread.
 */
class Coverage
{
public:
    /** The box is [left, right) × [top, bottom), in whole pixels. `inside`: no edge will leave it. */
    void begin(int left, int top, int right, int bottom, bool inside = false)
    {
        m_left = left;
        m_top = top;
        m_width = right - left;
        m_height = bottom - top;
        m_inside = inside;
        m_dense = m_width <= denseWidth;
        m_words = (m_width + 2 + 63) / 64;
        m_stride = (m_width + 4 + 3) & ~3;
        const auto cells = std::size_t(m_stride) * std::size_t(m_height);
        if (m_cells.size() < cells)
            m_cells.resize(cells, 0);
        const auto words = std::size_t(m_words) * std::size_t(m_height);
        if (m_marks.size() < words)
            m_marks.resize(words, 0);
        m_firstRow = m_height;
        m_endRow = 0;
    }

    /** An edge anywhere; what of it lies outside of the box is dealt with. */
    void line(float x0, float y0, float x1, float y1)
    {
        if (y0 == y1)
            return;
        const auto left = float(m_left), top = float(m_top);
        const bool down = y0 < y1;
        if (!down) {
            std::swap(x0, x1);
            std::swap(y0, y1);
        }
        if (m_inside)
            rows(x0 - left, y0 - top, x1 - left, y1 - top, down ? 1.0F : -1.0F);
        else
            clipped(x0 - left, y0 - top, x1 - left, y1 - top, down ? 1.0F : -1.0F);
    }

    /** Goes through the rows that have something: `row(y)` gives an object for one of them, which is told pixel(x,
     * coverage 1 … 255) and span(x, end) for runs of wholly covered pixels, from left to right. */
    template <class Row>
    void sweep(Row row)
    {
        if (m_dense)
            sweepDense(row);
        else
            sweepMarked(row);
    }

private:
    static constexpr int denseWidth = 14; ///< up to here looking at each cell is quicker than keeping marks
    static constexpr float nothing = 1.0F / 512, all = 1 - nothing;

    void clipped(float x0, float y0, float x1, float y1, float direction);
    void rows(float x0, float y0, float x1, float y1, float direction);
    template <class Row>
    void sweepDense(Row &rowOf);
    template <class Row>
    void sweepMarked(Row &rowOf);
    void mark(int row, int x)
    {
        m_marks[std::size_t(row) * std::size_t(m_words) + (unsigned(x) >> 6)] |= std::uint64_t(1)
            << (unsigned(x) & 63U);
    }

    int m_left = 0, m_top = 0, m_width = 0, m_height = 0;
    int m_stride = 0, m_words = 0;
    int m_firstRow = 0, m_endRow = 0;
    bool m_inside = false, m_dense = false;
    std::vector<float> m_cells; ///< differences of coverage along a row; zero between shapes
    std::vector<std::uint64_t> m_marks; ///< a bit for each cell that was changed
};

template <class Row>
void Coverage::sweepDense(Row &rowOf)
{
    const int width = m_width, stride = m_stride, left = m_left;
    auto *cells = m_cells.data() + std::size_t(m_firstRow) * std::size_t(stride);
    for (int row = m_firstRow; row < m_endRow; ++row, cells += stride) {
        auto target = rowOf(m_top + row);
        float sum = 0;
        for (int x = 0; x < width; ++x) {
            sum += cells[x];
            cells[x] = 0;
            const auto c = unsigned(std::min(std::abs(sum), 1.0F) * 255 + 0.5F);
            if (c)
                target.pixel(left + x, c);
        }
        cells[width] = cells[width + 1] = 0;
    }
}

template <class Row>
void Coverage::sweepMarked(Row &rowOf)
{
    const int width = m_width, left = m_left, words = m_words;
    for (int row = m_firstRow; row < m_endRow; ++row) {
        auto *cells = m_cells.data() + std::size_t(row) * std::size_t(m_stride);
        auto *marks = m_marks.data() + std::size_t(row) * std::size_t(words);
        auto target = rowOf(m_top + row);
        float sum = 0;
        float covered = 0;
        int from = 0;
        auto run = [&](int end) {
            if (covered >= all) {
                target.span(left + from, left + end);
            } else {
                const auto c = unsigned(covered * 255 + 0.5F);
                for (int i = from; i < end; ++i)
                    target.pixel(left + i, c);
            }
        };
        for (int word = 0; word < words; ++word) {
            auto bits = marks[word];
            marks[word] = 0;
            while (bits) {
                const int x = word * 64 + std::countr_zero(bits);
                bits &= bits - 1;
                if (x > from && covered > nothing)
                    run(std::min(x, width));
                sum += cells[x];
                cells[x] = 0;
                covered = std::min(std::abs(sum), 1.0F);
                if (x < width && covered > nothing)
                    target.pixel(left + x, unsigned(covered * 255 + 0.5F));
                from = x + 1;
            }
        }
        if (from < width && covered > nothing)
            run(width); // the shape goes on beyond the box's right side
    }
}

} // namespace hanseatlas
