// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/servicestore.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QTemporaryDir>

#include <sqlite3.h>

namespace hanseatlas::test
{

/** Asks or changes the file as another program would. All columns of all rows, "|" between; what went wrong where
 * something did. */
inline QStringList sql(const QString &file, const QString &text)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *statement = nullptr;
    QStringList rows;
    int code = sqlite3_open_v2(file.toUtf8().constData(), &db, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_busy_timeout(db, 5000);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, text.toUtf8().constData(), -1, &statement, nullptr);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        QStringList row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i)
            row << QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, i)));
        rows << row.join(u'|');
        code = SQLITE_OK;
    }
    if (code != SQLITE_OK && code != SQLITE_DONE)
        rows << QString::fromUtf8(sqlite3_errmsg(db));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return rows;
}

inline StoredDataset datasetNamed(const QString &key)
{
    return {.key = key,
            .title = QStringLiteral("Lärmkarte ") + key,
            .service = QStringLiteral("https://example.org/wms"),
            .layer = QStringLiteral("laerm"),
            .crs = QStringLiteral("EPSG:25832"),
            .provenance = {.source = QStringLiteral("Hansestadt Lübeck"), .licence = QStringLiteral("dl-de/by-2-0")},
            .contact = QStringLiteral("geo@example.org")};
}

inline QDateTime noon(int day = 1)
{
    return QDateTime(QDate(2025, 5, day), QTime(12, 0, 0, 250), QTimeZone::UTC);
}

inline StoredItem itemOf(const QByteArray &bytes, int day = 1)
{
    return {.bytes = bytes,
            .contentType = QStringLiteral("image/png"),
            .fetched = noon(day),
            .expires = noon(day + 1),
            .etag = "\"a1\"",
            .lastModified = noon(day).addYears(-1)};
}

/** Does the file hold these bytes anywhere? */
inline bool fileHolds(const QString &path, const QByteArray &marker)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(marker);
}

/** A folder for a store. */
struct StoreFolder {
    QTemporaryDir folder;
    QString path() const { return folder.filePath(QStringLiteral("store.sqlite")); }
};

} // namespace hanseatlas::test

/** The item must be there with these bytes. */
#define VERIFY_BYTES(store, dataset, key, expected)                                                                    \
    do {                                                                                                               \
        const auto verifiedItem = (store)->item(dataset, key);                                                         \
        VERIFY_RESULT(verifiedItem);                                                                                   \
        QVERIFY2(verifiedItem->has_value(), "the item is not there");                                                  \
        QCOMPARE((*verifiedItem)->bytes, QByteArray(expected));                                                        \
    } while (false)

#define VERIFY_GONE(store, dataset, key)                                                                               \
    do {                                                                                                               \
        const auto verifiedItem = (store)->item(dataset, key);                                                         \
        VERIFY_RESULT(verifiedItem);                                                                                   \
        QVERIFY2(!verifiedItem->has_value(), "the item is still there");                                               \
    } while (false)
