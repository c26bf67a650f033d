// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaselogin.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace hanseatlas
{

/** A connection to PostgreSQL by GDAL's reader. Nothing can be written through it: each transaction is read-only, and
 *  a query that takes too long is ended by the server. Used by one thread at a time.
 *
 *  A stop request ends the running query by a word to the server, from another thread; where the network is dead the
 *  system gives up after about 15 s. */
class DatabaseConnection
{
public:
    /** Network (nobody there), NotReadable (sign-in refused), NotFound (no such database), Unsupported (this GDAL has
     *  no reader). Blocking, at most 10 s. */
    static Result<DatabaseConnection> open(const DatabaseLogin &login, CancelToken token);
    DatabaseConnection(DatabaseConnection &&) noexcept;
    DatabaseConnection &operator=(DatabaseConnection &&) = delete;
    ~DatabaseConnection();

    /** Rows of a query one after another, as OGRFeatureH; `visit` returning false ends it without error. `fields`
     *  gets the OGRFeatureDefnH first. Errors: Cancelled, NotReadable (no right to see the table), NotFound (no such
     *  table or column), Network (the connection broke), Malformed (others). */
    Status query(const QString &sql, const std::function<void(void *)> &fields,
                 const std::function<bool(void *)> &visit);

private:
    struct Private;
    explicit DatabaseConnection(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
