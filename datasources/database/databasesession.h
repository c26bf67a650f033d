// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaselogin.h"
#include "layers/model/job.h"

#include <QByteArray>

#include <expected>
#include <memory>
#include <optional>

namespace hanseatlas
{

/** What a database says when it does not do as it is told. */
struct DatabaseFault {
    QString state; ///< SQLSTATE of PostgreSQL (its documentation, appendix A); class "08": the connection broke
    QString message; ///< its own words
    bool isCancelled() const { return state == QLatin1StringView("57014"); }
    bool isBroken() const { return state.startsWith(QLatin1StringView("08")); }
};

/** The answer to a query: rows of texts. A value. */
class DatabaseRows
{
public:
    int count() const;
    QString text(int row, int column) const; ///< "" for NULL
    bool isNull(int row, int column) const;
    qint64 number(int row, int column) const; ///< 0 where it is none

private:
    friend class DatabaseSession;
    std::shared_ptr<void> m_result;
};

/** A connection to PostgreSQL by libpq that may write, where DatabaseConnection only reads. Used by one thread at a
 *  time. No wait is longer than its limit: a query that is cancelled ends at once, and where the server does not hear
 *  the connection is given up after 3 s. */
class DatabaseSession
{
public:
    /** Errors as loginError() has them, and Cancelled. Blocking, at most about 10 s. */
    static Result<std::unique_ptr<DatabaseSession>> open(const DatabaseLogin &login, const CancelToken &token);
    ~DatabaseSession();
    DatabaseSession(const DatabaseSession &) = delete;
    DatabaseSession &operator=(const DatabaseSession &) = delete;

    /** One statement; `values` are for $1, $2 … (nothing: NULL). They go beside the statement, so they need no quoting.
     *  Blocking, at most 60 s. */
    std::expected<DatabaseRows, DatabaseFault>
    query(const QByteArray &sql, const QList<std::optional<QString>> &values = {}, const CancelToken &token = {});
    /** Several statements without values. */
    std::expected<void, DatabaseFault> run(const QByteArray &script, const CancelToken &token = {});

    bool isBroken() const; ///< it is of no further use
    const DatabaseLogin &login() const;

private:
    struct Private;
    explicit DatabaseSession(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
