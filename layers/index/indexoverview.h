// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexchange.h"
#include "layers/index/indexcube.h"
#include "layers/index/indexuncertainty.h"

/** The index as it is looked at: for a month, an area, a field of action, a unit in charge. Pure functions. */
namespace hanseatlas
{

struct IndexQuestion {
    int month = 0;
    QString area; ///< "" = the whole city
    int field = 0; ///< of action; 0 = all
    QString lead; ///< unit in charge; "" = all
    int back = 12; ///< what is compared with: so many months before
    bool operator==(const IndexQuestion &) const = default;
};

/** An indicator at the time that is asked for. */
struct IndicatorState {
    int number = 0; ///< in the cube
    IndexCube::Cell now, before; ///< NaN: no data
    double score = 0, scoreBefore = 0; ///< 0 … 100; NaN: no data
    double effect = 0; ///< points of the index's change that come of it; NaN: not to be told
};

/** Of the indicators that serve a goal and belong to a field. */
struct IndexFieldScore {
    QString goal;
    int field = 0;
    double score = 0; ///< weighted mean; NaN: no data
    double coverage = 0; ///< 0 … 1
    bool operator==(const IndexFieldScore &) const = default;
};

struct IndexOverview {
    IndexQuestion question;
    IndexDefinition definition; ///< what of it is asked for; goals without an indicator are not in it
    int first = 0; ///< month of the first value of each course
    std::vector<double> index, coverage; ///< by month, to the last one that the cube has
    std::vector<double> goals; ///< goals × months
    IndexScores now, before; ///< one column: of the area
    IndexChange change;
    QList<IndicatorState> indicators; ///< as in `definition`
    QList<IndexFieldScore> cells; ///< only pairs that have an indicator; by goal, then field
    QStringList areas; ///< Stadtteile
    IndexDefinition districtDefinition; ///< what can differ between them
    IndexScores districts; ///< a column per area
    std::vector<double> districtsBefore; ///< the index by area
    QStringList notes;

    int months() const { return int(index.size()); }
    double indexAt(int month) const; ///< NaN outside
};

/** What of the definition is asked for: of the field and the unit in charge; within a Stadtteil only what is known by
 *  Stadtteil. Indicators of the measures stay whichever unit is asked for: they are worked out of its measures. */
IndexDefinition restricted(const IndexDefinition &definition, const IndexQuestion &question, bool districts);

/** Errors as indexScores(). A month outside the cube has no data. */
Result<IndexOverview> overviewOf(const IndexDefinition &definition, const IndexCube &cube,
                                 const IndexQuestion &question);

/** Values of one month: a column per name in `areas`. */
IndexValues valuesOf(const IndexDefinition &asked, const IndexDefinition &whole, const IndexCube &cube, int month,
                     const QStringList &areas);

/** How old an indicator's newest value is, beside how often it should come. */
struct IndexFreshness {
    enum class State { Current, Late, Old, None };
    QString indicator;
    State state = State::None;
    int month = 0; ///< of the newest value's period; 0: none
    bool operator==(const IndexFreshness &) const = default;
};

/** Of the whole city, or the newest of any Stadtteil. Current: of the last period that has ended or of the running one;
 * Late: of the one before; else Old. */
QList<IndexFreshness> freshnessOf(const IndexDefinition &definition, const IndexCube &cube, int month);

} // namespace hanseatlas
