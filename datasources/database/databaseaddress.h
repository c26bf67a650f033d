// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace hanseatlas
{

/** Where a PostgreSQL database is, without password: "postgresql://user@host:5432/database". A host that begins with a
 *  slash (%2F) is a folder with a socket. A value. */
struct DatabaseAddress {
    QString host; ///< never empty
    int port = 5432;
    QString database; ///< never empty
    QString user; ///< may be empty: as the system calls the user
    QString sslMode; ///< how the connection is protected, as libpq has it ("verify-full"); "" = where the server can

    /** Nothing where the text is no such address. Of parameters only ?sslmode=… is known; an address with others is
     *  refused, as what they ask for would not be done. */
    static std::optional<DatabaseAddress> fromText(const QString &text);
    QString toText() const;
    QString title() const; ///< for people: "database, host"

    bool operator==(const DatabaseAddress &) const = default;
};

/** Is it meant as one? Then provider "postgis" reads it. */
bool isDatabaseAddress(const QString &text);

} // namespace hanseatlas
