// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaselogin.h"
#include "datasources/live/serviceaccess.h"
#include "layers/model/source.h"

/** PostGIS databases (provider "postgis"): location "postgresql://user@host/database", layer "schema.table(column)". */
namespace hanseatlas
{

/** What opens a database: the password is asked of the sign-ins under `key`, "" = there is none. Blocking: a keychain
 * may ask the user. */
Result<DatabaseLogin> databaseLogin(const DatabaseAddress &address, const QString &key, const ServiceAccess &access,
                                    const CancelToken &token);

/** The tables with places that the user may read. Blocking. Errors as of DatabaseConnection; offline: Network. */
Result<SourceDescription> inspectDatabase(const SourceRef &ref, const std::shared_ptr<ServiceAccess> &access,
                                          const CancelToken &token);
/** From the store where it is there; else it is fetched when it is first read. */
Result<OpenedSource> openDatabase(const SourceRef &ref, const std::shared_ptr<ServiceAccess> &access,
                                  const CancelToken &token);

} // namespace hanseatlas
