// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/mapoptions.h"

#include "datasources/demo/democity.h"
#include "layers/map/layerloader.h"
#include "layers/map/layernodes.h"
#include "layers/map/workspace.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QtConcurrentMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Result<QList<double>> numbersOption(const QCommandLineParser &parser, const QString &name, int count)
{
    QList<double> numbers;
    const auto parts = parser.value(name).split(u',');
    for (const auto &part : parts) {
        bool good = false;
        numbers << part.trimmed().toDouble(&good);
        if (!good || !std::isfinite(numbers.back()))
            return usageError(CommandLine::tr("--%1: “%2” is no number.").arg(name, part));
    }
    if (numbers.size() != count)
        return usageError(CommandLine::tr("--%1 wants %2 numbers with commas between them.").arg(name).arg(count));
    return numbers;
}

/** All layers of the tree, bottom first, whether visible or not. */
void collect(const std::vector<LayerNode> &nodes, std::vector<Layer> &layers)
{
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
        if (node->layer)
            layers.push_back(*node->layer);
        collect(node->children, layers);
    }
}

/** What the map shows, bottom first, with the groups' opacity; nothing is loaded yet. */
void collectVisible(const std::vector<LayerNode> &nodes, double opacity, std::vector<Layer> &layers)
{
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
        if (node->layer && node->layer->visible) {
            layers.push_back(*node->layer);
            layers.back().opacity *= opacity;
        } else if (!node->layer && node->visible) {
            collectVisible(node->children, opacity * node->opacity, layers);
        }
    }
}

bool usesDemoCity(const std::vector<Layer> &layers)
{
    return std::ranges::any_of(layers, [](const Layer &layer) { return layer.source.location.startsWith("demo:"_L1); });
}

Status insertSources(LayerTree &tree, const QStringList &sources, const CommandContext &context)
{
    int seed = 0;
    std::optional<Error> last;
    for (const auto &source : sources) {
        const bool isUrl = source.contains("://"_L1) || source.startsWith("/vsi"_L1);
        auto ref = context.opener.withoutSecrets({.location = isUrl ? source : QFileInfo(source).absoluteFilePath()});
        auto described = context.opener.inspect(ref, context.token);
        if (!described) {
            if (sources.size() == 1 || described.error().kind == ErrorKind::Cancelled)
                return std::unexpected(described.error());
            warn(described.error().what); // the rest goes on
            last = described.error();
            continue;
        }
        int row = 0;
        described->keepSuggested();
        for (auto &node : nodesFor(*described, ref, seed++)) {
            if (const auto done =
                    tree.apply({.what = TreeChange::Insert{.row = row++, .node = std::move(node)}, .text = {}});
                !done)
                return std::unexpected(done.error());
        }
    }
    if (last && tree.roots().empty())
        return std::unexpected(*last);
    return {};
}

/** What people in front of the window read in the layer panel. */
void warnOf(const Layer &layer)
{
    if (!layer.data->features)
        return;
    for (const auto &note : layer.data->features->notes)
        warn(u"%1: %2"_s.arg(layer.title, note));
    if (const auto invalid = layer.data->invalid.size(); invalid > 0)
        warn(u"%1: "_s.arg(layer.title)
             + CommandLine::tr("%n invalid polygons, drawn and marked", nullptr, int(invalid)));
}

Status loadLayers(CommandMap &map, const CommandContext &context)
{
    QElapsedTimer clock;
    clock.start();
    struct Loaded {
        Result<LayerDataPtr> data;
    };
    const auto one = [&](const Layer &layer) {
        auto data = loadLayer(layer, context.opener, map.view.crs, context.token);
        if (data && (*data)->features) {
            auto marked = std::make_shared<LayerData>(**data);
            marked->invalid = invalidOf(*marked, context.token).value_or(std::vector<std::uint32_t>());
            data = std::move(marked);
        }
        return Loaded{std::move(data)};
    };
    const auto loaded = QtConcurrent::blockingMapped<std::vector<Loaded>>(&context.pool, map.scene.layers, one);
    std::optional<Error> last;
    std::vector<Layer> ready;
    for (std::size_t i = 0; i < loaded.size(); ++i) {
        auto &layer = map.scene.layers[i];
        if (loaded[i].data) {
            layer.data = *loaded[i].data;
            layer.state = LayerState::Ready;
            warnOf(layer);
            ready.push_back(std::move(layer));
            continue;
        }
        last = loaded[i].data.error();
        if (last->kind == ErrorKind::Cancelled)
            return std::unexpected(*last);
        warn(u"%1: %2"_s.arg(layer.title, last->what));
    }
    map.scene.layers = std::move(ready);
    map.loadSeconds = double(clock.nsecsElapsed()) / 1e9;
    if (map.scene.layers.empty())
        return std::unexpected(
            last.value_or(Error{ErrorKind::NotFound, CommandLine::tr("There is no visible layer to draw."), {}, {}}));
    return {};
}

/** Where the layers are, in the map's CRS. */
Extent extentOf(const MapScene &scene, const Crs &crs)
{
    Extent all;
    for (const auto &layer : scene.layers) {
        if (layer.data->features) {
            all.add(layer.data->features->extent);
            continue;
        }
        const auto &description = layer.data->description;
        if (const auto transform = Transform::create(description.crs, crs); transform && !description.extent.isEmpty())
            all.add(transform->forward(description.extent));
    }
    return all;
}

Status readPlace(CommandMap &map, const QCommandLineParser &parser)
{
    if (parser.isSet(u"extent"_s)) {
        const auto box = numbersOption(parser, u"extent"_s, 4);
        if (!box)
            return std::unexpected(box.error());
        map.extent = {(*box)[0], (*box)[1], (*box)[2], (*box)[3]};
        map.extentGiven = true;
        if (map.extent.isEmpty())
            return usageError(CommandLine::tr("--extent wants xmin,ymin,xmax,ymax."));
        map.view.centre = map.extent.centre();
        map.placed = false;
    }
    if (parser.isSet(u"centre"_s)) {
        const auto centre = numbersOption(parser, u"centre"_s, 2);
        if (!centre)
            return std::unexpected(centre.error());
        map.view.centre = {(*centre)[0], (*centre)[1]};
    } else if (!map.placed && !map.extent.isEmpty()) {
        map.view.centre = map.extent.centre();
    }
    const auto scale = numberOption(parser, u"scale"_s, 0, 1, 1e9),
               turn = numberOption(parser, u"rotate"_s, map.view.rotation, -360, 360);
    if (!scale || !turn)
        return std::unexpected((scale ? turn : scale).error());
    map.view.rotation = *turn;
    if (*scale > 0) {
        map.view.setScale(*scale);
        map.placed = true;
    }
    return {};
}

Result<CommandMap> loadedMap(const LayerTree &tree, CommandMap map, const CommandContext &context, bool wanted = true)
{
    collect(tree.roots(), map.all);
    if (usesDemoCity(map.all)) {
        if (const auto status = ensureDemoCity(context); !status)
            return std::unexpected(status.error());
    }
    collectVisible(tree.roots(), 1, map.scene.layers);
    if (!wanted)
        return map;
    if (const auto status = loadLayers(map, context); !status)
        return std::unexpected(status.error());
    map.extent = extentOf(map.scene, map.view.crs);
    return map;
}

Status fillTree(LayerTree &tree, CommandMap &map, const QCommandLineParser &parser, const QStringList &sources,
                const CommandContext &context)
{
    if (parser.isSet(u"workspace"_s)) {
        auto workspace = loadWorkspace(parser.value(u"workspace"_s));
        if (!workspace)
            return std::unexpected(workspace.error());
        if (const auto done = tree.apply({.what = TreeChange::Replace{std::move(workspace->roots)}, .text = {}}); !done)
            return std::unexpected(done.error());
        map.view = workspace->view;
        map.placed = true;
        map.title = QFileInfo(parser.value(u"workspace"_s)).completeBaseName();
    }
    if (parser.isSet(u"theme"_s)) {
        const auto theme = themeOf(parser.value(u"theme"_s), context);
        if (!theme)
            return std::unexpected(theme.error());
        if (const auto done = tree.apply(switchTo(*theme, tree)); !done)
            return std::unexpected(done.error());
        map.title = theme->title;
    }
    if (map.title.isEmpty() && !sources.isEmpty())
        map.title = QFileInfo(sources.front()).completeBaseName();
    return insertSources(tree, sources, context);
}

} // namespace

void addMapOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"theme"_s,
         CommandLine::tr("Show this theme map: heat, noise, heavyrain, graves, bplans, social, or one of your own."),
         CommandLine::tr("id")},
        {u"workspace"_s, CommandLine::tr("Show this workspace (.hatlas)."), CommandLine::tr("file")},
        {u"crs"_s,
         CommandLine::tr("CRS of the map and of the places in other options, e.g. EPSG:25833. Usual: EPSG:25832."),
         u"crs"_s},
        {u"extent"_s, CommandLine::tr("What to show: xmin,ymin,xmax,ymax. Usual: all of the layers."),
         CommandLine::tr("box")},
        {u"centre"_s, CommandLine::tr("Middle of the map: x,y."), CommandLine::tr("place")},
        {u"scale"_s, CommandLine::tr("Denominator of the scale, e.g. 5000."), CommandLine::tr("number")},
        {u"rotate"_s, CommandLine::tr("Degrees clockwise by which the map is turned."), CommandLine::tr("degrees")},
        {u"title"_s, CommandLine::tr("Title of the map. Usual: the theme's or the file's name."),
         CommandLine::tr("text")},
        {u"no-labels"_s, CommandLine::tr("Leave out labels.")},
    });
}

Result<CommandMap> mapOf(const QCommandLineParser &parser, const QStringList &sources, const CommandContext &context,
                         bool load)
{
    CommandMap map;
    LayerTree tree;
    if (sources.isEmpty() && !parser.isSet(u"theme"_s) && !parser.isSet(u"workspace"_s))
        return usageError(CommandLine::tr("Name a source, a theme (--theme) or a workspace (--workspace)."));
    if (const auto status = fillTree(tree, map, parser, sources, context); !status)
        return std::unexpected(status.error());
    if (parser.isSet(u"crs"_s)) {
        const auto crs = Crs::fromText(parser.value(u"crs"_s));
        if (!crs.isValid())
            return usageError(CommandLine::tr("“%1” is no CRS that is known here.").arg(parser.value(u"crs"_s)));
        map.placed = map.placed && crs == map.view.crs;
        map.view.crs = crs;
    }
    auto loaded = loadedMap(tree, std::move(map), context, load);
    if (!loaded)
        return loaded;
    if (parser.isSet(u"title"_s))
        loaded->title = parser.value(u"title"_s);
    loaded->scene.labels = !parser.isSet(u"no-labels"_s);
    if (const auto status = readPlace(*loaded, parser); !status)
        return std::unexpected(status.error());
    return loaded;
}

Result<CommandMap> mapOfTheme(const MapTheme &theme, const CommandContext &context)
{
    LayerTree tree;
    if (const auto done = tree.apply(switchTo(theme, tree)); !done)
        return std::unexpected(done.error());
    return loadedMap(tree, {.title = theme.title}, context);
}

Result<MapTheme> themeOf(const QString &id, const CommandContext &context)
{
    const auto list = loadThemes(context.paths.themeFolders(), context.language);
    const auto found = std::ranges::find(list.themes, id, &MapTheme::id);
    if (found != list.themes.end())
        return *found;
    QStringList ids;
    for (const auto &theme : list.themes)
        ids << theme.id;
    return failure(ErrorKind::NotFound, CommandLine::tr("There is no theme “%1”.").arg(id),
                   CommandLine::tr("There are: %1.").arg(ids.join(u", "_s)));
}

Status ensureDemoCity(const CommandContext &context)
{
    const auto folder = context.paths.demo();
    if (demoCityReady(folder))
        return {};
    const ProgressLine line(CommandLine::tr("Making the demo city in %1").arg(folder));
    return makeDemoCity(folder, context.token, line.callback());
}

Viewport pictureView(const CommandMap &map, QSize size, double dpi)
{
    auto view = map.view;
    const double scale = map.view.scale();
    view.size = size;
    view.pixelsPerMm = dpi / 25.4;
    if (map.placed)
        view.setScale(scale);
    else
        view = view.fitted(map.extent, map.extentGiven ? 0 : 0.02);
    return view;
}

Result<double> numberOption(const QCommandLineParser &parser, const QString &name, double usual, double least,
                            double most)
{
    if (!parser.isSet(name))
        return usual;
    bool good = false;
    const double value = parser.value(name).toDouble(&good);
    if (!good || !(value >= least && value <= most))
        return usageError(CommandLine::tr("--%1 wants a number from %2 to %3.").arg(name).arg(least).arg(most));
    return value;
}

Result<QSize> sizeOption(const QCommandLineParser &parser, QSize usual)
{
    if (!parser.isSet(u"size"_s))
        return usual;
    const auto parts = parser.value(u"size"_s).split(u'x');
    const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
    if (parts.size() != 2 || size.width() < 1 || size.height() < 1 || size.width() > 30000 || size.height() > 30000)
        return usageError(CommandLine::tr("--size wants WIDTHxHEIGHT in pixels, e.g. 1920x1080."));
    return size;
}

Result<QString> outOption(const QCommandLineParser &parser, const QStringList &endings)
{
    if (parser.value(u"out"_s).isEmpty())
        return usageError(CommandLine::tr("Say with --out where the file goes."));
    const QFileInfo out(parser.value(u"out"_s));
    if (!endings.contains(out.suffix().toLower()))
        return usageError(
            CommandLine::tr("“%1” must end with .%2.").arg(parser.value(u"out"_s), endings.join(u" / ."_s)));
    return out.absoluteFilePath();
}

} // namespace hanseatlas
