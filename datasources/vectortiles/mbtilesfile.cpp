// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mbtilesfile.h"

#include "datasources/vectortiles/vectortexts.h"
#include "datasources/vectortiles/vectortile.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMutex>
#include <QUrl>

#include <sqlite3.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int largestTile = 32 * 1024 * 1024;
constexpr int highestZoom = 24;
constexpr qsizetype mostLayers = 200;

using Database = std::unique_ptr<sqlite3, decltype([](sqlite3 *db) { sqlite3_close_v2(db); })>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype([](sqlite3_stmt *statement) { sqlite3_finalize(statement); })>;

constexpr int stepsBetween = 10'000;
constexpr int mostSteps = 5'000; ///< times stepsBetween: about a second

/** A file may hold views that never end. */
class StepLimit
{
public:
    explicit StepLimit(sqlite3 *db)
        : m_db(db)
    {
        sqlite3_progress_handler(
            m_db, stepsBetween, [](void *count) { return ++*static_cast<int *>(count) > mostSteps ? 1 : 0; }, &m_count);
    }
    ~StepLimit() { sqlite3_progress_handler(m_db, 0, nullptr, nullptr); }
    StepLimit(const StepLimit &) = delete;
    StepLimit &operator=(const StepLimit &) = delete;

private:
    sqlite3 *m_db;
    int m_count = 0;
};

Statement prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, sql, -1, &statement, nullptr);
    return Statement(statement);
}

QString columnText(sqlite3_stmt *statement, int column)
{
    return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, column)),
                             sqlite3_column_bytes(statement, column));
}

QByteArray columnBytes(sqlite3_stmt *statement, int column)
{
    return {static_cast<const char *>(sqlite3_column_blob(statement, column)), sqlite3_column_bytes(statement, column)};
}

std::unexpected<Error> noTiles(const QString &path, sqlite3 *db)
{
    return failure(ErrorKind::Malformed,
                   VectorTexts::tr("“%1” is no file of map tiles, or is damaged.").arg(QFileInfo(path).fileName()), {},
                   db ? QString::fromUtf8(sqlite3_errmsg(db)) : QString());
}

QString formatOf(const QByteArray &tile)
{
    if (tile.startsWith("\x89PNG"))
        return u"png"_s;
    if (tile.startsWith("\xff\xd8"))
        return u"jpg"_s;
    if (tile.startsWith("RIFF"))
        return u"webp"_s;
    return readVectorTile(tile) ? u"pbf"_s : QString();
}

} // namespace

struct MbtilesFile::Private {
    Database db;
    QHash<QString, QString> metadata;
    int minZoom = 0, maxZoom = 0;
    QByteArray sample; ///< a tile
    mutable QMutex mutex; ///< of the statement
    Statement select;
    mutable QHash<TileAddress, QString> failures;

    bool readMetadata()
    {
        const StepLimit limit(db.get());
        const auto rows = prepared(db.get(), "SELECT name, value FROM metadata LIMIT 1000");
        while (rows && sqlite3_step(rows.get()) == SQLITE_ROW)
            metadata.insert(columnText(rows.get(), 0).toLower(), columnText(rows.get(), 1));
        // Each by itself comes from an index
        const auto zooms =
            prepared(db.get(), "SELECT (SELECT min(zoom_level) FROM tiles), (SELECT max(zoom_level) FROM tiles)");
        if (!zooms || sqlite3_step(zooms.get()) != SQLITE_ROW || sqlite3_column_type(zooms.get(), 0) == SQLITE_NULL)
            return false;
        minZoom = std::clamp(sqlite3_column_int(zooms.get(), 0), 0, highestZoom);
        maxZoom = std::clamp(sqlite3_column_int(zooms.get(), 1), minZoom, highestZoom);
        const auto one = prepared(db.get(), "SELECT tile_data FROM tiles WHERE length(tile_data) > 0 LIMIT 1");
        if (one && sqlite3_step(one.get()) == SQLITE_ROW)
            sample = columnBytes(one.get(), 0);
        select =
            prepared(db.get(), "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?");
        return select != nullptr;
    }
};

size_t qHash(const TileAddress &address, size_t seed)
{
    return qHashMulti(seed, address.matrix, address.column, address.row);
}

MbtilesFile::MbtilesFile(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

MbtilesFile::~MbtilesFile() = default;

Result<std::shared_ptr<MbtilesFile>> MbtilesFile::open(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return failure(ErrorKind::NotFound, VectorTexts::tr("“%1” does not exist.").arg(path));
    if (!QFileInfo(path).isReadable())
        return failure(ErrorKind::NotReadable, VectorTexts::tr("“%1” may not be read.").arg(path));
    auto data = std::make_unique<Private>();
    sqlite3 *db = nullptr;
    // Immutable: no lock and no journal beside the user's file
    auto address = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath());
    address.setQuery(u"immutable=1"_s);
    const int code = sqlite3_open_v2(address.toEncoded().constData(), &db,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, nullptr);
    data->db.reset(db);
    if (code != SQLITE_OK)
        return noTiles(path, db);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, largestTile);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    if (!data->readMetadata())
        return noTiles(path, db);
    return std::shared_ptr<MbtilesFile>(new MbtilesFile(std::move(data)));
}

QString MbtilesFile::format() const
{
    const auto stated = metadata(u"format"_s).toLower();
    return stated == "mvt"_L1 ? u"pbf"_s : stated.isEmpty() ? formatOf(d->sample) : stated;
}

QString MbtilesFile::metadata(const QString &name) const
{
    return d->metadata.value(name);
}

QStringList MbtilesFile::layers() const
{
    QStringList names;
    const auto json = QJsonDocument::fromJson(metadata(u"json"_s).toUtf8()).object();
    for (const auto &layer : json["vector_layers"_L1].toArray())
        names.append(layer.toObject()["id"_L1].toString());
    if (names.isEmpty()) {
        if (const auto tile = readVectorTile(d->sample)) {
            for (const auto &layer : tile->layers)
                names.append(layer.name);
        }
    }
    names.removeDuplicates();
    return names.first(std::min(names.size(), mostLayers));
}

int MbtilesFile::minZoom() const
{
    return d->minZoom;
}

int MbtilesFile::maxZoom() const
{
    return d->maxZoom;
}

Extent MbtilesFile::bounds() const
{
    const auto parts = metadata(u"bounds"_s).split(u',');
    Extent box;
    bool fine = parts.size() == 4;
    double *const sides[] = {&box.xMin, &box.yMin, &box.xMax, &box.yMax};
    for (qsizetype i = 0; fine && i < 4; ++i)
        *sides[i] = parts[i].trimmed().toDouble(&fine);
    return fine && box.width() > 0 && box.height() > 0 ? box : Extent();
}

std::optional<SuppliedTile> MbtilesFile::tile(const TileAddress &address) const
{
    const QMutexLocker lock(&d->mutex);
    const StepLimit limit(d->db.get());
    auto *const select = d->select.get();
    sqlite3_reset(select);
    sqlite3_bind_int(select, 1, address.matrix);
    sqlite3_bind_int64(select, 2, address.column);
    sqlite3_bind_int64(select, 3, (qint64(1) << address.matrix) - 1 - address.row);
    const int code = sqlite3_step(select);
    std::optional<SuppliedTile> found;
    if (code == SQLITE_ROW)
        found = SuppliedTile{.bytes = columnBytes(select, 0), .stamp = 0};
    else if (code != SQLITE_DONE)
        d->failures.insert(address, QString::fromUtf8(sqlite3_errmsg(d->db.get())));
    else if (address.matrix == d->maxZoom || address.matrix == d->minZoom)
        found = SuppliedTile(); // there is nothing there
    sqlite3_reset(select);
    return found;
}

QString MbtilesFile::failureOf(const TileAddress &address) const
{
    const QMutexLocker lock(&d->mutex);
    return d->failures.value(address);
}

bool holdsVectorTiles(const QString &path)
{
    if (QFileInfo(path).suffix().toLower() != "mbtiles"_L1)
        return false;
    const auto file = MbtilesFile::open(path);
    return file && (*file)->format() == "pbf"_L1;
}

} // namespace hanseatlas
