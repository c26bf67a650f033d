// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttable.h"
#include "widgets/look/card.h"

#include <QImage>

#include <functional>

class QLabel;
class QMenu;
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
    QString heading() const;
    void setHeading(const QString &title);
    /** A second, quiet line; "" shows none. */
    void setNote(const QString &note);
    /** Of the button at its head; who holds the tile may add to it. */
    QMenu *menu() const { return m_menu; }
    bool showsTable() const;
    void showTable(bool on);
    /** The chart has changed: a table that is shown follows. */
    void refresh();
    ChartTable table() const { return m_table(); }
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
    QToolButton *m_more;
    QMenu *m_menu;
    QLabel *m_heading;
    QLabel *m_note;
    QTableView *m_view;
};

} // namespace hanseatlas
