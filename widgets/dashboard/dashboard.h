// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QJsonObject>
#include <QList>
#include <QRect>

/** Which tiles stand on a dashboard, and how they are laid out. Values. */
namespace hanseatlas
{

struct DashboardTileSpec {
    enum class Kind {
        Wheel, ///< goals × fields
        Trend, ///< the index, or what `subject` names, over time
        Indicator, ///< the indicator `subject`: value, course, target
        Indicators, ///< all of them, with their scores
        Measures, ///< their progress by field of action
        Movers, ///< what moved the index most
        Districts, ///< the index by Stadtteil
        Overdue, ///< duties of the measures
        Freshness, ///< how old the values are
    };
    Kind kind = Kind::Wheel;
    QString subject; ///< an indicator's or goal's id; "" = the index
    int width = 1; ///< columns, 1 … 4
    int height = 1; ///< rows, 1 … 3
    bool operator==(const DashboardTileSpec &) const = default;
};

inline constexpr int mostTileWidth = 4, mostTileHeight = 3;

struct Dashboard {
    QString name;
    QList<DashboardTileSpec> tiles; ///< in reading order
    bool operator==(const Dashboard &) const = default;
};

/** Those that everybody begins with. */
QList<Dashboard> standardDashboards();

QJsonObject toJson(const Dashboard &dashboard);
/** Malformed where a kind is unknown; sizes beyond what can be are brought to it. At most 60 tiles. */
Result<Dashboard> dashboardFromJson(const QJsonObject &json);

/** Where the tiles stand in a grid of so many columns, in units of cells: each at the first place in reading order, no
 * gap is left that a later one fits into. Wider ones than the grid are made as wide as it, and what stays free at the
 * right of one belongs to it. */
QList<QRect> packed(const QList<DashboardTileSpec> &tiles, int columns);

} // namespace hanseatlas
