// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/vectorpicture.h"

#include <QPainterPath>

#include <optional>

namespace hanseatlas
{

/** A text or icon that found its place, in pixels of the frame it was placed in. */
struct PlacedSymbol {
    std::size_t layer = 0; ///< of the style
    QString name; ///< the text, without its set form; for tests

    QPainterPath text;
    QColor color, halo;
    double haloWidth = 0; ///< pixels

    QString icon;
    QRectF iconBox; ///< round its middle
    QPointF iconPlace;
    double iconAngle = 0; ///< degrees clockwise
    double iconOpacity = 1;
    QColor iconColor;
    QRectF bounds; ///< of everything
};

/** Chooses the symbols of the whole frame: layers that lie higher and lower sort keys first; what would lie on
 *  another is left out. The same tiles give the same symbols, whatever piece of the frame is drawn afterwards.
 *  `tiles` are placed in the frame; those of one source do not overlap. Needs a QGuiApplication. */
std::vector<PlacedSymbol> placeSymbols(const MapFrame &frame, const MapStyle &style, const MapSprite &sprite,
                                       const PlacedTiles &tiles, const CancelToken &token);

/** Those of one layer. `offset` leads from the frame they were placed in to the picture. */
void paintSymbols(QPainter &painter, std::span<const PlacedSymbol> symbols, std::size_t layer, const MapSprite &sprite,
                  QPointF offset);

} // namespace hanseatlas
