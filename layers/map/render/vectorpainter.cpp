// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/vectorpainter.h"

#include "layers/map/render/anchors.h"
#include "layers/map/render/labels.h"
#include "layers/map/render/lineoffset.h"
#include "layers/map/render/rasterpieces.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr double thinning = 25.4 / 1200; ///< mm: finer than any printer
constexpr double dustCell = 0.12; ///< mm: polygons smaller than this are summed up

using Ring = std::vector<QPointF>;

/** One side of a box: what of the ring is on the inner side. Sutherland and Hodgman's way. */
template <class Inside, class Cut>
Ring clippedAt(const Ring &ring, Inside inside, Cut cut)
{
    Ring result;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const bool a = inside(ring[j]), b = inside(ring[i]);
        if (a != b)
            result.push_back(cut(ring[j], ring[i]));
        if (b)
            result.push_back(ring[i]);
    }
    return result;
}

Ring clippedRing(Ring ring, const QRectF &box)
{
    auto atX = [](double x) {
        return
            [x](QPointF a, QPointF b) { return QPointF(x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x())); };
    };
    auto atY = [](double y) {
        return
            [y](QPointF a, QPointF b) { return QPointF(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()), y); };
    };
    if (!ring.empty())
        ring = clippedAt(ring, [&](QPointF p) { return p.x() >= box.left(); }, atX(box.left()));
    if (!ring.empty())
        ring = clippedAt(ring, [&](QPointF p) { return p.x() <= box.right(); }, atX(box.right()));
    if (!ring.empty())
        ring = clippedAt(ring, [&](QPointF p) { return p.y() >= box.top(); }, atY(box.top()));
    if (!ring.empty())
        ring = clippedAt(ring, [&](QPointF p) { return p.y() <= box.bottom(); }, atY(box.bottom()));
    return ring;
}

/** The pieces of a line whose segments come near the box. Whole segments: dashes keep their phase within a piece. */
void appendNear(const Ring &line, bool closed, const QRectF &box, std::vector<Ring> &pieces)
{
    Ring piece;
    const auto n = line.size();
    for (std::size_t i = 0; i + (closed ? 0 : 1) < n; ++i) {
        const auto a = line[i], b = line[(i + 1) % n];
        const bool away = std::max(a.x(), b.x()) < box.left() || std::min(a.x(), b.x()) > box.right()
            || std::max(a.y(), b.y()) < box.top() || std::min(a.y(), b.y()) > box.bottom();
        if (away) {
            if (piece.size() > 1)
                pieces.push_back(piece);
            piece.clear();
            continue;
        }
        if (piece.empty())
            piece.push_back(a);
        piece.push_back(b);
    }
    if (piece.size() > 1)
        pieces.push_back(piece);
}

QPainterPath pathOf(const std::vector<Ring> &rings)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    for (const auto &ring : rings) {
        if (ring.size() < 3)
            continue;
        path.moveTo(ring[0]);
        for (std::size_t i = 1; i < ring.size(); ++i)
            path.lineTo(ring[i]);
        path.closeSubpath();
    }
    return path;
}

} // namespace

QColor invalidColor()
{
    return QColor(225, 0, 122);
}

VectorPainter::VectorPainter(QPainter &painter, const Viewport &view, CancelToken token)
    : m_painter(painter)
    , m_view(view)
    , m_token(std::move(token))
    , m_px(view.pixelsPerMm)
    , m_tolerance(thinning * view.pixelsPerMm)
    , m_clip(QPointF(0, 0), view.size)
{
}

void VectorPainter::paint(const PreparedLayer &layer)
{
    m_layer = &layer;
    m_transform = DeviceTransform::of(layer.set->quantisation, m_view);
    const VisibleFeatures features(layer, m_transform,
                                   m_clip.adjusted(-layer.reach, -layer.reach, layer.reach, layer.reach));
    m_painter.setOpacity(layer.layer->opacity);
    paintPolygons(features);
    paintLines(features);
    paintMarkers(features.polygons());
    paintMarkers(features.lines());
    paintMarkers(features.points());
    paintInvalid();
    m_painter.setOpacity(1);
}

VectorPainter::Shape VectorPainter::shapeOf(std::size_t feature) const
{
    const auto &set = *m_layer->set;
    Shape shape;
    shape.closed = set.kinds[feature] == GeometryKind::Polygon;
    const double reach = m_layer->reach + 2;
    const auto box = m_clip.adjusted(-reach, -reach, reach, reach);
    shape.clipped = !box.contains(m_transform.map(set.boxes[feature]));
    for (auto r = set.firstRing[feature]; r < set.firstRing[feature + 1]; ++r) {
        Ring ring;
        const auto from = set.firstVertex[r], to = set.firstVertex[r + 1];
        for (auto v = from; v < to; ++v) {
            const auto p = m_transform.map(set.vertices[v]);
            const bool last = v + 1 == to && !shape.closed; // a line keeps its ends
            if (!ring.empty() && !last && std::abs(p.x() - ring.back().x()) < m_tolerance
                && std::abs(p.y() - ring.back().y()) < m_tolerance)
                continue;
            ring.push_back(p);
        }
        if (shape.clipped) {
            appendNear(ring, shape.closed, box, shape.outlines);
            if (shape.closed)
                ring = clippedRing(std::move(ring), box);
        }
        if (!ring.empty())
            shape.rings.push_back(std::move(ring));
    }
    return shape;
}

bool VectorPainter::isDust(std::size_t feature, const Symbol &symbol)
{
    const auto &set = *m_layer->set;
    const auto box = m_transform.map(set.boxes[feature]);
    const double cell = dustCell * m_px;
    if (std::max(box.width(), box.height()) >= cell)
        return false;
    QColor color;
    double area = double(set.areas[feature]) * m_transform.pixelsPerStep * m_transform.pixelsPerStep;
    for (const auto &fill : symbol.fills)
        color = fill.color;
    if (!color.isValid() && !symbol.strokes.empty()) {
        color = symbol.strokes.back().color;
        area = std::max(area, (box.width() + box.height()) * symbol.strokes.back().width * m_px);
    }
    if (color.isValid())
        m_dust[{color.rgba(), int(std::floor(box.center().x() / cell)), int(std::floor(box.center().y() / cell))}] +=
            area;
    return true;
}

void VectorPainter::paintDust()
{
    m_painter.setPen(Qt::NoPen);
    const double cell = dustCell * m_px;
    for (const auto &[key, area] : m_dust) {
        const auto &[color, x, y] = key;
        const double side = std::min(cell, std::sqrt(area));
        m_painter.setBrush(QColor::fromRgba(color));
        m_painter.drawRect(QRectF((x + 0.5) * cell - side / 2, (y + 0.5) * cell - side / 2, side, side));
    }
    m_dust.clear();
}

void VectorPainter::paintPolygons(const VisibleFeatures &features)
{
    std::vector<VisibleFeatures::Entry> entries(features.polygons().begin(), features.polygons().end());
    if (m_layer->layer->style.kind != Style::Kind::RuleBased)
        std::ranges::stable_sort(entries, {}, [this](const auto &entry) { return m_layer->set->ids[entry.feature]; });
    for (const auto &[feature, s] : entries) {
        if (stopped())
            return;
        const auto &symbol = *m_layer->symbols[s];
        if (isDust(feature, symbol))
            continue;
        const auto shape = shapeOf(feature);
        const auto path = pathOf(shape.rings);
        for (const auto &fill : symbol.fills)
            paintFill(fill, path);
        for (const auto &stroke : symbol.strokes)
            paintStroke(stroke, shape);
    }
    paintDust();
}

void VectorPainter::paintFill(const Fill &fill, const QPainterPath &path)
{
    if (path.isEmpty())
        return;
    const bool solid = fill.pattern == Fill::Pattern::Solid;
    const auto color = solid ? fill.color : fill.background;
    if (color.isValid() && color.alpha() > 0)
        m_painter.fillPath(path, color);
    if (!solid)
        paintPattern(fill, path);
}

/** Lines and dots as vectors, cut at the polygon. They hang on the map's origin, so that neighbours' hatches meet and
 * stay put. */
void VectorPainter::paintPattern(const Fill &fill, const QPainterPath &path)
{
    const double spacing = std::max(fill.spacing * m_px, 0.5);
    const auto box = path.boundingRect().intersected(m_clip);
    if (box.isEmpty() || fill.width <= 0)
        return;
    const auto origin = m_view.toDevice({0, 0});
    m_painter.save();
    m_painter.setClipPath(path, Qt::IntersectClip);
    if (fill.pattern == Fill::Pattern::Dots) {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(fill.color);
        const double r = fill.width * m_px / 2;
        const auto firstX = qint64(std::floor((box.left() - r - origin.x()) / spacing)),
                   lastX = qint64(std::ceil((box.right() + r - origin.x()) / spacing));
        const auto firstY = qint64(std::floor((box.top() - r - origin.y()) / spacing)),
                   lastY = qint64(std::ceil((box.bottom() + r - origin.y()) / spacing));
        for (auto y = firstY; y <= lastY; ++y)
            for (auto x = firstX; x <= lastX; ++x)
                m_painter.drawEllipse(QPointF(origin.x() + double(x) * spacing, origin.y() + double(y) * spacing), r,
                                      r);
        m_painter.restore();
        return;
    }
    m_painter.setPen(QPen(fill.color, fill.width * m_px, Qt::SolidLine, Qt::FlatCap));
    // Lines n · p = k · spacing; n is the normal
    auto lines = [&](double nx, double ny) {
        const QPointF normal(nx, ny), along(-ny, nx), middle = box.center();
        const double reach = (box.width() + box.height()) / 2 + fill.width * m_px;
        const double at = QPointF::dotProduct(normal, middle - origin);
        for (auto k = qint64(std::floor((at - reach) / spacing)); k <= qint64(std::ceil((at + reach) / spacing)); ++k) {
            const auto foot = middle + normal * (double(k) * spacing - at);
            m_painter.drawLine(foot - along * reach, foot + along * reach);
        }
    };
    const double d = std::sqrt(0.5);
    switch (fill.pattern) {
    case Fill::Pattern::Horizontal:
        lines(0, 1);
        break;
    case Fill::Pattern::Vertical:
        lines(1, 0);
        break;
    case Fill::Pattern::Forward:
        lines(d, d);
        break; // like a slash
    case Fill::Pattern::Backward:
        lines(d, -d);
        break;
    case Fill::Pattern::Cross:
        lines(0, 1);
        lines(1, 0);
        break;
    case Fill::Pattern::DiagonalCross:
        lines(d, d);
        lines(d, -d);
        break;
    default:
        break;
    }
    m_painter.restore();
}

void VectorPainter::paintStroke(const Stroke &stroke, const Shape &shape)
{
    const auto pen = penOf(stroke, m_px);
    if (pen.style() == Qt::NoPen)
        return;
    const auto &source = shape.clipped ? shape.outlines : shape.rings;
    const bool closed = shape.closed && !shape.clipped;
    QPainterPath path;
    for (const auto &ring : source) {
        const auto line = stroke.offset != 0 ? offsetLine(ring, closed, stroke.offset * m_px) : ring;
        if (line.size() < 2)
            continue;
        path.moveTo(line[0]);
        for (std::size_t i = 1; i < line.size(); ++i)
            path.lineTo(line[i]);
        if (closed)
            path.closeSubpath();
    }
    m_painter.strokePath(path, pen);
}

void VectorPainter::paintLines(const VisibleFeatures &features)
{
    for (std::size_t level = 0; level < m_layer->strokeLevels; ++level) {
        for (const auto &[feature, s] : features.lines()) {
            if (stopped())
                return;
            const auto &strokes = m_layer->symbols[s]->strokes;
            if (level < strokes.size())
                paintStroke(strokes[level], shapeOf(feature));
        }
    }
}

void VectorPainter::paintMarkers(std::span<const VisibleFeatures::Entry> entries)
{
    const auto &set = *m_layer->set;
    for (const auto &[feature, s] : entries) {
        if (stopped())
            return;
        for (const auto &marker : m_layer->symbols[s]->markers) {
            double turn = 0;
            if (const auto *column = marker.rotationField.isEmpty() ? nullptr : set.column(marker.rotationField))
                turn = column->isNull(feature) ? 0 : column->number(feature) + m_view.rotation;
            for (const auto &place : markerPlaces(set, feature, m_transform))
                m_markers.paint(m_painter, marker, place, m_px, turn);
        }
    }
}

void VectorPainter::paintInvalid()
{
    const auto &set = *m_layer->set;
    const auto box = m_transform.reach(m_clip);
    const Stroke signal{.color = invalidColor(), .width = 0.5};
    for (const auto feature : m_layer->invalid) {
        if (stopped())
            return;
        if (feature < set.size() && set.boxes[feature].intersects(box) && m_layer->symbolOf(feature) >= 0)
            paintStroke(signal, shapeOf(feature));
    }
}

Status paintVector(QPainter &painter, const MapScene &scene, const Viewport &viewport, double rasterPixelsPerMm,
                   CancelToken token, RenderNotes *notes)
{
    const QRectF all(QPointF(0, 0), viewport.size);
    const auto prepared = prepare(scene, viewport, all.toAlignedRect(), nullptr, token, notes, false);
    if (!prepared)
        return std::unexpected(prepared.error());
    painter.save();
    painter.setClipRect(all, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    if (scene.background.alpha() > 0)
        painter.fillRect(all, scene.background);
    const auto restore = qScopeGuard([&] { painter.restore(); });
    VectorPainter vectors(painter, viewport, token);
    QStringList problems;
    const auto tell = qScopeGuard([&] {
        if (notes)
            notes->problems << problems;
    });
    // Rasters are read one at a time in between: a large sheet's pictures need not be in memory all at once
    auto next = prepared->layers.begin();
    for (const auto &layer : scene.layers) {
        if (token.stop_requested())
            return cancelled();
        if (next != prepared->layers.end() && next->layer == &layer) {
            vectors.paint(*next++);
            continue;
        }
        if (!layer.visible || layer.opacity <= 0 || !layer.data || !layer.data->isRaster()
            || !layer.inScale(viewport.scale()))
            continue;
        auto fine = viewport;
        const double factor = rasterPixelsPerMm / viewport.pixelsPerMm;
        fine.size = viewport.size * factor;
        fine.resolution = viewport.resolution / factor;
        fine.pixelsPerMm = rasterPixelsPerMm;
        painter.save();
        painter.scale(1 / factor, 1 / factor);
        const auto status = paintRaster(painter, layer, fine, scene.wait, token, problems);
        painter.restore();
        if (!status)
            return status;
    }
    if (std::ranges::any_of(prepared->layers, &PreparedLayer::hasLabels))
        drawLabels(painter, placeLabels(*prepared, token), viewport.pixelsPerMm, true);
    if (token.stop_requested())
        return cancelled();
    return {};
}

} // namespace hanseatlas
