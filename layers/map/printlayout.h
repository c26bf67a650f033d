// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/legend.h"
#include "layers/map/renderer.h"

#include <QDate>
#include <QMarginsF>
#include <QPageLayout>
#include <QPageSize>
#include <QRectF>

namespace hanseatlas
{

/** A printed map: a sheet, to scale, with all that a planner's map must carry. A value; measures in millimetres. */
struct PrintLayout
{
    QPageSize::PageSizeId paper = QPageSize::A4;
    QPageLayout::Orientation orientation = QPageLayout::Landscape;
    double scale = 5000;          ///< denominator, exact
    PointXY centre;               ///< of the map frame, in crs
    Crs crs = Crs::working();
    double rotation = 0;
    QString title;
    QString subtitle;             ///< e.g. author or file number
    int dpi = 300;                ///< of rasters
    bool legend = true;
    bool grid = true;             ///< coordinates at the frame
    QDate date;
};

/** Where things lie on the sheet, in millimetres from the top left. Pure. */
struct PrintGeometry
{
    QSizeF sheet;
    QRectF map;
    QRectF title, legend, footer;
    Viewport viewport; ///< of the map frame, device pixels at `dpi` of the layout
};
PrintGeometry arrange(const PrintLayout &layout, const MapScene &scene);

/** Draws the sheet; preview and PDF use the same code. The painter's unit is millimetres. */
Status paintSheet(QPainter &painter, const PrintLayout &layout, const MapScene &scene, bool preview, CancelToken token);

} // namespace hanseatlas
