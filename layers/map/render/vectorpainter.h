// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/preparedscene.h"
#include "layers/map/render/symbolshapes.h"

#include <QPainter>

#include <map>
#include <tuple>

namespace hanseatlas
{

/** @internal The colour that says "this polygon is broken". */
QColor invalidColor();

/** @internal Draws prepared vector layers by QPainter calls: what is vector stays vector. Coordinates are the view's
 * device pixels. */
class VectorPainter
{
public:
    VectorPainter(QPainter &painter, const Viewport &view, CancelToken token);
    /** Nothing but whole layers; stops early when the token asks. */
    void paint(const PreparedLayer &layer);

private:
    using Ring = std::vector<QPointF>;
    struct Shape {
        std::vector<Ring> rings; ///< in device pixels; polygons without the closing point
        bool closed = false;
        bool clipped = false; ///< the fill's rings were cut at the clip's border
        std::vector<Ring> outlines; ///< where clipped: what remains of the rings' lines
    };
    Shape shapeOf(std::size_t feature) const;
    void paintPolygons(const VisibleFeatures &features);
    void paintLines(const VisibleFeatures &features);
    void paintMarkers(std::span<const VisibleFeatures::Entry> entries);
    void paintFill(const Fill &fill, const QPainterPath &path);
    void paintPattern(const Fill &fill, const QPainterPath &path);
    void paintStroke(const Stroke &stroke, const Shape &shape);
    void paintInvalid();
    bool isDust(std::size_t feature, const Symbol &symbol);
    void paintDust();
    bool stopped() { return (++m_steps % 128) == 0 && m_token.stop_requested(); }

    QPainter &m_painter;
    Viewport m_view;
    CancelToken m_token;
    double m_px; ///< pixels per millimetre
    double m_tolerance; ///< vertices nearer than this are left out
    QRectF m_clip;
    const PreparedLayer *m_layer = nullptr;
    DeviceTransform m_transform;
    MarkerPainter m_markers;
    std::map<std::tuple<QRgb, int, int>, double> m_dust; ///< area by colour and cell, of polygons too small to see
    unsigned m_steps = 0;
};

} // namespace hanseatlas
