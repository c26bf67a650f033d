// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/liveimages.h"
#include "layers/model/source.h"

#include <memory>

/** What services of images offer, in our terms; and how one of their layers is asked for. Pure. */
namespace hanseatlas
{

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
