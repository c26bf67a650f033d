// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/vectortile.h"

#include <functional>
#include <memory>

namespace hanseatlas
{

/** What an expression of a style is worked out for. */
struct MapContext {
    double zoom = 0;
    const VectorTileLayer *layer = nullptr; ///< of the feature
    const TileFeature *feature = nullptr; ///< null: there is none
};

/** An expression of a MapLibre style, ready to be worked out many times. What cannot be worked out (a text where a
 *  number is needed) is null. A value, and thread-safe. */
class MapExpression
{
public:
    using Evaluate = std::function<MapValue(const MapContext &)>;

    MapExpression() = default; ///< always null
    MapExpression(MapValue constant);
    /** @internal for the parser */
    MapExpression(Evaluate evaluate, bool byZoom, bool byFeature, double cost = 1);

    MapValue operator()(const MapContext &context) const { return m_evaluate ? (*m_evaluate)(context) : m_constant; }
    bool isConstant() const { return !m_evaluate; }
    bool byZoom() const { return m_byZoom; } ///< it differs from zoom to zoom
    bool byFeature() const { return m_byFeature; } ///< it differs from feature to feature
    double cost() const { return m_cost; } ///< steps to work it out, about

private:
    MapValue m_constant;
    std::shared_ptr<const Evaluate> m_evaluate;
    bool m_byZoom = false, m_byFeature = false;
    double m_cost = 1;
};

/** What a property of a style needs, for what its older spellings leave open. */
enum class MapValueKind {
    Number, ///< also lists of numbers: between two stops it is in between
    Color, ///< likewise
    Text, ///< "{name}" is the feature's property
    Words, ///< a list of texts, also written without "literal"
    Choice, ///< a word or a truth: between two stops it is the lower one's
};

/** Reads the value of a property: a constant, an expression, or a function with stops, as older styles have it.
 *  Unsupported names the operator that is not known; Malformed; TooLarge for one that is nested too deeply. */
Result<MapExpression> parseMapExpression(const QJsonValue &json, MapValueKind kind);

/** Reads a filter: an expression, or the older form (["==", "class", "road"]). No filter is always true. */
Result<MapExpression> parseMapFilter(const QJsonValue &json);

} // namespace hanseatlas
