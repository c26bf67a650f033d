// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexuncertainty.h"

#include <QElapsedTimer>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

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
}
