// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/printlayout.h"

#include "layers/map/sheetplan_p.h"
#include "layers/map/sheettext_p.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

const QColor ink(31, 41, 51), quiet(82, 96, 109), alarm(155, 28, 28);

QPen line(const QColor &color, double width)
{
    return {color, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin};
}

// ---- Coordinates at the frame

double roundStep(double least)
{
    const double decade = std::pow(10, std::floor(std::log10(least)));
    for (const double lead : {1.0, 2.0, 5.0}) {
        if (lead * decade >= least)
            return lead * decade;
    }
    return 10 * decade;
}

QString coordinateText(double value, double step, bool degrees)
{
    if (degrees)
        return QLocale().toString(value, 'f', std::max(0, int(std::ceil(-std::log10(step) - 1e-9)))) + u'°';
    const int decimals = std::max(0, int(std::ceil(-std::log10(step) - 1e-9)));
    auto digits = QString::number(std::abs(value), 'f', decimals);
    const auto whole = decimals > 0 ? digits.indexOf(u'.') : digits.size();
    for (auto i = whole - 3; i > 0; i -= 3)
        digits.insert(i, QChar(0x202f));
    return value < 0 ? u'−' + digits : digits;
}

/** The frame as millimetres: 1 device pixel = 1 mm. */
Viewport inMillimetres(const PrintGeometry &geometry)
{
    auto view = geometry.viewport;
    view.resolution *= view.pixelsPerMm;
    view.size = geometry.map.size();
    view.pixelsPerMm = 1;
    return view;
}

double gridStep(const Viewport &view, double unit)
{
    return roundStep(view.resolution * 34 * unit);
}

void paintGridCrosses(QPainter &painter, const Viewport &view, double unit)
{
    const double step = gridStep(view, unit), arm = 1.3 * unit;
    const auto extent = view.extent();
    painter.save();
    for (double x = std::ceil(extent.xMin / step) * step; x <= extent.xMax; x += step) {
        for (double y = std::ceil(extent.yMin / step) * step; y <= extent.yMax; y += step) {
            const auto at = view.toDevice({x, y});
            if (!QRectF({}, view.size).contains(at))
                continue;
            for (const auto &pen : {line(QColor(255, 255, 255, 170), 0.34 * unit), line(ink, 0.13 * unit)}) {
                painter.setPen(pen);
                painter.save();
                painter.translate(at);
                painter.rotate(view.rotation);
                painter.drawLine(QLineF(-arm, 0, arm, 0));
                painter.drawLine(QLineF(0, -arm, 0, arm));
                painter.restore();
            }
        }
    }
    painter.restore();
}

/** Ticks and figures along one edge, given clockwise as seen from outside, with the figures outside. */
void paintEdgeTicks(QPainter &painter, const Viewport &view, QPointF from, QPointF to, bool upsideDown, double unit)
{
    const auto a = view.toMap(from), b = view.toMap(to);
    // Along a turned map's edge both change: the figure is of the one that changes more.
    const bool east = std::abs(b.x - a.x) >= std::abs(b.y - a.y);
    const double start = east ? a.x : a.y, end = east ? b.x : b.y, step = gridStep(view, unit);
    const SheetText text(sheet::tickText * unit, QFont::Normal, quiet);
    const double length = std::hypot(to.x() - from.x(), to.y() - from.y()), tick = 1.0 * unit;

    painter.save();
    painter.translate(from);
    painter.rotate(std::atan2(to.y() - from.y(), to.x() - from.x()) * 180 / M_PI);
    bool first = true;
    for (double value = std::ceil(std::min(start, end) / step) * step; value <= std::max(start, end); value += step) {
        const double along = (value - start) / (end - start) * length;
        painter.setPen(line(ink, 0.15 * unit));
        painter.drawLine(QLineF(along, 0, along, -tick));
        auto label = coordinateText(value, step, view.crs.isGeographic());
        if (first)
            label = (east ? QCoreApplication::translate("PrintLayout", "E")
                          : QCoreApplication::translate("PrintLayout", "N"))
                + u'\u202f' + label;
        const double half = text.width(label) / 2;
        if (along - half < 0 || along + half > length)
            continue;
        first = false;
        painter.save();
        painter.translate(along, -tick - 0.6 * unit);
        if (upsideDown) { // read from the right way round
            painter.rotate(180);
            painter.translate(0, text.capHeight());
        }
        text.draw(painter, {0, 0}, label, Qt::AlignHCenter);
        painter.restore();
    }
    painter.restore();
}

void paintTicks(QPainter &painter, const Viewport &view, double unit)
{
    const double w = view.size.width(), h = view.size.height();
    paintEdgeTicks(painter, view, {0, 0}, {w, 0}, false, unit);
    paintEdgeTicks(painter, view, {w, 0}, {w, h}, true, unit);
    paintEdgeTicks(painter, view, {w, h}, {0, h}, true, unit);
    paintEdgeTicks(painter, view, {0, h}, {0, 0}, false, unit);
}

// ---- The map in its frame

void paintDemoMark(QPainter &painter, QRectF map, double unit)
{
    const SheetText text(2.5 * unit, QFont::DemiBold, QColor(122, 62, 0));
    const auto mark = demoMark();
    const double wide = text.width(mark) + 4 * unit, high = 5 * unit;
    const QRectF plate(map.right() - wide, map.top(), wide, high);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 236, 201));
    painter.drawRect(plate);
    text.draw(painter, {plate.center().x(), plate.center().y() + text.capHeight() / 2}, mark, Qt::AlignHCenter);
}

Status paintMap(QPainter &painter, const PrintLayout &layout, const SheetPlan &plan, const MapScene &scene,
                bool preview, CancelToken token, RenderNotes *notes)
{
    const auto &map = plan.geometry.map;
    auto view = plan.geometry.viewport;
    if (preview) {
        const auto device = painter.deviceTransform();
        const double perMm = std::min(view.pixelsPerMm, std::hypot(device.m11(), device.m12()));
        view.resolution *= view.pixelsPerMm / perMm;
        view.size = map.size() * perMm;
        view.pixelsPerMm = perMm;
    }
    painter.save();
    painter.setClipRect(map);
    painter.fillRect(map, scene.background.alpha() > 0 ? scene.background : QColor(Qt::white));
    painter.translate(map.topLeft());
    painter.save();
    painter.scale(1 / view.pixelsPerMm, 1 / view.pixelsPerMm);
    const auto status = paintVector(painter, scene, view, view.pixelsPerMm, token, notes);
    painter.restore();
    const auto millimetres = inMillimetres(plan.geometry);
    if (layout.grid)
        paintGridCrosses(painter, millimetres, plan.unit);
    painter.restore();

    painter.save();
    if (plan.credits.demo)
        paintDemoMark(painter, map, plan.unit);
    painter.setPen(line(ink, 0.3 * plan.unit));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map);
    if (layout.grid) {
        painter.translate(map.topLeft());
        paintTicks(painter, millimetres, plan.unit);
    }
    painter.restore();
    return status;
}

// ---- Around it

void paintTitle(QPainter &painter, const SheetPlan &plan)
{
    const auto at = plan.geometry.title.topLeft();
    const double high = SheetText(plan.titleSize, QFont::DemiBold, ink).drawLines(painter, at, plan.title);
    SheetText(sheet::subtitleText * plan.unit, QFont::Normal, quiet)
        .drawLines(painter, at + QPointF(0, high), plan.subtitle);
}

void paintScale(QPainter &painter, const SheetPlan &plan, const PrintLayout &layout)
{
    const double unit = plan.unit, left = plan.geometry.footer.left(), top = plan.geometry.footer.top();
    const SheetText strong(sheet::scaleText * unit, QFont::DemiBold),
        small(sheet::barText * unit, QFont::Normal, quiet);
    strong.drawLines(painter, {left, top}, {u"%1 (%2)"_s.arg(scaleText(layout.scale), QPageSize::name(layout.paper))});
    const auto &bar = plan.bar;
    if (bar.length <= 0)
        return;
    const double y = top + strong.lineHeight() + 1.4 * unit, high = 1.1 * unit, part = bar.length / bar.segments;
    for (int i = 0; i < bar.segments; ++i) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(i % 2 == 0 ? ink : QColor(Qt::white));
        painter.drawRect(QRectF(left + i * part, y, part, high));
    }
    painter.setPen(line(ink, 0.18 * unit));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(left, y, bar.length, high));
    const double baseline = y + high + 0.9 * unit + small.capHeight();
    small.draw(painter, {left, baseline}, bar.label(0, false));
    if (bar.segments % 2 == 0)
        small.draw(painter, {left + bar.length / 2, baseline}, bar.label(bar.metres / 2, false), Qt::AlignHCenter);
    small.draw(painter, {left + bar.length, baseline}, bar.label(bar.metres, true), Qt::AlignRight);
}

void paintNorthArrow(QPainter &painter, const SheetPlan &plan, double rotation)
{
    const double unit = plan.unit, high = sheet::arrowHeight * unit;
    const double x = plan.geometry.footer.left() + (sheet::barLength + sheet::arrowColumn * 0.42) * unit;
    const QPointF middle(x, plan.geometry.footer.top() + high / 2);
    const double reach = high / 2, tip = -reach + 3.0 * unit, foot = reach, half = 1.9 * unit,
                 notch = foot - 1.7 * unit;
    painter.save();
    painter.translate(middle);
    painter.rotate(rotation);
    painter.setPen(line(ink, 0.18 * unit));
    painter.setBrush(ink);
    painter.drawPolygon(QPolygonF{{0, tip}, {-half, foot}, {0, notch}});
    painter.setBrush(Qt::white);
    painter.drawPolygon(QPolygonF{{0, tip}, {half, foot}, {0, notch}});
    painter.translate(0, -reach + 1.1 * unit);
    painter.rotate(-rotation); // the letter stays upright
    const SheetText text(2.8 * unit, QFont::DemiBold);
    text.draw(painter, {0, text.capHeight() / 2}, QCoreApplication::translate("PrintLayout", "N"), Qt::AlignHCenter);
    painter.restore();
}

void paintFacts(QPainter &painter, const SheetPlan &plan)
{
    const double size = sheet::factText * plan.unit;
    QPointF at(plan.factsAt, plan.geometry.footer.top());
    at.ry() += SheetText(size, QFont::DemiBold, alarm).drawLines(painter, at, plan.warning);
    at.ry() += SheetText(size, QFont::Normal, ink).drawLines(painter, at, plan.facts);
    SheetText(size, QFont::Normal, quiet).drawLines(painter, at, plan.sources);
}

/** Photographs may be packed with small losses; classes of values, with their sharp edges, may not. */
bool showsPictures(const MapScene &scene)
{
    return std::ranges::any_of(scene.layers, [](const Layer &layer) {
        return layer.data && layer.data->isRaster() && layer.data->description.rasterKind == RasterKind::Colour;
    });
}

} // namespace

Status paintSheet(QPainter &painter, const PrintLayout &layout, const MapScene &scene, bool preview, CancelToken token,
                  RenderNotes *notes, const LegendPictures &legends)
{
    const auto plan = planSheet(layout, scene, legends);
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    painter.setRenderHint(QPainter::LosslessImageRendering, !showsPictures(scene));
    painter.fillRect(QRectF({}, plan.geometry.sheet), Qt::white);
    const auto status = paintMap(painter, layout, plan, scene, preview, token, notes);
    if (status) {
        paintTitle(painter, plan);
        paintLegend(painter, plan.legend, plan.geometry.legend.topLeft());
        paintScale(painter, plan, layout);
        paintNorthArrow(painter, plan, layout.rotation);
        paintFacts(painter, plan);
    }
    painter.restore();
    return status;
}

} // namespace hanseatlas
