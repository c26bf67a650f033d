// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/pegelonline.h"

#include "datasources/sensors/answerbuilder.h"
#include "datasources/sensors/ucum.h"
#include "layers/observations/observationtexts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostReferences = 100; ///< of one series
constexpr double mostMinutes = 366. * 24 * 60; ///< between two values

QUrl below(const QUrl &root, const QString &path)
{
    auto url = root;
    auto base = root.path(QUrl::FullyEncoded);
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + u'/' + path, QUrl::TolerantMode);
    url.setFragment({});
    return url;
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

/** Old values and those with a remark are shown, but not believed. */
Quality qualityOf(const QJsonObject &measurement)
{
    for (const auto key : {"stateMnwMhw"_L1, "stateNswHsw"_L1}) {
        const auto state = measurement.value(key).toString();
        if (state == "commented"_L1 || state == "out-dated"_L1)
            return Quality::Doubtful;
    }
    return Quality::Unchecked; // raw data, as the operator says
}

/** MHW, MNW … in the unit of the series; those in another dimension are no lines in its chart. */
QList<ReferenceValue> referencesOf(const QJsonObject &series, const Datastream &stream, FaultTally &faults)
{
    QList<ReferenceValue> references;
    for (const auto &entry : series.value("characteristicValues"_L1).toArray()) {
        if (references.size() >= mostReferences)
            break;
        const auto object = entry.toObject();
        auto value = readNumber(object.value("value"_L1), faults);
        const auto unit = ucumOf(readText(object.value("unit"_L1), 100));
        if (value && !unit.isEmpty() && unit != stream.unit) {
            faults.add(Fault::UnitChanged);
            value = convertUnit(*value, unit, stream.unit);
        }
        if (value)
            references.append({.name = readText(object.value("shortname"_L1), 200), .value = *value});
    }
    return references;
}

void readSeries(const QJsonObject &series, Thing &thing, AnswerBuilder &builder)
{
    const auto name = readText(series.value("shortname"_L1), 100);
    if (name.isEmpty() || thing.id.isEmpty()) {
        builder.faults().add(Fault::BrokenMessage);
        return;
    }
    Datastream stream{.id = thing.id + u'/' + name,
                      .name = readText(series.value("longname"_L1)),
                      .property = name,
                      .unitSymbol = readText(series.value("unit"_L1), 100)};
    stream.unit = name == "PH"_L1 ? u"[pH]"_s : ucumOf(stream.unitSymbol);
    const auto minutes = series.value("equidistance"_L1).toDouble();
    stream.interval = minutes > 0 && minutes < mostMinutes ? std::int64_t(minutes * 60'000) : 0;
    stream.references = referencesOf(series, stream, builder.faults());
    if (const auto zero = series.value("gaugeZero"_L1).toObject(); !zero.isEmpty())
        thing.properties.insert(
            u"gaugeZero."_s + name,
            u"%1 %2"_s.arg(readText(zero.value("value"_L1), 50), readText(zero.value("unit"_L1), 50)));
    if (const auto latest = series.value("currentMeasurement"_L1).toObject(); !latest.isEmpty())
        builder.observe(stream.id, latest.value("value"_L1), latest.value("timestamp"_L1), qualityOf(latest));
    thing.datastreams.append(std::move(stream));
}

void readStation(const QJsonObject &object, AnswerBuilder &builder)
{
    Thing thing{
        .id = readId(object.value("uuid"_L1)), .name = readText(object.value("longname"_L1)), .kind = u"gauge"_s};
    if (thing.name.isEmpty())
        thing.name = readText(object.value("shortname"_L1));
    thing.position =
        readPlace(object.value("longitude"_L1), object.value("latitude"_L1), builder.rules(), builder.faults());
    for (const auto key : {"number"_L1, "km"_L1, "agency"_L1})
        if (const auto text = readText(object.value(key), 200); !text.isEmpty())
            thing.properties.insert(key, text);
    if (const auto water = readText(object.value("water"_L1).toObject().value("longname"_L1), 200); !water.isEmpty())
        thing.properties.insert(u"water"_s, water);
    const auto series = object.value("timeseries"_L1).toArray();
    for (qsizetype i = 0; i < std::min(series.size(), mostDatastreams); ++i)
        readSeries(series.at(i).toObject(), thing, builder);
    builder.add(std::move(thing));
}

/** Refusals come as {"status": 404, "message": …}. */
Result<QJsonArray> listIn(const QByteArray &bytes)
{
    const auto document = readSensorJson(bytes);
    if (!document)
        return std::unexpected(document.error());
    if (document->isArray())
        return document->array();
    const auto object = document->object();
    if (object.contains("uuid"_L1))
        return QJsonArray{object};
    const auto said = readText(object.value("message"_L1), 300);
    return said.isEmpty() ? failure(ErrorKind::Malformed, ObservationTexts::tr("The answer is none of PEGELONLINE."))
                          : failure(ErrorKind::Network, ObservationTexts::tr("PEGELONLINE refuses: %1").arg(said));
}

} // namespace

QUrl pegelonlineStationsUrl(const QUrl &root, const QStringList &waters)
{
    auto url = below(root, u"stations.json"_s);
    QUrlQuery query;
    if (!waters.isEmpty())
        query.addQueryItem(u"waters"_s, encoded(waters.join(u',')));
    for (const auto &name : {u"includeTimeseries"_s, u"includeCurrentMeasurement"_s, u"includeCharacteristicValues"_s})
        query.addQueryItem(name, u"true"_s);
    url.setQuery(query);
    return url;
}

QUrl pegelonlineMeasurementsUrl(const QUrl &root, const QString &stream, std::int64_t from, std::int64_t now)
{
    const auto slash = stream.lastIndexOf(u'/');
    auto url = below(
        root,
        u"stations/%1/%2/measurements.json"_s.arg(encoded(stream.left(slash)), encoded(stream.sliced(slash + 1))));
    const auto start = QDateTime::fromMSecsSinceEpoch(std::max(from, now - pegelonlineHistory), QTimeZone::UTC);
    url.setQuery(u"start="_s + start.toString(Qt::ISODate));
    return url;
}

Result<SensorAnswer> parsePegelonlineStations(const QByteArray &bytes, const ReadingRules &rules)
{
    return listIn(bytes).transform([&](const QJsonArray &stations) {
        AnswerBuilder builder(rules);
        for (const auto &station : stations)
            readStation(station.toObject(), builder);
        return builder.take();
    });
}

Result<SensorAnswer> parsePegelonlineMeasurements(const QByteArray &bytes, const QString &stream,
                                                  const ReadingRules &rules)
{
    return listIn(bytes).transform([&](const QJsonArray &measurements) {
        AnswerBuilder builder(rules);
        for (const auto &entry : measurements) {
            const auto object = entry.toObject();
            builder.observe(stream, object.value("value"_L1), object.value("timestamp"_L1), qualityOf(object));
        }
        return builder.take();
    });
}

} // namespace hanseatlas
