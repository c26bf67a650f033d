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
    QString damage; ///< as of RasterBlock

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

/** @internal The features in sight, in the order in which they are drawn.
 *
 *  Polygons of rules go rule by rule, so that rules decide what lies above; else they go in the set's order. Lines and
 * points go by symbol, those of later classes above.
 */
class VisibleFeatures
{
public:
    struct Entry {
        std::uint32_t feature;
        std::uint32_t symbol; ///< index into PreparedLayer::symbols
    };
    /** `device`: the box, already grown by what symbols stick out. */
    VisibleFeatures(const PreparedLayer &layer, const DeviceTransform &transform, const QRectF &device);
    std::span<const Entry> polygons() const { return m_polygons; }
    std::span<const Entry> lines() const { return m_lines; }
    std::span<const Entry> points() const { return m_points; }

private:
    std::vector<Entry> m_polygons, m_lines, m_points;
};

} // namespace hanseatlas
