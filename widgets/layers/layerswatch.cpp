// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layerswatch.h"

#include "layers/map/layernodes.h"
#include "layers/map/renderer.h"
#include "widgets/look/look.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

constexpr double pixelsPerMm = 96 / 25.4; // as on the map, in logical pixels
constexpr int mostStripes = 4;
constexpr double corner = 2;

QColor mainColor(const LegendEntry &entry)
{
    if (entry.styleClass < 0)
        return entry.color;
    const auto &symbol = entry.symbol;
    if (!symbol.fills.empty())
        return symbol.fills.back().color;
    if (!symbol.markers.empty())
        return symbol.markers.front().fill;
    return symbol.strokes.empty() ? QColor(Qt::transparent) : symbol.strokes.back().color;
}

/** Colours side by side on the paper that maps are drawn on, with a quiet edge. */
void paintStripes(QPainter &painter, const QList<QColor> &colors, bool blend, const QRectF &box,
                  const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
    painter.fillPath(outline, Qt::white);
    QLinearGradient gradient(box.topLeft(), box.topRight());
    const auto n = double(colors.size());
    for (qsizetype i = 0; i < colors.size(); ++i) {
        if (blend && n > 1) {
            gradient.setColorAt(double(i) / (n - 1), colors[i]);
        } else {
            gradient.setColorAt(double(i) / n, colors[i]);
            gradient.setColorAt(std::min(1.0, double(i + 1) / n - 1e-6), colors[i]);
        }
    }
    painter.fillPath(outline, gradient);
    painter.strokePath(outline, look::tokens(look::isDark(palette)).outline);
    painter.restore();
}

QList<QColor> someColors(const std::vector<LegendEntry> &legend, int most)
{
    QList<QColor> colors;
    const int count = std::min(most, int(legend.size()));
    for (int i = 0; i < count; ++i) // spread over all, first and last included
        colors << mainColor(legend[std::size_t(i * (int(legend.size()) - 1) / std::max(1, count - 1))]);
    return colors;
}

} // namespace

QString iconNameFor(const LayerDescription &description)
{
    if (description.kind == LayerKind::Raster)
        return u"raster"_s;
    if (description.kind == LayerKind::Table)
        return u"table"_s;
    switch (mainKind(description)) {
    case GeometryKind::Point:
        return u"point"_s;
    case GeometryKind::Line:
        return u"line"_s;
    case GeometryKind::Polygon:
        return u"polygon"_s;
    case GeometryKind::None:
        break;
    }
    return u"layers"_s; // mixed
}

void paintSwatch(QPainter &painter, const LegendEntry &entry, const QRectF &box, const QPalette &palette)
{
    if (entry.styleClass < 0) {
        paintStripes(painter, {entry.color}, false, box, palette);
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (look::isDark(palette) && entry.kind != GeometryKind::Polygon) {
        // symbols are made for light paper; dark lines would be lost on a dark panel
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(255, 255, 255, 225));
        painter.drawRoundedRect(box, corner, corner);
    }
    paintSymbol(painter, entry.symbol, entry.kind, box, pixelsPerMm);
    painter.restore();
}

void paintSwatch(QPainter &painter, const Layer &layer, const std::vector<LegendEntry> &legend, const QRectF &box,
                 const QPalette &palette)
{
    const bool raster = layer.data && layer.data->isRaster();
    const bool table = layer.data && layer.data->description.kind == LayerKind::Table;
    if (legend.empty() || table) {
        const auto name = layer.data ? iconNameFor(layer.data->description) : u"layers"_s;
        look::icon(name, look::Tint::Secondary).paint(&painter, box.toRect());
    } else if (raster) {
        const bool blend = layer.style.raster.kind != RasterStyle::Kind::Classes;
        paintStripes(painter, someColors(legend, 12), blend, box, palette);
    } else if (legend.size() == 1) {
        paintSwatch(painter, legend.front(), box, palette);
    } else if (legend.front().kind == GeometryKind::Polygon) {
        paintStripes(painter, someColors(legend, mostStripes), false, box, palette);
    } else {
        paintSwatch(painter, legend.front(), box, palette);
    }
}

} // namespace hanseatlas
