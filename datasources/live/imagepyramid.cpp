// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/imagepyramid.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

ImagePyramid::ImagePyramid(Crs crs, ImageGrid grid, std::function<QUrl(const Extent &, QSize, const Dimensions &)> url)
    : m_crs(std::move(crs))
    , m_form(Grid{grid, std::move(url)})
{
}

ImagePyramid::ImagePyramid(TileMatrixSet set, QHash<QString, TileRange> limits,
                           std::function<QUrl(const TileAddress &, const Dimensions &)> url)
    : m_crs(set.crs)
    , m_form(Tiles{std::move(set), std::move(limits), std::move(url)})
{
}

int ImagePyramid::levelFor(double unitsPerPixel) const
{
    if (const auto *grid = std::get_if<Grid>(&m_form))
        return grid->grid.levelFor(unitsPerPixel);
    return matrixFor(std::get<Tiles>(m_form).set, unitsPerPixel);
}

double ImagePyramid::resolution(int level) const
{
    if (const auto *grid = std::get_if<Grid>(&m_form))
        return grid->grid.resolution(level);
    return std::get<Tiles>(m_form).set.matrices[std::size_t(level)].resolution;
}

QString ImagePyramid::frameOf(const Dimensions &dimensions)
{
    QStringList parts;
    for (const auto &[name, value] : dimensions.asKeyValueRange())
        parts << name + u'=' + value;
    return parts.join(u'&');
}

std::vector<PyramidImage> ImagePyramid::imagesIn(int level, const Extent &extent, int most,
                                                 const Dimensions &dimensions) const
{
    std::vector<PyramidImage> images;
    const auto frame = frameOf(dimensions);
    const auto suffix = frame.isEmpty() ? QString() : u'@' + frame;
    if (const auto *form = std::get_if<Grid>(&m_form)) {
        const QSize size(form->grid.tileSize, form->grid.tileSize);
        for (const auto &tile : form->grid.tilesCovering(extent, level, most)) {
            const auto box = form->grid.extentOf(tile);
            images.push_back({tileKey(tile) + suffix, box, form->url(box, size, dimensions), frame});
        }
        return images;
    }
    const auto &form = std::get<Tiles>(m_form);
    const auto &matrix = form.set.matrices[std::size_t(level)];
    for (const auto &tile : tilesCovering(form.set, level, extent, form.limits, most))
        images.push_back({u"%1/%2/%3"_s.arg(level).arg(tile.column).arg(tile.row) + suffix,
                          matrix.tileExtent(tile.column, tile.row), form.url(tile, dimensions), frame});
    return images;
}

} // namespace hanseatlas
