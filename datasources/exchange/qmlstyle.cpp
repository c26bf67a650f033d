// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/qmlstyle.h"

#include "datasources/exchange/qmlsymbol.h"
#include "datasources/exchange/styleconditions.h"
#include "layers/map/colorramp.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

class QmlWriter
{
public:
    QmlWriter(const Layer &layer, const LayerDescription &description)
        : m_layer(layer)
        , m_style(layer.style)
        , m_description(description)
        , m_kind(symbolKind(description.geometryKinds, layer.style))
        , m_xml(&m_out)
        , m_symbols(m_xml)
    {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(1);
    }
    QString vector();
    QString raster();

private:
    void attribute(const char *name, const QString &value) { m_xml.writeAttribute(QString::fromLatin1(name), value); }
    void begin();
    void openRenderer(const QString &type);
    void writeSymbols();
    void writeRenderer();
    void writeCategories();
    void writeRanges();
    void writeRules();
    void writeRule(const Filter &filter, const QString &symbol, const QString &label, double minScale, double maxScale,
                   bool visible);
    void writeLabels();
    void writeLabelText();
    void writeLabelPlacement();
    void writeAliases();
    void writeRasterRenderer();
    void writeColorRamp();
    bool fitsCategories() const;
    bool fitsRanges() const;

    const Layer &m_layer;
    const Style &m_style;
    const LayerDescription &m_description;
    GeometryKind m_kind;
    QString m_out;
    QXmlStreamWriter m_xml;
    QmlSymbolWriter m_symbols;
};

void QmlWriter::begin()
{
    m_xml.writeDTD(u"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"_s);
    m_xml.writeStartElement(u"qgis"_s);
    attribute("version", u"3.40.0"_s);
    attribute("styleCategories", u"AllStyleCategories"_s);
    const bool limited = m_layer.minScale > 0 || m_layer.maxScale > 0;
    attribute("hasScaleBasedVisibilityFlag", limited ? u"1"_s : u"0"_s);
    attribute("minScale", qmlNumber(m_layer.minScale > 0 ? m_layer.minScale : 1e8));
    attribute("maxScale", qmlNumber(m_layer.maxScale));
}

// Null is no value that categories could name: their empty value stands for everything else.
bool QmlWriter::fitsCategories() const
{
    return std::ranges::all_of(m_style.classes,
                               [](const StyleClass &c) { return c.value.isValid() && !c.value.toString().isEmpty(); });
}

bool QmlWriter::fitsRanges() const
{
    return !m_style.otherwise
        && std::ranges::all_of(m_style.classes, [](const StyleClass &c) { return c.lower || c.upper; });
}

void QmlWriter::openRenderer(const QString &type)
{
    m_xml.writeStartElement(u"renderer-v2"_s);
    attribute("type", type);
    attribute("forceraster", u"0"_s);
    // Casings below all lines, so that crossings are open
    const auto cased = [](const StyleClass &c) { return c.symbol.strokes.size() > 1; };
    attribute("symbollevels",
              m_kind == GeometryKind::Line && std::ranges::any_of(m_style.classes, cased) ? u"1"_s : u"0"_s);
}

void QmlWriter::writeSymbols()
{
    m_xml.writeStartElement(u"symbols"_s);
    for (std::size_t i = 0; i < m_style.classes.size(); ++i)
        m_symbols.write(m_style.classes[i].symbol, m_kind, QString::number(i));
    if (m_style.otherwise)
        m_symbols.write(*m_style.otherwise, m_kind, QString::number(m_style.classes.size()));
    m_xml.writeEndElement();
}

void QmlWriter::writeCategories()
{
    openRenderer(u"categorizedSymbol"_s);
    attribute("attr", m_style.field);
    m_xml.writeStartElement(u"categories"_s);
    const auto write = [&](const QString &value, const QString &type, const QString &label, std::size_t symbol,
                           bool visible) {
        m_xml.writeEmptyElement(u"category"_s);
        attribute("value", value);
        attribute("type", type);
        attribute("label", label);
        attribute("symbol", QString::number(symbol));
        attribute("render", visible ? u"true"_s : u"false"_s);
    };
    for (std::size_t i = 0; i < m_style.classes.size(); ++i) {
        const auto &c = m_style.classes[i];
        const bool number = c.value.typeId() == QMetaType::Double || c.value.typeId() == QMetaType::LongLong
            || c.value.typeId() == QMetaType::Int;
        const double value = c.value.toDouble();
        const bool whole = number && value == std::floor(value) && std::abs(value) < 1e15;
        write(whole ? QString::number(qint64(value)) : c.value.toString(),
              whole        ? u"long"_s
                  : number ? u"double"_s
                           : u"string"_s,
              c.title.isEmpty() ? c.value.toString() : c.title, i, c.visible);
    }
    if (m_style.otherwise)
        write({}, u"string"_s, m_style.otherwiseTitle, m_style.classes.size(), true);
    m_xml.writeEndElement();
    writeSymbols();
    m_xml.writeEndElement();
}

void QmlWriter::writeRanges()
{
    openRenderer(u"graduatedSymbol"_s);
    attribute("attr", m_style.field);
    attribute("graduatedMethod", u"GraduatedColor"_s);
    m_xml.writeStartElement(u"ranges"_s);
    for (std::size_t i = 0; i < m_style.classes.size(); ++i) {
        const auto &c = m_style.classes[i];
        m_xml.writeEmptyElement(u"range"_s);
        // QGIS takes both ends in; ours leave the upper one to the next class.
        const double upper = c.upper ? std::nextafter(*c.upper, -std::numeric_limits<double>::infinity()) : 1e300;
        attribute("lower", QString::number(c.lower.value_or(-1e300), 'g', 17));
        attribute("upper", QString::number(upper, 'g', 17));
        attribute("label", c.title);
        attribute("symbol", QString::number(i));
        attribute("render", c.visible ? u"true"_s : u"false"_s);
    }
    m_xml.writeEndElement();
    writeSymbols();
    m_xml.writeEmptyElement(u"classificationMethod"_s);
    attribute("id", u"Custom"_s);
    m_xml.writeEndElement();
}

void QmlWriter::writeRule(const Filter &filter, const QString &symbol, const QString &label, double minScale,
                          double maxScale, bool visible)
{
    m_xml.writeEmptyElement(u"rule"_s);
    attribute("key", u'{' + QUuid::createUuidV5(m_layer.id, symbol).toString(QUuid::WithoutBraces) + u'}');
    attribute("symbol", symbol);
    attribute("label", label);
    if (const auto expression = qgisExpression(filter); !expression.isEmpty())
        attribute("filter", expression);
    if (minScale > 0)
        attribute("scalemaxdenom", qmlNumber(minScale));
    if (maxScale > 0)
        attribute("scalemindenom", qmlNumber(maxScale));
    if (!visible)
        attribute("checkstate", u"0"_s);
}

void QmlWriter::writeRules()
{
    openRenderer(u"RuleRenderer"_s);
    m_xml.writeStartElement(u"rules"_s);
    attribute("key", u'{' + m_layer.id.toString(QUuid::WithoutBraces) + u'}');
    for (std::size_t i = 0; i < m_style.classes.size(); ++i) {
        const auto &c = m_style.classes[i];
        writeRule(exclusiveConditionOf(m_style, i), QString::number(i), c.title, c.minScale, c.maxScale, c.visible);
    }
    if (m_style.otherwise)
        writeRule(exclusiveConditionOf(m_style, m_style.classes.size()), QString::number(m_style.classes.size()),
                  m_style.otherwiseTitle, 0, 0, true);
    m_xml.writeEndElement();
    writeSymbols();
    m_xml.writeEndElement();
}

void QmlWriter::writeRenderer()
{
    if (m_style.classes.empty() && !m_style.otherwise) {
        openRenderer(u"nullSymbol"_s);
        m_xml.writeEndElement();
    } else if (m_style.kind == Style::Kind::Single && m_style.classes.size() == 1 && m_style.classes.front().visible) {
        openRenderer(u"singleSymbol"_s);
        writeSymbols();
        m_xml.writeEndElement();
    } else if (m_style.kind == Style::Kind::Categorised && fitsCategories()) {
        writeCategories();
    } else if (m_style.kind == Style::Kind::Graduated && fitsRanges()) {
        writeRanges();
    } else {
        writeRules();
    }
}

void QmlWriter::writeLabelText()
{
    const auto &label = m_style.label;
    m_xml.writeStartElement(u"text-style"_s);
    attribute("fieldName", label.field);
    attribute("isExpression", u"0"_s);
    if (!label.family.isEmpty())
        attribute("fontFamily", label.family);
    attribute("fontSize", qmlNumber(label.size));
    attribute("fontSizeUnit", u"MM"_s);
    attribute("fontWeight", label.bold ? u"75"_s : u"50"_s);
    attribute("fontItalic", label.italic ? u"1"_s : u"0"_s);
    attribute("textColor", qmlColor(label.color));
    attribute("textOpacity", qmlNumber(label.color.alphaF()));
    m_xml.writeEmptyElement(u"text-buffer"_s);
    attribute("bufferDraw", label.haloWidth > 0 ? u"1"_s : u"0"_s);
    attribute("bufferSize", qmlNumber(label.haloWidth));
    attribute("bufferSizeUnits", u"MM"_s);
    attribute("bufferColor", qmlColor(label.halo));
    attribute("bufferOpacity", qmlNumber(label.halo.alphaF()));
    attribute("bufferNoFill", u"1"_s);
    m_xml.writeEndElement();
}

void QmlWriter::writeLabelPlacement()
{
    enum { OverPoint = 1, Line = 2, Curved = 3, Horizontal = 4 };
    const auto &label = m_style.label;
    const bool line = m_kind == GeometryKind::Line;
    m_xml.writeEmptyElement(u"placement"_s);
    attribute("placement", QString::number(line ? (label.alongLine ? Curved : Horizontal) : OverPoint));
    attribute("placementFlags", u"9"_s); // on the line
    attribute("priority", QString::number(std::clamp(5 + label.priority, 0, 10)));
    attribute("centroidInside", u"1"_s);
    if (m_kind == GeometryKind::Point) {
        attribute("quadOffset", label.offset > 0 ? u"1"_s : u"4"_s);
        attribute("xOffset", u"0"_s);
        attribute("yOffset", qmlNumber(-label.offset));
        attribute("offsetUnits", u"MM"_s);
    }
}

void QmlWriter::writeLabels()
{
    const auto &label = m_style.label;
    m_xml.writeStartElement(u"labeling"_s);
    attribute("type", u"simple"_s);
    m_xml.writeStartElement(u"settings"_s);
    writeLabelText();
    writeLabelPlacement();
    m_xml.writeEmptyElement(u"rendering"_s);
    attribute("drawLabels", u"1"_s);
    attribute("obstacle", u"0"_s);
    const bool limited = label.minScale > 0 || label.maxScale > 0;
    attribute("scaleVisibility", limited ? u"1"_s : u"0"_s);
    attribute("scaleMax", qmlNumber(label.minScale > 0 ? label.minScale : 1e8));
    attribute("scaleMin", qmlNumber(label.maxScale));
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void QmlWriter::writeAliases()
{
    m_xml.writeStartElement(u"aliases"_s);
    for (const auto &field : m_description.fields) {
        if (field.title.isEmpty() || field.title == field.name)
            continue;
        m_xml.writeEmptyElement(u"alias"_s);
        attribute("field", field.name);
        attribute("name", field.unit.isEmpty() ? field.title : u"%1 [%2]"_s.arg(field.title, field.unit));
    }
    m_xml.writeEndElement();
}

QString QmlWriter::vector()
{
    begin();
    const bool labels = m_layer.labels && !m_style.label.field.isEmpty();
    attribute("labelsEnabled", labels ? u"1"_s : u"0"_s);
    if (m_description.kind != LayerKind::Table)
        writeRenderer();
    if (labels)
        writeLabels();
    m_xml.writeTextElement(u"blendMode"_s, u"0"_s);
    m_xml.writeTextElement(u"featureBlendMode"_s, u"0"_s);
    m_xml.writeTextElement(u"layerOpacity"_s, qmlNumber(m_layer.opacity));
    writeAliases();
    m_xml.writeEndElement();
    return m_out;
}

// ---- Rasters

void QmlWriter::writeColorRamp()
{
    const auto &style = m_style.raster;
    auto stops = style.stops;
    if (stops.empty()) {
        const double low = std::isfinite(m_description.minimum) ? m_description.minimum : 0;
        const double high = std::isfinite(m_description.maximum) ? m_description.maximum : 1;
        for (int i = 0; i < 16; ++i)
            stops.push_back(
                {.value = low + (high - low) * i / 15, .color = rampColor(style.ramp, i / 15.0), .title = {}});
    }
    const bool classes = style.kind == RasterStyle::Kind::Classes;
    m_xml.writeStartElement(u"rastershader"_s);
    m_xml.writeStartElement(u"colorrampshader"_s);
    attribute("colorRampType", classes ? u"DISCRETE"_s : u"INTERPOLATED"_s);
    attribute("classificationMode", u"1"_s);
    attribute("clip", u"0"_s);
    attribute("minimumValue", qmlNumber(stops.front().value));
    attribute("maximumValue", qmlNumber(stops.back().value));
    const auto write = [&](const QString &value, const QColor &color, const QString &label) {
        m_xml.writeEmptyElement(u"item"_s);
        attribute("value", value);
        attribute("color", color.name());
        attribute("alpha", QString::number(color.alpha()));
        attribute("label", label);
    };
    const auto below = [](double value) { return QString::number(std::nextafter(float(value), -INFINITY), 'g', 17); };
    if (classes) // QGIS names the upper limits and takes them in
        write(below(stops.front().value), QColor(0, 0, 0, 0), {});
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const auto value = !classes ? qmlNumber(stops[i].value)
            : i + 1 < stops.size()  ? below(stops[i + 1].value)
                                    : u"inf"_s;
        write(value, stops[i].color, stops[i].title.isEmpty() ? qmlNumber(stops[i].value) : stops[i].title);
    }
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void QmlWriter::writeRasterRenderer()
{
    const auto &style = m_style.raster;
    m_xml.writeStartElement(u"rasterrenderer"_s);
    attribute("opacity", qmlNumber(m_layer.opacity));
    attribute("alphaBand", m_description.rasterKind == RasterKind::Colour ? u"4"_s : u"-1"_s);
    if (m_description.rasterKind == RasterKind::Colour) {
        attribute("type", u"multibandcolor"_s);
        attribute("redBand", u"1"_s);
        attribute("greenBand", u"2"_s);
        attribute("blueBand", u"3"_s);
    } else if (style.kind == RasterStyle::Kind::Hillshade) {
        attribute("type", u"hillshade"_s);
        attribute("band", u"1"_s);
        attribute("azimuth", qmlNumber(style.azimuth));
        attribute("angle", qmlNumber(style.altitude));
        attribute("zfactor", qmlNumber(style.exaggeration));
        attribute("multidirection", u"0"_s);
    } else {
        attribute("type", u"singlebandpseudocolor"_s);
        attribute("band", u"1"_s);
        writeColorRamp();
    }
    m_xml.writeEndElement();
}

QString QmlWriter::raster()
{
    begin();
    m_xml.writeStartElement(u"pipe"_s);
    const bool smooth = m_style.raster.smooth && m_style.raster.kind != RasterStyle::Kind::Classes;
    m_xml.writeStartElement(u"provider"_s);
    m_xml.writeEmptyElement(u"resampling"_s);
    attribute("enabled", smooth ? u"true"_s : u"false"_s);
    attribute("zoomedInResamplingMethod", smooth ? u"bilinear"_s : u"nearestNeighbour"_s);
    attribute("zoomedOutResamplingMethod", smooth ? u"bilinear"_s : u"nearestNeighbour"_s);
    attribute("maxOversampling", u"2"_s);
    m_xml.writeEndElement();
    writeRasterRenderer();
    m_xml.writeEndElement();
    m_xml.writeEndElement();
    return m_out;
}

} // namespace

QString qmlOf(const Layer &layer, const LayerDescription &description)
{
    QmlWriter writer(layer, description);
    return description.kind == LayerKind::Raster ? writer.raster() : writer.vector();
}

} // namespace hanseatlas
