// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wmscapabilities.h"

#include "datasources/services/serviceurl.h"
#include "datasources/services/wmslayer_p.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

int positive(const QString &text)
{
    return std::max(0, text.toInt());
}

/** The address for GET; servers list several DCPTypes, the first that says one counts. */
QString getLink(const XmlNode &operation)
{
    for (const auto &type : operation.children) {
        if (type.name != "DCPType"_L1)
            continue;
        if (const auto link = linkAt(type, {"HTTP"_L1, "Get"_L1}); !link.isEmpty())
            return link;
    }
    return {};
}

void readOperations(const XmlNode &request, const QUrl &from, WmsCapabilities &caps)
{
    if (const auto *map = request.child("GetMap"_L1)) {
        caps.mapUrl = operationUrl(getLink(*map), from);
        caps.mapFormats = textsOf(*map, "Format"_L1);
    }
    if (const auto *info = request.child("GetFeatureInfo"_L1)) {
        caps.infoUrl = operationUrl(getLink(*info), from);
        caps.infoFormats = textsOf(*info, "Format"_L1);
    }
    if (const auto *legend = request.child("GetLegendGraphic"_L1)) {
        caps.legendUrl = operationUrl(getLink(*legend), from);
        caps.legendFormats = textsOf(*legend, "Format"_L1);
    }
}

/** INSPIRE's extended capabilities name the metadata of the service. */
void readServiceMetadata(const XmlNode &capability, WmsCapabilities &caps)
{
    for (const auto name : {"ExtendedCapabilities"_L1, "VendorSpecificCapabilities"_L1}) {
        const auto *extended = capability.child(name);
        const auto *inner = extended ? extended->child("ExtendedCapabilities"_L1) : nullptr;
        const auto *link = extended ? (inner ? inner : extended)->child("MetadataUrl"_L1) : nullptr;
        if (!link)
            continue;
        if (const auto url = webLink(textAt(*link, {"URL"_L1})); !url.isEmpty())
            caps.metadata.push_back({u"INSPIRE"_s, textAt(*link, {"MediaType"_L1}), url});
    }
}

} // namespace

QString versionText(WmsVersion version)
{
    return version == WmsVersion::V130 ? u"1.3.0"_s : u"1.1.1"_s;
}

Result<WmsCapabilities> parseWmsCapabilities(QByteArrayView bytes, const QUrl &from)
{
    const auto document = readXml(bytes, {"WMS_Capabilities"_L1, "WMT_MS_Capabilities"_L1}, u"WMS"_s);
    if (!document)
        return std::unexpected(document.error());
    const auto &root = document->root;
    WmsCapabilities caps;
    const bool modern = root.name == "WMS_Capabilities"_L1 && !root.attribute("version"_L1).startsWith("1.1"_L1);
    caps.version = modern ? WmsVersion::V130 : WmsVersion::V111;
    caps.software = serverSoftware(bytes);
    if (const auto *service = root.child("Service"_L1)) {
        caps.service = wmsServiceInfo(*service);
        caps.layerLimit = positive(textAt(*service, {"LayerLimit"_L1}));
        caps.maxSize = {positive(textAt(*service, {"MaxWidth"_L1})), positive(textAt(*service, {"MaxHeight"_L1}))};
    }
    caps.mapUrl = endpointOf(from);
    if (const auto *capability = root.child("Capability"_L1)) {
        if (const auto *request = capability->child("Request"_L1))
            readOperations(*request, from, caps);
        readServiceMetadata(*capability, caps);
        auto layers = WmsLayerReader(caps.version, from).read(*capability);
        if (!layers)
            return std::unexpected(layers.error());
        caps.layers = std::move(*layers);
    }
    if (caps.legendUrl.isEmpty())
        caps.legendUrl = caps.mapUrl; // part of SLD, often offered and not listed
    return caps;
}

const WmsLayer *findLayer(const std::vector<WmsLayer> &layers, const QString &name)
{
    for (const auto &layer : layers) {
        if (!name.isEmpty() && layer.name == name)
            return &layer;
        if (const auto *found = findLayer(layer.children, name))
            return found;
    }
    return nullptr;
}

} // namespace hanseatlas
