// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wfsschema.h"

#include "datasources/services/servicexml.h"

#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int deepestBase = 20; ///< types that build on each other

QString local(const QString &name)
{
    return name.sliced(name.indexOf(u':') + 1);
}

FieldType fieldTypeOf(const QString &xsdType)
{
    static const QHash<QString, FieldType> known{
        {u"int"_s, FieldType::Integer},
        {u"integer"_s, FieldType::Integer},
        {u"long"_s, FieldType::Integer},
        {u"short"_s, FieldType::Integer},
        {u"byte"_s, FieldType::Integer},
        {u"unsignedInt"_s, FieldType::Integer},
        {u"unsignedLong"_s, FieldType::Integer},
        {u"unsignedShort"_s, FieldType::Integer},
        {u"unsignedByte"_s, FieldType::Integer},
        {u"positiveInteger"_s, FieldType::Integer},
        {u"nonNegativeInteger"_s, FieldType::Integer},
        {u"negativeInteger"_s, FieldType::Integer},
        {u"nonPositiveInteger"_s, FieldType::Integer},
        {u"double"_s, FieldType::Real},
        {u"float"_s, FieldType::Real},
        {u"decimal"_s, FieldType::Real},
        {u"MeasureType"_s, FieldType::Real},
        {u"LengthType"_s, FieldType::Real},
        {u"AreaType"_s, FieldType::Real},
        {u"boolean"_s, FieldType::Boolean},
        {u"date"_s, FieldType::Date},
        {u"time"_s, FieldType::Time},
        {u"dateTime"_s, FieldType::DateTime},
        {u"base64Binary"_s, FieldType::Binary},
        {u"hexBinary"_s, FieldType::Binary},
    };
    return known.value(local(xsdType), FieldType::Text);
}

/** "gml:MultiSurfacePropertyType" → "MultiSurface"; "" for what is no geometry */
QString geometryTypeOf(const QString &xsdType)
{
    static const QSet<QString> known{u"Point"_s,
                                     u"MultiPoint"_s,
                                     u"LineString"_s,
                                     u"MultiLineString"_s,
                                     u"Curve"_s,
                                     u"MultiCurve"_s,
                                     u"Polygon"_s,
                                     u"MultiPolygon"_s,
                                     u"Surface"_s,
                                     u"MultiSurface"_s,
                                     u"Geometry"_s,
                                     u"MultiGeometry"_s,
                                     u"Solid"_s,
                                     u"MultiSolid"_s,
                                     u"GeometricPrimitive"_s,
                                     u"GeometryArray"_s,
                                     u"CompositeCurve"_s,
                                     u"CompositeSurface"_s,
                                     u"GeometricComplex"_s,
                                     u"GeometryAssociation"_s};
    auto name = local(xsdType);
    for (const auto ending : {"PropertyType"_L1, "Type"_L1}) {
        if (!name.endsWith(ending))
            continue;
        name.chop(ending.size());
        break;
    }
    if (name.startsWith("Abstract"_L1))
        name = name.sliced(8);
    if (!known.contains(name))
        return {};
    return name.startsWith("Geometr"_L1) ? u"Geometry"_s : name;
}

class SchemaReader
{
public:
    explicit SchemaReader(const XmlNode &root)
        : m_root(root)
    {
        for (const auto &child : root.children) {
            const auto name = child.attribute("name"_L1);
            if (child.name == "complexType"_L1)
                m_complex.insert(name, &child);
            else if (child.name == "simpleType"_L1)
                m_simple.insert(name, &child);
        }
    }

    WfsSchema read()
    {
        WfsSchema schema{.targetNamespace = m_root.attribute("targetNamespace"_L1)};
        for (const auto &child : m_root.children)
            if (child.name == "element"_L1 && !child.attribute("name"_L1).isEmpty())
                if (auto type = feature(child))
                    schema.types.push_back(std::move(*type));
        return schema;
    }

private:
    std::optional<WfsTypeSchema> feature(const XmlNode &element)
    {
        WfsTypeSchema type{.name = element.attribute("name"_L1), .typeName = local(element.attribute("type"_L1))};
        const auto *content = element.child("complexType"_L1);
        if (!content)
            content = m_complex.value(type.typeName);
        const auto group = local(element.attribute("substitutionGroup"_L1));
        const bool isFeature = group.contains("Feature"_L1) || (content && buildsOnFeature(*content, 0));
        // A type of another document, or a structure that features are made of: only the former is one.
        if (!isFeature && (group.isEmpty() || content))
            return {};
        if (content)
            addFields(*content, type, 0);
        else
            type.incomplete = true;
        return type;
    }

    bool buildsOnFeature(const XmlNode &complexType, int depth) const
    {
        const auto base = local(baseOf(complexType));
        if (base.startsWith("AbstractFeature"_L1))
            return true;
        const auto *type = m_complex.value(base);
        return type && depth < deepestBase && buildsOnFeature(*type, depth + 1);
    }

    static const XmlNode *extensionOf(const XmlNode &complexType)
    {
        for (const auto kind : {"extension"_L1, "restriction"_L1})
            if (const auto *extension = find(complexType, {"complexContent"_L1, kind}))
                return extension;
        return nullptr;
    }

    static QString baseOf(const XmlNode &complexType)
    {
        const auto *extension = extensionOf(complexType);
        return extension ? extension->attribute("base"_L1) : QString();
    }

    void addFields(const XmlNode &complexType, WfsTypeSchema &type, int depth)
    {
        const auto *extension = extensionOf(complexType);
        const auto base = local(baseOf(complexType));
        if (!base.isEmpty() && !base.startsWith("Abstract"_L1)) {
            const auto *parent = m_complex.value(base);
            if (parent && depth < deepestBase)
                addFields(*parent, type, depth + 1);
            else
                type.incomplete = true;
        }
        addParticles(extension ? *extension : complexType, type, 0);
    }

    /** sequence, choice and all may hold each other */
    void addParticles(const XmlNode &node, WfsTypeSchema &type, int depth)
    {
        for (const auto &child : node.children) {
            const bool group = child.name == "sequence"_L1 || child.name == "choice"_L1 || child.name == "all"_L1;
            if (group && depth < deepestBase)
                addParticles(child, type, depth + 1);
            else if (child.name == "element"_L1)
                type.fields.push_back(field(child));
        }
    }

    WfsField field(const XmlNode &element) const
    {
        WfsField field{.name = local(element.attribute("name"_L1)), .type = element.attribute("type"_L1)};
        if (const auto reference = element.attribute("ref"_L1); field.name.isEmpty()) {
            field.name = local(reference);
            field.type = reference; // gml:name, or gml:pointProperty and the like
            const auto word = field.name.endsWith("Property"_L1) ? field.name.chopped(8) : QString();
            if (!word.isEmpty())
                field.geometryType = geometryTypeOf(word.first(1).toUpper() + word.sliced(1) + "PropertyType"_L1);
        }
        field.required = element.attribute("minOccurs"_L1) != "0"_L1;
        const auto most = element.attribute("maxOccurs"_L1);
        field.repeated = most == "unbounded"_L1 || most.toInt() > 1;
        field.description = textAt(element, {"annotation"_L1, "documentation"_L1});
        const auto *simple = element.child("simpleType"_L1);
        if (!simple)
            simple = m_simple.value(local(field.type));
        if (simple)
            restrict(*simple, field, 0);
        if (field.geometryType.isEmpty() && field.type.contains("gml"_L1, Qt::CaseInsensitive))
            field.geometryType = geometryTypeOf(field.type);
        if (field.geometryType.isEmpty() && m_complex.value(local(field.type)) == nullptr)
            field.geometryType = local(field.type).endsWith("PropertyType"_L1) ? geometryTypeOf(field.type) : QString();
        field.geometry = !field.geometryType.isEmpty();
        field.structure =
            !field.geometry && (element.child("complexType"_L1) != nullptr || m_complex.contains(local(field.type)));
        field.fieldType = fieldTypeOf(field.type);
        return field;
    }

    void restrict(const XmlNode &simpleType, WfsField &field, int depth) const
    {
        const auto *restriction = simpleType.child("restriction"_L1);
        if (!restriction)
            return;
        field.type = restriction->attribute("base"_L1);
        for (const auto &facet : restriction->children) {
            if (facet.name == "maxLength"_L1)
                field.maximumLength = std::max(0, facet.attribute("value"_L1).toInt());
            else if (facet.name == "enumeration"_L1)
                field.allowed.append(facet.attribute("value"_L1));
            else if (facet.name == "fractionDigits"_L1 && facet.attribute("value"_L1) == "0"_L1
                     && local(field.type) == "decimal"_L1)
                field.type = u"xsd:integer"_s; // how ArcGIS and deegree write whole numbers
        }
        const auto *base = m_simple.value(local(field.type));
        if (base && base != &simpleType && depth < deepestBase)
            restrict(*base, field, depth + 1);
    }

    const XmlNode &m_root;
    QHash<QString, const XmlNode *> m_complex;
    QHash<QString, const XmlNode *> m_simple;
};

} // namespace

const WfsField *WfsTypeSchema::geometry() const
{
    const auto found = std::ranges::find(fields, true, &WfsField::geometry);
    return found != fields.end() ? &*found : nullptr;
}

Result<WfsSchema> parseWfsSchema(QByteArrayView bytes)
{
    const auto document = readXml(bytes, {"schema"_L1}, u"XML Schema"_s);
    if (!document)
        return std::unexpected(document.error());
    return SchemaReader(document->root).read();
}

const WfsTypeSchema *findType(const WfsSchema &schema, const QString &localName)
{
    const auto found = std::ranges::find(schema.types, localName, &WfsTypeSchema::name);
    return found != schema.types.end() ? &*found : nullptr;
}

} // namespace hanseatlas
