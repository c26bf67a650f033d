// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <vector>

/** Values of indicators over time, and where each comes from: what the index is worked out from. */
namespace hanseatlas
{

/** Months since the year 0, so that periods can be counted: year × 12 + month − 1. */
int monthOf(const QDate &day); ///< of a valid day
QDate firstDayOf(int month);
/** How many months a period lasts: "month", "quarter" or "year". */
int monthsOf(const QString &period);
/** The first month of the period that `month` lies in. */
int periodStart(int month, const QString &period);
/** For people, in their language: "März 2026", "1. Quartal 2026", "2026". */
QString periodText(int month, const QString &period);

/** Where a value comes from: one delivery. */
struct IndexOrigin {
    QString source; ///< for people
    QString licence;
    QString person; ///< who brought it in
    QDateTime at; ///< UTC; when it was brought in
    bool demo = false; ///< made up
    bool operator==(const IndexOrigin &) const = default;
};

struct IndexPoint {
    int month = 0; ///< the first of its period
    double value = 0; ///< in the indicator's unit; finite
    int origin = 0; ///< index in IndexRecords::origins
    bool operator==(const IndexPoint &) const = default;
};

/** An indicator's values in one area. */
struct IndexSeries {
    QString indicator; ///< id
    QString area; ///< the Stadtteil's name; "" = the whole city
    std::vector<IndexPoint> points; ///< ascending in time, each month once
    bool operator==(const IndexSeries &) const = default;
};

struct IndexRecords {
    QList<IndexOrigin> origins;
    QList<IndexSeries> series;
    QStringList areas() const; ///< all but the city, sorted by name
    const IndexSeries *find(const QString &indicator, const QString &area) const; ///< null: there is none
    bool operator==(const IndexRecords &) const = default;
};

} // namespace hanseatlas
