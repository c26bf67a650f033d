// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/featureset.h"
#include "layers/model/result.h"

#include <QColor>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QVariant>

#include <optional>
#include <vector>

/** How a layer looks: plain values that theme files and workspaces hold as JSON. Sizes are millimetres on paper; on
 *  the screen a millimetre is 96/25.4 logical pixels. The JSON form is described in docs/styles.md. */
namespace hanseatlas
{

/** A condition on a feature's values: a comparison, or several joined. Empty = always true. */
struct Filter {
    enum class Kind { Always, Compare, All, Any, Not };
    enum class Op { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In, Contains, StartsWith, IsNull };
    Kind kind = Kind::Always;
    QString field;
    Op op = Op::Equal;
    QVariantList values; ///< one, or several for In
    std::vector<Filter> parts;

    /** Null matches IsNull and nothing else. A field that the set has not got counts as null. */
    bool matches(const FeatureSet &set, std::size_t feature) const;
    QStringList fields() const;
    bool operator==(const Filter &) const = default;
    QJsonObject toJson() const;
    static Result<Filter> fromJson(const QJsonObject &json);
};

struct Stroke {
    QColor color = QColor(70, 70, 70);
    double width = 0.26; ///< mm; 0 = no line
    QList<double> dash; ///< mm on, off, on, off …; empty = solid
    Qt::PenCapStyle cap = Qt::FlatCap;
    Qt::PenJoinStyle join = Qt::RoundJoin;
    double offset = 0; ///< mm to the left of the line's direction; polygons: to the inside
    bool operator==(const Stroke &) const = default;
};

struct Fill {
    enum class Pattern { Solid, Horizontal, Vertical, Forward, Backward, Cross, DiagonalCross, Dots };
    QColor color = QColor(180, 180, 180);
    Pattern pattern = Pattern::Solid;
    double spacing = 2.0; ///< mm between the pattern's lines or dots
    double width = 0.3; ///< mm of the pattern's lines or dots
    QColor background; ///< below the pattern; invalid = see-through
    bool operator==(const Fill &) const = default;
};

struct Marker {
    enum class Shape { Circle, Square, Diamond, Triangle, Star, Cross, X, Pin, Arrow, Svg };
    Shape shape = Shape::Circle;
    QString svg; ///< Svg: name of a symbol in resources/symbols, e.g. "fountain"; or an absolute path
    double size = 2.5; ///< mm
    QColor fill = QColor(0, 95, 150);
    Stroke outline{.color = Qt::white, .width = 0.25};
    double rotation = 0; ///< degrees clockwise
    QString rotationField; ///< a number column, degrees clockwise from north, added to rotation
    bool operator==(const Marker &) const = default;
};

/** What is drawn for one feature: fills, then strokes in order (casing first), then the marker (points; polygons and
 *  lines: at the label point). Parts that do not fit the geometry are ignored. */
struct Symbol {
    std::vector<Fill> fills;
    std::vector<Stroke> strokes;
    std::vector<Marker> markers;
    bool operator==(const Symbol &) const = default;
    QJsonObject toJson() const;
    static Result<Symbol> fromJson(const QJsonObject &json);
};

/** A class of features with a symbol of its own, and its line in the legend. */
struct StyleClass {
    QString title;
    QVariant value; ///< Categorised: equal to this (numbers by value); invalid QVariant = null
    std::optional<double> lower; ///< Graduated: lower <= x
    std::optional<double> upper; ///< Graduated: x < upper
    Filter filter; ///< RuleBased
    double minScale = 0; ///< RuleBased: largest denominator at which it shows, 0 = no limit
    double maxScale = 0; ///< RuleBased: smallest denominator, 0 = no limit
    bool visible = true; ///< switched in the legend
    Symbol symbol;
    bool operator==(const StyleClass &) const = default;
};

struct LabelStyle {
    QString field; ///< "" = no labels
    QString family; ///< "" = the program's
    double size = 2.6; ///< mm, height of the font's em
    bool bold = false;
    bool italic = false;
    QColor color = QColor(40, 40, 40);
    QColor halo = QColor(255, 255, 255, 220);
    double haloWidth = 0.4; ///< mm; 0 = none
    double minScale = 0; ///< largest denominator at which labels show, 0 = no limit
    double maxScale = 0; ///< smallest denominator, 0 = no limit
    bool alongLine = false; ///< lines: along the line, else beside its middle
    double offset = 0; ///< mm above a point
    int priority = 0; ///< higher wins where labels collide
    bool operator==(const LabelStyle &) const = default;
};

/** How numbers of a raster become colours. */
struct RasterStyle {
    enum class Kind { Ramp, Classes, Hillshade };
    struct Stop {
        double value = 0; ///< Ramp: the colour's place; Classes: lower limit (value <= x < next value)
        QColor color;
        QString title; ///< legend; empty: the value
        bool operator==(const Stop &) const = default;
    };
    Kind kind = Kind::Ramp;
    std::vector<Stop> stops; ///< ascending; empty: the default ramp over the raster's range
    QString ramp; ///< name of a ramp (colorramp.h) for empty stops
    QString unit;
    double azimuth = 315, altitude = 45,
           exaggeration = 1; ///< Hillshade, degrees; stops are multiplied in if there are any
    bool smooth = true;
    bool operator==(const RasterStyle &) const = default;
};

struct Style {
    enum class Kind { Single, Categorised, Graduated, RuleBased };
    Kind kind = Kind::Single;
    QString field; ///< Categorised, Graduated
    /** Single: exactly one. First match wins. Later classes are drawn above earlier ones, `otherwise` below all; but
     * polygons that are not RuleBased lie in the order of their ids. */
    std::vector<StyleClass> classes;
    std::optional<Symbol> otherwise; ///< for features that no class takes; none = not drawn
    QString otherwiseTitle;
    LabelStyle label;
    RasterStyle raster;

    /** The columns that drawing needs. */
    QStringList fields() const;
    bool operator==(const Style &) const = default;
    QJsonObject toJson() const;
    /** Unknown keys are ignored, wrong types are errors that name the key. */
    static Result<Style> fromJson(const QJsonObject &json);

    /** A calm default for a layer that comes without a style; `seed` varies the hue from layer to layer. */
    static Style plain(GeometryKind kind, int seed);
};

/** For each feature the class that draws it (index into style.classes; size() = otherwise; -1 = not drawn). */
std::vector<std::int16_t> classify(const Style &style, const FeatureSet &set);

} // namespace hanseatlas
