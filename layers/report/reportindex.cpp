// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/report/reportindex.h"

#include "layers/report/reporttexts.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

std::optional<double> known(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

QString methodOf(const IndexDefinition &definition)
{
    auto text = ReportTexts::tr(
                    "Each indicator becomes a score from 0 to 100 between two fixed values. The scores of a goal, and "
                    "then those of the goals, are brought together by %1. What has no data lowers the coverage, "
                    "not the score; a goal of whose values less than %2 % are known has none. Revision %3 of the "
                    "method.")
                    .arg(definition.method.across == Aggregation::Arithmetic ? ReportTexts::tr("weighted means")
                                                                             : ReportTexts::tr("geometric means"))
                    .arg(QLocale().toString(qRound(definition.method.coverageThreshold * 100)))
                    .arg(definition.revision);
    return definition.note.isEmpty() ? text : text + u' ' + definition.note;
}

} // namespace

Result<ReportIndex> reportIndex(const IndexDefinition &definition, const StrategyFacts &facts,
                                const QHash<QString, IndicatorValue> &values, QStringList &notes)
{
    const auto setup = setupOf(definition);
    const auto column = columnOf(definition, definition.title, values, notes);
    const auto scores = indexScores(setup, definition.method, column);
    if (!scores)
        return std::unexpected(scores.error());
    notes += scores->notes;
    ReportIndex index{.whole = {definition.title, known(scores->index[0]), {}, scores->coverage[0]},
                      .method = methodOf(definition),
                      .goals = {},
                      .indicators = {}};
    for (std::size_t i = 0; i < scores->goals.size(); ++i) {
        const auto &id = definition.goals[qsizetype(i)].id;
        const auto *goal = facts.goal(id);
        index.goals.append({goal ? goal->title : id, known(scores->goals[i]), {}, scores->goalCoverage[i]});
    }
    std::size_t part = 0;
    for (const auto &one : definition.indicators) {
        const auto value = values.constFind(one.id);
        const bool isHere = value != values.cend();
        index.indicators.append({.id = one.id,
                                 .title = one.title,
                                 .unit = one.unit,
                                 .value = known(column.values[part]),
                                 .target = one.target,
                                 .score = known(scores->parts[part]),
                                 .period = isHere ? value->period : QString(),
                                 .source = isHere ? value->source : QString(),
                                 .licence = isHere ? value->licence : QString(),
                                 .demo = isHere && value->demo});
        part += std::size_t(one.goals.size()); // the same value for each of its goals
    }
    return index;
}

} // namespace hanseatlas
