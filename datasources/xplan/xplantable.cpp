// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplantable.h"

#include <QCoreApplication>

#include <cmath>
#include <map>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Transforms from the few CRS that occur in a file; making one costs milliseconds. For one thread. */
class Transforms
{
public:
    explicit Transforms(Crs to)
        : m_to(std::move(to))
    {
    }

    /** In place; how many vertices have no place in the other CRS. */
    Result<int> apply(const Crs &from, std::vector<PointXY> &points)
    {
        if (!m_to.isValid() || !from.isValid() || from == m_to)
            return 0;
        auto it = m_made.find(from.definition());
        if (it == m_made.end()) {
            auto made = Transform::create(from, m_to);
            if (!made)
                return std::unexpected(made.error());
            it = m_made.emplace(from.definition(), std::move(*made)).first;
        }
        return it->second.forward(points);
    }

private:
    Crs m_to;
    std::map<QString, Transform> m_made;
};

class TableSource final : public FeatureSource
{
public:
    TableSource(XplanContentPtr content, const XplanTable *table)
        : m_content(std::move(content))
        , m_table(table)
    {
    }

    LayerDescription description() const override { return m_table->description; }
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token, const Progress &progress) const override;
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &crs,
                                          CancelToken token) const override;
    Status stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                  const Progress &progress) const override;

private:
    /** Each wanted row with its geometry turned; `picks`: indices of the values to bring, none = all. */
    Status visit(const FeatureQuery &query, const std::optional<QList<int>> &picks, QStringList &notes,
                 const std::function<bool(Feature &)> &take, const CancelToken &token, const Progress &progress) const;

    XplanContentPtr m_content;
    const XplanTable *m_table;
};

Status TableSource::visit(const FeatureQuery &query, const std::optional<QList<int>> &picks, QStringList &notes,
                          const std::function<bool(Feature &)> &take, const CancelToken &token,
                          const Progress &progress) const
{
    Transforms transforms(query.crs.isValid() ? query.crs : m_table->description.crs);
    qint64 taken = 0;
    int lost = 0;
    std::size_t done = 0;
    for (const auto &row : m_table->rows) {
        if (++done % 256 == 0) {
            if (token.stop_requested())
                return cancelled();
            report(progress, double(done) / double(m_table->rows.size()));
        }
        if (query.limit >= 0 && taken >= query.limit)
            break;
        if (!row.geometry || row.geometry->isEmpty())
            continue;
        Feature feature{.id = row.id, .geometry = *row.geometry};
        const auto failed = transforms.apply(row.crs, feature.geometry.points);
        if (!failed)
            return std::unexpected(failed.error());
        if (*failed > 0) {
            ++lost;
            continue;
        }
        if (query.extent && !query.extent->intersects(feature.geometry.extent()))
            continue;
        if (!picks)
            feature.values = row.values;
        else
            for (const int index : *picks)
                feature.values.append(row.values[index]);
        ++taken;
        if (!take(feature))
            break;
    }
    if (lost > 0)
        notes.append(QCoreApplication::translate(
            "XplanSource",
            "%n object(s) were left out: their coordinates have no place in the map's coordinate system.", nullptr,
            lost));
    return {};
}

Result<FeatureSetPtr> TableSource::read(const FeatureQuery &query, CancelToken token, const Progress &progress) const
{
    const auto &description = m_table->description;
    QList<Field> fields;
    QList<int> picks;
    for (int i = 0; i < description.fields.size(); ++i) {
        if (!query.fields.contains(description.fields[i].name))
            continue;
        fields.append(description.fields[i]);
        picks.append(i);
    }
    const auto crs = query.crs.isValid() ? query.crs : description.crs;
    Extent extent = description.extent;
    if (const auto transform = Transform::create(description.crs, crs); transform && !extent.isEmpty())
        extent = transform->forward(extent);
    FeatureSetBuilder builder(crs, extent, fields);
    QStringList notes;
    const auto status = visit(
        query, picks, notes,
        [&](Feature &feature) {
            builder.add(feature);
            return true;
        },
        token, progress);
    if (!status)
        return std::unexpected(status.error());
    return builder.finish(notes);
}

Result<std::vector<Feature>> TableSource::features(std::span<const qint64> ids, const Crs &crs, CancelToken token) const
{
    std::map<qint64, std::size_t> wanted; // id → place in the answer
    for (std::size_t i = 0; i < ids.size(); ++i)
        wanted.emplace(ids[i], i);
    std::vector<std::optional<Feature>> found(ids.size());
    Transforms transforms(crs.isValid() ? crs : m_table->description.crs);
    for (const auto &row : m_table->rows) {
        const auto it = wanted.find(row.id);
        if (it == wanted.end())
            continue;
        if (token.stop_requested())
            return cancelled();
        Feature feature{.id = row.id, .values = row.values, .geometry = row.geometry ? *row.geometry : Geometry()};
        if (const auto failed = transforms.apply(row.crs, feature.geometry.points); !failed)
            return std::unexpected(failed.error());
        found[it->second] = std::move(feature);
    }
    std::vector<Feature> features;
    for (auto &feature : found)
        if (feature)
            features.push_back(std::move(*feature));
    return features;
}

Status TableSource::stream(const FeatureQuery &query, const std::function<bool(Feature &)> &take, CancelToken token,
                           const Progress &progress) const
{
    QStringList notes;
    return visit(query, std::nullopt, notes, take, token, progress);
}

QString typeName(GeometryKind kind)
{
    switch (kind) {
    case GeometryKind::Point:
        return u"MultiPoint"_s;
    case GeometryKind::Line:
        return u"MultiCurve"_s;
    case GeometryKind::Polygon:
        return u"MultiSurface"_s;
    case GeometryKind::None:
        break;
    }
    return {};
}

} // namespace

void XplanTable::describeRows()
{
    std::map<QString, int> counts;
    const Crs *most = nullptr;
    int best = 0;
    for (const auto &row : rows) {
        if (!row.geometry || row.geometry->isEmpty())
            continue;
        if (const int count = ++counts[row.crs.definition()]; count > best) {
            best = count;
            most = &row.crs;
        }
        if (std::ranges::find(description.geometryKinds, row.geometry->kind) == description.geometryKinds.end())
            description.geometryKinds.push_back(row.geometry->kind);
    }
    description.crs = most ? *most : Crs();
    description.featureCount = qint64(rows.size());
    description.kind = LayerKind::Vector;
    if (!description.geometryKinds.empty())
        description.geometryType = typeName(description.geometryKinds.front());
    Transforms transforms(description.crs);
    for (const auto &row : rows) {
        if (!row.geometry || row.geometry->isEmpty())
            continue;
        const auto box = row.geometry->extent();
        std::vector<PointXY> corners{
            {box.xMin, box.yMin}, {box.xMax, box.yMin}, {box.xMax, box.yMax}, {box.xMin, box.yMax}};
        if (const auto failed = transforms.apply(row.crs, corners); failed && *failed == 0)
            for (const auto corner : corners)
                description.extent.add(corner);
    }
}

const XplanTable *XplanContent::table(const QString &layer) const
{
    if (layer.isEmpty())
        return tables.empty() ? nullptr : &tables.front();
    for (const auto &candidate : tables)
        if (candidate.description.name == layer)
            return &candidate;
    return nullptr;
}

std::size_t XplanContent::bytes() const
{
    std::size_t sum = 4096;
    for (const auto &document : documents)
        for (const auto &object : document.objects)
            sum += 600 + std::size_t(object.properties.size()) * 250 + object.geometry.points.size() * sizeof(PointXY);
    for (const auto &candidate : tables)
        sum += candidate.rows.size() * (120 + std::size_t(candidate.description.fields.size()) * 60);
    return sum;
}

std::shared_ptr<const FeatureSource> tableSource(XplanContentPtr content, const XplanTable *table)
{
    return std::make_shared<const TableSource>(std::move(content), table);
}

} // namespace hanseatlas
