// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/imagegrid.h"
#include "datasources/services/tilematrix.h"
#include "datasources/services/wmsrequests.h"
#include "datasources/services/wmts.h"
#include "datasources/services/xyztemplate.h"
#include "layers/model/dimension.h"

#include <functional>
#include <variant>

namespace hanseatlas
{

/** A dimension of our own, for services that can be told: how much bolder lines and larger texts are than on an
 * ordinary screen, "2". */
inline constexpr QLatin1StringView densityName{":density"};

/** One image of a service, at its fixed place. */
struct PyramidImage {
    /** "12/-3/45", and "12/-3/45@time=2024-01-01" of chosen values; with the dataset's key it names the image for ever.
     */
    QString key;
    Extent extent; ///< in the pyramid's CRS
    QUrl url;
    QString frame = {}; ///< what of the key is after the "@"
};

/** The images of a service in levels of size, whatever its protocol. A value; pure sums. */
class ImagePyramid
{
public:
    /** WMS: the grid is ours. */
    ImagePyramid(Crs crs, ImageGrid grid, std::function<QUrl(const Extent &, QSize, const Dimensions &)> url);
    /** WMTS and XYZ: the grid is the server's. `limits` as in tilesCovering(). */
    ImagePyramid(TileMatrixSet set, QHash<QString, TileRange> limits,
                 std::function<QUrl(const TileAddress &, const Dimensions &)> url);

    const Crs &crs() const { return m_crs; }
    /** The level whose pixels are nearest in size; -1 = there is none. */
    int levelFor(double unitsPerPixel) const;
    double resolution(int level) const; ///< units of the CRS per pixel
    int coarsest() const { return 0; }
    /** Those that touch the extent, from the middle outwards; empty if there were more than `most`. */
    std::vector<PyramidImage> imagesIn(int level, const Extent &extent, int most,
                                       const Dimensions &dimensions = {}) const;
    static QString frameOf(const Dimensions &dimensions); ///< as in keys

private:
    struct Grid {
        ImageGrid grid;
        std::function<QUrl(const Extent &, QSize, const Dimensions &)> url;
    };
    struct Tiles {
        TileMatrixSet set;
        QHash<QString, TileRange> limits;
        std::function<QUrl(const TileAddress &, const Dimensions &)> url;
    };
    Crs m_crs;
    std::variant<Grid, Tiles> m_form;
};

} // namespace hanseatlas
