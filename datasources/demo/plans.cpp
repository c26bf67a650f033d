// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/plans.h"

#include "datasources/demo/parallel.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

struct PlanSite {
    QString number, name, quarter, state, procedure;
    int blocks = 8;
    QDate decided; ///< Satzungsbeschluss; invalid: not yet
};

std::vector<PlanSite> planSites()
{
    const QString force = u"4000"_s, normal = u"1000"_s, quick = u"3000"_s;
    return {
        {u"01.77.00"_s, u"Gründungsviertel"_s, u"Altstadt"_s, force, normal, 4, {2014, 9, 25}},
        {u"02.18.03"_s, u"Bornkamp, 3. Änderung"_s, u"Bornkamp"_s, force, normal, 9, {2009, 5, 28}},
        {u"02.30.00"_s, u"Hochschulstadtteil Nord"_s, u"Hochschulstadtteil"_s, force, normal, 10, {2004, 3, 25}},
        {u"03.12.00"_s, u"Neue Mitte Moisling"_s, u"Moisling Mitte"_s, u"2400"_s, quick, 5, {}},
        {u"04.21.01"_s, u"Buntekuhweg, 1. Änderung"_s, u"Buntekuh"_s, force, quick, 6, {2019, 6, 27}},
        {u"05.44.00"_s, u"Nördlich der Bahn"_s, u"St. Lorenz Süd"_s, u"3000"_s, quick, 8, {2026, 6, 25}},
        {u"06.60.00"_s,
         u"Gewerbegebiet Roggenhorst"_s,
         u"Gewerbegebiet Roggenhorst"_s,
         force,
         normal,
         8,
         {1998, 11, 26}},
        {u"06.73.01"_s, u"Wohnen an der Allee"_s, u"Holstentor-Nord"_s, force, quick, 8, {2021, 2, 25}},
        {u"07.32.00"_s, u"Marli Ost"_s, u"Marli"_s, force, normal, 12, {2012, 4, 26}},
        {u"07.41.00"_s, u"Am Waldrand"_s, u"Karlshof"_s, force, normal, 9, {1987, 10, 29}},
        {u"08.15.00"_s, u"Schlutup Süd"_s, u"Schlutup"_s, u"1000"_s, normal, 9, {}},
        {u"09.22.00"_s, u"Gewerbepark Dänischburg"_s, u"Dänischburg"_s, force, normal, 7, {2002, 8, 29}},
        {u"09.35.02"_s, u"Kücknitz Zentrum, 2. Änderung"_s, u"Kücknitz"_s, u"5000"_s, normal, 10, {1979, 6, 28}},
        {u"10.51.00"_s, u"Travemünde West"_s, u"Travemünde West"_s, force, normal, 12, {2016, 11, 24}},
        {u"10.62.00"_s, u"Hafenflächen am Skandinavienkai"_s, u"Skandinavienkai"_s, force, normal, 6, {2007, 1, 25}},
    };
}

XplanProperty value(const QString &name, const QString &text)
{
    return {.name = name, .text = text, .uom = {}, .href = {}, .type = {}, .parts = {}};
}

XplanProperty purpose(const QString &type, const QString &code)
{
    return {.name = u"zweckbestimmung"_s,
            .text = {},
            .uom = {},
            .href = {},
            .type = type,
            .parts = {value(u"allgemein"_s, code)}};
}

/** Kind of building land with what may be built there. */
QList<XplanProperty> buildingLand(QuarterKind kind, Random &random)
{
    struct Law {
        QString general, special, grz, gfz, storeys, manner;
    };
    const auto law = [&]() -> Law {
        switch (kind) {
        case QuarterKind::OldTown:
            return {u"2000"_s, random.chance(0.5) ? u"1550"_s : u"1600"_s, u"0.8"_s, u"3.2"_s, u"4"_s, u"2000"_s};
        case QuarterKind::Perimeter:
            return {random.chance(0.7) ? u"1000"_s : u"2000"_s, {}, u"0.6"_s, u"2.0"_s, u"4"_s, u"2000"_s};
        case QuarterKind::Slabs:
            return {u"1000"_s, u"1200"_s, u"0.4"_s, u"1.2"_s, u"4"_s, u"1000"_s};
        case QuarterKind::Industry:
            return {u"3000"_s, random.chance(0.3) ? u"1800"_s : u"1700"_s, u"0.8"_s, u"1.6"_s, u"2"_s, u"3000"_s};
        case QuarterKind::Harbour:
            return {u"4000"_s, u"2100"_s, u"0.9"_s, u"1.8"_s, u"2"_s, u"3000"_s};
        case QuarterKind::Commerce:
            return {u"2000"_s, u"1600"_s, u"0.8"_s, u"2.0"_s, u"3"_s, u"3000"_s};
        case QuarterKind::Villas:
            return {u"1000"_s, u"1100"_s, u"0.25"_s, u"0.4"_s, u"1"_s, u"1000"_s};
        case QuarterKind::Rows:
            return {u"1000"_s, u"1200"_s, u"0.4"_s, u"0.8"_s, u"2"_s, u"1000"_s};
        case QuarterKind::Detached:
            break;
        }
        return {u"1000"_s, random.chance(0.4) ? u"1100"_s : u"1200"_s, u"0.3"_s, u"0.5"_s, u"2"_s, u"1000"_s};
    }();
    const auto special = !law.special.isEmpty() ? law.special : law.general == u"1000"_s ? u"1200"_s : u"1500"_s;
    return {value(u"GFZ"_s, law.gfz),
            value(u"GRZ"_s, law.grz),
            value(u"Z"_s, law.storeys),
            value(u"allgArtDerBaulNutzung"_s, law.general),
            value(u"besondereArtDerBaulNutzung"_s, special),
            value(u"bauweise"_s, law.manner)};
}

Path closed(const Ring &ring)
{
    auto path = ring;
    path.push_back(ring.front());
    return path;
}

class PlanMaker
{
public:
    PlanMaker(const City &city, const PlanSite &site)
        : m_city(city)
        , m_site(site)
        , m_random(seedFor(0xb91a, std::uint64_t(QString(site.number).remove(u'.').toInt())))
    {
    }

    XplanPlanDraft make()
    {
        XplanPlanDraft plan = header();
        const auto blocks = chooseBlocks();
        if (blocks.empty())
            return plan;
        double half = 5.4;
        for (const auto *block : blocks)
            half = std::max(half,
                            block->kind == QuarterKind::OldTown         ? 4.6
                                : block->kind == QuarterKind::Perimeter ? 7.9
                                : block->kind >= QuarterKind::Industry  ? 8.4
                                                                        : 6.4);
        Shapes grounds;
        for (const auto *block : blocks)
            grounds.push_back({.outer = block->ring});
        auto extent = m_ops.grown(m_ops.grown(grounds, half + 1.5), -1.5);
        const auto largest = std::ranges::max_element(extent, {}, shapeArea);
        const Shape area{.outer = simplified(largest->outer, 0.3)};
        plan.extent = polygonOf(area);
        XplanBereichDraft bereich{.number = 0, .name = u"Geltungsbereich"_s, .extent = {}, .objects = {}};
        Shapes inner;
        for (const auto *block : blocks) {
            if (!inside(area, centroid(block->ring)))
                continue;
            inner.push_back({.outer = block->ring});
            addBlock(bereich, *block);
        }
        for (const auto &street : m_ops.subtract({area}, inner))
            if (shapeArea(street) > 5)
                add(bereich, u"BP_StrassenVerkehrsFlaeche"_s, {}, polygonOf(street), true);
        addTrees(bereich, area);
        plan.bereiche.push_back(std::move(bereich));
        return plan;
    }

private:
    XplanPlanDraft header() const
    {
        XplanPlanDraft plan;
        plan.name = u"Bebauungsplan %1 – %2"_s.arg(m_site.number, m_site.name);
        plan.number = m_site.number;
        plan.description = u"Demonstrationsdaten: dieser Plan ist erfunden und hat keine rechtliche Wirkung."_s;
        plan.municipality = u"Lübeck"_s;
        plan.municipalityKey = u"01003000"_s;
        const int district = m_site.number.left(2).toInt() - 1;
        plan.district = m_city.districts[std::size_t(district)].name;
        plan.procedure = m_site.procedure;
        plan.legalState = m_site.state;
        const auto base = m_site.decided.isValid() ? m_site.decided : QDate(2026, 11, 26);
        plan.decidedToDraw = base.addDays(-1100);
        if (m_site.state != u"1000"_s) {
            plan.displayedFrom = base.addDays(-240);
            plan.displayedTo = plan.displayedFrom.addDays(32);
        }
        plan.decided = m_site.decided;
        if (m_site.state == u"4000"_s || m_site.state == u"5000"_s)
            plan.inForce = base.addDays(62);
        if (m_site.state == u"5000"_s)
            plan.ended = QDate(2011, 3, 31);
        plan.texts = {
            {.id = {},
             .key = u"1"_s,
             .text =
                 u"Art der baulichen Nutzung: Ausnahmen nach der Baunutzungsverordnung sind nicht zulässig. (Demonstrationsdaten)"_s,
             .legalBasis = u"§ 9 Abs. 1 Nr. 1 BauGB"_s,
             .references = {}},
            {.id = {},
             .key = u"2"_s,
             .text = u"Dächer mit weniger als 15° Neigung sind zu begrünen. (Demonstrationsdaten)"_s,
             .legalBasis = u"§ 9 Abs. 1 Nr. 25a BauGB"_s,
             .references = {}},
        };
        return plan;
    }

    /** Neighbours around the middle of the quarter. */
    std::vector<const Block *> chooseBlocks() const
    {
        std::vector<const Block *> all;
        PointXY middle;
        for (const auto &block : m_city.blocks)
            if (block.quarter == m_site.quarter)
                all.push_back(&block);
        for (const auto *block : all)
            middle = middle + centroid(block->ring) * (1.0 / double(all.size()));
        if (m_site.quarter == u"Altstadt"_s)
            middle = planOrigin + PointXY{10640, 10090};
        std::ranges::sort(all, {}, [middle](const Block *block) { return norm(centroid(block->ring) - middle); });
        all.resize(std::min(all.size(), std::size_t(m_site.blocks)));
        return all;
    }

    static void add(XplanBereichDraft &to, const QString &type, const QList<XplanProperty> &properties,
                    const Geometry &geometry, bool covers)
    {
        XplanObjectDraft object;
        object.type = type;
        object.properties = properties;
        object.geometry = geometry;
        object.covers = covers;
        to.objects.push_back(std::move(object));
    }

    void addBlock(XplanBereichDraft &to, const Block &block)
    {
        const auto area = polygonOf(block.ring);
        add(to, u"BP_StrassenbegrenzungsLinie"_s, {}, lineOf(closed(block.ring)), false);
        switch (block.use) {
        case BlockUse::Green:
            add(to, u"BP_GruenFlaeche"_s, {purpose(u"BP_KomplexeZweckbestGruen"_s, u"1000"_s)}, area, true);
            return;
        case BlockUse::Playground:
            add(to, u"BP_GruenFlaeche"_s, {purpose(u"BP_KomplexeZweckbestGruen"_s, u"1600"_s)}, area, true);
            return;
        case BlockUse::School:
            add(to, u"BP_GemeinbedarfsFlaeche"_s, {purpose(u"BP_KomplexeZweckbestGemeinbedarf"_s, u"1200"_s)}, area,
                true);
            break;
        case BlockUse::Parking:
        case BlockUse::Square:
            add(to, u"BP_VerkehrsflaecheBesondererZweckbestimmung"_s, {}, area, true);
            return;
        case BlockUse::Buildings:
            add(to, u"BP_BaugebietsTeilFlaeche"_s, buildingLand(block.kind, m_random), area, true);
            break;
        }
        const double back = block.kind == QuarterKind::OldTown ? 0.5 : block.kind == QuarterKind::Perimeter ? 1.5 : 3.5;
        for (const auto &inner : m_ops.inset(block.ring, back))
            if (shapeArea(inner) > 200)
                add(to, block.kind == QuarterKind::OldTown ? u"BP_BauLinie"_s : u"BP_BauGrenze"_s, {},
                    lineOf(closed(simplified(inner.outer, 0.5))), false);
    }

    void addTrees(XplanBereichDraft &to, const Shape &area) const
    {
        const auto box = extentOf(area.outer);
        for (const auto &tree : m_city.trees)
            if (box.contains(tree.place) && inside(area, tree.place) && tree.planted < 1985)
                add(to, u"BP_AnpflanzungBindungErhaltung"_s,
                    {value(u"massnahme"_s, u"2000"_s), value(u"gegenstand"_s, u"1000"_s)}, pointOf(tree.place), false);
    }

    const City &m_city;
    const PlanSite &m_site;
    Random m_random;
    ShapeOps m_ops;
};

Status writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        return failure(ErrorKind::Storage,
                       QCoreApplication::translate("DemoCity", "The demo city could not be written to “%1”.").arg(path),
                       QCoreApplication::translate("DemoCity", "Is there enough room on the disk (300 MB)?"),
                       file.errorString());
    return {};
}

} // namespace

std::vector<XplanPlanDraft> makePlans(const City &city)
{
    const auto sites = planSites();
    std::vector<XplanPlanDraft> plans(sites.size());
    parallelFor(int(sites.size()),
                [&](int i) { plans[std::size_t(i)] = PlanMaker(city, sites[std::size_t(i)]).make(); });
    std::erase_if(plans, [](const XplanPlanDraft &plan) { return plan.extent.isEmpty(); });
    return plans;
}

Status writePlans(const City &city, const QString &folder, CancelToken token)
{
    if (!QDir().mkpath(folder))
        return failure(ErrorKind::Storage,
                       QCoreApplication::translate("DemoCity", "The folder “%1” could not be made.").arg(folder));
    for (const auto &plan : makePlans(city)) {
        if (token.stop_requested())
            return cancelled();
        const auto bytes = writeXplan({plan}, Crs::working());
        if (!bytes)
            return std::unexpected(bytes.error());
        if (auto written =
                writeFile(u"%1/BPlan_%2.gml"_s.arg(folder, QString(plan.number).replace(u'.', u'_')), *bytes);
            !written)
            return written;
    }
    return {};
}

} // namespace hanseatlas::demo
