// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/readtally.h"

#include <QCoreApplication>

namespace hanseatlas
{

void ReadTally::count(WkbOutcome outcome)
{
    switch (outcome) {
    case WkbOutcome::Decoded:
        break;
    case WkbOutcome::Split:
        ++split;
        break;
    case WkbOutcome::Empty:
        ++empty;
        break;
    case WkbOutcome::NotFinite:
        ++notFinite;
        break;
    case WkbOutcome::Broken:
        ++broken;
        break;
    }
}

ReadTally &ReadTally::operator+=(const ReadTally &other)
{
    empty += other.empty;
    notFinite += other.notFinite;
    broken += other.broken;
    split += other.split;
    untransformed += other.untransformed;
    missing += other.missing;
    return *this;
}

QStringList ReadTally::notes() const
{
    QStringList result;
    auto add = [&](const char *text, qint64 n) {
        if (n > 0)
            result.append(
                QCoreApplication::translate("ReadTally", text, nullptr, int(std::min<qint64>(n, 2000000000))));
    };
    add(QT_TRANSLATE_N_NOOP("ReadTally", "%n object(s) have no geometry and are not on the map."), empty);
    add(QT_TRANSLATE_N_NOOP(
            "ReadTally",
            "%n object(s) have coordinates that are no numbers or lie beyond the earth, and were left out."),
        notFinite);
    add(QT_TRANSLATE_N_NOOP("ReadTally", "%n object(s) have a damaged geometry and were left out."), broken);
    add(QT_TRANSLATE_N_NOOP("ReadTally",
                            "%n object(s) combine points, lines or areas; they are drawn as several parts."),
        split);
    add(QT_TRANSLATE_N_NOOP(
            "ReadTally",
            "%n object(s) lie where the coordinate reference system cannot be converted, and were left out."),
        untransformed);
    add(QT_TRANSLATE_N_NOOP("ReadTally", "The file is damaged: %n object(s) that it announces could not be read."),
        missing);
    if (missing < 0)
        result.append(
            QCoreApplication::translate("ReadTally", "The file is damaged: reading broke off before its end."));
    return result;
}

} // namespace hanseatlas
