// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/mapoptions.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString fieldTypeName(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        return u"text"_s;
    case FieldType::Integer:
        return u"integer"_s;
    case FieldType::Real:
        return u"real"_s;
    case FieldType::Boolean:
        return u"boolean"_s;
    case FieldType::Date:
        return u"date"_s;
    case FieldType::Time:
        return u"time"_s;
    case FieldType::DateTime:
        return u"datetime"_s;
    case FieldType::Binary:
        return u"binary"_s;
    }
    return {};
}

QString kindName(LayerKind kind)
{
    return kind == LayerKind::Vector ? u"vector"_s : kind == LayerKind::Raster ? u"raster"_s : u"table"_s;
}

QJsonValue orNull(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

QJsonArray fieldsToJson(const QList<Field> &fields)
{
    QJsonArray array;
    for (const auto &field : fields) {
        QJsonObject json{{u"name"_s, field.name}, {u"type"_s, fieldTypeName(field.type)}};
        if (!field.title.isEmpty())
            json[u"title"_s] = field.title;
        if (!field.unit.isEmpty())
            json[u"unit"_s] = field.unit;
        array.append(json);
    }
    return array;
}

QJsonObject rasterToJson(const LayerDescription &layer)
{
    const bool counted = !layer.rasterSize.isEmpty(); // a service has no pixels of its own
    return {{u"width"_s, counted ? QJsonValue(layer.rasterSize.width()) : QJsonValue()},
            {u"height"_s, counted ? QJsonValue(layer.rasterSize.height()) : QJsonValue()},
            {u"bands"_s, layer.bands},
            {u"content"_s, layer.rasterKind == RasterKind::Values ? u"values"_s : u"colour"_s},
            {u"noData"_s, orNull(layer.noData)},
            {u"minimum"_s, orNull(layer.minimum)},
            {u"maximum"_s, orNull(layer.maximum)}};
}

QJsonObject toJson(const LayerDescription &layer)
{
    QJsonObject json{{u"name"_s, layer.name}, {u"kind"_s, kindName(layer.kind)}};
    if (!layer.title.isEmpty())
        json[u"title"_s] = layer.title;
    if (!layer.group.isEmpty())
        json[u"group"_s] = layer.group;
    json[u"crs"_s] = layer.crs.isValid() ? QJsonValue(layer.crs.definition()) : QJsonValue(QJsonValue::Null);
    json[u"crsName"_s] = layer.crs.name();
    json[u"crsGuessed"_s] = layer.crsGuessed;
    const auto &box = layer.extent;
    json[u"extent"_s] =
        box.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonArray{box.xMin, box.yMin, box.xMax, box.yMax});
    if (layer.kind == LayerKind::Raster) {
        json[u"raster"_s] = rasterToJson(layer);
    } else {
        json[u"geometryType"_s] = layer.geometryType;
        json[u"featureCount"_s] =
            layer.featureCount < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(layer.featureCount);
        json[u"fields"_s] = fieldsToJson(layer.fields);
    }
    if (!layer.encoding.isEmpty())
        json[u"encoding"_s] = layer.encoding;
    json[u"notes"_s] = QJsonArray::fromStringList(layer.notes);
    if (const auto provenance = layer.provenance.toJson(); !provenance.isEmpty())
        json[u"provenance"_s] = provenance;
    if (!layer.metadata.isEmpty())
        json[u"metadata"_s] = layer.metadata;
    return json;
}

QJsonObject toJson(const SourceDescription &source, const QString &location)
{
    QJsonArray layers;
    for (const auto &layer : source.layers)
        layers.append(toJson(layer));
    return {{u"source"_s, location},
            {u"title"_s, source.title},
            {u"format"_s, source.format},
            {u"notes"_s, QJsonArray::fromStringList(source.notes)},
            {u"layers"_s, layers}};
}

void sayLine(const QString &name, const QString &value)
{
    if (!value.isEmpty())
        say(u"  %1 %2"_s.arg(name, -12).arg(value));
}

void sayLayer(const LayerDescription &layer)
{
    say(QString());
    say(layer.title.isEmpty() || layer.title == layer.name ? layer.name : u"%1 (%2)"_s.arg(layer.title, layer.name));
    if (layer.kind == LayerKind::Raster && layer.rasterSize.isEmpty()) {
        sayLine(CommandLine::tr("raster"), CommandLine::tr("images of a service"));
    } else if (layer.kind == LayerKind::Raster) {
        sayLine(
            CommandLine::tr("raster"),
            u"%1 × %2, %3, %4"_s.arg(layer.rasterSize.width())
                .arg(layer.rasterSize.height())
                .arg(CommandLine::tr("%n bands", nullptr, layer.bands),
                     layer.rasterKind == RasterKind::Values ? CommandLine::tr("values") : CommandLine::tr("colours")));
    } else {
        sayLine(CommandLine::tr("geometry"), layer.geometryType);
        sayLine(CommandLine::tr("features"),
                layer.featureCount < 0 ? CommandLine::tr("not counted") : QString::number(layer.featureCount));
    }
    sayLine(CommandLine::tr("CRS"),
            layer.crs.isValid() ? u"%1 %2%3"_s.arg(layer.crs.id(), layer.crs.name(),
                                                   layer.crsGuessed ? u' ' + CommandLine::tr("(guessed)") : QString())
                                : CommandLine::tr("unknown"));
    const auto &box = layer.extent;
    if (!box.isEmpty())
        sayLine(CommandLine::tr("extent"),
                u"%1, %2, %3, %4"_s.arg(box.xMin, 0, 'f', 3)
                    .arg(box.yMin, 0, 'f', 3)
                    .arg(box.xMax, 0, 'f', 3)
                    .arg(box.yMax, 0, 'f', 3));
    for (const auto &field : layer.fields)
        sayLine(CommandLine::tr("field"), u"%1: %2"_s.arg(field.name, fieldTypeName(field.type)));
    for (const auto &note : layer.notes)
        sayLine(CommandLine::tr("note"), note);
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"json"_s, CommandLine::tr("Print JSON.")});
    parser.addOption({u"crs"_s, CommandLine::tr("Correct the CRS of the source."), u"crs"_s});
    parser.addOption({u"encoding"_s, CommandLine::tr("Correct the encoding of its texts, e.g. ISO-8859-1."),
                      CommandLine::tr("name")});
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    if (parser.positionalArguments().size() != 1)
        return usageError(CommandLine::tr("info wants one source."));
    const auto location = parser.positionalArguments().front();
    const bool isUrl = location.contains("://"_L1) || location.startsWith("/vsi"_L1) || location.startsWith("demo:"_L1);
    auto ref = context.opener.withoutSecrets({.location = isUrl ? location : QFileInfo(location).absoluteFilePath()});
    for (const auto &name : {u"crs"_s, u"encoding"_s}) {
        if (parser.isSet(name))
            ref.options[name] = parser.value(name);
    }
    if (location.startsWith("demo:"_L1)) {
        if (const auto status = ensureDemoCity(context); !status)
            return status;
    }
    const auto source = context.opener.inspect(ref, context.token);
    if (!source)
        return std::unexpected(source.error());
    if (parser.isSet(u"json"_s)) {
        say(QString::fromUtf8(QJsonDocument(toJson(*source, ref.location)).toJson()).trimmed());
        return {};
    }
    say(u"%1: %2, "_s.arg(source->title, source->format)
        + CommandLine::tr("%n layers", nullptr, int(source->layers.size())));
    for (const auto &note : source->notes)
        sayLine(CommandLine::tr("note"), note);
    for (const auto &layer : source->layers)
        sayLayer(layer);
    return {};
}

} // namespace

const Command &infoCommand()
{
    static const Command command{"info",
                                 "SOURCE",
                                 QT_TRANSLATE_NOOP("CommandLine", "Says what a file, folder or archive holds."),
                                 QT_TRANSLATE_NOOP("CommandLine",
                                                   "Layers with geometry type, number of features, CRS, extent, fields "
                                                   "and what had to be guessed or repaired.\n"
                                                   "  hanseatlas info trees.gpkg\n"
                                                   "  hanseatlas info plan.zip --json"),
                                 addOptions,
                                 run};
    return command;
}

} // namespace hanseatlas
