// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mapoptions.h"

#include "datasources/exchange/geopackagewriter.h"
#include "datasources/exchange/imageexport.h"
#include "datasources/exchange/pdfexport.h"
#include "layers/map/credits.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void addOptions(QCommandLineParser &parser)
{
    addMapOptions(parser);
    parser.addOptions({
        {u"out"_s, CommandLine::tr("The file to write."), CommandLine::tr("file")},
        {u"paper"_s, CommandLine::tr("pdf: A4, A3, A2, A1 or A0. Usual: A4."), CommandLine::tr("size")},
        {u"portrait"_s, CommandLine::tr("pdf: upright. Usual: landscape.")},
        {u"subtitle"_s, CommandLine::tr("pdf: a second line, e.g. department or file number."),
         CommandLine::tr("text")},
        {u"dpi"_s, CommandLine::tr("pdf: resolution of rasters. Usual: 300. png: of symbols and texts. Usual: 96."),
         CommandLine::tr("number")},
        {u"no-legend"_s, CommandLine::tr("pdf: without legend.")},
        {u"no-grid"_s, CommandLine::tr("pdf: without coordinates at the frame.")},
        {u"size"_s, CommandLine::tr("png: pixels of the picture. Usual: 1920x1080."), u"WxH"_s},
        {u"all-layers"_s, CommandLine::tr("gpkg: also the layers that are hidden.")},
        {u"personal"_s, CommandLine::tr("gpkg: also layers with personal data.")},
    });
}

Result<PrintLayout> layoutOf(const QCommandLineParser &parser, const CommandMap &map, const CancelToken &token)
{
    static const QMap<QString, QPageSize::PageSizeId> papers{{u"A4"_s, QPageSize::A4},
                                                             {u"A3"_s, QPageSize::A3},
                                                             {u"A2"_s, QPageSize::A2},
                                                             {u"A1"_s, QPageSize::A1},
                                                             {u"A0"_s, QPageSize::A0}};
    const auto paper = parser.isSet(u"paper"_s) ? parser.value(u"paper"_s).toUpper() : u"A4"_s;
    if (!papers.contains(paper))
        return usageError(CommandLine::tr("--paper wants A4, A3, A2, A1 or A0."));
    const auto dpi = numberOption(parser, u"dpi"_s, 300, 36, 1200);
    if (!dpi)
        return std::unexpected(dpi.error());
    PrintLayout layout{.paper = papers[paper],
                       .orientation = parser.isSet(u"portrait"_s) ? QPageLayout::Portrait : QPageLayout::Landscape,
                       .scale = map.view.scale(),
                       .centre = map.view.centre,
                       .crs = map.view.crs,
                       .rotation = map.view.rotation,
                       .title = map.title,
                       .subtitle = parser.value(u"subtitle"_s),
                       .dpi = int(*dpi),
                       .legend = !parser.isSet(u"no-legend"_s),
                       .grid = !parser.isSet(u"no-grid"_s),
                       .date = QDate::currentDate()};
    if (!map.placed) {
        // They are kept then: the export does not wait for them again, and says what is wrong with them.
        const auto legends =
            layout.legend ? fetchLegends(sceneToLeave(map.scene).layers, layout.dpi, token) : LegendPictures();
        if (!legends)
            return std::unexpected(legends.error());
        layout = fitted(layout, map.scene, map.extent, *legends);
    }
    return layout;
}

Status exportPdf(const QCommandLineParser &parser, const QString &out, const QStringList &sources,
                 const CommandContext &context)
{
    const auto map = mapOf(parser, sources, context);
    if (!map)
        return std::unexpected(map.error());
    const auto layout = layoutOf(parser, *map, context.token);
    if (!layout)
        return std::unexpected(layout.error());
    RenderNotes notes;
    const auto status = writePdf(*layout, map->scene, out, context.token, {}, &notes);
    for (const auto &problem : notes.problems)
        warn(problem);
    return status;
}

Status exportPng(const QCommandLineParser &parser, const QString &out, const QStringList &sources,
                 const CommandContext &context)
{
    const auto size = sizeOption(parser, {1920, 1080});
    const auto dpi = numberOption(parser, u"dpi"_s, 96, 10, 2400);
    if (!size || !dpi)
        return std::unexpected(size ? dpi.error() : size.error());
    const auto map = mapOf(parser, sources, context);
    if (!map)
        return std::unexpected(map.error());
    RenderNotes notes;
    const auto status =
        writeImage({.scene = map->scene, .view = pictureView(*map, *size, *dpi), .path = out, .title = map->title},
                   context.pool, context.token, {}, &notes);
    for (const auto &problem : notes.problems)
        warn(problem);
    return status;
}

Status exportGeoPackage(const QCommandLineParser &parser, const QString &out, const QStringList &sources,
                        const CommandContext &context)
{
    const auto map = mapOf(parser, sources, context, false);
    if (!map)
        return std::unexpected(map.error());
    GeoPackageJob job{.layers = parser.isSet(u"all-layers"_s) ? map->all : map->scene.layers,
                      .extentCrs = map->view.crs,
                      .path = out,
                      .includePersonal = parser.isSet(u"personal"_s)};
    if (map->extentGiven)
        job.extent = map->extent;
    const ProgressLine line(CommandLine::tr("Writing %1").arg(out));
    const auto report = writeGeoPackage(job, context.opener, context.token, line.callback());
    if (!report)
        return std::unexpected(report.error());
    for (const auto &left : report->leftOut)
        warn(CommandLine::tr("left out: %1").arg(left));
    for (const auto &note : report->notes)
        warn(note);
    return {};
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    const std::pair<
        QString, Status (*)(const QCommandLineParser &, const QString &, const QStringList &, const CommandContext &)>
        formats[] = {{u"pdf"_s, exportPdf}, {u"gpkg"_s, exportGeoPackage}, {u"png"_s, exportPng}};
    auto arguments = parser.positionalArguments();
    const auto wanted = arguments.isEmpty() ? QString() : arguments.takeFirst().toLower();
    for (const auto &[name, write] : formats) {
        if (name != wanted)
            continue;
        const auto out = outOption(parser, name == "png"_L1 ? pictureEndings() : QStringList{name});
        if (!out)
            return std::unexpected(out.error());
        const auto status = write(parser, *out, arguments, context);
        if (status)
            say(*out);
        return status;
    }
    return usageError(CommandLine::tr("export wants pdf, gpkg or png as its first word."));
}

} // namespace

const Command &exportCommand()
{
    static const Command command{
        "export",
        "pdf|gpkg|png [SOURCE…] --out FILE",
        QT_TRANSLATE_NOOP("CommandLine", "Writes a printable sheet, a GeoPackage with styles, or a picture."),
        QT_TRANSLATE_NOOP(
            "CommandLine",
            "pdf:  a sheet to scale with legend, scale bar, north arrow, coordinates and sources, georeferenced.\n"
            "gpkg: the layers with all fields, spatial index, metadata and styles for QGIS. Layers with personal\n"
            "      data are left out unless --personal is given.\n"
            "png:  a picture with sources and world file.\n"
            "  hanseatlas export pdf --theme noise --paper A3 --scale 10000 --centre 611500,5969800 --out noise.pdf\n"
            "  hanseatlas export gpkg a.shp b.geojson --extent 610000,5968000,613000,5971000 --out both.gpkg"),
        addOptions,
        run};
    return command;
}

} // namespace hanseatlas
