// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/model/featureset.h"

#include <mutex>

namespace hanseatlas::test
{

/** Features in memory. */
class MemorySource final : public FeatureSource
{
public:
    MemorySource(LayerDescription description, std::vector<Feature> features)
        : m_description(std::move(description))
        , m_features(std::move(features))
    {
    }
    LayerDescription description() const override { return m_description; }
    Result<FeatureSetPtr> read(const FeatureQuery &, CancelToken, const Progress &) const override
    {
        Extent extent;
        for (const auto &f : m_features)
            extent.add(f.geometry.extent());
        FeatureSetBuilder builder(m_description.crs, extent, m_description.fields);
        for (const auto &f : m_features)
            builder.add(f);
        return builder.finish();
    }
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &, CancelToken) const override
    {
        if (broken)
            return failure(ErrorKind::NotReadable, QStringLiteral("The file has gone."));
        std::vector<Feature> found;
        for (const auto &f : m_features) {
            if (std::ranges::find(ids, f.id) != ids.end())
                found.push_back(f);
        }
        return found;
    }
    bool broken = false;

private:
    LayerDescription m_description;
    std::vector<Feature> m_features;
};

/** A square with its lower left corner at (x, y). */
inline Geometry square(double x, double y, double side)
{
    return {.kind = GeometryKind::Polygon,
            .points = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}},
            .ringEnds = {5},
            .partStarts = {}};
}

inline Geometry point(double x, double y)
{
    return {.kind = GeometryKind::Point, .points = {{x, y}}, .ringEnds = {}, .partStarts = {}};
}

/** A ready layer in EPSG:25832 with these features. */
inline LayerNode layerOf(const QString &title, const QList<Field> &fields, std::vector<Feature> features,
                         std::shared_ptr<MemorySource> *source = nullptr)
{
    LayerDescription description{.name = title, .crs = Crs::working(), .fields = fields};
    for (const auto &f : features)
        description.extent.add(f.geometry.extent());
    const auto kind = features.front().geometry.kind;
    auto memory = std::make_shared<MemorySource>(description, std::move(features));
    if (source)
        *source = memory;
    Layer layer{.id = QUuid::createUuid(), .title = title};
    layer.style = Style::plain(kind, 0);
    auto data = std::make_shared<LayerData>();
    data->description = description;
    data->source = std::shared_ptr<const FeatureSource>(memory);
    data->features = *memory->read({}, {}, {});
    data->classes = classify(layer.style, *data->features);
    layer.data = data;
    layer.state = LayerState::Ready;
    return LayerNode{.id = layer.id, .layer = std::move(layer)};
}

/** Puts the nodes into the tree with their data. */
inline void fill(LayerTree &tree, std::vector<LayerNode> nodes)
{
    std::vector<std::pair<QUuid, LayerDataPtr>> data;
    for (const auto &node : nodes)
        data.emplace_back(node.id, node.layer->data);
    const auto done = tree.apply({TreeChange::Replace{std::move(nodes)}, {}});
    Q_ASSERT(done);
    for (auto &[id, d] : data)
        tree.setData(id, d);
}

} // namespace hanseatlas::test
