// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/measurefilterbar.h"

#include "layers/measures/measurejson.h"
#include "widgets/look/look.h"
#include "widgets/look/searchfield.h"
#include "widgets/measures/askdialog.h"
#include "widgets/measures/measurework.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int fewestLetters = 10; ///< of a choice, so that five stand side by side

template <class T>
T only(const QSet<T> &set)
{
    return *set.begin();
}

} // namespace

MeasureFilterBar::MeasureFilterBar(const MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_search(new SearchField(tr("Search measures")))
    , m_grouping(choice(tr("Grouping")))
    , m_field(choice(tr("Field of action")))
    , m_lead(choice(tr("Lead")))
    , m_stage(choice(tr("Governance stage")))
    , m_phase(choice(tr("Phase")))
    , m_overdue(new QCheckBox(tr("Overdue")))
    , m_menu(new QMenu(this))
{
    m_grouping->addItems({tr("All in one list"), tr("By number, as a tree"), tr("By field of action"), tr("By lead"),
                          tr("By governance stage"), tr("By goal")});
    auto *kept = new QToolButton;
    kept->setIcon(look::icon(u"filter"_s));
    kept->setToolTip(tr("Kept filters"));
    kept->setAccessibleName(kept->toolTip());
    kept->setPopupMode(QToolButton::InstantPopup);
    kept->setMenu(m_menu);
    auto *first = new QHBoxLayout;
    first->setSpacing(space::small);
    first->addWidget(m_search, 1);
    first->addWidget(m_grouping);
    first->addWidget(kept);
    auto *second = new QHBoxLayout;
    second->setSpacing(space::small);
    for (auto *box : {m_field, m_lead, m_stage, m_phase})
        second->addWidget(box, 1);
    second->addWidget(m_overdue);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::medium, space::medium, space::medium, space::small);
    layout->setSpacing(space::small);
    layout->addLayout(first);
    layout->addLayout(second);
    fill();
    const auto changed = [this] { emit filterChanged(filter()); };
    connect(m_search, &SearchField::searched, this, changed);
    connect(m_search, &SearchField::downPressed, this, &MeasureFilterBar::downPressed);
    for (auto *box : {m_field, m_lead, m_stage, m_phase})
        connect(box, &QComboBox::activated, this, changed);
    connect(m_overdue, &QCheckBox::toggled, this, changed);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this] { emit groupingChanged(grouping()); });
    connect(&work, &MeasureWork::reset, this, &MeasureFilterBar::fill);
    connect(m_menu, &QMenu::aboutToShow, this, &MeasureFilterBar::fillMenu);
}

QComboBox *MeasureFilterBar::choice(const QString &name)
{
    auto *box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(fewestLetters);
    return box;
}

void MeasureFilterBar::fill()
{
    const auto before = filter();
    const QSignalBlocker quiet(this);
    m_field->clear();
    m_field->addItem(tr("All fields"));
    for (const auto &field : m_work.facts().fields)
        m_field->addItem(u"%1 %2"_s.arg(field.number).arg(field.title), field.number);
    m_lead->clear();
    m_lead->addItem(tr("All leads"));
    for (const auto &lead : m_work.leads())
        m_lead->addItem(lead, lead);
    m_stage->clear();
    m_stage->addItem(tr("All stages"));
    m_stage->addItem(tr("Stage not reported"), u""_s);
    for (const auto &stage : m_work.facts().stages)
        m_stage->addItem(stage.title, stage.id);
    m_phase->clear();
    m_phase->addItem(tr("All phases"));
    for (int i = 0; i < phaseCount; ++i)
        m_phase->addItem(phaseTitle(MeasurePhase(i)), i);
    for (auto *box : {m_field, m_lead, m_stage, m_phase}) // what is usually chosen can be read
        box->setMinimumContentsLength(std::max(fewestLetters, int(box->itemText(0).size()) - 3));
    setFilter(before);
}

MeasureFilter MeasureFilterBar::filter() const
{
    auto filter = m_rest;
    filter.text = m_search->text().trimmed();
    if (const auto value = m_field->currentData(); value.isValid())
        filter.fields = {value.toInt()};
    if (const auto value = m_lead->currentData(); value.isValid())
        filter.leads = {value.toString()};
    if (const auto value = m_stage->currentData(); value.isValid())
        filter.stages = {value.toString()};
    if (const auto value = m_phase->currentData(); value.isValid())
        filter.phases = {MeasurePhase(value.toInt())};
    filter.overdueOnly = m_overdue->isChecked();
    return filter;
}

void MeasureFilterBar::setFilter(const MeasureFilter &filter)
{
    {
        const QSignalBlocker quiet(this);
        const auto choose = [](QComboBox *box, const QVariant &value) {
            box->setCurrentIndex(value.isValid() ? std::max(0, box->findData(value)) : 0);
        };
        m_rest = {.goals = filter.goals};
        m_search->setText(filter.text);
        choose(m_field, filter.fields.isEmpty() ? QVariant() : QVariant(only(filter.fields)));
        choose(m_lead, filter.leads.isEmpty() ? QVariant() : QVariant(only(filter.leads)));
        choose(m_stage, filter.stages.isEmpty() ? QVariant() : QVariant(only(filter.stages)));
        choose(m_phase, filter.phases.isEmpty() ? QVariant() : QVariant(int(only(filter.phases))));
        m_overdue->setChecked(filter.overdueOnly);
    }
    emit filterChanged(this->filter());
}

MeasureGrouping MeasureFilterBar::grouping() const
{
    return MeasureGrouping(m_grouping->currentIndex());
}

void MeasureFilterBar::setSaved(const QList<SavedFilter> &saved)
{
    m_saved = saved;
}

void MeasureFilterBar::saveAs(const QString &name)
{
    m_saved.removeIf([&](const SavedFilter &kept) { return kept.name == name; });
    m_saved.append({name, filter()});
    emit savedChanged();
}

void MeasureFilterBar::fillMenu()
{
    m_menu->clear();
    for (const auto &kept : std::as_const(m_saved)) {
        auto *action = m_menu->addAction(QString(kept.name).replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, filter = kept.filter] { setFilter(filter); });
    }
    if (!m_saved.isEmpty())
        m_menu->addSeparator();
    connect(m_menu->addAction(tr("Keep this filter…")), &QAction::triggered, this, &MeasureFilterBar::askName);
    connect(m_menu->addAction(tr("Show all measures")), &QAction::triggered, this, [this] { setFilter({}); });
    if (m_saved.isEmpty())
        return;
    auto *remove = m_menu->addMenu(tr("Remove kept filter"));
    for (const auto &kept : std::as_const(m_saved)) {
        auto *action = remove->addAction(QString(kept.name).replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, name = kept.name] {
            m_saved.removeIf([&](const SavedFilter &one) { return one.name == name; });
            emit savedChanged();
        });
    }
}

void MeasureFilterBar::askName()
{
    const auto take = [this](const QVariantList &answers) -> Status {
        const auto name = answers.first().toString();
        if (name.isEmpty())
            return failure(ErrorKind::Invalid, tr("The filter needs a name."));
        saveAs(name);
        return {};
    };
    auto *dialog = new AskDialog(tr("Keep filter"), {}, {{.label = tr("Name")}}, take, this);
    dialog->open();
}

} // namespace hanseatlas
