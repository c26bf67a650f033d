// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/localmeasuretables_p.h"
#include "datasources/store/userfile_p.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

// What was written down once is never changed: the file itself refuses it.
constexpr auto version1 = R"(
CREATE TABLE measures (
    number TEXT PRIMARY KEY NOT NULL, parent TEXT NOT NULL, version INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE measure_reports (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, report TEXT NOT NULL);
CREATE INDEX measure_reports_number ON measure_reports (number, id);
CREATE TABLE measure_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, at INTEGER NOT NULL, occasion TEXT NOT NULL);
CREATE TABLE measure_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL REFERENCES measure_changes(id),
    number TEXT NOT NULL, version INTEGER NOT NULL, kind INTEGER NOT NULL, field TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL);
CREATE INDEX measure_history_number ON measure_history (number, version);
CREATE INDEX measure_history_change ON measure_history (change);
CREATE TRIGGER measure_reports_stay BEFORE UPDATE ON measure_reports BEGIN
    SELECT RAISE(ABORT, 'reports are not changed'); END;
CREATE TRIGGER measure_reports_remain BEFORE DELETE ON measure_reports BEGIN
    SELECT RAISE(ABORT, 'reports are not deleted'); END;
CREATE TRIGGER measure_history_stays BEFORE UPDATE ON measure_history BEGIN
    SELECT RAISE(ABORT, 'history is not changed'); END;
CREATE TRIGGER measure_history_remains BEFORE DELETE ON measure_history BEGIN
    SELECT RAISE(ABORT, 'history is not deleted'); END;
)";
constexpr StoreMigration migrations[] = {{0, version1}};

constexpr StaticSql probes[] = {
    "SELECT number, parent, version, removed, body FROM measures LIMIT 1",
    "SELECT change, number, version, kind, field, before, after FROM measure_history LIMIT 1",
    "SELECT number, report FROM measure_reports LIMIT 1"};

QString compact(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

QJsonObject objectOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

/** A value alone is no document: it stands in a list. */
QString textOfValue(const QJsonValue &value)
{
    return value.isUndefined() ? QString()
                               : QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

QJsonArray storedReports(StoreConnection &connection, const QString &number)
{
    QJsonArray reports;
    StoreQuery query(connection, "SELECT report FROM measure_reports WHERE number = ? ORDER BY id", number);
    while (query.next())
        reports.append(objectOf(query.text(0)));
    return reports;
}

} // namespace

Result<OpenedUserFile> openMeasureFile(const QString &path)
{
    return openUserFile(path, {measureApplicationId, measureStoreVersion, migrations, probes});
}

Error measureStoreError(const SqlFault &fault)
{
    if (fault.isCancelled())
        return {.kind = ErrorKind::Cancelled};
    Error error{.kind = ErrorKind::Storage, .detail = fault.message};
    if (fault.isFull()) {
        error.what = MeasureTexts::tr("The disk is full: the measures cannot be saved.");
        error.hint = MeasureTexts::tr("Make room on the disk. What was saved before is still there.");
    } else if (fault.isBusy()) {
        error.what = MeasureTexts::tr("The store of measures is being written by another program.");
        error.hint = MeasureTexts::tr("Try again in a moment.");
    } else {
        error.what = MeasureTexts::tr("The store of measures could not be read or written.");
        error.hint = MeasureTexts::tr("See whether the disk has room and may be written.");
    }
    return error;
}

LocalMeasureTables::LocalMeasureTables(StoreConnection &connection)
    : m_connection(connection)
{
}

MeasureRow LocalMeasureTables::row(const QString &number)
{
    MeasureRow row;
    StoreQuery query(m_connection, "SELECT version, removed, body FROM measures WHERE number = ?", number);
    if (!query.next())
        return row;
    row.version = query.number(0);
    if (query.number(1) != 0)
        return row;
    row.json = objectOf(query.text(2));
    if (const auto reports = storedReports(m_connection, number); !reports.isEmpty())
        row.json["reports"_L1] = reports;
    return row;
}

void LocalMeasureTables::writeRow(const QString &number, const QJsonObject &json, qint64 version)
{
    const auto known = storedReports(m_connection, number);
    for (const auto &report : json["reports"_L1].toArray()) {
        if (!known.contains(report))
            StoreQuery(m_connection, "INSERT INTO measure_reports (number, report) VALUES (?, ?)", number,
                       compact(report.toObject()))
                .run();
    }
    auto body = json;
    body.remove("reports"_L1);
    StoreQuery(m_connection,
               "INSERT INTO measures (number, parent, version, removed, body) VALUES (?, ?, ?, ?, ?) "
               "ON CONFLICT (number) DO UPDATE SET parent = excluded.parent, version = excluded.version, "
               "removed = excluded.removed, body = excluded.body",
               number, json.value("parent"_L1).toString(), version, json.isEmpty(), compact(body))
        .run();
}

qint64 LocalMeasureTables::beginChange(const ChangeNote &note)
{
    StoreQuery insert(m_connection, "INSERT INTO measure_changes (person, at, occasion) VALUES (?, ?, ?) RETURNING id",
                      note.person, note.at.toMSecsSinceEpoch(), note.occasion);
    const auto id = insert.next() ? insert.number(0) : 0;
    insert.run();
    return id;
}

void LocalMeasureTables::writeHistory(qint64 change, const MeasureChange &made, qint64 version)
{
    for (const auto &field : made.fields)
        StoreQuery(m_connection,
                   "INSERT INTO measure_history (change, number, version, kind, field, before, after) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                   change, made.number, version, int(made.kind), field.field, textOfValue(field.before),
                   textOfValue(field.after))
            .run();
}

QJsonObject LocalMeasureTables::at(const QString &number, const QJsonObject &now, qint64 version)
{
    auto json = now;
    StoreQuery query(m_connection,
                     "SELECT field, before FROM measure_history WHERE number = ? AND version > ? ORDER BY id DESC",
                     number, version);
    while (query.next()) {
        const auto before = QJsonDocument::fromJson(query.text(1).toUtf8()).array();
        undoField(json, query.text(0), before.at(0)); // undefined where there is none
    }
    return json;
}

QHash<QString, QString> LocalMeasureTables::parents()
{
    QHash<QString, QString> parents;
    StoreQuery query(m_connection, "SELECT number, parent FROM measures WHERE removed = 0");
    while (query.next())
        parents.insert(query.text(0), query.text(1));
    return parents;
}

std::optional<Error> LocalMeasureTables::takeError()
{
    const auto fault = m_connection.takeFault();
    return fault ? std::optional(measureStoreError(*fault)) : std::nullopt;
}

} // namespace hanseatlas
