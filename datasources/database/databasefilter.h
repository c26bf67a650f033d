// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wfsfilter.h"

namespace hanseatlas
{

/** The rule as a condition in SQL for PostgreSQL; "" for an empty rule. The reference system of a box is its number,
 *  "25832"; "" = that of the row. Names and texts are quoted: nothing of them
 *  becomes SQL. Pure. */
QString databaseFilter(const FilterRule &rule);

/** "name" with its quotes doubled. */
QString quotedName(const QString &name);
/** 'text' with its quotes doubled; characters that a text cannot hold are left out. */
QString quotedText(const QString &text);

} // namespace hanseatlas
