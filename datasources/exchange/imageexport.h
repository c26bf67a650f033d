// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"
#include "layers/model/job.h"

#include <QStringList>

namespace hanseatlas
{

/** A picture of the map. */
struct ImageJob {
    MapScene scene;
    Viewport view; ///< its size is the picture's; pixelsPerMm decides how large symbols are and is the file's dpi
    QString path; ///< ends with one of pictureEndings()
    QString title; ///< written into the file's properties
    bool credits = true; ///< the line of sources at the lower edge
    bool scaleBar = true;
    bool worldFile = true; ///< .pgw/.jgw, .prj and .aux.xml beside the picture, so that a GIS finds its place
};

/** What the names of pictures may end with: "png" and so on. */
QStringList pictureEndings();

/** Written beside and moved into place. The demo mark is always drawn, the warning of personal data too. */
Status writeImage(const ImageJob &job, QThreadPool &pool, CancelToken token, const Progress &progress = {},
                  RenderNotes *notes = nullptr);

} // namespace hanseatlas
