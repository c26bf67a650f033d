// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttable.h"
#include "widgets/look/card.h"

#include <QImage>

#include <functional>

class QStackedWidget;
class QTableView;
class QToolButton;

namespace hanseatlas
{

/** A card with a chart and, behind it, the table of its numbers. Who holds it writes files and shows it large. */
class ChartTile final : public look::Card
{
    Q_OBJECT
public:
    /** Takes the chart. `table` is asked whenever the table is wanted. */
    ChartTile(const QString &title, QWidget *chart, std::function<ChartTable()> table, QWidget *parent = nullptr);

    QWidget *chart() const { return m_chart; }
    bool showsTable() const;
    void showTable(bool on);
    /** The chart has changed: a table that is shown follows. */
    void refresh();
    QImage picture(double scale) const; ///< of the chart alone; 2: twice as many pixels

signals:
    void imageWanted();
    void csvWanted();
    void largeWanted(); ///< or, where it is large, small again

private:
    QWidget *m_chart;
    const std::function<ChartTable()> m_table;
    ChartTableModel *m_model;
    QStackedWidget *m_stack;
    QToolButton *m_toggle;
};

} // namespace hanseatlas
