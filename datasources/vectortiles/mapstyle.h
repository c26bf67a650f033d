// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/mapexpression.h"
#include "layers/model/extent.h"

#include <QStringList>
#include <QUrl>

#include <array>
#include <map>

/** Styles as MapLibre (and Mapbox before it) writes them, version 8. Pure. */
namespace hanseatlas
{

enum class MapLayerType { Background, Fill, Line, Symbol, Circle, Raster };

/** What of a layer's look is drawn; named as in the style. */
enum class MapProperty {
    BackgroundColor,
    BackgroundOpacity,
    BackgroundPattern,
    FillColor,
    FillOpacity,
    FillOutlineColor,
    FillPattern,
    FillTranslate,
    LineCap,
    LineJoin,
    LineMiterLimit,
    LineColor,
    LineOpacity,
    LineWidth,
    LineGapWidth,
    LineOffset,
    LineDasharray,
    LinePattern,
    LineTranslate,
    CircleRadius,
    CircleColor,
    CircleOpacity,
    CircleStrokeWidth,
    CircleStrokeColor,
    CircleStrokeOpacity,
    CircleTranslate,
    SymbolPlacement,
    SymbolSpacing,
    SymbolSortKey,
    TextField,
    TextFont,
    TextSize,
    TextMaxWidth,
    TextLineHeight,
    TextLetterSpacing,
    TextJustify,
    TextAnchor,
    TextVariableAnchor,
    TextRadialOffset,
    TextMaxAngle,
    TextRotate,
    TextPadding,
    TextKeepUpright,
    TextTransform,
    TextOffset,
    TextAllowOverlap,
    TextIgnorePlacement,
    TextOptional,
    TextRotationAlignment,
    TextColor,
    TextOpacity,
    TextHaloColor,
    TextHaloWidth,
    TextTranslate,
    IconImage,
    IconSize,
    IconRotate,
    IconAnchor,
    IconOffset,
    IconPadding,
    IconAllowOverlap,
    IconIgnorePlacement,
    IconOptional,
    IconTextFit,
    IconTextFitPadding,
    IconRotationAlignment,
    IconOpacity,
    IconColor,
    IconHaloColor,
    RasterOpacity,
    Count ///< no property
};

struct MapStyleLayer {
    QString id;
    MapLayerType type = MapLayerType::Fill;
    QString source, sourceLayer;
    double minZoom = 0, maxZoom = 25; ///< drawn from the first to before the second
    MapExpression filter{MapValue(true)};
    std::array<MapExpression, std::size_t(MapProperty::Count)> properties; ///< null where the default counts

    const MapExpression &operator[](MapProperty property) const { return properties[std::size_t(property)]; }
    bool isSet(MapProperty property) const;
    bool isByFeature(MapProperty property) const { return (*this)[property].byFeature(); }
    // Worked out; the default where nothing fitting comes of it
    double number(MapProperty property, const MapContext &context) const;
    QColor color(MapProperty property, const MapContext &context) const;
    QString text(MapProperty property, const MapContext &context) const;
    bool truth(MapProperty property, const MapContext &context) const;
    std::vector<double> numbers(MapProperty property, const MapContext &context) const;
    QStringList texts(MapProperty property, const MapContext &context) const;
};

struct MapStyleSource {
    enum class Kind { Vector, Raster };
    Kind kind = Kind::Vector;
    QUrl url; ///< of its description (TileJSON), or a file of tiles; empty: `tiles` says it
    QStringList tiles; ///< templates with {z}, {x}, {y}
    int minZoom = 0, maxZoom = 22;
    int tileSize = 512; ///< pixels a tile is drawn at on its zoom
    Extent bounds; ///< degrees; empty = the world
    QString attribution; ///< without markup
};

struct MapStyle {
    QString name;
    std::map<QString, MapStyleSource> sources; ///< those that layers are drawn from
    std::vector<MapStyleLayer> layers; ///< the first lies lowest; what is never visible is left out
    QUrl sprite; ///< of the icons, without ".json"; empty = none
    QStringList notes; ///< what of the style is not drawn, and why; for people

    QSet<QString> layersOf(const QString &source) const; ///< names of the tiles' layers that are drawn
};

/** `base`: the address of the style, to which others in it are relative. Malformed, TooLarge; Unsupported for styles of
 *  other versions. A layer that cannot be drawn is left out and noted. */
Result<MapStyle> parseMapStyle(QByteArrayView json, const QUrl &base);

/** What a TileJSON document says of a source. */
Result<MapStyleSource> parseTileJson(QByteArrayView json, const QUrl &base);

} // namespace hanseatlas
