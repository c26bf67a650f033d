// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasurestore.h"

#include <QCoreApplication>

#include <cstdio>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

/** Writes 300 measures again and again, all with the title of the next generation, until it is killed. Prints a line
 * per generation that is on the disk. */
int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const auto store = LocalMeasureStore::open(app.arguments().value(1), {});
    if (!store)
        return 1;
    auto before = (*store)->read({}, {}).value_or(QList<StoredMeasure>());
    for (int generation = 1;; ++generation) {
        ChangeSet set;
        for (int i = 0; i < 300; ++i) {
            const Measure measure{.number = u"1.%1"_s.arg(i + 1), .title = QString::number(generation)};
            set.changes.append(before.isEmpty() ? createMeasure(measure)
                                                : editMeasure(before[i].measure, measure, before[i].version));
        }
        const auto saved = (*store)->save(set, {u"child"_s, QDateTime::currentDateTimeUtc()}, {}, {});
        if (!saved || !saved->isWritten())
            return 2;
        before = (*store)->read({}, {}).value();
        std::printf("%d\n", generation);
        std::fflush(stdout);
    }
}
