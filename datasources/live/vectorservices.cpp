// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/vectorservices.h"

#include "datasources/live/imagebytes.h"
#include "datasources/live/layerdescriptions.h"
#include "datasources/live/livetexts.h"
#include "datasources/live/livetiles.h"
#include "datasources/net/answercheck.h"
#include "datasources/net/redact.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/serviceurl.h"
#include "datasources/vectortiles/mbtilesmap.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largestDocument = 16LL * 1024 * 1024;
constexpr double styleTile = 512;
constexpr auto plainSource = "tiles"_L1;

/** What an address leads to. */
struct Document {
    QByteArray bytes;
    QUrl url;
    QString problem; ///< as of ServiceDocument
    QDateTime fetched;
};

/** A map before its tiles: all that was said of it. */
struct Draft {
    MapStyle style;
    MapSprite sprite;
    std::map<QString, VectorTilePlan::Source> sources; ///< those of files have their supply
    QStringList notes;
    QString title;
};

constexpr qsizetype mostLevels = 40;

/** Of the option "grid"; empty where there is none, or it makes no sense. */
TileMatrixSet gridIn(const QJsonObject &json)
{
    TileMatrixSet grid{.crsName = json["crs"_L1].toString()};
    grid.crs = Crs::fromText(grid.crsName);
    const auto origin = json["origin"_L1].toArray();
    const auto resolutions = json["resolutions"_L1].toArray();
    const int side = json["tileSize"_L1].toInt(int(styleTile));
    if (!grid.crs.isValid() || origin.size() != 2 || resolutions.size() > mostLevels || side < 1 || side > 8192)
        return {};
    double last = std::numeric_limits<double>::infinity();
    for (const auto &written : resolutions) {
        const double resolution = written.toDouble();
        if (!(resolution > 0 && resolution < last))
            return {};
        grid.matrices.push_back({.id = QString::number(grid.matrices.size()),
                                 .resolution = resolution,
                                 .topLeft = {origin.at(0).toDouble(), origin.at(1).toDouble()},
                                 .tileSize = {side, side}});
        last = resolution;
    }
    return grid;
}

/** Puts a draft together from documents, one after the other. */
class DraftReader
{
public:
    using Want = ServiceDocuments::Want;

    DraftReader(const SourceRef &ref, ServiceDocuments &documents, Want want, CancelToken token)
        : m_ref(ref)
        , m_options(ServiceOptions::of(ref))
        , m_documents(documents)
        , m_want(want)
        , m_token(std::move(token))
    {
    }

    Result<Draft> read()
    {
        if (const auto status = readLocation(); !status)
            return std::unexpected(status.error());
        for (const auto &[name, source] : m_draft.style.sources) {
            if (const auto status = addSource(name, source); !status)
                return std::unexpected(status.error());
        }
        readSprite();
        m_draft.notes += m_draft.style.notes;
        return std::move(m_draft);
    }

private:
    Status readLocation()
    {
        const auto &location = m_ref.location;
        if (isXyzTemplate(location))
            return readTiles(MapStyleSource{.tiles = {location}, .maxZoom = 14});
        const auto document = get(isWebAddress(QUrl(location)) ? QUrl(location) : QUrl::fromLocalFile(location),
                                  LiveTexts::tr("the style of the map"));
        if (!document)
            return std::unexpected(document.error());
        if (!document->problem.isEmpty())
            m_draft.notes.append(
                LiveTexts::tr("As it was on %1: %2")
                    .arg(QLocale().toString(document->fetched.toLocalTime(), QLocale::ShortFormat), document->problem));
        const auto json = parseJson(document->bytes);
        if (!json)
            return std::unexpected(json.error());
        const auto root = json->object();
        if (root.contains("layers"_L1) || !root.contains("tiles"_L1))
            return parseMapStyle(document->bytes, document->url).transform([&](MapStyle style) {
                m_draft.title = style.name;
                m_draft.style = std::move(style);
            });
        auto source = parseTileJson(document->bytes, document->url);
        if (!source)
            return std::unexpected(source.error());
        m_draft.title = cleanSentence(root["name"_L1].toString());
        for (const auto &layer : root["vector_layers"_L1].toArray())
            m_layers.append(layer.toObject()["id"_L1].toString());
        return readTiles(*std::move(source));
    }

    /** Tiles that come without a look of their own. */
    Status readTiles(MapStyleSource source)
    {
        const auto style = m_options.style;
        if (isWebAddress(QUrl(style))) {
            const auto document = get(QUrl(style), LiveTexts::tr("the style of the map"));
            if (!document)
                return std::unexpected(document.error());
            auto parsed = parseMapStyle(document->bytes, document->url);
            if (!parsed)
                return std::unexpected(parsed.error());
            for (auto &[name, own] : parsed->sources) {
                if (own.kind == MapStyleSource::Kind::Vector)
                    own = source; // the style is lent, the tiles are those that were asked for
            }
            m_draft.style = *std::move(parsed);
            return {};
        }
        if (m_layers.isEmpty())
            m_layers = layersInTiles(source);
        auto plain = parseMapStyle(plainMapStyle(m_layers, plainSource, QUrl(u"x:"_s)), {});
        if (!plain)
            return std::unexpected(plain.error());
        plain->sources[plainSource] = std::move(source);
        m_draft.style = *std::move(plain);
        return {};
    }

    /** Where nobody says which layers there are, tiles of Lübeck do. */
    QStringList layersInTiles(const MapStyleSource &source)
    {
        constexpr double east = 10.687, north = 53.866;
        const auto transform = Transform::create(Crs::fromEpsg(4326), Crs::fromEpsg(3857));
        const auto tiles = parseXyzTemplate(source.tiles.front());
        if (!transform || !tiles)
            return {};
        const auto place = transform->forward(PointXY{east, north});
        const auto set = webMercatorSet(24, 512);
        QStringList names;
        for (const int zoom : {14, 10, 6}) {
            const auto range =
                rangeCovering(set.matrices[std::size_t(zoom)], Extent{place.x, place.y, place.x + 1, place.y + 1});
            auto request = requestFor(xyzTileUrl(*tiles, zoom, range.firstColumn, range.firstRow));
            request.emptyAllowed = true;
            const auto check = [](const HttpAnswer &answer) {
                return readVectorTile(answer.body).transform([](auto) { });
            };
            const auto document = m_documents.get(request, check, m_want, m_token);
            if (!document)
                continue;
            if (const auto tile = readVectorTile(document->bytes)) {
                for (const auto &layer : tile->layers)
                    names.append(layer.name);
            }
        }
        names.removeDuplicates();
        return names;
    }

    Status addSource(const QString &name, const MapStyleSource &given)
    {
        auto source = given;
        if (const auto path = fileOf(source.url); source.tiles.isEmpty() && !path.isEmpty()) {
            const auto file = MbtilesFile::open(path);
            if (!file)
                return std::unexpected(file.error());
            m_draft.sources.emplace(name, mbtilesSource(*file));
            return {};
        }
        if (source.tiles.isEmpty()) {
            const auto document = get(source.url, LiveTexts::tr("the description of the tiles"));
            if (!document)
                return std::unexpected(document.error());
            auto described = parseTileJson(document->bytes, document->url);
            if (!described)
                return std::unexpected(described.error());
            described->kind = source.kind;
            if (source.tileSize != MapStyleSource().tileSize)
                described->tileSize = source.tileSize;
            if (source.attribution.isEmpty())
                source.attribution = described->attribution;
            described->attribution = source.attribution;
            source = *std::move(described);
        }
        const bool ownGrid = isXyzTemplate(m_ref.location) && source.kind == MapStyleSource::Kind::Vector;
        auto grid = ownGrid ? gridIn(m_ref.options["grid"_L1].toObject()) : TileMatrixSet();
        if (!grid.matrices.empty())
            source.maxZoom = int(grid.matrices.size()) - 1;
        m_draft.sources.emplace(name, VectorTilePlan::Source{std::move(source), {}, std::move(grid)});
        return {};
    }

    /** The path of a file of tiles beside a style that is a file itself; "" for all else. */
    QString fileOf(const QUrl &url) const
    {
        if (isWebAddress(QUrl(m_ref.location)))
            return {};
        const auto path = url.isLocalFile() ? url.toLocalFile() : url.scheme() == "mbtiles"_L1 ? url.path() : QString();
        return path.endsWith(".mbtiles"_L1, Qt::CaseInsensitive) ? path : QString();
    }

    /** Without its icons it is still the map. */
    void readSprite()
    {
        if (m_draft.style.sprite.isEmpty())
            return;
        QString why;
        for (const auto *sharp : {"@2x", ""}) {
            const auto address = [&](QLatin1StringView ending) {
                auto url = m_draft.style.sprite;
                url.setPath(url.path(QUrl::FullyEncoded) + QLatin1StringView(sharp) + ending, QUrl::TolerantMode);
                return url;
            };
            const auto json = get(address(".json"_L1), LiveTexts::tr("the icons of the map"));
            const auto picture =
                json ? get(address(".png"_L1), LiveTexts::tr("the icons of the map"), ContentKind::Image) : json;
            if (!picture) {
                why = picture.error().what;
                continue;
            }
            if (auto sprite = MapSprite::parse(json->bytes, decodedImage(picture->bytes))) {
                m_draft.sprite = *std::move(sprite);
                return;
            } else {
                why = sprite.error().what;
            }
        }
        m_draft.notes.append(LiveTexts::tr("The icons of the map are missing: %1").arg(why));
    }

    HttpRequest requestFor(const QUrl &url) const
    {
        HttpRequest request{.url = url, .sizeLimit = largestDocument};
        request.timeouts = {.connect = std::chrono::seconds(10),
                            .firstByte = std::chrono::seconds(30),
                            .stall = std::chrono::seconds(20)};
        request.credentials = m_options.credentials;
        return request;
    }

    Result<Document> get(const QUrl &url, const QString &what, ContentKind kind = ContentKind::Json)
    {
        if (url.isLocalFile() && !isWebAddress(QUrl(m_ref.location)))
            return fromFile(url);
        if (!isWebAddress(url))
            return failure(ErrorKind::Unsupported,
                           LiveTexts::tr("The style names “%1”, which cannot be fetched.").arg(redacted(url)));
        const auto check = [&](const HttpAnswer &answer) { return checkContent(answer, kind, what); };
        auto document = m_documents.get(requestFor(url), check, m_want, m_token);
        if (!document)
            return std::unexpected(document.error());
        return Document{document->bytes, document->url, document->problem, document->fetched};
    }

    static Result<Document> fromFile(const QUrl &url)
    {
        QFile file(url.toLocalFile());
        const auto name = QFileInfo(file).fileName();
        if (!QFileInfo(file).isFile())
            return failure(ErrorKind::NotFound, LiveTexts::tr("“%1” does not exist.").arg(file.fileName()));
        if (file.size() > largestDocument)
            return failure(ErrorKind::TooLarge, LiveTexts::tr("“%1” is too large.").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::NotReadable, LiveTexts::tr("“%1” may not be read.").arg(name));
        return Document{file.readAll(), url, {}, {}};
    }

    const SourceRef &m_ref;
    const ServiceOptions m_options;
    ServiceDocuments &m_documents;
    const Want m_want;
    const CancelToken m_token;
    QStringList m_layers;
    Draft m_draft;
};

LayerDescription describe(const Draft &draft, const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const QUrl url(ref.location);
    const auto title = !options.title.isEmpty() ? options.title
        : !draft.title.isEmpty()                ? draft.title
        : isWebAddress(url)                     ? url.host()
                                                : QFileInfo(ref.location).completeBaseName();
    Extent bounds;
    QStringList attributions;
    bool everywhere = false;
    for (const auto &[name, source] : draft.sources) {
        everywhere = everywhere || source.is.bounds.isEmpty();
        bounds.add(source.is.bounds);
        if (!source.is.attribution.isEmpty() && !attributions.contains(source.is.attribution))
            attributions.append(source.is.attribution);
    }
    auto description = vectorMapDescription(title, everywhere ? Extent() : bounds, {});
    description.provenance =
        provenanceOf({.title = isWebAddress(url) ? url.host() : QString()}, attributions.join(u", "_s), options);
    description.metadata = metadataOf({}, {}, {}, {}, isWebAddress(url) ? redacted(url) : ref.location);
    description.notes = draft.notes;
    return description;
}

/** Is it a tile (or nothing, which is an empty one)? */
ImageFetcher::Check tileCheck(const QString &host)
{
    return [host](const HttpAnswer &answer) -> Status {
        const auto tile = readVectorTile(answer.body);
        if (tile)
            return {};
        return failure(tile.error().kind, LiveTexts::tr("“%1” sent a damaged map tile.").arg(host), {},
                       tile.error().detail.isEmpty() ? tile.error().what : tile.error().detail);
    };
}

std::shared_ptr<const LiveTiles> liveSupply(const VectorTilePlan::Source &planned, const LayerDescription &description,
                                            const ServiceOptions &options, const XyzTemplate &tiles,
                                            const std::shared_ptr<ImageFetcher> &fetcher,
                                            const std::shared_ptr<ServiceAccess> &access)
{
    const bool pictures = planned.is.kind == MapStyleSource::Kind::Raster;
    const auto grid = planned.grid.matrices.empty() ? webMercatorSet(24, int(styleTile)) : planned.grid;
    const auto address = redacted(QUrl(tiles.text));
    const StoredDataset dataset{.key = storedDatasetKey(pictures ? u"xyz"_s : u"mvt"_s, address, {}),
                                .title = description.title,
                                .service = address,
                                .layer = {},
                                .crs = grid.crs.id(),
                                .provenance = description.provenance,
                                .contact = {},
                                .mayBeStored = options.mayBeStored && !options.personal};
    // Where it cannot be put, the store says so when the first tile comes
    (void)access->store()->putDataset(dataset);
    HttpRequest request{.credentials = options.credentials, .source = address};
    request.accept = pictures
        ? QStringList{u"image/*"_s}
        : QStringList{u"application/vnd.mapbox-vector-tile"_s, u"application/x-protobuf"_s, u"*/*"_s};
    request.emptyAllowed = !pictures;
    request.timeouts = {
        .connect = std::chrono::seconds(10), .firstByte = std::chrono::seconds(40), .stall = std::chrono::seconds(20)};
    const auto host = xyzTileUrl(tiles, 0, 0, 0).host();
    ImageOrders::Plan orders{.dataset = dataset.key,
                             .request = std::move(request),
                             .mayBeMissing = true,
                             .fresh = std::chrono::hours(24 * 7),
                             .check = pictures ? ImageFetcher::Check() : tileCheck(host)};
    return std::make_shared<const LiveTiles>(LiveTiles::Plan{tiles, grid, planned, dataset, std::move(orders)}, fetcher,
                                             access);
}

} // namespace

VectorServices::VectorServices(std::shared_ptr<ServiceAccess> access, ServiceDocuments &documents)
    : m_access(std::move(access))
    , m_documents(documents)
{
}

Result<SourceDescription> VectorServices::inspect(const SourceRef &ref, CancelToken token)
{
    const auto draft = DraftReader(ref, m_documents, ServiceDocuments::Want::Newest, std::move(token)).read();
    if (!draft)
        return std::unexpected(draft.error());
    auto description = describe(*draft, ref);
    return SourceDescription{.title = description.title,
                             .format = LiveTexts::tr("Vector tiles"),
                             .layers = {description},
                             .notes = {},
                             .ref = refAs(ref, u"mvt"_s)};
}

Status VectorServices::readDocuments(const SourceRef &ref, CancelToken token)
{
    return DraftReader(ref, m_documents, ServiceDocuments::Want::AtOnce, std::move(token)).read().transform([](auto) {
    });
}

Result<OpenedSource> VectorServices::open(const SourceRef &ref, std::shared_ptr<ImageFetcher> fetcher,
                                          CancelToken token)
{
    auto draft = DraftReader(ref, m_documents, ServiceDocuments::Want::AtOnce, std::move(token)).read();
    if (!draft)
        return std::unexpected(draft.error());
    VectorTilePlan plan{.description = describe(*draft, ref),
                        .style = std::move(draft->style),
                        .sprite = std::move(draft->sprite),
                        .sources = std::move(draft->sources),
                        .decoded = decodedImage};
    const auto options = ServiceOptions::of(ref);
    std::vector<std::shared_ptr<const LiveTiles>> live;
    for (auto &[name, source] : plan.sources) {
        if (source.supply)
            continue;
        const auto tiles = parseXyzTemplate(source.is.tiles.front());
        if (!tiles)
            return std::unexpected(tiles.error());
        live.push_back(liveSupply(source, plan.description, options, *tiles, fetcher, m_access));
        source.supply = live.back();
    }
    return std::make_shared<const LiveVectorMap>(std::move(plan), std::move(live));
}

} // namespace hanseatlas
