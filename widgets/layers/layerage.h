// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace hanseatlas
{

/** How long ago something came from its server, for the end of a row: "now", "5 min", "3 h", "2 d"; "" for an invalid
 *  time. A time that lies ahead (clocks differ) is now. */
QString shortAge(const QDateTime &fetched, const QDateTime &now = QDateTime::currentDateTime());

} // namespace hanseatlas
