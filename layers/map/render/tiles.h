// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/preparedscene.h"

#include <QThreadPool>

namespace hanseatlas
{

/** @internal Draws all layers, without labels, into `image`, whose (0, 0) is `origin` of the view's device pixels; only
 * within `regions` (device pixels, within scene.region and not overlapping). The image's format is
 * ARGB32_Premultiplied. `partial` is called with the image while it grows, at most every `partialEvery` milliseconds,
 * from some thread. */
Status drawTiles(const PreparedScene &scene, const QColor &background, QImage &image, QPoint origin,
                 const std::vector<QRect> &regions, QThreadPool &pool, CancelToken token,
                 const std::function<void(const QImage &)> &partial);

} // namespace hanseatlas
