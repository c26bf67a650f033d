// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboard/dashboard.h"

#include <QScrollArea>

namespace hanseatlas
{

class ChartTile;
class DashboardWork;
class TileCover;

/** The tiles of a dashboard, packed into as many columns as there is room for. While it is arranged each tile has a
 * cover with handles: dragging or the arrow keys move it, Shift and the arrow keys change its size, Del takes it away.
 */
class DashboardGrid final : public QScrollArea
{
    Q_OBJECT
public:
    explicit DashboardGrid(DashboardWork &work, QWidget *parent = nullptr);

    void setDashboard(const Dashboard &dashboard);
    const Dashboard &dashboard() const { return m_dashboard; }
    void add(const DashboardTileSpec &spec); ///< at the end
    void setArranging(bool on);
    bool isArranging() const { return m_arranging; }
    QList<ChartTile *> tiles() const { return m_tiles; }
    ChartTile *large() const { return m_large; } ///< fills all of it; null: none
    void setLarge(ChartTile *tile);

    void moveTile(int tile, int to); ///< to that place in reading order
    void resizeTile(int tile, int width, int height); ///< in cells, brought to what can be
    void removeTile(int tile);

signals:
    void changed(); ///< by the user: to be kept
    void imageWanted(hanseatlas::ChartTile *tile);
    void csvWanted(hanseatlas::ChartTile *tile);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class TileCover;
    ChartTile *makeTile(const DashboardTileSpec &spec);
    void rebuild();
    void arrange();
    int indexAt(const QPoint &position) const; ///< of the tile there, in the canvas; -1: none

    DashboardWork &m_work;
    QWidget *m_canvas;
    QWidget *m_empty;
    Dashboard m_dashboard;
    QList<ChartTile *> m_tiles; ///< as the dashboard has them
    QList<TileCover *> m_covers;
    ChartTile *m_large = nullptr;
    bool m_arranging = false;
};

} // namespace hanseatlas
