// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"
#include "layers/model/feature.h"
#include "layers/model/geometry.h"

#include "layers/model/job.h"

#include <QHash>
#include <QStringList>
#include <QVariant>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace hanseatlas
{

/** A vertex of the packed snapshot: x = x0 + qx · step. */
struct QuantisedPoint {
    std::int32_t x = 0;
    std::int32_t y = 0;
    bool operator==(const QuantisedPoint &) const = default;
};

struct QuantisedBox {
    std::int32_t xMin = 0, yMin = 0, xMax = 0, yMax = 0;
    bool intersects(const QuantisedBox &o) const
    {
        return xMin <= o.xMax && o.xMin <= xMax && yMin <= o.yMax && o.yMin <= yMax;
    }
};

/** How CRS units become integers: the extent spans 2^28 steps (0.1 mm for a city), so seven of its like fit on each
 * side. */
struct Quantisation {
    double x0 = 0;
    double y0 = 0;
    double step = 1;
    static Quantisation forExtent(const Extent &extent);
    PointXY toXY(QuantisedPoint p) const { return {x0 + p.x * step, y0 + p.y * step}; }
    QuantisedPoint fromXY(PointXY p) const; ///< rounded and clamped
    QuantisedBox fromExtent(const Extent &box) const; ///< rounded outwards and clamped
};

/** A column of values that styles and labels use. Texts are a dictionary, so classes cost two bytes a feature. */
class Column
{
public:
    Field field;
    bool isNull(std::size_t i) const;
    double number(std::size_t i) const; ///< NaN for null and for text that is no number
    QVariant value(std::size_t i) const; ///< invalid for null
    void append(const QVariant &value);
    void appendNull();
    void appendNumber(double value); ///< for Integer, Real and Boolean fields
    void appendText(const QString &text); ///< for all others
    void reserve(std::size_t n);
    std::size_t size() const;
    Column permuted(std::span<const std::uint32_t> order) const;
    /** Text columns: each feature's index into texts(), or -1 for null. Number columns: empty. */
    std::span<const std::int32_t> textIndices() const { return m_index; }
    const QStringList &texts() const { return m_texts; }
    /** Number columns: the values, NaN for null. Text columns: empty. */
    std::span<const double> numbers() const { return m_numbers; }

private:
    bool isNumeric() const
    {
        return field.type == FieldType::Integer || field.type == FieldType::Real || field.type == FieldType::Boolean;
    }
    std::vector<double> m_numbers;
    std::vector<std::int32_t> m_index;
    QStringList m_texts;
    QHash<QString, std::int32_t> m_lookup;
};

/** A finished, immutable read of a vector layer, packed for drawing: contiguous integer coordinates, features sorted
 *  along a Hilbert curve, a packed R-tree over them, and what level of detail needs. Safe to read from all threads.
 */
class FeatureSet
{
public:
    Crs crs; ///< of x0, y0 and step
    Quantisation quantisation;
    Extent extent;
    QStringList notes; ///< what was left out or repaired, for people
    std::vector<Column> columns;

    // Per feature, in Hilbert order
    std::vector<qint64> ids;
    std::vector<GeometryKind> kinds;
    std::vector<std::uint32_t> firstRing; ///< size()+1 entries
    std::vector<QuantisedBox> boxes;
    std::vector<float> areas; ///< polygons: square steps; lines: length in steps; points: 0

    // Per ring (points: one ring per point set); polygon rings without the closing point
    std::vector<std::uint32_t> firstVertex; ///< ringCount()+1 entries
    std::vector<QuantisedPoint> vertices;

    std::size_t size() const { return ids.size(); }
    std::size_t ringCount() const { return firstVertex.empty() ? 0 : firstVertex.size() - 1; }
    const Column *column(const QString &name) const;
    /** The geometry in CRS units, rings closed; polygon parts are told by ring orientation. For hits and highlights. */
    Geometry geometry(std::size_t feature) const;
    /** Calls visit(feature) for each feature whose box touches the query, in Hilbert order; false ends it. */
    void query(const QuantisedBox &box, const std::function<bool(std::size_t)> &visit) const;
    /** The same as runs [from, to) of neighbouring features: the renderer's way in. Runs may hold a few features that
     *  do not touch the box. */
    std::vector<std::pair<std::uint32_t, std::uint32_t>> runs(const QuantisedBox &box) const;
    std::size_t bytes() const; ///< memory held

private:
    friend class FeatureSetBuilder;
    static constexpr std::uint32_t nodeSize = 16;
    std::vector<std::vector<QuantisedBox>> m_levels; ///< m_levels[0]: a box for each 16 features, and so on up
};

using FeatureSetPtr = std::shared_ptr<const FeatureSet>;

/** The features whose polygons GEOS calls invalid, in ascending order: they are drawn and marked, never dropped.
 *  About 1 µs a vertex, so this runs after the first picture. */
Result<std::vector<std::uint32_t>> invalidFeatures(const FeatureSet &set, CancelToken token);

/** Takes features one by one and packs them. Thread-confined. */
class FeatureSetBuilder
{
public:
    /** `extent` should hold all features, roughly: it fixes the quantisation. Where vertices turn out to lie far
     * outside, the steps grow. An empty extent: the first vertices decide. */
    FeatureSetBuilder(Crs crs, const Extent &extent, QList<Field> fields);
    void reserve(std::size_t features, std::size_t vertices);

    // Streaming form, for readers that decode WKB themselves: begin, then rings, then end.
    void beginFeature(qint64 id, GeometryKind kind);
    /** Polygons: the closing point may be there or not; an outer ring comes before its holes, and its orientation is
     * put right here (outer rings counter-clockwise, holes clockwise), so that parts can be told later. */
    void addRing(std::span<const PointXY> points, bool hole = false);
    /** Ends the feature; empty geometries take no place in the set. Returns false then, and no values must be added. */
    bool endFeature();
    Column &column(int i) { return m_set->columns[std::size_t(i)]; } ///< append exactly one value per kept feature

    void add(const Feature &feature); ///< values in the order of `fields`
    std::size_t size() const;
    FeatureSetPtr finish(QStringList notes = {}); ///< sorts, indexes; the builder is used up

private:
    void grow(PointXY towards);
    QuantisedPoint quantised(PointXY p);
    void sortAlongHilbertCurve();
    void buildTree();
    void measure();

    std::shared_ptr<FeatureSet> m_set;
    bool m_haveExtent = false;
    std::size_t m_openRing = 0; ///< ring count when the open feature began
    std::size_t m_openVertex = 0;
    GeometryKind m_openKind = GeometryKind::None;
    qint64 m_openId = 0;
};

} // namespace hanseatlas
