// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/style.h"

#include "layers/map/stylejson_p.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

QString colorToJson(const QColor &color)
{
    const auto rgb = color.name(QColor::HexRgb);
    return color.alpha() == 255 ? rgb : rgb + u"%1"_s.arg(uint(color.alpha()), 2, 16, QChar(u'0'));
}

QColor colorFromJson(const QString &text)
{
    if (text.size() == 9 && text.startsWith(u'#'))
        return QColor(u'#' + text.sliced(7, 2) + text.sliced(1, 6));
    return QColor::fromString(text);
}

void JsonReader::read(QLatin1StringView key, QColor &value)
{
    take(key, &QJsonValue::isString, [&](auto v) {
        const auto color = colorFromJson(v.toString());
        if (color.isValid())
            value = color;
        else
            complain(key);
    });
}

void JsonReader::read(QLatin1StringView key, QList<double> &value)
{
    take(key, &QJsonValue::isArray, [&](auto v) {
        value.clear();
        for (const auto &item : v.toArray()) {
            if (!item.isDouble())
                return complain(key);
            value.append(item.toDouble());
        }
    });
}

namespace
{

constexpr std::pair<Filter::Op, const char *> opNames[] = {
    {Filter::Op::Equal, "="},        {Filter::Op::NotEqual, "!="},       {Filter::Op::Less, "<"},
    {Filter::Op::LessOrEqual, "<="}, {Filter::Op::Greater, ">"},         {Filter::Op::GreaterOrEqual, ">="},
    {Filter::Op::In, "in"},          {Filter::Op::Contains, "contains"}, {Filter::Op::StartsWith, "startsWith"},
    {Filter::Op::IsNull, "isNull"},
};
constexpr std::pair<Qt::PenCapStyle, const char *> capNames[] = {
    {Qt::FlatCap, "flat"}, {Qt::SquareCap, "square"}, {Qt::RoundCap, "round"}};
constexpr std::pair<Qt::PenJoinStyle, const char *> joinNames[] = {
    {Qt::MiterJoin, "miter"}, {Qt::BevelJoin, "bevel"}, {Qt::RoundJoin, "round"}};
constexpr std::pair<Fill::Pattern, const char *> patternNames[] = {
    {Fill::Pattern::Solid, "solid"},
    {Fill::Pattern::Horizontal, "horizontal"},
    {Fill::Pattern::Vertical, "vertical"},
    {Fill::Pattern::Forward, "forward"},
    {Fill::Pattern::Backward, "backward"},
    {Fill::Pattern::Cross, "cross"},
    {Fill::Pattern::DiagonalCross, "diagonalCross"},
    {Fill::Pattern::Dots, "dots"},
};
constexpr std::pair<Marker::Shape, const char *> shapeNames[] = {
    {Marker::Shape::Circle, "circle"},
    {Marker::Shape::Square, "square"},
    {Marker::Shape::Diamond, "diamond"},
    {Marker::Shape::Triangle, "triangle"},
    {Marker::Shape::Star, "star"},
    {Marker::Shape::Cross, "cross"},
    {Marker::Shape::X, "x"},
    {Marker::Shape::Pin, "pin"},
    {Marker::Shape::Arrow, "arrow"},
    {Marker::Shape::Svg, "svg"},
};
constexpr std::pair<RasterStyle::Kind, const char *> rasterNames[] = {{RasterStyle::Kind::Ramp, "ramp"},
                                                                      {RasterStyle::Kind::Classes, "classes"},
                                                                      {RasterStyle::Kind::Hillshade, "hillshade"}};
constexpr std::pair<Style::Kind, const char *> styleNames[] = {{Style::Kind::Single, "single"},
                                                               {Style::Kind::Categorised, "categorised"},
                                                               {Style::Kind::Graduated, "graduated"},
                                                               {Style::Kind::RuleBased, "rules"}};

template <class E, std::size_t N>
QString nameOf(E value, const std::pair<E, const char *> (&names)[N])
{
    for (const auto &[e, name] : names)
        if (e == value)
            return QString::fromLatin1(name);
    return {};
}

/** Writes only what differs from the default, so that files stay readable. */
class JsonWriter
{
public:
    QJsonObject json;
    void put(QLatin1StringView key, const QString &value, const QString &usual)
    {
        if (value != usual)
            json[key] = value;
    }
    void put(QLatin1StringView key, double value, double usual)
    {
        if (value != usual)
            json[key] = value;
    }
    void put(QLatin1StringView key, bool value, bool usual)
    {
        if (value != usual)
            json[key] = value;
    }
    void put(QLatin1StringView key, const QColor &value, const QColor &usual)
    {
        if (value != usual && value.isValid())
            json[key] = colorToJson(value);
    }
    void put(QLatin1StringView key, const QList<double> &value)
    {
        QJsonArray array;
        for (const auto v : value)
            array.append(v);
        if (!array.isEmpty())
            json[key] = array;
    }
    template <class T, class F>
    void putEach(QLatin1StringView key, const std::vector<T> &values, F toJson)
    {
        QJsonArray array;
        for (const auto &v : values)
            array.append(toJson(v));
        if (!array.isEmpty())
            json[key] = array;
    }
};

QJsonObject strokeToJson(const Stroke &stroke)
{
    const Stroke usual;
    JsonWriter w;
    w.json[u"color"_s] = colorToJson(stroke.color);
    w.json[u"width"_s] = stroke.width;
    w.put("dash"_L1, stroke.dash);
    w.put("cap"_L1, nameOf(stroke.cap, capNames), nameOf(usual.cap, capNames));
    w.put("join"_L1, nameOf(stroke.join, joinNames), nameOf(usual.join, joinNames));
    w.put("offset"_L1, stroke.offset, 0);
    return w.json;
}

Stroke strokeFromJson(JsonReader &r, Stroke stroke = {})
{
    r.read("color"_L1, stroke.color);
    r.read("width"_L1, stroke.width);
    r.read("dash"_L1, stroke.dash);
    r.read("cap"_L1, stroke.cap, capNames);
    r.read("join"_L1, stroke.join, joinNames);
    r.read("offset"_L1, stroke.offset);
    if (!(stroke.width >= 0 && stroke.width < 1000))
        r.complain("width"_L1);
    return stroke;
}

QJsonObject fillToJson(const Fill &fill)
{
    const Fill usual;
    JsonWriter w;
    w.json[u"color"_s] = colorToJson(fill.color);
    w.put("pattern"_L1, nameOf(fill.pattern, patternNames), u"solid"_s);
    w.put("spacing"_L1, fill.spacing, usual.spacing);
    w.put("width"_L1, fill.width, usual.width);
    w.put("background"_L1, fill.background, QColor());
    return w.json;
}

Fill fillFromJson(JsonReader &r)
{
    Fill fill;
    r.read("color"_L1, fill.color);
    r.read("pattern"_L1, fill.pattern, patternNames);
    r.read("spacing"_L1, fill.spacing);
    r.read("width"_L1, fill.width);
    r.read("background"_L1, fill.background);
    if (!(fill.spacing >= 0.1))
        r.complain("spacing"_L1); // denser is solid, and endless to draw
    return fill;
}

QJsonObject markerToJson(const Marker &marker)
{
    const Marker usual;
    JsonWriter w;
    w.json[u"shape"_s] = nameOf(marker.shape, shapeNames);
    w.put("svg"_L1, marker.svg, QString());
    w.json[u"size"_s] = marker.size;
    w.json[u"fill"_s] = colorToJson(marker.fill);
    if (marker.outline != usual.outline)
        w.json[u"outline"_s] = strokeToJson(marker.outline);
    w.put("rotation"_L1, marker.rotation, 0);
    w.put("rotationField"_L1, marker.rotationField, QString());
    return w.json;
}

Marker markerFromJson(JsonReader &r)
{
    Marker marker;
    r.read("shape"_L1, marker.shape, shapeNames);
    r.read("svg"_L1, marker.svg);
    r.read("size"_L1, marker.size);
    r.read("fill"_L1, marker.fill);
    r.readObject("outline"_L1, [&](JsonReader &inner) { marker.outline = strokeFromJson(inner, marker.outline); });
    r.read("rotation"_L1, marker.rotation);
    r.read("rotationField"_L1, marker.rotationField);
    if (!(marker.size > 0 && marker.size < 1000))
        r.complain("size"_L1);
    return marker;
}

Symbol symbolFrom(JsonReader &r)
{
    Symbol symbol;
    for (const auto key : {"fills"_L1, "fill"_L1})
        r.readEach(key, [&](JsonReader &inner) { symbol.fills.push_back(fillFromJson(inner)); });
    for (const auto key : {"strokes"_L1, "stroke"_L1})
        r.readEach(key, [&](JsonReader &inner) { symbol.strokes.push_back(strokeFromJson(inner)); });
    for (const auto key : {"markers"_L1, "marker"_L1})
        r.readEach(key, [&](JsonReader &inner) { symbol.markers.push_back(markerFromJson(inner)); });
    return symbol;
}

Filter filterFrom(JsonReader &r, int depth)
{
    Filter filter;
    const std::pair<QLatin1StringView, Filter::Kind> joined[] = {
        {"all"_L1, Filter::Kind::All}, {"any"_L1, Filter::Kind::Any}, {"not"_L1, Filter::Kind::Not}};
    for (const auto &[key, kind] : joined) {
        if (!r.has(key))
            continue;
        filter.kind = kind;
        if (depth > 20)
            r.complain(key);
        else
            r.readEach(key, [&](JsonReader &inner) { filter.parts.push_back(filterFrom(inner, depth + 1)); });
        if (kind == Filter::Kind::Not && filter.parts.size() != 1)
            r.complain(key);
        return filter;
    }
    if (!r.has("field"_L1))
        return filter;
    filter.kind = Filter::Kind::Compare;
    r.read("field"_L1, filter.field);
    r.read("op"_L1, filter.op, opNames);
    const auto value = r.value("value"_L1);
    if (value.isArray())
        filter.values = value.toArray().toVariantList();
    else if (!value.isUndefined() && !value.isNull())
        filter.values = {value.toVariant()};
    if (filter.values.isEmpty() && filter.op != Filter::Op::IsNull && filter.op != Filter::Op::In)
        r.complain("value"_L1);
    return filter;
}

StyleClass classFrom(JsonReader &r)
{
    StyleClass c;
    r.read("title"_L1, c.title);
    if (const auto value = r.value("value"_L1); !value.isUndefined() && !value.isNull())
        c.value = value.toVariant();
    r.read("lower"_L1, c.lower);
    r.read("upper"_L1, c.upper);
    r.readObject("filter"_L1, [&](JsonReader &inner) { c.filter = filterFrom(inner, 0); });
    r.read("minScale"_L1, c.minScale);
    r.read("maxScale"_L1, c.maxScale);
    r.read("visible"_L1, c.visible);
    r.readObject("symbol"_L1, [&](JsonReader &inner) { c.symbol = symbolFrom(inner); });
    return c;
}

QJsonObject classToJson(const StyleClass &c, Style::Kind kind)
{
    JsonWriter w;
    w.put("title"_L1, c.title, QString());
    if (kind == Style::Kind::Categorised)
        w.json[u"value"_s] = QJsonValue::fromVariant(c.value);
    if (c.lower)
        w.json[u"lower"_s] = *c.lower;
    if (c.upper)
        w.json[u"upper"_s] = *c.upper;
    if (c.filter.kind != Filter::Kind::Always)
        w.json[u"filter"_s] = c.filter.toJson();
    w.put("minScale"_L1, c.minScale, 0);
    w.put("maxScale"_L1, c.maxScale, 0);
    w.put("visible"_L1, c.visible, true);
    w.json[u"symbol"_s] = c.symbol.toJson();
    return w.json;
}

QJsonObject labelToJson(const LabelStyle &label)
{
    const LabelStyle usual;
    JsonWriter w;
    w.put("field"_L1, label.field, QString());
    w.put("family"_L1, label.family, QString());
    w.put("size"_L1, label.size, usual.size);
    w.put("bold"_L1, label.bold, false);
    w.put("italic"_L1, label.italic, false);
    w.put("color"_L1, label.color, usual.color);
    w.put("halo"_L1, label.halo, usual.halo);
    w.put("haloWidth"_L1, label.haloWidth, usual.haloWidth);
    w.put("minScale"_L1, label.minScale, 0);
    w.put("maxScale"_L1, label.maxScale, 0);
    w.put("alongLine"_L1, label.alongLine, false);
    w.put("offset"_L1, label.offset, 0);
    w.put("priority"_L1, double(label.priority), 0);
    return w.json;
}

void labelFrom(JsonReader &r, LabelStyle &label)
{
    r.read("field"_L1, label.field);
    r.read("family"_L1, label.family);
    r.read("size"_L1, label.size);
    r.read("bold"_L1, label.bold);
    r.read("italic"_L1, label.italic);
    r.read("color"_L1, label.color);
    r.read("halo"_L1, label.halo);
    r.read("haloWidth"_L1, label.haloWidth);
    r.read("minScale"_L1, label.minScale);
    r.read("maxScale"_L1, label.maxScale);
    r.read("alongLine"_L1, label.alongLine);
    r.read("offset"_L1, label.offset);
    r.read("priority"_L1, label.priority);
    if (!(label.size > 0 && label.size < 1000))
        r.complain("size"_L1);
}

QJsonObject rasterToJson(const RasterStyle &raster)
{
    const RasterStyle usual;
    JsonWriter w;
    w.put("kind"_L1, nameOf(raster.kind, rasterNames), u"ramp"_s);
    w.putEach("stops"_L1, raster.stops, [](const RasterStyle::Stop &stop) {
        QJsonObject json{{u"value"_s, stop.value}, {u"color"_s, colorToJson(stop.color)}};
        if (!stop.title.isEmpty())
            json[u"title"_s] = stop.title;
        return json;
    });
    w.put("ramp"_L1, raster.ramp, QString());
    w.put("unit"_L1, raster.unit, QString());
    w.put("azimuth"_L1, raster.azimuth, usual.azimuth);
    w.put("altitude"_L1, raster.altitude, usual.altitude);
    w.put("exaggeration"_L1, raster.exaggeration, usual.exaggeration);
    w.put("smooth"_L1, raster.smooth, true);
    return w.json;
}

void rasterFrom(JsonReader &r, RasterStyle &raster)
{
    r.read("kind"_L1, raster.kind, rasterNames);
    r.readEach("stops"_L1, [&](JsonReader &inner) {
        RasterStyle::Stop stop;
        inner.read("value"_L1, stop.value);
        inner.read("color"_L1, stop.color);
        inner.read("title"_L1, stop.title);
        if (!stop.color.isValid())
            inner.complain("color"_L1);
        if (!raster.stops.empty() && stop.value < raster.stops.back().value)
            inner.complain("value"_L1);
        raster.stops.push_back(stop);
    });
    r.read("ramp"_L1, raster.ramp);
    r.read("unit"_L1, raster.unit);
    r.read("azimuth"_L1, raster.azimuth);
    r.read("altitude"_L1, raster.altitude);
    r.read("exaggeration"_L1, raster.exaggeration);
    r.read("smooth"_L1, raster.smooth);
}

} // namespace

QJsonObject Filter::toJson() const
{
    JsonWriter w;
    auto toJsonOf = [](const Filter &f) { return f.toJson(); };
    switch (kind) {
    case Kind::Always:
        break;
    case Kind::All:
        w.putEach("all"_L1, parts, toJsonOf);
        break;
    case Kind::Any:
        w.putEach("any"_L1, parts, toJsonOf);
        break;
    case Kind::Not:
        w.json[u"not"_s] = parts.empty() ? QJsonObject() : parts.front().toJson();
        break;
    case Kind::Compare:
        w.json[u"field"_s] = field;
        w.put("op"_L1, nameOf(op, opNames), u"="_s);
        if (op == Op::In)
            w.json[u"value"_s] = QJsonArray::fromVariantList(values);
        else if (!values.isEmpty())
            w.json[u"value"_s] = QJsonValue::fromVariant(values.front());
    }
    return w.json;
}

Result<Filter> Filter::fromJson(const QJsonObject &json)
{
    JsonReader r(json);
    auto filter = filterFrom(r, 0);
    return r.result(std::move(filter));
}

QJsonObject Symbol::toJson() const
{
    JsonWriter w;
    w.putEach("fills"_L1, fills, fillToJson);
    w.putEach("strokes"_L1, strokes, strokeToJson);
    w.putEach("markers"_L1, markers, markerToJson);
    return w.json;
}

Result<Symbol> Symbol::fromJson(const QJsonObject &json)
{
    JsonReader r(json);
    auto symbol = symbolFrom(r);
    return r.result(std::move(symbol));
}

QJsonObject Style::toJson() const
{
    JsonWriter w;
    w.json[u"kind"_s] = nameOf(kind, styleNames);
    w.put("field"_L1, field, QString());
    w.putEach("classes"_L1, classes, [this](const StyleClass &c) { return classToJson(c, kind); });
    if (otherwise)
        w.json[u"otherwise"_s] = otherwise->toJson();
    w.put("otherwiseTitle"_L1, otherwiseTitle, QString());
    if (label != LabelStyle())
        w.json[u"label"_s] = labelToJson(label);
    if (raster != RasterStyle())
        w.json[u"raster"_s] = rasterToJson(raster);
    return w.json;
}

Result<Style> Style::fromJson(const QJsonObject &json)
{
    JsonReader r(json);
    Style style;
    r.read("kind"_L1, style.kind, styleNames);
    r.read("field"_L1, style.field);
    r.readEach("classes"_L1, [&](JsonReader &inner) { style.classes.push_back(classFrom(inner)); });
    if (style.classes.empty() && r.has("symbol"_L1)) // short for one class
        style.classes.push_back(classFrom(r));
    if (style.classes.size() > 10000)
        r.complain("classes"_L1);
    r.readObject("otherwise"_L1, [&](JsonReader &inner) { style.otherwise = symbolFrom(inner); });
    r.read("otherwiseTitle"_L1, style.otherwiseTitle);
    r.readObject("label"_L1, [&](JsonReader &inner) { labelFrom(inner, style.label); });
    r.readObject("raster"_L1, [&](JsonReader &inner) { rasterFrom(inner, style.raster); });
    if ((style.kind == Kind::Categorised || style.kind == Kind::Graduated) && style.field.isEmpty())
        r.complain("field"_L1);
    return r.result(std::move(style));
}

} // namespace hanseatlas
