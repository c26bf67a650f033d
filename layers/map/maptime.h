// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"

#include <span>
#include <vector>

/** The time of the map: one instant for all layers that have a time. Each shows its newest state that is not after it.
 *  Pure. */
namespace hanseatlas
{

/** The layer's axis of that name, or of time; null: it has none, or no data yet. */
const LayerDimension *dimensionOf(const Layer &layer, const QString &name);
const LayerDimension *timeOf(const Layer &layer);

/** The instants (ms since 1970, UTC) at which any of the layers changes, ascending, each once. */
std::vector<qint64> timeSteps(std::span<const Layer> layers);

/** What the layer's choice becomes at the instant; its other choices stay. */
Dimensions choiceAt(const Layer &layer, qint64 instant);
/** The choice without a time: what the service shows by itself. */
Dimensions choiceWithoutTime(const Layer &layer);

/** The instant that the layers show: the latest that is chosen; else the latest that a service shows by itself. 0 where
 *  none has a time. */
qint64 shownInstant(std::span<const Layer> layers);
/** Has a time been chosen for any of them? */
bool hasChosenTime(std::span<const Layer> layers);

/** The other axes that the layers have, each name once, with the values of all layers that have it. */
std::vector<LayerDimension> otherDimensions(std::span<const Layer> layers);

/** For people, in the zone of this computer: as exact as the services write it. */
QString instantText(std::span<const Layer> layers, qint64 instant);

} // namespace hanseatlas
