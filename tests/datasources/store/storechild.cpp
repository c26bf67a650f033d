// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/servicestore.h"

#include <QCoreApplication>

#include <cstdio>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

/** Replaces all items of the dataset "d" again and again, each time by 300 of the next generation, until it is killed.
 *  Prints a line per generation that is on the disk. It does little but commit, so that the kill comes into a commit.
 */
int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const auto store = ServiceStore::open(app.arguments().value(1));
    if (!store || !(*store)->putDataset({.key = u"d"_s, .title = u"Dataset"_s}))
        return 1;
    for (int generation = 1;; ++generation) {
        std::vector<std::pair<QString, StoredItem>> items;
        for (int i = 0; i < 300; ++i)
            items.push_back({QString::number(i), {.bytes = QByteArray::number(generation).rightJustified(9000, '0')}});
        if (!(*store)->putItems(u"d"_s, items, true))
            return 2;
        if (!(*store)->flush())
            return 3;
        std::printf("%d\n", generation);
        std::fflush(stdout);
    }
}
