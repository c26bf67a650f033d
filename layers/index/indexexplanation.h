// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexoverview.h"
#include "layers/measures/strategyfacts.h"

namespace hanseatlas
{

/** A place in the index: all of it, a goal, a field of action (within a goal or in all), or an indicator. */
struct IndexPlace {
    QString goal; ///< id; "" = all
    int field = 0; ///< of action; 0 = all
    QString indicator; ///< id; "" = no single one
    bool operator==(const IndexPlace &) const = default;
};

/** How a number came about, in words and parts that add up to it. */
struct IndexExplanation {
    struct Row {
        QString title;
        QString value; ///< an indicator's, with unit, for people; "" = a goal, or no data
        double share = 0; ///< of the weight of all that have data, 0 … 1; NaN: it has none
        double score = 0; ///< NaN: no data
        double points = 0; ///< that it gives to the number above; NaN where such numbers cannot be added up
        double effect = 0; ///< points of the index's change that come of it; NaN: not to be told
        IndexPlace place; ///< where its own explanation is
    };
    struct Fact {
        QString name, text;
        bool operator==(const Fact &) const = default;
    };
    QString title;
    double score = 0, before = 0; ///< NaN: none
    double coverage = 0; ///< 0 … 1
    QString sentence; ///< how it is worked out
    QList<Row> rows; ///< of an indicator: those that its formula names
    QList<Fact> facts; ///< of an indicator: value, source, licence, goalposts …
    bool demo = false; ///< made up
};

IndexExplanation explain(const IndexOverview &overview, const StrategyFacts &facts, const IndexRecords &records,
                         const IndexPlace &place);

/** What it is called: the goal's or indicator's title. */
QString titleOf(const IndexPlace &place, const IndexOverview &overview, const StrategyFacts &facts);

/** A number as people write it, with as many digits as it bears; “no data” for NaN. */
QString valueText(double value, const QString &unit);

} // namespace hanseatlas
