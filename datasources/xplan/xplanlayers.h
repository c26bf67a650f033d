// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplancatalogue.h"
#include "datasources/xplan/xplantable.h"

namespace hanseatlas
{

/** True for an area at ground level that is part of the plan's cover without gaps. */
bool isSeamless(const XplanObject &object, const XplanCatalogue &catalogue);

/** The id of an object as a feature: stable as long as the file is. Both are indices. */
qint64 featureId(std::size_t document, std::size_t object);

/** Fills content.tables from content.documents: for each plan a group of layers, topmost first, in the order of the
 *  Planzeichenverordnung: extent, texts, points, lines, overlays, seamless areas; objects above ground over, objects
 *  below ground under the others of their kind. A layer holds the objects of one class and kind of geometry. */
void makeLayers(XplanContent &content, const XplanCatalogue &catalogue);

/** The extents of all plans as one layer "*plans*", their seamless areas as one layer "*areas*". */
void makeOverview(XplanContent &content, const XplanCatalogue &catalogue);

} // namespace hanseatlas
