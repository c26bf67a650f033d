// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/sensorcommunity.h"

#include "datasources/sensors/answerbuilder.h"
#include "layers/observations/observationtexts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostValues = 100; ///< in one message of one sensor

struct Quantity {
    QLatin1StringView type;
    QLatin1StringView property;
    QLatin1StringView unit;
    QStringView symbol;
    double end = 0; ///< what the usual sensor sends when it is blind; 0 = nothing known
};

constexpr Quantity quantities[] = {
    {"P0"_L1, "PM1"_L1, "ug/m3"_L1, u"µg/m³"},
    {"P1"_L1, "PM10"_L1, "ug/m3"_L1, u"µg/m³", 1999.9},
    {"P2"_L1, "PM2.5"_L1, "ug/m3"_L1, u"µg/m³", 999.9},
    {"P4"_L1, "PM4"_L1, "ug/m3"_L1, u"µg/m³"},
    {"temperature"_L1, "temperature"_L1, "Cel"_L1, u"°C"},
    {"humidity"_L1, "humidity"_L1, "%"_L1, u"%"},
    {"pressure"_L1, "pressure"_L1, "Pa"_L1, u"Pa"},
    {"pressure_at_sealevel"_L1, "pressure at sea level"_L1, "Pa"_L1, u"Pa"},
    {"noise_LAeq"_L1, "LAeq"_L1, "dB[A]"_L1, u"dB(A)"},
    {"noise_LA_min"_L1, "LAmin"_L1, "dB[A]"_L1, u"dB(A)"},
    {"noise_LA_max"_L1, "LAmax"_L1, "dB[A]"_L1, u"dB(A)"},
};

const Quantity *quantityOf(const QString &type)
{
    const auto *found = std::ranges::find_if(quantities, [&](const auto &known) { return type == known.type; });
    return found == std::end(quantities) ? nullptr : found;
}

class CommunityReader
{
public:
    explicit CommunityReader(const ReadingRules &rules)
        : m_builder(rules)
    {
    }
    void record(const QJsonObject &object);
    SensorAnswer take()
    {
        for (auto &thing : m_things)
            m_builder.add(std::move(thing));
        return m_builder.take();
    }

private:
    void locate(Thing &thing, const QJsonObject &location);
    void value(Thing &thing, const QString &sensor, const QJsonObject &object, const QJsonValue &time);

    AnswerBuilder m_builder;
    QMap<QString, Thing> m_things;
};

void CommunityReader::locate(Thing &thing, const QJsonObject &location)
{
    thing.name = u"sensor.community %1"_s.arg(thing.id);
    FaultTally uncounted;
    const bool indoor = readNumber(location.value("indoor"_L1), uncounted).value_or(0) != 0;
    if (indoor)
        thing.properties.insert(u"indoor"_s, u"true"_s);
    else
        thing.position = readPlace(location.value("longitude"_L1), location.value("latitude"_L1), m_builder.rules(),
                                   m_builder.faults());
    for (const auto key : {"altitude"_L1, "country"_L1})
        if (const auto text = readText(location.value(key), 100); !text.isEmpty())
            thing.properties.insert(key, text);
}

void CommunityReader::record(const QJsonObject &object)
{
    const auto sensor = object.value("sensor"_L1).toObject();
    const auto sensorId = readId(sensor.value("id"_L1));
    const auto location = object.value("location"_L1).toObject();
    const auto id = readId(location.value("id"_L1));
    if (sensorId.isEmpty() || id.isEmpty()) {
        m_builder.faults().add(Fault::BrokenMessage);
        return;
    }
    auto &thing = m_things[id];
    if (thing.id.isEmpty()) {
        thing.id = id;
        locate(thing, location);
    }
    const auto model = readText(sensor.value("sensor_type"_L1).toObject().value("name"_L1), 100);
    thing.properties.insert(u"sensor."_s + sensorId, model);
    const auto values = object.value("sensordatavalues"_L1).toArray();
    for (qsizetype i = 0; i < std::min(values.size(), mostValues); ++i)
        value(thing, sensorId, values.at(i).toObject(), object.value("timestamp"_L1));
}

void CommunityReader::value(Thing &thing, const QString &sensor, const QJsonObject &object, const QJsonValue &time)
{
    const auto type = readText(object.value("value_type"_L1), 100);
    if (type.isEmpty()) {
        m_builder.faults().add(Fault::BrokenMessage);
        return;
    }
    const auto id = sensor + u'/' + type;
    const auto *known = quantityOf(type);
    if (std::ranges::none_of(thing.datastreams, [&](const auto &stream) { return stream.id == id; }))
        thing.datastreams.append({.id = id,
                                  .name = known ? QString(known->property) : type,
                                  .property = known ? QString(known->property) : type,
                                  .unit = known ? QString(known->unit) : QString(),
                                  .unitSymbol = known ? known->symbol.toString() : QString()});
    FaultTally uncounted;
    const auto number = readNumber(object.value("value"_L1), uncounted).value_or(0);
    const bool blind = known && known->end > 0 && number >= known->end;
    m_builder.observe(id, object.value("value"_L1), time, blind ? Quality::Doubtful : Quality::Unchecked);
}

} // namespace

QUrl sensorCommunityUrl(const QUrl &root, double longitude, double latitude, double kilometres)
{
    auto url = root;
    const auto number = [](double value) { return QString::number(value, 'f', 4); };
    url.setPath(root.path() + u"/filter/area=%1,%2,%3"_s.arg(number(latitude), number(longitude), number(kilometres)));
    return url;
}

Result<SensorAnswer> parseSensorCommunity(const QByteArray &bytes, ReadingRules rules)
{
    const auto document = readSensorJson(bytes);
    if (!document)
        return std::unexpected(document.error());
    if (!document->isArray())
        return failure(ErrorKind::Malformed, ObservationTexts::tr("The answer is none of sensor.community."));
    rules.zone = QTimeZone(QTimeZone::UTC);
    CommunityReader reader(rules);
    for (const auto &entry : document->array())
        reader.record(entry.toObject());
    return reader.take();
}

} // namespace hanseatlas
