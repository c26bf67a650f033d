// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/style.h"
#include "layers/model/source.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

#include <chrono>
#include <memory>

namespace hanseatlas
{

/** What a layer has loaded; shared, immutable. */
struct LayerData {
    LayerDescription description;
    OpenedSource source;
    FeatureSetPtr features; ///< vector layers, in the map's CRS
    std::vector<std::uint32_t> invalid; ///< features marked as invalid, ascending
    std::vector<std::int16_t> classes; ///< classify() of features by the layer's style
    bool isRaster() const { return std::holds_alternative<std::shared_ptr<const RasterSource>>(source); }
};
using LayerDataPtr = std::shared_ptr<const LayerData>;

enum class LayerState { Unloaded, Loading, Ready, Failed };

/** A layer of the map: what the user set, where the data is, and what has come of it. A value. */
struct Layer {
    QUuid id;
    QString title;
    SourceRef source;
    Style style;
    bool visible = true;
    double opacity = 1; ///< 0 … 1
    double minScale = 0; ///< largest denominator at which it shows, 0 = no limit
    double maxScale = 0; ///< smallest denominator, 0 = no limit
    bool expanded = false; ///< legend unfolded in the panel
    bool labels = true;
    QString theme; ///< id of the theme that brought it; "" = the user's own
    Provenance provenance; ///< as stated by file, theme or user
    Dimensions dimensions; ///< chosen values of those that its source has
    std::chrono::seconds refreshEvery{0}; ///< asked anew of its server; 0 = only on demand
    QString explanation; ///< legend text for people; may be empty

    // Not saved:
    LayerState state = LayerState::Unloaded;
    Error error; ///< Failed: why
    LayerDataPtr data; ///< may be there while Loading or Failed: the old state
    QDateTime loadedAt;
    QString trouble; ///< Ready: why the picture lacks something, for people
    std::vector<Dimensions> upcoming; ///< what is likely to be chosen next: see RasterQuery

    bool inScale(double denominator) const
    {
        return (minScale <= 0 || denominator <= minScale) && (maxScale <= 0 || denominator >= maxScale);
    }
};

} // namespace hanseatlas
