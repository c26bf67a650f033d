// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/gdalvalues.h"

#include <QDateTime>
#include <QStringDecoder>
#include <QTimeZone>

#include <cpl_string.h>
#include <ogr_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

QString textOf(const char *bytes, qsizetype size)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = utf8(QByteArrayView(bytes, size));
    return utf8.hasError() ? QString::fromLatin1(bytes, size) : text;
}

FieldType fieldTypeOf(void *definition)
{
    auto field = static_cast<OGRFieldDefnH>(definition);
    switch (OGR_Fld_GetType(field)) {
    case OFTInteger:
        return OGR_Fld_GetSubType(field) == OFSTBoolean ? FieldType::Boolean : FieldType::Integer;
    case OFTInteger64:
        return FieldType::Integer;
    case OFTReal:
        return FieldType::Real;
    case OFTDate:
        return FieldType::Date;
    case OFTTime:
        return FieldType::Time;
    case OFTDateTime:
        return FieldType::DateTime;
    case OFTBinary:
        return FieldType::Binary;
    default:
        return FieldType::Text;
    }
}

QList<Field> fieldsOf(void *layerDefinition)
{
    auto definition = static_cast<OGRFeatureDefnH>(layerDefinition);
    QList<Field> fields;
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        auto field = OGR_FD_GetFieldDefn(definition, i);
        const auto *name = OGR_Fld_GetNameRef(field), *alias = OGR_Fld_GetAlternativeNameRef(field);
        fields.append(
            {.name = textOf(name, qstrlen(name)), .title = textOf(alias, qstrlen(alias)), .type = fieldTypeOf(field)});
    }
    return fields;
}

namespace
{

QVariant momentOf(OGRFeatureH feature, int field, FieldType type)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    if (!OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone))
        return {};
    const QDate date(year, month, day);
    const auto milliseconds = int(std::lround(double(second) * 1000));
    const auto time = QTime(hour, minute).addMSecs(std::min(milliseconds, 59999));
    if (type == FieldType::Date)
        return date.isValid() ? QVariant(date) : QVariant();
    if (type == FieldType::Time)
        return time;
    if (!date.isValid())
        return {};
    if (zone > 1)
        return QDateTime(date, time, zone == 100 ? QTimeZone(QTimeZone::UTC) : QTimeZone((zone - 100) * 15 * 60));
    return QDateTime(date, time);
}

QString listOf(OGRFeatureH feature, int field, OGRFieldType type)
{
    QStringList parts;
    int count = 0;
    if (type == OFTStringList) {
        auto **texts = OGR_F_GetFieldAsStringList(feature, field);
        for (int i = 0; i < CSLCount(texts); ++i)
            parts.append(textOf(texts[i], qstrlen(texts[i])));
    } else if (type == OFTIntegerList) {
        const auto *numbers = OGR_F_GetFieldAsIntegerList(feature, field, &count);
        for (int i = 0; i < count; ++i)
            parts.append(QString::number(numbers[i]));
    } else if (type == OFTInteger64List) {
        const auto *numbers = OGR_F_GetFieldAsInteger64List(feature, field, &count);
        for (int i = 0; i < count; ++i)
            parts.append(QString::number(numbers[i]));
    } else {
        const auto *numbers = OGR_F_GetFieldAsDoubleList(feature, field, &count);
        for (int i = 0; i < count; ++i)
            parts.append(QString::number(numbers[i], 'g', QLocale::FloatingPointShortest));
    }
    return parts.join(", "_L1);
}

} // namespace

QVariant valueOf(void *handle, int field, FieldType type)
{
    auto feature = static_cast<OGRFeatureH>(handle);
    if (!OGR_F_IsFieldSetAndNotNull(feature, field))
        return {};
    switch (type) {
    case FieldType::Integer:
        return qint64(OGR_F_GetFieldAsInteger64(feature, field));
    case FieldType::Boolean:
        return OGR_F_GetFieldAsInteger(feature, field) != 0;
    case FieldType::Real:
        return OGR_F_GetFieldAsDouble(feature, field);
    case FieldType::Date:
    case FieldType::Time:
    case FieldType::DateTime:
        return momentOf(feature, field, type);
    case FieldType::Binary: {
        int size = 0;
        const auto *bytes = OGR_F_GetFieldAsBinary(feature, field, &size);
        return QByteArray(reinterpret_cast<const char *>(bytes), size);
    }
    case FieldType::Text:
        break;
    }
    const auto ogrType = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
    if (ogrType == OFTStringList || ogrType == OFTIntegerList || ogrType == OFTInteger64List || ogrType == OFTRealList)
        return listOf(feature, field, ogrType);
    const auto *text = OGR_F_GetFieldAsString(feature, field);
    return textOf(text, qstrlen(text));
}

WkbOutcome geometryOf(void *feature, std::uint32_t row, ShapeBuffer &buffer)
{
    auto geometry = OGR_F_GetGeometryRef(static_cast<OGRFeatureH>(feature));
    if (!geometry || OGR_G_IsEmpty(geometry))
        return WkbOutcome::Empty;
    std::vector<std::byte> wkb(OGR_G_WkbSizeEx(geometry));
    if (OGR_G_ExportToIsoWkb(geometry, wkbNDR, reinterpret_cast<unsigned char *>(wkb.data())) != OGRERR_NONE)
        return WkbOutcome::Broken;
    return decodeWkb(wkb, row, buffer);
}

QString geometryTypeName(unsigned code)
{
    const auto type = OGRwkbGeometryType(code);
    const auto flat = OGR_GT_Flatten(type);
    if (flat == wkbNone || flat == wkbUnknown)
        return {};
    auto name = QString::fromLatin1(OGRGeometryTypeToName(flat)).remove(u' ');
    const bool z = OGR_GT_HasZ(type), m = OGR_GT_HasM(type);
    if (z || m)
        name += u' ' + (z ? u"Z"_s : QString()) + (m ? u"M"_s : QString());
    return name;
}

GeometryKind geometryKindOf(unsigned code)
{
    const auto type = OGR_GT_Flatten(OGRwkbGeometryType(code));
    if (type == wkbPoint || type == wkbMultiPoint)
        return GeometryKind::Point;
    if (OGR_GT_IsSubClassOf(type, wkbCurve) || OGR_GT_IsSubClassOf(type, wkbMultiCurve))
        return GeometryKind::Line;
    if (OGR_GT_IsSubClassOf(type, wkbSurface) || OGR_GT_IsSubClassOf(type, wkbMultiSurface))
        return GeometryKind::Polygon;
    return GeometryKind::None;
}

} // namespace hanseatlas
