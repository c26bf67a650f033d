// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/styleconditions.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Kind = Filter::Kind;
using Op = Filter::Op;

Filter compare(const QString &field, Op op, const QVariant &value)
{
    return {.kind = Kind::Compare, .field = field, .op = op, .values = {value}};
}

Filter joined(Kind kind, std::vector<Filter> parts)
{
    if (parts.empty())
        return {};
    if (parts.size() == 1 && kind != Kind::Not)
        return parts.front();
    return {.kind = kind, .parts = std::move(parts)};
}

bool isSet(Op op)
{
    return op == Op::Equal || op == Op::In;
}

/** Equal by value where both are numbers. */
bool same(const QVariant &a, const QVariant &b)
{
    bool first = false, second = false;
    const double x = a.toDouble(&first), y = b.toDouble(&second);
    return first && second ? x == y : a.toString() == b.toString();
}

struct Interval {
    double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
    bool lowIn = false, highIn = false;
};

std::optional<Interval> intervalOf(const Filter &f)
{
    bool number = false;
    const double value = f.values.isEmpty() ? 0 : f.values.front().toDouble(&number);
    if (!number)
        return std::nullopt;
    switch (f.op) {
    case Op::Equal:
        return Interval{value, value, true, true};
    case Op::Less:
        return Interval{.high = value};
    case Op::LessOrEqual:
        return Interval{.high = value, .highIn = true};
    case Op::Greater:
        return Interval{.low = value};
    case Op::GreaterOrEqual:
        return Interval{.low = value, .lowIn = true};
    default:
        return std::nullopt;
    }
}

bool comparesOverlap(const Filter &a, const Filter &b)
{
    if (a.field != b.field)
        return true;
    if ((a.op == Op::IsNull) != (b.op == Op::IsNull))
        return false;
    if (isSet(a.op) && isSet(b.op))
        return std::ranges::any_of(a.values, [&](const QVariant &x) {
            return std::ranges::any_of(b.values, [&](const QVariant &y) { return same(x, y); });
        });
    const auto i = intervalOf(a), j = intervalOf(b);
    if (!i || !j)
        return true;
    const auto apart = [](const Interval &left, const Interval &right) {
        return left.high < right.low || (left.high == right.low && !(left.highIn && right.lowIn));
    };
    return !apart(*i, *j) && !apart(*j, *i);
}

QString sqlText(QString text)
{
    return u'\'' + text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"''"_s) + u'\'';
}

QString literal(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? u"1"_s : u"0"_s;
    case QMetaType::Int:
    case QMetaType::LongLong:
        return QString::number(value.toLongLong());
    case QMetaType::Double:
        return QString::number(value.toDouble(), 'g', 17);
    default:
        return sqlText(value.toString());
    }
}

QString pattern(QString text, bool start)
{
    for (const auto c : {u'\\', u'%', u'_'})
        text.replace(QChar(c), u'\\' + QString(QChar(c)));
    text = text.replace(u'\'', u"''"_s).replace(u'\\', u"\\\\"_s);
    return start ? u"'%1%'"_s.arg(text) : u"'%%1%'"_s.arg(text);
}

QString comparison(const Filter &f)
{
    auto name = f.field;
    const auto field = u'"' + name.replace(u'"', u"\"\""_s) + u'"';
    if (f.op == Op::IsNull)
        return field + u" IS NULL"_s;
    if (f.values.isEmpty())
        return u"FALSE"_s;
    const auto against = [&](const char *sign) {
        return u"%1 %2 %3"_s.arg(field, QLatin1StringView(sign), literal(f.values.front()));
    };
    switch (f.op) {
    case Op::Equal:
        return against("=");
    case Op::NotEqual:
        return against("<>");
    case Op::Less:
        return against("<");
    case Op::LessOrEqual:
        return against("<=");
    case Op::Greater:
        return against(">");
    case Op::GreaterOrEqual:
        return against(">=");
    case Op::In: {
        QStringList values;
        for (const auto &value : f.values)
            values << literal(value);
        return u"%1 IN (%2)"_s.arg(field, values.join(u", "_s));
    }
    case Op::Contains:
        return field + u" ILIKE "_s + pattern(f.values.front().toString(), false);
    case Op::StartsWith:
        return field + u" ILIKE "_s + pattern(f.values.front().toString(), true);
    case Op::IsNull:
        break;
    }
    return u"FALSE"_s;
}

} // namespace

Filter conditionOf(const Style &style, std::size_t styleClass)
{
    const auto &c = style.classes[styleClass];
    switch (style.kind) {
    case Style::Kind::Single:
        return {};
    case Style::Kind::Categorised:
        return c.value.isValid() && !c.value.isNull()
            ? compare(style.field, Op::Equal, c.value)
            : Filter{.kind = Kind::Compare, .field = style.field, .op = Op::IsNull};
    case Style::Kind::Graduated: {
        std::vector<Filter> parts;
        if (c.lower)
            parts.push_back(compare(style.field, Op::GreaterOrEqual, *c.lower));
        if (c.upper)
            parts.push_back(compare(style.field, Op::Less, *c.upper));
        if (parts.empty()) // any number
            return {.kind = Kind::Not, .parts = {{.kind = Kind::Compare, .field = style.field, .op = Op::IsNull}}};
        return joined(Kind::All, std::move(parts));
    }
    case Style::Kind::RuleBased:
        return c.filter;
    }
    return {};
}

bool mayOverlap(const Filter &a, const Filter &b)
{
    const auto overlapsB = [&](const Filter &part) { return mayOverlap(part, b); };
    if (a.kind == Kind::All)
        return std::ranges::all_of(a.parts, overlapsB);
    if (a.kind == Kind::Any)
        return std::ranges::any_of(a.parts, overlapsB);
    if (b.kind == Kind::All || b.kind == Kind::Any)
        return mayOverlap(b, a);
    return a.kind != Kind::Compare || b.kind != Kind::Compare || comparesOverlap(a, b);
}

Filter exclusiveConditionOf(const Style &style, std::size_t styleClass)
{
    const bool otherwise = styleClass >= style.classes.size();
    const auto own = otherwise ? Filter{} : conditionOf(style, styleClass);
    std::vector<Filter> earlier;
    for (std::size_t i = 0; i < styleClass && i < style.classes.size(); ++i) {
        auto other = conditionOf(style, i);
        if (otherwise || mayOverlap(own, other))
            earlier.push_back(std::move(other));
    }
    if (earlier.empty())
        return own;
    Filter others{.kind = Kind::Not, .parts = {joined(Kind::Any, std::move(earlier))}};
    if (own.kind == Kind::Always)
        return others;
    return {.kind = Kind::All, .parts = {own, std::move(others)}};
}

QString qgisExpression(const Filter &filter)
{
    QStringList parts;
    for (const auto &part : filter.parts) {
        const auto text = qgisExpression(part);
        parts << (text.isEmpty() ? u"TRUE"_s : text);
    }
    switch (filter.kind) {
    case Kind::Always:
        return {};
    case Kind::Compare: // what is null matches nothing, also below a NOT
        return filter.op == Op::IsNull ? comparison(filter) : u"coalesce(%1, FALSE)"_s.arg(comparison(filter));
    case Kind::All:
        return parts.isEmpty() ? QString() : u'(' + parts.join(u") AND ("_s) + u')';
    case Kind::Any:
        return parts.isEmpty() ? u"FALSE"_s : u'(' + parts.join(u") OR ("_s) + u')';
    case Kind::Not:
        return parts.isEmpty() ? QString() : u"NOT (%1)"_s.arg(parts.front());
    }
    return {};
}

namespace
{

const auto ogc = u"http://www.opengis.net/ogc"_s;

void writeComparison(QXmlStreamWriter &xml, const Filter &f, const char *element, const QVariant &value)
{
    xml.writeStartElement(ogc, QString::fromLatin1(element));
    xml.writeTextElement(ogc, u"PropertyName"_s, f.field);
    xml.writeTextElement(ogc, u"Literal"_s,
                         value.typeId() == QMetaType::Double ? QString::number(value.toDouble(), 'g', 15)
                                                             : value.toString());
    xml.writeEndElement();
}

void writeLike(QXmlStreamWriter &xml, const Filter &f, bool start)
{
    auto text = f.values.front().toString();
    for (const auto c : {u'!', u'*', u'#'})
        text.replace(QChar(c), u'!' + QString(QChar(c)));
    xml.writeStartElement(ogc, u"PropertyIsLike"_s);
    for (const auto &[name, value] : {std::pair(u"wildCard"_s, u"*"_s),
                                      {u"singleChar"_s, u"#"_s},
                                      {u"escapeChar"_s, u"!"_s},
                                      {u"matchCase"_s, u"false"_s}})
        xml.writeAttribute(name, value);
    xml.writeTextElement(ogc, u"PropertyName"_s, f.field);
    xml.writeTextElement(ogc, u"Literal"_s, start ? text + u'*' : u'*' + text + u'*');
    xml.writeEndElement();
}

void writeCompare(QXmlStreamWriter &xml, const Filter &f)
{
    if (f.op == Op::IsNull || f.values.isEmpty()) {
        xml.writeStartElement(ogc, u"PropertyIsNull"_s);
        xml.writeTextElement(ogc, u"PropertyName"_s, f.field);
        xml.writeEndElement();
        return;
    }
    const auto &value = f.values.front();
    switch (f.op) {
    case Op::Equal:
        return writeComparison(xml, f, "PropertyIsEqualTo", value);
    case Op::NotEqual:
        return writeComparison(xml, f, "PropertyIsNotEqualTo", value);
    case Op::Less:
        return writeComparison(xml, f, "PropertyIsLessThan", value);
    case Op::LessOrEqual:
        return writeComparison(xml, f, "PropertyIsLessThanOrEqualTo", value);
    case Op::Greater:
        return writeComparison(xml, f, "PropertyIsGreaterThan", value);
    case Op::GreaterOrEqual:
        return writeComparison(xml, f, "PropertyIsGreaterThanOrEqualTo", value);
    case Op::In:
        if (f.values.size() == 1)
            return writeComparison(xml, f, "PropertyIsEqualTo", value);
        xml.writeStartElement(ogc, u"Or"_s);
        for (const auto &one : f.values)
            writeComparison(xml, f, "PropertyIsEqualTo", one);
        return xml.writeEndElement();
    case Op::Contains:
        return writeLike(xml, f, false);
    case Op::StartsWith:
        return writeLike(xml, f, true);
    case Op::IsNull:
        return;
    }
}

void writeCondition(QXmlStreamWriter &xml, const Filter &f)
{
    if (f.kind == Kind::Compare)
        return writeCompare(xml, f);
    // An Always among the parts of an "and" says nothing; elsewhere our styles do not make it.
    std::vector<Filter> parts;
    std::ranges::copy_if(f.parts, std::back_inserter(parts), [](const Filter &p) { return p.kind != Kind::Always; });
    if (parts.empty())
        return;
    if (parts.size() == 1 && f.kind != Kind::Not)
        return writeCondition(xml, parts.front());
    xml.writeStartElement(ogc, f.kind == Kind::All ? u"And"_s : f.kind == Kind::Any ? u"Or"_s : u"Not"_s);
    for (const auto &part : parts)
        writeCondition(xml, part);
    xml.writeEndElement();
}

} // namespace

void writeOgcFilter(QXmlStreamWriter &xml, const Filter &filter)
{
    if (filter.kind == Kind::Always || (filter.kind != Kind::Compare && filter.parts.empty()))
        return;
    xml.writeStartElement(ogc, u"Filter"_s);
    writeCondition(xml, filter);
    xml.writeEndElement();
}

GeometryKind symbolKind(const std::vector<GeometryKind> &declared, const Style &style)
{
    for (const auto kind : declared) {
        if (kind != GeometryKind::None)
            return kind;
    }
    const auto &symbol = style.classes.empty() ? Symbol() : style.classes.front().symbol;
    return !symbol.fills.empty()  ? GeometryKind::Polygon
        : !symbol.strokes.empty() ? GeometryKind::Line
                                  : GeometryKind::Point;
}

} // namespace hanseatlas
