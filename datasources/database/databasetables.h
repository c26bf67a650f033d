// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaseconnection.h"
#include "datasources/services/wfsfilter.h"
#include "layers/model/feature.h"
#include "layers/model/geometry.h"

#include <vector>

namespace hanseatlas
{

/** A table or view of a PostGIS database. */
struct DatabaseTable {
    QString schema, name;
    QString geometryColumn; ///< "" = it has no places
    bool geography = false; ///< the column's type is "geography": degrees on the ellipsoid
    QString geometryType; ///< as declared: "MULTIPOLYGON", "GEOMETRY"
    int srid = 0; ///< 0 = not declared
    QString comment; ///< what the database says of it; may be empty
    qint64 estimate = -1; ///< of the number of rows; -1 = unknown

    /** "schema.table(column)", or "schema.table" without places: names it in a SourceRef. */
    QString layerName() const;
    bool operator==(const DatabaseTable &) const = default;
};

/** All that the user may read. Unsupported where the database has no PostGIS. */
Result<std::vector<DatabaseTable>> databaseTables(DatabaseConnection &connection);
/** The one of this name (without column: the first one). NotFound. */
Result<DatabaseTable> databaseTable(DatabaseConnection &connection, const QString &layerName);

/** A row: values by the columns told before, and where it is. */
struct DatabaseRow {
    QList<QVariant> values; ///< invalid = null
    std::optional<Geometry> geometry; ///< in the table's reference system; x is east
    bool broken = false; ///< its geometry cannot be read
    bool partly = false; ///< some of its geometry cannot be shown
};

/** Reads the rows that fit. `extent`: only what touches it, in the table's reference system; empty = all. Errors as of
 *  DatabaseConnection::query(). */
Status readDatabaseTable(DatabaseConnection &connection, const DatabaseTable &table, const Extent &extent,
                         const FilterRule &filter, const std::function<void(const QList<Field> &)> &columns,
                         const std::function<bool(DatabaseRow &)> &visit);

} // namespace hanseatlas
