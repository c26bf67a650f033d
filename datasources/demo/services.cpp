// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/random.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

struct Offer {
    QString kind, offer, audience, hours;
    int count = 0;
    QStringList names;
};

const std::vector<Offer> &offers()
{
    static const std::vector<Offer> all{
        {u"kita"_s,
         u"Kindertagesstätte"_s,
         u"Kinder von 1 bis 6 Jahren"_s,
         u"Mo–Fr 7:00–17:00"_s,
         118,
         {u"Kita %1"_s, u"Kinderhaus %1"_s, u"Krippe %1"_s}},
        {u"school"_s,
         u"Schule"_s,
         u"Schülerinnen und Schüler"_s,
         u"Mo–Fr 7:30–16:00"_s,
         0,
         {u"Grundschule %1"_s, u"Gemeinschaftsschule %1"_s, u"Gymnasium %1"_s}},
        {u"counselling"_s,
         u"Beratung"_s,
         u"Alle"_s,
         u"Mo–Do 9:00–16:00, Fr 9:00–12:00"_s,
         46,
         {u"Sozialberatung %1"_s, u"Schuldnerberatung %1"_s, u"Familienberatung %1"_s, u"Migrationsberatung %1"_s,
          u"Suchtberatung %1"_s}},
        {u"youth"_s,
         u"Jugendangebot"_s,
         u"Jugendliche von 10 bis 21 Jahren"_s,
         u"Mo–Fr 14:00–20:00"_s,
         28,
         {u"Jugendzentrum %1"_s, u"Jugendtreff %1"_s}},
        {u"care"_s,
         u"Pflege"_s,
         u"Ältere und pflegebedürftige Menschen"_s,
         u"täglich 0:00–24:00"_s,
         48,
         {u"Pflegeheim %1"_s, u"Tagespflege %1"_s, u"Pflegestützpunkt %1"_s}},
        {u"shelter"_s,
         u"Wohnungslosenhilfe"_s,
         u"Menschen ohne Wohnung"_s,
         u"täglich 18:00–9:00"_s,
         12,
         {u"Notunterkunft %1"_s, u"Tagesaufenthalt %1"_s, u"Frauenzimmer %1"_s}},
        {u"health"_s,
         u"Gesundheit"_s,
         u"Alle"_s,
         u"Mo–Fr 8:00–18:00"_s,
         42,
         {u"Gesundheitszentrum %1"_s, u"Praxis ohne Hürden %1"_s, u"Hebammenpraxis %1"_s}},
        {u"food"_s,
         u"Lebensmittelausgabe"_s,
         u"Menschen mit geringem Einkommen"_s,
         u"Di und Do 11:00–14:00"_s,
         12,
         {u"Lebensmittelausgabe %1"_s, u"Mittagstisch %1"_s}},
        {u"disability"_s,
         u"Teilhabe"_s,
         u"Menschen mit Behinderung"_s,
         u"Mo–Fr 8:00–16:00"_s,
         14,
         {u"Teilhabeberatung %1"_s, u"Werkstatt %1"_s, u"Wohngruppe %1"_s}},
        {u"seniors"_s,
         u"Angebot für Ältere"_s,
         u"Menschen ab 60 Jahren"_s,
         u"Mo–Do 10:00–16:00"_s,
         24,
         {u"Seniorenbüro %1"_s, u"Begegnungsstätte %1"_s}},
        {u"meeting"_s,
         u"Nachbarschaftstreff"_s,
         u"Alle im Quartier"_s,
         u"Mo–Fr 10:00–18:00"_s,
         36,
         {u"Nachbarschaftsbüro %1"_s, u"Stadtteilhaus %1"_s, u"Familienzentrum %1"_s}},
    };
    return all;
}

QString addressAt(const City &city, PointXY p, Random &random)
{
    double best = 160;
    const Road *nearest = nullptr;
    for (const auto &road : city.roads) {
        if (road.kind == RoadKind::Motorway || road.name.isEmpty() || !extentOf(road.path).grown(160).contains(p))
            continue;
        const double d = distanceToPath(road.path, p);
        if (d < best) {
            best = d;
            nearest = &road;
        }
    }
    return u"%1 %2"_s.arg(nearest ? nearest->name : u"Am Platz"_s).arg(random.whole(1, 120));
}

QString quarterOf(const City &city, const Building &b)
{
    return b.block >= 0 ? city.blocks[std::size_t(b.block)].quarter : city.districts[std::size_t(b.district)].name;
}

struct Desk {
    City &city;
    Random random{0x50c1a1};

    void serve(const Offer &offer, const Building &building)
    {
        static const std::array providers{u"Träger Nord e. V."_s,
                                          u"Hansestadt Lübeck"_s,
                                          u"Diakonie-Beispiel"_s,
                                          u"Wohlfahrt Beispiel gGmbH"_s,
                                          u"Elterninitiative Beispiel e. V."_s,
                                          u"Gemeinnützige Beispielstiftung"_s};
        auto place = centroid(building.ring);
        Service s{.kind = offer.kind, .offer = offer.offer, .place = place, .district = building.district};
        s.name = QString(random.pick(offer.names)).arg(quarterOf(city, building));
        s.provider = random.pick(providers) + u" (Demonstration)"_s;
        s.address = addressAt(city, place, random);
        s.hours = offer.hours;
        s.audience = offer.audience;
        s.barrierFree = random.chance(0.7);
        city.services.push_back(std::move(s));
    }

    void all()
    {
        std::vector<std::size_t> eligible;
        for (std::size_t i = 0; i < city.buildings.size(); ++i) {
            const auto use = city.buildings[i].use;
            if (use == BuildingUse::Mixed || use == BuildingUse::Flats || use == BuildingUse::OldTownHouse
                || use == BuildingUse::Public || (use == BuildingUse::House && city.buildings[i].storeys > 1))
                eligible.push_back(i);
        }
        for (const auto &offer : offers())
            for (int i = 0; i < offer.count && !eligible.empty(); ++i)
                serve(offer, city.buildings[random.pick(eligible)]);
        int block = -2;
        for (const auto &building : city.buildings) {
            if (building.use != BuildingUse::School || (building.block >= 0 && building.block == block)
                || !building.name.isEmpty())
                continue;
            block = building.block;
            serve(offers()[1], building);
        }
    }

    void put(const QString &kind, const QString &name, PointXY place, bool shaded)
    {
        const auto state = kind == u"Bank"_s ? (random.chance(0.9) ? u"gut"_s : u"reparaturbedürftig"_s)
                                             : (random.chance(0.93) ? u"in Betrieb"_s : u"außer Betrieb"_s);
        const int district = districtAt(city, place);
        if (district >= 0)
            city.furniture.push_back({kind, name, state, place, district, shaded});
    }

    void furniture()
    {
        for (const auto &block : city.blocks) {
            if (block.use == BlockUse::Square)
                put(u"Trinkbrunnen"_s, u"Brunnen "_s + block.quarter, centroid(block.ring) + PointXY{6, -5}, false);
            else if (block.use == BlockUse::Playground && random.chance(0.45))
                put(u"Trinkbrunnen"_s, u"Spielplatz "_s + block.quarter, centroid(block.ring), true);
            if (block.use == BlockUse::Green && random.chance(0.5))
                put(u"Bank"_s, u"Bank "_s + block.quarter,
                    centroid(block.ring) + PointXY{random.bell() * 6, random.bell() * 6}, random.chance(0.6));
        }
        for (const auto &area : city.areas)
            if (area.kind == AreaKind::Park)
                put(u"Trinkbrunnen"_s, u"Brunnen "_s + area.name, centroid(area.shape.outer), random.chance(0.6));
        for (const auto &path : city.paths) {
            const double length = pathLength(path);
            for (double s = 25; s < length; s += random.between(45, 90)) {
                const auto station = stationAt(path, s);
                put(u"Bank"_s, u"Bank"_s, station.place + leftOf(station.direction) * 2.4, random.chance(0.55));
            }
        }
    }
};

} // namespace

void makeServices(City &city)
{
    Desk desk{city};
    desk.all();
    desk.furniture();
}

} // namespace hanseatlas::demo
