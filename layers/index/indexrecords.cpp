// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexrecords.h"

#include "layers/index/indextexts.h"

#include <QCollator>
#include <QLocale>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

int monthOf(const QDate &day)
{
    return day.year() * 12 + day.month() - 1;
}

QDate firstDayOf(int month)
{
    return {month / 12, month % 12 + 1, 1};
}

int monthsOf(const QString &period)
{
    return period == "month"_L1 ? 1 : period == "quarter"_L1 ? 3 : 12;
}

int periodStart(int month, const QString &period)
{
    return month - month % monthsOf(period);
}

QString periodText(int month, const QString &period)
{
    const auto day = firstDayOf(month);
    if (period == "month"_L1)
        return QLocale().toString(day, u"MMMM yyyy"_s);
    if (period == "quarter"_L1)
        return IndexTexts::tr("quarter %1 of %2").arg(day.month() / 3 + 1).arg(day.year());
    return QString::number(day.year());
}

QStringList IndexRecords::areas() const
{
    QSet<QString> names;
    for (const auto &one : series) {
        if (!one.area.isEmpty())
            names.insert(one.area);
    }
    QStringList sorted(names.cbegin(), names.cend());
    QCollator collator(QLocale(QLocale::German)); // they are names of Lübeck
    std::ranges::sort(sorted, [&](const QString &a, const QString &b) { return collator.compare(a, b) < 0; });
    return sorted;
}

const IndexSeries *IndexRecords::find(const QString &indicator, const QString &area) const
{
    const auto found = std::ranges::find_if(
        series, [&](const IndexSeries &one) { return one.indicator == indicator && one.area == area; });
    return found == series.end() ? nullptr : &*found;
}

} // namespace hanseatlas
