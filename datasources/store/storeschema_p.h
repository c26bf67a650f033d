// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeconnection_p.h"

#include <span>

/** @internal The tables of the store and how they came to be; exported for unit tests only. */
namespace hanseatlas
{

inline constexpr int storeApplicationId = 0x48415354; ///< "HAST", in the header of the file
inline constexpr int storeVersion = 3;

/** What brings a file of one version to the next one. */
struct StoreMigration {
    int from = 0;
    const char *sql = "";
};

/** All steps there are, oldest first; a new file begins as version 0. */
std::span<const StoreMigration> storeMigrations();

int readVersion(StoreConnection &connection);
int readApplicationId(StoreConnection &connection);

/** Takes the steps that are wanting, each wholly or not at all. False where one fails or there is none for the
 * version: the connection's fault says what. */
bool migrateStore(StoreConnection &connection, std::span<const StoreMigration> steps, int target);

/** Makes an empty file a store of today. SpatiaLite's tables come with the first features. */
bool makeStore(StoreConnection &connection);

} // namespace hanseatlas
