// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/tiles.h"

#include "layers/map/render/parallel.h"
#include "layers/map/render/vectorpainter.h"

#include <QElapsedTimer>

#include <algorithm>
#include <mutex>

namespace hanseatlas
{

namespace
{

constexpr int tileWidth = 320, tileHeight = 216;
constexpr qint64 partialEvery = 80; // ms

/** Tiles of all regions, those nearest to the middle of the view first: that is where people look. */
std::vector<QRect> tilesOf(const std::vector<QRect> &regions, QPointF middle)
{
    std::vector<QRect> tiles;
    for (const auto &region : regions) {
        const int columns = std::max(1, (region.width() + tileWidth - 1) / tileWidth),
                  rows = std::max(1, (region.height() + tileHeight - 1) / tileHeight);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                const int left = region.width() * column / columns, right = region.width() * (column + 1) / columns;
                const int top = region.height() * row / rows, bottom = region.height() * (row + 1) / rows;
                if (right > left && bottom > top)
                    tiles.emplace_back(region.left() + left, region.top() + top, right - left, bottom - top);
            }
        }
    }
    auto distance = [&](const QRect &r) {
        const auto d = QRectF(r).center() - middle;
        return QPointF::dotProduct(d, d);
    };
    std::ranges::stable_sort(tiles, {}, distance);
    return tiles;
}

void drawTile(const PreparedScene &scene, QImage &tile, const QRect &place, const CancelToken &token)
{
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    VectorPainter vectors(painter, pieceOf(scene.view, place), token);
    for (const auto &layer : scene.layers) {
        if (layer.raster.isNull()) {
            vectors.paint(layer);
        } else {
            painter.setOpacity(layer.layer->opacity);
            painter.drawImage(QPoint(0, 0), layer.raster, place.translated(-scene.region.topLeft()));
            painter.setOpacity(1);
        }
    }
}

} // namespace

Viewport pieceOf(const Viewport &view, const QRect &piece)
{
    auto result = view;
    result.size = piece.size();
    result.centre = view.toMap(QRectF(piece).center());
    return result;
}

Status drawTiles(const PreparedScene &scene, const QColor &background, QImage &image, QPoint origin,
                 const std::vector<QRect> &regions, QThreadPool &pool, CancelToken token,
                 const std::function<void(const QImage &)> &partial)
{
    const auto tiles = tilesOf(regions, QPointF(scene.view.size.width() / 2, scene.view.size.height() / 2));
    std::mutex mutex; // of image and timer
    QElapsedTimer sincePartial;
    sincePartial.start();
    parallelFor(pool, int(tiles.size()), [&](int i) {
        if (token.stop_requested())
            return;
        const auto &place = tiles[std::size_t(i)];
        QImage tile(place.size(), QImage::Format_ARGB32_Premultiplied);
        tile.fill(background);
        drawTile(scene, tile, place, token);
        QImage soFar;
        {
            const std::lock_guard lock(mutex);
            for (int y = 0; y < tile.height(); ++y)
                std::copy_n(reinterpret_cast<const QRgb *>(tile.constScanLine(y)), tile.width(),
                            reinterpret_cast<QRgb *>(image.scanLine(place.y() - origin.y() + y)) + place.x()
                                - origin.x());
            if (!partial || sincePartial.elapsed() < partialEvery || token.stop_requested())
                return;
            sincePartial.restart();
            soFar = image.copy();
        }
        partial(soFar);
    });
    return token.stop_requested() ? Status(cancelled()) : Status();
}

} // namespace hanseatlas
