// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measuretable.h"

#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/measures/measuredelegate.h"
#include "widgets/measures/measurework.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QTreeView *makeView(MeasureModel *model, QWidget *parent)
{
    auto *view = new QTreeView;
    view->setModel(model);
    view->setItemDelegate(new MeasureDelegate(parent));
    view->setUniformRowHeights(true);
    view->setAllColumnsShowFocus(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setAccessibleName(MeasureTable::tr("Measures"));
    view->setSortingEnabled(true);
    view->sortByColumn(MeasureModel::Number, Qt::AscendingOrder);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(MeasureModel::Title, QHeaderView::Stretch);
    view->header()->setMinimumSectionSize(60);
    const QFontMetrics metrics(font(Type::Body));
    const std::initializer_list<std::pair<MeasureModel::Column, int>> letters{
        {MeasureModel::Number, 13}, {MeasureModel::Field, 18},   {MeasureModel::Lead, 22}, {MeasureModel::Stage, 17},
        {MeasureModel::Phase, 16},  {MeasureModel::Progress, 9}, {MeasureModel::Start, 9}, {MeasureModel::End, 10}};
    for (const auto &[column, count] : letters)
        view->setColumnWidth(column, count * metrics.averageCharWidth() + space::large);
    // The field is told by its colour, the others by the page; the header's menu shows them
    for (const auto column : {MeasureModel::Field, MeasureModel::Progress, MeasureModel::Start, MeasureModel::Phase})
        view->setColumnHidden(column, true);
    return view;
}

} // namespace

MeasureTable::MeasureTable(MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_model(new MeasureModel(work.facts(), this))
    , m_view(makeView(m_model, this))
    , m_count(secondaryLabel({}, Type::Caption))
{
    auto *middle = new QWidget;
    m_stack = new QStackedLayout(middle);
    m_stack->addWidget(m_view);
    auto *nothing = new EmptyState(u"search"_s, tr("No measure fits"), tr("Search for less, or take filters away."));
    auto *showAll = new QAction(tr("Show all measures"), this);
    nothing->addButton(showAll, true);
    connect(showAll, &QAction::triggered, this, &MeasureTable::showAllWanted);
    m_stack->addWidget(nothing);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(middle, 1);
    m_count->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    layout->addWidget(m_count);
    auto *header = m_view->header();
    header->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (int column = MeasureModel::Field; column < MeasureModel::ColumnCount; ++column) {
        auto *shown = new QAction(m_model->headerData(column, Qt::Horizontal).toString(), header);
        shown->setCheckable(true);
        shown->setChecked(!m_view->isColumnHidden(column));
        connect(shown, &QAction::toggled, m_view, [this, column](bool on) { m_view->setColumnHidden(column, !on); });
        header->addAction(shown);
    }
    connect(m_model, &QAbstractItemModel::modelReset, this, &MeasureTable::arrange);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (const auto *stored = m_following || !index.isValid() ? nullptr : m_model->measure(index))
            m_work.setCurrent(stored->measure.number);
    });
    connect(&work, &MeasureWork::reset, this, &MeasureTable::load);
    connect(&work, &MeasureWork::changed, this, [this](const QString &number) {
        if (const auto *stored = m_work.find(number))
            m_model->put(*stored);
    });
    connect(&work, &MeasureWork::currentChanged, this, &MeasureTable::followCurrent);
    load();
}

void MeasureTable::load()
{
    m_model->setToday(m_work.today());
    m_model->setMeasures(m_work.measures());
}

void MeasureTable::setFilter(const MeasureFilter &filter)
{
    m_model->setFilter(filter);
}

void MeasureTable::setGrouping(MeasureGrouping grouping)
{
    m_model->setGrouping(grouping);
}

void MeasureTable::arrange()
{
    const bool grouped = m_model->grouping() != MeasureGrouping::None;
    m_view->setRootIsDecorated(grouped);
    if (grouped && m_model->grouping() != MeasureGrouping::Tree) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            m_view->setFirstColumnSpanned(row, {}, true);
    }
    if (m_model->grouping() == MeasureGrouping::Tree || !m_model->filter().isEmpty())
        m_view->expandAll();
    m_stack->setCurrentIndex(m_model->shown() > 0 ? 0 : 1);
    const auto all = QLocale().toString(m_model->measures().size());
    m_count->setText(m_model->filter().isEmpty()
                         ? tr("%n measure(s)", nullptr, int(m_model->measures().size()))
                         : tr("%1 of %2 measures").arg(QLocale().toString(m_model->shown()), all));
    followCurrent();
}

void MeasureTable::followCurrent()
{
    const auto now = m_view->currentIndex();
    if (now.isValid() && now.data(MeasureNumberRole).toString() == m_work.current())
        return;
    const QScopedValueRollback following(m_following, true);
    const auto index = m_work.current().isEmpty() ? QModelIndex() : m_model->indexOf(m_work.current());
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index);
}

} // namespace hanseatlas
