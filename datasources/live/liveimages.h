// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/imagefetcher.h"
#include "datasources/live/imagepyramid.h"
#include "datasources/live/offlinecapable.h"
#include "layers/model/source.h"

#include <memory>

namespace hanseatlas
{

/** How a layer of images is asked for. */
struct LiveImagesPlan {
    LayerDescription description; ///< CRS and extent are the pyramid's
    StoredDataset dataset;
    ImagePyramid pyramid;
    HttpRequest request; ///< all but the url
    bool mayBeMissing = false; ///< see ImageFetcher::Order
    bool knowsDensities = false; ///< can be told how bold lines should be: see densityName
    /** Where to ask what is at a pixel of an image of this extent and size; null: nobody answers. */
    std::function<QUrl(const Extent &, QSize, QPoint, const Dimensions &)> infoUrl;
    /** Where the pictures of its legend are, for things as much bolder as densityName says (1 = as usual); null: there
     * are none. */
    std::function<QList<QUrl>(double density)> legendUrls;
    std::chrono::hours fresh{24}; ///< how long an image is good where the server does not say
};

/** A layer of map images from a service. It is drawn from the store: what is there shows at once, coarser images stand
 *  in for what is not, and the rest is fetched behind it (see RasterQuery::wait). Images that are out of date stay
 * until a newer one has come. What a view does not need any more is not fetched.
 */
class LiveImages final : public RasterSource, public OfflineCapable
{
public:
    LiveImages(LiveImagesPlan plan, std::shared_ptr<ImageFetcher> fetcher, std::shared_ptr<ServiceAccess> access);
    ~LiveImages() override; ///< takes back what is still wanted

    LayerDescription description() const override;
    Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const override;
    Result<std::vector<double>> valuesAt(PointXY place, const Crs &crs, CancelToken token) const override;
    void refresh() const override;
    QDateTime fetchedAt() const override;
    bool answersPlaces() const override;
    Result<PlaceInfo> infoAt(PointXY place, const Crs &crs, double unitsPerPixel, const Dimensions &dimensions,
                             CancelToken token) const override;
    bool hasLegend() const override;
    Result<QImage> legend(double pixelsPerMm, CancelToken token) const override;
    const Arrivals *arrivals() const override;

    const StoredDataset &storedDataset() const override;
    Result<std::vector<PyramidImage>> imagesFor(const OfflineRange &range, qint64 most) const override;
    bool isOld(const StoredItem &item) const override;
    Status keep(const PyramidImage &image, const QString &package, std::optional<StoredItem> old,
                CancelToken token) const override;

private:
    class Shared;
    /** Held here and not by what orders hold: its last owner waits for its threads, so it must be none of them. */
    std::shared_ptr<ImageFetcher> m_fetcher;
    std::shared_ptr<Shared> d; ///< shared with orders that are under way
};

} // namespace hanseatlas
