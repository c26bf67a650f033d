// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xmlnode.h"

#include "layers/model/geometry.h"

#include <QString>

namespace hanseatlas
{

/** What holds for a geometry that does not say it itself. */
struct GmlContext {
    QString srsName;
    int dimension = 0; ///< numbers of a position; 0 = not stated
    double arcTolerance = 0.0002; ///< in units of the coordinates, see arcs.h
};

/** A geometry as read: coordinates in the file's order, arcs as chords. */
struct GmlGeometry {
    Geometry geometry;
    QString srsName; ///< of the outermost element that states one, or from within; "" = none
    bool curved = false; ///< had arcs
    int broken = 0; ///< positions that are no numbers and were left out
    int repaired = 0; ///< rings that were not closed
    int leftOut = 0; ///< parts that we cannot show: of another kind than the first, references, solids
};

/** True for elements such as gml:Polygon, gml:MultiCurve or gml:Point; false for gml:Envelope. */
bool isGmlGeometry(const XmlNode &node);

/** Reads GML 2, 3.1 and 3.2: Point, MultiPoint, LineString, LinearRing, Curve with all kinds of segments but splines,
 *  CompositeCurve, OrientableCurve, Ring, MultiCurve, Polygon, Surface (patches become parts of one area),
 * CompositeSurface, MultiSurface, MultiGeometry. A Ring or LinearRing at the top is an area. Never fails: what cannot
 * be read is counted. */
GmlGeometry readGmlGeometry(const XmlNode &node, const GmlContext &context = {});

} // namespace hanseatlas
