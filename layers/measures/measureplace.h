// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <QByteArray>

#include <optional>

/** Places of measures as they are stored: WKB (OGC 06-103r4, little endian when written) in EPSG:25832. */
namespace hanseatlas
{

/** As Point, LineString, Polygon, or the Multi form of them; empty for an empty geometry. */
QByteArray placeWkb(const Geometry &geometry);

/** Nothing where it cannot be read, or is no point, line or area in the plane. Counts are checked against the bytes. */
std::optional<Geometry> placeGeometry(const QByteArray &wkb);

} // namespace hanseatlas
