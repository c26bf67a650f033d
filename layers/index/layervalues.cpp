// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/layervalues.h"

#include "layers/index/indextexts.h"
#include "layers/model/geos_p.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

enum class Operation { Count, Area, Share, Mean };

std::optional<Operation> operationOf(const QString &name)
{
    static const QHash<QString, Operation> known{{u"count"_s, Operation::Count},
                                                 {u"area"_s, Operation::Area},
                                                 {u"share"_s, Operation::Share},
                                                 {u"mean"_s, Operation::Mean}};
    const auto it = known.constFind(name);
    return it == known.cend() ? std::nullopt : std::optional(*it);
}

struct Sum {
    double sum = 0;
    qint64 count = 0;
};

} // namespace

struct LayerTally::Private {
    GeosContext geos;
    std::vector<TallyArea> areas;
    std::vector<GeosGeometry> shapes;
    std::vector<std::unique_ptr<const GEOSPreparedGeometry, std::function<void(const GEOSPreparedGeometry *)>>>
        prepared;
    std::vector<Extent> extents;
    std::vector<double> sizes; ///< m²
    std::vector<Sum> sums;
    Operation operation = Operation::Count;
    qsizetype column = -1;
    qint64 broken = 0;

    void prepare()
    {
        for (const auto &one : areas) {
            auto shape = geos.polygon(one.shape);
            if (shape && !one.shape.isEmpty() && !geos.problemOf(one.shape).isEmpty())
                shape = geos.own(GEOSMakeValid_r(geos, shape.get()));
            prepared.emplace_back(shape ? GEOSPrepare_r(geos, shape.get()) : nullptr,
                                  [handle = GEOSContextHandle_t(geos)](const GEOSPreparedGeometry *p) {
                                      if (p)
                                          GEOSPreparedGeom_destroy_r(handle, p);
                                  });
            double size = 0;
            if (shape)
                GEOSArea_r(geos, shape.get(), &size);
            shapes.push_back(std::move(shape));
            sizes.push_back(size);
            extents.push_back(one.shape.extent());
        }
        sums.resize(areas.size());
    }

    void addPoint(const PointXY &place, double value)
    {
        for (std::size_t i = 0; i < areas.size(); ++i) {
            if (!prepared[i] || !extents[i].contains(place)
                || GEOSPreparedContainsXY_r(geos, prepared[i].get(), place.x, place.y) != 1)
                continue;
            sums[i].sum += value;
            ++sums[i].count;
            return; // a border belongs to the first
        }
    }

    void addShape(const Geometry &geometry)
    {
        auto shape = geos.polygon(geometry);
        if (shape && GEOSisValid_r(geos, shape.get()) != 1)
            shape = geos.own(GEOSMakeValid_r(geos, shape.get()));
        if (!shape) {
            ++broken;
            return;
        }
        const auto box = geometry.extent();
        for (std::size_t i = 0; i < areas.size(); ++i) {
            if (!prepared[i] || !extents[i].intersects(box)
                || GEOSPreparedIntersects_r(geos, prepared[i].get(), shape.get()) != 1)
                continue;
            const auto piece = geos.own(GEOSIntersection_r(geos, shapes[i].get(), shape.get()));
            double size = 0;
            if (!piece || GEOSArea_r(geos, piece.get(), &size) != 1) {
                ++broken;
                continue;
            }
            sums[i].sum += size;
            ++sums[i].count;
        }
    }

    std::optional<double> valueOf(const Sum &sum, double size) const
    {
        switch (operation) {
        case Operation::Count:
            return double(sum.count);
        case Operation::Area:
            return sum.sum;
        case Operation::Share:
            return size > 0 ? std::optional(std::min(100.0, sum.sum / size * 100)) : std::nullopt;
        case Operation::Mean:
            break;
        }
        return sum.count > 0 ? std::optional(sum.sum / double(sum.count)) : std::nullopt;
    }
};

LayerTally::LayerTally(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

LayerTally::LayerTally(LayerTally &&) noexcept = default;
LayerTally::~LayerTally() = default;

Result<LayerTally> LayerTally::create(std::vector<TallyArea> areas, const IndicatorSource &source,
                                      const QList<Field> &fields)
{
    auto p = std::make_unique<Private>();
    const auto operation = operationOf(source.operation);
    if (!operation)
        return failure(ErrorKind::Invalid,
                       IndexTexts::tr("“%1” is none of count, area, share and mean.").arg(source.operation));
    if (areas.empty())
        return failure(ErrorKind::Invalid, IndexTexts::tr("There are no areas to work it out for."));
    p->operation = *operation;
    p->areas = std::move(areas);
    const auto found = std::ranges::find(fields, source.column, &Field::name);
    if (*operation == Operation::Mean && found == fields.end())
        return failure(ErrorKind::Invalid,
                       IndexTexts::tr("The layer “%1” has no column “%2”.").arg(source.what, source.column));
    if (found != fields.end())
        p->column = found - fields.begin();
    p->prepare();
    return LayerTally(std::move(p));
}

void LayerTally::add(const Feature &feature)
{
    const auto &geometry = feature.geometry;
    if (geometry.isEmpty())
        return;
    if (d->operation == Operation::Area || d->operation == Operation::Share) {
        if (geometry.kind == GeometryKind::Polygon)
            d->addShape(geometry);
        return;
    }
    double value = 0;
    if (d->operation == Operation::Mean) {
        bool isNumber = false;
        value = feature.values.value(d->column).toDouble(&isNumber);
        if (!isNumber || !std::isfinite(value) || feature.values.value(d->column).isNull())
            return; // no data is no 0
    }
    d->addPoint(labelPoint(geometry), value);
}

QList<LayerTally::Value> LayerTally::values() const
{
    Sum all;
    double size = 0;
    QList<Value> values{{}};
    for (std::size_t i = 0; i < d->areas.size(); ++i) {
        values.append({d->areas[i].name, d->valueOf(d->sums[i], d->sizes[i])});
        all.sum += d->sums[i].sum;
        all.count += d->sums[i].count;
        size += d->sizes[i];
    }
    values.first().value = d->valueOf(all, size);
    return values;
}

QString LayerTally::note() const
{
    return d->broken == 0 ? QString()
                          : IndexTexts::tr("%n area(s) could not be cut and were left out.", nullptr, int(d->broken));
}

} // namespace hanseatlas
