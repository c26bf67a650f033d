// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplancatalogue.h"
#include "datasources/xplan/xplantable.h"

namespace hanseatlas
{

/** Fills content.tables from content.documents: for each plan a group of layers, topmost first, in the order of the
 *  Planzeichenverordnung: extent, texts, points, lines, overlays, seamless areas; objects above ground over, objects
 *  below ground under the others of their kind. A layer holds the objects of one class and kind of geometry. */
void makeLayers(XplanContent &content, const XplanCatalogue &catalogue);

/** The extents of all plans as one layer "*plans*", their seamless areas as one layer "*areas*". */
void makeOverview(XplanContent &content, const XplanCatalogue &catalogue);

} // namespace hanseatlas
