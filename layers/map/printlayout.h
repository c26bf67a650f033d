// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/legend.h"
#include "layers/map/renderer.h"

#include <QDate>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QRectF>
#include <QUuid>

#include <map>

namespace hanseatlas
{

/** A printed map: a sheet, to scale, with all that a planner's map must carry. A value; measures in millimetres. */
struct PrintLayout {
    QPageSize::PageSizeId paper = QPageSize::A4;
    QPageLayout::Orientation orientation = QPageLayout::Landscape;
    double scale = 5000; ///< denominator, exact
    PointXY centre; ///< of the map frame, in crs
    Crs crs = Crs::working();
    double rotation = 0;
    QString title;
    QString subtitle; ///< e.g. author or file number
    int dpi = 300; ///< of rasters
    bool legend = true;
    bool grid = true; ///< coordinates at the frame
    QDate date;

    bool operator==(const PrintLayout &) const = default;
};

/** Where things lie on the sheet, in millimetres from the top left. Nothing overlaps; what is not there is empty. */
struct PrintGeometry {
    QSizeF sheet;
    QRectF map;
    QRectF title, legend, footer;
    Viewport viewport; ///< of the map frame, device pixels at `dpi` of the layout
    int legendLeftOut = 0; ///< entries of the legend that the sheet has no room for; it says so
};

/** Legends that servers have drawn, of the layers of a scene; fetched before the sheet is arranged, since it makes room
 *  for them. */
struct LegendPictures {
    std::map<QUuid, QImage> byLayer; ///< as RasterSource::legend(); one that failed is not in here
    bool awaited = false; ///< more is on its way: the sheet keeps a place for what is missing
};

/** Asks for the legends that servers draw, as fine as they make them for `dpi`. Takes as long as the servers do, unless
 *  they are kept already. One that fails is told in `problems` and costs only its picture. */
Result<LegendPictures> fetchLegends(const std::vector<Layer> &layers, int dpi, const CancelToken &token,
                                    QStringList *problems = nullptr);

QSizeF sheetSize(const PrintLayout &layout);
PrintGeometry arrange(const PrintLayout &layout, const MapScene &scene, const LegendPictures &legends = {});

/** The layout moved to the box (in its CRS), at the largest round scale at which the map frame holds all of it. */
PrintLayout fitted(PrintLayout layout, const MapScene &scene, const Extent &box, const LegendPictures &legends = {});

/** Round denominators that maps are printed at: the next one at or above. */
double roundScale(double denominator);

/** Draws the sheet; preview and PDF use the same code. The painter's unit is millimetres. `preview` draws no finer than
 *  the painter's device needs; otherwise rasters and details are for `dpi`. */
Status paintSheet(QPainter &painter, const PrintLayout &layout, const MapScene &scene, bool preview, CancelToken token,
                  RenderNotes *notes = nullptr, const LegendPictures &legends = {});

} // namespace hanseatlas
