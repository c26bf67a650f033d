// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/offlinecapable.h"

#include <future>

namespace hanseatlas
{

Geometry boxGeometry(const Extent &e)
{
    return {.kind = GeometryKind::Polygon,
            .points = {{e.xMin, e.yMin}, {e.xMax, e.yMin}, {e.xMax, e.yMax}, {e.xMin, e.yMax}, {e.xMin, e.yMin}},
            .ringEnds = {5},
            .partStarts = {}};
}

Status keepTouching(std::vector<PyramidImage> &images, const Crs &crs, const Geometry &shape, double margin)
{
    if (shape.isEmpty())
        return {};
    const auto transform = Transform::create(Crs::working(), crs);
    if (!transform)
        return std::unexpected(transform.error());
    auto there = shape;
    transform->forward(std::span(there.points));
    const AreaTest test(there);
    std::erase_if(images,
                  [&](const PyramidImage &image) { return !test.touches(boxGeometry(image.extent.grown(margin))); });
    return {};
}

Status fetchAndWait(ImageFetcher &fetcher, ImageFetcher::Order order, CancelToken token)
{
    auto done = std::make_shared<std::promise<Status>>();
    auto answer = done->get_future();
    fetcher.fetch(std::move(order), std::move(token), [done](const Status &status) { done->set_value(status); });
    return answer.get();
}

} // namespace hanseatlas
