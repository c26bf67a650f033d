// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplancatalogue.h"
#include "datasources/xplan/xplandocument.h"

#include "layers/model/source.h"

#include <QJsonObject>

namespace hanseatlas
{

/** How a plan is called in the layer tree: its name, else its number, else the file's name. */
QString planTitle(const XplanDocument &document, const XplanPlan &plan);

/** What people want to know of a plan: codes in words, dates as one reads them, documents and textual regulations. JSON
 *  objects have no order of their own, so "order" lists the keys as they should be read. */
QJsonObject planHeader(const XplanDocument &document, const XplanPlan &plan, const XplanCatalogue &catalogue,
                       bool withTexts);

/** Municipality and date. */
Provenance planProvenance(const XplanDocument &document, const XplanPlan &plan);

/** The date that counts: in force, else decided, else of making. As ISO text; may be empty. */
QString planDate(const XplanObject &plan);

} // namespace hanseatlas
