// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/mapextents.h"

namespace hanseatlas
{

Extent extentOf(const Layer &layer, const Crs &crs)
{
    if (!layer.data)
        return {};
    if (layer.data->features && layer.data->features->crs == crs)
        return layer.data->features->extent;
    const auto &description = layer.data->description;
    if (description.extent.isEmpty())
        return {};
    const auto transform = Transform::create(description.crs, crs);
    return transform ? transform->forward(description.extent) : Extent{};
}

Extent fullExtent(const LayerTree &tree, const Crs &crs)
{
    Extent box;
    for (const auto &layer : tree.scene().layers)
        box.add(extentOf(layer, crs));
    if (box.isEmpty()) {
        for (const auto &id : tree.layerIds()) {
            const auto *node = tree.find(id);
            if (node && node->layer)
                box.add(extentOf(*node->layer, crs));
        }
    }
    if (!box.isEmpty())
        return box;
    const auto transform = Transform::create(Crs::working(), crs);
    return transform ? transform->forward(cityExtent()) : cityExtent();
}

Extent cityExtent()
{
    return {602900, 5961000, 624900, 5984400};
}

Viewport defaultView()
{
    Viewport view;
    view.crs = Crs::working();
    view.centre = cityExtent().centre();
    view.setScale(100000);
    return view;
}

} // namespace hanseatlas
