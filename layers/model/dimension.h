// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace hanseatlas
{

/** Values chosen along a layer's dimensions, by name. What is missing is up to the source. */
using Dimensions = QMap<QString, QString>;

/** An axis along which a layer can be asked for: time, elevation (OGC 06-042, annex C). */
struct LayerDimension {
    QString name; ///< as the source knows it: "time", "elevation"
    QString unit; ///< for people; may be empty
    QString standard; ///< what the source takes where nothing is chosen; may be empty, may be "current"
    QStringList values; ///< ascending, as the source writes them
    std::vector<qint64> instants; ///< of an axis of time: each value in ms since 1970 (UTC), ascending; else empty

    bool isTime() const { return !instants.empty(); }
    /** The newest value that is not after the instant; before all of them the first. "" where there are none. */
    QString valueAt(qint64 instant) const;
    /** What the source takes by itself, as an instant: of its standard, else the newest. 0 where it is no time. */
    qint64 standardInstant() const;

    bool operator==(const LayerDimension &) const = default;
};

} // namespace hanseatlas
