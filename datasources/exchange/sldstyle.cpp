// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/sldstyle.h"

#include "datasources/exchange/qmlstyle.h"
#include "datasources/exchange/qmlsymbol.h"
#include "datasources/exchange/styleconditions.h"
#include "layers/map/colorramp.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

const auto se = u"http://www.opengis.net/se"_s, sld = u"http://www.opengis.net/sld"_s,
           ogcNs = u"http://www.opengis.net/ogc"_s, xlink = u"http://www.w3.org/1999/xlink"_s;
constexpr double pixel = 0.28; ///< mm, as the standard defines it

class SldWriter
{
public:
    SldWriter(const Layer &layer, const LayerDescription &description)
        : m_layer(layer)
        , m_style(layer.style)
        , m_description(description)
        , m_kind(symbolKind(description.geometryKinds, layer.style))
        , m_xml(&m_out)
    {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(1);
    }
    QString write();

private:
    void open(const QString &name) { m_xml.writeStartElement(se, name); }
    void close() { m_xml.writeEndElement(); }
    void text(const QString &name, const QString &value) { m_xml.writeTextElement(se, name, value); }
    void parameter(const char *name, const QString &value);
    void property(const QString &field);
    static QString pixels(double millimetres) { return qmlNumber(millimetres / pixel); }

    void writeRules();
    void openRule(const QString &title, double minScale, double maxScale, const Filter &filter);
    bool drawsAnything(const Symbol &symbol) const;
    void writeSymbol(const Symbol &symbol);
    void writeFill(const Fill &fill);
    void writeGraphicFill(const Fill &fill, const char *mark);
    void writeStrokeElement(const Stroke &stroke);
    void writeStroke(const Stroke &stroke);
    void writeMarker(const Marker &marker);
    void writeLabel();
    void writeRaster();

    const Layer &m_layer;
    const Style &m_style;
    const LayerDescription &m_description;
    GeometryKind m_kind;
    QString m_out;
    QXmlStreamWriter m_xml;
};

void SldWriter::parameter(const char *name, const QString &value)
{
    open(u"SvgParameter"_s);
    m_xml.writeAttribute(u"name"_s, QString::fromLatin1(name));
    m_xml.writeCharacters(value);
    close();
}

void SldWriter::property(const QString &field)
{
    m_xml.writeTextElement(ogcNs, u"PropertyName"_s, field);
}

void SldWriter::writeStrokeElement(const Stroke &stroke)
{
    open(u"Stroke"_s);
    parameter("stroke", stroke.color.name());
    parameter("stroke-opacity", qmlNumber(stroke.color.alphaF()));
    parameter("stroke-width", pixels(stroke.width));
    parameter("stroke-linejoin",
              stroke.join == Qt::RoundJoin       ? u"round"_s
                  : stroke.join == Qt::BevelJoin ? u"bevel"_s
                                                 : u"mitre"_s);
    parameter("stroke-linecap",
              stroke.cap == Qt::RoundCap        ? u"round"_s
                  : stroke.cap == Qt::SquareCap ? u"square"_s
                                                : u"butt"_s);
    if (!stroke.dash.isEmpty()) {
        QStringList dash;
        for (const double length : stroke.dash)
            dash << pixels(length);
        parameter("stroke-dasharray", dash.join(u' '));
    }
    close();
}

void SldWriter::writeStroke(const Stroke &stroke)
{
    if (stroke.width <= 0)
        return;
    open(m_kind == GeometryKind::Polygon ? u"PolygonSymbolizer"_s : u"LineSymbolizer"_s);
    writeStrokeElement(stroke);
    if (m_kind == GeometryKind::Line && stroke.offset != 0)
        text(u"PerpendicularOffset"_s, pixels(stroke.offset));
    close();
}

void SldWriter::writeGraphicFill(const Fill &fill, const char *mark)
{
    open(u"PolygonSymbolizer"_s);
    open(u"Fill"_s);
    open(u"GraphicFill"_s);
    open(u"Graphic"_s);
    open(u"Mark"_s);
    text(u"WellKnownName"_s, QString::fromLatin1(mark));
    if (fill.pattern == Fill::Pattern::Dots) {
        open(u"Fill"_s);
        parameter("fill", fill.color.name());
        parameter("fill-opacity", qmlNumber(fill.color.alphaF()));
        close();
    } else {
        writeStrokeElement({.color = fill.color, .width = fill.width});
    }
    close();
    text(u"Size"_s, pixels(fill.pattern == Fill::Pattern::Dots ? fill.width : fill.spacing));
    for (int i = 0; i < 4; ++i)
        close();
}

void SldWriter::writeFill(const Fill &fill)
{
    using Pattern = Fill::Pattern;
    static constexpr std::pair<Pattern, const char *> marks[] = {
        {Pattern::Horizontal, "horline"}, {Pattern::Vertical, "line"}, {Pattern::Forward, "slash"},
        {Pattern::Backward, "backslash"}, {Pattern::Cross, "cross"},   {Pattern::DiagonalCross, "x"},
        {Pattern::Dots, "circle"}};
    const auto solid = fill.pattern == Pattern::Solid ? fill.color : fill.background;
    if (solid.isValid()) {
        open(u"PolygonSymbolizer"_s);
        open(u"Fill"_s);
        parameter("fill", solid.name());
        parameter("fill-opacity", qmlNumber(solid.alphaF()));
        close();
        close();
    }
    for (const auto &[pattern, mark] : marks) {
        if (pattern == fill.pattern)
            writeGraphicFill(fill, mark);
    }
}

void SldWriter::writeMarker(const Marker &marker)
{
    static constexpr std::pair<Marker::Shape, const char *> names[] = {{Marker::Shape::Circle, "circle"},
                                                                       {Marker::Shape::Square, "square"},
                                                                       {Marker::Shape::Diamond, "diamond"},
                                                                       {Marker::Shape::Triangle, "triangle"},
                                                                       {Marker::Shape::Star, "star"},
                                                                       {Marker::Shape::Cross, "cross_fill"},
                                                                       {Marker::Shape::X, "x"},
                                                                       {Marker::Shape::Arrow, "arrow"}};
    open(u"PointSymbolizer"_s);
    open(u"Graphic"_s);
    const bool drawn = marker.shape == Marker::Shape::Svg || marker.shape == Marker::Shape::Pin;
    const auto svg = drawn ? markerSvg(marker) : QByteArray();
    if (!svg.isEmpty()) {
        open(u"ExternalGraphic"_s);
        m_xml.writeEmptyElement(se, u"OnlineResource"_s);
        m_xml.writeAttribute(xlink, u"type"_s, u"simple"_s);
        m_xml.writeAttribute(xlink, u"href"_s, u"data:image/svg+xml;base64,"_s + QString::fromLatin1(svg.toBase64()));
        text(u"Format"_s, u"image/svg+xml"_s);
        close();
    } else {
        open(u"Mark"_s);
        const auto *name = std::ranges::find(names, marker.shape, &std::pair<Marker::Shape, const char *>::first);
        text(u"WellKnownName"_s, name != std::end(names) ? QString::fromLatin1(name->second) : u"circle"_s);
        open(u"Fill"_s);
        parameter("fill", marker.fill.name());
        parameter("fill-opacity", qmlNumber(marker.fill.alphaF()));
        close();
        if (marker.outline.width > 0)
            writeStrokeElement(marker.outline);
        close();
    }
    text(u"Size"_s, pixels(marker.size));
    if (!marker.rotationField.isEmpty()) {
        open(u"Rotation"_s);
        property(marker.rotationField);
        close();
    } else if (marker.rotation != 0) {
        text(u"Rotation"_s, qmlNumber(marker.rotation));
    }
    close();
    close();
}

bool SldWriter::drawsAnything(const Symbol &symbol) const
{
    const auto fills = [](const Fill &fill) {
        return fill.pattern != Fill::Pattern::Solid || fill.color.isValid() || fill.background.isValid();
    };
    return !symbol.markers.empty() || (m_kind == GeometryKind::Polygon && std::ranges::any_of(symbol.fills, fills))
        || (m_kind != GeometryKind::Point
            && std::ranges::any_of(symbol.strokes, [](const Stroke &stroke) { return stroke.width > 0; }));
}

void SldWriter::writeSymbol(const Symbol &symbol)
{
    if (m_kind == GeometryKind::Polygon)
        std::ranges::for_each(symbol.fills, [&](const Fill &fill) { writeFill(fill); });
    if (m_kind != GeometryKind::Point)
        std::ranges::for_each(symbol.strokes, [&](const Stroke &stroke) { writeStroke(stroke); });
    std::ranges::for_each(symbol.markers, [&](const Marker &marker) { writeMarker(marker); });
}

void SldWriter::openRule(const QString &title, double minScale, double maxScale, const Filter &filter)
{
    open(u"Rule"_s);
    text(u"Name"_s, title);
    open(u"Description"_s);
    text(u"Title"_s, title);
    close();
    writeOgcFilter(m_xml, filter);
    // The layer's own range has no other place in SLD.
    const double lower = std::max(maxScale, m_layer.maxScale);
    const double upper = minScale > 0 && m_layer.minScale > 0 ? std::min(minScale, m_layer.minScale)
                                                              : std::max(minScale, m_layer.minScale);
    if (lower > 0)
        text(u"MinScaleDenominator"_s, qmlNumber(lower));
    if (upper > 0)
        text(u"MaxScaleDenominator"_s, qmlNumber(upper));
}

void SldWriter::writeLabel()
{
    const auto &label = m_style.label;
    openRule(u"Labels"_s, label.minScale, label.maxScale, {});
    open(u"TextSymbolizer"_s);
    open(u"Label"_s);
    property(label.field);
    close();
    open(u"Font"_s);
    if (!label.family.isEmpty())
        parameter("font-family", label.family);
    parameter("font-size", pixels(label.size));
    parameter("font-weight", label.bold ? u"bold"_s : u"normal"_s);
    parameter("font-style", label.italic ? u"italic"_s : u"normal"_s);
    close();
    if (label.haloWidth > 0) {
        open(u"Halo"_s);
        text(u"Radius"_s, pixels(label.haloWidth));
        open(u"Fill"_s);
        parameter("fill", label.halo.name());
        parameter("fill-opacity", qmlNumber(label.halo.alphaF()));
        close();
        close();
    }
    open(u"Fill"_s);
    parameter("fill", label.color.name());
    parameter("fill-opacity", qmlNumber(label.color.alphaF()));
    for (int i = 0; i < 3; ++i)
        close();
}

void SldWriter::writeRules()
{
    for (std::size_t i = 0; i < m_style.classes.size(); ++i) {
        const auto &c = m_style.classes[i];
        if (!c.visible || !drawsAnything(c.symbol)) // a rule without a symbol is none
            continue;
        openRule(c.title.isEmpty() ? m_layer.title : c.title, c.minScale, c.maxScale, exclusiveConditionOf(m_style, i));
        writeSymbol(c.symbol);
        close();
    }
    if (m_style.otherwise && drawsAnything(*m_style.otherwise)) {
        openRule(m_style.otherwiseTitle, 0, 0, exclusiveConditionOf(m_style, m_style.classes.size()));
        writeSymbol(*m_style.otherwise);
        close();
    }
    if (m_layer.labels && !m_style.label.field.isEmpty())
        writeLabel();
}

void SldWriter::writeRaster()
{
    openRule(m_layer.title, 0, 0, {});
    open(u"RasterSymbolizer"_s);
    text(u"Opacity"_s, qmlNumber(m_layer.opacity));
    const auto &style = m_style.raster;
    if (m_description.rasterKind == RasterKind::Values && style.kind != RasterStyle::Kind::Hillshade
        && !style.stops.empty()) {
        const bool classes = style.kind == RasterStyle::Kind::Classes;
        open(u"ColorMap"_s);
        open(classes ? u"Categorize"_s : u"Interpolate"_s);
        m_xml.writeAttribute(u"fallbackValue"_s, u"#000000"_s);
        text(u"LookupValue"_s, u"Rasterdata"_s);
        if (classes)
            text(u"Value"_s, u"#00000000"_s); // below the first class: nothing
        for (const auto &stop : style.stops) {
            if (classes) {
                text(u"Threshold"_s, qmlNumber(stop.value));
                text(u"Value"_s, stop.color.name());
            } else {
                open(u"InterpolationPoint"_s);
                text(u"Data"_s, qmlNumber(stop.value));
                text(u"Value"_s, stop.color.name());
                close();
            }
        }
        close();
        close();
    } else if (style.kind == RasterStyle::Kind::Hillshade) {
        open(u"ShadedRelief"_s);
        text(u"ReliefFactor"_s, qmlNumber(style.exaggeration));
        close();
    }
    close();
    close();
}

QString SldWriter::write()
{
    m_xml.writeStartDocument();
    m_xml.writeNamespace(sld, u"sld"_s);
    m_xml.writeNamespace(se, u"se"_s);
    m_xml.writeNamespace(ogcNs, u"ogc"_s);
    m_xml.writeNamespace(xlink, u"xlink"_s);
    m_xml.writeStartElement(sld, u"StyledLayerDescriptor"_s);
    m_xml.writeAttribute(u"version"_s, u"1.1.0"_s);
    m_xml.writeStartElement(sld, u"NamedLayer"_s);
    text(u"Name"_s, m_layer.title);
    m_xml.writeStartElement(sld, u"UserStyle"_s);
    text(u"Name"_s, m_layer.title);
    m_xml.writeStartElement(se, u"FeatureTypeStyle"_s);
    if (m_description.kind == LayerKind::Raster)
        writeRaster();
    else if (m_description.kind == LayerKind::Vector)
        writeRules();
    m_xml.writeEndDocument();
    return m_out;
}

} // namespace

QString sldOf(const Layer &layer, const LayerDescription &description)
{
    return SldWriter(layer, description).write();
}

} // namespace hanseatlas
