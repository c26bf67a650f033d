// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/index/indexstore.h"
#include "layers/index/indexoverview.h"
#include "layers/index/indexuncertainty.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

constexpr int indicators = 100, areas = 10, months = 240;

/** A monthly value of each indicator in the city and each of its Stadtteile, over twenty years. */
void fill(IndexStore &store, int last)
{
    IndexDelivery delivery{.origin = {.source = u"bench"_s, .at = QDateTime::currentDateTimeUtc()}};
    for (int i = 0; i < indicators; ++i) {
        for (int area = 0; area <= areas; ++area) {
            for (int month = 0; month < months; ++month)
                delivery.entries.append({u"i%1"_s.arg(i), area == 0 ? QString() : u"Stadtteil %1"_s.arg(area),
                                         last - months + 1 + month, double((i * 37 + area * 53 + month) % 101)});
        }
    }
    if (!store.deliver(delivery, {}))
        qFatal("not delivered");
}

IndexDefinition definition()
{
    IndexDefinition made;
    for (int i = 0; i < 5; ++i)
        made.goals.append({u"O%1"_s.arg(i + 1), 1});
    for (int i = 0; i < indicators; ++i)
        made.indicators.append({.id = u"i%1"_s.arg(i),
                                .title = u"Indicator %1"_s.arg(i),
                                .period = u"month"_s,
                                .low = 0,
                                .high = 100,
                                .level = Indicator::Level::District,
                                .goals = {{u"O%1"_s.arg(i % 5 + 1), 1}},
                                .fields = {i % 12 + 1}});
    return made;
}

/** What stands behind the dashboard: from the file on the disk to all that the tiles show, and another filter. */
void dashboard(QTextStream &out)
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"index.sqlite"_s);
    const QDate today(2026, 11, 23);
    fill(**IndexStore::open(path), monthOf(today));
    QList<Measure> measures(260);
    const auto made = definition();
    for (int repeat = 0; repeat < 3; ++repeat) {
        QElapsedTimer clock;
        clock.start();
        const auto store = IndexStore::open(path);
        const auto records = (*store)->read({});
        const auto read = clock.elapsed();
        QStringList notes;
        const auto cube = IndexCube::of(made, *records, measures, today, notes);
        const auto first = overviewOf(made, cube, {.month = monthOf(today)});
        out << "dashboard from the disk: " << clock.elapsed() << " ms, of which reading " << read << " ms (index "
            << first->now.index[0] << ")\n";
        clock.restart();
        const auto other = overviewOf(made, cube, {.month = monthOf(today) - 7, .area = u"Stadtteil 3"_s, .field = 4});
        out << "another filter: " << clock.elapsed() << " ms (index " << other->now.index[0] << ")\n";
        clock.restart();
        const auto bands = indexUncertainty(setupOf(made), made.method,
                                            valuesOf(made, made, cube, monthOf(today), first->areas), {.runs = 1000});
        out << "bands of the Stadtteile: " << clock.elapsed() << " ms (" << bands->areas[0].middle << ")\n";
    }
}

} // namespace

/** How long an index of 100 indicators in 10 areas takes: over 240 months, and in 10 000 Monte Carlo runs. */
int main()
{
    IndexSetup setup;
    for (int i = 0; i < 5; ++i)
        setup.goals.append({u"O%1"_s.arg(i + 1), 1});
    IndexValues values;
    for (int i = 0; i < 10; ++i)
        values.areas << QString::number(i);
    for (int i = 0; i < 100; ++i) {
        setup.parts.append({.id = u"i%1"_s.arg(i), .goal = i % 5, .weight = double(1 + i % 3), .low = 0, .high = 100});
        for (int area = 0; area < 10; ++area)
            values.values.push_back((i * 37 + area * 53) % 101);
    }
    QTextStream out(stdout);
    for (int repeat = 0; repeat < 3; ++repeat) {
        QElapsedTimer clock;
        clock.start();
        double sum = 0;
        for (int month = 0; month < 240; ++month)
            sum += indexScores(setup, {}, values)->index[0];
        out << "240 months: " << clock.nsecsElapsed() / 1'000'000.0 << " ms (" << sum / 240 << ")\n";
        clock.restart();
        const auto result = indexUncertainty(setup, {}, values,
                                             {.runs = 10'000,
                                              .normalisations = {Normalisation::Goalposts, Normalisation::MinMax},
                                              .across = {Aggregation::Arithmetic, Aggregation::Geometric}});
        out << "10 000 runs: " << clock.elapsed() << " ms (" << result->areas[0].middle << ")\n";
    }
    dashboard(out);
}
