// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/liveimages.h"
#include "layers/model/source.h"

#include <QDateTime>

#include <memory>

/** What services of images offer, in our terms; and how one of their layers is asked for. Pure. */
namespace hanseatlas
{

/** Options of a SourceRef that all kinds of services know; what is missing is up to the service.
 *  "style", "format", "crs" ("EPSG:25832"), "dimensions" ({"time": "2024-01-01"}), "mayBeStored" (false: licence),
 *  "personal", "title", "licence", "attribution", "credentials" (the keychain's key). */
struct ServiceOptions {
    QString style, format, title, licence, attribution, credentials;
    Crs crs = Crs::working(); ///< wanted
    std::vector<std::pair<QString, QString>> dimensions;
    bool mayBeStored = true;
    bool personal = false;

    static ServiceOptions of(const SourceRef &ref);
};

/** The layers that can be asked for, in the order and the folders of the service. `ref` as the source was asked for. */
SourceDescription describeWms(const WmsCapabilities &caps, const SourceRef &ref);
SourceDescription describeWmts(const WmtsCapabilities &caps, const SourceRef &ref);
SourceDescription describeXyz(const XyzTemplate &tiles, const SourceRef &ref);

/** For the layer that `ref` names; several of a WMS, drawn in one image, are joined by commas. NotFound where the
 *  service has it no more, Unsupported where it cannot be drawn in any CRS known. */
Result<LiveImagesPlan> planWms(std::shared_ptr<const WmsCapabilities> caps, const SourceRef &ref);
Result<LiveImagesPlan> planWmts(std::shared_ptr<const WmtsCapabilities> caps, const SourceRef &ref);
Result<LiveImagesPlan> planXyz(const XyzTemplate &tiles, const SourceRef &ref);

} // namespace hanseatlas
