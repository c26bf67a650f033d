// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QByteArrayView>
#include <QHash>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <vector>

namespace hanseatlas
{

/** Where the files of a Masterportal lie, by its config.js; empty = not named there. */
struct PortalFiles {
    QUrl services, restServices, styles, config;
};
/** `portal` is the address of the portal's page, to which the paths are relative. */
Result<PortalFiles> parsePortalScript(QByteArrayView script, const QUrl &portal);

/** A metadata record that an entry names. */
struct PortalRecord {
    QString id;
    QString name;
    QString cswUrl;
    QStringList categories; ///< of open data
};

/** An entry of services.json: an address and how to ask there. Numbers, booleans and lists are understood in all the
 * ways that real files write them. */
struct PortalService {
    QString id;
    QString name; ///< without markup
    QString type; ///< "WMS", "WMTS", "WFS", "OAF", "GeoJSON", "SensorThings" …
    QUrl url; ///< absolute
    QUrl capabilitiesUrl; ///< where it is named
    QString version;
    QStringList layers; ///< WMS: several make one map layer; WMTS: one
    QStringList styles;
    QString format;
    QString crs;
    QString infoFormat;
    QString tileMatrixSet;
    QStringList tileTemplates; ///< WMTS that is described here and not by its capabilities
    QString featureType, featureSpace; ///< WFS
    QString collection; ///< OAF
    bool transparent = true;
    double minScale = 0; ///< denominators; 0 = no limit
    double maxScale = 0;
    int tileSize = 0; ///< 0 = not stated
    int featureCount = 0;
    QStringList legendUrls; ///< absolute
    bool legend = true; ///< false: there shall be none
    QString attribution; ///< without markup; empty where "nicht vorhanden"
    std::vector<PortalRecord> records;
    QJsonObject entry; ///< all that was written

    /** Is it of a kind that we read? */
    bool isSupported() const;
};

struct PortalServices {
    std::vector<PortalService> services; ///< in the order of the file, of the same id the first only
    QStringList duplicateIds; ///< each once
    int entries = 0; ///< with duplicates

    const PortalService *find(const QString &id) const;
    QHash<QString, std::size_t> index;
};
Result<PortalServices> parsePortalServices(QByteArrayView bytes, const QUrl &portal);

/** A folder or a layer of a portal's tree of topics. */
struct PortalNode {
    bool folder = false;
    QString name; ///< without markup; empty: that of the service
    QStringList ids; ///< of services; several are one layer, or a group
    bool group = false;
    bool visible = false;
    int transparency = 0; ///< percent
    std::vector<PortalNode> children; ///< of folders, and of groups that list them
    QJsonObject entry; ///< what overrides the service; may define one completely
};

struct PortalConfig {
    int version = 3; ///< 2 or 3
    QString title;
    QString crs; ///< "EPSG:25832" where nothing is said
    std::optional<PointXY> startCentre;
    Extent extent; ///< empty = not stated
    int zoomOptions = 0;
    bool treeFromMetadata = false; ///< the portal builds its tree from the records' categories
    std::vector<PortalNode> background; ///< the first lies on top
    std::vector<PortalNode> topics;
};
Result<PortalConfig> parsePortalConfig(QByteArrayView bytes);

/** An entry of the portal's tree with the service that it opens. */
struct PortalTopic {
    QString name;
    std::optional<PortalService> service; ///< none: a folder or group, or what is missing
    QStringList missing; ///< ids that no service has; the entry stands for them alone
    bool background = false;
    bool visible = false;
    double opacity = 1;
    std::vector<PortalTopic> children;

    bool isFolder() const { return !service && missing.isEmpty(); }
};

struct PortalTree {
    std::vector<PortalTopic> topics; ///< the first lies on top, the background at the end
    int foundByStem = 0; ///< ids whose ".1" had to be dropped
};
/** The tree as the portal shows it, with all that cannot be shown. Where the portal makes it from the records, so does
 * this. */
PortalTree portalTree(const PortalConfig &config, const PortalServices &services, const QUrl &portal);

/** A layer of the portal, ready to be opened. */
struct PortalLayer {
    PortalService service;
    QString name;
    QStringList folders; ///< from the outermost
    bool background = false;
    bool visible = false;
    double opacity = 1;
};

/** What came of a portal; what did not is told, not swallowed. */
struct PortalImport {
    std::vector<PortalLayer> layers; ///< the first lies on top
    QStringList missing; ///< ids that no service has
    QStringList unsupported; ///< "name (kind)": 3D and the like
    int foundByStem = 0; ///< ids whose ".1" had to be dropped
};
PortalImport importPortal(const PortalConfig &config, const PortalServices &services, const QUrl &portal);

} // namespace hanseatlas
