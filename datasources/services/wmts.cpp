// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wmts.h"

#include "datasources/services/servicecrs.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostLayers = 20000;
constexpr qsizetype mostSets = 2000;
constexpr qsizetype mostMatrices = 200; ///< of a set

/** Templates are no URLs yet. As elsewhere, https stays https on the server's own host. */
QString tileTemplate(const QString &written, const QUrl &from)
{
    const auto plain = "http://"_L1 + from.host() + u'/';
    return from.scheme() == "https"_L1 && written.startsWith(plain, Qt::CaseInsensitive)
        ? "https"_L1 + written.sliced(4)
        : written;
}

/** The address for key-value requests; one for RESTful requests only is of no use for them. */
QString kvpLink(const XmlNode &root, QLatin1StringView operation)
{
    const auto *operations = root.child("OperationsMetadata"_L1);
    if (!operations)
        return {};
    for (const auto &each : operations->children) {
        const auto *http = each.attribute("name"_L1) == operation ? find(each, {"DCP"_L1, "HTTP"_L1}) : nullptr;
        if (!http)
            continue;
        QString silent;
        for (const auto &get : http->children) {
            if (get.name != "Get"_L1)
                continue;
            QStringList encodings;
            for (const auto &constraint : get.children)
                if (const auto *values = constraint.child("AllowedValues"_L1))
                    encodings += textsOf(*values, "Value"_L1);
            if (encodings.contains("KVP"_L1, Qt::CaseInsensitive))
                return get.attribute("href"_L1);
            if (encodings.isEmpty() && silent.isEmpty())
                silent = get.attribute("href"_L1);
        }
        return silent;
    }
    return {};
}

WmtsStyle readStyle(const XmlNode &node, const QUrl &from)
{
    WmtsStyle style{.id = textAt(node, {"Identifier"_L1}), .title = textAt(node, {"Title"_L1})};
    style.isDefault = isTrue(node.attribute("isDefault"_L1));
    style.legendUrl = webLink(linkAt(node, {"LegendURL"_L1}), from);
    return style;
}

WmtsDimension readDimension(const XmlNode &node)
{
    WmtsDimension dimension{.id = textAt(node, {"Identifier"_L1}), .title = textAt(node, {"Title"_L1})};
    dimension.unit = textAt(node, {"UnitSymbol"_L1});
    if (dimension.unit.isEmpty())
        dimension.unit = textAt(node, {"UOM"_L1});
    dimension.defaultValue = textAt(node, {"Default"_L1});
    dimension.values = textsOf(node, "Value"_L1);
    dimension.current = isTrue(textAt(node, {"Current"_L1}));
    if (dimension.defaultValue.isEmpty() && !dimension.values.isEmpty())
        dimension.defaultValue = dimension.values.first();
    return dimension;
}

WmtsSetLink readSetLink(const XmlNode &node)
{
    WmtsSetLink link{.set = textAt(node, {"TileMatrixSet"_L1})};
    const auto *limits = node.child("TileMatrixSetLimits"_L1);
    if (!limits)
        return link;
    for (const auto &limit : limits->children) {
        const auto number = [&](QLatin1StringView name) { return textAt(limit, {name}).toLongLong(); };
        link.limits.insert(
            textAt(limit, {"TileMatrix"_L1}),
            {number("MinTileCol"_L1), number("MaxTileCol"_L1), number("MinTileRow"_L1), number("MaxTileRow"_L1)});
    }
    return link;
}

WmtsLayer readLayer(const XmlNode &node, const QUrl &from)
{
    WmtsLayer layer{.id = textAt(node, {"Identifier"_L1}), .title = textAt(node, {"Title"_L1})};
    if (layer.title.isEmpty())
        layer.title = layer.id;
    layer.abstract = paragraphAt(node, {"Abstract"_L1});
    if (const auto *keywords = node.child("Keywords"_L1))
        layer.keywords = textsOf(*keywords, "Keyword"_L1);
    layer.formats = textsOf(node, "Format"_L1);
    layer.infoFormats = textsOf(node, "InfoFormat"_L1);
    for (const auto &child : node.children) {
        if (child.name == "WGS84BoundingBox"_L1)
            layer.geographicBox = owsBox(child);
        else if (child.name == "Style"_L1)
            layer.styles.push_back(readStyle(child, from));
        else if (child.name == "Dimension"_L1)
            layer.dimensions.push_back(readDimension(child));
        else if (child.name == "TileMatrixSetLink"_L1)
            layer.sets.push_back(readSetLink(child));
        else if (const auto link = webLink(child.attribute("href"_L1), from);
                 child.name == "Metadata"_L1 && !link.isEmpty())
            layer.metadata.push_back({{}, {}, link});
        else if (child.name == "ResourceURL"_L1) {
            const auto kind = child.attribute("resourceType"_L1);
            auto &templates =
                kind.compare("FeatureInfo"_L1, Qt::CaseInsensitive) == 0 ? layer.infoTemplates : layer.tileTemplates;
            templates.emplace(child.attribute("format"_L1),
                              tileTemplate(child.attribute("template"_L1).trimmed(), from));
        }
    }
    std::ranges::stable_partition(layer.styles, &WmtsStyle::isDefault);
    return layer;
}

/** Where the matrix must lie: the area of use of its CRS, in it. */
Extent areaIn(const Crs &crs)
{
    const auto transform = Transform::create(Crs::fromText(u"OGC:CRS84"_s), crs);
    const auto area = crs.areaOfUse();
    return transform && !area.isEmpty() ? transform->forward(area) : Extent();
}

/** Corners are in the order of the register. Servers that write them otherwise are found out by the area of use. */
bool writtenNorthFirst(const TileMatrixSet &set, const std::vector<PointXY> &corners)
{
    const bool wanted = set.crs.northingFirst();
    const auto area = set.crs.isValid() && !set.matrices.empty() ? areaIn(set.crs) : Extent();
    if (area.isEmpty() || set.matrices[0].columns <= 0)
        return wanted;
    const auto fits = [&](bool north) {
        auto matrix = set.matrices[0];
        matrix.topLeft = north ? PointXY{corners[0].y, corners[0].x} : corners[0];
        return matrix.extent().intersects(area);
    };
    return fits(wanted) || !fits(!wanted) ? wanted : !wanted;
}

TileMatrix readMatrix(const XmlNode &node, const Crs &crs)
{
    TileMatrix matrix{.id = textAt(node, {"Identifier"_L1})};
    matrix.scaleDenominator = numberOf(textAt(node, {"ScaleDenominator"_L1})).value_or(0);
    matrix.resolution = matrix.scaleDenominator * standardPixel / crs.metresPerUnit();
    const auto size = [&](QLatin1StringView name) { return std::clamp(textAt(node, {name}).toInt(), 0, 8192); };
    matrix.tileSize = {size("TileWidth"_L1), size("TileHeight"_L1)};
    if (matrix.tileSize.isEmpty())
        matrix.tileSize = {256, 256};
    matrix.columns = std::max(0LL, textAt(node, {"MatrixWidth"_L1}).toLongLong());
    matrix.rows = std::max(0LL, textAt(node, {"MatrixHeight"_L1}).toLongLong());
    return matrix;
}

TileMatrixSet readSet(const XmlNode &node)
{
    TileMatrixSet set{.id = textAt(node, {"Identifier"_L1}), .title = textAt(node, {"Title"_L1})};
    set.crsName = textAt(node, {"SupportedCRS"_L1});
    set.crs = serviceCrs(set.crsName);
    set.wellKnownScaleSet = textAt(node, {"WellKnownScaleSet"_L1});
    std::vector<PointXY> corners;
    for (const auto &child : node.children) {
        if (child.name != "TileMatrix"_L1 || qsizetype(corners.size()) >= mostMatrices)
            continue;
        auto matrix = readMatrix(child, set.crs);
        const auto corner = numbersOf(textAt(child, {"TopLeftCorner"_L1}));
        if (corner.size() < 2 || !(matrix.resolution > 0) || !std::isfinite(matrix.resolution))
            continue; // cannot be placed
        corners.push_back({corner[0], corner[1]});
        set.matrices.push_back(std::move(matrix));
    }
    if (corners.empty())
        return set;
    const bool northFirst = writtenNorthFirst(set, corners);
    set.axesTurned = northFirst != set.crs.northingFirst();
    for (std::size_t i = 0; i < corners.size(); ++i)
        set.matrices[i].topLeft = northFirst ? PointXY{corners[i].y, corners[i].x} : corners[i];
    std::ranges::stable_sort(set.matrices, std::ranges::greater(), &TileMatrix::resolution);
    return set;
}

Status readContents(const XmlNode &contents, const QUrl &from, WmtsCapabilities &caps)
{
    for (const auto &child : contents.children) {
        if (child.name == "Layer"_L1)
            caps.layers.push_back(readLayer(child, from));
        else if (child.name == "TileMatrixSet"_L1)
            caps.sets.push_back(readSet(child));
        if (qsizetype(caps.layers.size()) > mostLayers || qsizetype(caps.sets.size()) > mostSets)
            return failure(ErrorKind::TooLarge, ServiceTexts::tr("The service lists more layers than can be read."));
    }
    for (const auto &set : caps.sets) {
        if (!set.crs.isValid())
            caps.notes.append(
                ServiceTexts::tr("The tiles of %1 are in an unknown coordinate system, %2.").arg(set.id, set.crsName));
        else if (set.axesTurned)
            caps.notes.append(
                ServiceTexts::tr("The service writes the corners of %1 with swapped axes; this was corrected.")
                    .arg(set.id));
    }
    return {};
}

} // namespace

QUrl wmtsCapabilitiesUrl(const QUrl &service)
{
    if (service.path().endsWith(".xml"_L1, Qt::CaseInsensitive))
        return service; // RESTful: the document has a name of its own
    return withParameters(
        endpointOf(service),
        {{u"SERVICE"_s, u"WMTS"_s}, {u"VERSION"_s, u"1.0.0"_s}, {u"REQUEST"_s, u"GetCapabilities"_s}});
}

Result<WmtsCapabilities> parseWmtsCapabilities(QByteArrayView bytes, const QUrl &from)
{
    const auto document = readXml(bytes, {"Capabilities"_L1}, u"WMTS"_s);
    if (!document)
        return std::unexpected(document.error());
    const auto &root = document->root;
    WmtsCapabilities caps{.service = owsServiceInfo(root)};
    if (const auto link = kvpLink(root, "GetTile"_L1); !link.isEmpty())
        caps.tileUrl = operationUrl(link, from);
    if (const auto link = kvpLink(root, "GetFeatureInfo"_L1); !link.isEmpty())
        caps.infoUrl = operationUrl(link, from);
    if (const auto *contents = root.child("Contents"_L1))
        if (const auto read = readContents(*contents, from, caps); !read)
            return std::unexpected(read.error());
    return caps;
}

const WmtsLayer *findLayer(const WmtsCapabilities &caps, const QString &id)
{
    const auto found = std::ranges::find(caps.layers, id, &WmtsLayer::id);
    return found != caps.layers.end() ? &*found : nullptr;
}

const TileMatrixSet *findSet(const WmtsCapabilities &caps, const QString &id)
{
    const auto found = std::ranges::find(caps.sets, id, &TileMatrixSet::id);
    return found != caps.sets.end() ? &*found : nullptr;
}

const TileMatrixSet *bestSet(const WmtsCapabilities &caps, const WmtsLayer &layer, const Crs &wanted)
{
    const TileMatrixSet *best = nullptr;
    const auto rank = [&](const TileMatrixSet &set) {
        return std::pair(set.crs == wanted, -set.matrices.back().resolution * set.crs.metresPerUnit());
    };
    for (const auto &link : layer.sets) {
        const auto *set = findSet(caps, link.set);
        if (!set || set->matrices.empty() || !set->crs.isValid())
            continue;
        if (!best || rank(*set) > rank(*best))
            best = set;
    }
    return best;
}

} // namespace hanseatlas
