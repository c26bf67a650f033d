// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanwriter.h"

#include "datasources/xplan/xplantexts.h"

#include <QSet>
#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

using namespace Qt::StringLiterals;

namespace
{

const auto xplanSpace = u"http://www.xplanung.de/xplangml/6/0"_s;
const auto gmlSpace = u"http://www.opengis.net/gml/3.2"_s;
const auto xlinkSpace = u"http://www.w3.org/1999/xlink"_s;
const auto schemaSpace = u"http://www.w3.org/2001/XMLSchema-instance"_s;

/** What stands before the class's own properties; presentation objects have no legal side. */
bool isPresentation(const QString &type)
{
    return type.startsWith("XP_P"_L1) || type.startsWith("XP_L"_L1) || type.startsWith("XP_F"_L1)
        || type == "XP_Nutzungsschablone"_L1;
}

/** These stand after `position` in presentation objects; texts have their scale before, symbols behind it. */
bool standsBehindPosition(const QString &type, const QString &property)
{
    return property == "drehwinkel"_L1
        || (type == "XP_PPO"_L1 && (property == "skalierung"_L1 || property == "hat"_L1));
}

/** These stand before the reference to the Bereich. */
bool standsInFront(const QString &property)
{
    static const QSet<QString> names = {u"uuid"_s, u"text"_s, u"rechtsstand"_s, u"gesetzlicheGrundlage"_s,
                                        u"gliederung1"_s, u"gliederung2"_s, u"hatGenerAttribut"_s, u"hoehenangabe"_s,
                                        u"externeReferenz"_s,
                                        // presentation objects
                                        u"stylesheetId"_s, u"darstellungsprioritaet"_s, u"art"_s, u"index"_s};
    return names.contains(property);
}

std::span<const PointXY> withoutClosing(std::span<const PointXY> ring)
{
    return ring.size() > 1 && ring.front() == ring.back() ? ring.first(ring.size() - 1) : ring;
}

double signedArea(std::span<const PointXY> ring)
{
    double sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto a = ring[i];
        const auto b = ring[(i + 1) % ring.size()];
        // relative to the first point, or the difference drowns in the size of the coordinates
        sum += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y);
    }
    return sum / 2;
}

class Writer
{
public:
    explicit Writer(const Crs &crs)
        : m_srs(crs.id())
        , m_decimals(crs.isGeographic() ? 9 : 3)
        , m_xml(&m_bytes)
    {
    }

    Result<QByteArray> write(const std::vector<XplanPlanDraft> &plans);

private:
    void begin(const QString &name) { m_xml.writeStartElement(xplanSpace, name); }
    void end() { m_xml.writeEndElement(); }
    void beginGml(const QString &name) { m_xml.writeStartElement(gmlSpace, name); }
    void element(const QString &name, const QString &text);
    void date(const QString &name, QDate value) { element(name, value.toString(Qt::ISODate)); }
    void link(const QString &name, const QString &id);
    void property(const XplanProperty &value);
    void reference(const XplanReference &reference, const QString &name, const QString &type);
    void beginMember(const QString &type, const QString &id);
    void endMember();
    QString takeId(const QString &wanted, const QString &made);
    QString geometryId() { return u"geom_%1"_s.arg(++m_geometries); }

    QString pair(PointXY p);
    QString positions(std::span<const PointXY> points);
    void envelope(const Extent &box);
    void ring(const QString &role, std::span<const PointXY> points, bool counterClockwise);
    void polygon(const Geometry &geometry, std::size_t from, std::size_t to);
    void surface(const Geometry &geometry);
    void curve(const Geometry &geometry);
    void pointSet(const Geometry &geometry);
    void geometry(const QString &name, const Geometry &geometry);

    struct Ids {
        QString plan;
        QStringList texts;
        QStringList bereiche;
        std::vector<QStringList> objects; ///< per Bereich
    };
    Ids idsOf(const XplanPlanDraft &plan, std::size_t number);
    void plan(const XplanPlanDraft &draft, const Ids &ids);
    void bereich(const XplanBereichDraft &draft, const Ids &ids, std::size_t index, const QString &planType);
    void text(const XplanText &text, const QString &id);
    void object(const XplanObjectDraft &draft, const QString &id, const QString &bereichId);

    QString m_srs;
    int m_decimals;
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
    QSet<QString> m_ids;
    QString m_doubled; ///< the first id that occurs twice
    bool m_badNumber = false;
    int m_geometries = 0;
};

void Writer::element(const QString &name, const QString &text)
{
    if (!text.isEmpty())
        m_xml.writeTextElement(xplanSpace, name, text);
}

void Writer::link(const QString &name, const QString &id)
{
    if (id.isEmpty())
        return;
    m_xml.writeEmptyElement(xplanSpace, name);
    m_xml.writeAttribute(xlinkSpace, u"href"_s, u'#' + id);
}

void Writer::property(const XplanProperty &value)
{
    if (!value.href.isEmpty() && value.text.isEmpty() && value.parts.isEmpty()) {
        m_xml.writeEmptyElement(xplanSpace, value.name);
        m_xml.writeAttribute(xlinkSpace, u"href"_s, value.href);
        return;
    }
    if (value.text.isEmpty() && value.parts.isEmpty())
        return;
    begin(value.name);
    if (!value.uom.isEmpty())
        m_xml.writeAttribute(u"uom"_s, value.uom);
    if (value.parts.isEmpty()) {
        m_xml.writeCharacters(value.text);
    } else {
        begin(value.type);
        for (const auto &part : value.parts)
            property(part);
        end();
    }
    end();
}

void Writer::reference(const XplanReference &reference, const QString &name, const QString &type)
{
    begin(name);
    begin(type);
    element(u"referenzName"_s, reference.name);
    element(u"referenzURL"_s, reference.url);
    element(u"beschreibung"_s, reference.description);
    element(u"datum"_s, reference.date);
    if (type == "XP_SpezExterneReferenz"_L1)
        element(u"typ"_s, reference.kind);
    end();
    end();
}

void Writer::beginMember(const QString &type, const QString &id)
{
    beginGml(u"featureMember"_s);
    begin(type);
    m_xml.writeAttribute(gmlSpace, u"id"_s, id);
}

void Writer::endMember()
{
    end();
    end();
}

QString Writer::takeId(const QString &wanted, const QString &made)
{
    const auto id = wanted.isEmpty() ? made : wanted;
    if (m_ids.contains(id) && m_doubled.isEmpty())
        m_doubled = id;
    m_ids.insert(id);
    return id;
}

QString Writer::pair(PointXY p)
{
    m_badNumber = m_badNumber || !std::isfinite(p.x) || !std::isfinite(p.y);
    return QString::number(p.x, 'f', m_decimals) + u' ' + QString::number(p.y, 'f', m_decimals);
}

QString Writer::positions(std::span<const PointXY> points)
{
    QStringList texts;
    texts.reserve(qsizetype(points.size()));
    for (const auto p : points)
        texts.append(pair(p));
    return texts.join(u' ');
}

void Writer::envelope(const Extent &box)
{
    if (box.isEmpty())
        return;
    beginGml(u"boundedBy"_s);
    beginGml(u"Envelope"_s);
    m_xml.writeAttribute(u"srsName"_s, m_srs);
    m_xml.writeTextElement(gmlSpace, u"lowerCorner"_s, pair({box.xMin, box.yMin}));
    m_xml.writeTextElement(gmlSpace, u"upperCorner"_s, pair({box.xMax, box.yMax}));
    end();
    end();
}

void Writer::ring(const QString &role, std::span<const PointXY> points, bool counterClockwise)
{
    const auto open = withoutClosing(points);
    std::vector<PointXY> closed(open.begin(), open.end());
    if (closed.empty())
        return;
    if ((signedArea(closed) > 0) != counterClockwise)
        std::reverse(closed.begin(), closed.end());
    closed.push_back(closed.front());
    beginGml(role);
    beginGml(u"LinearRing"_s);
    m_xml.writeTextElement(gmlSpace, u"posList"_s, positions(closed));
    end();
    end();
}

void Writer::polygon(const Geometry &geometry, std::size_t from, std::size_t to)
{
    beginGml(u"Polygon"_s);
    m_xml.writeAttribute(gmlSpace, u"id"_s, geometryId());
    m_xml.writeAttribute(u"srsName"_s, m_srs);
    for (std::size_t i = from; i < to; ++i)
        ring(i == from ? u"exterior"_s : u"interior"_s, geometry.ring(i), i == from);
    end();
}

void Writer::surface(const Geometry &geometry)
{
    if (geometry.partStarts.size() <= 1)
        return polygon(geometry, 0, geometry.ringCount());
    beginGml(u"MultiSurface"_s);
    m_xml.writeAttribute(gmlSpace, u"id"_s, geometryId());
    m_xml.writeAttribute(u"srsName"_s, m_srs);
    for (std::size_t i = 0; i < geometry.partStarts.size(); ++i) {
        const auto last = i + 1 == geometry.partStarts.size();
        beginGml(u"surfaceMember"_s);
        polygon(geometry, geometry.partStarts[i], last ? geometry.ringCount() : geometry.partStarts[i + 1]);
        end();
    }
    end();
}

void Writer::curve(const Geometry &geometry)
{
    const bool several = geometry.ringCount() > 1;
    if (several) {
        beginGml(u"MultiCurve"_s);
        m_xml.writeAttribute(gmlSpace, u"id"_s, geometryId());
        m_xml.writeAttribute(u"srsName"_s, m_srs);
    }
    for (std::size_t i = 0; i < geometry.ringCount(); ++i) {
        if (several)
            beginGml(u"curveMember"_s);
        beginGml(u"LineString"_s);
        m_xml.writeAttribute(gmlSpace, u"id"_s, geometryId());
        m_xml.writeAttribute(u"srsName"_s, m_srs);
        m_xml.writeTextElement(gmlSpace, u"posList"_s, positions(geometry.ring(i)));
        end();
        if (several)
            end();
    }
    if (several)
        end();
}

void Writer::pointSet(const Geometry &geometry)
{
    const bool several = geometry.points.size() > 1;
    if (several) {
        beginGml(u"MultiPoint"_s);
        m_xml.writeAttribute(gmlSpace, u"id"_s, geometryId());
        m_xml.writeAttribute(u"srsName"_s, m_srs);
    }
    for (const auto p : geometry.points) {
        if (several)
            beginGml(u"pointMember"_s);
        beginGml(u"Point"_s);
        m_xml.writeAttribute(gmlSpace, u"id"_s, geometryId());
        m_xml.writeAttribute(u"srsName"_s, m_srs);
        m_xml.writeTextElement(gmlSpace, u"pos"_s, pair(p));
        end();
        if (several)
            end();
    }
    if (several)
        end();
}

void Writer::geometry(const QString &name, const Geometry &geometry)
{
    if (geometry.isEmpty())
        return;
    begin(name);
    switch (geometry.kind) {
    case GeometryKind::Point:
        pointSet(geometry);
        break;
    case GeometryKind::Line:
        curve(geometry);
        break;
    case GeometryKind::Polygon:
        surface(geometry);
        break;
    case GeometryKind::None:
        break;
    }
    end();
}

Writer::Ids Writer::idsOf(const XplanPlanDraft &plan, std::size_t number)
{
    const auto stem = u"plan_%1"_s.arg(number + 1);
    Ids ids{.plan = takeId(plan.id, stem)};
    for (std::size_t i = 0; i < plan.texts.size(); ++i)
        ids.texts.append(takeId(plan.texts[i].id, u"%1_text_%2"_s.arg(stem).arg(i + 1)));
    for (std::size_t i = 0; i < plan.bereiche.size(); ++i) {
        const auto bereichStem = u"%1_bereich_%2"_s.arg(stem).arg(i + 1);
        ids.bereiche.append(takeId({}, bereichStem));
        const auto &objects = plan.bereiche[i].objects;
        QStringList objectIds;
        for (std::size_t j = 0; j < objects.size(); ++j)
            objectIds.append(takeId(objects[j].id, u"%1_objekt_%2"_s.arg(bereichStem).arg(j + 1)));
        ids.objects.push_back(objectIds);
    }
    return ids;
}

void Writer::plan(const XplanPlanDraft &draft, const Ids &ids)
{
    beginMember(draft.type, ids.plan);
    envelope(draft.extent.extent());
    element(u"name"_s, draft.name);
    element(u"nummer"_s, draft.number);
    element(u"beschreibung"_s, draft.description);
    date(u"untergangsDatum"_s, draft.ended);
    if (draft.scale > 0)
        element(u"erstellungsMassstab"_s, QString::number(draft.scale));
    geometry(u"raeumlicherGeltungsbereich"_s, draft.extent);
    for (const auto &file : draft.references)
        reference(file, u"externeReferenz"_s, u"XP_SpezExterneReferenz"_s);
    for (const auto &id : ids.texts)
        link(u"texte"_s, id);
    begin(u"gemeinde"_s);
    begin(u"XP_Gemeinde"_s);
    element(u"ags"_s, draft.municipalityKey);
    element(u"gemeindeName"_s, draft.municipality);
    element(u"ortsteilName"_s, draft.district);
    end();
    end();
    element(u"planArt"_s, draft.planKind);
    element(u"verfahren"_s, draft.procedure);
    element(u"rechtsstand"_s, draft.legalState);
    date(u"aufstellungsbeschlussDatum"_s, draft.decidedToDraw);
    date(u"auslegungsStartDatum"_s, draft.displayedFrom);
    date(u"auslegungsEndDatum"_s, draft.displayedTo);
    date(u"satzungsbeschlussDatum"_s, draft.decided);
    date(u"inkrafttretensDatum"_s, draft.inForce);
    for (const auto &id : ids.bereiche)
        link(u"bereich"_s, id);
    endMember();
}

void Writer::bereich(const XplanBereichDraft &draft, const Ids &ids, std::size_t index, const QString &planType)
{
    beginMember(planType.section(u'_', 0, 0) + u"_Bereich"_s, ids.bereiche[qsizetype(index)]);
    element(u"nummer"_s, QString::number(draft.number));
    element(u"name"_s, draft.name);
    geometry(u"geltungsbereich"_s, draft.extent);
    for (const bool presentation : {false, true}) {
        for (std::size_t i = 0; i < draft.objects.size(); ++i) {
            if (isPresentation(draft.objects[i].type) == presentation)
                link(presentation ? u"praesentationsobjekt"_s : u"planinhalt"_s, ids.objects[index][qsizetype(i)]);
        }
    }
    link(u"gehoertZuPlan"_s, ids.plan);
    endMember();
}

void Writer::text(const XplanText &text, const QString &id)
{
    beginMember(u"XP_TextAbschnitt"_s, id);
    element(u"schluessel"_s, text.key);
    element(u"gesetzlicheGrundlage"_s, text.legalBasis);
    element(u"text"_s, text.text);
    for (const auto &file : text.references)
        reference(file, u"refText"_s, u"XP_ExterneReferenz"_s);
    endMember();
}

void Writer::object(const XplanObjectDraft &draft, const QString &id, const QString &bereichId)
{
    const bool presentation = isPresentation(draft.type);
    beginMember(draft.type, id);
    envelope(draft.geometry.extent());
    for (const auto &value : draft.properties)
        if (standsInFront(value.name))
            property(value);
    if (!presentation)
        element(u"ebene"_s, QString::number(draft.level));
    link(u"gehoertZuBereich"_s, bereichId);
    link(u"dientZurDarstellungVon"_s, draft.represents);
    if (!presentation) {
        element(u"rechtscharakter"_s, draft.legalCharacter);
        for (const auto &textId : draft.texts)
            link(u"refTextInhalt"_s, textId);
    }
    const auto own = [&](bool behind) {
        for (const auto &value : draft.properties)
            if (!standsInFront(value.name) && standsBehindPosition(draft.type, value.name) == behind)
                property(value);
    };
    if (presentation)
        own(false);
    geometry(u"position"_s, draft.geometry);
    if (!presentation && draft.geometry.kind == GeometryKind::Polygon)
        element(u"flaechenschluss"_s, draft.covers ? u"true"_s : u"false"_s);
    if (!presentation)
        own(false);
    own(true);
    endMember();
}

Result<QByteArray> Writer::write(const std::vector<XplanPlanDraft> &plans)
{
    m_xml.setAutoFormatting(true);
    m_xml.setAutoFormattingIndent(2);
    m_xml.writeStartDocument();
    m_xml.writeNamespace(xplanSpace, u"xplan"_s);
    m_xml.writeNamespace(gmlSpace, u"gml"_s);
    m_xml.writeNamespace(xlinkSpace, u"xlink"_s);
    m_xml.writeNamespace(schemaSpace, u"xsi"_s);
    begin(u"XPlanAuszug"_s);
    m_xml.writeAttribute(gmlSpace, u"id"_s, u"auszug"_s);
    m_xml.writeAttribute(
        schemaSpace, u"schemaLocation"_s,
        xplanSpace + u" https://repository.gdi-de.org/schemas/de.xleitstelle.xplanung/6.0/XPlanung-Operationen.xsd"_s);
    Extent whole;
    for (const auto &draft : plans)
        whole.add(draft.extent.extent());
    envelope(whole);
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const auto &draft = plans[i];
        const auto ids = idsOf(draft, i);
        plan(draft, ids);
        for (std::size_t b = 0; b < draft.bereiche.size(); ++b)
            bereich(draft.bereiche[b], ids, b, draft.type);
        for (std::size_t t = 0; t < draft.texts.size(); ++t)
            text(draft.texts[t], ids.texts[qsizetype(t)]);
        for (std::size_t b = 0; b < draft.bereiche.size(); ++b)
            for (std::size_t o = 0; o < draft.bereiche[b].objects.size(); ++o)
                object(draft.bereiche[b].objects[o], ids.objects[b][qsizetype(o)], ids.bereiche[qsizetype(b)]);
    }
    m_xml.writeEndDocument();
    if (!m_doubled.isEmpty())
        return failure(ErrorKind::Invalid,
                       XplanTexts::tr("The plan cannot be written: the identifier “%1” occurs twice.").arg(m_doubled));
    if (m_badNumber)
        return failure(ErrorKind::Invalid,
                       XplanTexts::tr("The plan cannot be written: a coordinate of it is no number."));
    if (m_xml.hasError())
        return failure(ErrorKind::Invalid,
                       XplanTexts::tr("The plan cannot be written: a text holds characters that XML does not allow."));
    return m_bytes;
}

} // namespace

Result<QByteArray> writeXplan(const std::vector<XplanPlanDraft> &plans, const Crs &crs)
{
    if (crs.epsg() == 0) {
        return failure(
            ErrorKind::Invalid,
            QCoreApplication::translate(
                "XplanWriter", "The plan cannot be written: its coordinate reference system has no EPSG number."));
    }
    return Writer(crs).write(plans);
}

} // namespace hanseatlas
