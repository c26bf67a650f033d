// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/measurecells.h"
#include "datasources/files/gdalsetup.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cmath>
#include <cpl_conv.h>
#include <memory>
#include <ogr_api.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Geometry = std::unique_ptr<void, decltype([](void *g) { OGR_G_DestroyGeometry(g); })>;
using Cell = std::expected<QJsonValue, QString>;

constexpr auto wholeCity = "ganze Stadt"_L1;
constexpr auto districtWord = "Stadtteil "_L1;

QString germanName(QLatin1StringView key)
{
    static const QHash<QString, QString> names{{u"number"_s, u"Nummer"_s},
                                               {u"title"_s, u"Titel"_s},
                                               {u"description"_s, u"Beschreibung"_s},
                                               {u"field"_s, u"Themenfeld"_s},
                                               {u"parent"_s, u"Teil von"_s},
                                               {u"lead"_s, u"Federführung"_s},
                                               {u"partners"_s, u"Beteiligte"_s},
                                               {u"concepts"_s, u"Konzepte"_s},
                                               {u"resolutions"_s, u"Beschlüsse"_s},
                                               {u"class"_s, u"Klasse"_s},
                                               {u"goals"_s, u"Ziele"_s},
                                               {u"dimensions"_s, u"Dimensionen"_s},
                                               {u"governance"_s, u"Governance-Stufen"_s},
                                               {u"phase"_s, u"Phase"_s},
                                               {u"progress"_s, u"Fortschritt (%)"_s},
                                               {u"start"_s, u"Beginn"_s},
                                               {u"end"_s, u"Ende"_s},
                                               {u"milestones"_s, u"Meilensteine und Aufgaben"_s},
                                               {u"budget"_s, u"Budget (EUR)"_s},
                                               {u"funding"_s, u"Förderung"_s},
                                               {u"risks"_s, u"Risiken"_s},
                                               {u"links"_s, u"Verweise"_s},
                                               {u"place"_s, u"Ort"_s},
                                               {u"reports"_s, u"Statusmeldungen"_s},
                                               {u"attachments"_s, u"Anlagen"_s}};
    return names.value(key, key);
}

QString listText(const QStringList &entries)
{
    QStringList escaped;
    for (auto entry : entries)
        escaped.append(entry.replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s));
    return escaped.join(u" | "_s);
}

QStringList listOf(const QString &text)
{
    QStringList entries(1);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size())
            entries.last() += text[++i];
        else if (text[i] == u'|')
            entries.append(QString());
        else
            entries.last() += text[i];
    }
    for (auto &entry : entries)
        entry = entry.trimmed();
    entries.removeAll(QString());
    return entries;
}

QString weightsText(const QJsonObject &weights)
{
    QStringList entries;
    for (auto it = weights.begin(); it != weights.end(); ++it)
        entries.append(u"%1=%2"_s.arg(it.key(), QString::number(it->toDouble(), 'g', QLocale::FloatingPointShortest)));
    return listText(entries);
}

QString placeText(const QJsonValue &place)
{
    const auto kind = place["kind"_L1].toString();
    if (kind == "city"_L1)
        return wholeCity;
    if (kind == "district"_L1)
        return districtWord + place["district"_L1].toString();
    return wktOf(QByteArray::fromHex(place["wkb"_L1].toString().toLatin1()));
}

Cell wholeValue(const QString &text, const MeasureField &field, const StrategyFacts &facts)
{
    if (field.key == QByteArray("field")) {
        for (const auto &topic : facts.fields) {
            if (text.compare(topic.title, Qt::CaseInsensitive) == 0)
                return topic.number;
        }
    }
    auto plain = text;
    const auto value = numberOfCell(plain.remove(u'%'));
    if (!value || *value != std::round(*value) || std::abs(*value) > 1e9)
        return std::unexpected(MeasureTexts::tr("“%1” is no whole number.").arg(text.left(40)));
    return int(*value);
}

Cell moneyValue(const QString &text)
{
    const auto value = numberOfCell(text);
    if (!value || std::abs(*value) > 1e12)
        return std::unexpected(MeasureTexts::tr("“%1” is no amount of money.").arg(text.left(40)));
    return qint64(std::llround(*value * 100));
}

Cell dateValue(const QString &text)
{
    if (const auto day = dayOfCell(text); day.isValid())
        return day.toString(Qt::ISODate);
    return std::unexpected(MeasureTexts::tr("“%1” is no day, such as 31.12.2026 or 2026-12-31.").arg(text.left(40)));
}

Cell weightsValue(const QString &text)
{
    QJsonObject weights;
    for (const auto &entry : listOf(text)) {
        const auto weight = entry.contains(u'=') ? numberOfCell(entry.section(u'=', -1)) : std::optional(1.0);
        if (!weight)
            return std::unexpected(MeasureTexts::tr("“%1” is no weight, such as O1=2.").arg(entry.left(40)));
        weights[entry.section(u'=', 0, 0).trimmed()] = *weight;
    }
    return weights;
}

Cell phaseValue(const QString &text)
{
    for (int i = 0; i < phaseCount; ++i) {
        const auto phase = MeasurePhase(i);
        if (text.compare(phaseKey(phase), Qt::CaseInsensitive) == 0
            || text.compare(phaseTitle(phase), Qt::CaseInsensitive) == 0)
            return i == 0 ? QJsonValue(QJsonValue::Undefined) : QJsonValue(phaseKey(phase));
    }
    return std::unexpected(MeasureTexts::tr("“%1” is no phase of a measure.").arg(text.left(40)));
}

Cell placeValue(const QString &text)
{
    if (text.compare(wholeCity, Qt::CaseInsensitive) == 0)
        return QJsonObject{{u"kind"_s, u"city"_s}};
    if (text.startsWith(districtWord, Qt::CaseInsensitive))
        return QJsonObject{{u"kind"_s, u"district"_s}, {u"district"_s, text.sliced(districtWord.size()).trimmed()}};
    const auto wkb = wkbOf(text);
    if (wkb.isEmpty())
        return std::unexpected(MeasureTexts::tr("“%1” is no place: “ganze Stadt”, “Stadtteil …” or a geometry as WKT.")
                                   .arg(text.left(40)));
    return QJsonObject{{u"kind"_s, u"geometry"_s}, {u"wkb"_s, QString::fromLatin1(wkb.toHex())}};
}

QString textValue(const QString &text, const MeasureField &field, const StrategyFacts &facts)
{
    if (field.key == QByteArray("class")) {
        for (const auto &topic : facts.classes) {
            if (text.compare(topic.title, Qt::CaseInsensitive) == 0)
                return topic.id;
        }
    }
    return text;
}

} // namespace

QString columnName(const MeasureField &field)
{
    return germanName(QLatin1StringView(field.key));
}

const MeasureField *fieldOfColumn(const QString &name)
{
    const auto wanted = name.simplified();
    for (const auto &field : measureFields()) {
        for (const auto &known : {QString::fromLatin1(field.key), columnName(field), fieldTitle(field)}) {
            if (wanted.compare(known, Qt::CaseInsensitive) == 0)
                return &field;
        }
    }
    return nullptr;
}

QString cellText(const QJsonValue &value, const MeasureField &field)
{
    if (value.isUndefined())
        return {};
    switch (field.cell) {
    case CellKind::Whole:
        return QString::number(value.toInteger());
    case CellKind::Money: {
        const auto cents = value.toInteger();
        return u"%1%2.%3"_s.arg(cents < 0 ? u"-"_s : QString())
            .arg(std::abs(cents) / 100)
            .arg(std::abs(cents) % 100, 2, 10, QChar(u'0'));
    }
    case CellKind::List:
        return listText(value.toVariant().toStringList());
    case CellKind::Weights:
        return weightsText(value.toObject());
    case CellKind::Place:
        return placeText(value);
    case CellKind::Json:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    default:
        return value.toString();
    }
}

Cell cellValue(const QString &written, const MeasureField &field, const StrategyFacts &facts)
{
    const auto text = written.trimmed();
    if (text.isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    switch (field.cell) {
    case CellKind::Text:
        return textValue(text, field, facts);
    case CellKind::Whole:
        return wholeValue(text, field, facts);
    case CellKind::Money:
        return moneyValue(text);
    case CellKind::Date:
        return dateValue(text);
    case CellKind::List:
        return QJsonArray::fromStringList(listOf(text));
    case CellKind::Weights:
        return weightsValue(text);
    case CellKind::Phase:
        return phaseValue(text);
    case CellKind::Place:
        return placeValue(text);
    case CellKind::Json:
        break;
    }
    const auto json = QJsonDocument::fromJson(text.toUtf8());
    if (!json.isArray())
        return std::unexpected(MeasureTexts::tr("The cell does not hold a list as this program writes it."));
    return json.array().isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(json.array());
}

QString wktOf(const QByteArray &wkb)
{
    const GdalErrors errors;
    OGRGeometryH raw = nullptr;
    if (OGR_G_CreateFromWkbEx(wkb.constData(), nullptr, &raw, std::size_t(wkb.size())) != OGRERR_NONE)
        return {};
    const Geometry geometry(raw);
    char *text = nullptr;
    OGR_G_ExportToIsoWkt(geometry.get(), &text);
    const auto wkt = QString::fromLatin1(text);
    CPLFree(text);
    return wkt;
}

QByteArray wkbOf(const QString &wkt)
{
    const GdalErrors errors;
    auto bytes = wkt.toLatin1();
    char *rest = bytes.data();
    OGRGeometryH raw = nullptr;
    if (OGR_G_CreateFromWkt(&rest, nullptr, &raw) != OGRERR_NONE)
        return {};
    const Geometry geometry(raw);
    QByteArray wkb(qsizetype(OGR_G_WkbSizeEx(raw)), '\0');
    OGR_G_ExportToIsoWkb(raw, wkbNDR, reinterpret_cast<unsigned char *>(wkb.data()));
    return wkb;
}

} // namespace hanseatlas
