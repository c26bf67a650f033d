// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imagepyramid.h"
#include "datasources/store/storedsource.h"
#include "layers/model/job.h"

namespace hanseatlas
{

/** Implemented beside RasterSource by sources whose images can be fetched for later. Known within datasources only. */
class OfflineCapable : public StoreBacked
{
public:
    /** What is drawn of the area (working CRS) while a pixel is of a size between these, in units of the working CRS.
     *  TooLarge where there were more than `most`. */
    virtual Result<std::vector<PyramidImage>> imagesFor(const Extent &area, double finest, double coarsest,
                                                        qint64 most) const = 0;
    virtual bool isOld(const StoredItem &item) const = 0;
    /** Fetches it, and the package holds it then. `old`: what is there, to be asked whether it is still good. */
    virtual Status keep(const PyramidImage &image, const QString &package, std::optional<StoredItem> old,
                        CancelToken token) const = 0;
};

} // namespace hanseatlas
