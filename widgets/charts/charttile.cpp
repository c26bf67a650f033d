// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charttile.h"

#include "widgets/look/look.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QTableView *tableView(ChartTableModel *model, QWidget *parent)
{
    auto *view = new QTableView(parent);
    auto *sorted = new QSortFilterProxyModel(view);
    sorted->setSourceModel(model);
    sorted->setSortRole(Qt::UserRole);
    view->setModel(sorted);
    view->setSortingEnabled(true);
    view->sortByColumn(-1, Qt::AscendingOrder); // as the chart has it, until somebody asks
    view->verticalHeader()->hide();
    view->horizontalHeader()->setStretchLastSection(true);
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    return view;
}

} // namespace

ChartTile::ChartTile(const QString &title, QWidget *chart, std::function<ChartTable()> table, QWidget *parent)
    : Card({}, parent)
    , m_chart(chart)
    , m_table(std::move(table))
    , m_model(new ChartTableModel(this))
    , m_stack(new QStackedWidget)
    , m_toggle(new QToolButton)
{
    m_toggle->setIcon(icon(u"table"_s));
    m_toggle->setCheckable(true);
    m_toggle->setAutoRaise(true);
    m_toggle->setToolTip(tr("Show the numbers as a table"));
    m_toggle->setAccessibleName(m_toggle->toolTip());
    auto *menu = new QMenu(this);
    menu->addAction(tr("Save as picture …"), this, &ChartTile::imageWanted);
    menu->addAction(tr("Save numbers as CSV …"), this, &ChartTile::csvWanted);
    menu->addAction(tr("Show large"), this, &ChartTile::largeWanted);
    auto *more = new QToolButton;
    more->setIcon(icon(u"more"_s));
    more->setAutoRaise(true);
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setToolTip(tr("More"));
    more->setAccessibleName(tr("More about “%1”").arg(title));
    auto *top = new QHBoxLayout;
    auto *heading = label(title, Type::Heading);
    heading->setWordWrap(true);
    top->addWidget(heading, 1);
    top->addWidget(m_toggle);
    top->addWidget(more);
    auto *view = tableView(m_model, this);
    view->setAccessibleName(title);
    m_stack->addWidget(chart);
    m_stack->addWidget(view);
    content()->addLayout(top);
    content()->addWidget(m_stack, 1);
    connect(m_toggle, &QToolButton::toggled, this, &ChartTile::showTable);
}

bool ChartTile::showsTable() const
{
    return m_stack->currentIndex() == 1;
}

void ChartTile::showTable(bool on)
{
    m_toggle->setChecked(on);
    m_stack->setCurrentIndex(on ? 1 : 0);
    refresh();
}

void ChartTile::refresh()
{
    if (showsTable())
        m_model->setTable(m_table());
}

QImage ChartTile::picture(double scale) const
{
    QImage image((QSizeF(m_chart->size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(scale);
    image.fill(tokens().raised);
    QPainter painter(&image);
    m_chart->render(&painter);
    return image;
}

} // namespace hanseatlas
