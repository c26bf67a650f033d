// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wmscapabilities.h"
#include "layers/model/crs.h"

#include <QPoint>

#include <optional>

namespace hanseatlas
{

/** Where to ask for the description of the WMS behind any URL of it. */
QUrl wmsCapabilitiesUrl(const QUrl &service, WmsVersion version = WmsVersion::V130);

/** A map image as a value: equal requests get equal URLs, so that a cache can go by them. */
struct WmsMapRequest {
    QStringList layers; ///< drawn in this order, the last on top
    QStringList styles; ///< one per layer, or empty: the defaults
    QString crs; ///< as the server spells it
    Extent extent; ///< east before north
    QSize size;
    QString format = QStringLiteral("image/png");
    bool transparent = true;
    std::vector<std::pair<QString, QString>> dimensions; ///< {"time", "2024-01-01"}, {"elevation", …}, others
    std::optional<bool> northFirst; ///< against the version's rule, for servers that do not obey it
    int dpi = 0; ///< for print: asks the software for bolder lines and larger texts; 0 = the server's default
};
QUrl wmsMapUrl(const WmsCapabilities &caps, const WmsMapRequest &request);

struct WmsInfoRequest {
    WmsMapRequest map; ///< the image that was pointed at
    QStringList layers; ///< asked for information; "" = those of the map
    QPoint pixel; ///< from the top left
    QString format;
    int featureCount = 10;
};
QUrl wmsInfoUrl(const WmsCapabilities &caps, const WmsInfoRequest &request);

/** The style's own legend where the server names one, else GetLegendGraphic; empty when the layer has no name. `dpi` as
 * in WmsMapRequest; what is no GetLegendGraphic is not told. */
QUrl wmsLegendUrl(const WmsCapabilities &caps, const WmsLayer &layer, const QString &style = {}, int dpi = 0);

/** What the software takes for WmsMapRequest::dpi when it is not told; 0 = it cannot be told. */
int usualDpi(ServerSoftware software);

/** Does the server expect north before east in a BBOX of this CRS? */
bool wmsNorthFirst(WmsVersion version, const QString &crs);

/** The CRS that a layer should be asked in to be drawn in `wanted`: the same where the server can, else one that is
 * near; "" when none of its CRS is known to us. */
QString wmsCrsFor(const WmsLayer &layer, const Crs &wanted);
/** "image/png", "image/png; mode=24bit", "image/jpeg" …: the best offered; opaque layers go as JPEG. */
QString wmsFormatFor(const WmsCapabilities &caps, bool opaque);
/** What parseFeatureInfo() reads best of what is offered; "" when nothing of it. */
QString wmsInfoFormatFor(const WmsCapabilities &caps);

} // namespace hanseatlas
