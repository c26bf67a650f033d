// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/packedread.h"

#include "datasources/files/arrowcolumn.h"
#include "datasources/files/crsguess.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/outliers.h"
#include "datasources/files/shapedecoder.h"

#include <cpl_string.h>
#include <ogr_api.h>
#include <ogr_recordbatch.h>

#include <algorithm>
#include <string_view>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Filters of a layer, taken back in the end. */
class LayerView
{
public:
    LayerView(OGRLayerH layer, const QStringList &fields, const std::optional<Extent> &box)
        : m_layer(layer)
    {
        OGR_L_ResetReading(layer);
        if (box)
            OGR_L_SetSpatialFilterRect(layer, box->xMin, box->yMin, box->xMax, box->yMax);
        if (!OGR_L_TestCapability(layer, OLCIgnoreFields))
            return;
        char **ignored = nullptr;
        auto definition = OGR_L_GetLayerDefn(layer);
        for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
            const auto *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
            if (!fields.contains(QString::fromUtf8(name)))
                ignored = CSLAddString(ignored, name);
        }
        OGR_L_SetIgnoredFields(layer, const_cast<const char **>(ignored));
        CSLDestroy(ignored);
    }
    ~LayerView()
    {
        OGR_L_SetSpatialFilter(m_layer, nullptr);
        if (OGR_L_TestCapability(m_layer, OLCIgnoreFields))
            OGR_L_SetIgnoredFields(m_layer, nullptr);
        OGR_L_ResetReading(m_layer);
    }
    LayerView(const LayerView &) = delete;
    LayerView &operator=(const LayerView &) = delete;

private:
    OGRLayerH m_layer;
};

/** The layer as a stream of batches, with the places of what we need. */
class ArrowReader
{
public:
    bool open(OGRLayerH layer)
    {
        char **options = CSLSetNameValue(nullptr, "INCLUDE_FID", "YES");
        options = CSLSetNameValue(options, "MAX_FEATURES_IN_BATCH", "16384");
        m_open = OGR_L_GetArrowStream(layer, &m_stream, options);
        CSLDestroy(options);
        if (!m_open || m_stream.get_schema(&m_stream, &m_schema) != 0)
            return false;
        m_haveSchema = true;
        const int geometries = OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(layer));
        geometry = int(m_schema.n_children) - geometries;
        return geometries > 0 && geometry > 0;
    }
    ~ArrowReader()
    {
        if (m_haveSchema)
            m_schema.release(&m_schema);
        if (m_open)
            m_stream.release(&m_stream);
    }

    const ArrowSchema &child(int i) const { return *m_schema.children[i]; }
    /** Null at the end and after a failure. */
    std::shared_ptr<ArrowArray> next()
    {
        std::shared_ptr<ArrowArray> array(new ArrowArray{}, [](ArrowArray *a) {
            if (a->release)
                a->release(a);
            delete a;
        });
        failed = m_stream.get_next(&m_stream, array.get()) != 0;
        return failed || !array->release ? nullptr : array;
    }

    int geometry = 0; ///< index of the child; the number of the feature is child 0
    bool failed = false;

private:
    ArrowArrayStream m_stream{};
    ArrowSchema m_schema{};
    bool m_open = false;
    bool m_haveSchema = false;
};

/** Puts batches into the builder. */
class Packer
{
public:
    Packer(FeatureSetBuilder &builder, const ArrowReader &reader, const QList<Field> &fields, qint64 limit,
           qint64 expected)
        : m_builder(builder)
        , m_limit(limit)
        , m_expected(expected)
    {
        for (const auto &field : fields) {
            int child = 1;
            while (child < reader.geometry && field.name != QString::fromUtf8(reader.child(child).name))
                ++child;
            if (child < reader.geometry)
                m_columns.emplace_back(child, ArrowColumn(reader.child(child)));
            else
                m_columns.emplace_back(0, std::nullopt);
        }
    }

    bool isFull() const { return m_limit >= 0 && m_features >= m_limit; }
    qint64 rows() const { return m_rows; }
    const Outliers &outliers() const { return m_outliers; }

    void add(const ShapeBatch &batch)
    {
        if (m_rows == 0)
            reserve(batch);
        m_rows += batch.rows->length;
        const auto &ids = *batch.rows->children[0];
        std::int64_t last = -1;
        for (const auto &shape : batch.shapes.shapes) {
            if (shape.row != last && isFull())
                return;
            const auto id = static_cast<const std::int64_t *>(ids.buffers[1])[ids.offset + shape.row];
            m_builder.beginFeature(id, shape.kind);
            Extent box;
            for (auto r = shape.firstRing; r < shape.endRing; ++r) {
                const auto ring = batch.shapes.ring(r);
                m_builder.addRing(ring, batch.shapes.rings[r].hole);
                if (m_outliers.takesMore())
                    std::ranges::for_each(ring, [&](PointXY p) { box.add(p); });
            }
            m_outliers.add(box);
            if (!m_builder.endFeature())
                continue;
            for (std::size_t c = 0; c < m_columns.size(); ++c) {
                auto &[child, values] = m_columns[c];
                if (values)
                    values->append(*batch.rows->children[child], shape.row, m_builder.column(int(c)));
                else
                    m_builder.column(int(c)).appendNull();
            }
            m_features += shape.row != last;
            last = shape.row;
        }
    }

private:
    /** The first batch tells how many vertices there will be, roughly. */
    void reserve(const ShapeBatch &batch)
    {
        const auto expected = m_limit >= 0 ? std::min(m_limit, m_expected) : m_expected;
        if (expected <= batch.rows->length || expected > 50'000'000)
            return;
        const double each = double(batch.shapes.points.size()) / double(batch.rows->length);
        m_builder.reserve(std::size_t(expected), std::size_t(std::min(each * double(expected) * 1.02, 4e8)));
    }

    FeatureSetBuilder &m_builder;
    std::vector<std::pair<int, std::optional<ArrowColumn>>> m_columns; ///< child of the batch, and how to read it
    Outliers m_outliers;
    qint64 m_limit, m_expected;
    qint64 m_features = 0, m_rows = 0;
};

QList<Field> chosenFields(const QList<Field> &fields, const QStringList &names)
{
    QList<Field> result;
    for (const auto &field : fields) {
        if (names.contains(field.name))
            result.append(field);
    }
    return result;
}

} // namespace

Result<std::optional<Extent>> rawQueryBox(const VectorLayer &facts, const FeatureQuery &query)
{
    if (!query.extent)
        return std::nullopt;
    const auto transform = Transform::create(facts.description.crs, query.crs);
    if (!transform)
        return std::unexpected(transform.error());
    const auto box = transform->inverse(*query.extent);
    return facts.swapped && !box.isEmpty() ? swapped(box) : box;
}

Result<FeatureSetPtr> readPacked(void *handle, const VectorLayer &facts, const FeatureQuery &query,
                                 const DatasetSpec &spec, CancelToken token, const Progress &progress)
{
    GdalErrors errors;
    auto layer = static_cast<OGRLayerH>(handle);
    const auto &description = facts.description;
    const auto target = query.crs.isValid() ? query.crs : description.crs;
    const auto transform = Transform::create(description.crs, target); // fails here rather than on a decoder's thread
    if (!transform)
        return std::unexpected(transform.error());
    const auto fields = chosenFields(description.fields, query.fields);
    FeatureSetBuilder builder(target, transform->forward(description.extent), fields);
    const auto box = rawQueryBox(facts, query);
    if (!box)
        return std::unexpected(box.error());
    if (description.kind != LayerKind::Vector || (*box && (*box)->isEmpty()))
        return builder.finish(description.notes);

    const LayerView view(layer, query.fields, *box);
    ArrowReader reader;
    if (!reader.open(layer))
        return std::unexpected(unreadableContent(spec, errors.text()));
    const bool large = std::string_view(reader.child(reader.geometry).format) == "Z";
    const auto expected = query.extent ? -1 : description.featureCount;
    Packer packer(builder, reader, fields, query.limit, expected);
    ShapeDecoder decoder({description.crs, target, facts.swapped, query.extent}, reader.geometry, large);
    ReadTally tally;
    constexpr std::size_t ahead = 4; // batches under way: enough for all threads, and little memory
    for (bool more = true; (more || decoder.waiting() > 0) && !packer.isFull();) {
        if (token.stop_requested())
            return cancelled();
        if (more && decoder.waiting() < ahead) {
            auto rows = reader.next();
            more = rows != nullptr;
            if (more)
                decoder.put(std::move(rows));
            continue;
        }
        const auto batch = decoder.take();
        packer.add(batch);
        tally += batch.tally;
        report(progress, expected > 0 ? std::min(1.0, double(packer.rows()) / double(expected)) : -1);
    }
    // some drivers just end early, without a word
    const bool stopped = !packer.isFull() && (reader.failed || errors.failed() || packer.rows() < expected);
    if (stopped && packer.rows() == 0)
        return std::unexpected(unreadableContent(spec, errors.text()));
    if (stopped)
        tally.missing = expected >= 0 ? std::max<qint64>(0, expected - packer.rows()) : -1;
    auto notes = description.notes + tally.notes();
    if (const auto note = packer.outliers().note(); !note.isEmpty())
        notes.append(note);
    return builder.finish(notes);
}

} // namespace hanseatlas
