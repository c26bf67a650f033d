// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/servers/mapserver.h"

namespace hanseatlas::test
{

/** Makes a GeoPackage of `count` round areas of 16 corners, 30 m wide, on a grid of 40 m, 250 in a row, eastwards from
 *  the centre 600000, 5960000 (EPSG:25832). Fields: name "Fläche 7", nummer 7, hoehe 3.5 (half the number), schluessel
 *  "00000007", stand 2024-05-08 (a date; the 1st to the 28th), and no value in bemerkung but "größer & <kleiner>" in
 *  each tenth. The corner with the most easterly x comes first. */
ServedLayer servedAreas(const QString &file, int count);
/** 12 bathing places as points, 1 km apart eastwards from 605000, 5965000. Fields: nummer 0 …, name "Badestelle Ä7",
 *  gemessen (date and time, 2024-05-01T12:00:00 and an hour later each), wert (real; null in the third). */
ServedLayer servedPoints(const QString &file);
/** 3 lines of two parts each, along the northing 5970000 + 100 · number. Fields: nummer, name "Straße 1". */
ServedLayer servedLines(const QString &file);

} // namespace hanseatlas::test
