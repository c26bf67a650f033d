// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/dutylist.h"

#include "layers/measures/measuremodel.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/measures/measuredelegate.h"
#include "widgets/measures/measurework.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QString kindTitle(Duty::Kind kind)
{
    switch (kind) {
    case Duty::Kind::EndOverdue:
        return DutyList::tr("End is overdue");
    case Duty::Kind::MilestoneOverdue:
        return DutyList::tr("Milestone is overdue");
    case Duty::Kind::ReportMissing:
        break;
    }
    return DutyList::tr("Report is missing");
}

} // namespace

void DutyModel::setDuties(const QList<Duty> &duties)
{
    beginResetModel();
    m_duties = duties;
    m_leads.clear();
    for (qsizetype i = 0; i < duties.size(); ++i) {
        if (m_leads.isEmpty() || m_leads.last().name != duties[i].lead)
            m_leads.append({duties[i].lead, i, 0});
        ++m_leads.last().count;
    }
    endResetModel();
}

// The internal id of a lead is 0, that of a duty its lead's place + 1.

const Duty *DutyModel::duty(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_duties[m_leads[qsizetype(index.internalId()) - 1].first + index.row()];
}

QModelIndex DutyModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : quintptr(0));
}

QModelIndex DutyModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(int(index.internalId()) - 1, 0, quintptr(0));
}

int DutyModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_leads.size());
    return parent.internalId() == 0 && parent.column() == 0 ? int(m_leads[parent.row()].count) : 0;
}

int DutyModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant DutyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto *one = duty(index);
    if (role == MeasureNumberRole)
        return one ? one->number : QString();
    if (!one) {
        const auto &lead = m_leads[index.row()];
        if (role != Qt::DisplayRole || index.column() != 0)
            return {};
        return u"%1 (%2)"_s.arg(lead.name.isEmpty() ? tr("Without lead") : lead.name, QLocale().toString(lead.count));
    }
    if (role == Qt::ToolTipRole && index.column() == Subject)
        return one->subject.toHtmlEscaped();
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case What:
        return kindTitle(one->kind);
    case Number:
        return one->number;
    case Subject:
        return one->subject;
    case Since:
        return one->since.isValid() ? QLocale().toString(one->since, QLocale::ShortFormat) : tr("never reported");
    default:
        return {};
    }
}

QVariant DutyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        return tr("What is to be done");
    case Number:
        return tr("Number");
    case Subject:
        return tr("Measure or milestone");
    case Since:
        return tr("Due since");
    default:
        return {};
    }
}

DutyList::DutyList(MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_model(new DutyModel(this))
    , m_view(new QTreeView)
    , m_count(secondaryLabel({}, Type::Caption))
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new MeasureDelegate(m_view));
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("To do"));
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(DutyModel::Subject, QHeaderView::Stretch);
    const int letter = QFontMetrics(look::font(Type::Body)).averageCharWidth();
    m_view->setColumnWidth(DutyModel::What, 30 * letter);
    m_view->setColumnWidth(DutyModel::Number, 12 * letter);
    m_view->setColumnWidth(DutyModel::Since, 20 * letter);
    auto *middle = new QWidget;
    m_stack = new QStackedLayout(middle);
    m_stack->addWidget(m_view);
    m_stack->addWidget(
        new EmptyState(u"check"_s, tr("Nothing is to be done"),
                       tr("Among the measures shown, no deadline has passed and no report is missing.")));
    m_count->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(middle, 1);
    layout->addWidget(m_count);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (const auto *duty = m_model->duty(index))
            m_work.setCurrent(QString(duty->number));
    });
    connect(&work, &MeasureWork::reset, this, &DutyList::load);
    connect(&work, &MeasureWork::changed, this, &DutyList::load);
}

void DutyList::setFilter(const MeasureFilter &filter)
{
    m_filter = filter;
    load();
}

void DutyList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        load();
}

void DutyList::load()
{
    m_stale = !isVisible();
    if (m_stale)
        return;
    const auto duties = dutiesOf(m_work.passing(m_filter), m_work.today());
    m_model->setDuties(duties);
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_view->setFirstColumnSpanned(row, {}, true);
    m_view->expandAll();
    m_stack->setCurrentIndex(duties.isEmpty() ? 1 : 0);
    m_count->setText(tr("%n item(s) to do", nullptr, int(duties.size())));
}

} // namespace hanseatlas
