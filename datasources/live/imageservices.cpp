// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/imageservices.h"

#include "datasources/live/layerdescriptions.h"
#include "datasources/live/layerdimensions.h"
#include "datasources/live/livelegend.h"
#include "datasources/live/livetexts.h"
#include "datasources/net/redact.h"
#include "datasources/services/servicecrs.h"
#include "datasources/services/serviceurl.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Choices = std::vector<std::pair<QString, QString>>;

/** For WmsMapRequest::dpi; 0 = as usual. */
int dpiFor(ServerSoftware software, const Dimensions &dimensions)
{
    const double density = dimensions.value(densityName).toDouble();
    return density > 0 ? qRound(usualDpi(software) * density) : 0;
}

/** What the source is bound to, and what is chosen now instead. */
Choices chosen(Choices choices, const Dimensions &now)
{
    for (const auto &[name, value] : now.asKeyValueRange()) {
        if (name == densityName)
            continue;
        const auto known = std::ranges::find_if(
            choices, [&](const auto &choice) { return choice.first.compare(name, Qt::CaseInsensitive) == 0; });
        if (known == choices.end())
            choices.emplace_back(name, value);
        else
            known->second = value;
    }
    return choices;
}

/** Those of the options instead of the service's own; null where there shall be none, or is none. */
std::function<QList<QUrl>(double)> legendUrlsFor(const ServiceOptions &options, const QUrl &service,
                                                 std::function<QList<QUrl>(double)> own)
{
    if (!options.legend)
        return {};
    QList<QUrl> written;
    for (const auto &text : options.legendUrls) {
        const QUrl url(webLink(text, service));
        if (isWebAddress(url) && written.size() < LiveLegend::mostPictures)
            written << url;
    }
    if (!written.isEmpty())
        return [written](double) { return written; };
    return own && !own(1).isEmpty() ? std::move(own) : nullptr;
}

QList<QUrl> legendUrlsOf(const WmsCapabilities &caps, const QStringList &names, const QStringList &styles,
                         double density)
{
    QList<QUrl> urls;
    const int dpi = density > 1 ? qRound(usualDpi(caps.software) * density) : 0;
    for (qsizetype i = 0; i < std::min<qsizetype>(names.size(), LiveLegend::mostPictures); ++i) {
        const auto *layer = findLayer(caps.layers, names[i]);
        const auto url = layer ? wmsLegendUrl(caps, *layer, styles.value(i), dpi) : QUrl();
        if (isWebAddress(url) && !urls.contains(url))
            urls << url;
    }
    return urls;
}

QList<QUrl> legendUrlsOf(const WmtsLayer &layer, const QString &style)
{
    const auto shown =
        std::ranges::find_if(layer.styles, [&](const WmtsStyle &each) { return style.isEmpty() || each.id == style; });
    const QUrl url(shown == layer.styles.end() ? QString() : shown->legendUrl);
    return isWebAddress(url) ? QList<QUrl>{url} : QList<QUrl>();
}

QString dimensionText(const std::vector<std::pair<QString, QString>> &dimensions)
{
    QStringList parts;
    for (const auto &[name, value] : dimensions)
        parts << name + u'=' + value;
    return parts.join(u'&');
}

LiveImagesPlan planFor(const LayerDescription &description, const ServiceOptions &options, ImagePyramid pyramid,
                       const QString &key, const QString &address)
{
    LiveImagesPlan plan{.description = description,
                        .dataset = {.key = key,
                                    .title = description.title,
                                    .service = address,
                                    .layer = description.name,
                                    .crs = pyramid.crs().id(),
                                    .provenance = description.provenance,
                                    .contact = {},
                                    .mayBeStored = options.mayBeStored && !options.personal},
                        .pyramid = std::move(pyramid),
                        .request = {.accept = {u"image/*"_s}, .credentials = options.credentials, .source = address}};
    // A map stands and is looked at: who is silent for long is no help
    plan.request.timeouts = {
        .connect = std::chrono::seconds(10), .firstByte = std::chrono::seconds(40), .stall = std::chrono::seconds(20)};
    return plan;
}

LayerDescription pictureDescription(const QString &name, const QString &title)
{
    LayerDescription description;
    description.name = name;
    description.title = title;
    description.kind = LayerKind::Raster;
    description.rasterKind = RasterKind::Colour;
    return description;
}

double finite(double number)
{
    return std::isfinite(number) ? number : 0;
}

LayerDescription describeWmsLayer(const WmsCapabilities &caps, const WmsLayer &layer, const QString &folder,
                                  const ServiceOptions &options, const QString &address)
{
    auto description = pictureDescription(layer.name, layer.title);
    description.group = folder;
    const auto crs = wmsCrsFor(layer, options.crs);
    description.crs = serviceCrs(crs);
    const auto box = layer.boxes.find(crs);
    description.extent = box != layer.boxes.end() ? box->second : boxIn(description.crs, layer.geographicBox);
    description.dimensions = dimensionsOf(layer.dimensions);
    description.minScale = finite(layer.maxScale);
    description.maxScale = layer.minScale;
    description.provenance = provenanceOf(caps.service, layer.attribution.title, options);
    description.metadata = metadataOf(layer.abstract, layer.keywords, caps.service, layer.metadata, address);
    if (!description.crs.isValid())
        description.notes << LiveTexts::tr("The service offers this layer in no coordinate system that is known here.");
    return description;
}

void collectWms(const WmsCapabilities &caps, const std::vector<WmsLayer> &layers, const QString &folder,
                const ServiceOptions &options, const QString &address, std::vector<LayerDescription> &into)
{
    for (const auto &layer : layers) {
        if (!layer.isFolder()) {
            into.push_back(describeWmsLayer(caps, layer, folder, options, address));
            into.back().suggested = layer.children.empty();
        }
        collectWms(caps, layer.children, layer.title, options, address, into);
    }
}

/** East before north in degrees, for a set that knows its own place. */
Extent extentOf(const TileMatrixSet &set)
{
    return set.matrices.empty() ? Extent() : set.matrices.front().extent();
}

} // namespace

SourceDescription describeWms(const WmsCapabilities &caps, const SourceRef &ref)
{
    const auto address = redacted(QUrl(ref.location));
    SourceDescription source{.title = caps.service.title.isEmpty() ? QUrl(ref.location).host() : caps.service.title,
                             .format = u"WMS "_s + versionText(caps.version),
                             .ref = refAs(ref, u"wms"_s)};
    const auto options = ServiceOptions::of(ref);
    // The root is the service itself; as a folder it would stand above everything
    for (const auto &root : caps.layers) {
        if (!root.isFolder()) {
            source.layers.push_back(describeWmsLayer(caps, root, {}, options, address));
            source.layers.back().suggested = root.children.empty();
        }
        collectWms(caps, root.children, {}, options, address, source.layers);
    }
    if (caps.software == ServerSoftware::MapServer)
        std::ranges::reverse(source.layers); // it draws in its order, the last on top; ours is topmost first
    suggest(source, QUrl(ref.location));
    return source;
}

Result<LiveImagesPlan> planWms(std::shared_ptr<const WmsCapabilities> caps, const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const auto address = redacted(caps->mapUrl);
    const auto names = ref.layer.split(u',', Qt::SkipEmptyParts);
    const auto *first = names.isEmpty() ? nullptr : findLayer(caps->layers, names.first());
    if (!first)
        return layerIsGone(caps->service.title, ref.layer);
    auto description = describeWmsLayer(*caps, *first, {}, options, redacted(QUrl(ref.location)));
    for (const auto &name : names.sliced(1)) {
        if (const auto *other = findLayer(caps->layers, name))
            description.extent.add(describeWmsLayer(*caps, *other, {}, options, address).extent);
    }
    description.name = ref.layer;
    if (!options.title.isEmpty())
        description.title = options.title;
    if (!description.crs.isValid())
        return failure(
            ErrorKind::Unsupported,
            LiveTexts::tr("The service offers “%1” in no coordinate system that is known here.").arg(first->title));
    WmsMapRequest request{.layers = names,
                          .styles = options.style.isEmpty() ? QStringList() : options.style.split(u','),
                          .crs = wmsCrsFor(*first, options.crs),
                          .format = options.format.isEmpty() ? wmsFormatFor(*caps, first->opaque) : options.format,
                          .transparent = !first->opaque,
                          .dimensions = options.dimensions};
    const auto limits = caps->maxSize;
    const int largest = limits.width() > 0 && limits.height() > 0 ? std::min(limits.width(), limits.height())
                                                                  : std::max(limits.width(), limits.height());
    const auto key = storedDatasetKey(u"wms"_s, address,
                                      {versionText(caps->version), ref.layer, options.style, request.crs,
                                       request.format, dimensionText(options.dimensions)});
    auto url = [caps, request](const Extent &box, QSize size, const Dimensions &dimensions) {
        auto asked = request;
        asked.dimensions = chosen(asked.dimensions, dimensions);
        asked.dpi = dpiFor(caps->software, dimensions);
        asked.extent = box;
        asked.size = size;
        return wmsMapUrl(*caps, asked);
    };
    auto plan = planFor(description, options,
                        ImagePyramid(description.crs, ImageGrid::forCrs(description.crs, largest), std::move(url)), key,
                        address);
    plan.knowsDensities = usualDpi(caps->software) > 0;
    plan.legendUrls =
        legendUrlsFor(options, QUrl(ref.location), [caps, names, styles = request.styles](double density) {
            return legendUrlsOf(*caps, names, styles, density);
        });
    QStringList askable;
    for (const auto &name : names) {
        const auto *layer = findLayer(caps->layers, name);
        if (layer && layer->queryable)
            askable << name;
    }
    const auto infoFormat = wmsInfoFormatFor(*caps);
    if (!askable.isEmpty() && !infoFormat.isEmpty() && !caps->infoUrl.isEmpty()) {
        plan.infoUrl = [caps, request, askable, infoFormat](const Extent &box, QSize size, QPoint pixel,
                                                            const Dimensions &dimensions) {
            WmsInfoRequest asked{.map = request, .layers = askable, .pixel = pixel, .format = infoFormat};
            asked.map.dimensions = chosen(asked.map.dimensions, dimensions);
            asked.map.extent = box;
            asked.map.size = size;
            return wmsInfoUrl(*caps, asked);
        };
    }
    return plan;
}

SourceDescription describeWmts(const WmtsCapabilities &caps, const SourceRef &ref)
{
    const auto address = redacted(QUrl(ref.location));
    const auto options = ServiceOptions::of(ref);
    SourceDescription source{.title = caps.service.title.isEmpty() ? QUrl(ref.location).host() : caps.service.title,
                             .format = u"WMTS"_s,
                             .notes = caps.notes,
                             .ref = refAs(ref, u"wmts"_s)};
    for (const auto &layer : caps.layers) {
        auto description = pictureDescription(layer.id, layer.title);
        if (const auto *set = bestSet(caps, layer, options.crs)) {
            description.crs = set->crs;
            description.extent = boxIn(set->crs, layer.geographicBox);
            if (description.extent.isEmpty())
                description.extent = extentOf(*set);
        } else {
            description.notes << LiveTexts::tr(
                "The service offers this layer in no coordinate system that is known here.");
        }
        description.provenance = provenanceOf(caps.service, {}, options);
        description.metadata = metadataOf(layer.abstract, layer.keywords, caps.service, layer.metadata, address);
        description.dimensions = dimensionsOf(layer.dimensions);
        source.layers.push_back(std::move(description));
    }
    suggest(source, QUrl(ref.location));
    return source;
}

Result<LiveImagesPlan> planWmts(std::shared_ptr<const WmtsCapabilities> caps, const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const auto *layer = findLayer(*caps, ref.layer);
    if (!layer)
        return layerIsGone(caps->service.title, ref.layer);
    const auto *set = bestSet(*caps, *layer, options.crs);
    if (!set)
        return failure(
            ErrorKind::Unsupported,
            LiveTexts::tr("The service offers “%1” in no coordinate system that is known here.").arg(layer->title));
    auto described = describeWmts(*caps, ref).layers;
    auto description = *std::ranges::find(described, layer->id, &LayerDescription::name);
    if (!options.title.isEmpty())
        description.title = options.title;
    const WmtsTileRequest request{.layer = layer->id,
                                  .style = options.style,
                                  .format = options.format,
                                  .set = set->id,
                                  .dimensions = options.dimensions};
    if (const auto trial = wmtsTileUrl(*caps, request, {}); !trial)
        return std::unexpected(trial.error());
    const auto link = std::ranges::find(layer->sets, set->id, &WmtsSetLink::set);
    const auto address = redacted(QUrl(ref.location));
    auto plan = planFor(
        description, options,
        ImagePyramid(*set, link == layer->sets.end() ? QHash<QString, TileRange>() : link->limits,
                     [caps, request](const TileAddress &tile, const Dimensions &dimensions) {
                         auto asked = request;
                         asked.dimensions = chosen(asked.dimensions, dimensions);
                         return wmtsTileUrl(*caps, asked, tile).value_or(QUrl());
                     }),
        storedDatasetKey(u"wmts"_s, address,
                         {layer->id, options.style, options.format, set->id, dimensionText(options.dimensions)}),
        address);
    plan.mayBeMissing = true;
    plan.fresh = std::chrono::hours(24 * 7);
    plan.legendUrls = legendUrlsFor(options, QUrl(ref.location),
                                    [urls = legendUrlsOf(*layer, options.style)](double) { return urls; });
    return plan;
}

SourceDescription describeXyz(const XyzTemplate &tiles, const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const auto host = QUrl(xyzTileUrl(tiles, tiles.lowestZoom, 0, 0)).host();
    auto description = pictureDescription({}, options.title.isEmpty() ? host : options.title);
    const auto set = xyzMatrixSet(tiles);
    description.crs = set.crs;
    description.extent = extentOf(set);
    description.provenance = provenanceOf({.title = host}, {}, options);
    return {.title = description.title,
            .format = LiveTexts::tr("Map tiles"),
            .layers = {description},
            .notes = {},
            .ref = refAs(ref, u"xyz"_s)};
}

Result<LiveImagesPlan> planXyz(const XyzTemplate &tiles, const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const auto description = describeXyz(tiles, ref).layers.front();
    const auto address = redacted(QUrl(tiles.text));
    auto plan = planFor(description, options,
                        ImagePyramid(xyzMatrixSet(tiles), {},
                                     [tiles](const TileAddress &tile, const Dimensions &) {
                                         return xyzTileUrl(tiles, tile.matrix, tile.column, tile.row);
                                     }),
                        storedDatasetKey(u"xyz"_s, address, {}), address);
    plan.mayBeMissing = true;
    plan.fresh = std::chrono::hours(24 * 7);
    plan.legendUrls = legendUrlsFor(options, QUrl(ref.location), {});
    return plan;
}

} // namespace hanseatlas
