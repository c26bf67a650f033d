// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

namespace hanseatlas
{

/** Opens local files, zip archives and folders: provider "file".
 *
 *  Options: "crs" (any definition), "encoding" (of texts), "swapAxes" (bool). Layers of a folder or an archive with
 *  several data sets are named "path/in/it.shp" or "path/in/it.gpkg|layer". Nothing is ever written beside the user's
 *  files, and nothing is fetched from a network.
 */
class FileOpener final : public SourceOpener
{
public:
    FileOpener();
    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token) const override;
    Result<OpenedSource> open(const SourceRef &ref, CancelToken token) const override;
};

} // namespace hanseatlas
