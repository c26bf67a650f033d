// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/tilepainter.h"

#include "layers/map/render/anchors.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

/** All markers of a symbol in one picture; those that turn with a field each on their own. Places are told to half a
 * pixel. */
const TilePainter::Sprite &TilePainter::spriteOf(std::uint32_t symbol, int marker, QPointF place, double turn)
{
    const int phaseX = int((place.x() - std::floor(place.x())) * 2),
              phaseY = int((place.y() - std::floor(place.y())) * 2);
    const int degrees = int(std::lround(turn / 3)) * 3;
    const std::array<int, 6> key{int(m_layerIndex), int(symbol), marker, phaseX, phaseY, degrees};
    auto &held = m_sprites[key];
    if (!held.image.isNull())
        return held;
    const auto &markers = m_layer->symbols[symbol]->markers;
    double size = 0;
    for (const auto &m : markers)
        size =
            std::max(size, (m.size * (m.shape == Marker::Shape::Pin ? 3 : 1.25) + m.outline.width * 2) * double(m_px));
    const int half = int(std::ceil(size / 2)) + 2;
    held.image = QImage(2 * half, 2 * half, QImage::Format_ARGB32_Premultiplied);
    held.image.fill(Qt::transparent);
    held.left = held.top = -half;
    QPainter painter(&held.image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(half + phaseX / 2.0 + 0.25, half + phaseY / 2.0 + 0.25);
    for (int i = 0; i < int(markers.size()); ++i)
        if (marker < 0 || marker == i)
            m_markers.paint(painter, markers[std::size_t(i)], centre, double(m_px), degrees);
    return held;
}

void TilePainter::drawMarkers(std::span<const VisibleFeatures::Entry> entries)
{
    const auto &set = *m_layer->set;
    for (const auto &[feature, symbol] : entries) {
        const auto &markers = m_layer->symbols[symbol]->markers;
        if (markers.empty())
            continue;
        if (stopped())
            return;
        const bool turns = std::ranges::any_of(markers, [](const Marker &m) { return !m.rotationField.isEmpty(); });
        const double reach = m_layer->reach + 4;
        const QRectF near = QRectF(0, 0, m_place.width(), m_place.height()).adjusted(-reach, -reach, reach, reach);
        auto put = [&](QPointF place, int marker, double turn) {
            if (!near.contains(place))
                return; // of a feature that reaches into the tile
            blit(spriteOf(symbol, marker, place, turn), int(std::floor(place.x())), int(std::floor(place.y())));
        };
        for (const auto &place : markerPlaces(set, feature, m_transform)) {
            if (!turns) {
                put(place, -1, 0);
                continue;
            }
            for (int i = 0; i < int(markers.size()); ++i) {
                const auto &field = markers[std::size_t(i)].rotationField;
                const auto *column = field.isEmpty() ? nullptr : set.column(field);
                put(place, i,
                    column && !column->isNull(feature) ? std::fmod(column->number(feature) + m_scene.view.rotation, 360)
                                                       : 0);
            }
        }
    }
}

void TilePainter::blit(const Sprite &sprite, int x, int y)
{
    const int left = std::max(0, x + sprite.left), top = std::max(0, y + sprite.top);
    const int right = std::min(m_place.width(), x + sprite.left + sprite.image.width()),
              bottom = std::min(m_place.height(), y + sprite.top + sprite.image.height());
    if (left >= right || top >= bottom)
        return;
    m_target->touch(left, top, right, bottom);
    for (int row = top; row < bottom; ++row) {
        const auto *from =
            reinterpret_cast<const std::uint32_t *>(sprite.image.constScanLine(row - y - sprite.top)) - x - sprite.left;
        auto *to = m_target->row(row);
        for (int column = left; column < right; ++column)
            if (from[column])
                to[column] = over(from[column], to[column]);
    }
}

} // namespace hanseatlas
