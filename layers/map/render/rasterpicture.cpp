// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/rasterpicture.h"

#include "layers/map/colorramp.h"
#include "layers/map/render/parallel.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>
#include <numbers>

namespace hanseatlas
{

namespace
{

constexpr int rowsAtATime = 64;

void forRows(QThreadPool *pool, int rows, const std::function<void(int)> &row)
{
    auto band = [&](int b) {
        for (int y = b * rowsAtATime; y < std::min(rows, (b + 1) * rowsAtATime); ++y)
            row(y);
    };
    const int bands = (rows + rowsAtATime - 1) / rowsAtATime;
    if (pool) {
        parallelFor(*pool, bands, band);
    } else {
        for (int b = 0; b < bands; ++b)
            band(b);
    }
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    auto mix = [&](float u, float v) { return float(u + (v - u) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()),
                            mix(a.alphaF(), b.alphaF()));
}

/** A ramp as a table between its ends; values beyond them take the ends' colours. */
class RampTable
{
public:
    RampTable(const RasterStyle &style, double minimum, double maximum)
    {
        auto stops = style.stops;
        if (stops.empty()) {
            const auto colors = rampColors(style.ramp, 32);
            if (!std::isfinite(minimum) || !std::isfinite(maximum) || minimum >= maximum) {
                minimum = std::isfinite(minimum) ? minimum : 0;
                maximum = minimum + 1;
            }
            for (int i = 0; i < 32; ++i)
                stops.push_back({.value = minimum + (maximum - minimum) * i / 31, .color = colors[i], .title = {}});
        }
        m_low = stops.front().value;
        const double span = stops.back().value - m_low;
        m_scale = span > 0 ? float((size - 1) / span) : 0.0F;
        m_colors.resize(size);
        std::size_t s = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const double value = m_low + span * double(i) / double(size - 1);
            while (s + 1 < stops.size() && value >= stops[s + 1].value)
                ++s;
            auto color = stops[s].color;
            if (s + 1 < stops.size() && stops[s + 1].value > stops[s].value)
                color =
                    mixed(color, stops[s + 1].color, (value - stops[s].value) / (stops[s + 1].value - stops[s].value));
            m_colors[i] = qPremultiply(color.rgba());
        }
    }
    QRgb operator()(float value) const
    {
        const float place = std::clamp(float((value - m_low)) * m_scale, 0.0F, float(size - 1));
        return m_colors[std::size_t(place + 0.5F)];
    }

private:
    static constexpr std::size_t size = 2048;
    double m_low = 0;
    float m_scale = 0;
    std::vector<QRgb> m_colors;
};

/** Value bands: each colour from its lower limit to the next one; below the first: nothing. */
class BandTable
{
public:
    explicit BandTable(const RasterStyle &style)
    {
        for (const auto &stop : style.stops) {
            m_limits.push_back(float(stop.value));
            m_colors.push_back(qPremultiply(stop.color.rgba()));
        }
    }
    QRgb operator()(float value) const
    {
        std::size_t i = 0;
        while (i < m_limits.size() && value >= m_limits[i])
            ++i;
        return i == 0 ? 0 : m_colors[i - 1];
    }

private:
    std::vector<float> m_limits;
    std::vector<QRgb> m_colors;
};

template <class Colours>
QImage byTable(const RasterBlock &block, const Colours &colours, QThreadPool *pool)
{
    QImage image(block.size, QImage::Format_ARGB32_Premultiplied);
    const auto bits = image.bits();
    const auto stride = image.bytesPerLine();
    forRows(pool, image.height(), [&](int y) {
        auto *out = reinterpret_cast<QRgb *>(bits + stride * y);
        const auto *in = block.values.data() + std::size_t(y) * std::size_t(block.size.width());
        for (int x = 0; x < block.size.width(); ++x)
            out[x] = std::isnan(in[x]) ? 0U : colours(in[x]);
    });
    return image;
}

/** Lambert's shading with Horn's slopes. */
QImage hillshade(const RasterBlock &block, const RasterStyle &style, double metresPerPixel, QThreadPool *pool)
{
    const int stride = block.size.width();
    const QSize size(stride - 2, block.size.height() - 2);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    const auto bits = image.bits();
    const auto bytesPerLine = image.bytesPerLine();
    const double azimuth = style.azimuth * std::numbers::pi / 180, altitude = style.altitude * std::numbers::pi / 180;
    const auto lightX = float(std::sin(azimuth) * std::cos(altitude)),
               lightY = float(std::cos(azimuth) * std::cos(altitude)), lightZ = float(std::sin(altitude));
    const auto slope = float(style.exaggeration / (8 * metresPerPixel));
    std::optional<RampTable> tint;
    if (!style.stops.empty())
        tint.emplace(style, 0, 1);
    forRows(pool, size.height(), [&](int y) {
        auto *out = reinterpret_cast<QRgb *>(bits + bytesPerLine * y);
        const float *above = block.values.data() + std::size_t(y) * std::size_t(stride), *middle = above + stride,
                    *below = middle + stride;
        for (int x = 0; x < size.width(); ++x) {
            const float here = middle[x + 1];
            if (std::isnan(here)) {
                out[x] = 0;
                continue;
            }
            auto known = [here](float v) { return std::isnan(v) ? here : v; };
            const float nw = known(above[x]), n = known(above[x + 1]), ne = known(above[x + 2]);
            const float w = known(middle[x]), e = known(middle[x + 2]);
            const float sw = known(below[x]), s = known(below[x + 1]), se = known(below[x + 2]);
            const float east = ((ne + 2 * e + se) - (nw + 2 * w + sw)) * slope;
            const float north = ((nw + 2 * n + ne) - (sw + 2 * s + se)) * slope;
            const float light = (lightZ - east * lightX - north * lightY) / std::sqrt(1 + east * east + north * north);
            const int grey = int(std::clamp(light, 0.0F, 1.0F) * 255 + 0.5F);
            if (tint) {
                const auto t = (*tint)(here);
                out[x] = qRgba(qRed(t) * grey / 255, qGreen(t) * grey / 255, qBlue(t) * grey / 255, qAlpha(t));
            } else {
                out[x] = qRgb(grey, grey, grey);
            }
        }
    });
    return image;
}

double metresPerUnit(const Viewport &view)
{
    return view.scale() / (view.resolution * view.pixelsPerMm * 1000);
}

/** As in RasterQuery. */
struct RasterWish {
    bool wait = true;
    Extent view;
};

Result<RasterPicture> straightPicture(const Layer &layer, const RasterSource &source, const Viewport &view,
                                      const QRect &region, const RasterWish &wish, QThreadPool *pool, CancelToken token)
{
    const auto &style = layer.style.raster;
    const auto &description = layer.data->description;
    const bool values = description.rasterKind == RasterKind::Values;
    const int margin = values && style.kind == RasterStyle::Kind::Hillshade ? 1 : 0;
    const QRectF box = QRectF(region).adjusted(-margin, -margin, margin, margin);
    const auto a = view.toMap(box.bottomLeft()), b = view.toMap(box.topRight());
    RasterQuery query{.crs = view.crs,
                      .extent = {a.x, a.y, b.x, b.y},
                      .size = box.size().toSize(),
                      .smooth = style.smooth,
                      .wait = wish.wait,
                      .view = wish.view,
                      .pixelsPerMm = view.pixelsPerMm};
    if (values && style.kind == RasterStyle::Kind::Classes)
        query.smooth = false; // interpolated class numbers would be classes that are not there
    auto block = source.read(query, token);
    if (!block)
        return std::unexpected(block.error());
    if (token.stop_requested())
        return cancelled();
    const bool fits = values
        ? block->values.size() == std::size_t(query.size.width()) * std::size_t(query.size.height())
        : block->image.size() == query.size;
    if (!fits)
        return failure(
            ErrorKind::Internal,
            QCoreApplication::translate("hanseatlas::Renderer", "The raster gave a picture of the wrong size."));
    if (!values)
        return RasterPicture{block->image.convertToFormat(QImage::Format_ARGB32_Premultiplied), block->damage};
    block->size = query.size;
    return RasterPicture{
        coloured(*block, style, description.minimum, description.maximum, view.resolution * metresPerUnit(view), pool),
        block->damage};
}

} // namespace

QImage coloured(const RasterBlock &block, const RasterStyle &style, double minimum, double maximum,
                double metresPerPixel, QThreadPool *pool)
{
    switch (style.kind) {
    case RasterStyle::Kind::Hillshade:
        return hillshade(block, style, metresPerPixel, pool);
    case RasterStyle::Kind::Classes:
        if (!style.stops.empty())
            return byTable(block, BandTable(style), pool);
        [[fallthrough]]; // no limits given: shown as a ramp
    case RasterStyle::Kind::Ramp:
        break;
    }
    return byTable(block, RampTable(style, minimum, maximum), pool);
}

Result<RasterPicture> rasterPicture(const Layer &layer, const Viewport &view, const QRect &region, bool wait,
                                    QThreadPool *pool, CancelToken token)
{
    const RasterWish wish{wait, view.extent()};
    const auto *held = layer.data ? std::get_if<std::shared_ptr<const RasterSource>>(&layer.data->source) : nullptr;
    if (!held || !*held || region.isEmpty())
        return RasterPicture();
    if (view.rotation == 0)
        return straightPicture(layer, **held, view, region, wish, pool, token);
    // Turned: an upright picture of the box around the region, then turned by the painter. All regions of a view take
    // their pixels from one grid, so that pieces drawn apart fit each other.
    QTransform turn;
    turn.rotate(view.rotation);
    const QPointF viewMiddle(view.size.width() / 2, view.size.height() / 2);
    const auto steps = turn.inverted().map(QRectF(region).center() - viewMiddle).toPoint();
    const auto middle = viewMiddle + turn.map(QPointF(steps));
    auto upright = view;
    upright.rotation = 0;
    upright.centre = view.toMap(middle);
    const double angle = view.rotation * std::numbers::pi / 180, c = std::abs(std::cos(angle)),
                 s = std::abs(std::sin(angle));
    auto even = [](double length) { return 2 * (int(std::ceil(length / 2)) + 2); };
    const QSize size(even(region.width() * c + region.height() * s), even(region.width() * s + region.height() * c));
    upright.size = size;
    const auto picture = straightPicture(layer, **held, upright, QRect(QPoint(0, 0), size), wish, pool, token);
    if (!picture)
        return picture;
    QImage image(region.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, layer.style.raster.smooth);
    painter.translate(middle - region.topLeft());
    painter.rotate(view.rotation);
    painter.drawImage(QPointF(-size.width() / 2.0, -size.height() / 2.0), picture->image);
    return RasterPicture{image, picture->damage};
}

} // namespace hanseatlas
