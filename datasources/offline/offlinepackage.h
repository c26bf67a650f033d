// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"
#include "layers/model/source.h"

#include <optional>

namespace hanseatlas
{

/** A layer that is kept for work without a network. */
struct OfflineLayer {
    QString title;
    SourceRef source;

    bool operator==(const OfflineLayer &) const = default;
};

/** What somebody wants to have along: layers, an area and the scales at which it is looked at. A value. */
struct OfflinePackage {
    enum class State { Fetching, Paused, Ready, Failed };

    QString id; ///< the store's key
    QString title;
    std::vector<OfflineLayer> layers;
    Extent area; ///< in the working CRS; layers of features are kept whole
    Geometry shape; ///< a polygon in the working CRS, within `area`: images beside it are not kept; empty: all of it
    double largestScale = 1000, smallestScale = 25000; ///< denominators, both included
    State state = State::Paused;
    QDateTime created, fetched; ///< UTC; fetched: when it was last complete, invalid = not yet
    qint64 done = 0, total = 0; ///< images and tables of features
    QString problem; ///< of Failed, for people

    /** The package of what is within a polygon of the working CRS. */
    void setShape(Geometry polygon);
    /** What is covered, as a polygon: the shape, or else the area. */
    Geometry outline() const;

    bool operator==(const OfflinePackage &) const = default;
    QByteArray toJson() const;
    /** Nothing for what is none; "Fetching" is read as "Paused", as nobody is at it. */
    static std::optional<OfflinePackage> fromJson(const QString &id, const QByteArray &json);
};

} // namespace hanseatlas
