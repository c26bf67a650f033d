// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/citywriter.h"

#include "datasources/demo/tablewriter.h"

#include <array>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

using Type = TableField::Type;

QString artOf(AreaKind kind)
{
    switch (kind) {
    case AreaKind::Lake:
        return u"See"_s;
    case AreaKind::Forest:
        return u"Wald"_s;
    case AreaKind::Park:
        return u"Park"_s;
    case AreaKind::Cemetery:
        return u"Friedhof"_s;
    case AreaKind::Allotments:
        return u"Kleingarten"_s;
    case AreaKind::Airfield:
        return u"Flugplatz"_s;
    case AreaKind::Campus:
        return u"Campus"_s;
    case AreaKind::RailYard:
        return u"Bahnfläche"_s;
    case AreaKind::Neighbour:
        return u"Nachbarort"_s;
    }
    return {};
}

QString artOf(const Block &block)
{
    switch (block.use) {
    case BlockUse::Green:
        return u"Grünfläche"_s;
    case BlockUse::Playground:
        return u"Spielplatz"_s;
    case BlockUse::School:
        return u"Schule"_s;
    case BlockUse::Parking:
        return u"Parkplatz"_s;
    case BlockUse::Square:
        return u"Platz"_s;
    case BlockUse::Buildings:
        break;
    }
    switch (block.kind) {
    case QuarterKind::Industry:
        return u"Industrie"_s;
    case QuarterKind::Harbour:
        return u"Hafen"_s;
    case QuarterKind::Commerce:
        return u"Gewerbe"_s;
    case QuarterKind::OldTown:
        return u"Altstadt"_s;
    default:
        return u"Siedlung"_s;
    }
}

QString artOf(RoadKind kind)
{
    constexpr std::array names{"Autobahn", "Hauptstraße", "Nebenstraße", "Sammelstraße", "Wohnstraße"};
    return QString::fromUtf8(names[std::size_t(kind)]);
}

QString artOf(BuildingUse use)
{
    constexpr std::array names{"Wohnhaus",
                               "Reihenhaus",
                               "Mehrfamilienhaus",
                               "Altstadthaus",
                               "Wohn- und Geschäftshaus",
                               "Handel",
                               "Büro",
                               "Gewerbe und Industrie",
                               "Landwirtschaft",
                               "Garage",
                               "Nebengebäude",
                               "Öffentliches Gebäude",
                               "Schule und Hochschule",
                               "Kirche",
                               "Klinik"};
    return QString::fromUtf8(names[std::size_t(use)]);
}

class CityWriter
{
public:
    CityWriter(const City &city, const QString &path, CancelToken token)
        : m_city(city)
        , m_out(path, std::move(token))
    {
    }

    QString district(int i) const
    {
        return i >= 0 && i < int(m_city.districts.size()) ? m_city.districts[std::size_t(i)].name : QString();
    }

    void ground()
    {
        m_out.beginLayer(u"flaechen"_s, u"Flächennutzung"_s, GeometryKind::Polygon,
                         {{u"art"_s, Type::Text, u"Nutzung"_s},
                          {u"name"_s, Type::Text, u"Name"_s},
                          {u"ton"_s, Type::Integer, u"Farbton"_s}});
        for (const auto &area : m_city.areas)
            m_out.add(polygonOf(area.shape), {artOf(area.kind), area.name, 0});
        for (const auto &area : m_city.neighbours)
            m_out.add(polygonOf(area.shape), {artOf(area.kind), area.name, 0});
        for (const auto &field : m_city.fields)
            m_out.add(polygonOf(field.shape), {field.kind, QString(), field.tone});
        m_out.beginLayer(u"siedlungsraum"_s, u"Siedlungs- und Straßenraum"_s, GeometryKind::Polygon,
                         {{u"art"_s, Type::Text, u"Art"_s}});
        for (const auto &shape : m_city.settlement)
            m_out.add(polygonOf(shape), {u"Siedlungsraum"_s});
        m_out.beginLayer(u"baufelder"_s, u"Baublöcke"_s, GeometryKind::Polygon,
                         {{u"art"_s, Type::Text, u"Nutzung"_s}, {u"quartier"_s, Type::Text, u"Quartier"_s}});
        for (const auto &block : m_city.blocks)
            m_out.add(polygonOf(block.ring), {artOf(block), block.quarter});
        m_out.beginLayer(u"verkehrsflaechen"_s, u"Verkehrsflächen der Hauptstraßen"_s, GeometryKind::Polygon,
                         {{u"art"_s, Type::Text, u"Art"_s}});
        for (const auto &shape : m_city.roadSurface)
            m_out.add(polygonOf(shape), {u"Straße"_s});
        m_out.beginLayer(u"gewaesser"_s, u"Gewässer"_s, GeometryKind::Polygon,
                         {{u"art"_s, Type::Text, u"Art"_s}, {u"name"_s, Type::Text, u"Name"_s}});
        for (const auto &water : m_city.waters)
            if (!water.shapes.empty())
                m_out.add(polygonsOf(water.shapes), {water.kind, water.name});
        m_out.beginLayer(u"gewaesserachsen"_s, u"Gewässerachsen"_s, GeometryKind::Line,
                         {{u"name"_s, Type::Text, u"Name"_s}, {u"breite"_s, Type::Real, u"Breite (m)"_s}});
        for (const auto &axis : m_city.waterAxes)
            m_out.add(lineOf(axis.path), {axis.name, std::round(axis.width)});
        m_out.beginLayer(u"stadtteile"_s, u"Stadtteile"_s, GeometryKind::Polygon,
                         {{u"nummer"_s, Type::Text, u"Nummer"_s}, {u"name"_s, Type::Text, u"Stadtteil"_s}});
        for (const auto &part : m_city.districts)
            m_out.add(polygonsOf(part.shapes), {part.number, part.name});
    }

    void traffic()
    {
        m_out.beginLayer(u"strassen"_s, u"Straßen"_s, GeometryKind::Line,
                         {{u"art"_s, Type::Text, u"Straßenart"_s}, {u"name"_s, Type::Text, u"Straße"_s}});
        // Small streets first: what comes later lies on top where an order is kept.
        for (int kind = int(RoadKind::Residential); kind >= 0; --kind)
            for (const auto &road : m_city.roads)
                if (int(road.kind) == kind)
                    m_out.add(lineOf(road.path), {artOf(road.kind), road.name});
        m_out.beginLayer(u"bahn"_s, u"Eisenbahn"_s, GeometryKind::Line,
                         {{u"art"_s, Type::Text, u"Streckenart"_s}, {u"name"_s, Type::Text, u"Strecke"_s}});
        for (const auto &rail : m_city.rails)
            m_out.add(lineOf(rail.path),
                      {rail.main                 ? u"Hauptbahn"_s
                           : rail.name.isEmpty() ? u"Gleis"_s
                                                 : u"Nebenbahn"_s,
                       rail.name});
        m_out.beginLayer(u"wege"_s, u"Fußwege"_s, GeometryKind::Line, {});
        for (const auto &path : m_city.paths)
            m_out.add(lineOf(path), {});
        m_out.beginLayer(u"hecken"_s, u"Knicks"_s, GeometryKind::Line, {});
        for (const auto &path : m_city.hedges)
            m_out.add(lineOf(path), {});
    }

    void buildings()
    {
        m_out.beginLayer(u"gebaeude"_s, u"Gebäude"_s, GeometryKind::Polygon,
                         {{u"nutzung"_s, Type::Text, u"Nutzung"_s},
                          {u"name"_s, Type::Text, u"Name"_s},
                          {u"hoehe"_s, Type::Real, u"Höhe (m)"_s},
                          {u"geschosse"_s, Type::Integer, u"Geschosse"_s},
                          {u"baujahr"_s, Type::Integer, u"Baujahr"_s},
                          {u"stadtteil"_s, Type::Text, u"Stadtteil"_s}});
        for (const auto &b : m_city.buildings)
            m_out.add(polygonOf(b.ring),
                      {artOf(b.use), b.name.isEmpty() ? QString() : b.name, b.height, b.storeys, b.year,
                       district(b.district)});
    }

    void green()
    {
        m_out.beginLayer(u"baeume"_s, u"Bäume"_s, GeometryKind::Point,
                         {{u"art"_s, Type::Text, u"Baumart"_s},
                          {u"pflanzjahr"_s, Type::Integer, u"Pflanzjahr"_s},
                          {u"krone"_s, Type::Real, u"Kronendurchmesser (m)"_s},
                          {u"standort"_s, Type::Text, u"Standort"_s},
                          {u"stadtteil"_s, Type::Text, u"Stadtteil"_s}});
        for (const auto &t : m_city.trees)
            m_out.add(pointOf(t.place), {t.species, t.planted, t.crown, t.site, district(t.district)});
        for (const auto &[layer, title, kind] : {std::tuple(u"trinkbrunnen"_s, u"Trinkbrunnen"_s, u"Trinkbrunnen"_s),
                                                 {u"baenke"_s, u"Bänke"_s, u"Bank"_s}}) {
            m_out.beginLayer(layer, title, GeometryKind::Point,
                             {{u"name"_s, Type::Text, u"Name"_s},
                              {u"zustand"_s, Type::Text, u"Zustand"_s},
                              {u"beschattet"_s, Type::Boolean, u"Im Schatten"_s},
                              {u"stadtteil"_s, Type::Text, u"Stadtteil"_s}});
            for (const auto &f : m_city.furniture)
                if (f.kind == kind)
                    m_out.add(pointOf(f.place), {f.name, f.state, f.shaded, district(f.district)});
        }
    }

    void cemeteries()
    {
        m_out.beginLayer(u"friedhoefe"_s, u"Friedhöfe"_s, GeometryKind::Polygon,
                         {{u"name"_s, Type::Text, u"Friedhof"_s}});
        for (const auto &area : m_city.areas)
            if (area.kind == AreaKind::Cemetery)
                m_out.add(polygonOf(area.shape), {area.name});
        m_out.beginLayer(u"grabfelder"_s, u"Grabfelder"_s, GeometryKind::Polygon,
                         {{u"friedhof"_s, Type::Text, u"Friedhof"_s},
                          {u"nummer"_s, Type::Text, u"Abteilung"_s},
                          {u"art"_s, Type::Text, u"Art"_s},
                          {u"graeber"_s, Type::Integer, u"Gräber"_s}});
        for (const auto &s : m_city.sections)
            m_out.add(polygonOf(s.ring), {s.cemetery, s.number, s.kind, s.graves});
        m_out.beginLayer(u"graeber"_s, u"Gräber (erfundene Personen)"_s, GeometryKind::Polygon,
                         {{u"nummer"_s, Type::Text, u"Grabnummer"_s},
                          {u"art"_s, Type::Text, u"Grabart"_s},
                          {u"friedhof"_s, Type::Text, u"Friedhof"_s},
                          {u"grabfeld"_s, Type::Text, u"Abteilung"_s},
                          {u"zustand"_s, Type::Text, u"Zustand des Grabmals"_s},
                          {u"zustand_code"_s, Type::Text, u"Zustand (Schlüssel)"_s},
                          {u"inhaber"_s, Type::Text, u"Nutzungsberechtigt (erfunden)"_s},
                          {u"geprueft"_s, Type::Date, u"Zuletzt geprüft"_s},
                          {u"naechste_pruefung"_s, Type::Date, u"Nächste Standsicherheitsprüfung"_s},
                          {u"pruefung"_s, Type::Text, u"Prüfung fällig"_s},
                          {u"nutzungsende"_s, Type::Date, u"Ende des Nutzungsrechts"_s}});
        for (const auto &g : m_city.graves)
            m_out.add(polygonOf(g.ring),
                      {g.number, g.kind, g.cemetery, g.section, g.state, g.stateKey, g.holder, g.checked, g.nextCheck,
                       g.checkKey, g.useEnds});
    }

    void services()
    {
        m_out.beginLayer(u"soziales"_s, u"Soziale Angebote"_s, GeometryKind::Point,
                         {{u"art"_s, Type::Text, u"Schlüssel"_s},
                          {u"angebot"_s, Type::Text, u"Angebot"_s},
                          {u"name"_s, Type::Text, u"Name"_s},
                          {u"traeger"_s, Type::Text, u"Träger"_s},
                          {u"adresse"_s, Type::Text, u"Adresse"_s},
                          {u"zeiten"_s, Type::Text, u"Öffnungszeiten"_s},
                          {u"zielgruppe"_s, Type::Text, u"Zielgruppe"_s},
                          {u"barrierefrei"_s, Type::Boolean, u"Barrierefrei"_s},
                          {u"stadtteil"_s, Type::Text, u"Stadtteil"_s}});
        for (const auto &s : m_city.services)
            m_out.add(pointOf(s.place),
                      {s.kind, s.offer, s.name, s.provider, s.address, s.hours, s.audience, s.barrierFree,
                       district(s.district)});
    }

    bool failed() const { return m_out.failed(); }
    Status finish() { return m_out.finish(); }

private:
    const City &m_city;
    TableWriter m_out;
};

} // namespace

Status writeCity(const City &city, const QString &path, CancelToken token, const Progress &progress)
{
    CityWriter writer(city, path, token);
    using Step = void (CityWriter::*)();
    constexpr std::array<Step, 6> steps{&CityWriter::ground, &CityWriter::traffic,    &CityWriter::buildings,
                                        &CityWriter::green,  &CityWriter::cemeteries, &CityWriter::services};
    for (std::size_t i = 0; i < steps.size() && !writer.failed(); ++i) {
        (writer.*steps[i])();
        report(progress, double(i + 1) / double(steps.size() + 1));
    }
    return writer.finish();
}

} // namespace hanseatlas::demo
