// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/changelist.h"

#include "layers/measures/measurejson.h"
#include "layers/measures/measuremodel.h"
#include "widgets/charts/charttable.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/measures/importpreview.h"
#include "widgets/measures/measurework.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int mostRows = 20'000;
enum Since { LastVisit, Week, Month, Year, Ever };

QString titleOf(const MeasureHistoryRow &row)
{
    if (row.kind == MeasureChange::Kind::Create && row.field.field == "number"_L1)
        return HistoryModel::tr("new");
    if (row.kind == MeasureChange::Kind::Remove && row.field.field == "number"_L1)
        return HistoryModel::tr("removed");
    const auto *known = measureField(row.field.field);
    return known ? fieldTitle(*known) : row.field.field;
}

QString textOf(const MeasureHistoryRow &row, int column)
{
    switch (column) {
    case HistoryModel::When:
        return QLocale().toString(row.at.toLocalTime(), QLocale::ShortFormat);
    case HistoryModel::Number:
        return row.number;
    case HistoryModel::Field:
        return titleOf(row);
    case HistoryModel::Before:
        return shortValue(row.field.before);
    case HistoryModel::After:
        return shortValue(row.field.after);
    case HistoryModel::Who:
        return row.person;
    default:
        return row.occasion;
    }
}

} // namespace

void HistoryModel::setRows(const QList<MeasureHistoryRow> &rows, const QSet<QString> &numbers)
{
    beginResetModel();
    m_rows = rows;
    m_rows.removeIf([&](const MeasureHistoryRow &row) { return !numbers.contains(row.number); });
    std::ranges::reverse(m_rows);
    endResetModel();
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = m_rows[index.row()];
    if (role == MeasureNumberRole)
        return row.number;
    if (role == Qt::ToolTipRole && (index.column() == Before || index.column() == After))
        return textOf(row, index.column()).toHtmlEscaped();
    return role == Qt::DisplayRole ? textOf(row, index.column()) : QVariant();
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("When"),  tr("Number"), tr("Field"),   tr("Until then"),
                             tr("Since"), tr("Who"),    tr("Occasion")};
    return titles.value(section);
}

QByteArray HistoryModel::toCsv() const
{
    ChartTable table{.title = {}, .columns = {}, .rows = {}};
    for (int column = 0; column < ColumnCount; ++column)
        table.columns.append({.title = headerData(column, Qt::Horizontal).toString()});
    for (const auto &row : m_rows) {
        QVariantList cells{row.at.toUTC()};
        for (int column = Number; column < ColumnCount; ++column)
            cells.append(textOf(row, column));
        table.rows.append(cells);
    }
    return table.toCsv();
}

ChangeList::ChangeList(MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_since(new QComboBox)
    , m_count(secondaryLabel({}, Type::Caption))
    , m_view(new QTreeView)
    , m_empty(new EmptyState(u"clock"_s, tr("Nothing has changed"),
                             tr("Choose an earlier time above to look further back.")))
    , m_model(new HistoryModel(this))
{
    m_since->addItems({tr("Since the last visit"), tr("For a week"), tr("For a month"), tr("For a year"), tr("Ever")});
    m_since->setCurrentIndex(Month);
    m_since->setAccessibleName(tr("Changes since"));
    auto *save = new QToolButton;
    save->setIcon(look::icon(u"save-as"_s));
    save->setAutoRaise(true);
    save->setToolTip(tr("Save the list as CSV"));
    save->setAccessibleName(save->toolTip());
    auto *top = new QHBoxLayout;
    top->setContentsMargins(space::medium, space::small, space::medium, space::small);
    top->addWidget(m_since);
    top->addWidget(m_count, 1);
    top->addWidget(save);
    m_view->setModel(m_model);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Changes"));
    m_view->setColumnWidth(HistoryModel::When, 130);
    m_view->setColumnWidth(HistoryModel::Number, 80);
    m_view->setColumnWidth(HistoryModel::Field, 130);
    m_view->setColumnWidth(HistoryModel::Before, 150);
    m_view->setColumnWidth(HistoryModel::After, 150);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);
    m_empty->hide();
    m_stale.setSingleShot(true);
    m_stale.setInterval(0);
    connect(&m_stale, &QTimer::timeout, this, &ChangeList::load);
    const auto stale = [this] {
        if (isVisible())
            m_stale.start();
    };
    connect(&work, &MeasureWork::reset, this, stale);
    connect(&work, &MeasureWork::changed, this, stale);
    connect(m_since, &QComboBox::currentIndexChanged, this, stale);
    connect(save, &QToolButton::clicked, this, [this] { emit csvWanted(m_model->toCsv()); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (const auto number = index.data(MeasureNumberRole).toString(); m_work.find(number))
            m_work.setCurrent(number);
    });
}

void ChangeList::setFilter(const MeasureFilter &filter)
{
    m_filter = filter;
    if (isVisible())
        m_stale.start();
}

void ChangeList::setLastVisit(const QDateTime &time)
{
    m_lastVisit = time;
    m_since->setCurrentIndex(time.isValid() ? LastVisit : Month);
    if (isVisible())
        m_stale.start();
}

void ChangeList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_stale.start();
}

QDateTime ChangeList::begin() const
{
    const auto ago = [this](int days) { return m_work.today().addDays(-days).startOfDay(); };
    switch (m_since->currentIndex()) {
    case LastVisit:
        return m_lastVisit;
    case Week:
        return ago(7);
    case Month:
        return ago(31);
    case Year:
        return ago(366);
    default:
        return {};
    }
}

void ChangeList::load()
{
    const auto store = m_work.store();
    if (!store)
        return show(QList<MeasureHistoryRow>());
    const auto work = [store, since = begin()](CancelToken token) {
        return store->history({.since = since, .most = mostRows}, token);
    };
    m_reading.run(m_work.pool(), work, [this](const Result<QList<MeasureHistoryRow>> &rows) { show(rows); });
}

void ChangeList::show(const Result<QList<MeasureHistoryRow>> &rows)
{
    if (!rows)
        return emit m_work.failed(rows.error());
    QSet<QString> numbers;
    for (const auto &measure : m_work.passing(m_filter))
        numbers.insert(measure.number);
    if (m_filter.isEmpty()) { // those that are gone belong to it, too
        for (const auto &row : *rows)
            numbers.insert(row.number);
    }
    m_model->setRows(*rows, numbers);
    const int count = m_model->rowCount();
    m_view->setVisible(count > 0);
    m_empty->setVisible(count == 0);
    auto text = tr("%n change(s)", nullptr, count);
    if (rows->size() >= mostRows)
        text += u' ' + tr("(the newest; there are more)");
    m_count->setText(text);
}

} // namespace hanseatlas
