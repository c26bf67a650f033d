// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/measures/strategyfacts.h"

#include <QHash>

#include <array>
#include <utility>
#include <vector>

/** What hangs together in the strategy: vision, goals, fields of action, measures, leads and concepts, as the
 *  strategy's Anlage B wants it shown. */
namespace hanseatlas
{

struct ConnectionNode {
    enum class Kind { Vision, Goal, Field, Measure, Lead, Concept }; ///< from left to right
    static constexpr int kinds = 6;
    Kind kind = Kind::Vision;
    QString id; ///< a goal's id, a field's or measure's number, the name of others; "" for the vision
    QString title;
    bool operator==(const ConnectionNode &) const = default;
};

struct ConnectionEdge {
    int left = 0, right = 0; ///< indices of nodes; the kind of `left` stands further left
    bool operator==(const ConnectionEdge &) const = default;
};

/** A value, made once and then only read. */
class ConnectionGraph
{
public:
    ConnectionGraph() = default;
    /** Goals and fields are connected where the strategy names the one with the other, or a measure of the field
     *  serves the goal. Fields and goals without a measure stay; what only measures name comes from these. */
    ConnectionGraph(const StrategyFacts &facts, const QList<Measure> &measures);

    const std::vector<ConnectionNode> &nodes() const { return m_nodes; } ///< by kind, each as sorted for people
    const std::vector<ConnectionEdge> &edges() const { return m_edges; }
    int indexOf(ConnectionNode::Kind kind, const QString &id) const; ///< -1: none
    /** The measures that hang on a node, by index: those of a field, of a lead, of a concept; those that serve a goal
     *  or stand in a field that is named with it; a measure and all of its parts. Ascending. */
    std::vector<int> measuresOf(int node) const;
    /** Everything that hangs on a node: it, its measures, and whatever these and their fields are connected with. A
     * flag per node. */
    std::vector<char> connected(int node) const;

private:
    int add(ConnectionNode::Kind kind, const QString &id, const QString &title);
    void connect(int left, int right);
    void addFacts(const StrategyFacts &facts);
    void addMeasure(const Measure &measure, int node);
    void sortEdges();
    const std::vector<int> &besides(int node, ConnectionNode::Kind kind) const;

    std::vector<ConnectionNode> m_nodes;
    std::vector<ConnectionEdge> m_edges;
    QHash<std::pair<int, QString>, int> m_indices;
    std::vector<std::array<std::vector<int>, ConnectionNode::kinds>> m_besides; ///< by node and kind: who is connected
    std::vector<std::vector<int>> m_parts; ///< by node: parts of a measure; fields that the strategy names with a goal
};

} // namespace hanseatlas
