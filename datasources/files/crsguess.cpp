// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/crsguess.h"

#include "datasources/files/filetexts.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Where coordinates of a CRS lie when they mean places of this country; the first fitting row wins, so the narrow
 *  ranges around Lübeck, where two zones give different numbers, stand before the wide ones, where they overlap. */
struct Range {
    int epsg;
    Extent range;
};

constexpr Range ranges[] = {
    {4326, {5, 46, 17, 56}},
    {25832, {560000, 5900000, 680000, 6020000}},
    {25833, {165000, 5900000, 280000, 6020000}},
    {31467, {3280000, 5200000, 3800000, 6110000}},
    {31466, {2480000, 5200000, 2780000, 6110000}},
    {31468, {4280000, 5200000, 4780000, 6110000}},
    {31469, {5280000, 5200000, 5680000, 6110000}},
    {4647, {32280000, 5200000, 32920000, 6110000}},
    {5650, {33120000, 5200000, 33520000, 6110000}},
    {25832, {280000, 5200000, 920000, 6110000}},
    {3857, {550000, 5950000, 1730000, 7400000}},
};

std::optional<int> fitting(const Extent &extent)
{
    for (const auto &row : ranges) {
        if (row.range.contains(extent))
            return row.epsg;
    }
    return std::nullopt;
}

bool isDegrees(const Extent &e)
{
    // small numbers near zero may be anything, e.g. pixels; places of Europe and whole continents are no accident
    return Extent{-180, -90, 180, 90}.contains(e)
        && (std::max(e.width(), e.height()) > 20 || Extent{-25, 34, 45, 72}.contains(e));
}

/** Latitudes of Germany where longitudes should be: taken at their word they would lie off Somalia. */
bool isGermanySwapped(const Extent &e)
{
    return Extent{47, 5.5, 55.5, 15.5}.contains(e);
}

bool couldBeDegrees(const Extent &e)
{
    return e.xMin >= -400 && e.xMax <= 400 && e.yMin >= -400 && e.yMax <= 400;
}

/** The area of use in the CRS's own units, with room to spare: surveys do not end at the edge of a zone. */
Extent usableArea(const Crs &crs)
{
    const auto degrees = crs.areaOfUse();
    if (degrees.isEmpty())
        return {};
    Extent area = degrees;
    if (!crs.isGeographic()) {
        const auto transform = Transform::create(Crs::fromEpsg(4326), crs);
        if (!transform)
            return {};
        area = transform->forward(degrees);
    }
    return area.isEmpty() ? area : area.grown(0.1 * std::max(area.width(), area.height()));
}

bool onlyFitsSwapped(const Crs &crs, const Extent &extent)
{
    const auto turned = swapped(extent);
    if (crs.isGeographic() && isGermanySwapped(extent))
        return true;
    if (crs.isGeographic()) // degrees: a latitude above 90 shows it
        return extent.yMax > 90.000001 && extent.xMin >= -90 && extent.xMax <= 90 && turned.xMax <= 360;
    const auto area = usableArea(crs);
    return !area.isEmpty() && !area.intersects(extent) && area.contains(turned);
}

void guess(CrsDecision &decision, const CrsEvidence &evidence)
{
    const auto &extent = evidence.extent;
    auto epsg = fitting(extent);
    if (!epsg && !isDegrees(extent)) {
        epsg = fitting(swapped(extent));
        decision.swapped = epsg.has_value();
    }
    if (!epsg && (evidence.geographic || (!evidence.drawing && isDegrees(extent))))
        epsg = 4326;
    if (!epsg) {
        decision.notes.append(
            FileTexts::tr("The file does not say which coordinate reference system it uses. It is drawn as it is."));
        return;
    }
    decision.crs = Crs::fromEpsg(*epsg);
    decision.guessed = true;
    if (evidence.geographic) {
        decision.notes.append(FileTexts::tr("The file only says that its coordinates are degrees; %1 was taken.")
                                  .arg(decision.crs.name()));
        return;
    }
    decision.notes.append(
        FileTexts::tr("The file does not say which coordinate reference system it uses. Its numbers fit %1 (%2).")
            .arg(decision.crs.name(), decision.crs.id()));
    if (decision.swapped)
        decision.notes.append(FileTexts::tr("North came before east in the file; the axes were swapped."));
}

} // namespace

CrsDecision decideCrs(const CrsEvidence &evidence, const QJsonObject &options)
{
    CrsDecision decision;
    decision.crs = evidence.declared;
    const auto wanted = options[u"crs"_s].toString();
    if (!wanted.isEmpty()) {
        const auto crs = Crs::fromText(wanted);
        if (crs.isValid())
            decision.crs = crs;
        else
            decision.notes.append(
                FileTexts::tr("The chosen coordinate reference system “%1” is unknown and was ignored.").arg(wanted));
    }
    const auto swap = options[u"swapAxes"_s];
    if (evidence.extent.isEmpty()) {
        decision.swapped = swap.toBool();
        return decision;
    }
    if (wanted.isEmpty() && decision.crs.isGeographic() && !couldBeDegrees(evidence.extent)
        && fitting(evidence.extent)) {
        decision.crs = {};
        decision.notes.append(FileTexts::tr("The file promises degrees, but holds other numbers."));
    }
    if (!decision.crs.isValid()) {
        guess(decision, evidence);
    } else if (!swap.isBool() && onlyFitsSwapped(decision.crs, evidence.extent)) {
        decision.swapped = true;
        decision.notes.append(
            FileTexts::tr("The coordinates only fit %1 with north before east; the axes were swapped.")
                .arg(decision.crs.id().isEmpty() ? decision.crs.name() : decision.crs.id()));
    }
    if (swap.isBool())
        decision.swapped = swap.toBool();
    return decision;
}

} // namespace hanseatlas
