// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace hanseatlas::test
{

/** PostgreSQL with PostGIS on a free port of 127.0.0.1: a cluster of its own, thrown away at the end of its life.
 *  The superuser is "chief"; who comes by network needs a password. */
class Postgres
{
public:
    Postgres();
    ~Postgres();
    Postgres(const Postgres &) = delete;
    Postgres &operator=(const Postgres &) = delete;

    /** Why it does not run, with what it says; "" = it does. Ask this first. */
    QString problem() const;
    /** Runs SQL as the superuser, in the database "city", which has PostGIS. What went wrong; "" = nothing. */
    QString run(const QString &sql);
    void stop(); ///< at once, as if the machine were gone
    bool start(); ///< at the same port
    void freeze(bool frozen); ///< all of it stands still, its connections open

    int port() const;
    /** "postgresql://user:password@127.0.0.1:port/city" */
    QString address(const QString &user, const QString &password = {}) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas::test
