// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexoverview.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace hanseatlas
{

using Kind = IndicatorSource::Kind;

namespace
{

constexpr auto none = std::numeric_limits<double>::quiet_NaN();

bool isAskedFor(const Indicator &one, const IndexQuestion &question, bool districts)
{
    if (districts && one.level != Indicator::Level::District)
        return false;
    if (question.field != 0 && !one.fields.contains(question.field))
        return false;
    return question.lead.isEmpty() || one.source.kind == Kind::Measures || one.responsible == question.lead;
}

int numberOf(const IndexDefinition &definition, const QString &id)
{
    const auto it = std::ranges::find(definition.indicators, id, &Indicator::id);
    return it == definition.indicators.end() ? -1 : int(it - definition.indicators.begin());
}

std::vector<int> numbersOf(const IndexDefinition &asked, const IndexDefinition &whole)
{
    std::vector<int> numbers;
    for (const auto &one : asked.indicators)
        numbers.push_back(numberOf(whole, one.id));
    return numbers;
}

IndexValues columnsOf(const IndexDefinition &asked, std::span<const int> numbers, const IndexCube &cube, int month,
                      const QStringList &areas)
{
    std::vector<int> columns;
    for (const auto &area : areas)
        columns.push_back(int(cube.areas().indexOf(area)));
    IndexValues values{.areas = areas, .values = {}};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        for (qsizetype goal = 0; goal < asked.indicators[qsizetype(i)].goals.size(); ++goal) { // as setupOf()
            for (const int column : columns)
                values.values.push_back(cube.at(numbers[i], column, month).value);
        }
    }
    return values;
}

/** The courses of the index and of its goals. */
Status takeCourses(IndexOverview &overview, const IndexSetup &setup, std::span<const int> numbers,
                   const IndexCube &cube)
{
    const auto months = std::size_t(cube.last() - cube.first() + 1);
    const auto goals = std::size_t(setup.goals.size());
    overview.first = cube.first();
    overview.index.assign(months, none);
    overview.coverage.assign(months, 0);
    overview.goals.assign(goals * months, none);
    for (std::size_t i = 0; i < months; ++i) {
        const auto values =
            columnsOf(overview.definition, numbers, cube, cube.first() + int(i), {overview.question.area});
        const auto scores = indexScores(setup, overview.definition.method, values);
        if (!scores)
            return std::unexpected(scores.error());
        overview.index[i] = scores->index[0];
        overview.coverage[i] = scores->coverage[0];
        for (std::size_t goal = 0; goal < goals; ++goal)
            overview.goals[goal * months + i] = scores->goals[goal];
    }
    return {};
}

void takeIndicators(IndexOverview &overview, std::span<const int> numbers, const IndexCube &cube)
{
    const int area = int(cube.areas().indexOf(overview.question.area));
    std::size_t part = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto parts = std::size_t(overview.definition.indicators[qsizetype(i)].goals.size());
        IndicatorState state{.number = numbers[i],
                             .now = cube.at(numbers[i], area, overview.question.month),
                             .before = cube.at(numbers[i], area, overview.question.month - overview.question.back),
                             .score = overview.now.parts[part],
                             .scoreBefore = overview.before.parts[part],
                             .effect = none};
        for (std::size_t k = part; k < part + parts; ++k) {
            if (const double effect = overview.change.parts[k]; !std::isnan(effect))
                state.effect = std::isnan(state.effect) ? effect : state.effect + effect;
        }
        overview.indicators.append(state);
        part += parts;
    }
}

void takeCells(IndexOverview &overview)
{
    const auto &definition = overview.definition;
    for (const auto &goal : definition.goals) {
        QMap<int, std::array<double, 3>> fields; // sum, weight that is known, weight of all
        for (qsizetype i = 0; i < definition.indicators.size(); ++i) {
            const auto &one = definition.indicators[i];
            const double weight = definition.method.equalWeights ? 1 : one.goals.value(goal.id);
            const double score = overview.indicators[i].score;
            if (!one.goals.contains(goal.id))
                continue;
            for (const int field : one.fields) {
                auto &[sum, known, all] = fields[field];
                all += weight;
                known += std::isnan(score) ? 0 : weight;
                sum += std::isnan(score) ? 0 : weight * score;
            }
        }
        for (auto it = fields.cbegin(); it != fields.cend(); ++it) {
            const auto &[sum, known, all] = *it;
            overview.cells.append({goal.id, it.key(), known > 0 ? sum / known : none, known / all});
        }
    }
}

Status takeDistricts(IndexOverview &overview, const IndexDefinition &whole, const IndexCube &cube)
{
    overview.areas = cube.areas().mid(1);
    overview.districtDefinition = restricted(whole, overview.question, true);
    if (overview.areas.isEmpty() || overview.districtDefinition.indicators.isEmpty())
        return {};
    const auto numbers = numbersOf(overview.districtDefinition, whole);
    const auto setup = setupOf(overview.districtDefinition);
    const auto &method = overview.districtDefinition.method;
    const auto scoresOf = [&](int month) {
        return indexScores(setup, method, columnsOf(overview.districtDefinition, numbers, cube, month, overview.areas));
    };
    auto now = scoresOf(overview.question.month);
    const auto before = scoresOf(overview.question.month - overview.question.back);
    if (!now || !before)
        return std::unexpected(now ? before.error() : now.error());
    overview.districts = *std::move(now);
    overview.districtsBefore = before->index;
    return {};
}

} // namespace

double IndexOverview::indexAt(int month) const
{
    return month >= first && month < first + months() ? index[std::size_t(month - first)] : none;
}

IndexDefinition restricted(const IndexDefinition &definition, const IndexQuestion &question, bool districts)
{
    auto asked = definition;
    asked.indicators.removeIf([&](const Indicator &one) { return !isAskedFor(one, question, districts); });
    asked.goals.removeIf([&](const IndexGoal &goal) {
        return std::ranges::none_of(asked.indicators,
                                    [&](const Indicator &one) { return one.goals.contains(goal.id); });
    });
    return asked;
}

IndexValues valuesOf(const IndexDefinition &asked, const IndexDefinition &whole, const IndexCube &cube, int month,
                     const QStringList &areas)
{
    return columnsOf(asked, numbersOf(asked, whole), cube, month, areas);
}

Result<IndexOverview> overviewOf(const IndexDefinition &definition, const IndexCube &cube,
                                 const IndexQuestion &question)
{
    IndexOverview overview{.question = question,
                           .definition = restricted(definition, question, !question.area.isEmpty())};
    if (const auto status = takeDistricts(overview, definition, cube); !status)
        return std::unexpected(status.error());
    if (overview.definition.indicators.isEmpty())
        return overview;
    const auto numbers = numbersOf(overview.definition, definition);
    const auto setup = setupOf(overview.definition);
    const auto &method = overview.definition.method;
    if (const auto status = takeCourses(overview, setup, numbers, cube); !status)
        return std::unexpected(status.error());
    auto now =
        indexScores(setup, method, columnsOf(overview.definition, numbers, cube, question.month, {question.area}));
    auto before = indexScores(
        setup, method, columnsOf(overview.definition, numbers, cube, question.month - question.back, {question.area}));
    if (!now || !before)
        return std::unexpected(now ? before.error() : now.error());
    overview.now = *std::move(now);
    overview.before = *std::move(before);
    overview.notes = overview.now.notes;
    overview.change = indexChange(setup, method, overview.before, overview.now, 0, 1);
    takeIndicators(overview, numbers, cube);
    takeCells(overview);
    return overview;
}

QList<IndexFreshness> freshnessOf(const IndexDefinition &definition, const IndexCube &cube, int month)
{
    QList<IndexFreshness> all;
    for (int i = 0; i < int(definition.indicators.size()); ++i) {
        const auto &one = definition.indicators[i];
        IndexFreshness fresh{.indicator = one.id};
        for (int area = 0; area < int(cube.areas().size()); ++area) {
            if (const auto cell = cube.at(i, area, month); !std::isnan(cell.value))
                fresh.month = std::max(fresh.month, cell.month);
        }
        const int length = monthsOf(one.period);
        const int behind = (periodStart(month, one.period) - periodStart(fresh.month, one.period)) / length;
        if (fresh.month != 0)
            fresh.state = behind <= 1 ? IndexFreshness::State::Current
                : behind == 2         ? IndexFreshness::State::Late
                                      : IndexFreshness::State::Old;
        all.append(fresh);
    }
    return all;
}

} // namespace hanseatlas
