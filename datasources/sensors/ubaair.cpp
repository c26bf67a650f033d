// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/ubaair.h"

#include "datasources/sensors/answerbuilder.h"
#include "datasources/sensors/ucum.h"
#include "layers/observations/observationtexts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int deepestIndices = 6;
constexpr qsizetype mostTableRows = 10'000;

QTimeZone winterTime()
{
    return QTimeZone::fromSecondsAheadOfUtc(3600);
}

Result<QJsonObject> rootOf(const QByteArray &bytes)
{
    const auto document = readSensorJson(bytes);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->object();
    if (root.contains("indices"_L1))
        return root;
    const auto said = readText(root.value("message"_L1), 300);
    return said.isEmpty()
        ? failure(ErrorKind::Malformed, ObservationTexts::tr("The answer holds no air data of the Umweltbundesamt."))
        : failure(ErrorKind::Network, ObservationTexts::tr("The Umweltbundesamt refuses: %1").arg(said));
}

/** Where each column stands. "indices" is a list, or nested as deep as the data: then its innermost list counts. */
class Columns
{
public:
    explicit Columns(QJsonValue indices)
    {
        for (int depth = 0; indices.isObject() && depth < deepestIndices; ++depth) {
            const auto object = indices.toObject();
            indices = object.isEmpty() ? QJsonValue() : *object.begin();
        }
        for (const auto &entry : indices.toArray())
            m_names.append(entry.toString().toLower());
    }
    QJsonValue of(const QJsonArray &row, QLatin1StringView name) const
    {
        const auto at = m_names.indexOf(name);
        return at < 0 ? QJsonValue(QJsonValue::Undefined) : row.at(at);
    }
    bool has(QLatin1StringView name) const { return m_names.contains(name); }

private:
    QStringList m_names;
};

Result<void> needColumns(const Columns &columns, std::initializer_list<QLatin1StringView> names)
{
    for (const auto name : names)
        if (!columns.has(name))
            return failure(ErrorKind::Malformed,
                           ObservationTexts::tr("The air data of the Umweltbundesamt lack the column “%1”.").arg(name));
    return {};
}

/** Rows beside "count", "indices" and "request", or below "data". */
QList<QJsonArray> rowsOf(const QJsonObject &root)
{
    QList<QJsonArray> rows;
    const auto table = root.value("data"_L1).isObject() ? root.value("data"_L1).toObject() : root;
    for (auto it = table.begin(); it != table.end() && rows.size() < mostTableRows; ++it)
        if (it.key() != "indices"_L1 && it.value().isArray())
            rows.append(it.value().toArray());
    return rows;
}

QString seriesId(const QString &station, const QString &component, const QString &scope)
{
    return u"%1/%2/%3"_s.arg(station, component, scope);
}

Datastream seriesOf(const QString &id, const QString &componentId, const QString &scopeId, const UbaTables &tables)
{
    const auto component = tables.components.value(componentId);
    const auto scope = tables.scopes.value(scopeId);
    Datastream stream{.id = id,
                      .name = component.name.isEmpty() ? component.code : component.name,
                      .property = component.code.isEmpty() ? componentId : component.code,
                      .unit = ucumOf(component.unitSymbol),
                      .unitSymbol = component.unitSymbol,
                      .interval = scope.interval};
    if (!scope.name.isEmpty())
        stream.name += u" – "_s + scope.name;
    return stream;
}

/** The name of the source's times: "2026-11-24" and an hour from 1 to 24. */
void addTime(QString &query, QLatin1StringView which, std::int64_t ms)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(ms, winterTime());
    const auto hour = time.time().hour();
    const auto date = hour == 0 ? time.date().addDays(-1) : time.date();
    query += u"&date_%1=%2&time_%1=%3"_s.arg(which, date.toString(Qt::ISODate)).arg(hour == 0 ? 24 : hour);
}

/** Gathers the series of each station while their values are read. */
class MeasureReader
{
public:
    MeasureReader(const UbaTables &tables, const Columns &columns, const ReadingRules &rules)
        : m_tables(tables)
        , m_columns(columns)
        , m_builder(rules)
    {
    }

    void station(const QString &id, const QJsonObject &rows)
    {
        for (auto it = rows.begin(); it != rows.end(); ++it)
            row(id, it.key(), it.value().toArray());
    }
    SensorAnswer take()
    {
        for (auto &thing : m_things)
            m_builder.add(std::move(thing));
        return m_builder.take();
    }

private:
    void row(const QString &station, const QString &start, const QJsonArray &row);

    const UbaTables &m_tables;
    const Columns &m_columns;
    AnswerBuilder m_builder;
    QMap<QString, Thing> m_things;
};

void MeasureReader::row(const QString &station, const QString &start, const QJsonArray &row)
{
    const auto component = readId(m_columns.of(row, "component id"_L1));
    const auto scope = readId(m_columns.of(row, "scope id"_L1));
    if (component.isEmpty() || scope.isEmpty() || station.size() > longestSensorId) {
        m_builder.faults().add(Fault::BrokenMessage);
        return;
    }
    const auto id = seriesId(station, component, scope);
    auto &thing = m_things[station];
    thing.id = station;
    if (std::ranges::none_of(thing.datastreams, [&](const auto &stream) { return stream.id == id; }))
        thing.datastreams.append(seriesOf(id, component, scope, m_tables));
    const auto value = readNumber(m_columns.of(row, "value"_L1), m_builder.faults());
    if (!value)
        return;
    FaultTally uncounted; // each row has two times, but one fault
    const auto from = readInstant(start, m_builder.rules(), uncounted);
    const auto end = readTime(m_columns.of(row, "date end"_L1), m_builder.rules(), m_builder.faults());
    if (end)
        m_builder.observe(id, Observation{.at = end->at, .from = from.value_or(end->at), .value = *value});
}

} // namespace

QUrl ubaTableUrl(const QUrl &root, const QString &table)
{
    auto url = root;
    url.setPath(root.path() + u'/' + table + u"/json"_s);
    url.setQuery(u"lang=de&index=id"_s);
    return url;
}

QUrl ubaMeasuresUrl(const QUrl &root, const QString &station, int component, int scope, std::int64_t from,
                    std::int64_t until)
{
    auto url = root;
    url.setPath(root.path() + u"/measures/json"_s);
    auto query = u"station=%1&component=%2&scope=%3"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(station)))
                     .arg(component)
                     .arg(scope);
    addTime(query, "from"_L1, from);
    addTime(query, "to"_L1, until);
    url.setQuery(query);
    return url;
}

Result<QHash<QString, UbaComponent>> parseUbaComponents(const QByteArray &bytes)
{
    const auto root = rootOf(bytes);
    if (!root)
        return std::unexpected(root.error());
    const Columns columns(root->value("indices"_L1));
    if (const auto fine = needColumns(columns, {"component id"_L1, "component code"_L1}); !fine)
        return std::unexpected(fine.error());
    QHash<QString, UbaComponent> components;
    for (const auto &row : rowsOf(*root))
        if (const auto id = readId(columns.of(row, "component id"_L1)); !id.isEmpty())
            components.insert(id,
                              {.code = readText(columns.of(row, "component code"_L1), 100),
                               .name = readText(columns.of(row, "component name"_L1), 500),
                               .unitSymbol = readText(columns.of(row, "component unit"_L1), 100)});
    return components;
}

Result<QHash<QString, UbaScope>> parseUbaScopes(const QByteArray &bytes)
{
    const auto root = rootOf(bytes);
    if (!root)
        return std::unexpected(root.error());
    const Columns columns(root->value("indices"_L1));
    if (const auto fine = needColumns(columns, {"scope id"_L1, "scope name"_L1}); !fine)
        return std::unexpected(fine.error());
    QHash<QString, UbaScope> scopes;
    constexpr double longest = 366. * 86400;
    for (const auto &row : rowsOf(*root)) {
        FaultTally uncounted;
        const auto seconds = readNumber(columns.of(row, "scope time base in seconds"_L1), uncounted).value_or(0);
        if (const auto id = readId(columns.of(row, "scope id"_L1)); !id.isEmpty())
            scopes.insert(id,
                          {.name = readText(columns.of(row, "scope name"_L1), 500),
                           .interval = seconds > 0 && seconds <= longest ? std::int64_t(seconds * 1000) : 0});
    }
    return scopes;
}

Result<SensorAnswer> parseUbaStations(const QByteArray &bytes, const ReadingRules &rules)
{
    const auto root = rootOf(bytes);
    if (!root)
        return std::unexpected(root.error());
    const Columns columns(root->value("indices"_L1));
    if (const auto fine = needColumns(columns, {"station id"_L1, "station longitude"_L1, "station latitude"_L1}); !fine)
        return std::unexpected(fine.error());
    AnswerBuilder builder(rules);
    auto local = rules;
    local.zone = winterTime();
    for (const auto &row : rowsOf(*root)) {
        FaultTally uncounted; // dates of opening need no zone
        const auto closed = readInstant(columns.of(row, "station active to"_L1), local, uncounted);
        if (closed && *closed < rules.now)
            continue;
        Thing thing{.id = readId(columns.of(row, "station id"_L1)),
                    .name = readText(columns.of(row, "station name"_L1)),
                    .kind = readText(columns.of(row, "station type name"_L1), 200),
                    .position = readPlace(columns.of(row, "station longitude"_L1),
                                          columns.of(row, "station latitude"_L1), rules, builder.faults())};
        for (const auto key : {"station code"_L1, "station city"_L1, "station setting name"_L1, "network name"_L1})
            if (const auto text = readText(columns.of(row, key), 500); !text.isEmpty())
                thing.properties.insert(key, text);
        builder.add(std::move(thing));
    }
    return builder.take();
}

Result<SensorAnswer> parseUbaMeasures(const QByteArray &bytes, const UbaTables &tables, ReadingRules rules)
{
    const auto root = rootOf(bytes);
    if (!root)
        return std::unexpected(root.error());
    rules.zone = winterTime();
    const Columns columns(root->value("indices"_L1));
    if (const auto fine = needColumns(columns, {"component id"_L1, "scope id"_L1, "value"_L1, "date end"_L1}); !fine)
        return std::unexpected(fine.error());
    MeasureReader reader(tables, columns, rules);
    const auto data = root->value("data"_L1).toObject();
    for (auto it = data.begin(); it != data.end(); ++it)
        reader.station(it.key(), it.value().toObject());
    return reader.take();
}

} // namespace hanseatlas
