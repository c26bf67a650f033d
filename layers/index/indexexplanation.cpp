// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexexplanation.h"

#include "layers/index/indextexts.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Kind = IndicatorSource::Kind;

namespace
{

constexpr auto none = std::numeric_limits<double>::quiet_NaN();

QString percent(double share)
{
    return QLocale().toString(qRound(share * 100));
}

QString points(double score)
{
    return QLocale().toString(score, 'f', 1);
}

/** Weights of those rows that have a score become shares, and with arithmetic means points that add up. */
void share(QList<IndexExplanation::Row> &rows, Aggregation how)
{
    double known = 0;
    for (const auto &row : rows)
        known += std::isnan(row.score) ? 0 : row.share;
    for (auto &row : rows) {
        row.share = std::isnan(row.score) || !(known > 0) ? none : row.share / known;
        row.points = how == Aggregation::Arithmetic ? row.share * row.score : none;
    }
}

IndexExplanation::Row rowOf(const IndexOverview &overview, qsizetype number, double weight, const IndexPlace &place)
{
    const auto &one = overview.definition.indicators[number];
    const auto &state = overview.indicators[number];
    return {.title = one.title,
            .value = std::isnan(state.now.value) ? QString() : valueText(state.now.value, one.unit),
            .share = weight,
            .score = state.score,
            .points = none,
            .effect = state.effect,
            .place = {place.goal, place.field, one.id}};
}

QString meanText(const IndexMethod &method, Aggregation how, double coverage)
{
    auto text = how == Aggregation::Arithmetic ? IndexTexts::tr("Weighted mean of what is known.")
                                               : IndexTexts::tr("Weighted geometric mean of what is known.");
    text += u' ' + IndexTexts::tr("Known: %1 % of the weight.").arg(percent(coverage));
    if (coverage < method.coverageThreshold - 1e-12)
        text +=
            u' ' + IndexTexts::tr("Less than %1 % is too little for a score.").arg(percent(method.coverageThreshold));
    return text;
}

IndexExplanation wholeOf(const IndexOverview &overview, const StrategyFacts &facts)
{
    const auto &definition = overview.definition;
    IndexExplanation all{.score = overview.now.index[0],
                         .before = overview.before.index[0],
                         .coverage = overview.now.coverage[0],
                         .sentence = {},
                         .rows = {},
                         .facts = {}};
    all.sentence = definition.method.across == Aggregation::Arithmetic
        ? IndexTexts::tr("Weighted mean of the goals that have a score. Known: %1 % of the weight.")
              .arg(percent(all.coverage))
        : IndexTexts::tr("Weighted geometric mean of the goals that have a score. Known: %1 % of the weight.")
              .arg(percent(all.coverage));
    for (qsizetype i = 0; i < definition.goals.size(); ++i) {
        const auto &goal = definition.goals[i];
        const auto *topic = facts.goal(goal.id);
        all.rows.append({.title = topic ? topic->title : goal.id,
                         .value = {},
                         .share = definition.method.equalWeights ? 1 : goal.weight,
                         .score = overview.now.goals[std::size_t(i)],
                         .points = none,
                         .effect = std::isnan(overview.change.change) ? none : overview.change.goals[std::size_t(i)],
                         .place = {.goal = goal.id}});
    }
    share(all.rows, definition.method.across);
    return all;
}

/** A goal, a field of action, or both at once. */
IndexExplanation partOf(const IndexOverview &overview, const IndexPlace &place)
{
    const auto &definition = overview.definition;
    IndexExplanation part{.score = none, .before = none, .coverage = 0, .sentence = {}, .rows = {}, .facts = {}};
    double known = 0, all = 0, sum = 0;
    for (qsizetype i = 0; i < definition.indicators.size(); ++i) {
        const auto &one = definition.indicators[i];
        if ((!place.goal.isEmpty() && !one.goals.contains(place.goal))
            || (place.field != 0 && !one.fields.contains(place.field)))
            continue;
        const double weight = definition.method.equalWeights || place.goal.isEmpty() ? 1 : one.goals[place.goal];
        part.rows.append(rowOf(overview, i, weight, place));
        all += weight;
        if (const double score = overview.indicators[i].score; !std::isnan(score)) {
            known += weight;
            sum += weight * score;
        }
    }
    part.coverage = all > 0 ? known / all : 0;
    part.score = known > 0 ? sum / known : none;
    auto how = Aggregation::Arithmetic; // of a field: for looking at only, the index does not use it
    const auto goal = std::ranges::find(definition.goals, place.goal, &IndexGoal::id) - definition.goals.begin();
    if (place.field == 0 && goal < definition.goals.size()) {
        part.score = overview.now.goals[std::size_t(goal)];
        part.before = overview.before.goals[std::size_t(goal)];
        how = definition.method.within;
    }
    part.sentence = meanText(definition.method, how, part.coverage);
    share(part.rows, how);
    return part;
}

QString scoringText(const Indicator &one, const IndicatorState &state)
{
    if (std::isnan(state.now.value))
        return IndexTexts::tr("There are no data: it lowers the coverage, not the value.");
    if (!one.low)
        return {};
    const auto nought = one.lessIsBetter ? *one.high : *one.low, full = one.lessIsBetter ? *one.low : *one.high;
    return IndexTexts::tr("%1 are 0 points and %2 are 100, evenly in between: %3 make %4 points.")
        .arg(valueText(nought, one.unit), valueText(full, one.unit), valueText(state.now.value, one.unit),
             points(state.score));
}

QString sourceText(const Indicator &one, const IndexCube::Cell &cell, const IndexRecords &records)
{
    if (one.source.kind == Kind::Measures)
        return IndexTexts::tr("the measures of the Digital Strategy");
    if (one.source.kind == Kind::Formula)
        return IndexTexts::tr("worked out of other indicators");
    if (cell.origin >= 0 && cell.origin < records.origins.size())
        return records.origins[cell.origin].source;
    return one.source.kind == Kind::None ? IndexTexts::tr("nobody delivers it yet") : IndexTexts::tr("no data yet");
}

IndexExplanation indicatorOf(const IndexOverview &overview, const IndexRecords &records, qsizetype number)
{
    const auto &one = overview.definition.indicators[number];
    const auto &state = overview.indicators[number];
    const bool known = !std::isnan(state.now.value);
    IndexExplanation told{.score = state.score,
                          .before = state.scoreBefore,
                          .coverage = known ? 1.0 : 0.0,
                          .sentence = scoringText(one, state),
                          .rows = {},
                          .facts = {}};
    const auto tell = [&told](const QString &name, const QString &text) {
        if (!text.isEmpty())
            told.facts.append({name, text});
    };
    tell(IndexTexts::tr("Value"), valueText(state.now.value, one.unit));
    if (known)
        tell(IndexTexts::tr("Period"), periodText(state.now.month, one.period));
    if (!std::isnan(state.before.value))
        tell(IndexTexts::tr("Before"),
             u"%1 (%2)"_s.arg(valueText(state.before.value, one.unit), periodText(state.before.month, one.period)));
    if (one.target)
        tell(IndexTexts::tr("Target"),
             one.targetDate.isValid()
                 ? IndexTexts::tr("%1 by %2")
                       .arg(valueText(*one.target, one.unit), QLocale().toString(one.targetDate, QLocale::ShortFormat))
                 : valueText(*one.target, one.unit));
    tell(IndexTexts::tr("Source"), sourceText(one, state.now, records));
    if (known && state.now.origin >= 0 && state.now.origin < records.origins.size()) {
        const auto &origin = records.origins[state.now.origin];
        told.demo = origin.demo;
        tell(IndexTexts::tr("Licence"), origin.licence.isEmpty() ? one.licence : origin.licence);
        tell(IndexTexts::tr("Brought in"),
             u"%1, %2"_s.arg(QLocale().toString(origin.at.toLocalTime().date(), QLocale::ShortFormat), origin.person));
    } else {
        tell(IndexTexts::tr("Licence"), one.licence);
    }
    tell(IndexTexts::tr("In charge"), one.responsible);
    tell(IndexTexts::tr("Meaning"), one.note);
    tell(IndexTexts::tr("Codes"), one.codes.join(u", "_s));
    for (const auto &id : one.source.formula.ids()) {
        const auto &all = overview.definition.indicators;
        const auto needed = std::ranges::find(all, id, &Indicator::id) - all.begin();
        if (needed < all.size())
            told.rows.append(rowOf(overview, needed, none, {}));
    }
    return told;
}

} // namespace

IndexExplanation explain(const IndexOverview &overview, const StrategyFacts &facts, const IndexRecords &records,
                         const IndexPlace &place)
{
    IndexExplanation told{.score = none, .before = none, .sentence = IndexTexts::tr("No indicator is asked for.")};
    const auto &all = overview.definition.indicators;
    if (!place.indicator.isEmpty()) {
        const auto number = std::ranges::find(all, place.indicator, &Indicator::id) - all.begin();
        if (number < all.size())
            told = indicatorOf(overview, records, number);
    } else if (!all.isEmpty()) {
        told = place == IndexPlace() ? wholeOf(overview, facts) : partOf(overview, place);
    }
    told.title = titleOf(place, overview, facts);
    return told;
}

QString titleOf(const IndexPlace &place, const IndexOverview &overview, const StrategyFacts &facts)
{
    if (!place.indicator.isEmpty()) {
        const auto *one = overview.definition.indicator(place.indicator);
        return one ? one->title : place.indicator;
    }
    QStringList names;
    if (const auto *goal = facts.goal(place.goal))
        names << goal->title;
    if (const auto *field = facts.field(place.field))
        names << field->title;
    return names.isEmpty() ? overview.definition.title : names.join(u" · "_s);
}

QString valueText(double value, const QString &unit)
{
    if (std::isnan(value))
        return IndexTexts::tr("no data");
    const double size = std::abs(value);
    const int digits = size >= 1000 || value == std::round(value) ? 0 : size >= 10 ? 1 : 2;
    const auto text = QLocale().toString(value, 'f', digits);
    return unit.isEmpty() ? text : text + u'\u202f' + unit;
}

} // namespace hanseatlas
