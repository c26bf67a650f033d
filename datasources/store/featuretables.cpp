// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/featuretables_p.h"

#include "datasources/store/featureblob_p.h"
#include "datasources/store/spatialindex_p.h"
#include "datasources/store/storetexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <sqlite3.h>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int lookEvery = 1024;

const QStringList &typeNames()
{
    static const QStringList names{u"text"_s, u"integer"_s, u"real"_s,     u"boolean"_s,
                                   u"date"_s, u"time"_s,    u"datetime"_s, u"binary"_s};
    return names;
}

QString fieldsText(const QList<Field> &fields)
{
    QJsonArray list;
    for (const auto &field : fields) {
        QJsonObject entry{{u"name"_s, field.name}, {u"type"_s, typeNames().value(int(field.type))}};
        if (!field.title.isEmpty())
            entry[u"title"_s] = field.title;
        if (!field.unit.isEmpty())
            entry[u"unit"_s] = field.unit;
        list.append(entry);
    }
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QList<Field> fieldsIn(const QString &text)
{
    QList<Field> fields;
    for (const auto &value : QJsonDocument::fromJson(text.toUtf8()).array()) {
        const auto entry = value.toObject();
        const auto type = typeNames().indexOf(entry.value("type"_L1).toString());
        fields.append({.name = entry.value("name"_L1).toString(),
                       .title = entry.value("title"_L1).toString(),
                       .type = FieldType(std::max<qsizetype>(0, type)),
                       .unit = entry.value("unit"_L1).toString()});
    }
    return fields;
}

QByteArray sqlType(FieldType type)
{
    switch (type) {
    case FieldType::Integer:
    case FieldType::Boolean:
        return "INTEGER";
    case FieldType::Real:
        return "REAL";
    case FieldType::Binary:
        return "BLOB";
    default:
        return "TEXT";
    }
}

QByteArray tableName(qint64 id)
{
    return "features_" + QByteArray::number(id);
}

/** A function of SpatiaLite's that answers 1 where it did its work. */
bool calls(StoreConnection &connection, const QByteArray &sql)
{
    TableStatement statement(connection, sql);
    const bool done = statement.next() && statement.value(0).integer != 0;
    if (!done)
        connection.setFault({SQLITE_ERROR, u"SpatiaLite: "_s + QString::fromUtf8(sql)});
    return done;
}

bool hasRow(StoreConnection &connection, const QByteArray &sql)
{
    return TableStatement(connection, sql).next();
}

/** The library's own tables come with the first table of features: most stores of images never need them. */
void makeSpatial(StoreConnection &connection)
{
    if (!hasRow(connection, "SELECT 1 FROM sqlite_master WHERE name = 'geometry_columns'"))
        calls(connection, "SELECT InitSpatialMetaData(0, 'NONE')");
    // SpatiaLite's number for a plane of its own, which 'NONE' leaves out.
    connection.execute("INSERT OR IGNORE INTO spatial_ref_sys (srid, auth_name, auth_srid, ref_sys_name, proj4text, "
                       "srtext) VALUES (-1, 'NONE', -1, 'Undefined - Cartesian', '', 'Undefined')");
}

/** -1: a reference system that SpatiaLite does not know; ours stands in store_features. */
int sridOf(StoreConnection &connection, const Crs &crs)
{
    const auto code = QByteArray::number(crs.epsg());
    if (crs.epsg() <= 0)
        return -1;
    const QByteArray known = "SELECT 1 FROM spatial_ref_sys WHERE srid = " + code;
    if (!hasRow(connection, known))
        hasRow(connection, "SELECT InsertEpsgSrid(" + code + ")");
    return hasRow(connection, known) ? crs.epsg() : -1;
}

qint64 insertDescription(StoreConnection &connection, qint64 dataset, const StoredFeatures &features,
                         const FeatureRows &rows, qint64 hour)
{
    StoreQuery(connection, "DELETE FROM store_features WHERE dataset = ?", dataset).run();
    int kinds = 0;
    for (const auto kind : rows.kinds())
        kinds |= 1 << int(kind);
    const auto notes = QJsonDocument(QJsonArray::fromStringList(features.notes)).toJson(QJsonDocument::Compact);
    const auto &box = rows.extent();
    StoreQuery row(connection,
                   "INSERT INTO store_features (dataset, fields, crs, geometry_type, kinds, xmin, ymin, xmax, ymax, "
                   "count, received, matched, complete, notes, size, used, fetched, expires, etag, last_modified) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, -1), ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                   dataset, fieldsText(features.fields), features.crs.definition(), features.geometryType, kinds,
                   box.xMin, box.yMin, box.xMax, box.yMax, rows.size(), features.received,
                   features.matched.value_or(-1), features.complete, QString::fromUtf8(notes), rows.bytes(), hour,
                   features.fetched, features.expires, features.etag, features.lastModified);
    const auto id = row.next() ? row.number(0) : 0;
    return row.run() ? id : 0;
}

void insertRows(StoreConnection &connection, const QByteArray &table, int columns, const FeatureRows &rows, int srid,
                const CancelToken &token)
{
    QByteArray marks = "?, ?";
    for (int i = 0; i < columns; ++i)
        marks += ", ?";
    TableStatement insert(connection, "INSERT INTO " + table + " VALUES (" + marks + ", ?)");
    QByteArray blob;
    for (qint64 row = 0; row < rows.size() && !connection.fault(); ++row) {
        if (row % lookEvery == 0 && token.stop_requested()) {
            connection.setFault({SQLITE_INTERRUPT, u"cancelled"_s});
            return;
        }
        insert.bind(1, row + 1);
        insert.bind(2, StoredValue{.kind = StoredValue::Kind::Text, .bytes = rows.source(row)});
        for (int i = 0; i < columns; ++i)
            insert.bind(3 + i, rows.value(row, i));
        const auto geometry = rows.geometry(row);
        if (geometry.isEmpty()) {
            insert.bind(3 + columns, StoredValue{});
        } else {
            blob.assign(geometry);
            qToLittleEndian<std::int32_t>(srid, blob.data() + blobSridOffset);
            insert.bind(3 + columns, StoredValue{.kind = StoredValue::Kind::Bytes, .bytes = blob});
        }
        insert.next();
        insert.reset();
    }
}

std::vector<IndexEntry> entriesOf(const FeatureRows &rows)
{
    std::vector<IndexEntry> entries;
    entries.reserve(std::size_t(rows.size()));
    for (qint64 row = 0; row < rows.size(); ++row)
        if (const auto geometry = rows.geometry(row); !geometry.isEmpty())
            entries.push_back({row + 1, blobExtent(geometry)});
    return entries;
}

void dropTable(StoreConnection &connection, qint64 id)
{
    const auto table = tableName(id);
    const bool spatial = hasRow(connection, "SELECT 1 FROM sqlite_master WHERE name = 'geometry_columns'");
    if (spatial)
        connection.execute("DELETE FROM geometry_columns WHERE f_table_name = '" + table + "'");
    connection.execute("DROP TABLE IF EXISTS idx_" + table + "_geometry; DROP TABLE IF EXISTS " + table);
}

QByteArray selection(qint64 table, std::span<const int> columns)
{
    QByteArray sql = "SELECT id, geometry";
    for (const auto column : columns)
        sql += ", f" + QByteArray::number(column);
    return sql + " FROM " + tableName(table);
}

} // namespace

void writeFeatures(StoreConnection &connection, const QString &dataset, const StoredFeatures &features,
                   const FeatureRows &rows, qint64 hour, const CancelToken &token)
{
    StoreQuery known(connection, "SELECT id FROM store_datasets WHERE key = ?", dataset);
    const auto owner = known.next() ? known.number(0) : 0;
    if (owner == 0)
        return; // someone has removed it since: that is what they wanted
    makeSpatial(connection);
    const auto srid = sridOf(connection, features.crs);
    const auto id = insertDescription(connection, owner, features, rows, hour);
    if (id == 0)
        return;
    const auto table = tableName(id);
    QByteArray columns = "id INTEGER PRIMARY KEY, source TEXT";
    for (int i = 0; i < int(features.fields.size()); ++i)
        columns += ", f" + QByteArray::number(i) + ' ' + sqlType(features.fields[i].type);
    connection.execute("CREATE TABLE " + table + " (" + columns + ", geometry BLOB)");
    const QByteArray place = "('" + table + "', 'geometry'";
    calls(connection, "SELECT RecoverGeometryColumn" + place + ", " + QByteArray::number(srid) + ", 'GEOMETRY', 'XY')");
    calls(connection, "SELECT CreateSpatialIndex" + place + ")");
    // SpatiaLite's triggers look at every row and put it into the index; we know the rows, and fill the index whole.
    connection.setTriggers(false);
    insertRows(connection, table, int(features.fields.size()), rows, srid, token);
    connection.setTriggers(true);
    fillSpatialIndex(connection, "idx_" + table + "_geometry", entriesOf(rows));
}

bool dropLeftover(StoreConnection &connection)
{
    StoreQuery next(connection, "SELECT id FROM store_leftovers LIMIT 1");
    const auto id = next.next() ? next.number(0) : 0;
    next.run();
    if (id == 0)
        return false;
    dropTable(connection, id);
    StoreQuery(connection, "DELETE FROM store_leftovers WHERE id = ?", id).run();
    return !connection.fault();
}

std::optional<FeatureTable> readFeatureTable(StoreConnection &connection, const QString &dataset)
{
    StoreQuery query(connection,
                     "SELECT f.fields, f.crs, f.geometry_type, f.kinds, f.xmin, f.ymin, f.xmax, f.ymax, f.count, "
                     "f.received, coalesce(f.matched, -1), f.complete, f.notes, f.size, f.fetched, f.expires, f.etag, "
                     "f.last_modified, f.id, f.used FROM store_features f JOIN store_datasets d ON d.id = f.dataset "
                     "WHERE d.key = ?",
                     dataset);
    if (!query.next())
        return std::nullopt;
    FeatureTable table{.id = query.number(18), .usedHour = query.number(19)};
    auto &features = table.features;
    features = {.fields = fieldsIn(query.text(0)),
                .crs = Crs::fromText(query.text(1)),
                .geometryType = query.text(2),
                .received = query.number(9),
                .complete = query.number(11) != 0,
                .fetched = query.time(14),
                .expires = query.time(15),
                .etag = query.bytes(16),
                .lastModified = query.time(17),
                .count = query.number(8),
                .bytes = query.number(13)};
    if (query.number(10) >= 0)
        features.matched = query.number(10);
    for (const auto &note : QJsonDocument::fromJson(query.text(12).toUtf8()).array())
        features.notes << note.toString();
    features.extent = {query.real(4), query.real(5), query.real(6), query.real(7)};
    for (const auto kind : {GeometryKind::Point, GeometryKind::Line, GeometryKind::Polygon})
        if (query.number(3) & (1 << int(kind)))
            features.kinds.push_back(kind);
    return table;
}

TableCursor::TableCursor(StoreConnection &connection, qint64 table, std::span<const int> columns,
                         const std::optional<Extent> &box)
    : m_statement(connection,
                  selection(table, columns)
                      + (box ? " WHERE id IN (SELECT pkid FROM idx_" + tableName(table)
                                 + "_geometry WHERE xmax >= ? AND xmin <= ? AND ymax >= ? AND ymin <= ?)"
                             : QByteArray())
                      + " ORDER BY id")
{
    if (!box)
        return;
    const double sides[] = {box->xMin, box->xMax, box->yMin, box->yMax};
    for (int i = 0; i < 4; ++i)
        m_statement.bind(i + 1, StoredValue{.kind = StoredValue::Kind::Real, .real = sides[i]});
}

bool TableCursor::next()
{
    return m_statement.next();
}

qint64 TableCursor::id() const
{
    return m_statement.value(0).integer;
}

QByteArrayView TableCursor::geometry() const
{
    return m_statement.value(1).bytes;
}

StoredValue TableCursor::value(int column) const
{
    return m_statement.value(2 + column);
}

IdCursor::IdCursor(StoreConnection &connection, qint64 table, std::span<const int> columns, std::span<const qint64> ids)
    : m_statement(connection, selection(table, columns) + " WHERE id = ?")
    , m_ids(ids)
{
}

bool IdCursor::next()
{
    while (m_next < m_ids.size()) {
        m_statement.reset();
        m_statement.bind(1, m_ids[m_next++]);
        if (m_statement.next())
            return true;
    }
    return false;
}

qint64 IdCursor::id() const
{
    return m_statement.value(0).integer;
}

QByteArrayView IdCursor::geometry() const
{
    return m_statement.value(1).bytes;
}

StoredValue IdCursor::value(int column) const
{
    return m_statement.value(2 + column);
}

std::unique_ptr<FeatureCursor> TableAccess::all(std::span<const int> columns, const std::optional<Extent> &box)
{
    return std::make_unique<TableCursor>(m_connection, m_id, columns, box);
}

std::unique_ptr<FeatureCursor> TableAccess::byId(std::span<const int> columns, std::span<const qint64> ids)
{
    return std::make_unique<IdCursor>(m_connection, m_id, columns, ids);
}

ReadSnapshot::ReadSnapshot(StoreConnection &connection)
    : m_connection(connection)
{
    m_connection.execute("BEGIN");
}

ReadSnapshot::~ReadSnapshot()
{
    const auto fault = m_connection.takeFault();
    m_connection.execute("ROLLBACK");
    m_connection.takeFault();
    if (fault)
        m_connection.setFault(*fault);
}

} // namespace hanseatlas
