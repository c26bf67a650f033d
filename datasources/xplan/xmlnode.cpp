// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xmlnode.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

class NodeReader
{
public:
    NodeReader(QXmlStreamReader &xml, const XmlLimits &limits, const CancelToken &token)
        : m_xml(xml)
        , m_limits(limits)
        , m_token(token)
    {
    }

    XmlNode read(int depth)
    {
        XmlNode node = begin();
        if (depth > m_limits.depth || ++m_elements > m_limits.elements)
            return complain(std::move(node));
        while (!m_xml.atEnd()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement:
                if (m_elements % 256 == 0 && m_token.stop_requested())
                    return node;
                node.children.push_back(read(depth + 1));
                break;
            case QXmlStreamReader::Characters:
                m_characters += m_xml.text().size();
                if (m_characters > m_limits.characters)
                    return complain(std::move(node));
                if (!m_xml.isWhitespace())
                    node.text += m_xml.text();
                break;
            case QXmlStreamReader::EndElement:
                node.text = std::move(node.text).trimmed();
                return node;
            default:
                break;
            }
        }
        return node;
    }

private:
    XmlNode begin() const
    {
        XmlNode node{.name = m_xml.name().toString(), .isGml = isGmlNamespace(m_xml.namespaceUri())};
        node.line = int(m_xml.lineNumber());
        for (const auto &attribute : m_xml.attributes())
            node.attributes.emplace_back(attribute.name().toString(), attribute.value().toString());
        return node;
    }

    XmlNode complain(XmlNode node)
    {
        m_xml.raiseError(
            QCoreApplication::translate("XplanParser", "An object is larger or nested deeper than a plan can be."));
        return node;
    }

    QXmlStreamReader &m_xml;
    const XmlLimits &m_limits;
    const CancelToken &m_token;
    qsizetype m_elements = 0;
    qsizetype m_characters = 0;
};

} // namespace

QString XmlNode::attribute(QLatin1StringView wanted) const
{
    for (const auto &[key, value] : attributes)
        if (key == wanted)
            return value;
    return {};
}

const XmlNode *XmlNode::child(QLatin1StringView wanted) const
{
    for (const auto &node : children)
        if (node.name == wanted)
            return &node;
    return nullptr;
}

bool isGmlNamespace(QStringView space)
{
    return space.startsWith("http://www.opengis.net/gml"_L1);
}

XmlNode readNode(QXmlStreamReader &xml, const XmlLimits &limits, const CancelToken &token)
{
    return NodeReader(xml, limits, token).read(0);
}

} // namespace hanseatlas
