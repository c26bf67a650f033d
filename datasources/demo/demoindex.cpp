// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/demoindex.h"

#include "datasources/demo/demotexts.h"
#include "datasources/demo/plan.h"
#include "datasources/demo/random.h"

#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Kind = IndicatorSource::Kind;

constexpr int years = 20;
constexpr int eachWithout = 8; ///< every so many-th indicator has no data: gaps belong to it

std::uint64_t seedOf(const QString &text)
{
    std::uint64_t seed = 1469598103934665603ULL; // FNV-1a: the same on every machine
    for (const auto c : text)
        seed = (seed ^ c.unicode()) * 1099511628211ULL;
    return seed;
}

/** A quiet walk between the goalposts that gets better in the long run. */
IndexSeries seriesOf(const Indicator &one, const QString &area, int last)
{
    demo::Random random(demo::seedFor(seedOf(one.id), seedOf(area)));
    const double range = *one.high - *one.low;
    const double rise = random.between(-0.05, 0.35);
    double share = random.between(0.2, 0.6);
    const int step = monthsOf(one.period), first = periodStart(last - years * 12, one.period);
    IndexSeries series{one.id, area, {}};
    for (int month = first; month <= last; month += step) {
        share = std::clamp(share + rise * step / (years * 12.0) + 0.02 * random.bell(), 0.02, 0.98);
        const double value = *one.low + range * (one.lessIsBetter ? 1 - share : share);
        const double digits = range >= 20 ? 10 : 100;
        series.points.push_back({month, std::round(value * digits) / digits, 0});
    }
    return series;
}

/** The whole city as the mean of its Stadtteile: nobody lives in the invented ones. */
IndexSeries meanOf(const QList<IndexSeries> &parts, const QString &indicator)
{
    IndexSeries mean{indicator, {}, parts.first().points};
    for (std::size_t i = 0; i < mean.points.size(); ++i) {
        double sum = 0;
        for (const auto &part : parts)
            sum += part.points[i].value;
        mean.points[i].value = std::round(sum / double(parts.size()) * 100) / 100;
    }
    return mean;
}

} // namespace

IndexRecords demoIndexRecords(const IndexDefinition &definition, const QDate &today)
{
    IndexRecords records;
    records.origins.append({.source = DemoTexts::tr("Hanseatlas demo city (made up)"),
                            .licence = u"CC0-1.0"_s,
                            .person = u"Hanseatlas"_s,
                            .at = today.startOfDay(QTimeZone::UTC),
                            .demo = true});
    int number = 0;
    for (const auto &one : definition.indicators) {
        const bool delivered = one.source.kind != Kind::Measures && one.source.kind != Kind::Formula;
        if (!delivered || !one.low || ++number % eachWithout == 0)
            continue;
        if (one.level == Indicator::Level::City) {
            records.series.append(seriesOf(one, {}, monthOf(today)));
            continue;
        }
        QList<IndexSeries> parts;
        for (const auto &district : demo::districtPlans())
            parts.append(seriesOf(one, district.name, monthOf(today)));
        records.series.append(meanOf(parts, one.id));
        records.series += parts;
    }
    return records;
}

QList<Measure> demoMeasures(QList<Measure> measures, const QDate &today)
{
    constexpr int quarters = 12;
    for (auto &measure : measures) {
        demo::Random random(demo::seedFor(seedOf(measure.number), seedOf(measure.title)));
        if (random.chance(0.15))
            continue; // there are always some who do not report
        const int begun = random.whole(0, quarters - 1);
        double progress = random.between(0, 20);
        for (int i = begun; i < quarters; ++i) {
            progress = std::min(100.0, progress + random.between(0, 18));
            const auto day = today.addMonths(-3 * (quarters - 1 - i)).addDays(-random.whole(1, 25));
            const auto phase = progress >= 100 ? MeasurePhase::Done
                : progress > 25                ? MeasurePhase::Implementation
                                               : MeasurePhase::Planning;
            measure.reports.append({.id = u"demo-%1"_s.arg(i),
                                    .at = day.startOfDay(QTimeZone::UTC),
                                    .person = u"Hanseatlas"_s,
                                    .text = DemoTexts::tr("Hanseatlas demo city (made up)"),
                                    .phase = phase,
                                    .progress = int(progress),
                                    .withdraws = {}});
            measure.phase = phase;
            measure.progress = int(progress);
        }
        if (random.chance(0.1) && !measure.isFinished())
            measure.end = today.addDays(-random.whole(5, 90));
    }
    return measures;
}

} // namespace hanseatlas
