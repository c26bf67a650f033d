// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/devicetransform.h"

namespace hanseatlas
{

/** @internal Where a feature's marker or label stands, in steps: depends on the geometry alone, never on the view, so
 * that it stays put when the map is moved. Points: the first; lines: half-way along the longest ring; polygons: the
 * middle of the widest stretch inside the largest part. */
struct Anchor {
    double x = 0, y = 0;
    double width = 0; ///< polygons: how long that stretch is, in steps
};
Anchor anchorOf(const FeatureSet &set, std::size_t feature);

/** @internal Where a feature's markers stand, in device pixels: each point of a point set, else the anchor. */
std::vector<QPointF> markerPlaces(const FeatureSet &set, std::size_t feature, const DeviceTransform &transform);

} // namespace hanseatlas
