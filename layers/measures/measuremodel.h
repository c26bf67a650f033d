// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"
#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

#include <QAbstractItemModel>

#include <vector>

namespace hanseatlas
{

enum class MeasureGrouping { None, Tree, Field, Lead, Stage, Goal };

enum MeasureRole {
    MeasureNumberRole = Qt::UserRole, ///< "" for a group
    MeasureGroupRole, ///< what the group stands for: a field's number, a lead, a stage's or goal's id
    MeasureOverdueRole,
    MeasureCountRole, ///< of a group
    MeasureFieldNumberRole, ///< of the field of action; 0: none
};

/** Measures as a table or a tree: filtered, grouped and sorted. Keeps a few numbers per row and no objects. A measure
 *  that serves several goals stands in each of their groups; in the tree, what a match is part of is shown with it. */
class MeasureModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Number, Title, Field, Lead, Stage, Phase, Progress, Start, End, ColumnCount };

    explicit MeasureModel(StrategyFacts facts, QObject *parent = nullptr);

    void setMeasures(QList<StoredMeasure> measures);
    /** Takes the place of the one with its number, or comes new. */
    void put(const StoredMeasure &measure);
    void setFilter(const MeasureFilter &filter);
    void setGrouping(MeasureGrouping grouping);
    void setToday(const QDate &today); ///< from which on something is overdue

    const MeasureFilter &filter() const { return m_filter; }
    MeasureGrouping grouping() const { return m_grouping; }
    const QList<StoredMeasure> &measures() const { return m_measures; } ///< all, sorted by number
    int shown() const { return m_shown; } ///< how many pass the filter
    const StoredMeasure *measure(const QModelIndex &index) const; ///< null: a group
    QModelIndex indexOf(const QString &number) const; ///< the first row of the measure; invalid: not shown

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    static constexpr int root = 0;
    struct Node {
        int measure = -1; ///< index in m_measures; -1: a group, see `group`
        int group = -1; ///< index in m_groups
        int parent = root;
        int row = 0; ///< among its parent's children
        int first = 0; ///< of its children, in m_children
        int count = 0;
    };
    struct Group {
        QVariant key;
        QString title;
        int measures = 0;
    };
    void rebuild();
    void reset(); ///< rebuild, and the views are told
    std::vector<char> passing() const;
    void addGroups(const std::vector<int> &order, const std::vector<char> &passes);
    void addTree(const std::vector<int> &order, std::vector<char> passes);
    void linkChildren(const std::vector<int> &parents); ///< per node but the root its parent
    std::vector<int> sortedOrder() const;
    QList<QVariant> groupKeys(const Measure &measure) const;
    QString groupTitle(const QVariant &key) const;
    std::vector<QVariant> orderedKeys(const std::vector<int> &order, const std::vector<char> &passes) const;
    QVariant measureText(const Measure &measure, int column) const;
    QVariant sortKey(const Measure &measure, int column) const;
    QVariant groupData(const Node &node, int column, int role) const;
    /** What a row is known by, whatever the order: number and group. */
    std::pair<QString, QString> nameOf(const Node &node) const;
    const Node &nodeAt(const QModelIndex &index) const;

    const StrategyFacts m_facts;
    QList<StoredMeasure> m_measures;
    mutable QList<QByteArray> m_searched; ///< beside m_measures; null: not asked for yet
    MeasureFilter m_filter;
    MeasureGrouping m_grouping = MeasureGrouping::None;
    QDate m_today;
    int m_sortColumn = Number;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<Node> m_nodes;
    std::vector<int> m_children;
    std::vector<Group> m_groups;
    int m_shown = 0;
};

} // namespace hanseatlas
