// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/serviceinfo.h"
#include "datasources/services/wmsdimension.h"
#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QSize>
#include <QUrl>

#include <limits>
#include <map>
#include <vector>

namespace hanseatlas
{

enum class WmsVersion { V111, V130 };
QString versionText(WmsVersion version); ///< "1.3.0"

struct WmsStyle {
    QString name; ///< may be empty: the server's default
    QString title;
    QString abstract;
    QStringList legendUrls; ///< absolute; usually one
    QSize legendSize; ///< as declared, of the first; invalid = unknown

    bool operator==(const WmsStyle &) const = default;
};

struct WmsAttribution {
    QString title; ///< the text to show
    QString url;
    QString logoUrl;

    bool operator==(const WmsAttribution &) const = default;
};

/** A layer or a folder of layers. What the specification lets layers inherit is filled in already. */
struct WmsLayer {
    QString name; ///< what requests call it; "" = a folder that cannot be asked for
    QString title; ///< never empty: the name where the server gives none
    QString abstract;
    QStringList keywords;
    QStringList crs; ///< in the spelling of the server, inherited ones first, each once
    Extent geographicBox; ///< degrees east/north; empty = unknown
    std::map<QString, Extent> boxes; ///< by CRS as spelled, east before north whatever the version says
    std::vector<WmsStyle> styles; ///< own ones, then inherited ones
    std::vector<WmsDimension> dimensions;
    WmsAttribution attribution;
    std::vector<MetadataLink> metadata;
    QStringList dataUrls;
    bool queryable = false;
    bool queryableInherited = false; ///< said by a layer above, not by this one
    bool opaque = false; ///< fills the map: belongs below others
    bool noSubsets = false; ///< only the whole extent may be asked for
    bool cascaded = false; ///< comes from another server
    QSize fixedSize; ///< the only size of image; invalid = any
    double minScale = 0; ///< denominator; drawn from here …
    double maxScale = std::numeric_limits<double>::infinity(); ///< … to below here
    std::vector<WmsLayer> children;

    bool isFolder() const { return name.isEmpty(); }
    bool hasScaleLimits() const { return minScale > 0 || maxScale < std::numeric_limits<double>::infinity(); }
};

struct WmsCapabilities {
    WmsVersion version = WmsVersion::V130;
    ServiceInfo service;
    ServerSoftware software = ServerSoftware::Unknown;
    int layerLimit = 0; ///< most layers in one request; 0 = no limit known
    QSize maxSize{0, 0}; ///< largest image, per side 0 = no limit known
    QUrl mapUrl, infoUrl, legendUrl; ///< where to send requests to; infoUrl empty = GetFeatureInfo not offered
    QStringList mapFormats; ///< as the server lists them
    QStringList infoFormats;
    QStringList legendFormats;
    std::vector<MetadataLink> metadata; ///< of the service as a whole
    std::vector<WmsLayer> layers; ///< usually one root
};

/** `from` is the URL that answered; relative and wrong addresses are mended by it. */
Result<WmsCapabilities> parseWmsCapabilities(QByteArrayView bytes, const QUrl &from);

/** Depth first; nullptr when there is no layer of this name. */
const WmsLayer *findLayer(const std::vector<WmsLayer> &layers, const QString &name);

} // namespace hanseatlas
