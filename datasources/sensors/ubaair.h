// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/sensors/reading.h"

#include <QHash>
#include <QUrl>

/** Air quality of the Umweltbundesamt, air_data version 3. Pure.
 *
 *  Rows are positional; the order is read from "indices", as the source may change it. Its times have no zone: they are
 *  Central European Time, all year without summer time, and "24:00:00" is the end of a day. A station is a Thing by
 *  its number; its series are "station/component/scope". */
namespace hanseatlas
{

/** One line of a table that explains numbers, by its id. */
struct UbaComponent {
    QString code; ///< "PM10"
    QString name; ///< "Feinstaub (PM₁₀)"
    QString unitSymbol; ///< "µg/m³"
    bool operator==(const UbaComponent &) const = default;
};
struct UbaScope {
    QString name; ///< "Ein-Stunden-Mittelwert"
    std::int64_t interval = 0; ///< ms; 0 = not told
    bool operator==(const UbaScope &) const = default;
};
struct UbaTables {
    QHash<QString, UbaComponent> components;
    QHash<QString, UbaScope> scopes;
};

/** `root`: "https://www.umweltbundesamt.de/api/air_data/v3"; `table`: "stations", "components" or "scopes". */
QUrl ubaTableUrl(const QUrl &root, const QString &table);
/** Values with from ≤ end of the hour ≤ until (ms). */
QUrl ubaMeasuresUrl(const QUrl &root, const QString &station, int component, int scope, std::int64_t from,
                    std::int64_t until);

Result<QHash<QString, UbaComponent>> parseUbaComponents(const QByteArray &bytes);
Result<QHash<QString, UbaScope>> parseUbaScopes(const QByteArray &bytes);
/** Only stations that still measure at `rules.now`. They get their series with their values. */
Result<SensorAnswer> parseUbaStations(const QByteArray &bytes, const ReadingRules &rules);
/** Values, and their stations with nothing but id and series: join them to what parseUbaStations() told. */
Result<SensorAnswer> parseUbaMeasures(const QByteArray &bytes, const UbaTables &tables, ReadingRules rules);

} // namespace hanseatlas
