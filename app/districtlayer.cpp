// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/districtlayer.h"

#include "widgets/look/look.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct DistrictTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::DistrictTexts)
};

constexpr std::size_t mostAreas = 1000;
constexpr auto valueField = "wert"_L1;

/** Which column has the names; -1: none. */
qsizetype nameColumn(const QList<Field> &fields)
{
    for (const auto &known : {u"name"_s, u"stadtteil"_s, u"stadtteilname"_s, u"bezeichnung"_s, u"gebiet"_s}) {
        for (qsizetype i = 0; i < fields.size(); ++i) {
            if (fields[i].name.compare(known, Qt::CaseInsensitive) == 0)
                return i;
        }
    }
    const auto text = std::ranges::find(fields, FieldType::Text, &Field::type);
    return text == fields.end() ? -1 : text - fields.begin();
}

QJsonArray ringOf(std::span<const PointXY> points)
{
    QJsonArray ring;
    for (const auto &point : points)
        ring.append(QJsonArray{point.x, point.y});
    return ring;
}

QJsonObject geometryOf(const Geometry &shape)
{
    auto starts = shape.partStarts;
    if (starts.empty())
        starts.push_back(0);
    QJsonArray polygons;
    for (std::size_t part = 0; part < starts.size(); ++part) {
        const auto end = part + 1 < starts.size() ? starts[part + 1] : std::uint32_t(shape.ringCount());
        QJsonArray rings;
        for (auto ring = starts[part]; ring < end; ++ring)
            rings.append(ringOf(shape.ring(ring)));
        polygons.append(rings);
    }
    return {{u"type"_s, u"MultiPolygon"_s}, {u"coordinates"_s, polygons}};
}

/** From light to strong; calm enough to lie over a map. */
QColor colourOf(int number)
{
    constexpr QRgb ramp[EvenClasses::count] = {0xffe3edf2, 0xffb9d3df, 0xff84b2c8, 0xff4a8dab, 0xff1f6585};
    return QColor::fromRgb(ramp[number]);
}

} // namespace

Result<std::vector<DistrictArea>> readDistricts(const SourceOpener &opener, const SourceRef &ref, CancelToken token)
{
    const auto opened = opener.open(ref, token);
    if (!opened)
        return std::unexpected(opened.error());
    const auto *held = std::get_if<std::shared_ptr<const FeatureSource>>(&*opened);
    if (!held)
        return failure(ErrorKind::Unsupported, DistrictTexts::tr("This layer has no areas."));
    const auto column = nameColumn((*held)->description().fields);
    std::vector<DistrictArea> areas;
    const auto take = [&](Feature &feature) {
        if (feature.geometry.kind == GeometryKind::Polygon && !feature.geometry.isEmpty() && column >= 0
            && column < feature.values.size())
            areas.push_back({feature.values[column].toString(), std::move(feature.geometry)});
        return areas.size() < mostAreas;
    };
    if (const auto status = (*held)->stream({.crs = Crs::working()}, take, token); !status)
        return std::unexpected(status.error());
    if (areas.empty())
        return failure(ErrorKind::Invalid, DistrictTexts::tr("This layer has no areas with names."));
    return areas;
}

SourceRef districtSource(const QString &settingsFile, bool demo)
{
    const QSettings file(settingsFile, QSettings::IniFormat);
    const auto json = file.value(districtSetting).toByteArray();
    const auto ref = SourceRef::fromJson(QJsonDocument::fromJson(json).object());
    return ref.location.isEmpty() && demo ? SourceRef{.location = u"demo:city.gpkg"_s, .layer = u"stadtteile"_s} : ref;
}

QList<DistrictShape> shapesOf(const std::vector<DistrictArea> &areas)
{
    constexpr double finest = 25; // metres: less than a pixel of the small map
    QList<DistrictShape> shapes;
    for (const auto &area : areas) {
        DistrictShape shape{area.name, {}};
        shape.outline.setFillRule(Qt::OddEvenFill);
        for (std::size_t i = 0; i < area.shape.ringCount(); ++i) {
            const auto ring = area.shape.ring(i);
            QPolygonF polygon;
            for (const auto &point : ring) {
                const QPointF here(point.x, point.y);
                if (polygon.isEmpty() || (here - polygon.last()).manhattanLength() >= finest)
                    polygon.append(here);
            }
            if (polygon.size() > 2)
                shape.outline.addPolygon(polygon);
        }
        shape.outline.closeSubpath();
        shapes.append(shape);
    }
    return shapes;
}

Status writeDistricts(const QString &path, const std::vector<DistrictArea> &areas, const DistrictScores &scores)
{
    QJsonArray features;
    for (const auto &area : areas) {
        const auto value = std::ranges::find(scores.values, area.name, &DistrictValue::name);
        const bool known = value != scores.values.end() && value->value;
        QJsonObject properties{{u"name"_s, area.name},
                               {valueField, known ? QJsonValue(*value->value) : QJsonValue()},
                               {u"erläuterung"_s, value != scores.values.end() ? value->text : QString()}};
        features.append(QJsonObject{
            {u"type"_s, u"Feature"_s}, {u"properties"_s, properties}, {u"geometry"_s, geometryOf(area.shape)}});
    }
    const QJsonObject crs{{u"type"_s, u"name"_s},
                          {u"properties"_s, QJsonObject{{u"name"_s, u"urn:ogc:def:crs:EPSG::25832"_s}}}};
    const QJsonObject all{{u"type"_s, u"FeatureCollection"_s}, {u"crs"_s, crs}, {u"features"_s, features}};
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(all).toJson(QJsonDocument::Compact)) > 0
        && file.commit())
        return {};
    return failure(ErrorKind::Storage,
                   DistrictTexts::tr("“%1” could not be written.").arg(QDir::toNativeSeparators(path)),
                   DistrictTexts::tr("See whether the folder has room and may be written."), file.errorString());
}

LayerNode districtNode(const QString &path, const DistrictScores &scores)
{
    Layer layer{.id = QUuid::createUuid(), .title = scores.title, .source = {.location = path}};
    layer.opacity = 0.75;
    layer.provenance = {.source = scores.source,
                        .licence = scores.licence,
                        .dataTime = QDateTime::currentDateTimeUtc(),
                        .demo = scores.demo};
    auto &style = layer.style;
    style.kind = Style::Kind::Graduated;
    style.field = valueField;
    const Stroke edge{.color = Qt::white, .width = 0.35};
    const auto classes = EvenClasses::of(scores.values);
    for (int i = 0; i < EvenClasses::count; ++i) {
        const double lower = classes.lower(i), upper = classes.lower(i + 1);
        const auto text = [](double value) { return QLocale().toString(value, 'g', 4); };
        StyleClass one{.title = DistrictTexts::tr("%1 to %2 %3").arg(text(lower), text(upper), scores.unit).trimmed(),
                       .symbol = {.fills = {{.color = colourOf(i)}}, .strokes = {edge}}};
        if (i > 0)
            one.lower = lower; // the outer classes take what lies beyond
        if (i + 1 < EvenClasses::count)
            one.upper = upper;
        style.classes.push_back(one);
    }
    style.otherwise =
        Symbol{.fills = {{.color = QColor(150, 150, 150), .pattern = Fill::Pattern::Backward}}, .strokes = {edge}};
    style.otherwiseTitle = DistrictTexts::tr("no data");
    style.label.field = u"name"_s;
    LayerNode node;
    node.layer = std::move(layer);
    return node;
}

} // namespace hanseatlas
