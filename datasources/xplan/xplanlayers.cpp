// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanlayers.h"

#include "datasources/xplan/xplanheader.h"
#include "datasources/xplan/xplanlabels.h"
#include "datasources/xplan/xplantexts.h"

#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString kindName(GeometryKind kind)
{
    return kind == GeometryKind::Point ? u"Punkt"_s : kind == GeometryKind::Line ? u"Linie"_s : u"Flaeche"_s;
}

/** What makes a layer of its own. */
struct LayerKey {
    QString type;
    GeometryKind kind = GeometryKind::None;
    bool covers = false; ///< part of the seamless cover
    int level = 0; ///< -1, 0, 1

    auto operator<=>(const LayerKey &) const = default;
};

/** Layers are sorted by this, largest first. Kinds before levels before ranks: a tunnel's line stays above the areas.
 */
std::tuple<int, int, int> heightOf(const LayerKey &key, const XplanCatalogue &catalogue)
{
    const int kind = key.kind == GeometryKind::Point ? 3 : key.kind == GeometryKind::Line ? 2 : key.covers ? 0 : 1;
    return {kind, key.level, catalogue.classOf(key.type).rank};
}

int levelOf(const XplanObject &object)
{
    return std::clamp(object.text(u"ebene"_s).toInt(), -1, 1);
}

LayerKey keyOf(const XplanObject &object, const XplanCatalogue &catalogue)
{
    return {.type = object.type,
            .kind = object.geometry.kind,
            .covers = isSeamless(object, catalogue),
            .level = levelOf(object)};
}

QString nameOf(const LayerKey &key)
{
    QString name = key.type + u'_' + kindName(key.kind);
    if (key.kind == GeometryKind::Polygon && !key.covers)
        name += u"_Ueberlagerung"_s;
    if (key.level != 0)
        name += key.level < 0 ? u"_unterirdisch"_s : u"_oberhalb"_s;
    return name;
}

/** The layers of one plan. */
class PlanLayers
{
public:
    PlanLayers(const XplanDocument &document, const XplanPlan &plan, std::size_t number,
               const XplanCatalogue &catalogue, const XplanLabels &labels, std::vector<Geometry> &geometries)
        : m_document(document)
        , m_plan(plan)
        , m_number(number)
        , m_catalogue(catalogue)
        , m_labels(labels)
        , m_geometries(geometries)
    {
        for (const auto index : plan.bereiche) {
            const auto &bereich = document.objects[index];
            const auto name = bereich.text(u"name"_s).simplified();
            m_bereichNames.insert(bereich.id, name.isEmpty() ? bereich.text(u"nummer"_s) : name);
        }
        for (const auto &text : plan.texts)
            m_textKeys.insert(text.id, text.key.isEmpty() ? text.text.simplified().left(40) : text.key);
    }

    /** Topmost first; `notes` of the plan go to its first layer. */
    std::vector<XplanTable> make(const QString &group, const QString &prefix);

private:
    void addExtent();
    Geometry bereicheTogether(Crs &crs) const;
    Geometry frameOfContents(Crs &crs) const;
    void addBereiche();
    void addMarkers();
    void addContents();
    void addLayer(const LayerKey &key, const std::vector<std::size_t> &objects);
    QStringList regulationsOf(const XplanObject &object) const;
    void noteGaps();
    QString bereichOf(const XplanObject &object) const;
    XplanTable::Row rowOf(std::size_t index) const;
    void addCommon(ColumnTable &columns, const XplanObject &object) const;
    void finish(XplanTable table, const ColumnTable &columns);
    bool standsAtItsObject(const XplanObject &marker) const;
    void addExtentRow(XplanTable &table, ColumnTable &columns, const XplanObject &object, const Geometry *geometry,
                      const Crs &crs);

    const XplanDocument &m_document;
    const XplanPlan &m_plan;
    const std::size_t m_number; ///< of the document
    const XplanCatalogue &m_catalogue;
    const XplanLabels &m_labels;
    std::vector<Geometry> &m_geometries;
    QHash<QString, QString> m_bereichNames, m_textKeys;
    QStringList m_notes;
    std::vector<XplanTable> m_tables;
};

QString PlanLayers::bereichOf(const XplanObject &object) const
{
    for (const auto &property : object.properties)
        if (property.name.startsWith("gehoert"_L1) && property.href.startsWith(u'#'))
            if (const auto name = m_bereichNames.value(property.href.sliced(1)); !name.isEmpty())
                return name;
    return {};
}

XplanTable::Row PlanLayers::rowOf(std::size_t index) const
{
    const auto &object = m_document.objects[index];
    return {.id = featureId(m_number, index), .geometry = &object.geometry, .crs = object.crs};
}

void PlanLayers::addCommon(ColumnTable &columns, const XplanObject &object) const
{
    columns.addOwn({.name = u"objekt"_s, .title = m_catalogue.fieldTitle(u"objekt"_s)}, object.id, true);
    if (m_plan.bereiche.size() > 1)
        columns.addOwn({.name = u"bereich"_s, .title = m_catalogue.fieldTitle(u"bereich"_s)}, bereichOf(object), true);
}

void PlanLayers::finish(XplanTable table, const ColumnTable &columns)
{
    table.description.fields = columns.fields();
    auto values = columns.rows();
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        table.rows[i].values = std::move(values[i]);
    table.describeRows();
    m_tables.push_back(std::move(table));
}

void PlanLayers::addExtentRow(XplanTable &table, ColumnTable &columns, const XplanObject &object,
                              const Geometry *geometry, const Crs &crs)
{
    auto row = rowOf(std::size_t(&object - m_document.objects.data()));
    row.geometry = geometry;
    row.crs = crs;
    table.rows.push_back(std::move(row));
    columns.addRow(object.type, m_document.version, flatten(object));
    columns.addOwn({.name = u"inkraft"_s, .title = m_catalogue.fieldTitle(u"inkraft"_s), .type = FieldType::Boolean},
                   m_catalogue.isInForce(object.text(u"rechtsstand"_s)) && object.text(u"untergangsDatum"_s).isEmpty(),
                   false);
}

/** The areas of all Bereiche as one; `crs` becomes theirs. */
Geometry PlanLayers::bereicheTogether(Crs &crs) const
{
    Geometry made;
    for (const auto index : m_plan.bereiche) {
        const auto &bereich = m_document.objects[index];
        if (bereich.geometry.kind != GeometryKind::Polygon || (crs.isValid() && !(crs == bereich.crs)))
            continue;
        crs = bereich.crs;
        const auto rings = std::uint32_t(made.ringEnds.size());
        const auto points = std::uint32_t(made.points.size());
        made.kind = GeometryKind::Polygon;
        made.points.insert(made.points.end(), bereich.geometry.points.begin(), bereich.geometry.points.end());
        for (const auto end : bereich.geometry.ringEnds)
            made.ringEnds.push_back(points + end);
        if (bereich.geometry.partStarts.empty())
            made.partStarts.push_back(rings);
        for (const auto start : bereich.geometry.partStarts)
            made.partStarts.push_back(rings + start);
    }
    return made;
}

Geometry PlanLayers::frameOfContents(Crs &crs) const
{
    Extent box;
    for (const auto index : m_plan.contents) {
        const auto &object = m_document.objects[index];
        if (object.geometry.isEmpty() || (!box.isEmpty() && !(crs == object.crs)))
            continue;
        crs = object.crs;
        box.add(object.geometry.extent());
    }
    if (box.isEmpty())
        return {};
    return {.kind = GeometryKind::Polygon,
            .points = {{box.xMin, box.yMin},
                       {box.xMax, box.yMin},
                       {box.xMax, box.yMax},
                       {box.xMin, box.yMax},
                       {box.xMin, box.yMin}},
            .ringEnds = {5}};
}

void PlanLayers::addExtent()
{
    if (!m_plan.object)
        return;
    XplanTable table{.description = {.name = u"Geltungsbereich"_s, .title = m_catalogue.specialTitle(u"plan"_s)}};
    table.description.style = m_catalogue.specialStyle(u"plan"_s);
    ColumnTable columns(m_catalogue);
    const auto &plan = m_document.objects[*m_plan.object];
    const Geometry *geometry = &plan.geometry;
    Crs crs = plan.crs;
    if (geometry->isEmpty()) {
        auto made = bereicheTogether(crs);
        if (made.isEmpty())
            made = frameOfContents(crs);
        m_notes.append(
            made.isEmpty()
                ? XplanTexts::tr("The plan has no extent.")
                : XplanTexts::tr("The plan states no extent of its own; it was made of what the plan holds."));
        m_geometries.push_back(std::move(made));
        geometry = &m_geometries.back();
    }
    addExtentRow(table, columns, plan, geometry, crs);
    finish(std::move(table), columns);
}

void PlanLayers::addBereiche()
{
    XplanTable table{.description = {.name = u"Bereiche"_s, .title = m_catalogue.specialTitle(u"bereich"_s)}};
    table.description.style = m_catalogue.specialStyle(u"bereich"_s);
    ColumnTable columns(m_catalogue);
    for (const auto index : m_plan.bereiche) {
        const auto &bereich = m_document.objects[index];
        if (bereich.geometry.isEmpty())
            continue;
        table.rows.push_back(rowOf(index));
        columns.addRow(bereich.type, m_document.version, flatten(bereich));
        columns.addOwn({.name = u"beschriftung"_s, .title = m_catalogue.fieldTitle(u"beschriftung"_s)},
                       m_bereichNames.value(bereich.id), false);
    }
    if (table.rows.size() > 1) // a single one says what the plan's extent says
        finish(std::move(table), columns);
}

bool PlanLayers::standsAtItsObject(const XplanObject &marker) const
{
    for (const auto &id : marker.references(u"dientZurDarstellungVon"_s))
        if (const auto *target = m_document.find(id); target && target->geometry.kind == GeometryKind::Point)
            return true;
    return false;
}

void PlanLayers::addMarkers()
{
    const std::pair<GeometryKind, QString> kinds[] = {{GeometryKind::Point, u"texts"_s},
                                                      {GeometryKind::Line, u"markerLines"_s},
                                                      {GeometryKind::Polygon, u"markerAreas"_s}};
    for (const auto &[kind, special] : kinds) {
        XplanTable table{
            .description = {.name = u"Praesentation_"_s + kindName(kind), .title = m_catalogue.specialTitle(special)}};
        table.description.style = m_catalogue.specialStyle(special);
        ColumnTable columns(m_catalogue);
        for (const auto index : m_plan.markers) {
            const auto &marker = m_document.objects[index];
            if (marker.geometry.kind != kind)
                continue;
            table.rows.push_back(rowOf(index));
            columns.addRow(marker.type, m_document.version, flatten(marker));
            addCommon(columns, marker);
            const auto text = m_labels.ofMarker(marker);
            columns.addOwn({.name = u"beschriftung"_s, .title = m_catalogue.fieldTitle(u"beschriftung"_s)},
                           text.isEmpty() ? QVariant() : QVariant(text), false);
            columns.addOwn(
                {.name = u"doppelt"_s, .title = m_catalogue.fieldTitle(u"doppelt"_s), .type = FieldType::Boolean},
                text.isEmpty() && standsAtItsObject(marker), false);
        }
        if (!table.rows.empty())
            finish(std::move(table), columns);
    }
}

void PlanLayers::addContents()
{
    std::map<LayerKey, std::vector<std::size_t>> groups;
    for (const auto index : m_plan.contents)
        if (!m_document.objects[index].geometry.isEmpty())
            groups[keyOf(m_document.objects[index], m_catalogue)].push_back(index);
    std::vector<LayerKey> keys;
    for (const auto &[key, objects] : groups)
        keys.push_back(key);
    std::ranges::stable_sort(keys, [this](const LayerKey &a, const LayerKey &b) {
        return heightOf(a, m_catalogue) > heightOf(b, m_catalogue);
    });
    for (const auto &key : keys)
        addLayer(key, groups[key]);
}

void PlanLayers::addLayer(const LayerKey &key, const std::vector<std::size_t> &objects)
{
    const auto known = m_catalogue.classOf(key.type);
    XplanTable table{.description = {.name = nameOf(key), .title = m_catalogue.levelTitle(known.title, key.level)}};
    table.description.style = m_catalogue.style(key.type, key.kind, key.level);
    ColumnTable columns(m_catalogue);
    const auto addText = [&](const QString &name, const QString &text) {
        columns.addOwn({.name = name, .title = m_catalogue.fieldTitle(name)}, text.isEmpty() ? QVariant() : text,
                       false);
    };
    for (const auto index : objects) {
        const auto &object = m_document.objects[index];
        const auto values = flatten(object);
        table.rows.push_back(rowOf(index));
        columns.addRow(object.type, m_document.version, values);
        addCommon(columns, object);
        for (const auto &field : m_catalogue.derivedFields(object.type))
            addText(field, m_catalogue.derivedValue(field, firstValues(values)));
        if (!known.labelName.isEmpty())
            addText(u"beschriftung"_s, m_labels.ofObject(object, values));
        if (const auto keys = regulationsOf(object); !keys.isEmpty())
            addText(u"festsetzungen"_s, keys.join(u", "_s));
    }
    finish(std::move(table), columns);
}

/** The keys of the texts that hold for an object. */
QStringList PlanLayers::regulationsOf(const XplanObject &object) const
{
    QStringList keys;
    for (const auto &id : object.references(u"refTextInhalt"_s))
        if (m_textKeys.contains(id))
            keys.append(m_textKeys.value(id));
    std::ranges::sort(keys, keyLess);
    return keys;
}

void PlanLayers::noteGaps()
{
    int unknown = 0, empty = 0;
    QStringList unknownTypes;
    for (const auto index : m_plan.contents) {
        const auto &object = m_document.objects[index];
        empty += object.geometry.isEmpty() ? 1 : 0;
        if (!m_catalogue.classOf(object.type).known) {
            ++unknown;
            unknownTypes.append(object.type);
        }
    }
    unknownTypes.removeDuplicates();
    if (unknown > 0)
        m_notes.append(
            XplanTexts::tr("%n object(s) are of classes without a symbol and are drawn plainly: %1.", nullptr, unknown)
                .arg(unknownTypes.join(u", "_s)));
    if (empty > 0)
        m_notes.append(XplanTexts::tr("%n object(s) have no geometry and are not on the map.", nullptr, empty));
}

std::vector<XplanTable> PlanLayers::make(const QString &group, const QString &prefix)
{
    addExtent();
    addMarkers();
    addBereiche();
    addContents();
    noteGaps();
    const auto provenance = planProvenance(m_document, m_plan);
    bool isFirst = true;
    for (auto &table : m_tables) {
        auto &description = table.description;
        description.name.prepend(prefix);
        description.group = group;
        description.provenance = provenance;
        description.metadata = planHeader(m_document, m_plan, m_catalogue, isFirst);
        if (isFirst)
            description.notes = m_notes;
        isFirst = false;
    }
    return std::move(m_tables);
}

/** The same name twice in one file: amendments are called like their plan. */
QString uniqueTitle(const QString &title, QStringList &used)
{
    auto unique = title;
    for (int i = 2; used.contains(unique); ++i)
        unique = u"%1 (%2)"_s.arg(title).arg(i);
    used.append(unique);
    return unique;
}

std::size_t planCount(const XplanContent &content)
{
    std::size_t count = 0;
    for (const auto &document : content.documents)
        count += document.plans.size();
    return count;
}

} // namespace

bool isSeamless(const XplanObject &object, const XplanCatalogue &catalogue)
{
    if (object.geometry.kind != GeometryKind::Polygon || levelOf(object) != 0)
        return false;
    const auto stated = object.text(u"flaechenschluss"_s);
    return stated.isEmpty() ? catalogue.isSeamlessArea(object.type) : stated == "true"_L1 || stated == "1"_L1;
}

qint64 featureId(std::size_t document, std::size_t object)
{
    return (qint64(document) << 32) + qint64(object) + 1;
}

void makeLayers(XplanContent &content, const XplanCatalogue &catalogue)
{
    const bool several = planCount(content) > 1;
    content.geometries.reserve(planCount(content)); // rows point into it
    int number = 0;
    QStringList titles;
    for (std::size_t d = 0; d < content.documents.size(); ++d) {
        const auto &document = content.documents[d];
        const XplanLabels labels(document, catalogue);
        for (const auto &plan : document.plans) {
            ++number;
            PlanLayers layers(document, plan, d, catalogue, labels, content.geometries);
            auto tables =
                layers.make(uniqueTitle(planTitle(document, plan), titles), several ? u"%1:"_s.arg(number) : QString());
            std::ranges::move(tables, std::back_inserter(content.tables));
        }
    }
}

} // namespace hanseatlas
