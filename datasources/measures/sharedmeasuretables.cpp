// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/sharedmeasuretables_p.h"

#include "layers/measures/measuretexts.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto takeSchemaLock = "SELECT pg_advisory_xact_lock(1212564563)"; // "HMAS"

// As the local store has it; what was written down once is never changed: the database itself refuses it. The view
// shows the places to other programs, where PostGIS is there.
constexpr auto version1 = R"(
CREATE SCHEMA hanseatlas;
CREATE TABLE hanseatlas.measure_store (version integer NOT NULL);
INSERT INTO hanseatlas.measure_store VALUES (0);
CREATE TABLE hanseatlas.measures (
    number text PRIMARY KEY, parent text NOT NULL, version bigint NOT NULL, removed boolean NOT NULL, body jsonb NOT NULL);
CREATE TABLE hanseatlas.measure_reports (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number text NOT NULL, report jsonb NOT NULL);
CREATE INDEX measure_reports_number ON hanseatlas.measure_reports (number, id);
CREATE TABLE hanseatlas.measure_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person text NOT NULL, at timestamptz NOT NULL,
    occasion text NOT NULL, account text NOT NULL DEFAULT session_user);
CREATE TABLE hanseatlas.measure_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change bigint NOT NULL REFERENCES hanseatlas.measure_changes (id),
    number text NOT NULL, version bigint NOT NULL, kind integer NOT NULL, field text NOT NULL, before jsonb, after jsonb);
CREATE INDEX measure_history_number ON hanseatlas.measure_history (number, version);
CREATE INDEX measure_history_change ON hanseatlas.measure_history (change);
CREATE FUNCTION hanseatlas.refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''reports and history are not changed''; END';
CREATE TRIGGER measure_reports_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON hanseatlas.measure_reports
    FOR EACH STATEMENT EXECUTE FUNCTION hanseatlas.refuse_to_forget();
CREATE TRIGGER measure_changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON hanseatlas.measure_changes
    FOR EACH STATEMENT EXECUTE FUNCTION hanseatlas.refuse_to_forget();
CREATE TRIGGER measure_history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON hanseatlas.measure_history
    FOR EACH STATEMENT EXECUTE FUNCTION hanseatlas.refuse_to_forget();
DO 'BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = ''postgis'') THEN
        CREATE VIEW hanseatlas.measure_places AS
            SELECT number, body->>''title'' AS title, body->>''lead'' AS lead, body->>''phase'' AS phase,
                ST_GeomFromWKB(decode(body#>>''{place,wkb}'', ''hex''), 25832) AS geom
            FROM hanseatlas.measures WHERE NOT removed AND body#>>''{place,kind}'' = ''geometry'';
    END IF;
END';
)";
constexpr const char *migrations[] = {version1}; // the one at i leads to version i + 1
static_assert(std::size(migrations) == sharedMeasureVersion);

QString jsonText(const QJsonArray &list)
{
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

} // namespace

/** A value alone is no document of Qt's: it is read in a list. */
QJsonValue jsonValue(const DatabaseRows &rows, int row, int column)
{
    if (rows.isNull(row, column))
        return QJsonValue::Undefined;
    return QJsonDocument::fromJson('[' + rows.text(row, column).toUtf8() + ']').array().at(0);
}

std::expected<int, DatabaseFault> sharedSchemaVersion(DatabaseSession &session, const CancelToken &token)
{
    // Not to_regclass(): within a transaction it may remember that somebody else's tables were not there yet.
    const auto there = session.query("SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'hanseatlas' "
                                     "AND tablename = 'measure_store')",
                                     {}, token);
    if (!there)
        return std::unexpected(there.error());
    if (there->text(0, 0) != "t"_L1)
        return 0;
    return session.query("SELECT version FROM hanseatlas.measure_store", {}, token).transform([](const auto &rows) {
        return rows.count() == 1 ? int(rows.number(0, 0)) : 0;
    });
}

std::expected<bool, DatabaseFault> makeSharedSchema(DatabaseSession &session, const CancelToken &token)
{
    if (const auto begun = session.run("BEGIN; "_ba + takeSchemaLock, token); !begun)
        return std::unexpected(begun.error());
    const auto version = sharedSchemaVersion(session, token);
    auto made = version.transform([](int) { });
    if (version && *version < sharedMeasureVersion) {
        QByteArray script;
        for (int i = *version; i < sharedMeasureVersion; ++i)
            script += migrations[i];
        script += "UPDATE hanseatlas.measure_store SET version = " + QByteArray::number(sharedMeasureVersion) + ';';
        made = session.run(script, token);
    }
    if (made)
        made = session.run("COMMIT");
    if (!made) {
        session.run("ROLLBACK");
        return std::unexpected(made.error());
    }
    return *version == 0;
}

Error sharedStoreError(const DatabaseFault &fault, const DatabaseLogin &login)
{
    if (fault.isCancelled())
        return {.kind = ErrorKind::Cancelled};
    const auto title = login.address.title();
    Error error{.kind = ErrorKind::Storage, .detail = fault.message};
    if (fault.isBroken()) {
        error.kind = ErrorKind::Network;
        error.what = MeasureTexts::tr("The connection to the measures in “%1” broke.").arg(title);
        error.hint = MeasureTexts::tr("Check the network and try again. What was saved before is still there.");
    } else if (fault.state == "42501"_L1) { // insufficient privilege
        error.kind = ErrorKind::NotReadable;
        error.what = MeasureTexts::tr("You may not do that with the measures in “%1”.").arg(title);
        error.hint = MeasureTexts::tr("Ask the administrator of the database for the right to it.");
    } else if (fault.state == "55P03"_L1) { // lock not available
        error.what = MeasureTexts::tr("Somebody else is writing the measures in “%1” for a long time.").arg(title);
        error.hint = MeasureTexts::tr("Try again in a moment.");
    } else if (fault.state.startsWith("53"_L1)) { // insufficient resources
        error.what = MeasureTexts::tr("The database “%1” has no room for the measures.").arg(title);
        error.hint = MeasureTexts::tr("Tell the administrator of the database. What was saved before is still there.");
    } else {
        error.what = MeasureTexts::tr("The measures in “%1” could not be read or written.").arg(title);
        error.hint = MeasureTexts::tr("Tell the administrator of the database what the details say.");
    }
    return error;
}

SharedMeasureTables::SharedMeasureTables(DatabaseSession &session, CancelToken token)
    : m_session(session)
    , m_token(std::move(token))
{
    // One writer after another; readers see the old state meanwhile.
    ask("LOCK TABLE hanseatlas.measures IN SHARE ROW EXCLUSIVE MODE", {});
}

/** Empty after a fault. */
DatabaseRows SharedMeasureTables::ask(const QByteArray &sql, const QList<std::optional<QString>> &values)
{
    if (m_fault)
        return {};
    auto rows = m_session.query(sql, values, m_token);
    if (rows)
        return *std::move(rows);
    m_fault = rows.error();
    return {};
}

void SharedMeasureTables::expect(const QStringList &numbers)
{
    const auto rows = ask("SELECT m.number, m.version, m.removed, m.body, (SELECT jsonb_agg(r.report ORDER BY r.id) "
                          "FROM hanseatlas.measure_reports r WHERE r.number = m.number) FROM hanseatlas.measures m "
                          "WHERE m.number IN (SELECT jsonb_array_elements_text($1::jsonb))",
                          {jsonText(QJsonArray::fromStringList(numbers))});
    for (const auto &number : numbers)
        m_known.insert(number, {}); // also those that are not there
    for (int i = 0; i < rows.count(); ++i) {
        auto &one = m_known[rows.text(i, 0)];
        one.row.version = rows.number(i, 1);
        if (rows.text(i, 2) != "t"_L1)
            one.row.json = jsonValue(rows, i, 3).toObject();
        one.reports = jsonValue(rows, i, 4).toArray();
    }
}

SharedMeasureTables::Known &SharedMeasureTables::known(const QString &number)
{
    if (!m_known.contains(number))
        expect({number});
    return m_known[number];
}

MeasureRow SharedMeasureTables::row(const QString &number)
{
    const auto &one = known(number);
    auto row = one.row;
    if (!row.json.isEmpty() && !one.reports.isEmpty())
        row.json["reports"_L1] = one.reports;
    return row;
}

void SharedMeasureTables::writeRow(const QString &number, const QJsonObject &json, qint64 version)
{
    auto &one = known(number);
    for (const auto &report : json["reports"_L1].toArray()) {
        if (one.reports.contains(report))
            continue;
        one.reports.append(report);
        m_reports.append(QJsonObject{{u"number"_s, number}, {u"report"_s, report}});
    }
    auto body = json;
    body.remove("reports"_L1);
    one.row = {body, version};
    m_rows.append(QJsonObject{{u"number"_s, number},
                              {u"parent"_s, json.value("parent"_L1).toString()},
                              {u"version"_s, version},
                              {u"removed"_s, json.isEmpty()},
                              {u"body"_s, body}});
}

qint64 SharedMeasureTables::beginChange(const ChangeNote &note)
{
    const auto rows =
        ask("INSERT INTO hanseatlas.measure_changes (person, at, occasion) VALUES ($1, $2, $3) RETURNING id",
            {note.person, note.at.toUTC().toString(Qt::ISODateWithMs), note.occasion});
    return rows.count() == 1 ? rows.number(0, 0) : 0;
}

void SharedMeasureTables::writeHistory(qint64 change, const MeasureChange &made, qint64 version)
{
    for (const auto &field : made.fields) {
        QJsonObject one{{u"change"_s, change},
                        {u"number"_s, made.number},
                        {u"version"_s, version},
                        {u"kind"_s, int(made.kind)},
                        {u"field"_s, field.field}};
        if (!field.before.isUndefined())
            one[u"before"_s] = field.before;
        if (!field.after.isUndefined())
            one[u"after"_s] = field.after;
        m_history.append(one);
    }
}

void SharedMeasureTables::flush()
{
    // The newest state of a row that was written several times; the history has them all.
    QHash<QString, QJsonValue> newest;
    for (const auto &row : std::exchange(m_rows, {}))
        newest.insert(row["number"_L1].toString(), row);
    QJsonArray rows;
    for (const auto &row : std::as_const(newest))
        rows.append(row);
    if (!rows.isEmpty())
        ask("INSERT INTO hanseatlas.measures (number, parent, version, removed, body) "
            "SELECT x.number, x.parent, x.version, x.removed, x.body FROM jsonb_to_recordset($1::jsonb) "
            "AS x (number text, parent text, version bigint, removed boolean, body jsonb) "
            "ON CONFLICT (number) DO UPDATE SET parent = excluded.parent, version = excluded.version, "
            "removed = excluded.removed, body = excluded.body",
            {jsonText(rows)});
    if (const auto reports = std::exchange(m_reports, {}); !reports.isEmpty())
        ask("INSERT INTO hanseatlas.measure_reports (number, report) "
            "SELECT e->>'number', e->'report' FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS t (e, n) "
            "ORDER BY n",
            {jsonText(reports)});
    if (const auto history = std::exchange(m_history, {}); !history.isEmpty())
        ask("INSERT INTO hanseatlas.measure_history (change, number, version, kind, field, before, after) "
            "SELECT (e->>'change')::bigint, e->>'number', (e->>'version')::bigint, (e->>'kind')::integer, e->>'field', "
            "e->'before', e->'after' FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS t (e, n) ORDER BY n",
            {jsonText(history)});
}

QJsonObject SharedMeasureTables::at(const QString &number, const QJsonObject &now, qint64 version)
{
    flush(); // what this save has changed already stands in the history too
    auto json = now;
    const auto rows = ask("SELECT field, before FROM hanseatlas.measure_history WHERE number = $1 AND version > $2 "
                          "ORDER BY id DESC",
                          {number, QString::number(version)});
    for (int i = 0; i < rows.count(); ++i)
        undoField(json, rows.text(i, 0), jsonValue(rows, i, 1));
    return json;
}

QHash<QString, QString> SharedMeasureTables::parents()
{
    flush();
    QHash<QString, QString> parents;
    const auto rows = ask("SELECT number, parent FROM hanseatlas.measures WHERE NOT removed", {});
    for (int i = 0; i < rows.count(); ++i)
        parents.insert(rows.text(i, 0), rows.text(i, 1));
    return parents;
}

std::optional<Error> SharedMeasureTables::takeError()
{
    const auto fault = std::exchange(m_fault, {});
    return fault ? std::optional(sharedStoreError(*fault, m_session.login())) : std::nullopt;
}

} // namespace hanseatlas
