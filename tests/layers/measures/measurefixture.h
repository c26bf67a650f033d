// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/strategyfacts.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QTimeZone>

namespace hanseatlas::test
{

inline QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/** What the program ships. */
inline StrategyFacts shippedFacts()
{
    return strategyFromJson(bytesOf(QStringLiteral(":/strategy/strategy.json")), QStringLiteral("strategy.json"))
        .value();
}
inline QList<Measure> shippedMeasures()
{
    return measuresFromJson(bytesOf(QStringLiteral(":/strategy/measures.json")), QStringLiteral("measures.json"))
        .value();
}

/** Says something in every field. */
inline Measure fullMeasure(const QString &number = QStringLiteral("4.10"))
{
    using namespace Qt::StringLiterals;
    return {
        .number = number,
        .title = u"=Titel mit „Zeichen“; \"und\" Semikolon"_s,
        .description = u"Zeile eins\nZeile zwei | mit Strich"_s,
        .field = 4,
        .lead = u"5.660 Stadtgrün und Verkehr"_s,
        .partners = {u"KWL GmbH"_s, u"a | b \\ c"_s},
        .concepts = {u"Umlandstadt"_s},
        .resolutions = {u"VO/2020/08509"_s, u"VO/2020/08509-03"_s},
        .measureClass = u"it"_s,
        .goals = {{u"O1"_s, 2.0}, {u"O3"_s, 0.5}},
        .dimensions = {{u"D3"_s, 1.0}},
        .governance = {{u"idea"_s, QDate(2024, 1, 2), u"Frau A"_s, u"aus dem Fachbereich"_s},
                       {u"application_a"_s, QDate(2024, 2, 2), u"Herr B"_s},
                       {u"checklist"_s, QDate(2024, 2, 3), u"Herr B"_s, {}, {u"Kosten"_s}},
                       {u"board"_s, QDate(2024, 3, 1), u"Frau C"_s},
                       {u"recommended"_s,
                        QDate(2024, 3, 2),
                        u"Frau C"_s,
                        {},
                        {},
                        {{u"CDO"_s, Vote::Yes}, {u"CIO"_s, Vote::Yes}, {u"Bürgermeisterkanzlei"_s, Vote::Yes}}}},
        .phase = MeasurePhase::Implementation,
        .progress = 40,
        .start = QDate(2024, 1, 1),
        .end = QDate(2026, 12, 31),
        .milestones = {{u"Ausschreibung"_s, QDate(2025, 5, 1), QDate(2025, 4, 30)},
                       {u"Abnahme"_s, QDate(2026, 6, 30), {}, u"KWL GmbH"_s, true}},
        .budgetCents = 1'234'567'89,
        .funding = {{u"MPSC 1.2.3/2.2.3"_s, 500'000'00}},
        .risks = {{u"Lieferzeit"_s, 3, 4, u"früh bestellen"_s}},
        .links = {{MeasureLink::Kind::Page, u"https://www.luebeck.de/x"_s, u"Seite"_s},
                  {MeasureLink::Kind::Sensor, u"sensor-7"_s}},
        // POINT (611000.5 5969000.25), little endian
        .place = {MeasurePlace::Kind::Geometry, {}, QByteArray::fromHex("01010000000000000071a52241000000101ac55641")},
        .reports = {{u"r1"_s, QDateTime(QDate(2024, 5, 6), QTime(7, 8), QTimeZone::UTC), u"Frau A"_s, u"läuft"_s,
                     MeasurePhase::Implementation, 20}},
        .attachments = {{u"Protokoll"_s, u"file:protokoll.pdf"_s}}};
}

} // namespace hanseatlas::test
