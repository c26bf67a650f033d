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

/** Tables with places first, in the order that people look for them; what belongs to an extension is nobody's data. */
QString tableList()
{
    return u"SELECT g.schema, g.name, g.geometry, g.type, g.srid, coalesce(obj_description(c.oid, 'pg_class'), "
           u"'')::text, "
           "c.reltuples::bigint, g.geography FROM ("
           "SELECT f_table_schema::text AS schema, f_table_name::text AS name, f_geometry_column::text AS geometry, "
           "type::text, srid::integer, 0 AS geography FROM geometry_columns "
           "UNION ALL SELECT f_table_schema::text, f_table_name::text, f_geography_column::text, upper(type::text), "
           "srid::integer, 1 FROM geography_columns "
           "UNION ALL SELECT n.nspname::text, c.relname::text, '', '', 0, 0 FROM pg_class c "
           "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') "
           "AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' "
           "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') "
           "AND NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
           "WHERE a.attrelid = c.oid AND a.attnum > 0 AND t.typname IN ('geometry', 'geography'))"
           ") g JOIN pg_namespace n ON n.nspname = g.schema "
           "JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = g.name "
           "WHERE has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') "
           "ORDER BY g.geometry = '', 1, 2, 3 LIMIT 10000"_s;
}

DatabaseRow rowOf(void *handle, bool hasPlace, const QList<Field> &fields, const std::vector<int> &places,
                  ShapeBuffer &buffer)
{
    DatabaseRow row;
    row.values.reserve(fields.size());
    for (qsizetype i = 0; i < fields.size(); ++i)
        row.values.append(valueOf(handle, places[std::size_t(i)], fields[i].type));
    if (!hasPlace)
        return row;
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
    const auto table = schema + u'.' + name;
    return geometryColumn.isEmpty() ? table : table + u'(' + geometryColumn + u')';
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
            tables.back().geography = OGR_F_GetFieldAsInteger(row, 7) != 0;
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
    const bool hasPlace = !table.geometryColumn.isEmpty();
    // First and by its own name, as the table may have several
    auto sql = u"SELECT "_s;
    if (hasPlace)
        sql += quotedName(table.geometryColumn) + (table.geography ? "::geometry AS "_L1 : " AS "_L1) + geometryAlias
            + ", "_L1;
    sql += "t.* FROM "_L1 + quotedName(table.schema) + u'.' + quotedName(table.name) + " t"_L1;
    QStringList conditions;
    if (hasPlace && !extent.isEmpty())
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
            auto row = rowOf(handle, hasPlace, fields, places, buffer);
            return visit(row);
        });
}

} // namespace hanseatlas
