// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace hanseatlas
{

/** A value, or a range of values: "2020-01-01/2020-12-31/P1D". */
struct DimensionItem {
    QString start; ///< the value itself where it is no range
    QString end; ///< "" = a single value
    QString step; ///< period or number; "" or "0" = any value in the range

    bool isRange() const { return !end.isEmpty(); }
    bool operator==(const DimensionItem &) const = default;
};

/** Time, elevation or another axis that a layer can be asked along. */
struct WmsDimension {
    QString name; ///< lower case: "time", "elevation"; others are sent as DIM_<name>
    QString units; ///< "ISO8601", "CRS:88", "EPSG:5030", "metre"
    QString unitSymbol; ///< for people; may be empty
    QString defaultValue; ///< what the server takes when it is not asked; may be empty, may be "current"
    bool nearestValue = false; ///< the server takes the nearest of its values
    bool multipleValues = false;
    bool current = false; ///< the newest data is kept up to date: ask again for the default
    std::vector<DimensionItem> items; ///< in the order of the server; what cannot be read is left out

    bool isTime() const { return name == QLatin1StringView("time"); }
    bool operator==(const WmsDimension &) const = default;
};

/** The items of a list "a,b/c/d,…". Items of a time whose dates or period cannot be read are left out. */
std::vector<DimensionItem> parseDimensionItems(QStringView text, bool time);

/** All single values, those of ranges with a readable step written out in the way of their start; ends after `limit`
 * values (the newest are kept, as these are what people ask for). */
QStringList dimensionValues(const WmsDimension &dimension, int limit = 10000);

/** A time as servers write it: "1992", "2017Z", "2006-06", "2015-04-27T16:15:00Z", "20110805"; UTC where no zone is
 * given. Nothing for "current" and nonsense. */
std::optional<QDateTime> parseDimensionTime(QStringView text);

/** ISO 8601, e.g. "P1Y", "PT5M", "P1DT12H". */
struct TimePeriod {
    int months = 0; ///< years counted as twelve
    qint64 seconds = 0; ///< days and weeks included

    bool operator==(const TimePeriod &) const = default;
};
/** Nothing where the text is no period or one of no length. */
std::optional<TimePeriod> parsePeriod(QStringView text);

} // namespace hanseatlas
