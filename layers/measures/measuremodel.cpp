// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measuremodel.h"
#include "layers/catalogue/searchtext.h"
#include "layers/measures/duties.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QCollator>
#include <QLocale>

#include <algorithm>
#include <numeric>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::size_t deepest = 1000; ///< levels of the tree

bool variantLess(const QVariant &a, const QVariant &b, const QCollator &collator)
{
    if (a.isNull() != b.isNull())
        return b.isNull(); // what is missing comes last
    if (a.metaType() == QMetaType::fromType<QString>())
        return collator.compare(a.toString(), b.toString()) < 0;
    return QVariant::compare(a, b) == QPartialOrdering::Less;
}

QString shortDate(const QDate &date)
{
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : QString();
}

} // namespace

MeasureModel::MeasureModel(StrategyFacts facts, QObject *parent)
    : QAbstractItemModel(parent)
    , m_facts(std::move(facts))
{
    rebuild();
}

void MeasureModel::setMeasures(QList<StoredMeasure> measures)
{
    beginResetModel();
    m_measures = std::move(measures);
    std::vector<std::pair<std::optional<MeasureNumber>, qsizetype>> order;
    for (qsizetype i = 0; i < m_measures.size(); ++i)
        order.emplace_back(MeasureNumber::parse(m_measures[i].measure.number), i);
    if (!std::ranges::is_sorted(order)) {
        std::ranges::stable_sort(order);
        QList<StoredMeasure> sorted;
        sorted.reserve(m_measures.size());
        for (const auto &entry : order)
            sorted.append(std::move(m_measures[entry.second]));
        m_measures = std::move(sorted);
    }
    m_searched = QList<QByteArray>(m_measures.size());
    rebuild();
    endResetModel();
}

void MeasureModel::put(const StoredMeasure &measure)
{
    const auto number = [](const StoredMeasure &stored) -> const QString & { return stored.measure.number; };
    const auto it = std::ranges::lower_bound(m_measures, measure.measure.number, numberLess, number);
    const auto place = it - m_measures.begin();
    beginResetModel();
    if (it != m_measures.end() && it->measure.number == measure.measure.number) {
        m_measures[place] = measure;
        m_searched[place] = {};
    } else {
        m_measures.insert(place, measure);
        m_searched.insert(place, QByteArray());
    }
    rebuild();
    endResetModel();
}

void MeasureModel::setFilter(const MeasureFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    reset();
}

void MeasureModel::setGrouping(MeasureGrouping grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    reset();
}

void MeasureModel::setToday(const QDate &today)
{
    if (today == m_today)
        return;
    m_today = today;
    reset();
}

void MeasureModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        column = Number;
    m_sortColumn = column;
    m_sortOrder = order;
    // Views keep what is selected over a change of the layout.
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const auto old = persistentIndexList();
    std::vector<std::pair<QString, QString>> names;
    for (const auto &index : old)
        names.push_back(nameOf(nodeAt(index)));
    rebuild();
    QHash<std::pair<QString, QString>, int> nodes;
    for (std::size_t i = 1; i < m_nodes.size() && !old.isEmpty(); ++i)
        nodes[nameOf(m_nodes[i])] = int(i);
    QModelIndexList now;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int node = nodes.value(names[i], -1);
        now.append(node < 0 ? QModelIndex()
                            : createIndex(m_nodes[std::size_t(node)].row, old[qsizetype(i)].column(), quintptr(node)));
    }
    changePersistentIndexList(old, now);
    emit layoutChanged({}, VerticalSortHint);
}

std::pair<QString, QString> MeasureModel::nameOf(const Node &node) const
{
    const auto &inGroup = node.measure >= 0 ? m_nodes[std::size_t(node.parent)] : node;
    return {node.measure >= 0 ? m_measures[node.measure].measure.number : QString(),
            inGroup.group >= 0 ? m_groups[std::size_t(inGroup.group)].key.toString() : QString()};
}

void MeasureModel::reset()
{
    beginResetModel();
    rebuild();
    endResetModel();
}

std::vector<char> MeasureModel::passing() const
{
    std::vector<char> passes(std::size_t(m_measures.size()));
    const auto words = searchWords(m_filter.text);
    for (qsizetype i = 0; i < m_measures.size(); ++i) {
        bool fits = matches(m_filter, m_measures[i].measure, m_today);
        if (fits && !words.isEmpty()) {
            if (m_searched[i].isNull())
                m_searched[i] = searchedText(m_measures[i].measure);
            fits = containsAll(m_searched[i], words);
        }
        passes[std::size_t(i)] = fits;
    }
    return passes;
}

std::vector<int> MeasureModel::sortedOrder() const
{
    std::vector<int> order(std::size_t(m_measures.size()));
    std::iota(order.begin(), order.end(), 0);
    if (m_sortColumn != Number) {
        QCollator collator;
        std::vector<QVariant> keys;
        keys.reserve(order.size());
        for (const auto &stored : m_measures)
            keys.push_back(sortKey(stored.measure, m_sortColumn));
        std::ranges::stable_sort(order, [&](int a, int b) {
            const auto &left = keys[std::size_t(a)], &right = keys[std::size_t(b)];
            const bool turned = m_sortOrder == Qt::DescendingOrder && left.isNull() == right.isNull();
            return turned ? variantLess(right, left, collator) : variantLess(left, right, collator);
        });
    } else if (m_sortOrder == Qt::DescendingOrder) {
        std::ranges::reverse(order);
    }
    return order;
}

void MeasureModel::rebuild()
{
    m_nodes.assign(1, Node{.parent = -1});
    m_groups.clear();
    const auto passes = passing();
    m_shown = int(std::ranges::count(passes, char(true)));
    const auto order = sortedOrder();
    if (m_grouping == MeasureGrouping::Tree)
        addTree(order, passes);
    else
        addGroups(order, passes);
}

QList<QVariant> MeasureModel::groupKeys(const Measure &measure) const
{
    QList<QVariant> keys;
    switch (m_grouping) {
    case MeasureGrouping::Field:
        return {measure.field};
    case MeasureGrouping::Lead:
        return {measure.lead};
    case MeasureGrouping::Stage:
        return {measure.stage()};
    case MeasureGrouping::Goal:
        for (const auto &goal : measure.goals.keys())
            keys.append(goal);
        return keys.isEmpty() ? QList<QVariant>{QString()} : keys;
    case MeasureGrouping::None:
    case MeasureGrouping::Tree:
        break;
    }
    return keys;
}

/** As the strategy orders them; leads by name; what is missing comes last. */
std::vector<QVariant> MeasureModel::orderedKeys(const std::vector<int> &order, const std::vector<char> &passes) const
{
    QSet<QString> seen;
    std::vector<QVariant> keys;
    for (const int i : order) {
        if (!passes[std::size_t(i)])
            continue;
        for (const auto &key : groupKeys(m_measures[i].measure)) {
            if (const auto text = key.toString(); !seen.contains(text)) {
                seen.insert(text);
                keys.push_back(key);
            }
        }
    }
    QHash<QString, int> stages;
    for (const auto &stage : m_facts.stages)
        stages.insert(stage.id, int(stages.size()));
    const QCollator collator;
    const auto isMissing = [](const QVariant &key) { return key.toString().isEmpty() || key == QVariant(0); };
    std::ranges::sort(keys, [&](const QVariant &a, const QVariant &b) {
        if (isMissing(a) != isMissing(b))
            return isMissing(b);
        if (m_grouping == MeasureGrouping::Stage)
            return stages.value(a.toString(), 1000) < stages.value(b.toString(), 1000);
        return variantLess(a, b, collator);
    });
    return keys;
}

QString MeasureModel::groupTitle(const QVariant &key) const
{
    const auto text = key.toString();
    switch (m_grouping) {
    case MeasureGrouping::Field: {
        const auto *field = m_facts.field(key.toInt());
        return field ? u"%1 %2"_s.arg(field->number).arg(field->title) : tr("Without field of action");
    }
    case MeasureGrouping::Stage: {
        const auto *stage = m_facts.stage(text);
        return stage ? stage->title : text.isEmpty() ? tr("Stage not reported") : text;
    }
    case MeasureGrouping::Goal: {
        const auto *goal = m_facts.goal(text);
        return goal ? goal->title : text.isEmpty() ? tr("Without goal") : text;
    }
    default:
        return text.isEmpty() ? tr("Without lead") : text;
    }
}

void MeasureModel::addGroups(const std::vector<int> &order, const std::vector<char> &passes)
{
    std::vector<int> parents;
    QHash<QString, int> nodes;
    if (m_grouping != MeasureGrouping::None) {
        for (const auto &key : orderedKeys(order, passes)) {
            nodes.insert(key.toString(), int(m_nodes.size()));
            m_nodes.push_back({.group = int(m_groups.size())});
            m_groups.push_back({key, groupTitle(key)});
            parents.push_back(root);
        }
    }
    const auto add = [&](int measure, int parent) {
        m_nodes.push_back({.measure = measure});
        parents.push_back(parent);
        if (parent != root)
            ++m_groups[std::size_t(m_nodes[std::size_t(parent)].group)].measures;
    };
    for (const int i : order) {
        if (!passes[std::size_t(i)])
            continue;
        if (m_grouping == MeasureGrouping::None)
            add(i, root);
        for (const auto &key : groupKeys(m_measures[i].measure))
            add(i, nodes.value(key.toString(), root));
    }
    linkChildren(parents);
}

void MeasureModel::addTree(const std::vector<int> &order, std::vector<char> passes)
{
    QHash<QString, int> measures;
    for (qsizetype i = 0; i < m_measures.size(); ++i)
        measures.insert(m_measures[i].measure.number, int(i));
    std::vector<int> above(passes.size());
    for (std::size_t i = 0; i < above.size(); ++i)
        above[i] = measures.value(m_measures[qsizetype(i)].measure.parent, -1);
    // A circle, which no store of ours lets in, must not take us round for ever.
    for (std::size_t i = 0; i < above.size(); ++i) {
        std::size_t steps = 0;
        int up = above[i];
        while (up >= 0 && up != int(i) && ++steps < deepest)
            up = above[std::size_t(up)];
        if (up >= 0)
            above[i] = -1;
    }
    for (std::size_t i = 0; i < passes.size(); ++i) {
        for (int up = passes[i] ? above[i] : -1; up >= 0 && !passes[std::size_t(up)]; up = above[std::size_t(up)])
            passes[std::size_t(up)] = char(true); // shown for its part's sake
    }
    std::vector<int> nodes(passes.size(), -1);
    for (const int i : order) {
        if (!passes[std::size_t(i)])
            continue;
        nodes[std::size_t(i)] = int(m_nodes.size());
        m_nodes.push_back({.measure = i});
    }
    std::vector<int> parents;
    for (std::size_t n = 1; n < m_nodes.size(); ++n) {
        const int up = above[std::size_t(m_nodes[n].measure)];
        parents.push_back(up < 0 || nodes[std::size_t(up)] < 0 ? root : nodes[std::size_t(up)]);
    }
    linkChildren(parents);
}

void MeasureModel::linkChildren(const std::vector<int> &parents)
{
    for (const int parent : parents)
        ++m_nodes[std::size_t(parent)].count;
    int first = 0;
    for (auto &node : m_nodes) {
        node.first = first;
        first += std::exchange(node.count, 0);
    }
    m_children.assign(std::size_t(first), 0);
    for (std::size_t i = 0; i < parents.size(); ++i) {
        auto &parent = m_nodes[std::size_t(parents[i])];
        auto &node = m_nodes[i + 1];
        node.parent = parents[i];
        node.row = parent.count++;
        m_children[std::size_t(parent.first + node.row)] = int(i) + 1;
    }
}

const MeasureModel::Node &MeasureModel::nodeAt(const QModelIndex &index) const
{
    return m_nodes[index.isValid() ? std::size_t(index.internalId()) : std::size_t(root)];
}

const StoredMeasure *MeasureModel::measure(const QModelIndex &index) const
{
    const auto &node = nodeAt(index);
    return node.measure < 0 ? nullptr : &m_measures[node.measure];
}

QModelIndex MeasureModel::indexOf(const QString &number) const
{
    for (std::size_t i = 1; i < m_nodes.size(); ++i) {
        if (const int measure = m_nodes[i].measure; measure >= 0 && m_measures[measure].measure.number == number)
            return createIndex(m_nodes[i].row, 0, quintptr(i));
    }
    return {};
}

QModelIndex MeasureModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(m_children[std::size_t(nodeAt(parent).first + row)]));
}

QModelIndex MeasureModel::parent(const QModelIndex &index) const
{
    const int above = nodeAt(index).parent;
    return above <= root ? QModelIndex() : createIndex(m_nodes[std::size_t(above)].row, 0, quintptr(above));
}

int MeasureModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : nodeAt(parent).count;
}

int MeasureModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant MeasureModel::measureText(const Measure &measure, int column) const
{
    switch (column) {
    case Number:
        return measure.number;
    case Title:
        return measure.title;
    case Field:
        return m_facts.field(measure.field) ? m_facts.field(measure.field)->title : QString();
    case Lead:
        return measure.lead;
    case Stage:
        return m_facts.stage(measure.stage()) ? m_facts.stage(measure.stage())->title : measure.stage();
    case Phase:
        return phaseTitle(measure.phase);
    case Progress:
        return measure.progress ? tr("%1 %").arg(QLocale().toString(*measure.progress)) : QString();
    case Start:
        return shortDate(measure.start);
    case End:
        return shortDate(measure.end);
    default:
        return {};
    }
}

QVariant MeasureModel::sortKey(const Measure &measure, int column) const
{
    const auto orNull = [](bool there, const QVariant &value) { return there ? value : QVariant(); };
    switch (column) {
    case Field:
        return orNull(measure.field != 0, measure.field);
    case Phase:
        return int(measure.phase);
    case Progress:
        return orNull(measure.progress.has_value(), measure.progress.value_or(0));
    case Start:
        return orNull(measure.start.isValid(), measure.start);
    case End:
        return orNull(measure.end.isValid(), measure.end);
    case Stage: {
        const auto *stage = m_facts.stage(measure.stage());
        return orNull(stage, stage ? int(stage - m_facts.stages.data()) : 0);
    }
    default: {
        const auto text = measureText(measure, column);
        return orNull(!text.toString().isEmpty(), text);
    }
    }
}

QVariant MeasureModel::groupData(const Node &node, int column, int role) const
{
    const auto &group = m_groups[std::size_t(node.group)];
    switch (role) {
    case Qt::DisplayRole:
        return column == 0 ? QVariant(u"%1 (%2)"_s.arg(group.title, QLocale().toString(group.measures))) : QVariant();
    case MeasureGroupRole:
        return group.key;
    case MeasureCountRole:
        return group.measures;
    case MeasureNumberRole:
        return QString();
    default:
        return {};
    }
}

QVariant MeasureModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &node = nodeAt(index);
    if (node.measure < 0)
        return groupData(node, index.column(), role);
    const auto &measure = m_measures[node.measure].measure;
    switch (role) {
    case Qt::DisplayRole:
        return measureText(measure, index.column());
    case Qt::ToolTipRole:
        return index.column() == Title ? QVariant(measure.title.toHtmlEscaped()) : QVariant();
    case MeasureNumberRole:
        return measure.number;
    case MeasureOverdueRole:
        return isOverdue(measure, m_today);
    case MeasureFieldNumberRole:
        return measure.field;
    default:
        return {};
    }
}

QVariant MeasureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    static constexpr const char *keys[] = {"number", "title",    "field", "lead", nullptr,
                                           "phase",  "progress", "start", "end"};
    const char *key = keys[section];
    return key ? fieldTitle(*measureField(QString::fromLatin1(key))) : tr("Governance stage");
}

} // namespace hanseatlas
