// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/resample.h"

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

/** Bilinear mixture of four premultiplied colours, weights of 0 … 256; two channels at a time. */
QRgb mixed(QRgb a, QRgb b, QRgb c, QRgb d, unsigned fx, unsigned fy)
{
    if (a == b && a == c && a == d) // most of a map is plain
        return a;
    const quint64 wa = (256 - fx) * (256 - fy), wb = fx * (256 - fy), wc = (256 - fx) * fy, wd = fx * fy;
    constexpr quint64 half = 0x0000800000008000, kept = 0x000000ff000000ff;
    const auto pair = [](QRgb colour, int shift) {
        return quint64((colour >> shift) & 255) | quint64((colour >> (shift + 16)) & 255) << 32;
    };
    const auto channels = [&](int shift) {
        const auto sum = pair(a, shift) * wa + pair(b, shift) * wb + pair(c, shift) * wc + pair(d, shift) * wd;
        const auto rounded = ((sum + half) >> 16) & kept;
        return QRgb((rounded | rounded >> 16) & 0x00ff00ff) << shift;
    };
    return channels(0) | channels(8);
}

struct Place {
    int x0, y0, x1, y1; ///< neighbours, kept inside
    double fx, fy;
};

/** The four neighbours of a place, whose whole numbers are the corners of pixels. */
Place neighbours(double x, double y, QSize size)
{
    const double cx = std::clamp(x - 0.5, 0.0, size.width() - 1.0), cy = std::clamp(y - 0.5, 0.0, size.height() - 1.0);
    const int x0 = int(cx), y0 = int(cy);
    return {x0, y0, std::min(x0 + 1, size.width() - 1), std::min(y0 + 1, size.height() - 1), cx - x0, cy - y0};
}

float mixedValue(const std::vector<float> &values, const Place &p, int width)
{
    const float v[4] = {values[std::size_t(p.y0) * width + p.x0], values[std::size_t(p.y0) * width + p.x1],
                        values[std::size_t(p.y1) * width + p.x0], values[std::size_t(p.y1) * width + p.x1]};
    const double w[4] = {(1 - p.fx) * (1 - p.fy), p.fx * (1 - p.fy), (1 - p.fx) * p.fy, p.fx * p.fy};
    double sum = 0, weight = 0;
    for (int i = 0; i < 4; ++i) {
        if (!std::isnan(v[i])) {
            sum += w[i] * double(v[i]);
            weight += w[i];
        }
    }
    return weight >= 0.5 ? float(sum / weight) : std::numeric_limits<float>::quiet_NaN();
}

} // namespace

RasterBlock emptyBlock(RasterKind kind, QSize size)
{
    RasterBlock block{.size = size};
    if (kind == RasterKind::Colour) {
        block.image = QImage(size, QImage::Format_ARGB32_Premultiplied);
        block.image.fill(Qt::transparent);
    } else {
        block.values.assign(std::size_t(size.width()) * std::size_t(size.height()),
                            std::numeric_limits<float>::quiet_NaN());
    }
    return block;
}

PixelMap::PixelMap(const RasterLayer &layer, const Transform &transform, const RasterQuery &query)
    : m_size(query.size)
    , m_columns(query.size.width() / spacing + 2)
    , m_rows(query.size.height() / spacing + 2)
{
    const double dx = query.extent.width() / m_size.width(), dy = query.extent.height() / m_size.height();
    m_nodes.reserve(std::size_t(m_columns) * std::size_t(m_rows));
    for (int r = 0; r < m_rows; ++r)
        for (int c = 0; c < m_columns; ++c)
            m_nodes.push_back({query.extent.xMin + c * spacing * dx, query.extent.yMax - r * spacing * dy});
    transform.inverse(std::span(m_nodes));
    Extent seen;
    const QRectF whole(QPointF(0, 0), QSizeF(layer.description.rasterSize));
    for (auto &node : m_nodes) {
        node = layer.toPixel(node);
        if (std::isfinite(node.x) && std::isfinite(node.y))
            seen.add(node);
    }
    if (seen.isEmpty())
        return;
    m_window = QRectF(seen.xMin - 2, seen.yMin - 2, seen.width() + 4, seen.height() + 4).intersected(whole);
    std::vector<double> steps;
    for (std::size_t i = 1; i < m_nodes.size(); ++i) {
        const double step = std::hypot(m_nodes[i].x - m_nodes[i - 1].x, m_nodes[i].y - m_nodes[i - 1].y) / spacing;
        if (i % std::size_t(m_columns) != 0 && std::isfinite(step))
            steps.push_back(step);
    }
    if (!steps.empty()) {
        std::ranges::nth_element(steps, steps.begin() + std::ptrdiff_t(steps.size() / 2));
        m_shrink = std::max(steps[steps.size() / 2], 1e-9);
    }
}

std::vector<PointXY> PixelMap::nodesOfLine(int y) const
{
    const double r = (y + 0.5) / spacing;
    const int row = int(r);
    const double part = r - row;
    std::vector<PointXY> line;
    line.reserve(std::size_t(m_columns));
    const auto *above = m_nodes.data() + std::size_t(row) * std::size_t(m_columns), *below = above + m_columns;
    for (int c = 0; c < m_columns; ++c)
        line.push_back({above[c].x * (1 - part) + below[c].x * part, above[c].y * (1 - part) + below[c].y * part});
    return line;
}

RasterBlock PixelMap::resampled(const RasterBlock &piece, bool smooth) const
{
    const bool colour = !piece.image.isNull();
    auto answer = emptyBlock(colour ? RasterKind::Colour : RasterKind::Values, m_size);
    answer.damage = piece.damage;
    const double sx = piece.size.width() / m_window.width(), sy = piece.size.height() / m_window.height();
    const int width = piece.size.width();
    const auto *source = colour ? reinterpret_cast<const QRgb *>(piece.image.constBits()) : nullptr;
    for (int y = 0; y < m_size.height(); ++y) {
        auto *line = colour ? reinterpret_cast<QRgb *>(answer.image.scanLine(y)) : nullptr;
        const auto nodes = nodesOfLine(y);
        for (int x = 0; x < m_size.width(); ++x) {
            const auto &left = nodes[std::size_t(x / spacing)], &right = nodes[std::size_t(x / spacing) + 1];
            const double part = (x % spacing + 0.5) / spacing;
            const double px = (left.x + (right.x - left.x) * part - m_window.x()) * sx,
                         py = (left.y + (right.y - left.y) * part - m_window.y()) * sy;
            if (!(px >= 0 && py >= 0 && px < width && py < piece.size.height())) // false for NaN too
                continue;
            const auto nearest = std::size_t(int(py)) * std::size_t(width) + std::size_t(int(px));
            const auto p = neighbours(px, py, piece.size);
            if (!colour)
                answer.values[std::size_t(y) * std::size_t(m_size.width()) + std::size_t(x)] =
                    smooth ? mixedValue(piece.values, p, width) : piece.values[nearest];
            else
                line[x] = !smooth
                    ? source[nearest]
                    : mixed(source[std::size_t(p.y0) * width + p.x0], source[std::size_t(p.y0) * width + p.x1],
                            source[std::size_t(p.y1) * width + p.x0], source[std::size_t(p.y1) * width + p.x1],
                            unsigned(p.fx * 256), unsigned(p.fy * 256));
        }
    }
    return answer;
}

} // namespace hanseatlas
