// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wmslayer_p.h"

#include "datasources/services/servicecrs.h"
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

#include <QSet>

#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int deepest = 200;
constexpr int mostLayers = 20000;
constexpr qsizetype mostValues = 1000000;
constexpr double metresPerPixel = 0.00028; ///< OGC's standard pixel

std::optional<double> attributeNumber(const XmlNode &node, QLatin1StringView name)
{
    return numberOf(node.attribute(name));
}

Extent cornerBox(const XmlNode &node)
{
    const auto xMin = attributeNumber(node, "minx"_L1), yMin = attributeNumber(node, "miny"_L1);
    const auto xMax = attributeNumber(node, "maxx"_L1), yMax = attributeNumber(node, "maxy"_L1);
    if (!xMin || !yMin || !xMax || !yMax)
        return {};
    return {*xMin, *yMin, *xMax, *yMax};
}

Extent geographicBox(const XmlNode &node)
{
    const auto side = [&](QLatin1StringView name) { return numberOf(textAt(node, {name})); };
    const auto west = side("westBoundLongitude"_L1), south = side("southBoundLatitude"_L1);
    const auto east = side("eastBoundLongitude"_L1), north = side("northBoundLatitude"_L1);
    if (!west || !south || !east || !north)
        return {};
    return {*west, *south, *east, *north};
}

std::vector<MetadataLink> linksOf(const XmlNode &node, QLatin1StringView name)
{
    std::vector<MetadataLink> links;
    for (const auto &child : node.children)
        if (child.name == name)
            if (const auto url = linkAt(child, {}); !url.isEmpty())
                links.push_back({child.attribute("type"_L1), textAt(child, {"Format"_L1}), url});
    return links;
}

} // namespace

Result<std::vector<WmsLayer>> WmsLayerReader::read(const XmlNode &node)
{
    std::vector<WmsLayer> layers;
    readChildren(node, WmsLayer(), 0, layers);
    if (m_tooLarge)
        return failure(ErrorKind::TooLarge, ServiceTexts::tr("The service lists more layers than can be read."));
    return layers;
}

void WmsLayerReader::readChildren(const XmlNode &node, const WmsLayer &parent, int depth, std::vector<WmsLayer> &into)
{
    for (const auto &child : node.children) {
        if (child.name != "Layer"_L1)
            continue;
        if (depth >= deepest || ++m_layers > mostLayers || m_values > mostValues)
            m_tooLarge = true;
        if (m_tooLarge)
            return;
        into.push_back(readLayer(child, parent));
        auto children = std::vector<WmsLayer>();
        readChildren(child, into.back(), depth + 1, children);
        into.back().children = std::move(children);
    }
}

WmsLayer WmsLayerReader::readLayer(const XmlNode &node, const WmsLayer &parent)
{
    WmsLayer layer{.name = textAt(node, {"Name"_L1}), .title = textAt(node, {"Title"_L1})};
    if (layer.title.isEmpty())
        layer.title = layer.name.isEmpty() ? ServiceTexts::tr("Untitled layer") : layer.name;
    layer.abstract = paragraphAt(node, {"Abstract"_L1});
    if (const auto *list = node.child("KeywordList"_L1))
        layer.keywords = textsOf(*list, "Keyword"_L1);
    layer.crs = parent.crs; // shared until something is added
    layer.geographicBox = parent.geographicBox;
    layer.boxes = parent.boxes;
    layer.dimensions = parent.dimensions;
    layer.attribution = parent.attribution;
    layer.styles = parent.styles;
    readCrs(node, layer);
    readBoxes(node, layer);
    readStyles(node, layer);
    layer.minScale = parent.minScale;
    layer.maxScale = parent.maxScale;
    readScales(node, layer);
    layer.queryable = parent.queryable;
    layer.opaque = parent.opaque;
    layer.noSubsets = parent.noSubsets;
    layer.cascaded = parent.cascaded;
    layer.fixedSize = parent.fixedSize;
    readFlags(node, layer);
    readDimensions(node, layer.dimensions);
    readAttribution(node, layer);
    layer.metadata = linksOf(node, "MetadataURL"_L1);
    for (auto &link : layer.metadata)
        link.url = absolute(link.url);
    std::erase_if(layer.metadata, [](const MetadataLink &link) { return link.url.isEmpty(); });
    for (const auto &link : linksOf(node, "DataURL"_L1))
        if (const auto url = absolute(link.url); !url.isEmpty())
            layer.dataUrls.append(url);
    m_values += qsizetype(layer.boxes.size() + layer.styles.size() + layer.dimensions.size());
    return layer;
}

void WmsLayerReader::readCrs(const XmlNode &node, WmsLayer &layer)
{
    QStringList added;
    QSet<QString> known;
    for (const auto &child : node.children) {
        if (child.name != "CRS"_L1 && child.name != "SRS"_L1)
            continue;
        if (known.isEmpty())
            known = QSet<QString>(layer.crs.begin(), layer.crs.end());
        for (const auto &name : child.text.simplified().split(u' ', Qt::SkipEmptyParts)) { // 1.1.1 allows lists
            if (known.contains(name))
                continue;
            known.insert(name);
            added.append(name);
        }
    }
    if (added.isEmpty())
        return;
    layer.crs += added;
    m_values += layer.crs.size(); // no longer shared with the layer above
}

bool WmsLayerReader::northFirst(const QString &crs)
{
    if (m_version != WmsVersion::V130)
        return false;
    constexpr qsizetype asked = 1000; // each is a look into PROJ
    const auto known = m_northFirst.constFind(crs);
    if (known == m_northFirst.cend() && m_northFirst.size() >= asked)
        return false;
    return known != m_northFirst.cend() ? *known : *m_northFirst.insert(crs, serviceCrs(crs).northingFirst());
}

void WmsLayerReader::readBoxes(const XmlNode &node, WmsLayer &layer)
{
    for (const auto &child : node.children) {
        Extent box;
        if (child.name == "EX_GeographicBoundingBox"_L1) {
            box = geographicBox(child);
            if (!box.isEmpty())
                layer.geographicBox = box;
        } else if (child.name == "LatLonBoundingBox"_L1) {
            box = cornerBox(child);
            if (!box.isEmpty())
                layer.geographicBox = box;
        } else if (child.name == "BoundingBox"_L1) {
            box = cornerBox(child);
            auto crs = child.attribute("CRS"_L1);
            if (crs.isEmpty())
                crs = child.attribute("SRS"_L1);
            if (box.isEmpty() || crs.isEmpty())
                continue;
            if (northFirst(crs))
                box = {box.yMin, box.xMin, box.yMax, box.xMax};
            layer.boxes[crs] = box;
        }
    }
}

void WmsLayerReader::readStyles(const XmlNode &node, WmsLayer &layer) const
{
    std::vector<WmsStyle> own;
    for (const auto &child : node.children) {
        if (child.name != "Style"_L1)
            continue;
        WmsStyle style{.name = textAt(child, {"Name"_L1}),
                       .title = textAt(child, {"Title"_L1}),
                       .abstract = paragraphAt(child, {"Abstract"_L1})};
        for (const auto &legend : child.children) {
            if (legend.name != "LegendURL"_L1)
                continue;
            const auto url = absolute(linkAt(legend, {}));
            if (url.isEmpty())
                continue;
            if (style.legendUrls.isEmpty())
                style.legendSize = {legend.attribute("width"_L1).toInt(), legend.attribute("height"_L1).toInt()};
            style.legendUrls.append(url);
        }
        if (style.legendSize.isEmpty())
            style.legendSize = {};
        own.push_back(std::move(style));
    }
    // A style of the same name is not inherited a second time.
    std::erase_if(layer.styles, [&](const WmsStyle &inherited) {
        return std::ranges::any_of(own, [&](const WmsStyle &style) { return style.name == inherited.name; });
    });
    layer.styles.insert(layer.styles.begin(), own.begin(), own.end());
}

void WmsLayerReader::readScales(const XmlNode &node, WmsLayer &layer) const
{
    const auto *hint = node.child("ScaleHint"_L1);
    auto min = numberOf(textAt(node, {"MinScaleDenominator"_L1}));
    auto max = numberOf(textAt(node, {"MaxScaleDenominator"_L1}));
    if (hint && !min && !max) {
        // The hint is the diagonal of a pixel in metres on the ground.
        const double factor = 1 / (std::numbers::sqrt2 * metresPerPixel);
        min = attributeNumber(*hint, "min"_L1);
        max = attributeNumber(*hint, "max"_L1);
        min = min ? std::optional(*min * factor) : min;
        max = max ? std::optional(*max * factor) : max;
    }
    if (min && *min >= 0)
        layer.minScale = *min;
    if (max && *max > 0)
        layer.maxScale = *max;
    if (layer.maxScale <= layer.minScale) // cannot be meant: it would never be drawn
        layer.maxScale = std::numeric_limits<double>::infinity();
}

void WmsLayerReader::readFlags(const XmlNode &node, WmsLayer &layer) const
{
    const auto flag = [&](QLatin1StringView name, bool &value) {
        const auto text = node.attribute(name);
        if (!text.isEmpty())
            value = isTrue(text);
        return !text.isEmpty();
    };
    layer.queryableInherited = !flag("queryable"_L1, layer.queryable) && layer.queryable;
    flag("opaque"_L1, layer.opaque);
    flag("noSubsets"_L1, layer.noSubsets);
    if (const auto text = node.attribute("cascaded"_L1); !text.isEmpty())
        layer.cascaded = text.toInt() > 0;
    const QSize fixed(node.attribute("fixedWidth"_L1).toInt(), node.attribute("fixedHeight"_L1).toInt());
    if (!fixed.isEmpty())
        layer.fixedSize = fixed;
}

void WmsLayerReader::readAttribution(const XmlNode &node, WmsLayer &layer) const
{
    const auto *attribution = node.child("Attribution"_L1);
    if (!attribution)
        return;
    layer.attribution = {textAt(*attribution, {"Title"_L1}), absolute(linkAt(*attribution, {"OnlineResource"_L1})),
                         absolute(linkAt(*attribution, {"LogoURL"_L1}))};
}

QString WmsLayerReader::absolute(const QString &link) const
{
    return webLink(link, m_from);
}

void readDimensions(const XmlNode &node, std::vector<WmsDimension> &dimensions)
{
    for (const auto &child : node.children) {
        if (child.name != "Dimension"_L1 && child.name != "Extent"_L1)
            continue;
        const auto name = child.attribute("name"_L1).trimmed().toLower();
        if (name.isEmpty())
            continue;
        auto at = std::ranges::find(dimensions, name, &WmsDimension::name);
        if (at == dimensions.end())
            at = dimensions.insert(at, WmsDimension{.name = name});
        if (const auto units = child.attribute("units"_L1); !units.isEmpty())
            at->units = units;
        if (const auto symbol = child.attribute("unitSymbol"_L1); !symbol.isEmpty())
            at->unitSymbol = symbol;
        if (child.name == "Dimension"_L1 && child.text.isEmpty() && child.attribute("default"_L1).isEmpty())
            continue; // 1.1.1 declares here and gives the values in Extent
        at->defaultValue = child.attribute("default"_L1).simplified();
        at->nearestValue = isTrue(child.attribute("nearestValue"_L1));
        at->multipleValues = isTrue(child.attribute("multipleValues"_L1));
        at->current = isTrue(child.attribute("current"_L1));
        at->items = parseDimensionItems(child.text, at->isTime());
    }
}

} // namespace hanseatlas
