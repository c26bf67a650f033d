// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/axisorder.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr Extent germany{4.5, 46.5, 16.5, 56.0}; // degrees, with some sea and neighbours

bool liesInGermany(const Crs &crs, PointXY centre)
{
    const auto transform = Transform::create(crs, Crs::fromEpsg(4326));
    return transform && germany.contains(transform->forward(centre));
}

/** No CRS in the file: the numbers of UTM zone 32, plain or with the zone in front, leave little choice. */
Crs guessed(PointXY centre)
{
    if (centre.y > 5.2e6 && centre.y < 6.2e6) {
        if (centre.x > 2.0e5 && centre.x < 9.5e5)
            return Crs::fromEpsg(25832);
        if (centre.x > 32.2e6 && centre.x < 32.95e6)
            return Crs::fromEpsg(4647);
        if (centre.x > 3.2e6 && centre.x < 3.9e6)
            return Crs::fromEpsg(31467);
    }
    return {};
}

bool isAuthorityOrder(const QString &srsName)
{
    return srsName.startsWith("urn:ogc:"_L1, Qt::CaseInsensitive)
        || srsName.startsWith("urn:x-ogc:"_L1, Qt::CaseInsensitive)
        || (srsName.startsWith("http"_L1) && srsName.contains("/def/crs/"_L1));
}

} // namespace

AxisDecision decideAxes(const QString &srsName, const Extent &written, const Crs &forced,
                        std::optional<bool> forcedSwap)
{
    AxisDecision decision;
    const auto centre = written.centre();
    decision.crs = forced.isValid() ? forced : Crs::fromText(srsName);
    if (!decision.crs.isValid() && srsName.isEmpty() && !written.isEmpty()) {
        decision.crs = guessed(centre);
        decision.guessed = decision.crs.isValid();
    }
    if (forcedSwap) {
        decision.swap = *forcedSwap;
        return decision;
    }
    decision.swap = isAuthorityOrder(srsName) && decision.crs.northingFirst();
    if (!decision.crs.isValid() || written.isEmpty())
        return decision;
    const PointXY across{centre.y, centre.x};
    if (!liesInGermany(decision.crs, decision.swap ? across : centre)
        && liesInGermany(decision.crs, decision.swap ? centre : across)) {
        decision.swap = !decision.swap;
        decision.turned = true;
    }
    return decision;
}

} // namespace hanseatlas
