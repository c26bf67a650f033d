// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imagefetcher.h"
#include "datasources/live/imagepyramid.h"
#include "datasources/store/storedsource.h"
#include "layers/model/geometry.h"
#include "layers/model/job.h"

#include <optional>
#include <vector>

namespace hanseatlas
{

/** What is to be kept of a map; all in the working CRS and its units. */
struct OfflineRange {
    Extent area;
    Geometry shape; ///< a polygon: images that do not touch it are not wanted; empty: all of the area
    double finest = 0, coarsest = 0; ///< sizes of a pixel
};

/** Implemented by sources of images that can be fetched for later. Known within datasources only. */
class OfflineCapable : public StoreBacked
{
public:
    /** What is drawn of the range. TooLarge where the area had more than `most`. */
    virtual Result<std::vector<PyramidImage>> imagesFor(const OfflineRange &range, qint64 most) const = 0;
    virtual bool isOld(const StoredItem &item) const = 0;
    /** Fetches it, and the package holds it then. `old`: what is there, to be asked whether it is still good. */
    virtual Status keep(const PyramidImage &image, const QString &package, std::optional<StoredItem> old,
                        CancelToken token) const = 0;
};

/** Implemented beside RasterSource by maps that are drawn of several such. They live as long as the map. */
class OfflineParts
{
public:
    virtual ~OfflineParts() = default;
    virtual std::vector<const OfflineCapable *> offlineParts() const = 0;
};

Geometry boxGeometry(const Extent &box);

/** Takes out what is further from the shape (working CRS; empty: everything is wanted) than `margin`, in the units of
 *  the images' CRS. */
Status keepTouching(std::vector<PyramidImage> &images, const Crs &crs, const Geometry &shape, double margin);

/** Fetches into the store, and returns when it is there or not to be had. */
Status fetchAndWait(ImageFetcher &fetcher, ImageFetcher::Order order, CancelToken token);

} // namespace hanseatlas
