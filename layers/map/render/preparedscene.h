// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/devicetransform.h"
#include "layers/map/renderer.h"

namespace hanseatlas
{

/** @internal A layer made ready for one view: what of it is drawn, and by which symbols. Immutable while drawing. */
struct PreparedLayer {
    const Layer *layer = nullptr;
    FeatureSetPtr set; ///< null for rasters
    std::vector<std::int16_t> ownClasses; ///< where the layer's data brought none
    std::span<const std::int16_t> classes;
    /** One per class and the otherwise symbol at the end; null = not drawn */
    std::vector<const Symbol *> symbols;
    std::vector<bool> passesOn; ///< rules out of scale leave their features to later rules
    std::vector<std::size_t> drawOrder; ///< indices into symbols, lowest first
    std::size_t strokeLevels = 0; ///< most strokes that a symbol has
    double reach = 0; ///< device pixels that symbols stick out beyond their geometry
    bool hasLabels = false;
    bool anyPassesOn = false;
    std::vector<std::uint32_t> invalid;

    QImage raster; ///< covers PreparedScene::region

    /** The index of the symbol that draws a feature, or -1. */
    int symbolOf(std::size_t feature) const
    {
        const int c = classes[feature];
        if (!anyPassesOn || c < 0 || !passesOn[std::size_t(c)])
            return c >= 0 && std::size_t(c) < symbols.size() && symbols[std::size_t(c)] ? c : -1;
        return laterRule(feature, std::size_t(c));
    }

private:
    int laterRule(std::size_t feature, std::size_t after) const;
};

/** @internal A scene made ready for a region of a view. Refers to the scene, which must outlive it. */
struct PreparedScene {
    Viewport view;
    QRect region; ///< device pixels
    std::vector<PreparedLayer> layers; ///< bottom first; those that are visible, in scale and have data
};

/** @internal Reads the rasters, and brings features of another CRS into the view's. Layers that fail are left out and
 * noted. With `rasters` false, raster layers are left out. */
Result<PreparedScene> prepare(const MapScene &scene, const Viewport &view, const QRect &region, QThreadPool *pool,
                              CancelToken token, RenderNotes *notes, bool rasters = true);

/** @internal The features in sight, by what draws them: polygons, lines and points apart, each by symbol, in the set's
 * order. */
class VisibleFeatures
{
public:
    /** `device`: the box, already grown by what symbols stick out. */
    VisibleFeatures(const PreparedLayer &layer, const DeviceTransform &transform, const QRectF &device);
    std::span<const std::uint32_t> of(GeometryKind kind, std::size_t symbol) const
    {
        const auto bucket = (std::size_t(kind) - 1) * m_symbols + symbol;
        return std::span(m_features).subspan(m_starts[bucket], m_starts[bucket + 1] - m_starts[bucket]);
    }
    bool any(GeometryKind kind) const
    {
        return m_starts[std::size_t(kind) * m_symbols] > m_starts[(std::size_t(kind) - 1) * m_symbols];
    }
    bool isEmpty() const { return m_features.empty(); }

private:
    std::size_t m_symbols = 0;
    std::vector<std::uint32_t> m_features;
    std::vector<std::size_t> m_starts;
};

} // namespace hanseatlas
