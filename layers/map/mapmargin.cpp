// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/mapmargin.h"

#include "layers/map/credits.h"
#include "layers/map/sheetscale.h"
#include "layers/map/sheettext_p.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

// Millimetres of the picture's own scale
constexpr double textSize = 2.3, padding = 1.2, edge = 2.5;

double paintCredits(QPainter &painter, QSizeF size, const Credits &credits)
{
    if (credits.sources.isEmpty())
        return 0;
    const SheetText text(textSize);
    const auto lines = text.lines(credits.sources.join(u" · "_s), size.width() - 2 * padding, 4);
    const double high = double(lines.size()) * text.lineHeight() + padding;
    painter.fillRect(QRectF(0, size.height() - high, size.width(), high), QColor(255, 255, 255, 205));
    text.drawLines(painter, {padding, size.height() - high + padding / 2}, lines);
    return high;
}

void paintBar(QPainter &painter, double bottom, double metresPerMm, double longest)
{
    const auto bar = SheetScaleBar::fitting(metresPerMm, longest);
    if (bar.length <= 0)
        return;
    const SheetText text(textSize, QFont::Medium);
    const auto label = bar.label(bar.metres, true);
    const double wide = std::max(bar.length, text.width(label)) + 2 * padding;
    const QRectF plate(edge, bottom - edge - 6, wide, 6);
    painter.fillRect(plate, QColor(255, 255, 255, 205));
    text.draw(painter, {plate.center().x(), plate.top() + 0.6 + text.baseline()}, label, Qt::AlignHCenter);
    painter.setPen(QPen(QColor(31, 41, 51), 0.4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    const double left = plate.center().x() - bar.length / 2, y = plate.bottom() - 1.2;
    painter.drawPolyline(QPolygonF{{left, y - 1}, {left, y}, {left + bar.length, y}, {left + bar.length, y - 1}});
}

/** In as many lines as a narrow picture makes of it; returns how high it is. */
double paintMark(QPainter &painter, QPointF topRight, const QString &mark, const QColor &ink, const QColor &paper)
{
    constexpr double around = 2;
    const SheetText text(2.6, QFont::DemiBold, ink);
    const auto lines = text.lines(mark, std::max(1.0, topRight.x() - 2 * around), 4);
    double wide = 0;
    for (const auto &line : lines)
        wide = std::max(wide, text.width(line));
    const QRectF plate(topRight.x() - wide - 2 * around, topRight.y(), wide + 2 * around,
                       5 + double(lines.size() - 1) * text.lineHeight());
    painter.fillRect(plate, paper);
    for (qsizetype i = 0; i < qsizetype(lines.size()); ++i)
        text.draw(painter,
                  {plate.center().x(), plate.top() + 2.5 + text.capHeight() / 2 + double(i) * text.lineHeight()},
                  lines[i], Qt::AlignHCenter);
    return plate.height();
}

} // namespace

void paintMapMargin(QImage &image, const MapScene &scene, const Viewport &view, const MapMargin &margin)
{
    std::vector<Layer> shown;
    for (const auto &layer : scene.layers) {
        if (layer.inScale(view.scale()))
            shown.push_back(layer);
    }
    const auto credits = creditsOf(shown);
    const QSizeF size = view.size / view.pixelsPerMm;
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(view.pixelsPerMm, view.pixelsPerMm);
    double bottom = size.height();
    if (margin.credits)
        bottom -= paintCredits(painter, size, credits);
    if (margin.scaleBar) {
        const double metresPerMm = view.resolution * view.pixelsPerMm * groundMetresPerUnit(view.crs, view.centre);
        paintBar(painter, bottom, metresPerMm, std::min(50.0, size.width() / 3));
    }
    double y = 0;
    if (credits.demo)
        y += paintMark(painter, {size.width(), y}, demoMark(), QColor(122, 62, 0), QColor(255, 236, 201));
    if (credits.personal)
        paintMark(painter, {size.width(), y}, personalWarning(), QColor(255, 255, 255), QColor(155, 28, 28));
}

} // namespace hanseatlas
