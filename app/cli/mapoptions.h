// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "layers/map/layertree.h"
#include "layers/themes/maptheme.h"

namespace hanseatlas
{

/** @internal A map as the command line describes it. */
struct CommandMap {
    MapScene scene; ///< loaded
    QString title;
    Viewport view; ///< CRS, and the place as far as it was given
    bool placed = false; ///< centre and scale were given, by options or by the workspace
    Extent extent; ///< of all layers, or as given; in the view's CRS
    bool extentGiven = false;
    std::vector<Layer> all; ///< bottom first, also those that are hidden; not loaded
    double loadSeconds = 0;
};

/** --theme, --workspace, --crs, --extent, --centre, --scale, --rotate, --size, --dpi; sources are what is left over. */
void addMapOptions(QCommandLineParser &parser);

/** Finds and loads what the options name. Layers that fail are reported and left out; if all fail, that is the error.
 *  Without `load`, the scene's layers have no data and the extent is only known where it was given. */
Result<CommandMap> mapOf(const QCommandLineParser &parser, const QStringList &sources, const CommandContext &context,
                         bool load = true);
/** A theme's map, loaded, as the tour needs it. */
Result<CommandMap> mapOfTheme(const MapTheme &theme, const CommandContext &context);

Result<MapTheme> themeOf(const QString &id, const CommandContext &context);
/** Makes the demo city where it is missing, with a word about it. */
Status ensureDemoCity(const CommandContext &context);

/** The view for a picture: the place that was given, else all of the extent. */
Viewport pictureView(const CommandMap &map, QSize size, double dpi);

Result<QSize> sizeOption(const QCommandLineParser &parser, QSize usual);
Result<double> numberOption(const QCommandLineParser &parser, const QString &name, double usual, double least,
                            double most);
/** The file after --out, in full. `endings`: without the dot, lower case. */
Result<QString> outOption(const QCommandLineParser &parser, const QStringList &endings);

} // namespace hanseatlas
