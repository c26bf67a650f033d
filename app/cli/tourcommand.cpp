// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mapoptions.h"

#include "datasources/exchange/geopackagewriter.h"
#include "datasources/exchange/imageexport.h"
#include "datasources/exchange/pdfexport.h"

#include <QDir>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr QSize pictureSize(1600, 1000);
constexpr PointXY oldTown{611600, 5969900}; ///< of the demo city, EPSG:25832

void addOptions(QCommandLineParser &) { }

void sayWritten(const QString &path)
{
    say(u"%1  %2"_s.arg(path, QLocale().formattedDataSize(QFileInfo(path).size())));
}

double away(PointXY place)
{
    return std::hypot(place.x - oldTown.x, place.y - oldTown.y);
}

/** Where the topmost layer has an object, as near to the old town as there is one. */
PointXY placeOfTopmost(const CommandMap &map, double scale)
{
    for (const auto &layer : std::views::reverse(map.scene.layers)) {
        if (!layer.data || !layer.data->features || layer.data->features->size() == 0 || !layer.inScale(scale))
            continue;
        const auto &set = *layer.data->features;
        PointXY best = set.geometry(0).points.front();
        for (std::size_t i = 1; i < set.size(); ++i) {
            const auto place = set.geometry(i).points.front();
            if (away(place) < away(best))
                best = place;
        }
        return best;
    }
    return oldTown;
}

/** Around the old town, as near as the theme wants; what is only seen from near is looked for. */
CommandMap placed(CommandMap map, const MapTheme &theme)
{
    constexpr double near = 5000;
    const double scale = theme.scale > 0 ? theme.scale : 30000;
    map.view.centre = scale <= near ? placeOfTopmost(map, scale) : oldTown;
    map.view.setScale(scale);
    map.placed = true;
    return map;
}

Status drawTheme(const MapTheme &theme, const CommandMap &map, const QDir &folder, const CommandContext &context)
{
    const auto path = folder.filePath(theme.id + u".png"_s);
    RenderNotes notes;
    const auto status = writeImage({.scene = map.scene,
                                    .view = pictureView(map, pictureSize, 96),
                                    .path = path,
                                    .title = theme.title,
                                    .worldFile = false},
                                   context.pool, context.token, {}, &notes);
    for (const auto &problem : notes.problems)
        warn(problem);
    if (status)
        sayWritten(path);
    return status;
}

Status printTheme(const MapTheme &theme, const CommandMap &map, const QDir &folder, const CommandContext &context)
{
    const auto path = folder.filePath(theme.id + u".pdf"_s);
    PrintLayout layout{
        .paper = QPageSize::A3, .title = theme.title, .subtitle = theme.summary, .date = QDate::currentDate()};
    const auto legends = fetchLegends(map.scene.layers, layout.dpi, context.token);
    if (!legends)
        return std::unexpected(legends.error());
    layout = fitted(layout, map.scene, map.extent, *legends);
    if (const auto status = writePdf(layout, map.scene, path, context.token); !status)
        return status;
    sayWritten(path);
    return {};
}

Status packLayers(const std::vector<Layer> &layers, const QDir &folder, const CommandContext &context)
{
    const auto path = folder.filePath(u"themes.gpkg"_s);
    const auto report = writeGeoPackage({.layers = layers, .path = path}, context.opener, context.token);
    if (!report)
        return std::unexpected(report.error());
    for (const auto &left : report->leftOut)
        warn(CommandLine::tr("left out: %1").arg(left));
    sayWritten(path);
    return {};
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    if (parser.positionalArguments().size() != 1)
        return usageError(CommandLine::tr("tour wants one folder."));
    const QDir folder(QFileInfo(parser.positionalArguments().front()).absoluteFilePath());
    if (!folder.mkpath(u"."_s))
        return failure(ErrorKind::NotReadable,
                       CommandLine::tr("The folder “%1” could not be made.").arg(folder.path()));
    const auto themes = loadThemes({u":/themes"_s}, context.language);
    std::vector<Layer> layers;
    for (const auto &theme : themes.themes) {
        auto loaded = mapOfTheme(theme, context);
        if (!loaded)
            return std::unexpected(loaded.error());
        const auto map = placed(std::move(*loaded), theme);
        for (const auto &layer : map.scene.layers) {
            if (std::ranges::find(layers, layer.source, &Layer::source) == layers.end())
                layers.push_back(layer);
        }
        if (const auto status = drawTheme(theme, map, folder, context); !status)
            return status;
        if (theme.id == "noise"_L1) {
            if (const auto status = printTheme(theme, map, folder, context); !status)
                return status;
        }
    }
    return packLayers(layers, folder, context);
}

} // namespace

const Command &tourCommand()
{
    static const Command command{
        "tour",
        "DIR",
        QT_TRANSLATE_NOOP("CommandLine", "Shows without a window what the program does with the demo city."),
        QT_TRANSLATE_NOOP(
            "CommandLine",
            "Draws the theme maps, prints one as PDF, packs their layers into a GeoPackage, and prints what it wrote.\n"
            "  hanseatlas tour out"),
        addOptions,
        run};
    return command;
}

} // namespace hanseatlas
