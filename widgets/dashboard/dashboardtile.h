// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttile.h"
#include "widgets/dashboard/dashboard.h"

namespace hanseatlas
{

class DashboardWork;
class TrendChart;
struct DashboardView;

/** A tile that shows what the spec says of the work, and follows it. Choosing something in it sets the place that is
 * explained, or asks for a Stadtteil. `work` must outlive it. */
ChartTile *dashboardTile(const DashboardTileSpec &spec, DashboardWork &work, QWidget *parent = nullptr);

/** For lists to choose a tile from. */
QString tileTitle(const DashboardTileSpec &spec, const DashboardWork &work);

/** The course of an indicator or goal, or of the index for "". False where there is no value to show. */
bool showCourse(TrendChart &chart, const DashboardView &view, const DashboardWork &work, const QString &subject);

/** One of each kind that needs no subject. */
QList<DashboardTileSpec> tilesToAdd();

} // namespace hanseatlas
