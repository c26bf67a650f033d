// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/vectorpainter.h"

namespace hanseatlas
{

namespace
{

/** One feature that shows the symbol well within the box, in millimetres from the box's corner, y up. */
FeatureSetPtr sampleOf(GeometryKind kind, QSizeF size)
{
    FeatureSetBuilder builder(Crs(), {0, 0, size.width(), size.height()}, {});
    builder.beginFeature(1, kind);
    const double w = size.width(), h = size.height(), edge = 0.06 * h;
    std::vector<PointXY> points;
    switch (kind) {
    case GeometryKind::Point:
        points = {{w / 2, h / 2}};
        break;
    case GeometryKind::Line:
        points = {{edge, 0.3 * h}, {w * 0.36, 0.7 * h}, {w * 0.62, 0.3 * h}, {w - edge, 0.7 * h}};
        break;
    default:
        points = {{edge, edge}, {w - edge, edge}, {w - edge, h - edge}, {edge, h - edge}};
    }
    builder.addRing(points);
    builder.endFeature();
    return builder.finish();
}

/** Markers too large for the box are made smaller, all by the same factor. */
Symbol fitted(Symbol symbol, QSizeF size)
{
    double largest = 0;
    for (const auto &m : symbol.markers)
        largest = std::max(largest, m.size * (m.shape == Marker::Shape::Pin ? 1.5 : 1.15) + m.outline.width);
    const double room = std::min(size.width(), size.height());
    if (largest > room)
        for (auto &m : symbol.markers)
            m.size *= room / largest;
    for (auto &s : symbol.strokes)
        s.width = std::min(s.width, room * 0.6);
    return symbol;
}

} // namespace

void paintSymbol(QPainter &painter, const Symbol &symbol, GeometryKind kind, const QRectF &box, double pixelsPerMm)
{
    if (box.isEmpty() || pixelsPerMm <= 0)
        return;
    const auto size = box.size() / pixelsPerMm;
    Layer layer;
    layer.style.classes = {StyleClass{.symbol = fitted(symbol, size)}};
    if (kind != GeometryKind::Point)
        layer.style.classes.front().symbol.markers.clear();
    if (kind == GeometryKind::Polygon && !symbol.markers.empty() && symbol.fills.empty() && symbol.strokes.empty())
        kind = GeometryKind::Point; // areas that are shown by a marker alone
    if (kind == GeometryKind::Point)
        layer.style.classes.front().symbol = fitted(symbol, size);
    PreparedLayer prepared;
    prepared.layer = &layer;
    prepared.set = sampleOf(kind, size);
    prepared.ownClasses = {0};
    prepared.classes = prepared.ownClasses;
    prepared.symbols = {&layer.style.classes.front().symbol};
    prepared.passesOn = {false};
    prepared.strokeLevels = symbol.strokes.size();
    const Viewport view{.crs = Crs(),
                        .centre = {size.width() / 2, size.height() / 2},
                        .resolution = 1 / pixelsPerMm,
                        .size = box.size(),
                        .pixelsPerMm = pixelsPerMm};
    painter.save();
    painter.translate(box.topLeft());
    const auto &markers = prepared.symbols.front()->markers;
    if (kind == GeometryKind::Point && !markers.empty() && markers.front().shape == Marker::Shape::Pin)
        painter.translate(0, markers.front().size * 0.7 * pixelsPerMm); // its place is its tip, below the middle
    painter.setRenderHint(QPainter::Antialiasing);
    VectorPainter(painter, view, {}).paint(prepared);
    painter.restore();
}

} // namespace hanseatlas
