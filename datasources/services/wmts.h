// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/serviceinfo.h"
#include "datasources/services/tilematrix.h"
#include "layers/model/result.h"

#include <QUrl>

#include <map>

namespace hanseatlas
{

struct WmtsStyle {
    QString id; ///< may be empty: asked for as "default" or ""
    QString title;
    QString legendUrl;
    bool isDefault = false;

    bool operator==(const WmtsStyle &) const = default;
};

struct WmtsDimension {
    QString id; ///< as in the placeholder {Time}
    QString title;
    QString unit;
    QString defaultValue;
    QStringList values;
    bool current = false;

    bool operator==(const WmtsDimension &) const = default;
};

/** A set that a layer has tiles in, and how much of it. */
struct WmtsSetLink {
    QString set;
    QHash<QString, TileRange> limits; ///< by id of the matrix; without entry: the whole matrix
};

struct WmtsLayer {
    QString id;
    QString title; ///< never empty
    QString abstract;
    QStringList keywords;
    Extent geographicBox; ///< degrees; empty = unknown
    std::vector<WmtsStyle> styles; ///< the default one first
    QStringList formats;
    std::vector<WmtsDimension> dimensions;
    std::vector<WmtsSetLink> sets;
    std::map<QString, QString> tileTemplates; ///< by format; empty: KVP
    std::map<QString, QString> infoTemplates;
    QStringList infoFormats;
    std::vector<MetadataLink> metadata;
};

struct WmtsCapabilities {
    ServiceInfo service;
    QUrl tileUrl; ///< for KVP requests; empty = the server only knows REST
    QUrl infoUrl;
    std::vector<WmtsLayer> layers;
    std::vector<TileMatrixSet> sets; ///< in the server's order; two may have the same CRS
    QStringList notes; ///< what was left out or mended; for people
};

QUrl wmtsCapabilitiesUrl(const QUrl &service);
Result<WmtsCapabilities> parseWmtsCapabilities(QByteArrayView bytes, const QUrl &from);

const WmtsLayer *findLayer(const WmtsCapabilities &caps, const QString &id);
const TileMatrixSet *findSet(const WmtsCapabilities &caps, const QString &id);
/** The set to draw from in a CRS: of the same CRS, among those the finest; else any known one; nullptr = none. */
const TileMatrixSet *bestSet(const WmtsCapabilities &caps, const WmtsLayer &layer, const Crs &wanted);

struct WmtsTileRequest {
    QString layer;
    QString style; ///< "" = the default
    QString format; ///< "" = the best that the layer has
    QString set;
    std::vector<std::pair<QString, QString>> dimensions; ///< missing ones get their default
};
/** Fails where layer, set or matrix are unknown, or the server offers no way to ask. */
Result<QUrl> wmtsTileUrl(const WmtsCapabilities &caps, const WmtsTileRequest &request, const TileAddress &tile);

} // namespace hanseatlas
