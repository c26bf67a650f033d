// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplancatalogue.h"

#include <QColor>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Result<QJsonObject> object(const QByteArray &bytes, const QString &name)
{
    QJsonParseError error;
    const auto json = QJsonDocument::fromJson(bytes, &error);
    if (!json.isObject())
        return failure(
            ErrorKind::Internal,
            QCoreApplication::translate("XplanCatalogue", "The program's own data “%1” cannot be read.").arg(name), {},
            error.errorString());
    return json.object();
}

QSet<QString> toSet(const QJsonValue &array)
{
    QSet<QString> values;
    for (const auto &item : array.toArray())
        values.insert(item.toString());
    return values;
}

LabelForm formFrom(const QString &name)
{
    if (name == "short"_L1)
        return LabelForm::Short;
    if (name == "text"_L1)
        return LabelForm::Text;
    return name == "roman"_L1 ? LabelForm::Roman : LabelForm::Plain;
}

QString kindKey(GeometryKind kind)
{
    return kind == GeometryKind::Point ? u"point"_s : kind == GeometryKind::Line ? u"line"_s : u"area"_s;
}

/** "BP_VerEntsorgung" → "Ver Entsorgung": better than nothing for a class that nobody told us of. */
QString wordsOf(const QString &type)
{
    static const QRegularExpression border(u"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])"_s);
    auto name = type.section(u'_', 1);
    return name.isEmpty() ? type : name.replace(border, u" "_s);
}

/** A class with a colour but without a style for this kind of geometry. */
QJsonObject plainStyle(const QString &title, const QString &color, GeometryKind kind)
{
    QJsonObject symbol;
    const QJsonObject edge{{u"color"_s, QColor(color).darker(135).name()}, {u"width"_s, 0.12}};
    if (kind == GeometryKind::Polygon) {
        symbol[u"fills"_s] = QJsonArray{QJsonObject{{u"color"_s, color}}};
        symbol[u"strokes"_s] = QJsonArray{edge};
    } else if (kind == GeometryKind::Line) {
        symbol[u"strokes"_s] = QJsonArray{QJsonObject{{u"color"_s, color}, {u"width"_s, 0.45}}};
    } else {
        symbol[u"markers"_s] = QJsonArray{QJsonObject{{u"shape"_s, u"circle"_s}, {u"size"_s, 2.0}, {u"fill"_s, color}}};
    }
    return {{u"kind"_s, u"single"_s},
            {u"classes"_s, QJsonArray{QJsonObject{{u"title"_s, title}, {u"symbol"_s, symbol}}}}};
}

std::vector<LabelPart> partsFrom(const QJsonArray &array)
{
    std::vector<LabelPart> parts;
    for (const auto &value : array) {
        const auto json = value.toObject();
        LabelPart part{.otherwise = json["else"_L1].toString(),
                       .form = formFrom(json["as"_L1].toString()),
                       .prefix = json["prefix"_L1].toString(),
                       .suffix = json["suffix"_L1].toString()};
        if (json.contains("field"_L1))
            part.fields.append(json["field"_L1].toString());
        for (const auto &field : json["fields"_L1].toArray())
            part.fields.append(field.toString());
        parts.push_back(std::move(part));
    }
    return parts;
}

/** One symbol for the layer: its line in the legend bears the layer's title. */
QJsonObject titled(QJsonObject style, const QString &title)
{
    auto classes = style[u"classes"_s].toArray();
    if (style[u"kind"_s] != u"single"_s || classes.size() != 1)
        return style;
    auto only = classes[0].toObject();
    only[u"title"_s] = title;
    classes[0] = only;
    style[u"classes"_s] = classes;
    return style;
}

} // namespace

Result<XplanCatalogue> XplanCatalogue::fromJson(const QByteArray &planzv, const QByteArray &codes)
{
    const auto symbols = object(planzv, u"planzv.json"_s);
    const auto texts = object(codes, u"codes.json"_s);
    if (!symbols || !texts)
        return std::unexpected(symbols ? texts.error() : symbols.error());
    XplanCatalogue catalogue;
    catalogue.m_classes = (*symbols)["classes"_L1].toObject();
    catalogue.m_styles = (*symbols)["styles"_L1].toObject();
    catalogue.m_special = (*symbols)["special"_L1].toObject();
    catalogue.m_fallback = (*symbols)["fallback"_L1].toObject();
    catalogue.m_below = (*symbols)["below"_L1].toObject();
    catalogue.m_above = (*symbols)["above"_L1].toObject();
    catalogue.m_labels = (*symbols)["labels"_L1].toObject();
    for (auto it = catalogue.m_labels.begin(); it != catalogue.m_labels.end(); ++it)
        catalogue.m_parts.insert(it.key(), partsFrom(it.value().toObject()["parts"_L1].toArray()));
    catalogue.m_presentation = (*symbols)["presentation"_L1].toObject();
    catalogue.m_derive = (*symbols)["derive"_L1].toObject();
    catalogue.m_inForce = toSet((*symbols)["inForce"_L1]);
    catalogue.m_seamless = toSet((*symbols)["seamlessAreas"_L1]);
    catalogue.m_lists = (*texts)["lists"_L1].toObject();
    catalogue.m_short = (*texts)["short"_L1].toObject();
    catalogue.m_properties = (*texts)["properties"_L1].toObject();
    catalogue.m_titles = (*texts)["titles"_L1].toObject();
    return catalogue;
}

XplanCatalogue XplanCatalogue::shipped()
{
    QFile planzv(u":/planzv/planzv.json"_s), codes(u":/planzv/codes.json"_s);
    if (!planzv.open(QIODevice::ReadOnly) || !codes.open(QIODevice::ReadOnly))
        return {};
    return fromJson(planzv.readAll(), codes.readAll()).value_or(XplanCatalogue());
}

QString XplanCatalogue::listOf(const QString &type, const QString &path, const QString &version) const
{
    const QString keys[] = {type + u'.' + path, type.section(u'_', 0, 0) + u'.' + path, path};
    for (const auto &key : keys) {
        const auto value = m_properties[key];
        if (value.isString())
            return value.toString();
        if (value.isObject())
            return value.toObject()[version.first(std::min<qsizetype>(1, version.size()))].toString();
    }
    return {};
}

QString XplanCatalogue::text(const QString &list, const QString &code) const
{
    return list.isEmpty() ? QString() : m_lists[list].toObject()[code].toString();
}

QString XplanCatalogue::shortText(const QString &list, const QString &code) const
{
    return list.isEmpty() ? QString() : m_short[list].toObject()[code].toString();
}

QString XplanCatalogue::fieldTitle(const QString &field) const
{
    return m_titles[field].toString();
}

XplanClass XplanCatalogue::classOf(const QString &type) const
{
    const auto entry = m_classes[type].toObject();
    if (entry.isEmpty())
        return {.title = wordsOf(type), .rank = m_fallback["rank"_L1].toInt()};
    return {.known = true,
            .title = entry["title"_L1].toString(),
            .rank = entry["rank"_L1].toInt(),
            .labelName = entry["label"_L1].toString()};
}

QJsonObject XplanCatalogue::style(const QString &type, GeometryKind kind, int level) const
{
    const auto known = classOf(type);
    const auto entry = m_classes[type].toObject();
    const auto key = kindKey(kind);
    auto style = level < 0 ? m_below[key] : entry[key];
    if (style.isUndefined() && entry.contains("color"_L1))
        style = plainStyle(known.title, entry["color"_L1].toString(), kind);
    if (style.isUndefined())
        style = m_fallback[key];
    auto json = style.isString() ? m_styles[style.toString()].toObject() : style.toObject();
    if (json.isEmpty())
        json = plainStyle(known.title, u"#8f8a80"_s, kind);
    if (!known.known || level < 0)
        json = titled(json, known.title);
    const auto label = m_labels[known.labelName].toObject();
    if (!label.isEmpty()) {
        auto look = label["style"_L1].toObject();
        look[u"field"_s] = u"beschriftung"_s;
        json[u"label"_s] = look;
    }
    return json;
}

QString XplanCatalogue::levelTitle(const QString &title, int level) const
{
    const auto pattern = (level < 0 ? m_below : m_above)["title"_L1].toString(u"%1"_s);
    return level == 0 ? title : pattern.arg(title);
}

QString XplanCatalogue::specialTitle(const QString &name) const
{
    return m_special[name].toObject()["title"_L1].toString(name);
}

QJsonObject XplanCatalogue::specialStyle(const QString &name) const
{
    return m_special[name].toObject()["style"_L1].toObject();
}

LabelForm XplanCatalogue::presentationForm(const QString &property) const
{
    return formFrom(m_presentation["as"_L1].toObject()[property].toString());
}

QString XplanCatalogue::presentationPrefix(const QString &property) const
{
    return m_presentation["prefix"_L1].toObject()[property].toString();
}

QStringList XplanCatalogue::derivedFields(const QString &type) const
{
    QStringList fields;
    for (auto it = m_derive.begin(); it != m_derive.end(); ++it)
        if (it.value().toObject()["of"_L1].toArray().contains(type))
            fields.append(it.key());
    return fields;
}

QString XplanCatalogue::derivedValue(const QString &field, const QHash<QString, QString> &values) const
{
    for (const auto &source : m_derive[field].toObject()["from"_L1].toArray()) {
        const auto json = source.toObject();
        const auto found = json["map"_L1].toObject()[values.value(json["field"_L1].toString())].toString();
        if (!found.isEmpty())
            return found;
    }
    return {};
}

} // namespace hanseatlas
