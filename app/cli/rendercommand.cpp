// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mapoptions.h"

#include "datasources/exchange/imageexport.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void addOptions(QCommandLineParser &parser)
{
    addMapOptions(parser);
    parser.addOptions({
        {u"out"_s, CommandLine::tr("The picture to write, .png or .jpg."), CommandLine::tr("file")},
        {u"size"_s, CommandLine::tr("Pixels of the picture. Usual: 1920x1080."), u"WxH"_s},
        {u"dpi"_s, CommandLine::tr("How many pixels an inch of symbols and texts has. Usual: 96."),
         CommandLine::tr("number")},
        {u"credits"_s, CommandLine::tr("Draw sources and scale bar into the picture.")},
        {u"world-file"_s, CommandLine::tr("Write the georeference beside the picture.")},
        {u"repeat"_s, CommandLine::tr("Draw so many times (for --timings)."), CommandLine::tr("number")},
        {u"timings"_s, CommandLine::tr("Write how long loading and each drawing took, as JSON."),
         CommandLine::tr("file")},
    });
}

Status writeTimings(const QString &path, const CommandMap &map, const Viewport &view, const QList<double> &seconds)
{
    qint64 features = 0;
    for (const auto &layer : map.scene.layers)
        features += layer.data->features ? qint64(layer.data->features->size()) : 0;
    QJsonArray runs;
    for (const double s : seconds)
        runs.append(s);
    const QJsonObject json{{u"loadSeconds"_s, map.loadSeconds},
                           {u"drawSeconds"_s, runs},
                           {u"width"_s, view.size.width()},
                           {u"height"_s, view.size.height()},
                           {u"scale"_s, view.scale()},
                           {u"layers"_s, qint64(map.scene.layers.size())},
                           {u"features"_s, features}};
    QSaveFile file(path);
    const auto text = QJsonDocument(json).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return failure(ErrorKind::Storage,
                       CommandLine::tr("“%1” could not be written: %2").arg(path, file.errorString()));
    return {};
}

Result<QList<double>> timed(const CommandMap &map, const Viewport &view, int times, const CommandContext &context)
{
    QList<double> seconds;
    for (int i = 0; i < times; ++i) {
        QElapsedTimer clock;
        clock.start();
        const auto image = renderImage(map.scene, view, context.pool, context.token);
        if (!image)
            return std::unexpected(image.error());
        seconds << double(clock.nsecsElapsed()) / 1e9;
    }
    return seconds;
}

Status run(const QCommandLineParser &parser, const CommandContext &context)
{
    const auto out = outOption(parser, pictureEndings());
    const auto size = sizeOption(parser, {1920, 1080});
    const auto dpi = numberOption(parser, u"dpi"_s, 96, 10, 2400),
               times = numberOption(parser, u"repeat"_s, 1, 1, 10000);
    for (const auto *error : {out ? nullptr : &out.error(), size ? nullptr : &size.error(),
                              dpi ? nullptr : &dpi.error(), times ? nullptr : &times.error()}) {
        if (error)
            return std::unexpected(*error);
    }
    const auto map = mapOf(parser, parser.positionalArguments(), context);
    if (!map)
        return std::unexpected(map.error());
    const auto view = pictureView(*map, *size, *dpi);
    if (parser.isSet(u"timings"_s)) {
        const auto seconds = timed(*map, view, int(*times), context);
        if (!seconds)
            return std::unexpected(seconds.error());
        if (const auto status = writeTimings(parser.value(u"timings"_s), *map, view, *seconds); !status)
            return status;
    }
    RenderNotes notes;
    const bool credits = parser.isSet(u"credits"_s);
    const auto status = writeImage({.scene = map->scene,
                                    .view = view,
                                    .path = *out,
                                    .title = map->title,
                                    .credits = credits,
                                    .scaleBar = credits,
                                    .worldFile = parser.isSet(u"world-file"_s)},
                                   context.pool, context.token, {}, &notes);
    for (const auto &problem : notes.problems)
        warn(problem);
    if (status)
        say(*out);
    return status;
}

} // namespace

const Command &renderCommand()
{
    static const Command command{
        "render",
        "[SOURCE…] --out FILE",
        QT_TRANSLATE_NOOP("CommandLine", "Draws a map into a picture."),
        QT_TRANSLATE_NOOP("CommandLine",
                          "Of files, a theme map or a workspace, as the window shows it.\n"
                          "  hanseatlas render --theme noise --out noise.png\n"
                          "  hanseatlas render trees.gpkg plan.gml --scale 5000 --centre 611500,5969800 --size "
                          "1600x1200 --out map.png\n"
                          "  hanseatlas render big.gpkg --out big.png --repeat 10 --timings t.json"),
        addOptions,
        run};
    return command;
}

} // namespace hanseatlas
