// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

#include <QDate>
#include <QStringList>

namespace hanseatlas
{

/** What a picture of the map owes to those whose data it shows: it stands on every sheet, picture and file that leaves.
 */
struct Credits {
    QStringList sources; ///< one line a source: attribution, licence, date of the data; in the order of the layers
    QStringList licences; ///< each once
    bool demo = false; ///< some of it is made up
    bool personal = false; ///< some of it is personal data
};

/** Of the scene's layers, topmost first; sources that several layers share are named once. */
Credits creditsOf(const std::vector<Layer> &layers);

/** The licence of some services lets their data be viewed, but not stored: it goes into no file. */
bool mayLeave(const Layer &layer);
/** The scene without such layers; `notes`, if given, gets a line for each that was taken out. */
MapScene sceneToLeave(MapScene scene, QStringList *notes = nullptr);
/** "Land values: may be viewed, but not exported" */
QString viewOnlyNote(const Layer &layer);

/** The marks as one reads them on the map. */
QString demoMark();
QString personalWarning();

/** As people write a date in a title block: without the day of the week. */
QString dateText(QDate date);

/** "1:5 000", with narrow spaces that do not break. */
QString scaleText(double denominator);

} // namespace hanseatlas
