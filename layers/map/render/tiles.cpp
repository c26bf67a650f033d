// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/tiles.h"

#include "layers/map/render/parallel.h"
#include "layers/map/render/tilepainter.h"

#include <QElapsedTimer>

#include <algorithm>
#include <memory>
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

/** A painter for each thread that works, kept from tile to tile with the colours and sprites it has made. */
class Painters
{
public:
    Painters(const PreparedScene &scene, CancelToken token)
        : m_scene(scene)
        , m_token(std::move(token))
    {
    }
    std::unique_ptr<TilePainter> take()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                auto painter = std::move(m_idle.back());
                m_idle.pop_back();
                return painter;
            }
        }
        return std::make_unique<TilePainter>(m_scene, m_token);
    }
    void giveBack(std::unique_ptr<TilePainter> painter)
    {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(painter));
    }

private:
    const PreparedScene &m_scene;
    CancelToken m_token;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<TilePainter>> m_idle;
};

} // namespace

Status drawTiles(const PreparedScene &scene, const QColor &background, QImage &image, QPoint origin,
                 const std::vector<QRect> &regions, QThreadPool &pool, CancelToken token,
                 const std::function<void(const QImage &)> &partial)
{
    const auto tiles = tilesOf(regions, QPointF(scene.view.size.width() / 2, scene.view.size.height() / 2));
    std::mutex mutex; // of image and timer
    auto *bits = reinterpret_cast<QRgb *>(image.bits());
    const auto stride = image.bytesPerLine() / qsizetype(sizeof(QRgb));
    Painters painters(scene, token);
    QElapsedTimer sincePartial;
    sincePartial.start();
    parallelFor(pool, int(tiles.size()), [&](int i) {
        if (token.stop_requested())
            return;
        const auto &place = tiles[std::size_t(i)];
        auto painter = painters.take();
        const auto &tile = painter->draw(place, background);
        QImage soFar;
        {
            const std::lock_guard lock(mutex);
            for (int y = 0; y < tile.height(); ++y)
                std::copy_n(tile.row(y), tile.width(),
                            bits + stride * (place.y() - origin.y() + y) + place.x() - origin.x());
            if (partial && sincePartial.elapsed() >= partialEvery && !token.stop_requested()) {
                sincePartial.restart();
                soFar = image.copy();
            }
        }
        painters.giveBack(std::move(painter));
        if (!soFar.isNull())
            partial(soFar);
    });
    return token.stop_requested() ? Status(cancelled()) : Status();
}

} // namespace hanseatlas
