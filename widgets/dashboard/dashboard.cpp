// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/dashboard.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Kind = DashboardTileSpec::Kind;

namespace
{

struct DashboardTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::DashboardTexts)
};

constexpr qsizetype mostTiles = 60;
constexpr std::array kindNames{"wheel"_L1,  "trend"_L1,     "indicator"_L1, "indicators"_L1, "progress"_L1,
                               "movers"_L1, "districts"_L1, "overdue"_L1,   "freshness"_L1};

} // namespace

QList<Dashboard> standardDashboards()
{
    return {{DashboardTexts::tr("Overview"),
             {{Kind::Wheel, {}, 2, 2},
              {Kind::Trend, {}, 2, 1},
              {Kind::Movers, {}, 1, 1},
              {Kind::Overdue, {}, 1, 1},
              {Kind::Districts, {}, 2, 2},
              {Kind::Measures, {}, 1, 2},
              {Kind::Freshness, {}, 1, 2}}},
            {DashboardTexts::tr("Climate and environment"),
             {{Kind::Indicator, u"heat.exposed"_s, 1, 1},
              {Kind::Indicator, u"air.no2"_s, 1, 1},
              {Kind::Indicator, u"noise.night"_s, 1, 1},
              {Kind::Indicator, u"rain.buildings"_s, 1, 1},
              {Kind::Districts, {}, 2, 2},
              {Kind::Trend, u"heat.exposed"_s, 2, 1},
              {Kind::Indicator, u"green.near"_s, 1, 1},
              {Kind::Indicator, u"co2.head"_s, 1, 1}}},
            {DashboardTexts::tr("Measures"),
             {{Kind::Measures, {}, 2, 2},
              {Kind::Overdue, {}, 2, 2},
              {Kind::Trend, u"measures.reported"_s, 2, 1},
              {Kind::Movers, {}, 2, 1}}},
            {DashboardTexts::tr("Data"), {{Kind::Indicators, {}, 2, 3}, {Kind::Freshness, {}, 2, 3}}}};
}

QJsonObject toJson(const Dashboard &dashboard)
{
    QJsonArray tiles;
    for (const auto &tile : dashboard.tiles) {
        QJsonObject json{
            {u"kind"_s, kindNames[std::size_t(tile.kind)]}, {u"width"_s, tile.width}, {u"height"_s, tile.height}};
        if (!tile.subject.isEmpty())
            json[u"subject"_s] = tile.subject;
        tiles.append(json);
    }
    return {{u"name"_s, dashboard.name}, {u"tiles"_s, tiles}};
}

Result<Dashboard> dashboardFromJson(const QJsonObject &json)
{
    Dashboard dashboard{.name = json["name"_L1].toString().left(100), .tiles = {}};
    const auto tiles = json["tiles"_L1].toArray();
    if (dashboard.name.isEmpty() || tiles.size() > mostTiles)
        return failure(ErrorKind::Malformed,
                       DashboardTexts::tr("A dashboard has no name or more than %1 tiles.").arg(mostTiles));
    for (const auto &entry : tiles) {
        const auto kind = std::ranges::find(kindNames, entry["kind"_L1].toString());
        if (kind == kindNames.end())
            return failure(ErrorKind::Malformed,
                           DashboardTexts::tr("The dashboard “%1” has a tile of an unknown kind.").arg(dashboard.name));
        dashboard.tiles.append({.kind = Kind(kind - kindNames.begin()),
                                .subject = entry["subject"_L1].toString().left(200),
                                .width = std::clamp(entry["width"_L1].toInt(1), 1, mostTileWidth),
                                .height = std::clamp(entry["height"_L1].toInt(1), 1, mostTileHeight)});
    }
    return dashboard;
}

QList<QRect> packed(const QList<DashboardTileSpec> &tiles, int columns)
{
    columns = std::max(columns, 1);
    std::set<std::pair<int, int>> taken; // row, column
    const auto isFree = [&](const QRect &place) {
        for (int y = place.top(); y <= place.bottom(); ++y) {
            for (int x = place.left(); x <= place.right(); ++x) {
                if (taken.contains({y, x}))
                    return false;
            }
        }
        return true;
    };
    const auto take = [&](const QRect &place) {
        for (int y = place.top(); y <= place.bottom(); ++y) {
            for (int x = place.left(); x <= place.right(); ++x)
                taken.emplace(y, x);
        }
    };
    QList<QRect> places;
    for (const auto &tile : tiles) {
        const int width = std::clamp(tile.width, 1, columns), height = std::max(tile.height, 1);
        QRect place(0, 0, width, height);
        while (!isFree(place)) {
            place.moveLeft(place.left() + 1);
            if (place.right() >= columns)
                place.moveTopLeft({0, place.top() + 1});
        }
        take(place);
        places.append(place);
    }
    for (auto &place : places) { // what stays free at their right is theirs
        for (QRect next(place.right() + 1, place.top(), 1, place.height()); next.right() < columns && isFree(next);
             next.translate(1, 0)) {
            take(next);
            place.setRight(next.right());
        }
    }
    return places;
}

} // namespace hanseatlas
