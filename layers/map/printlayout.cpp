// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/printlayout.h"

#include "layers/map/sheetplan_p.h"
#include "layers/map/sheettext_p.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct SheetTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::SheetTexts)
};

double unitOf(QSizeF paper)
{
    // Larger sheets are read from farther away, but not twice as far for each doubling.
    const double shortSide = std::min(paper.width(), paper.height());
    return std::clamp(std::pow(shortSide / 210, 0.6), 0.8, 2.4);
}

double marginOf(QSizeF paper)
{
    return 10 * std::clamp(unitOf(paper), 1.0, 2.0);
}

Viewport viewportOf(const PrintLayout &layout, QSizeF map)
{
    Viewport view{.crs = layout.crs,
                  .centre = layout.centre,
                  .rotation = layout.rotation,
                  .size = map * (layout.dpi / 25.4),
                  .pixelsPerMm = layout.dpi / 25.4};
    view.setScale(layout.scale);
    return view;
}

/** Sets the title block; returns its box. */
QRectF planTitle(SheetPlan &plan, const PrintLayout &layout, QRectF room)
{
    double size = sheet::titleText * plan.unit, high = 0;
    while (size > sheet::leastTitleText * plan.unit
           && SheetText(size, QFont::DemiBold).width(layout.title) > room.width())
        size *= 0.95;
    plan.titleSize = size;
    if (!layout.title.trimmed().isEmpty()) {
        const SheetText text(size, QFont::DemiBold);
        plan.title = text.lines(layout.title.simplified(), room.width(), 2);
        high += double(plan.title.size()) * text.lineHeight();
    }
    if (!layout.subtitle.trimmed().isEmpty()) {
        const SheetText text(sheet::subtitleText * plan.unit);
        plan.subtitle = text.lines(layout.subtitle.simplified(), room.width(), 2);
        high += double(plan.subtitle.size()) * text.lineHeight();
    }
    return high > 0 ? QRectF(room.left(), room.top(), room.width(), high) : QRectF();
}

QStringList facts(const PrintLayout &layout, double trueScale)
{
    QStringList facts;
    if (layout.crs.isValid()) {
        const auto id = layout.crs.id();
        facts << SheetTexts::tr("Coordinate system: %1")
                     .arg(id.isEmpty() ? layout.crs.name() : u"%1 (%2)"_s.arg(layout.crs.name(), id));
    }
    if (trueScale > 0)
        facts << SheetTexts::tr("This projection stretches: the true scale in the middle of the map is %1")
                     .arg(scaleText(trueScale));
    if (layout.date.isValid())
        facts << SheetTexts::tr("Date: %1").arg(dateText(layout.date));
    return facts;
}

/** Sets scale bar, facts and sources; returns the footer's box at the foot of the room. */
QRectF planFooter(SheetPlan &plan, const PrintLayout &layout, QRectF room)
{
    const double unit = plan.unit;
    auto view = viewportOf(layout, {100, 100});
    const double ground = groundMetresPerUnit(layout.crs, layout.centre);
    const double metresPerMm = view.resolution * view.pixelsPerMm * ground;
    if (std::abs(metresPerMm * 1000 / layout.scale - 1) > 0.01)
        plan.trueScale = metresPerMm * 1000;
    plan.bar = SheetScaleBar::fitting(metresPerMm, sheet::barLength * unit);

    plan.factsAt = room.left() + (sheet::barLength + sheet::arrowColumn) * unit;
    const double width = room.right() - plan.factsAt;
    const SheetText text(sheet::factText * unit), strong(sheet::factText * unit, QFont::DemiBold);
    if (plan.credits.personal)
        plan.warning = strong.lines(personalWarning(), width);
    plan.facts = text.lines(facts(layout, plan.trueScale).join(u"\n"_s), width);
    const int most = std::max(3, int(room.height() * 0.3 / text.lineHeight()));
    if (!plan.credits.sources.isEmpty())
        plan.sources = text.lines(SheetTexts::tr("Sources: %1").arg(plan.credits.sources.join(u"; "_s)), width, most);
    const auto lines = plan.warning.size() + plan.facts.size() + plan.sources.size();
    const double high = std::max(sheet::leastFooter * unit, double(lines) * text.lineHeight());
    return {room.left(), room.bottom() - high, room.width(), high};
}

struct Placed {
    QRectF map, legend;
    LegendBlock block;
};

constexpr double besideShare = 0.42, belowShare = 0.45; ///< what a legend may take of the sheet

/** Legend beside or below the map, wherever more is left for it. */
Placed placed(QRectF area, const std::vector<LegendSection> &sections, double unit, double band)
{
    if (sections.empty())
        return {.map = area};
    const double gap = sheet::legendGap * unit + band;
    const auto beside = [&](LegendBlock block) {
        const double wide = block.size.width();
        return Placed{.map = area.adjusted(0, 0, -wide - gap, 0),
                      .legend = {area.right() - wide, area.top(), wide, block.size.height()},
                      .block = std::move(block)};
    };
    const auto below = [&](LegendBlock block) {
        const double high = block.size.height();
        return Placed{.map = area.adjusted(0, 0, 0, -high - gap),
                      .legend = {area.left(), area.bottom() - high, area.width(), high},
                      .block = std::move(block)};
    };
    const auto score = [](const Placed &p) {
        const double shape = std::min(p.map.width(), p.map.height()) / std::max(p.map.width(), p.map.height());
        return p.map.width() * p.map.height() * (0.7 + 0.3 * std::min(1.0, shape * 1.41));
    };
    // A legend that is smaller is better than one that is cut; text shrinks less, it stays as readable as the rest.
    const bool wide = area.width() > area.height();
    const double widest = wide ? area.width() * besideShare : area.width();
    const auto limits = [&](double share, double shrink) {
        return LegendSetter::Pictures{.shrink = shrink, .widest = widest, .highest = area.height() * share * 0.8};
    };
    for (const auto &[factor, shrink] : {std::pair(1.0, 1.0), {0.92, 1.0}, {0.84, 1.0}, {0.84, 0.8}, {0.84, 0.6}}) {
        if (shrink < 1 && !std::ranges::any_of(sections, &LegendSection::hasPicture))
            break;
        const LegendSetter setter(sections, unit * factor, limits(1, shrink));
        std::optional<Placed> best;
        if (auto block = setter.inHeight(area.height(), area.width() * besideShare))
            best = beside(std::move(*block));
        if (auto block = setter.inWidth(area.width(), area.height() * belowShare)) {
            auto other = below(std::move(*block));
            if (!best || score(other) > score(*best))
                best = std::move(other);
        }
        if (best)
            return *best;
    }
    const LegendSetter setter(sections, unit * 0.84, limits(wide ? 1 : belowShare, 0.6));
    return wide ? beside(setter.squeezed({area.width() * besideShare, area.height()}))
                : below(setter.squeezed({area.width(), area.height() * belowShare}));
}

/** The legend names what the map shows, the map shows what the legend leaves it: begin with all that could be shown,
 *  and let the legend shrink once. */
Placed arrangedMap(const PrintLayout &layout, const MapScene &scene, const LegendPictures &legends, QRectF area,
                   double unit, double band)
{
    if (!layout.legend)
        return {.map = area};
    const auto sectionsIn = [&](QRectF map) { return legendSections(scene, viewportOf(layout, map.size()), legends); };
    const auto first = placed(area, sectionsIn(area), unit, band);
    auto second = placed(area, sectionsIn(first.map), unit, band);
    if (first.map.size() == second.map.size())
        return second;
    // The map may have grown and show more again: then it keeps the first, smaller frame.
    auto third = placed(area, sectionsIn(second.map), unit, band);
    if (third.map.size() == second.map.size())
        return third;
    return {.map = first.map, .legend = first.legend, .block = std::move(second.block)};
}

} // namespace

QSizeF sheetSize(const PrintLayout &layout)
{
    const auto size = QPageSize::size(layout.paper, QPageSize::Millimeter);
    return layout.orientation == QPageLayout::Landscape ? size.transposed() : size;
}

SheetPlan planSheet(const PrintLayout &layout, const MapScene &scene, const LegendPictures &legends)
{
    SheetPlan plan;
    auto &geometry = plan.geometry;
    geometry.sheet = sheetSize(layout);
    const double unit = plan.unit = unitOf(geometry.sheet), margin = marginOf(geometry.sheet);
    std::vector<Layer> shown;
    std::ranges::copy_if(scene.layers, std::back_inserter(shown),
                         [&](const Layer &l) { return l.inScale(layout.scale); });
    plan.credits = creditsOf(shown);

    // The coordinates hang in the margin, so that title, frame and footer share their left edge.
    const double band = layout.grid ? sheet::tickBand * unit : 0;
    const QRectF page(margin, margin, geometry.sheet.width() - 2 * margin, geometry.sheet.height() - 2 * margin);
    geometry.title = planTitle(plan, layout, page);
    geometry.footer = planFooter(plan, layout, page);
    auto area = page;
    if (!geometry.title.isEmpty())
        area.setTop(geometry.title.bottom() + 2.2 * unit + band);
    area.setBottom(geometry.footer.top() - sheet::footerGap * unit - band);

    auto arranged = arrangedMap(layout, scene, legends, area, unit, band);
    geometry.map = arranged.map;
    geometry.legend = arranged.block.items.empty() ? QRectF() : arranged.legend;
    geometry.legendLeftOut = arranged.block.leftOut;
    geometry.viewport = viewportOf(layout, geometry.map.size());
    plan.legend = std::move(arranged.block);
    return plan;
}

PrintGeometry arrange(const PrintLayout &layout, const MapScene &scene, const LegendPictures &legends)
{
    return planSheet(layout, scene, legends).geometry;
}

double roundScale(double denominator)
{
    if (!(denominator > 1) || !std::isfinite(denominator))
        return 1;
    const double decade = std::pow(10, std::floor(std::log10(denominator)));
    for (const double lead : {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5, 10.0}) {
        if (lead * decade >= denominator * (1 - 1e-9))
            return lead * decade;
    }
    return 10 * decade;
}

PrintLayout fitted(PrintLayout layout, const MapScene &scene, const Extent &box, const LegendPictures &legends)
{
    if (box.isEmpty())
        return layout;
    layout.centre = box.centre();
    layout.scale = 1;
    // The legend, and with it the frame, depends on the scale: a few rounds settle it, always to the safe side.
    for (int round = 0; round < 6; ++round) {
        const auto view = arrange(layout, scene, legends).viewport;
        const double wanted = roundScale(view.fitted(box, 0).scale());
        if (wanted <= layout.scale)
            break;
        layout.scale = wanted;
    }
    return layout;
}

} // namespace hanseatlas
