// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanparser.h"

#include "datasources/xplan/arcs.h"
#include "datasources/xplan/axisorder.h"
#include "datasources/xplan/gmlgeometry.h"
#include "datasources/xplan/xplantexts.h"

#include <QBuffer>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

#include <map>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool isXplanNamespace(QStringView space)
{
    return space.contains("xplanung.de/xplangml"_L1);
}

bool isClassName(QStringView name)
{
    return name.size() > 3 && name[2] == u'_' && name[0].isUpper() && name[1].isUpper();
}

QString versionOf(QStringView space)
{
    static const QRegularExpression pattern(u"/xplangml/(\\d)/(\\d)/?$"_s);
    const auto match = pattern.matchView(space);
    return match.hasMatch() ? match.captured(1) + u'.' + match.captured(2) : QString();
}

/** Elements that only hold features. */
bool isContainer(QStringView name)
{
    static const QSet<QString> names{
        u"XPlanAuszug"_s, u"FeatureCollection"_s, u"featureMember"_s,     u"featureMembers"_s,
        u"member"_s,      u"members"_s,           u"additionalObjects"_s, u"Tuple"_s};
    return names.contains(name.toString());
}

bool isGeometryOfObject(const QString &property)
{
    return property == "position"_L1 || property == "raeumlicherGeltungsbereich"_L1 || property == "geltungsbereich"_L1;
}

class Parser
{
public:
    Parser(QIODevice &device, const QString &name, const XplanOptions &options, CancelToken token,
           const Progress &progress)
        : m_device(device)
        , m_options(options)
        , m_token(std::move(token))
        , m_progress(progress)
        , m_xml(&device)
    {
        m_document.name = name;
    }

    Result<XplanDocument> parse();

private:
    Status readAll();
    Status error() const;
    Status typeDefinition() const;
    bool startsWithTypeDefinition() const;
    void readEnvelope(const XmlNode &node);
    void addObject(const XmlNode &node);
    XplanProperty toProperty(const XmlNode &node, int depth);
    void takeGeometry(const XmlNode &property, const XmlNode &geometry, XplanObject &object);
    int srsIndex(const QString &srsName);
    void settleCoordinates();
    void noteFindings();
    QString position() const;

    QIODevice &m_device;
    const XplanOptions &m_options;
    const CancelToken m_token;
    const Progress &m_progress;
    QXmlStreamReader m_xml;
    XplanDocument m_document;
    XmlLimits m_limits;

    struct Srs {
        QString name;
        Extent written;
    };
    std::vector<Srs> m_srs;
    std::map<QString, int> m_srsIndices;
    std::vector<int> m_objectSrs; ///< per object; -1 = no geometry
    QString m_defaultSrs;
    int m_defaultDimension = 0;
    std::size_t m_vertices = 0;
    int m_broken = 0, m_repaired = 0, m_leftOut = 0, m_firstBrokenLine = 0, m_doubledIds = 0;
    QSet<QString> m_versions;
    bool m_sawXplan = false;
    bool m_sawRoot = false;
};

QString Parser::position() const
{
    return u"%1:%2"_s.arg(m_xml.lineNumber()).arg(m_xml.columnNumber());
}

Status Parser::typeDefinition() const
{
    return failure(
        ErrorKind::Malformed,
        XplanTexts::tr(
            "“%1” was not opened: it has a document type definition, through which it could read other files of "
            "this computer.")
            .arg(m_document.name),
        XplanTexts::tr("XPlanGML needs no such definition. Ask the sender for the plan without it."));
}

/** A definition may be broken itself; then the reader only says that the XML is. */
bool Parser::startsWithTypeDefinition() const
{
    return !m_sawRoot && !m_device.isSequential() && m_device.seek(0) && m_device.read(65536).contains("<!DOCTYPE");
}

Status Parser::error() const
{
    if (m_token.stop_requested())
        return cancelled();
    if (m_xml.error() == QXmlStreamReader::CustomError)
        return failure(ErrorKind::TooLarge,
                       XplanTexts::tr("“%1” was not opened: %2").arg(m_document.name, m_xml.errorString()), {},
                       position());
    if (startsWithTypeDefinition())
        return typeDefinition();
    return failure(ErrorKind::Malformed,
                   XplanTexts::tr("“%1” is not well-formed XML: the error is in line %2, column %3.")
                       .arg(m_document.name)
                       .arg(m_xml.lineNumber())
                       .arg(m_xml.columnNumber()),
                   XplanTexts::tr("The file may be cut off or was changed by hand. Ask the sender for it again."),
                   m_xml.errorString());
}

Status Parser::readAll()
{
    int tokens = 0;
    while (!m_xml.atEnd()) {
        if (m_token.stop_requested())
            return cancelled();
        const auto type = m_xml.readNext();
        if (type == QXmlStreamReader::DTD) {
            return typeDefinition();
        }
        if (type != QXmlStreamReader::StartElement)
            continue;
        const bool ours = isXplanNamespace(m_xml.namespaceUri());
        if (!m_sawRoot && !ours && m_xml.name() != "FeatureCollection"_L1 && m_xml.name() != "XPlanAuszug"_L1)
            return failure(ErrorKind::Malformed, XplanTexts::tr("“%1” is not an XPlanGML file.").arg(m_document.name));
        m_sawRoot = true;
        if (ours) {
            m_sawXplan = true;
            m_versions.insert(versionOf(m_xml.namespaceUri()));
        }
        if (isContainer(m_xml.name()))
            continue;
        if (m_xml.name() == "boundedBy"_L1)
            readEnvelope(readNode(m_xml, m_limits, m_token));
        else if (ours || isClassName(m_xml.name()))
            addObject(readNode(m_xml, m_limits, m_token));
        else
            m_xml.skipCurrentElement();
        if (m_document.objects.size() > m_options.mostObjects || m_vertices > m_options.mostVertices)
            return failure(ErrorKind::TooLarge, XplanTexts::tr("“%1” is too large for a plan.").arg(m_document.name));
        if (++tokens % 64 == 0 && m_device.size() > 0)
            report(m_progress, double(m_device.pos()) / double(m_device.size()));
    }
    return m_xml.hasError() || m_token.stop_requested() ? error() : Status();
}

void Parser::readEnvelope(const XmlNode &node)
{
    for (const auto &envelope : node.children) {
        if (m_defaultSrs.isEmpty())
            m_defaultSrs = envelope.attribute("srsName"_L1);
        m_defaultDimension = envelope.attribute("srsDimension"_L1).toInt();
    }
}

int Parser::srsIndex(const QString &srsName)
{
    const auto [it, isNew] = m_srsIndices.try_emplace(srsName, int(m_srs.size()));
    if (isNew)
        m_srs.push_back({srsName, {}});
    return it->second;
}

void Parser::takeGeometry(const XmlNode &property, const XmlNode &geometry, XplanObject &object)
{
    if (!isGeometryOfObject(property.name) || !object.geometry.isEmpty())
        return;
    GmlContext context{.srsName = property.attribute("srsName"_L1), .dimension = m_defaultDimension};
    if (context.srsName.isEmpty())
        context.srsName = m_defaultSrs;
    const auto crs = m_options.crs.isValid() ? m_options.crs : Crs::fromText(context.srsName);
    context.arcTolerance = arcToleranceMetres / (crs.isValid() ? crs.metresPerUnit() : 1);
    auto read = readGmlGeometry(geometry, context);
    if (read.broken > 0 && m_firstBrokenLine == 0)
        m_firstBrokenLine = geometry.line;
    m_broken += read.broken > 0 ? 1 : 0;
    m_repaired += read.repaired > 0 ? 1 : 0;
    m_leftOut += read.leftOut > 0 ? 1 : 0;
    if (read.geometry.isEmpty())
        return;
    m_vertices += read.geometry.points.size();
    const int srs = srsIndex(read.srsName);
    m_srs[std::size_t(srs)].written.add(read.geometry.extent());
    m_objectSrs.back() = srs;
    object.geometry = std::move(read.geometry);
}

XplanProperty Parser::toProperty(const XmlNode &node, int depth)
{
    XplanProperty property{
        .name = node.name, .text = node.text, .uom = node.attribute("uom"_L1), .href = node.attribute("href"_L1)};
    if (node.children.empty() || depth > 20)
        return property;
    const auto &first = node.children.front();
    const bool wrapped = isClassName(first.name);
    if (wrapped)
        property.type = first.name;
    for (const auto &part : wrapped ? first.children : node.children)
        if (!isGmlGeometry(part) && (part.children.empty() || !isGmlGeometry(part.children.front())))
            property.parts.append(toProperty(part, depth + 1));
    return property;
}

void Parser::addObject(const XmlNode &node)
{
    if (m_xml.hasError())
        return;
    XplanObject object{.id = node.attribute("id"_L1), .type = node.name, .line = node.line};
    if (object.id.isEmpty())
        object.id = u"line_%1"_s.arg(node.line);
    const auto index = m_document.objects.size();
    m_objectSrs.push_back(-1);
    m_document.objects.emplace_back(); // its place in the file's order, before those inside of it
    std::vector<const XmlNode *> inner;
    for (const auto &child : node.children) {
        if (child.name == "boundedBy"_L1)
            continue;
        if (!child.children.empty() && isGmlGeometry(child.children.front())) {
            takeGeometry(child, child.children.front(), object);
            continue;
        }
        const auto *feature = child.children.empty() ? nullptr : &child.children.front();
        if (feature && isClassName(feature->name) && !feature->attribute("id"_L1).isEmpty()) {
            object.properties.append({.name = child.name, .href = u'#' + feature->attribute("id"_L1)});
            inner.push_back(feature);
        } else {
            object.properties.append(toProperty(child, 0));
        }
    }
    if (m_document.byId.contains(object.id))
        ++m_doubledIds;
    else
        m_document.byId.insert(object.id, index);
    m_document.objects[index] = std::move(object);
    for (const auto *feature : inner)
        addObject(*feature); // no deeper than readNode allows
}

/** Only when all is read it is known where the coordinates lie. */
void Parser::settleCoordinates()
{
    std::vector<AxisDecision> decisions;
    for (const auto &srs : m_srs) {
        decisions.push_back(decideAxes(srs.name, srs.written, m_options.crs, m_options.swapAxes));
        const auto &made = decisions.back();
        if (!made.crs.isValid())
            m_document.notes.append(
                srs.name.isEmpty() ? XplanTexts::tr("The file does not name a coordinate reference system.")
                                   : XplanTexts::tr("The coordinate reference system “%1” is unknown.").arg(srs.name));
        else if (made.guessed)
            m_document.notes.append(
                XplanTexts::tr("The file does not name a coordinate reference system; its coordinates look like %1.")
                    .arg(made.crs.id()));
        if (made.turned)
            m_document.notes.append(
                XplanTexts::tr(
                    "North and east were exchanged: as written, the coordinates in %1 would not lie in Germany.")
                    .arg(srs.name));
    }
    for (std::size_t i = 0; i < m_document.objects.size(); ++i) {
        if (m_objectSrs[i] < 0)
            continue;
        const auto &decision = decisions[std::size_t(m_objectSrs[i])];
        auto &object = m_document.objects[i];
        object.crs = decision.crs;
        if (decision.swap)
            for (auto &p : object.geometry.points)
                std::swap(p.x, p.y);
    }
}

void Parser::noteFindings()
{
    auto &notes = m_document.notes;
    if (m_broken > 0)
        notes.append(XplanTexts::tr("%n geometry(ies) have positions that are no coordinates; these were left out. The "
                                    "first is in line %1.",
                                    nullptr, m_broken)
                         .arg(m_firstBrokenLine));
    if (m_repaired > 0)
        notes.append(XplanTexts::tr("%n geometry(ies) had boundaries that were not closed; they were closed.", nullptr,
                                    m_repaired));
    if (m_leftOut > 0)
        notes.append(XplanTexts::tr("%n geometry(ies) have parts that cannot be shown.", nullptr, m_leftOut));
    if (m_doubledIds > 0)
        notes.append(
            XplanTexts::tr("%n identifier(s) occur more than once; references lead to the first object of that name.",
                           nullptr, m_doubledIds));
    if (m_versions.size() > 1)
        notes.append(XplanTexts::tr("The file mixes versions of XPlanGML."));
    else if (m_document.version.isEmpty())
        notes.append(XplanTexts::tr("This version of XPlanGML is unknown; what was understood is shown."));
}

Result<XplanDocument> Parser::parse()
{
    m_limits = m_options.limits;
    if (const auto read = readAll(); !read)
        return std::unexpected(read.error());
    if (!m_sawXplan && m_document.objects.empty())
        return failure(ErrorKind::Malformed, XplanTexts::tr("“%1” is not an XPlanGML file.").arg(m_document.name));
    auto versions = m_versions.values();
    std::ranges::sort(versions);
    m_document.version = versions.isEmpty() ? QString() : versions.back();
    settleCoordinates();
    noteFindings();
    linkXplan(m_document);
    return std::move(m_document);
}

} // namespace

Result<XplanDocument> parseXplan(QIODevice &device, const QString &name, const XplanOptions &options, CancelToken token,
                                 const Progress &progress)
{
    if (!device.isSequential() && device.size() == 0)
        return failure(ErrorKind::Malformed, XplanTexts::tr("“%1” is empty.").arg(name));
    return Parser(device, name, options, std::move(token), progress).parse();
}

Result<XplanDocument> parseXplan(const QByteArray &bytes, const QString &name, const XplanOptions &options,
                                 CancelToken token)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return parseXplan(buffer, name, options, std::move(token));
}

} // namespace hanseatlas
