// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeconnection_p.h"
#include "layers/model/extent.h"

/** @internal */
namespace hanseatlas
{

struct IndexEntry {
    qint64 id = 0;
    Extent box;
};

/** Fills an empty R-tree of SQLite's (two dimensions, 32 bit) with all entries at once: packed nodes, written to the
 *  tables behind it, ten times as fast as one by one. `table` is its name, one of ours. */
void fillSpatialIndex(StoreConnection &connection, const QByteArray &table, std::vector<IndexEntry> entries);

} // namespace hanseatlas
