// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/servicestore.h"

#include <QCoreApplication>

#include <cstdio>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

/** 3000 features of this generation. */
Status putFeatures(ServiceStore &store, int generation)
{
    FeatureRows rows;
    for (int i = 0; i < 3000; ++i) {
        rows.begin();
        rows.setGeometry({.kind = GeometryKind::Point, .points = {{600000.0 + i, 5960000}}});
        rows.add({.kind = StoredValue::Kind::Integer, .integer = generation});
    }
    const StoredFeatures features{.fields = {{.name = u"generation"_s, .type = FieldType::Integer}},
                                  .crs = Crs::working(),
                                  .received = generation};
    return store.putFeatures(u"d"_s, features, std::move(rows), {});
}

int replaceFeatures(ServiceStore &store)
{
    const auto before = store.storedFeatures(u"d"_s);
    const int first = before && *before ? int((*before)->received) + 1 : 1;
    for (int generation = first;; ++generation) {
        if (!putFeatures(store, generation))
            return 2;
        std::printf("%d\n", generation);
        std::fflush(stdout);
    }
}

} // namespace

/** With "features" it does so with those. Replaces all items of the dataset "d" again and again, each time by 300 of
 * the next generation, until it is killed. Prints a line per generation that is on the disk. It does little but commit,
 * so that the kill comes into a commit.
 */
int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const auto store = ServiceStore::open(app.arguments().value(1));
    if (!store || !(*store)->putDataset({.key = u"d"_s, .title = u"Dataset"_s}))
        return 1;
    if (app.arguments().value(2) == u"features")
        return replaceFeatures(**store);
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
