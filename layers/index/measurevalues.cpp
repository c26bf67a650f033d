// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/measurevalues.h"

#include "layers/index/indexrecords.h"
#include "layers/index/indextexts.h"
#include "layers/measures/duties.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool counts(const IndicatorSource &source, const Measure &measure)
{
    return (source.field == 0 || measure.field == source.field)
        && (source.goal.isEmpty() || measure.goals.contains(source.goal));
}

/** What a measure in this state adds to the mean; nothing: it does not state it. */
std::optional<double> stated(const IndicatorSource &source, MeasurePhase phase, std::optional<int> progress)
{
    if (source.operation == "reported"_L1)
        return phase != MeasurePhase::NotReported ? 100 : 0;
    return source.operation == "progress"_L1 && progress ? std::optional<double>(*progress) : std::nullopt;
}

struct Mean {
    double sum = 0;
    int count = 0;
    void add(std::optional<double> value, int sign = 1)
    {
        sum += sign * value.value_or(0);
        count += value ? sign : 0;
    }
    std::optional<double> value() const { return count > 0 ? std::optional(sum / count) : std::nullopt; }
};

std::optional<double> measured(const IndicatorSource &source, const QList<Measure> &measures)
{
    Mean mean;
    for (const auto &measure : measures) {
        if (counts(source, measure))
            mean.add(stated(source, measure.phase, measure.progress));
    }
    return mean.value();
}

/** How the sum over all measures changes in each month: a report holds until the next one or until it is withdrawn. */
std::vector<Mean> stepsOf(const IndicatorSource &source, const QList<Measure> &measures, int first, int months,
                          int &earliest)
{
    auto steps = std::vector<Mean>(std::size_t(months));
    for (const auto &measure : measures) {
        if (!counts(source, measure))
            continue;
        auto before = stated(source, MeasurePhase::NotReported, {});
        steps[0].add(before);
        for (qsizetype i = 0; i < measure.reports.size(); ++i) {
            const int month = monthOf(measure.reports[i].at.toLocalTime().date());
            earliest = std::min(earliest, month);
            auto soFar = measure;
            soFar.reports.resize(i + 1);
            const auto *newest = newestReport(soFar);
            const auto now = newest ? stated(source, newest->phase, newest->progress)
                                    : stated(source, MeasurePhase::NotReported, {});
            if (const int place = std::max(month - first, 0); place < months) {
                steps[std::size_t(place)].add(before, -1);
                steps[std::size_t(place)].add(now);
            }
            before = now;
        }
    }
    return steps;
}

} // namespace

QHash<QString, IndicatorValue> valuesFromMeasures(const IndexDefinition &definition, const QList<Measure> &measures,
                                                  const QString &period, const QString &source)
{
    QHash<QString, IndicatorValue> values;
    for (const auto &one : definition.indicators) {
        if (one.source.kind != IndicatorSource::Kind::Measures)
            continue;
        if (const auto value = measured(one.source, measures))
            values.insert(one.id, {*value, period, source, one.licence, false});
    }
    return values;
}

std::vector<double> courseFromMeasures(const IndicatorSource &source, const QList<Measure> &measures, int first,
                                       const QDate &today)
{
    constexpr auto none = std::numeric_limits<double>::quiet_NaN();
    const int months = monthOf(today) - first + 1;
    if (months <= 0)
        return {};
    std::vector<double> course(std::size_t(months), none);
    int earliest = std::numeric_limits<int>::max();
    const auto steps = stepsOf(source, measures, first, months, earliest);
    Mean sum;
    for (int i = 0; i + 1 < months; ++i) {
        sum.sum += steps[std::size_t(i)].sum;
        sum.count += steps[std::size_t(i)].count;
        if (first + i >= earliest)
            course[std::size_t(i)] = sum.value().value_or(none);
    }
    course.back() = measured(source, measures).value_or(none);
    return course;
}

QHash<QString, IndicatorValue> valuesFromCube(const IndexDefinition &definition, const IndexCube &cube,
                                              const IndexRecords &records, int month, const QString &measuresSource)
{
    QHash<QString, IndicatorValue> values;
    for (int i = 0; i < int(definition.indicators.size()); ++i) {
        const auto &one = definition.indicators[i];
        const auto cell = cube.at(i, 0, month);
        if (std::isnan(cell.value) || one.source.kind == IndicatorSource::Kind::Formula)
            continue;
        IndicatorValue value{cell.value, periodText(cell.month, one.period), measuresSource, one.licence, false};
        if (cell.origin >= 0 && cell.origin < records.origins.size()) {
            const auto &origin = records.origins[cell.origin];
            value.source = origin.source;
            value.licence = origin.licence.isEmpty() ? one.licence : origin.licence;
            value.demo = origin.demo;
        }
        values.insert(one.id, value);
    }
    return values;
}

IndexValues columnOf(const IndexDefinition &definition, const QString &area,
                     const QHash<QString, IndicatorValue> &values, QStringList &notes)
{
    QHash<QString, double> known;
    const auto valueOf = [&known](const QString &id) {
        const auto it = known.constFind(id);
        return it == known.cend() ? std::nullopt : std::optional(*it);
    };
    for (const auto &id : orderOfFormulas(definition)) {
        const auto *one = definition.indicator(id);
        if (one->source.kind != IndicatorSource::Kind::Formula) {
            if (const auto it = values.constFind(id); it != values.cend())
                known.insert(id, it->value);
            continue;
        }
        const auto worked = one->source.formula.value(valueOf);
        if (!worked)
            notes.append(IndexTexts::tr("%1: %2").arg(one->title, worked.error().what));
        else if (*worked)
            known.insert(id, **worked);
    }
    IndexValues column{.areas = {area}, .values = {}};
    for (const auto &one : definition.indicators) {
        for (qsizetype i = 0; i < one.goals.size(); ++i) // as setupOf() has its parts
            column.values.push_back(known.value(one.id, std::numeric_limits<double>::quiet_NaN()));
    }
    return column;
}

} // namespace hanseatlas
