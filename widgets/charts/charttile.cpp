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
    , m_more(new QToolButton)
    , m_menu(new QMenu(this))
    , m_heading(label({}, Type::Heading))
    , m_note(secondaryLabel({}, Type::Caption))
    , m_view(tableView(m_model, this))
{
    m_toggle->setIcon(icon(u"table"_s));
    m_toggle->setCheckable(true);
    m_toggle->setAutoRaise(true);
    m_toggle->setToolTip(tr("Show the numbers as a table"));
    m_toggle->setAccessibleName(m_toggle->toolTip());
    m_menu->addAction(tr("Save as picture …"), this, &ChartTile::imageWanted);
    m_menu->addAction(tr("Save numbers as CSV …"), this, &ChartTile::csvWanted);
    m_menu->addAction(tr("Show large"), this, &ChartTile::largeWanted);
    m_more->setIcon(icon(u"more"_s));
    m_more->setAutoRaise(true);
    m_more->setMenu(m_menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setToolTip(tr("More"));
    m_heading->setWordWrap(true);
    m_note->setWordWrap(true);
    m_note->hide();
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(m_heading);
    titles->addWidget(m_note);
    auto *top = new QHBoxLayout;
    top->addLayout(titles, 1);
    top->addWidget(m_toggle, 0, Qt::AlignTop);
    top->addWidget(m_more, 0, Qt::AlignTop);
    m_stack->addWidget(chart);
    m_stack->addWidget(m_view);
    content()->addLayout(top);
    content()->addWidget(m_stack, 1);
    setHeading(title);
    connect(m_toggle, &QToolButton::toggled, this, &ChartTile::showTable);
}

QString ChartTile::heading() const
{
    return m_heading->text();
}

void ChartTile::setHeading(const QString &title)
{
    m_heading->setText(title);
    m_view->setAccessibleName(title);
    m_more->setAccessibleName(tr("More about “%1”").arg(title));
}

void ChartTile::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
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
