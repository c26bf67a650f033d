// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>

#include <array>
#include <cstdint>
#include <vector>

namespace hanseatlas
{

/** @internal A rectangle of premultiplied ARGB pixels that one thread draws into; keeps the rows and columns that were
 * touched. */
class PixelBuffer
{
public:
    void resize(QSize size); ///< and clears
    void clearTouched(); ///< back to transparent, at the cost of what was drawn
    int width() const { return m_width; }
    int height() const { return m_height; }
    std::uint32_t *row(int y) { return m_pixels.data() + std::size_t(y) * std::size_t(m_width); }
    const std::uint32_t *row(int y) const { return m_pixels.data() + std::size_t(y) * std::size_t(m_width); }
    /** Says that pixels of this box may have changed: left and top inclusive, right and bottom exclusive, within the
     * buffer. */
    void touch(int left, int top, int right, int bottom)
    {
        m_left = left < m_left ? left : m_left;
        m_top = top < m_top ? top : m_top;
        m_right = right > m_right ? right : m_right;
        m_bottom = bottom > m_bottom ? bottom : m_bottom;
    }
    void touchAll() { touch(0, 0, m_width, m_height); }
    bool isTouched() const { return m_left < m_right; }
    /** Lays what was touched over `below`, which has the same size. */
    void composeOnto(PixelBuffer &below, double opacity) const;
    /** An image on the same memory. */
    QImage image();

private:
    void untouch();
    std::vector<std::uint32_t> m_pixels;
    int m_width = 0, m_height = 0;
    int m_left = 0, m_top = 0, m_right = 0, m_bottom = 0;
};

/** @internal All four channels times f/256, f = 0 … 256. Rounds down; an opaque pixel stays opaque under over(). */
inline std::uint32_t scaled(std::uint32_t pixel, std::uint32_t f)
{
    const std::uint32_t rb = (((pixel & 0xff00ffU) * f) >> 8) & 0xff00ffU;
    const std::uint32_t ag = (((pixel >> 8) & 0xff00ffU) * f) & 0xff00ff00U;
    return rb | ag;
}

/** @internal Porter and Duff's "over", premultiplied. */
inline std::uint32_t over(std::uint32_t source, std::uint32_t below)
{
    return source + scaled(below, 256U - (source >> 24));
}

/** @internal A colour at each coverage 0 … 255, premultiplied: blending needs no multiplication of the source. */
class Paint
{
public:
    explicit Paint(const QColor &color, double opacity = 1);
    std::uint32_t at(unsigned coverage) const { return m_table[coverage]; }
    std::uint32_t full() const { return m_table[255]; }
    unsigned alpha() const { return m_table[255] >> 24; }
    bool isOpaque() const { return alpha() == 255; }
    bool isVisible() const { return alpha() > 0; }

    /** Over what is there. */
    void blend(std::uint32_t &pixel, unsigned coverage) const { pixel = over(m_table[coverage], pixel); }

    /** As a neighbour of what is there: areas that share a pixel are taken to lie side by side in it, as those of a map
     * mostly do, so that no seam shows between them. Only what finds no room goes over the other. */
    void join(std::uint32_t &pixel, unsigned coverage) const
    {
        const unsigned there = pixel >> 24;
        if (there == 0)
            pixel = m_table[coverage];
        else if (there >= alpha())
            pixel = over(m_table[coverage], pixel);
        else
            pixel = joined(pixel, coverage);
    }

    /** Below what is there: takes the room that is left. Returns whether the pixel has become opaque by this. */
    bool fillRoom(std::uint32_t &pixel, unsigned coverage) const
    {
        const unsigned there = pixel >> 24;
        if (there == 255)
            return false;
        pixel += m_table[coverage < 255 - there ? coverage : 255 - there];
        return (pixel >> 24) == 255;
    }
    /** Below what is there, as "over" would have it the other way round. Returns whether the pixel has become opaque by
     * this. */
    bool blendBelow(std::uint32_t &pixel, unsigned coverage) const
    {
        const unsigned there = pixel >> 24;
        if (there == 255)
            return false;
        pixel += scaled(m_table[coverage], 256 - there - (there >> 7));
        return (pixel >> 24) == 255;
    }

private:
    std::uint32_t joined(std::uint32_t pixel, unsigned coverage) const
    {
        const unsigned there = (pixel >> 24) * 255U / alpha(); // what share of the pixel is taken
        const unsigned sum = there + coverage;
        if (sum <= 255)
            return added(m_table[coverage], pixel);
        const unsigned hidden = (sum - 255U) * alpha() / there; // of what is there, 0 … 255
        return added(m_table[coverage], scaled(pixel, 256U - hidden));
    }
    static std::uint32_t added(std::uint32_t a, std::uint32_t b)
    {
        // No channel may carry into the next: rounding can make a sum of 256
        std::uint32_t rb = (a & 0xff00ffU) + (b & 0xff00ffU), ag = ((a >> 8) & 0xff00ffU) + ((b >> 8) & 0xff00ffU);
        rb |= 0x1000100U - ((rb >> 8) & 0x10001U);
        ag |= 0x1000100U - ((ag >> 8) & 0x10001U);
        return (rb & 0xff00ffU) | ((ag & 0xff00ffU) << 8);
    }
    std::array<std::uint32_t, 256> m_table;
};

} // namespace hanseatlas
