// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <optional>

namespace hanseatlas
{

/** A service that gives what a theme map takes from the demo city otherwise. Said by the catalogue, see
 * docs/catalogue.md. */
struct ThemeService {
    QString theme; ///< id of the theme or bundle
    /** Which of its layers: "demo:klima.gpkg|regen_selten"; without the part after the bar all of that file; empty =
     * all of them. */
    QStringList replaces;
    LayerNode layer; ///< a single layer

    bool replacesLayer(const Layer &layer) const;
};

/** The change that puts the service in the place of what it replaces; nothing where that is not on the map. The new
 * layer stands where the first of the replaced stood; it is visible where one of them was. */
std::optional<TreeChange> takeFromService(const ThemeService &service, const LayerTree &tree);

/** What the layers of a theme on the map, and of the bundles it shares, come from; titles, topmost first. */
struct ThemeOrigins {
    QStringList services;
    QStringList demo; ///< made up; visible ones only
};
ThemeOrigins originsOf(const LayerTree &tree);

} // namespace hanseatlas
