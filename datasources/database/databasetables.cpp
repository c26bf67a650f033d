// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databasetables.h"

#include "datasources/database/databasefilter.h"
#include "datasources/database/databasetexts.h"
#include "datasources/files/gdalvalues.h"

#include <QVariant>

#include <ogr_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto geometryAlias = "hanseatlas_geometry"_L1;

QString textAt(void *row, int field)
{
    return OGR_F_IsFieldSetAndNotNull(row, field) ? QString::fromUtf8(OGR_F_GetFieldAsString(row, field)) : QString();
}

QString tableList()
{
    return u"SELECT g.f_table_schema::text, g.f_table_name::text, g.f_geometry_column::text, g.type::text, "
           "g.srid::integer, coalesce(obj_description(c.oid, 'pg_class'), '')::text, c.reltuples::bigint "
           "FROM geometry_columns g JOIN pg_namespace n ON n.nspname = g.f_table_schema "
           "JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = g.f_table_name "
           "WHERE has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') "
           "ORDER BY 1, 2, 3 LIMIT 10000"_s;
}

DatabaseRow rowOf(void *handle, const QList<Field> &fields, const std::vector<int> &places, ShapeBuffer &buffer)
{
    DatabaseRow row;
    row.values.reserve(fields.size());
    for (qsizetype i = 0; i < fields.size(); ++i)
        row.values.append(valueOf(handle, places[std::size_t(i)], fields[i].type));
    buffer.clear();
    const auto outcome = geometryOf(handle, 0, buffer);
    row.broken = outcome == WkbOutcome::Broken || outcome == WkbOutcome::NotFinite;
    row.partly = outcome == WkbOutcome::Split;
    if (!buffer.shapes.empty())
        row.geometry = toGeometry(buffer, buffer.shapes.front());
    return row;
}

} // namespace

QString DatabaseTable::layerName() const
{
    return schema + u'.' + name + u'(' + geometryColumn + u')';
}

Result<std::vector<DatabaseTable>> databaseTables(DatabaseConnection &connection)
{
    std::vector<DatabaseTable> tables;
    const auto status = connection.query(
        tableList(), [](void *) {},
        [&](void *row) {
            tables.push_back({.schema = textAt(row, 0),
                              .name = textAt(row, 1),
                              .geometryColumn = textAt(row, 2),
                              .geometryType = textAt(row, 3),
                              .srid = OGR_F_GetFieldAsInteger(row, 4),
                              .comment = textAt(row, 5),
                              .estimate = OGR_F_GetFieldAsInteger64(row, 6)});
            return true;
        });
    if (!status && status.error().kind == ErrorKind::NotFound)
        return failure(ErrorKind::Unsupported, DatabaseTexts::tr("The database holds no geodata: it has no PostGIS."),
                       {}, status.error().detail);
    if (!status)
        return std::unexpected(status.error());
    return tables;
}

Result<DatabaseTable> databaseTable(DatabaseConnection &connection, const QString &layerName)
{
    auto tables = databaseTables(connection);
    if (!tables)
        return std::unexpected(tables.error());
    const auto found = std::ranges::find_if(*tables, [&](const DatabaseTable &table) {
        return table.layerName() == layerName || table.schema + u'.' + table.name == layerName
            || (table.schema == "public"_L1 && table.name == layerName);
    });
    if (found == tables->end())
        return failure(ErrorKind::NotFound,
                       DatabaseTexts::tr("The database has no table “%1” that the user may read.").arg(layerName));
    return *found;
}

Status readDatabaseTable(DatabaseConnection &connection, const DatabaseTable &table, const Extent &extent,
                         const FilterRule &filter, const std::function<void(const QList<Field> &)> &columns,
                         const std::function<bool(DatabaseRow &)> &visit)
{
    const auto geometry = quotedName(table.geometryColumn);
    // First and by its own name, as the table may have several
    auto sql = "SELECT "_L1 + geometry + " AS "_L1 + geometryAlias + ", t.* FROM "_L1 + quotedName(table.schema) + u'.'
        + quotedName(table.name) + " t"_L1;
    QStringList conditions;
    if (!extent.isEmpty())
        conditions << databaseFilter(
            {FieldInBox{.field = table.geometryColumn, .extent = extent, .crs = QString::number(table.srid)}});
    if (const auto text = databaseFilter(filter); !text.isEmpty())
        conditions << u'(' + text + u')';
    if (!conditions.isEmpty())
        sql += " WHERE "_L1 + conditions.join(" AND "_L1);
    QList<Field> fields;
    std::vector<int> places;
    ShapeBuffer buffer;
    return connection.query(
        sql,
        [&](void *definition) {
            const auto all = fieldsOf(definition);
            for (qsizetype i = 0; i < all.size(); ++i) {
                if (all[i].type == FieldType::Binary)
                    continue;
                fields << all[i];
                places.push_back(int(i));
            }
            columns(fields);
        },
        [&](void *handle) {
            auto row = rowOf(handle, fields, places, buffer);
            return visit(row);
        });
}

} // namespace hanseatlas
