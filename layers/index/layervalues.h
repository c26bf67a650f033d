// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indicator.h"
#include "layers/model/feature.h"

#include <memory>

namespace hanseatlas
{

/** An area that values are worked out for, e.g. a Stadtteil. */
struct TallyArea {
    QString name;
    Geometry shape; ///< a polygon, in metres
};

/** Works out an indicator from the features of a layer, by area: "count" of features, "area" in m² that they cover
 * there, "share" of the area in percent that they cover, or "mean" of a column of numbers. Points, lines and means
 * count where a feature's label point lies; areas are cut at the borders of the areas and must not overlap each other,
 * or they count twice. Thread-confined. */
class LayerTally
{
public:
    /** Invalid where the operation is unknown, a mean has no column of that name, or there are no areas. */
    static Result<LayerTally> create(std::vector<TallyArea> areas, const IndicatorSource &source,
                                     const QList<Field> &fields);
    LayerTally(LayerTally &&) noexcept;
    ~LayerTally();

    void add(const Feature &feature); ///< its geometry in the areas' coordinates
    struct Value {
        QString area; ///< "" = all of them together
        std::optional<double> value; ///< nothing: no feature tells
        bool operator==(const Value &) const = default;
    };
    /** The whole first, then the areas in their order. */
    QList<Value> values() const;
    /** Features whose geometry was too broken to be cut, for people; "" = none. */
    QString note() const;

private:
    struct Private;
    explicit LayerTally(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
