// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/connections.h"

#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QCollator>
#include <QSet>

#include <algorithm>

namespace hanseatlas
{

using Kind = ConnectionNode::Kind;

namespace
{

/** What measures name, each once, as people sort it. */
template <class NamesOf>
QStringList namesIn(const QList<Measure> &measures, NamesOf namesOf)
{
    QSet<QString> names;
    for (const auto &measure : measures) {
        for (const auto &name : namesOf(measure)) {
            if (!name.isEmpty())
                names.insert(name);
        }
    }
    auto sorted = names.values();
    QCollator collator{QLocale(QLocale::German)}; // the language of the names
    collator.setNumericMode(true);
    std::ranges::sort(sorted, [&](const QString &a, const QString &b) {
        const int order = collator.compare(a, b);
        return order != 0 ? order < 0 : a < b;
    });
    return sorted;
}

/** The concepts of the strategy and its resolutions are both what a measure rests on. */
QStringList conceptsOf(const Measure &measure)
{
    auto all = measure.concepts + measure.resolutions;
    all.removeDuplicates();
    return all;
}

} // namespace

ConnectionGraph::ConnectionGraph(const StrategyFacts &facts, const QList<Measure> &measures)
{
    addFacts(facts);
    auto sorted = measures;
    std::ranges::sort(sorted, numberLess, &Measure::number);
    const auto firstMeasure = int(m_nodes.size());
    for (const auto &measure : std::as_const(sorted))
        add(Kind::Measure, measure.number, measure.title);
    for (const auto &lead : namesIn(sorted, [](const Measure &m) { return QStringList{m.lead}; }))
        add(Kind::Lead, lead, lead);
    for (const auto &name : namesIn(sorted, conceptsOf))
        add(Kind::Concept, name, name);
    m_besides.resize(m_nodes.size());
    m_parts.resize(m_nodes.size());
    const int vision = indexOf(Kind::Vision, {});
    for (const auto &goal : facts.goals) {
        const int node = indexOf(Kind::Goal, goal.id);
        if (vision >= 0)
            connect(vision, node);
        for (const int number : goal.fields) {
            const int field = indexOf(Kind::Field, QString::number(number));
            connect(node, field);
            m_parts[std::size_t(node)].push_back(field);
        }
    }
    for (int i = 0; i < int(sorted.size()); ++i)
        addMeasure(sorted[i], firstMeasure + i);
    sortEdges();
}

void ConnectionGraph::addFacts(const StrategyFacts &facts)
{
    if (!facts.vision.isEmpty())
        add(Kind::Vision, {}, MeasureTexts::tr("Vision"));
    for (const auto &goal : facts.goals)
        add(Kind::Goal, goal.id, goal.title);
    for (const auto &field : facts.fields)
        add(Kind::Field, QString::number(field.number), field.title);
}

int ConnectionGraph::add(Kind kind, const QString &id, const QString &title)
{
    const auto index = int(m_nodes.size());
    m_nodes.push_back({kind, id, title});
    m_indices.insert({int(kind), id}, index);
    return index;
}

int ConnectionGraph::indexOf(Kind kind, const QString &id) const
{
    return m_indices.value({int(kind), id}, -1);
}

/** Once only; indices that are none are left out. */
void ConnectionGraph::connect(int left, int right)
{
    if (left < 0 || right < 0)
        return;
    auto &ofLeft = m_besides[std::size_t(left)][std::size_t(m_nodes[std::size_t(right)].kind)];
    auto &ofRight = m_besides[std::size_t(right)][std::size_t(m_nodes[std::size_t(left)].kind)];
    // The shorter list tells: a field may have thousands of measures, these have one field.
    if (ofLeft.size() < ofRight.size() ? std::ranges::contains(ofLeft, right) : std::ranges::contains(ofRight, left))
        return;
    ofLeft.push_back(right);
    ofRight.push_back(left);
    m_edges.push_back({left, right});
}

void ConnectionGraph::addMeasure(const Measure &measure, int node)
{
    const int field = indexOf(Kind::Field, QString::number(measure.field));
    connect(field, node);
    for (auto it = measure.goals.cbegin(); it != measure.goals.cend(); ++it) {
        const int goal = indexOf(Kind::Goal, it.key());
        if (field >= 0)
            connect(goal, field);
        if (goal >= 0) // not drawn, as a line passes through its field
            m_besides[std::size_t(goal)][std::size_t(Kind::Measure)].push_back(node);
    }
    connect(node, indexOf(Kind::Lead, measure.lead));
    for (const auto &name : conceptsOf(measure))
        connect(node, indexOf(Kind::Concept, name));
    if (const int whole = indexOf(Kind::Measure, measure.parent); whole >= 0 && whole != node)
        m_parts[std::size_t(whole)].push_back(node);
}

void ConnectionGraph::sortEdges()
{
    std::ranges::sort(m_edges, [](const ConnectionEdge &a, const ConnectionEdge &b) {
        return std::pair(a.left, a.right) < std::pair(b.left, b.right);
    });
}

const std::vector<int> &ConnectionGraph::besides(int node, Kind kind) const
{
    return m_besides[std::size_t(node)][std::size_t(kind)];
}

std::vector<int> ConnectionGraph::measuresOf(int node) const
{
    std::vector<char> in(m_nodes.size(), 0);
    std::vector<int> open = besides(node, Kind::Measure);
    switch (m_nodes[std::size_t(node)].kind) {
    case Kind::Vision:
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            if (m_nodes[i].kind == Kind::Measure)
                open.push_back(int(i));
        }
        break;
    case Kind::Goal:
        for (const int field : m_parts[std::size_t(node)])
            open.insert(open.end(), besides(field, Kind::Measure).begin(), besides(field, Kind::Measure).end());
        break;
    case Kind::Measure:
        open = {node};
        for (std::size_t i = 0; i < open.size(); ++i) { // grows; a circle ends where all are in
            if (std::exchange(in[std::size_t(open[i])], 1))
                continue;
            const auto &parts = m_parts[std::size_t(open[i])];
            open.insert(open.end(), parts.begin(), parts.end());
        }
        break;
    default:
        break;
    }
    std::ranges::sort(open);
    const auto twice = std::ranges::unique(open);
    open.erase(twice.begin(), twice.end());
    return open;
}

std::vector<char> ConnectionGraph::connected(int node) const
{
    std::vector<char> in(m_nodes.size(), 0);
    const auto take = [&in](const std::vector<int> &nodes) {
        for (const int other : nodes)
            in[std::size_t(other)] = 1;
    };
    in[std::size_t(node)] = 1;
    const auto kind = m_nodes[std::size_t(node)].kind;
    const auto measures = measuresOf(node);
    take(measures);
    for (const int measure : measures) {
        for (const auto beside : {Kind::Field, Kind::Lead, Kind::Concept})
            take(besides(measure, beside));
    }
    if (kind == Kind::Goal)
        take(besides(node, Kind::Field)); // also those without a measure
    else {
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            if (in[i] && m_nodes[i].kind == Kind::Field)
                take(besides(int(i), Kind::Goal));
        }
        if (kind == Kind::Vision)
            take(besides(node, Kind::Goal));
    }
    if (const int vision = indexOf(Kind::Vision, {}); vision >= 0)
        in[std::size_t(vision)] = 1;
    return in;
}

} // namespace hanseatlas
