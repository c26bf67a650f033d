// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/streetnames.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

const std::array<QStringList, 8> &themes()
{
    static const std::array<QStringList, 8> all{
        u"Linden Eichen Buchen Ahorn Ulmen Eschen Birken Erlen Kastanien Weiden Pappel Hasel Weißdorn Schlehen Holunder Wacholder Kiefern Tannen Fichten Lärchen Eiben Robinien Platanen Rotdorn Flieder"_s
            .split(u' '),
        u"Amsel Drossel Finken Meisen Zeisig Lerchen Kiebitz Kranich Reiher Möwen Schwalben Specht Star Sperber Bussard Falken Eulen Kuckuck Rohrammer Storchen Schwanen Enten Gänse Zaunkönig Pirol"_s
            .split(u' '),
        u"Rigaer|Revaler|Danziger|Stralsunder|Wismarer|Rostocker|Visbyer|Bergener|Stettiner|Greifswalder|Kolberger|Königsberger|Memeler|Brügger|Deventer|Kampener|Soester|Lüneburger|Braunschweiger|Anklamer"_s
            .split(u'|'),
        u"Rosen Nelken Tulpen Veilchen Astern Lilien Dahlien Primel Krokus Malven Mohn Kornblumen Ginster Heide Lavendel Salbei Kamille Margeriten Narzissen Akelei"_s
            .split(u' '),
        u"Böttcher Schmiede Weber Seiler Reepschläger Gerber Töpfer Zimmerer Maurer Drechsler Tischler Kupfer Glaser Segelmacher Bootsbauer Fischer Krämer Müller Bäcker Buchbinder"_s
            .split(u' '),
        u"Wiesen Acker Koppel Feld Moor Anger Dorf Mühlen Brunnen Quellen Hof Kirch Garten Heck Weide Sand Stein Berg Tal Ufer"_s
            .split(u' '),
        u"Werft Kai Anker Kran Speicher Lotsen Schlepper Ballast Docks Trossen Poller Kogge Schoner Segel Ruder Kompass Leuchtturm Hafenrand Umschlag Container"_s
            .split(u' '),
        u"Kurze|Lange|Neue|Alte|Hohe|Breite|Stille|Grüne|Helle|Krumme|Schmale|Weiße|Rote|Blaue|Kleine|Große"_s.split(
            u'|'),
    };
    return all;
}

int themeOf(QuarterKind kind, Random &random)
{
    switch (kind) {
    case QuarterKind::Harbour:
        return 6;
    case QuarterKind::Industry:
    case QuarterKind::Commerce:
        return random.chance(0.5) ? 4 : 6;
    case QuarterKind::Villas:
        return 5;
    case QuarterKind::Perimeter:
        return random.chance(0.5) ? 2 : 4;
    default:
        break;
    }
    return random.whole(0, 3);
}

} // namespace

StreetNames::StreetNames(QuarterKind kind, std::uint64_t seed)
    : m_random(seed)
    , m_theme(themeOf(kind, m_random))
    , m_at(m_random.whole(0, 19))
{
}

QString StreetNames::next()
{
    if (++m_round % int(themes()[std::size_t(m_theme)].size() + 1) == 0)
        m_theme = (m_theme + 1) % 6;
    const auto &words = themes()[std::size_t(m_theme)];
    const auto word = words[m_at++ % words.size()];
    if (m_theme == 2)
        return word + u" Straße"_s;
    static const QStringList endings{u"weg"_s, u"straße"_s, u"weg"_s, u"gang"_s, u"ring"_s, u"stieg"_s, u"straße"_s};
    return word + endings[m_random.whole(0, int(endings.size()) - 1)];
}

} // namespace hanseatlas::demo
