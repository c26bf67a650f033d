// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeconnection_p.h"
#include "datasources/store/storeoperations_p.h"

/** @internal The statements of the writer. The connection's fault tells how it went. */
namespace hanseatlas
{

void apply(StoreConnection &connection, const Operation &operation, qint64 hour);
void applyUse(StoreConnection &connection, qint64 item, qint64 hour);
void applyTableUse(StoreConnection &connection, qint64 table, qint64 hour);

/** One step of throwing away, in a transaction of its own: of removed datasets, then what was used longest ago and is
 *  not kept, until that is no more than `mostBytes`. True: there is more to do. */
bool throwAway(StoreConnection &connection, qint64 mostBytes);

} // namespace hanseatlas
