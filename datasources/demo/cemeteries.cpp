// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/city.h"
#include "datasources/demo/random.h"
#include "datasources/demo/shapeops.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

QString checkKeyOf(const QDate &next)
{
    if (!next.isValid())
        return u"keine Prüfung"_s;
    const auto days = demoDay.daysTo(next);
    return days < 0   ? u"überfällig"_s
        : days <= 92  ? u"in 3 Monaten"_s
        : days <= 183 ? u"in 6 Monaten"_s
        : days <= 366 ? u"in 12 Monaten"_s
                      : u"später"_s;
}

/** Nobody of these lives or lived: the given names are of the calendar, the surnames of no register. */
QString inventedName(Random &random)
{
    static const QStringList surnames =
        u"Musterlübeck Beispielsen Erfundner Platzhalter Demonstratius Probemann Testerhoff Vorlagius Fiktivsen Scheinbeck Nirgendsen Utopiander"_s
            .split(u' ');
    static const QStringList names =
        u"Anna Berta Carl Dora Emil Frieda Georg Hanna Ida Jost Karla Lotte Max Nora Otto Paula Rolf Selma Timm Wilma"_s
            .split(u' ');
    return u"%1 %2 (erfunden)"_s.arg(random.pick(names), random.pick(surnames));
}

class CemeteryMaker
{
public:
    CemeteryMaker(City &city, const Area &area, std::uint64_t seed)
        : m_city(city)
        , m_area(area)
        , m_random(seed)
    {
    }

    void make()
    {
        divide(simplified(m_area.shape.outer, 3), 0);
        int number = 0;
        for (const auto &ring : m_sections)
            section(ring, ++number);
    }

private:
    void divide(const Ring &ring, int level)
    {
        const auto f = tightBox(ring);
        if (level > 12 || (f.length < 95 && f.depth < 80)) {
            for (const auto &lot : m_ops.inset(ring, 2.2))
                if (std::abs(signedArea(lot.outer)) > 250)
                    m_sections.push_back(lot.outer);
            return;
        }
        std::vector<std::array<PointXY, 2>> cuts;
        const auto place = f.centre + f.along * (m_random.bell() * 0.05 * f.length);
        const auto pieces = splitRing(ring, place, turned(leftOf(f.along), m_random.bell() * 0.05), &cuts);
        for (const auto &cut : cuts)
            m_city.paths.push_back({cut[0], cut[1]});
        for (const auto &piece : pieces)
            divide(piece, level + 1);
    }

    void section(Ring ring, int number)
    {
        static const std::array kinds{u"Wahlgräber"_s, u"Reihengräber"_s, u"Urnengräber"_s, u"Wahlgräber"_s,
                                      u"Baumgräber"_s};
        if (signedArea(ring) < 0)
            std::ranges::reverse(ring);
        GraveSection section{m_area.name, u"Abt. %1"_s.arg(number, 2, 10, QLatin1Char('0')),
                             m_random.chance(0.5) ? u"Reserve, Wiese"_s : QString(m_random.pick(kinds)), ring};
        if (!section.kind.startsWith(u"Reserve"_s))
            section.graves = graves(section);
        m_city.sections.push_back(std::move(section));
    }

    int graves(const GraveSection &section)
    {
        const bool urns = section.kind == u"Urnengräber"_s, trees = section.kind == u"Baumgräber"_s;
        const bool family = section.kind == u"Wahlgräber"_s;
        const double width = urns || trees ? 1.0 : family ? 2.6 : 1.2, depth = urns || trees ? 1.0 : 2.4;
        const double gap = trees ? 5 : family ? 1.0 : 0.6, row = trees ? 6 : urns ? 2.4 : 4.6;
        const auto f = tightBox(section.ring);
        const auto across = leftOf(f.along);
        int count = 0;
        for (double y = -f.depth / 2 + 3; y < f.depth / 2 - depth - 2; y += row) {
            for (double x = -f.length / 2 + 2.5; x < f.length / 2 - width - 2; x += width + gap) {
                if (m_random.chance(0.5))
                    continue;
                const auto ring = rectangle(f.centre + f.along * x + across * y, f.along, width, across, depth);
                if (!std::ranges::all_of(ring, [&](PointXY p) { return inside(section.ring, p); }))
                    continue;
                m_city.graves.push_back(grave(section, ring, ++count));
            }
        }
        return count;
    }

    Grave grave(const GraveSection &section, const Ring &ring, int number)
    {
        Grave g{.ring = ring, .section = section.number, .cemetery = section.cemetery};
        g.number = u"%1-%2"_s.arg(section.number.mid(5)).arg(number, 4, 10, QLatin1Char('0'));
        g.kind = section.kind.chopped(section.kind.endsWith(u"gräber"_s) ? 6 : 0) + u"grab"_s;
        g.holder = inventedName(m_random);
        g.useEnds = QDate(m_random.whole(2024, 2049), m_random.whole(1, 12), 1);
        const double roll = m_random.unit();
        const bool stone = section.kind != u"Baumgräber"_s && roll < 0.95;
        g.stateKey = !stone ? u"ohne"_s
            : roll < 0.76   ? u"sicher"_s
            : roll < 0.86   ? u"beobachten"_s
            : roll < 0.90   ? u"ungeprueft"_s
            : roll < 0.935  ? u"mangel"_s
                            : u"gefahr"_s;
        g.state = !stone   ? u"ohne Grabmal"_s
            : roll < 0.76  ? u"standsicher"_s
            : roll < 0.86  ? u"leicht beweglich"_s
            : roll < 0.90  ? u"nicht geprüft"_s
            : roll < 0.915 ? u"nicht standsicher"_s
            : roll < 0.935 ? u"nicht standsicher, angeschrieben"_s
                           : u"Gefahr, gesichert oder umgelegt"_s;
        if (!stone) {
            g.checkKey = checkKeyOf({});
            return g;
        }
        // Yearly round after the frost; what moved is looked at again sooner.
        g.checked = QDate(2026, m_random.whole(3, 5), m_random.whole(1, 28)).addYears(m_random.chance(0.06) ? -1 : 0);
        g.nextCheck = g.stateKey == u"sicher"_s ? g.checked.addYears(1)
                                                : g.checked.addDays(g.stateKey == u"beobachten"_s ? 245 : 170);
        g.checkKey = checkKeyOf(g.nextCheck);
        return g;
    }

    City &m_city;
    const Area &m_area;
    Random m_random;
    ShapeOps m_ops;
    std::vector<Ring> m_sections;
};

} // namespace

void makeCemeteries(City &city)
{
    std::uint64_t number = 0;
    for (const auto &area : city.areas)
        if (area.kind == AreaKind::Cemetery)
            CemeteryMaker(city, area, seedFor(0x6a7e, ++number)).make();
}

} // namespace hanseatlas::demo
