// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/render/coverage.h"
#include "layers/map/render/patternmask.h"
#include "layers/map/render/pixels.h"
#include "layers/map/render/preparedscene.h"
#include "layers/map/render/stroker.h"
#include "layers/map/render/symbolshapes.h"

#include <map>
#include <optional>

namespace hanseatlas
{

/** @internal Draws a prepared scene piece by piece, on pixels, fast. One thread; several painters may share a scene.
 *
 *  Polygons lie above each other in the order of their ids, as in the source; specks below them. Where all fills are
 * opaque, the topmost is drawn first and what is hidden not at all. Polygons are filled by their exact coverage of each
 * pixel. Those smaller than two pixels are drawn as a box of the same area and without their outline, which would be
 * larger than they are; the outlines of small ones fade in.
 */
class TilePainter
{
public:
    TilePainter(const PreparedScene &scene, CancelToken token);
    /** All layers over the background. The result stays until the next call. */
    const PixelBuffer &draw(const QRect &place, const QColor &background);

private:
    struct FillPaint {
        Paint paint;
        Paint background;
        bool solid;
        const Fill *fill;
        double share; ///< of a pattern
    };
    struct StrokePaint {
        Paint paint;
        Pen pen;
        float offset;
        bool thin;
    };
    /** A symbol's parts in pixels */
    struct SymbolPaint {
        std::vector<FillPaint> fills;
        std::vector<StrokePaint> strokes;
    };
    struct Sprite {
        QImage image;
        int left = 0, top = 0; ///< of the image, from the marker's pixel
    };

    const SymbolPaint &paintOf(std::uint32_t layer, std::uint32_t symbol);
    const PatternMask &maskOf(const Fill &fill);
    const Sprite &spriteOf(std::uint32_t symbol, int marker, QPointF place, double turn);

    void drawVector(std::uint32_t layer);
    void drawRaster(const PreparedLayer &layer);
    void drawPolygons(std::span<const VisibleFeatures::Entry> entries);
    bool canGoFrontToBack(std::span<const VisibleFeatures::Entry> entries);
    void drawPolygon(std::uint32_t feature, const SymbolPaint &paint, const QRectF &box);
    void drawSpeck(std::uint32_t feature, const SymbolPaint &paint, const QRectF &box);
    void splat(const Paint &paint, const QRectF &box, double mass);
    void drawLines(const VisibleFeatures &features);
    void drawMarkers(std::span<const VisibleFeatures::Entry> entries);
    void drawInvalid();
    void blit(const Sprite &sprite, int x, int y);

    /** The feature's vertices as pixels of the tile, ring by ring, in m_points and m_rings. */
    void loadShape(std::uint32_t feature, const QRectF &box);
    bool isHidden(const QRectF &box) const;
    void fill(const FillPaint &paint, const QRect &box, bool inside);
    void stroke(const StrokePaint &paint, bool closed, const QRectF &box, float strength);
    QRect pixelBox(const QRectF &box, double margin) const; ///< whole pixels of the tile that a box touches
    bool stopped() { return (++m_steps % 64) == 0 && m_token.stop_requested(); }

    const PreparedScene &m_scene;
    CancelToken m_token;
    float m_px; ///< pixels per millimetre
    PixelBuffer m_tile, m_own;
    PixelBuffer *m_target = &m_tile;
    OpaqueBlocks m_opaque;
    bool m_frontToBack = false; ///< polygons are being drawn the topmost first, each below what is there
    Coverage m_coverage;
    QRect m_place;
    const PreparedLayer *m_layer = nullptr;
    std::uint32_t m_layerIndex = 0;
    DeviceTransform m_transform;
    /** A polygon in waiting: what its turn needs lies together, for the turns come in no order of memory */
    struct Waiting {
        qint64 id;
        std::uint32_t feature, symbol;
        std::uint32_t firstVertex;
        float left, top, right, bottom;
        QRectF box() const
        {
            return QRectF(QPointF(double(left), double(top)), QPointF(double(right), double(bottom)));
        }
    };
    std::vector<Waiting> m_order;
    std::vector<PixelPoint> m_points;
    std::vector<std::uint32_t> m_rings; ///< ends within m_points
    std::vector<std::vector<std::optional<SymbolPaint>>> m_paints;
    std::map<const Fill *, PatternMask> m_masks; ///< of the tile at hand
    std::map<std::array<int, 6>, Sprite> m_sprites;
    MarkerPainter m_markers;
    std::optional<StrokePaint> m_signal;
    unsigned m_steps = 0;
};

} // namespace hanseatlas
