// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/sensorthings.h"

#include "datasources/sensors/answerbuilder.h"
#include "datasources/sensors/ucum.h"
#include "layers/observations/observationtexts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostResults = 100; ///< in one Observation of a MultiDatastream
constexpr auto multi = "multi:"_L1;

/** As it stands in addresses; "" where it is none. */
QString literalOf(const QJsonValue &id)
{
    const auto text = readId(id);
    return !id.isString() || text.isEmpty() ? text : u'\'' + QString(text).replace(u'\'', u"''"_s) + u'\'';
}

QString multiId(const QString &literal)
{
    return literal.isEmpty() ? QString() : multi + literal;
}

QString partOf(const QString &multiStream, qsizetype part)
{
    return multiStream.isEmpty() ? QString() : multiStream + u':' + QString::number(part);
}

/** "multi:12:0" → "multi:12" */
QString wholeOf(const QString &stream)
{
    return stream.startsWith(multi) ? stream.left(stream.lastIndexOf(u':')) : stream;
}

/** "…/Datastreams('a-b')/Observations" → "'a-b'"; of a MultiDatastream "multi:…" */
QString streamIn(const QString &address)
{
    static const QRegularExpression pattern(u"(Multi)?Datastreams\\(((?:'(?:[^']|'')*'|[^()'/]+))\\)"_s);
    const auto match = pattern.match(address.left(2 * longestSensorId));
    return match.captured(1).isEmpty() ? match.captured(2) : multiId(match.captured(2));
}

/** "Datastreams(12)" or "MultiDatastreams(12)" */
QString entityOf(const QString &stream)
{
    const auto whole = wholeOf(stream);
    return whole.startsWith(multi) ? u"MultiDatastreams(%1)"_s.arg(whole.sliced(multi.size()))
                                   : u"Datastreams(%1)"_s.arg(whole);
}

/** Encodes what OData writes plainly in its queries but addresses may not hold; `path` is encoded already. */
QUrl address(const QUrl &root, const QString &path, const QList<std::pair<QString, QString>> &options)
{
    auto url = root;
    auto base = root.path(QUrl::FullyEncoded);
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + u'/' + path, QUrl::TolerantMode);
    auto query = root.query(QUrl::FullyEncoded); // keys that the user's address came with
    for (const auto &[name, value] : options)
        query += (query.isEmpty() ? u""_s : u"&"_s) + name + u'='
            + QString::fromLatin1(QUrl::toPercentEncoding(value, "()',;=$/:@"));
    url.setQuery(query, QUrl::StrictMode);
    url.setFragment({});
    return url;
}

constexpr auto latestExpanded = "Observations($select=phenomenonTime,resultTime,result,resultQuality;"
                                "$orderby=phenomenonTime desc;$top=1)"_L1;

/** Path behind the version: "/FROST/v1.1/Things" → "/FROST/v1.1/", "Things" */
std::pair<QString, QString> atVersion(const QString &path)
{
    static const QRegularExpression version(u"^(.*/v\\d+\\.\\d+/)(.*)$"_s);
    const auto match = version.match(path);
    return match.hasMatch() ? std::pair(match.captured(1), match.captured(2)) : std::pair(QString(), path);
}

/** The address of a further page, on the server that was asked; "" where it is none. */
QString pageLink(const QJsonValue &written, const QUrl &asked)
{
    constexpr qsizetype longestLink = 8000;
    const auto text = written.toString();
    if (text.isEmpty() || text.size() > longestLink)
        return {};
    const auto link = asked.resolved(QUrl(text, QUrl::TolerantMode));
    if (!link.isValid() || (link.scheme() != "http"_L1 && link.scheme() != "https"_L1))
        return {};
    auto url = asked;
    const auto [ourRoot, ourRest] = atVersion(asked.path(QUrl::FullyEncoded));
    const auto [theirRoot, theirRest] = atVersion(link.path(QUrl::FullyEncoded));
    const bool graft = !ourRoot.isEmpty() && !theirRoot.isEmpty();
    if (!graft && link.host() != asked.host())
        return {};
    url.setPath(graft ? ourRoot + theirRest : link.path(QUrl::FullyEncoded), QUrl::TolerantMode);
    url.setQuery(link.query(QUrl::FullyEncoded), QUrl::StrictMode);
    return url == asked ? QString() : url.toString(QUrl::FullyEncoded); // else we would turn in a circle
}

struct UnitWords {
    QString code;
    QString symbol;
};

/** The symbol first, "C" and null say nothing, then the name, then the definition. */
UnitWords unitIn(const QJsonObject &unit)
{
    const auto symbol = readText(unit.value("symbol"_L1), 100);
    for (const auto key : {"symbol"_L1, "name"_L1, "definition"_L1})
        if (const auto code = ucumOf(readText(unit.value(key), 200)); !code.isEmpty())
            return {code, symbol};
    return {{}, symbol};
}

QString propertyIn(const QJsonObject &observedProperty)
{
    const auto name = readText(observedProperty.value("name"_L1));
    return name.isEmpty() ? readText(observedProperty.value("definition"_L1)) : name;
}

class PageReader
{
public:
    PageReader(const QUrl &asked, const ReadingRules &rules)
        : m_builder(rules)
        , m_asked(asked)
    {
    }

    void thing(const QJsonObject &object);
    void datastream(Thing &thing, const QJsonObject &object);
    void multiDatastream(Thing &thing, const QJsonObject &object);
    void observations(const QString &stream, const QJsonArray &list);
    void observation(const QString &stream, const QJsonObject &object);
    void dataArray(const QJsonObject &object, const QString &stream);
    void add(Thing thing) { m_builder.add(std::move(thing)); }

    SensorThingsPage take(const QJsonObject &root)
    {
        m_page.answer = m_builder.take();
        m_page.answer.next = pageLink(root.value("@iot.nextLink"_L1), m_asked);
        if (m_page.answer.next.isEmpty()) // OData 4.01 and version 2 of the standard
            m_page.answer.next = pageLink(root.value("@nextLink"_L1), m_asked);
        m_page.total = root.value("@iot.count"_L1).toInteger(-1);
        return std::move(m_page);
    }

private:
    void result(const QString &stream, const QJsonValue &value, const QJsonValue &time, Quality quality);
    void moreOf(QHash<QString, QString> &links, const QString &id, const QJsonObject &object, QLatin1StringView key)
    {
        if (const auto link = pageLink(object.value(key), m_asked); !link.isEmpty() && !id.isEmpty())
            links.insert(id, link);
    }

    AnswerBuilder m_builder;
    QUrl m_asked;
    SensorThingsPage m_page;
};

/** Of the first Location that has one, else of what a Datastream observes. */
std::optional<QPointF> placeOf(const QJsonObject &thing, AnswerBuilder &builder)
{
    QJsonArray places;
    for (const auto &entry : thing.value("Locations"_L1).toArray())
        places.append(entry.toObject().value("location"_L1));
    for (const auto &entry : thing.value("Datastreams"_L1).toArray())
        places.append(entry.toObject().value("observedArea"_L1));
    for (const auto &entry : std::as_const(places)) {
        FaultTally faults;
        const auto place = readGeometry(entry, builder.rules(), faults);
        if (!place)
            continue;
        builder.faults().add(Fault::SwappedAxes, faults.of(Fault::SwappedAxes));
        return place;
    }
    builder.faults().add(Fault::NoPlace);
    return std::nullopt;
}

void PageReader::thing(const QJsonObject &object)
{
    Thing thing{.id = literalOf(object.value("@iot.id"_L1)), // the selfLink may name another one
                .name = readText(object.value("name"_L1)),
                .description = readText(object.value("description"_L1))};
    if (thing.id.isEmpty()) {
        m_builder.faults().add(Fault::BrokenMessage);
        return;
    }
    addProperties(thing.properties, object.value("properties"_L1).toObject());
    thing.position = placeOf(object, m_builder);
    for (const auto &entry : object.value("Datastreams"_L1).toArray())
        datastream(thing, entry.toObject());
    for (const auto &entry : object.value("MultiDatastreams"_L1).toArray())
        multiDatastream(thing, entry.toObject());
    moreOf(m_page.moreDatastreams, thing.id, object, "Datastreams@iot.nextLink"_L1);
    m_builder.add(std::move(thing));
}

void PageReader::datastream(Thing &thing, const QJsonObject &object)
{
    const auto id = literalOf(object.value("@iot.id"_L1));
    if (id.isEmpty()) {
        m_builder.faults().add(Fault::BrokenMessage);
        return;
    }
    const auto unit = unitIn(object.value("unitOfMeasurement"_L1).toObject());
    Datastream stream{.id = id,
                      .name = readText(object.value("name"_L1)),
                      .property = propertyIn(object.value("ObservedProperty"_L1).toObject()),
                      .unit = unit.code,
                      .unitSymbol = unit.symbol};
    if (stream.property.isEmpty())
        stream.property = stream.name;
    thing.datastreams.append(std::move(stream));
    observations(id, object.value("Observations"_L1).toArray());
    moreOf(m_page.moreObservations, id, object, "Observations@iot.nextLink"_L1);
}

void PageReader::multiDatastream(Thing &thing, const QJsonObject &object)
{
    const auto id = multiId(literalOf(object.value("@iot.id"_L1)));
    if (id.isEmpty()) {
        m_builder.faults().add(Fault::BrokenMessage);
        return;
    }
    const auto units = object.value("unitOfMeasurements"_L1).toArray();
    const auto properties = object.value("ObservedProperties"_L1).toArray();
    const auto name = readText(object.value("name"_L1));
    for (qsizetype i = 0; i < std::min(std::max(units.size(), properties.size()), mostResults); ++i) {
        const auto unit = unitIn(units.at(i).toObject());
        const auto property = propertyIn(properties.at(i).toObject());
        thing.datastreams.append({.id = partOf(id, i),
                                  .name = property.isEmpty() ? name : u"%1: %2"_s.arg(name, property),
                                  .property = property.isEmpty() ? name : property,
                                  .unit = unit.code,
                                  .unitSymbol = unit.symbol});
    }
    observations(id, object.value("Observations"_L1).toArray());
    moreOf(m_page.moreObservations, id, object, "Observations@iot.nextLink"_L1);
}

void PageReader::observations(const QString &stream, const QJsonArray &list)
{
    for (const auto &entry : list)
        observation(stream, entry.toObject());
}

void PageReader::observation(const QString &stream, const QJsonObject &object)
{
    auto time = object.value("phenomenonTime"_L1);
    if (time.isNull() || time.isUndefined())
        time = object.value("resultTime"_L1);
    result(stream, object.value("result"_L1), time, readQuality(object.value("resultQuality"_L1)));
}

void PageReader::result(const QString &stream, const QJsonValue &value, const QJsonValue &time, Quality quality)
{
    if (!stream.startsWith(multi)) {
        m_builder.observe(stream, value, time, quality);
        return;
    }
    if (!value.isArray()) {
        m_builder.faults().add(Fault::NotANumber);
        return;
    }
    const auto results = value.toArray();
    for (qsizetype i = 0; i < std::min(results.size(), mostResults); ++i)
        m_builder.observe(partOf(stream, i), results.at(i), time, quality);
}

void PageReader::dataArray(const QJsonObject &object, const QString &stream)
{
    auto named = streamIn(object.value("Datastream@iot.navigationLink"_L1).toString());
    if (named.isEmpty())
        named = streamIn(object.value("MultiDatastream@iot.navigationLink"_L1).toString());
    if (named.isEmpty()) // a deep insert names it so
        named = literalOf(object.value("Datastream"_L1).toObject().value("@iot.id"_L1));
    QStringList components;
    for (const auto &entry : object.value("components"_L1).toArray())
        components.append(entry.toString());
    const auto at = components.indexOf("phenomenonTime"_L1);
    const auto resultAt = components.indexOf("resultTime"_L1);
    const auto value = components.indexOf("result"_L1);
    const auto quality = components.indexOf("resultQuality"_L1);
    for (const auto &entry : object.value("dataArray"_L1).toArray()) {
        const auto row = entry.toArray();
        auto time = at < 0 ? QJsonValue() : row.at(at);
        if (!time.isString() && resultAt >= 0)
            time = row.at(resultAt);
        result(named.isEmpty() ? stream : named, value < 0 ? QJsonValue() : row.at(value), time,
               quality < 0 ? Quality::Unchecked : readQuality(row.at(quality)));
    }
}

/** The members of an answer with a list "value"; refusals in the words of the server. */
Result<QJsonObject> rootOf(const QByteArray &bytes)
{
    const auto document = readSensorJson(bytes);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->object();
    if (root.value("value"_L1).isArray())
        return root;
    const auto said = readText(root.value("message"_L1), 300);
    return said.isEmpty()
        ? failure(ErrorKind::Malformed, ObservationTexts::tr("The answer is none of a SensorThings service."))
        : failure(ErrorKind::Network, ObservationTexts::tr("The SensorThings service refuses: %1").arg(said));
}

QString expansionOf(const SensorThingsQuery &query)
{
    const auto latest = query.latest ? u","_s + latestExpanded : QString();
    auto expanded =
        u"Locations($select=location),Datastreams($expand=ObservedProperty($select=name,definition)%1)"_s.arg(latest);
    if (query.multiDatastreams)
        expanded += u",MultiDatastreams($expand=ObservedProperties($select=name,definition)%1)"_s.arg(latest);
    return expanded;
}

QString filterOf(const SensorThingsQuery &query)
{
    if (!query.region)
        return query.filter;
    const auto corner = [](double x, double y) {
        return QString::number(x, 'f', 6) + u' ' + QString::number(y, 'f', 6);
    };
    const auto &box = *query.region;
    const QStringList ring{corner(box.left(), box.top()), corner(box.right(), box.top()),
                           corner(box.right(), box.bottom()), corner(box.left(), box.bottom()),
                           corner(box.left(), box.top())};
    const auto within = u"st_within(Locations/location,geography'POLYGON((%1))')"_s.arg(ring.join(u','));
    return query.filter.isEmpty() ? within : u"(%1) and %2"_s.arg(query.filter, within);
}

QString instant(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC).toString(Qt::ISODateWithMs);
}

} // namespace

QUrl sensorThingsUrl(const QUrl &root, const SensorThingsQuery &query)
{
    QList<std::pair<QString, QString>> options;
    if (const auto filter = filterOf(query); !filter.isEmpty())
        options.append({u"$filter"_s, filter});
    options.append({u"$expand"_s, expansionOf(query)});
    options.append({u"$top"_s, QString::number(std::clamp(query.page, 1, 1000))});
    options.append({u"$count"_s, u"true"_s});
    return address(root, u"Things"_s, options);
}

QList<QUrl> sensorThingsLatestUrls(const QUrl &root, const QStringList &streams)
{
    QStringList plain;
    QStringList several;
    for (const auto &stream : streams) {
        auto &list = stream.startsWith(multi) ? several : plain;
        const auto id = stream.startsWith(multi) ? wholeOf(stream).sliced(multi.size()) : stream;
        if (!id.isEmpty() && !list.contains(id)) // the parts of a MultiDatastream come together
            list.append(id);
    }
    QList<QUrl> urls;
    for (const auto &[path, list] : {std::pair(u"Datastreams"_s, plain), std::pair(u"MultiDatastreams"_s, several)})
        for (qsizetype i = 0; i < list.size(); i += datastreamsInBatch) {
            const auto batch = list.mid(i, datastreamsInBatch);
            urls.append(address(root, path,
                                {{u"$filter"_s, u"id eq "_s + batch.join(u" or id eq "_s)},
                                 {u"$select"_s, u"id"_s},
                                 {u"$expand"_s, latestExpanded},
                                 {u"$top"_s, QString::number(batch.size())}}));
        }
    return urls;
}

QUrl sensorThingsHistoryUrl(const QUrl &root, const QString &stream, std::int64_t from, std::int64_t until, int page,
                            bool compact)
{
    QList<std::pair<QString, QString>> options{
        {u"$filter"_s, u"phenomenonTime ge %1 and phenomenonTime lt %2"_s.arg(instant(from), instant(until))},
        {u"$select"_s, u"phenomenonTime,resultTime,result,resultQuality"_s},
        {u"$orderby"_s, u"phenomenonTime asc"_s},
        {u"$top"_s, QString::number(std::clamp(page, 1, 10'000))}};
    if (compact)
        options.append({u"$resultFormat"_s, u"dataArray"_s});
    const auto entity = QString::fromLatin1(QUrl::toPercentEncoding(entityOf(stream), "()'"));
    return address(root, entity + u"/Observations"_s, options);
}

QStringList sensorThingsTopics(const QStringList &streams, const QString &version)
{
    QStringList topics;
    for (const auto &stream : streams)
        topics.append(u"%1/%2/Observations"_s.arg(version, entityOf(stream)));
    topics.removeDuplicates();
    return topics;
}

Result<SensorThingsPage> parseSensorThings(const QByteArray &bytes, const QUrl &asked, const ReadingRules &rules)
{
    return rootOf(bytes).transform([&](const QJsonObject &root) {
        PageReader reader(asked, rules);
        for (const auto &entry : root.value("value"_L1).toArray())
            reader.thing(entry.toObject());
        return reader.take(root);
    });
}

Result<SensorThingsPage> parseSensorThingsDatastreams(const QByteArray &bytes, const QUrl &asked, const Thing &owner,
                                                      const ReadingRules &rules)
{
    return rootOf(bytes).transform([&](const QJsonObject &root) {
        PageReader reader(asked, rules);
        auto thing = owner;
        for (const auto &entry : root.value("value"_L1).toArray()) {
            const auto object = entry.toObject();
            const bool several = object.contains("unitOfMeasurements"_L1) || object.contains("ObservedProperties"_L1)
                || asked.path().endsWith("MultiDatastreams"_L1); // $select=id leaves nothing else to tell
            several ? reader.multiDatastream(thing, object) : reader.datastream(thing, object);
        }
        if (!thing.id.isEmpty())
            reader.add(thing);
        return reader.take(root);
    });
}

Result<SensorAnswer> parseSensorThingsObservations(const QByteArray &bytes, const QUrl &asked, const QString &stream,
                                                   const ReadingRules &rules)
{
    return rootOf(bytes).transform([&](const QJsonObject &root) {
        PageReader reader(asked, rules);
        for (const auto &entry : root.value("value"_L1).toArray()) {
            const auto object = entry.toObject();
            if (object.contains("dataArray"_L1))
                reader.dataArray(object, wholeOf(stream));
            else
                reader.observation(wholeOf(stream), object);
        }
        return reader.take(root).answer;
    });
}

Result<SensorAnswer> parseSensorThingsMessage(const QByteArray &payload, const QString &topic,
                                              const ReadingRules &rules)
{
    const auto document = readSensorJson(payload);
    if (!document)
        return std::unexpected(document.error());
    const auto object = document->object();
    auto stream = streamIn(topic);
    if (stream.isEmpty())
        stream = literalOf(object.value("Datastream"_L1).toObject().value("@iot.id"_L1));
    if (stream.isEmpty())
        stream = multiId(literalOf(object.value("MultiDatastream"_L1).toObject().value("@iot.id"_L1)));
    for (const auto key : {"Datastream@iot.navigationLink"_L1, "MultiDatastream@iot.navigationLink"_L1})
        if (stream.isEmpty())
            stream = streamIn(object.value(key).toString());
    if (stream.isEmpty() || !object.contains("result"_L1))
        return failure(ErrorKind::Malformed, ObservationTexts::tr("The message is no SensorThings observation."));
    PageReader reader({}, rules);
    reader.observation(stream, object);
    return reader.take({}).answer;
}

} // namespace hanseatlas
