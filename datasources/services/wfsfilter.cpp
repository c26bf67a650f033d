// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wfsfilter.h"

#include "datasources/services/servicecrs.h"

#include <QDateTime>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

template <class... F>
struct Visitor : F... {
    using F::operator()...;
};

QLatin1StringView elementOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal:
        return "PropertyIsEqualTo"_L1;
    case Comparison::NotEqual:
        return "PropertyIsNotEqualTo"_L1;
    case Comparison::Less:
        return "PropertyIsLessThan"_L1;
    case Comparison::LessOrEqual:
        return "PropertyIsLessThanOrEqualTo"_L1;
    case Comparison::Greater:
        return "PropertyIsGreaterThan"_L1;
    default:
        return "PropertyIsGreaterThanOrEqualTo"_L1;
    }
}

QLatin1StringView signOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal:
        return "="_L1;
    case Comparison::NotEqual:
        return "<>"_L1;
    case Comparison::Less:
        return "<"_L1;
    case Comparison::LessOrEqual:
        return "<="_L1;
    case Comparison::Greater:
        return ">"_L1;
    default:
        return ">="_L1;
    }
}

/** Writes the elements of both encodings; they differ in names and in little else. */
class FilterWriter
{
public:
    FilterWriter(QString &text, WfsVersion version)
        : m_xml(&text)
        , m_version(version)
        , m_space(version == WfsVersion::V200 ? u"http://www.opengis.net/fes/2.0"_s : u"http://www.opengis.net/ogc"_s)
        , m_gml(version == WfsVersion::V200 ? u"http://www.opengis.net/gml/3.2"_s : u"http://www.opengis.net/gml"_s)
    {
    }

    void write(const FilterRule &filter, const std::vector<std::pair<QString, QString>> &namespaces)
    {
        m_xml.writeNamespace(m_space, m_version == WfsVersion::V200 ? u"fes"_s : u"ogc"_s);
        m_xml.writeNamespace(m_gml, u"gml"_s);
        start("Filter"_L1);
        for (const auto &[prefix, uri] : namespaces)
            if (!prefix.isEmpty() && !uri.isEmpty() && prefix != "gml"_L1)
                m_xml.writeNamespace(uri, prefix);
        rule(filter);
        m_xml.writeEndElement();
    }

private:
    void start(QLatin1StringView name) { m_xml.writeStartElement(m_space, name); }

    void field(const QString &name)
    {
        m_xml.writeTextElement(m_space, m_version == WfsVersion::V200 ? "ValueReference"_L1 : "PropertyName"_L1, name);
    }

    void literal(const QVariant &value) { m_xml.writeTextElement(m_space, "Literal"_L1, filterValue(value)); }

    void rule(const FilterRule &filter)
    {
        std::visit(Visitor{[](std::monostate) {}, [this](const auto &each) { write(each); }}, filter.rule);
    }

    void write(const FieldComparison &test)
    {
        start(elementOf(test.comparison));
        if (!test.matchCase && test.value.typeId() == QMetaType::fromType<QString>().id()
            && m_version != WfsVersion::V100)
            m_xml.writeAttribute("matchCase"_L1, "false"_L1);
        field(test.field);
        literal(test.value);
        m_xml.writeEndElement();
    }

    void write(const FieldBetween &test)
    {
        start("PropertyIsBetween"_L1);
        field(test.field);
        start("LowerBoundary"_L1);
        literal(test.from);
        m_xml.writeEndElement();
        start("UpperBoundary"_L1);
        literal(test.to);
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void write(const FieldLike &test)
    {
        start("PropertyIsLike"_L1);
        m_xml.writeAttribute("wildCard"_L1, "*"_L1);
        m_xml.writeAttribute("singleChar"_L1, "?"_L1);
        m_xml.writeAttribute(m_version == WfsVersion::V100 ? "escape"_L1 : "escapeChar"_L1, "\\"_L1);
        if (!test.matchCase && m_version != WfsVersion::V100)
            m_xml.writeAttribute("matchCase"_L1, "false"_L1);
        field(test.field);
        literal(test.pattern);
        m_xml.writeEndElement();
    }

    void write(const FieldIsNull &test)
    {
        start("PropertyIsNull"_L1);
        field(test.field);
        m_xml.writeEndElement();
    }

    void write(const FieldInBox &test)
    {
        const bool asked = asksForRegisterOrder(test.crs) && serviceCrs(test.crs).northingFirst();
        const auto numbers = boxText(test.extent, test.northFirst.value_or(asked)).split(u',');
        start("BBOX"_L1);
        if (!test.field.isEmpty())
            field(test.field);
        m_xml.writeStartElement(m_gml, m_version == WfsVersion::V100 ? "Box"_L1 : "Envelope"_L1);
        m_xml.writeAttribute("srsName"_L1, test.crs);
        if (m_version == WfsVersion::V100) {
            m_xml.writeTextElement(m_gml, "coordinates"_L1,
                                   numbers[0] + u',' + numbers[1] + u' ' + numbers[2] + u',' + numbers[3]);
        } else {
            m_xml.writeTextElement(m_gml, "lowerCorner"_L1, numbers[0] + u' ' + numbers[1]);
            m_xml.writeTextElement(m_gml, "upperCorner"_L1, numbers[2] + u' ' + numbers[3]);
        }
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void write(const FilterGroup &group)
    {
        std::vector<const FilterRule *> parts;
        for (const auto &part : group.parts)
            if (!part.isEmpty())
                parts.push_back(&part);
        if (parts.empty())
            return;
        if (group.junction == Junction::Not)
            start("Not"_L1);
        // And and Or need two parts at least; what is negated is one element.
        if (parts.size() > 1)
            start(group.junction == Junction::And ? "And"_L1 : "Or"_L1);
        for (const auto *part : parts)
            rule(*part);
        if (parts.size() > 1)
            m_xml.writeEndElement();
        if (group.junction == Junction::Not)
            m_xml.writeEndElement();
    }

    QXmlStreamWriter m_xml;
    WfsVersion m_version;
    QString m_space;
    QString m_gml;
};

bool saysNothing(const FilterRule &filter)
{
    const auto *group = std::get_if<FilterGroup>(&filter.rule);
    return filter.isEmpty() || (group && std::ranges::all_of(group->parts, saysNothing));
}

QString quotedField(const QString &name)
{
    return u'"' + QString(name).replace(u'"', "\"\""_L1) + u'"';
}

QString cqlText(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', "''"_L1) + u'\'';
}

QString cqlValue(const QVariant &value)
{
    const auto text = filterValue(value);
    switch (value.typeId()) {
    case QMetaType::Bool:
        return text.toUpper();
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Double:
    case QMetaType::Float:
        return text;
    case QMetaType::QDate:
        return "DATE("_L1 + cqlText(text) + u')';
    case QMetaType::QDateTime:
        return "TIMESTAMP("_L1 + cqlText(text) + u')';
    default:
        return cqlText(text);
    }
}

/** SQL's wildcards are % and _ */
QString cqlPattern(const QString &pattern)
{
    QString text;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        auto c = pattern[i];
        const bool escaped = c == u'\\' && i + 1 < pattern.size();
        if (escaped)
            c = pattern[++i];
        if (!escaped && c == u'*')
            text += u'%';
        else if (!escaped && c == u'?')
            text += u'_';
        else if (c == u'%' || c == u'_' || c == u'\\')
            text += u'\\' + QString(c);
        else
            text += c;
    }
    return cqlText(text);
}

QString cqlGroup(const FilterGroup &group)
{
    QStringList parts;
    for (const auto &part : group.parts)
        if (!saysNothing(part))
            parts.append(filterCql2(part));
    if (parts.isEmpty())
        return {};
    const auto joined = parts.size() == 1
        ? parts[0]
        : u'(' + parts.join(group.junction == Junction::And ? u" AND "_s : u" OR "_s) + u')';
    return group.junction == Junction::Not ? "NOT ("_L1 + joined + u')' : joined;
}

} // namespace

QString filterValue(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QMetaType::Double:
    case QMetaType::Float:
        return numberText(value.toDouble());
    case QMetaType::QDate:
        return value.toDate().toString(Qt::ISODate);
    case QMetaType::QDateTime:
        return value.toDateTime().toString(Qt::ISODate);
    default:
        return value.toString();
    }
}

QString filterXml(const FilterRule &filter, WfsVersion version,
                  const std::vector<std::pair<QString, QString>> &namespaces)
{
    QString text;
    if (!saysNothing(filter))
        FilterWriter(text, version).write(filter, namespaces);
    return text;
}

QString filterCql2(const FilterRule &filter)
{
    return std::visit(Visitor{[](std::monostate) { return QString(); },
                              [](const FieldComparison &test) {
                                  const bool fold = !test.matchCase && test.value.typeId() == QMetaType::QString;
                                  const auto value = cqlValue(test.value);
                                  const auto sign = u' ' + signOf(test.comparison) + u' ';
                                  return fold
                                      ? "CASEI("_L1 + quotedField(test.field) + u')' + sign + "CASEI("_L1 + value + u')'
                                      : quotedField(test.field) + sign + value;
                              },
                              [](const FieldBetween &test) {
                                  return quotedField(test.field) + " BETWEEN "_L1 + cqlValue(test.from) + " AND "_L1
                                      + cqlValue(test.to);
                              },
                              [](const FieldLike &test) {
                                  const auto pattern = cqlPattern(test.pattern);
                                  return test.matchCase
                                      ? quotedField(test.field) + " LIKE "_L1 + pattern
                                      : "CASEI("_L1 + quotedField(test.field) + ") LIKE CASEI("_L1 + pattern + u')';
                              },
                              [](const FieldIsNull &test) { return quotedField(test.field) + " IS NULL"_L1; },
                              [](const FieldInBox &test) {
                                  return "S_INTERSECTS("_L1 + quotedField(test.field) + ",BBOX("_L1
                                      + boxText(test.extent, false) + "))"_L1;
                              },
                              [](const FilterGroup &group) { return cqlGroup(group); }},
                      filter.rule);
}

} // namespace hanseatlas
