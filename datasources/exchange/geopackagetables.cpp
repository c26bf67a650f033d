// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/geopackage_p.h"
#include "datasources/exchange/metadataxml.h"
#include "datasources/exchange/qmlstyle.h"
#include "datasources/exchange/sldstyle.h"
#include "datasources/exchange/targetfile.h"

#include <QCoreApplication>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Sqlite = std::unique_ptr<sqlite3, decltype([](sqlite3 *db) { sqlite3_close_v2(db); })>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype([](sqlite3_stmt *s) { sqlite3_finalize(s); })>;

/** The finished file, for the tables that GDAL does not write. */
class Database
{
public:
    explicit Database(const QString &path)
    {
        sqlite3 *db = nullptr;
        m_good = sqlite3_open_v2(path.toUtf8().constData(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK;
        m_db.reset(db);
    }
    bool isGood() const { return m_good; }
    QString message() const { return QString::fromUtf8(sqlite3_errmsg(m_db.get())); }

    /** Values take the places of the question marks. */
    bool run(const QString &sql, const QStringList &values = {})
    {
        const auto statement = prepared(sql, values);
        const int code = m_good && statement ? sqlite3_step(statement.get()) : SQLITE_ERROR;
        m_good = m_good && (code == SQLITE_DONE || code == SQLITE_ROW);
        return m_good;
    }
    /** The first column of the first row. */
    std::optional<qint64> number(const QString &sql, const QStringList &values = {})
    {
        const auto statement = prepared(sql, values);
        if (!statement || sqlite3_step(statement.get()) != SQLITE_ROW)
            return std::nullopt;
        return sqlite3_column_int64(statement.get(), 0);
    }
    QString text(const QString &sql, const QStringList &values = {})
    {
        const auto statement = prepared(sql, values);
        if (!statement || sqlite3_step(statement.get()) != SQLITE_ROW)
            return {};
        return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement.get(), 0)));
    }
    qint64 lastId() const { return sqlite3_last_insert_rowid(m_db.get()); }

private:
    Statement prepared(const QString &sql, const QStringList &values)
    {
        sqlite3_stmt *raw = nullptr;
        if (sqlite3_prepare_v2(m_db.get(), sql.toUtf8().constData(), -1, &raw, nullptr) != SQLITE_OK)
            return nullptr;
        Statement statement(raw);
        for (qsizetype i = 0; i < values.size(); ++i) {
            const auto bytes = values[i].toUtf8();
            if (values[i].isNull())
                sqlite3_bind_null(raw, int(i) + 1);
            else
                sqlite3_bind_text(raw, int(i) + 1, bytes.constData(), int(bytes.size()), SQLITE_TRANSIENT);
        }
        return statement;
    }

    Sqlite m_db;
    bool m_good = false;
};

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

QString geometryColumn(Database &db, const QString &table)
{
    return db.text(u"SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?"_s, {table});
}

// ---- Styles

void createStyleTable(Database &db)
{
    db.run(uR"(CREATE TABLE IF NOT EXISTS layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
        f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))))"_s);
    db.run(uR"(INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
        VALUES ('layer_styles', 'attributes', 'layer_styles', '', strftime('%Y-%m-%dT%H:%M:%fZ','now')))"_s);
}

void writeStyle(Database &db, const LayerExport &what)
{
    db.run(uR"(INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
        styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, ?, ?, ?, ?, 1, ?, 'Hanseatlas'))"_s,
           {what.table, geometryColumn(db, what.table), what.layer->title.left(30),
            qmlOf(*what.layer, what.description), sldOf(*what.layer, what.description), what.layer->title});
}

// ---- Metadata

void createMetadataTables(Database &db)
{
    db.run(uR"(CREATE TABLE IF NOT EXISTS gpkg_metadata (
        id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
        md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT ''))"_s);
    db.run(uR"(CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (
        reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
        timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
        CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
        CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)))"_s);
    db.run(uR"(CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,
        extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
        CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)))"_s);
    for (const auto &table : {u"gpkg_metadata"_s, u"gpkg_metadata_reference"_s})
        db.run(uR"(INSERT INTO gpkg_extensions SELECT ?1, NULL, 'gpkg_metadata',
            'http://www.geopackage.org/spec/#extension_metadata', 'read-write'
            WHERE NOT EXISTS (SELECT 1 FROM gpkg_extensions WHERE table_name = ?1))"_s,
               {table});
}

void writeMetadata(Database &db, const LayerExport &what)
{
    const std::pair<QString, QString> forms[] = {
        {u"http://www.isotc211.org/2005/gmd"_s, isoMetadata(*what.layer, what.description)},
        {u"http://mrcc.com/qgis.dtd"_s, qgisMetadata(*what.layer, what.description)},
    };
    for (const auto &[standard, xml] : forms) {
        db.run(
            u"INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES ('dataset', ?, 'text/xml', ?)"_s,
            {standard, xml});
        db.run(
            u"INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id) VALUES ('table', ?, %1)"_s
                .arg(db.lastId()),
            {what.table});
    }
}

// ---- The check

/** A geometry counts when it is there and not marked as empty in its header (byte 4, bit 4). */
bool indexIsWhole(Database &db, const QString &table)
{
    const auto column = geometryColumn(db, table);
    if (column.isEmpty())
        return true;
    const auto index = quoted(u"rtree_%1_%2_rowid"_s.arg(table, column)), geometry = quoted(column);
    const auto indexed = db.number(u"SELECT count(*) FROM %1"_s.arg(index));
    const auto rows = db.number(u"SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?"_s, {table});
    if (indexed && rows && *indexed == *rows) // spares reading all geometries
        return true;
    const auto held = db.number(uR"(SELECT count(*) FROM %1 WHERE %2 IS NOT NULL
            AND substr(hex(substr(%2, 4, 1)), 1, 1) NOT IN ('1', '3', '5', '7', '9', 'B', 'D', 'F'))"_s.arg(
        quoted(table), geometry));
    return indexed && held && *indexed == *held;
}

} // namespace

Status finishTables(const std::vector<LayerExport> &layers, const QString &path, const QString &targetPath)
{
    Database db(path);
    db.run(u"PRAGMA synchronous = OFF"_s);
    db.run(u"BEGIN"_s);
    createStyleTable(db);
    createMetadataTables(db);
    for (const auto &what : layers) {
        writeStyle(db, what);
        writeMetadata(db, what);
        if (db.isGood() && !indexIsWhole(db, what.table))
            return failure(ErrorKind::Internal,
                           QCoreApplication::translate(
                               "GeoPackage", "The spatial index of “%1” does not fit its objects; nothing was written.")
                               .arg(what.layer->title));
    }
    db.run(u"COMMIT"_s);
    if (!db.isGood())
        return std::unexpected(writeError(targetPath, db.message()));
    return {};
}

} // namespace hanseatlas
