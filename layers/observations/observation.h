// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QPointF>
#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

/** What sensors report, in the words of OGC SensorThings 1.1 (18-088): Thing, Datastream, Observation. */
namespace hanseatlas
{

/** How far a value can be trusted, by its source or by our own checks. */
enum class Quality : std::uint8_t { Good, Unchecked, Doubtful, Bad };

/** One value of a Datastream; 32 bytes, so that ten million fit into memory. */
struct Observation {
    std::int64_t at = 0; ///< ms since 1970 UTC; the end of phenomenonTime where that is an interval
    std::int64_t from = 0; ///< its start; = at for an instant
    double value = 0; ///< in the Datastream's unit; finite
    Quality quality = Quality::Unchecked;
    bool operator==(const Observation &) const = default;
};
using Observations = std::vector<Observation>;

/** A line in charts and a step on the map: characteristic value of a gauge (MHW …) or limit in law. */
struct ReferenceValue {
    QString name;
    double value = 0; ///< in the Datastream's unit
    bool operator==(const ReferenceValue &) const = default;
};

/** One quantity measured by one Thing. */
struct Datastream {
    QString id; ///< unique within its source
    QString name; ///< for people, as the source words it
    QString property; ///< observed property: "temperature", "PM10", "LAeq", "water level" …, as the source words it
    QString unit; ///< UCUM code ("Cel", "ug/m3", "cm", "dB[A]"); "" = none or unknown
    QString unitSymbol; ///< as the source writes it ("°C")
    std::int64_t interval = 0; ///< ms between two values; 0 = not known
    QList<ReferenceValue> references;
    bool operator==(const Datastream &) const = default;
};

/** A station, gauge, car park …: what has a place and measures. */
struct Thing {
    QString id; ///< unique within its source
    QString name;
    QString description;
    QString kind; ///< as the source words it ("OffStreetParking"); may be empty
    std::optional<QPointF> position; ///< x = longitude, y = latitude, EPSG:4326
    QList<Datastream> datastreams;
    QHash<QString, QString> properties; ///< what else the source tells, for people; plain text
    bool operator==(const Thing &) const = default;
};

/** What was wrong with values that came in. Corrected ones are kept, the others left out; both are counted. */
enum class Fault : std::uint8_t {
    BrokenMessage, ///< no JSON, XML … at all; left out
    NotANumber, ///< NaN, infinite, null or text where a number belongs; left out
    TextNumber, ///< "21.5"; read
    DecimalComma, ///< "21,5"; read
    NoTime, ///< left out
    NoZone, ///< a time without zone; read in the zone that the source documents
    EpochUnit, ///< seconds where ms were expected or the other way round; read
    Future, ///< more than the tolerated clock error ahead; left out
    Duplicate, ///< the same time and value again; left out
    UnitChanged, ///< another unit than before; converted or, where that cannot be, left out
    SwappedAxes, ///< latitude before longitude; put right
    NoPlace, ///< no or an impossible position; kept without
    TooMuch, ///< beyond a limit that protects the program; left out
};
inline constexpr int faultKinds = 13;
QString faultText(Fault fault); ///< for people, in their language

struct FaultTally {
    std::array<std::int64_t, faultKinds> counts{};
    void add(Fault fault, std::int64_t times = 1) { counts[static_cast<std::size_t>(fault)] += times; }
    std::int64_t of(Fault fault) const { return counts[static_cast<std::size_t>(fault)]; }
    bool operator==(const FaultTally &) const = default;
};

/** What one answer or message of a source brought. */
struct SensorAnswer {
    QList<Thing> things; ///< known or new; later ones replace earlier ones with the same id
    QHash<QString, Observations> observations; ///< by Datastream id; in the order of the answer
    QString next; ///< address of the next page; "" = this was the last
    FaultTally faults;
};

} // namespace hanseatlas
