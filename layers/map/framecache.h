// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

class QPainter;

namespace hanseatlas
{

/** A finished picture of the map and what it shows: what the canvas keeps, shows transformed while the next one is
 * drawn, and re-uses pixels of. A cheap value (its images are shared).
 */
struct Frame {
    Viewport viewport;
    /** Counts up whenever the scene changes in any way; pixels are re-used only within one revision. */
    quint64 revision = 0;
    QColor background;
    QImage geometry; ///< all but the labels, with the background
    QImage labels; ///< premultiplied overlay of the same size; null when there are none
    RenderNotes notes;

    bool isNull() const { return geometry.isNull(); }
    QImage flattened() const; ///< geometry and labels in one
};

/** Draws `frame` as a preview of `view`: moved, scaled and turned, what it has not got in its background colour. The
 * painter's coordinates are the view's device pixels. A pure pan costs a blit (≈ 1 ms at 1080p), a zoom ≤ 3 ms. */
void paintPreview(QPainter &painter, const Frame &frame, const Viewport &view);

/** `view`, its centre moved by less than half a pixel so that the pixels of `last` fit it; unchanged where scale,
 * rotation, size of pixels or CRS differ. Use it for panning: frames of aligned views share pixels. */
Viewport alignedTo(const Viewport &view, const Viewport &last);

/** What renderFrame() wants to know. */
struct FrameRequest {
    MapScene scene;
    quint64 revision = 0;
    Viewport viewport;
    Frame last; ///< may be null; used if revision, scale and rotation agree and the views are aligned
};

/** Draws a frame on all of the pool's threads; may run on one of them. On an aligned pan only the new strips are drawn,
 * and the labels over the whole view anew. `partial` is called now and then from some thread with what is there. */
Result<Frame> renderFrame(const FrameRequest &request, QThreadPool &pool, CancelToken token,
                          const std::function<void(const Frame &)> &partial = {});

} // namespace hanseatlas
