// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/qmlsymbol.h"

#include "datasources/exchange/qmlstyle.h"
#include "layers/map/renderer.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString capName(Qt::PenCapStyle cap)
{
    return cap == Qt::RoundCap ? u"round"_s : cap == Qt::SquareCap ? u"square"_s : u"flat"_s;
}

QString joinName(Qt::PenJoinStyle join)
{
    return join == Qt::RoundJoin ? u"round"_s : join == Qt::BevelJoin ? u"bevel"_s : u"miter"_s;
}

/** QGIS's own shapes are named and measured a little differently from ours. */
struct QgisShape {
    QString name;
    double size = 1;
    double turn = 0;
};

QgisShape qgisShape(Marker::Shape shape)
{
    switch (shape) {
    case Marker::Shape::Circle:
    case Marker::Shape::Pin:
    case Marker::Shape::Svg:
        break;
    case Marker::Shape::Square:
        return {u"square"_s, 0.886};
    case Marker::Shape::Diamond:
        return {u"diamond"_s, 1.12};
    case Marker::Shape::Triangle:
        return {u"triangle"_s, 1.0};
    case Marker::Shape::Star:
        return {u"star"_s, 1.15};
    case Marker::Shape::Cross:
        return {u"cross_fill"_s};
    case Marker::Shape::X:
        return {u"cross_fill"_s, 1, 45};
    case Marker::Shape::Arrow:
        return {u"arrow"_s, 1.15};
    }
    return {u"circle"_s};
}

/** The drop whose tip is at the place, which QGIS has no shape for. */
QByteArray pinSvg(const Marker &marker)
{
    const auto outline = marker.outline.width > 0 ? marker.outline.color : QColor(Qt::transparent);
    return u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-1.6 -3 3.2 3.2\">"
           "<path d=\"M0 0C-.25-.9-1-.8-1-1.9A1 1 0 0 1 1-1.9C1-.8 .25-.9 0 0Z\" fill=\"%1\" fill-opacity=\"%2\" "
           "stroke=\"%3\" stroke-opacity=\"%4\" stroke-width=\"%5\"/></svg>"_s
               .arg(marker.fill.name(), qmlNumber(marker.fill.alphaF()), outline.name(), qmlNumber(outline.alphaF()),
                    qmlNumber(2 * marker.outline.width / marker.size))
               .toUtf8();
}

} // namespace

QString qmlColor(const QColor &color)
{
    return color.isValid() ? u"%1,%2,%3,%4"_s.arg(color.red()).arg(color.green()).arg(color.blue()).arg(color.alpha())
                           : u"0,0,0,0"_s;
}

QString qmlNumber(double value)
{
    return QString::number(value, 'g', 12);
}

QByteArray markerSvg(const Marker &marker)
{
    auto svg = marker.shape == Marker::Shape::Pin ? pinSvg(marker) : symbolSvg(marker.svg);
    return svg.replace("currentColor", marker.fill.name().toLatin1());
}

void QmlSymbolWriter::open(const QString &type, const QString &name)
{
    m_xml.writeStartElement(u"symbol"_s);
    m_xml.writeAttribute(u"type"_s, type);
    m_xml.writeAttribute(u"name"_s, name);
    m_xml.writeAttribute(u"alpha"_s, u"1"_s);
    m_xml.writeAttribute(u"clip_to_extent"_s, u"1"_s);
    m_xml.writeAttribute(u"force_rhr"_s, u"0"_s);
}

void QmlSymbolWriter::closeElement()
{
    m_xml.writeEndElement();
}

namespace
{

void writeOption(QXmlStreamWriter &xml, const QString &name, const QString &value, const QString &type = u"QString"_s)
{
    xml.writeEmptyElement(u"Option"_s);
    xml.writeAttribute(u"name"_s, name);
    xml.writeAttribute(u"type"_s, type);
    xml.writeAttribute(u"value"_s, value);
}

void openMap(QXmlStreamWriter &xml, const QString &name = {})
{
    xml.writeStartElement(u"Option"_s);
    if (!name.isEmpty())
        xml.writeAttribute(u"name"_s, name);
    xml.writeAttribute(u"type"_s, u"Map"_s);
}

void writeAngle(QXmlStreamWriter &xml, const QString &expression)
{
    xml.writeStartElement(u"data_defined_properties"_s);
    openMap(xml);
    writeOption(xml, u"name"_s, {});
    openMap(xml, u"properties"_s);
    openMap(xml, u"angle"_s);
    writeOption(xml, u"active"_s, u"true"_s, u"bool"_s);
    writeOption(xml, u"expression"_s, expression);
    writeOption(xml, u"type"_s, u"3"_s, u"int"_s);
    xml.writeEndElement();
    xml.writeEndElement();
    writeOption(xml, u"type"_s, u"collection"_s);
    xml.writeEndElement();
    xml.writeEndElement();
}

} // namespace

void QmlSymbolWriter::openLayer(const QString &type, const Options &options, int pass, const QString &angleExpression)
{
    m_xml.writeStartElement(u"layer"_s);
    m_xml.writeAttribute(u"class"_s, type);
    m_xml.writeAttribute(u"enabled"_s, u"1"_s);
    m_xml.writeAttribute(u"locked"_s, u"0"_s);
    m_xml.writeAttribute(u"pass"_s, QString::number(pass));
    openMap(m_xml);
    for (const auto &[name, value] : options.asKeyValueRange())
        writeOption(m_xml, name, value);
    m_xml.writeEndElement();
    if (!angleExpression.isEmpty())
        writeAngle(m_xml, angleExpression);
}

void QmlSymbolWriter::writeLines(const Fill &fill, double angle)
{
    openLayer(u"LinePatternFill"_s,
              {{u"angle"_s, qmlNumber(angle)},
               {u"distance"_s, qmlNumber(fill.spacing)},
               {u"distance_unit"_s, u"MM"_s},
               {u"coordinate_reference"_s, u"viewport"_s}});
    open(u"line"_s, u"@0@0"_s);
    writeStroke({.color = fill.color, .width = fill.width}, GeometryKind::Line, 0);
    close();
    closeElement();
}

void QmlSymbolWriter::writeDots(const Fill &fill)
{
    const auto distance = qmlNumber(fill.spacing);
    openLayer(u"PointPatternFill"_s,
              {{u"distance_x"_s, distance},
               {u"distance_y"_s, distance},
               {u"distance_x_unit"_s, u"MM"_s},
               {u"distance_y_unit"_s, u"MM"_s},
               {u"clip_mode"_s, u"shape"_s},
               {u"coordinate_reference"_s, u"viewport"_s}});
    open(u"marker"_s, u"@0@0"_s);
    writeMarker({.size = fill.width, .fill = fill.color, .outline = {.width = 0}});
    close();
    closeElement();
}

void QmlSymbolWriter::writeFill(const Fill &fill)
{
    using Pattern = Fill::Pattern;
    const auto solid = fill.pattern == Pattern::Solid ? fill.color : fill.background;
    if (solid.isValid()) {
        openLayer(u"SimpleFill"_s,
                  {{u"color"_s, qmlColor(solid)}, {u"style"_s, u"solid"_s}, {u"outline_style"_s, u"no"_s}});
        closeElement();
    }
    switch (fill.pattern) {
    case Pattern::Solid:
        return;
    case Pattern::Horizontal:
        return writeLines(fill, 0);
    case Pattern::Vertical:
        return writeLines(fill, 90);
    case Pattern::Forward:
        return writeLines(fill, 45);
    case Pattern::Backward:
        return writeLines(fill, 135);
    case Pattern::Cross:
        writeLines(fill, 0);
        return writeLines(fill, 90);
    case Pattern::DiagonalCross:
        writeLines(fill, 45);
        return writeLines(fill, 135);
    case Pattern::Dots:
        return writeDots(fill);
    }
}

void QmlSymbolWriter::writeStroke(const Stroke &stroke, GeometryKind kind, int pass)
{
    // QGIS counts to the right of a line.
    const double offset = kind == GeometryKind::Line ? -stroke.offset : stroke.offset;
    Options options{
        {u"line_color"_s, qmlColor(stroke.color)},  {u"line_style"_s, stroke.width > 0 ? u"solid"_s : u"no"_s},
        {u"line_width"_s, qmlNumber(stroke.width)}, {u"line_width_unit"_s, u"MM"_s},
        {u"capstyle"_s, capName(stroke.cap)},       {u"joinstyle"_s, joinName(stroke.join)},
        {u"offset"_s, qmlNumber(offset)},           {u"offset_unit"_s, u"MM"_s}};
    if (!stroke.dash.isEmpty()) {
        QStringList dash;
        for (const double length : stroke.dash)
            dash << qmlNumber(length);
        options[u"use_custom_dash"_s] = u"1"_s;
        options[u"customdash"_s] = (dash.size() % 2 ? dash + dash : dash).join(u';');
        options[u"customdash_unit"_s] = u"MM"_s;
    }
    openLayer(u"SimpleLine"_s, options, pass);
    closeElement();
}

void QmlSymbolWriter::writeMarker(const Marker &marker)
{
    const bool svg = marker.shape == Marker::Shape::Svg || marker.shape == Marker::Shape::Pin;
    const auto shape = qgisShape(marker.shape);
    const double turn = marker.rotation + shape.turn;
    auto field = marker.rotationField;
    const auto expression = field.isEmpty()
        ? QString()
        : u"%1 + coalesce(\"%2\", 0)"_s.arg(qmlNumber(turn), field.replace(u'"', u"\"\""_s));
    Options options{{u"angle"_s, qmlNumber(turn)},
                    {u"color"_s, qmlColor(marker.fill)},
                    {u"size_unit"_s, u"MM"_s},
                    {u"scale_method"_s, u"diameter"_s},
                    {u"horizontal_anchor_point"_s, u"1"_s}};
    const auto content = svg ? markerSvg(marker) : QByteArray();
    if (!content.isEmpty()) {
        const bool pin = marker.shape == Marker::Shape::Pin;
        options[u"name"_s] = u"base64:"_s + QString::fromLatin1(content.toBase64());
        options[u"size"_s] = qmlNumber(marker.size * (pin ? 1.6 : 1));
        options[u"vertical_anchor_point"_s] = pin ? u"2"_s : u"1"_s;
        openLayer(u"SvgMarker"_s, options, 0, expression);
    } else {
        options[u"name"_s] = shape.name;
        options[u"size"_s] = qmlNumber(marker.size * shape.size);
        options[u"vertical_anchor_point"_s] = u"1"_s;
        options[u"outline_color"_s] = qmlColor(marker.outline.color);
        options[u"outline_style"_s] = marker.outline.width > 0 ? u"solid"_s : u"no"_s;
        options[u"outline_width"_s] = qmlNumber(marker.outline.width);
        options[u"outline_width_unit"_s] = u"MM"_s;
        options[u"joinstyle"_s] = u"miter"_s;
        openLayer(u"SimpleMarker"_s, options, 0, expression);
    }
    closeElement();
}

void QmlSymbolWriter::writeCentredMarker(const Marker &marker, GeometryKind kind)
{
    if (kind == GeometryKind::Polygon)
        openLayer(u"CentroidFill"_s, {{u"point_on_surface"_s, u"1"_s}, {u"point_on_all_parts"_s, u"0"_s}});
    else
        openLayer(u"MarkerLine"_s, {{u"placements"_s, u"CentralPoint"_s}, {u"rotate"_s, u"0"_s}});
    open(u"marker"_s, u"@0@0"_s);
    writeMarker(marker);
    close();
    closeElement();
}

void QmlSymbolWriter::write(const Symbol &symbol, GeometryKind kind, const QString &name)
{
    open(kind == GeometryKind::Point ? u"marker"_s : kind == GeometryKind::Line ? u"line"_s : u"fill"_s, name);
    bool empty = true;
    if (kind == GeometryKind::Polygon) {
        for (const auto &fill : symbol.fills)
            writeFill(fill);
        empty = symbol.fills.empty();
    }
    if (kind != GeometryKind::Point) {
        int pass = 0;
        for (const auto &stroke : symbol.strokes)
            writeStroke(stroke, kind, kind == GeometryKind::Line ? pass++ : 0);
        empty = empty && symbol.strokes.empty();
    }
    for (const auto &marker : symbol.markers) {
        if (kind == GeometryKind::Point)
            writeMarker(marker);
        else
            writeCentredMarker(marker, kind);
    }
    if (empty && symbol.markers.empty()) { // a symbol without layers is none for QGIS
        if (kind == GeometryKind::Point)
            writeMarker({.fill = Qt::transparent, .outline = {.width = 0}});
        else if (kind == GeometryKind::Line)
            writeStroke({.width = 0}, kind, 0);
        else
            writeFill({.color = Qt::transparent});
    }
    close();
}

} // namespace hanseatlas
