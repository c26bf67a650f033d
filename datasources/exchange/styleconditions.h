// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/style.h"

class QXmlStreamWriter;

namespace hanseatlas
{

/** What makes a feature belong to the class, as a filter, whatever kind the style is of. */
Filter conditionOf(const Style &style, std::size_t styleClass);

/** The same for readers that draw every rule that fits, where ours draw the first: takes out what earlier classes take.
 *  `styleClass` may be classes.size(): then it is the condition of the otherwise symbol. */
Filter exclusiveConditionOf(const Style &style, std::size_t styleClass);

/** False only if no feature can match both. */
bool mayOverlap(const Filter &a, const Filter &b);

/** As an expression of QGIS; never null. Always: "". */
QString qgisExpression(const Filter &filter);

/** As an ogc:Filter element of SLD (OGC Filter Encoding 1.1); nothing for Always. */
void writeOgcFilter(QXmlStreamWriter &xml, const Filter &filter);

/** The kind of symbols that a layer needs. */
GeometryKind symbolKind(const std::vector<GeometryKind> &declared, const Style &style);

} // namespace hanseatlas
