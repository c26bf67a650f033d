// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

#include <optional>

/** The "Smart City Bericht": how far the measures are and what they do for the city, on paper. Values. */
namespace hanseatlas
{

/** A score of the index, 0 … 100; nothing where there are no data. */
struct ReportScore {
    QString title;
    std::optional<double> score;
    std::optional<double> before; ///< of the period before
    double coverage = 0; ///< 0 … 1
    bool operator==(const ReportScore &) const = default;
};

struct ReportIndicator {
    QString id;
    QString title;
    QString unit;
    std::optional<double> value; ///< nothing: no data
    std::optional<double> target;
    std::optional<double> score;
    QString period; ///< for people: "2025", "März 2026"
    QString source;
    QString licence;
    bool demo = false; ///< made up; said beside it
    bool operator==(const ReportIndicator &) const = default;
};

struct ReportIndex {
    ReportScore whole;
    QString method; ///< how it is worked out, in sentences
    QList<ReportScore> goals;
    QList<ReportIndicator> indicators;
    bool operator==(const ReportIndex &) const = default;
};

/** Which parts a report has, and what stands on its first page. */
struct ReportTemplate {
    enum class Part { Index, Overview, Fields, Changes, Duties, Sources };
    QString title;
    QString subtitle;
    QString publisher;
    QString contact;
    QList<Part> parts;
    QList<int> fields; ///< numbers of fields of action; empty: all
    bool operator==(const ReportTemplate &) const = default;
};

/** All that a report is made of; nothing is asked for while it is written. */
struct ReportInput {
    StrategyFacts facts;
    QList<Measure> measures; ///< sorted by number
    QString measuresSource; ///< where they come from, for people
    QList<MeasureHistoryRow> changes; ///< since `since`, oldest first
    QDate since; ///< of the report before; invalid: this is the first
    QDate day; ///< on which it is made
    std::optional<ReportIndex> index; ///< nothing: the report says that it has none
};

} // namespace hanseatlas
