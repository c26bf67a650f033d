// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeconnection_p.h"

/** @internal The store's file: found sound, brought up to date, set aside or made. */
namespace hanseatlas
{

struct OpenedStoreFile {
    std::unique_ptr<StoreConnection> connection;
    QString problem; ///< for people; "" = nothing
};

/** May be called by several programs at once. */
Result<OpenedStoreFile> openStoreFile(const QString &path);

/** Sets our mark into the file, in the transaction of the first write: opening alone writes nothing. An end without
 *  closeStoreFile() leaves it behind. 0 where it failed. */
qint64 markSession(StoreConnection &connection);

/** Takes our mark away: the next start need not look for damage. `suspect`: it must. */
void closeStoreFile(StoreConnection &connection, qint64 session, bool suspect);

} // namespace hanseatlas
