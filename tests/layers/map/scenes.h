// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/renderer.h"

#include <QColor>

#include <functional>

/** Small scenes for the tests of drawing. The map is 1 unit a pixel; (0, 0) is the view's lower left corner. */
namespace hanseatlas::test
{

struct Shape {
    GeometryKind kind = GeometryKind::Polygon;
    std::vector<std::vector<PointXY>> rings; ///< polygons: the first is the outer one, the others are holes
    QVariantList values = {};
};

Shape rectangle(double x, double y, double w, double h, const QVariantList &values = {});
Shape line(std::vector<PointXY> points, const QVariantList &values = {});
Shape point(double x, double y, const QVariantList &values = {});

FeatureSetPtr setOf(const std::vector<Shape> &shapes, const QList<Field> &fields = {}, const Crs &crs = Crs::working());
Layer layerOf(FeatureSetPtr set, const Style &style);
Style single(const Symbol &symbol);
MapScene sceneOf(std::vector<Layer> layers);
Viewport view(int width, int height);

/** Draws; fails the test by an empty image. */
QImage drawn(const MapScene &scene, const Viewport &viewport);
/** The same by QPainter. */
QImage drawnAsVectors(const MapScene &scene, const Viewport &viewport);

/** A raster made of a function of the place. */
Layer valueRaster(const std::function<float(PointXY)> &value, const RasterStyle &style, double minimum, double maximum);

} // namespace hanseatlas::test
