// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/pixels.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

void PixelBuffer::resize(QSize size)
{
    m_width = size.width();
    m_height = size.height();
    m_pixels.assign(std::size_t(m_width) * std::size_t(m_height), 0);
    untouch();
}

void PixelBuffer::untouch()
{
    m_left = m_width;
    m_top = m_height;
    m_right = m_bottom = 0;
}

void PixelBuffer::clearTouched()
{
    for (int y = m_top; y < m_bottom; ++y)
        std::fill(row(y) + m_left, row(y) + std::max(m_left, m_right), 0);
    untouch();
}

void PixelBuffer::composeOnto(PixelBuffer &below, double opacity) const
{
    if (!isTouched())
        return;
    const auto factor = std::uint32_t(std::lround(std::clamp(opacity, 0.0, 1.0) * 256));
    for (int y = m_top; y < m_bottom; ++y) {
        const auto *from = row(y);
        auto *to = below.row(y);
        if (factor == 256) {
            for (int x = m_left; x < m_right; ++x)
                to[x] = over(from[x], to[x]);
        } else {
            for (int x = m_left; x < m_right; ++x)
                to[x] = over(scaled(from[x], factor), to[x]);
        }
    }
    below.touch(m_left, m_top, m_right, m_bottom);
}

QImage PixelBuffer::image()
{
    return QImage(reinterpret_cast<uchar *>(m_pixels.data()), m_width, m_height, qsizetype(m_width) * 4,
                  QImage::Format_ARGB32_Premultiplied);
}

Paint::Paint(const QColor &color, double opacity)
{
    const double alpha = color.isValid() ? double(color.alphaF()) * opacity : 0;
    for (unsigned c = 0; c < 256; ++c) {
        const double a = alpha * c / 255;
        auto channel = [a](float value) { return unsigned(std::lround(double(value) * a * 255)); };
        m_table[c] = (unsigned(std::lround(a * 255)) << 24) | (channel(color.redF()) << 16)
            | (channel(color.greenF()) << 8) | channel(color.blueF());
    }
}

} // namespace hanseatlas
