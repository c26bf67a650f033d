// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/gdalfeaturesource.h"

#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/gdalvalues.h"
#include "datasources/files/packedread.h"
#include "datasources/files/shapedecoder.h"

#include <QHash>
#include <QSet>

#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using FeatureHandle = std::unique_ptr<void, decltype([](void *f) { OGR_F_Destroy(f); })>;

/** Features of a layer one by one, as ours. */
class FeatureMaker
{
public:
    FeatureMaker(const VectorLayer &facts, Transform transform)
        : m_facts(facts)
        , m_transform(std::move(transform))
    {
    }

    Feature make(OGRFeatureH handle)
    {
        Feature feature{.id = qint64(OGR_F_GetFID(handle))};
        const auto &fields = m_facts.description.fields;
        feature.values.reserve(fields.size());
        for (qsizetype i = 0; i < fields.size(); ++i)
            feature.values.append(valueOf(handle, int(i), fields[i].type));
        m_buffer.clear();
        tally.count(geometryOf(handle, 0, m_buffer));
        applyRule(m_buffer, {.swapped = m_facts.swapped}, m_transform, tally);
        if (!m_buffer.shapes.empty()) // of a mixed collection, the areas; else the lines
            feature.geometry = toGeometry(m_buffer, m_buffer.shapes.front());
        return feature;
    }

    ReadTally tally;

private:
    const VectorLayer &m_facts;
    Transform m_transform;
    ShapeBuffer m_buffer;
};

/** Quick for some of many where the format has an index, else in one pass over all. */
Result<QHash<qint64, Feature>> pick(OGRLayerH layer, std::span<const qint64> ids, FeatureMaker &maker,
                                    const CancelToken &token)
{
    QHash<qint64, Feature> found;
    if (OGR_L_TestCapability(layer, OLCRandomRead)) {
        for (const auto id : ids) {
            if (token.stop_requested())
                return cancelled();
            if (const FeatureHandle feature(OGR_L_GetFeature(layer, id)); feature)
                found.insert(id, maker.make(feature.get()));
        }
        return found;
    }
    const QSet<qint64> wanted(ids.begin(), ids.end());
    OGR_L_ResetReading(layer);
    for (qint64 n = 0; found.size() < wanted.size(); ++n) {
        if (n % 256 == 0 && token.stop_requested())
            return cancelled();
        const FeatureHandle feature(OGR_L_GetNextFeature(layer));
        if (!feature)
            break;
        if (wanted.contains(qint64(OGR_F_GetFID(feature.get()))))
            found.insert(qint64(OGR_F_GetFID(feature.get())), maker.make(feature.get()));
    }
    OGR_L_ResetReading(layer);
    return found;
}

} // namespace

GdalFeatureSource::GdalFeatureSource(DatasetSpec spec, QString layer, QJsonObject options)
    : m_spec(std::move(spec))
    , m_layer(std::move(layer))
    , m_options(std::move(options))
{
}

Result<std::shared_ptr<const GdalFeatureSource>> GdalFeatureSource::open(DatasetSpec spec, QString layer,
                                                                         QJsonObject options, CancelToken token)
{
    std::shared_ptr<GdalFeatureSource> source(
        new GdalFeatureSource(std::move(spec), std::move(layer), std::move(options)));
    auto state = source->load(token);
    if (!state)
        return std::unexpected(state.error());
    source->m_state = *state;
    return source;
}

Result<GdalFeatureSource::StatePtr> GdalFeatureSource::load(CancelToken token) const
{
    auto state = std::make_shared<State>();
    state->stamp = FileStamp::of(m_spec.file);
    if (!state->stamp.exists())
        return failure(ErrorKind::NotFound, FileTexts::tr("“%1” does not exist any more.").arg(m_spec.file),
                       FileTexts::tr("Check whether it was moved, renamed or is on a drive that is not connected."));
    auto spec = m_spec;
    if (spec.stage) { // links to the old file, with the index of the old file
        auto fresh = datasetSpec(spec.kind, spec.file, spec.file, spec.name, m_options);
        if (!fresh)
            return std::unexpected(fresh.error());
        spec = *fresh;
    }
    const auto encoding = settleEncoding(spec, m_options);
    state->pool = std::make_unique<DatasetPool>(spec, GDAL_OF_VECTOR);
    const auto lease = state->pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    auto *layer = findLayer(lease->dataset(), m_layer);
    if (!layer)
        return failure(ErrorKind::NotFound,
                       m_layer.isEmpty() ? FileTexts::tr("“%1” contains no layer.").arg(spec.name)
                                         : FileTexts::tr("“%1” contains no layer “%2”.").arg(spec.name, m_layer));
    state->facts = describeVectorLayer(layer, spec, m_options, token);
    state->facts.description.encoding = encoding;
    if (token.stop_requested())
        return cancelled();
    return state;
}

Result<GdalFeatureSource::StatePtr> GdalFeatureSource::current(CancelToken token) const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state && m_state->stamp == FileStamp::of(m_spec.file))
            return m_state;
    }
    auto state = load(token);
    if (!state)
        return state;
    const std::lock_guard lock(m_mutex);
    m_state = *state;
    return m_state;
}

LayerDescription GdalFeatureSource::description() const
{
    const std::lock_guard lock(m_mutex);
    return m_state->facts.description;
}

std::unexpected<Error> GdalFeatureSource::changed() const
{
    return failure(ErrorKind::NotFound,
                   FileTexts::tr("“%1” was changed by another program since it was loaded.").arg(m_spec.name),
                   FileTexts::tr("Load the layer again."));
}

Result<FeatureSetPtr> GdalFeatureSource::readOnce(const State &state, const FeatureQuery &query, CancelToken token,
                                                  const Progress &progress) const
{
    auto lease = state.pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    auto *layer = findLayer(lease->dataset(), m_layer);
    if (!layer)
        return changed();
    auto set = readPacked(layer, state.facts, query, state.pool->spec(), token, progress);
    if (!set)
        lease->discard();
    return set;
}

Result<FeatureSetPtr> GdalFeatureSource::read(const FeatureQuery &query, CancelToken token,
                                              const Progress &progress) const
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto state = current(token);
        if (!state)
            return std::unexpected(state.error());
        auto set = readOnce(**state, query, token, progress);
        if (!set && set.error().kind == ErrorKind::Cancelled)
            return set;
        if (FileStamp::of(m_spec.file) != (*state)->stamp)
            continue; // what was read may be half old, half new
        if (set) {
            const std::lock_guard lock(m_mutex);
            m_readStamp = (*state)->stamp;
        }
        return set;
    }
    return failure(ErrorKind::NotReadable, FileTexts::tr("“%1” is being written by another program.").arg(m_spec.name),
                   FileTexts::tr("Try again when that program is done."));
}

Result<std::vector<Feature>> GdalFeatureSource::features(std::span<const qint64> ids, const Crs &crs,
                                                         CancelToken token) const
{
    const auto state = current(token);
    if (!state)
        return std::unexpected(state.error());
    {
        const std::lock_guard lock(m_mutex);
        if (m_readStamp.exists() && m_readStamp != (*state)->stamp)
            return changed();
    }
    const auto &facts = (*state)->facts;
    auto transform = Transform::create(facts.description.crs, crs);
    if (!transform)
        return std::unexpected(transform.error());
    const GdalErrors errors;
    auto lease = (*state)->pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    auto *layer = findLayer(lease->dataset(), m_layer);
    if (!layer)
        return changed();
    FeatureMaker maker(facts, std::move(*transform));
    auto found = pick(layer, ids, maker, token);
    if (!found)
        return std::unexpected(found.error());
    std::vector<Feature> result;
    result.reserve(std::size_t(found->size()));
    for (const auto id : ids) {
        if (auto feature = found->find(id); feature != found->end())
            result.push_back(*feature); // an id may be asked for twice
    }
    return result;
}

Status GdalFeatureSource::stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit,
                                 CancelToken token, const Progress &progress) const
{
    const auto state = current(token);
    if (!state)
        return std::unexpected(state.error());
    const auto &facts = (*state)->facts;
    auto transform = Transform::create(facts.description.crs, query.crs);
    const auto box = rawQueryBox(facts, query);
    if (!transform || !box)
        return std::unexpected(transform ? box.error() : transform.error());
    GdalErrors errors;
    auto lease = (*state)->pool->lease();
    if (!lease)
        return std::unexpected(lease.error());
    auto *layer = findLayer(lease->dataset(), m_layer);
    if (!layer)
        return changed();
    if (*box && (*box)->isEmpty())
        return {};
    OGR_L_ResetReading(layer);
    if (*box)
        OGR_L_SetSpatialFilterRect(layer, (*box)->xMin, (*box)->yMin, (*box)->xMax, (*box)->yMax);
    FeatureMaker maker(facts, std::move(*transform));
    const auto expected = query.extent ? -1 : facts.description.featureCount;
    Status status;
    for (qint64 n = 0, given = 0; query.limit < 0 || given < query.limit; ++n) {
        if (n % 256 == 0) {
            report(progress, expected > 0 ? std::min(1.0, double(n) / double(expected)) : -1);
            if (token.stop_requested()) {
                status = cancelled();
                break;
            }
        }
        const FeatureHandle handle(OGR_L_GetNextFeature(layer));
        if (!handle) {
            if (errors.failed())
                status = std::unexpected(unreadableContent((*state)->pool->spec(), errors.text()));
            break;
        }
        auto feature = maker.make(handle.get());
        if (query.extent && !feature.geometry.extent().intersects(*query.extent))
            continue;
        ++given;
        if (!visit(feature))
            break;
    }
    OGR_L_SetSpatialFilter(layer, nullptr);
    OGR_L_ResetReading(layer);
    return status;
}

std::optional<GdalOrigin> GdalFeatureSource::gdalOrigin() const
{
    const std::lock_guard lock(m_mutex);
    if (m_state->facts.swapped)
        return std::nullopt;
    const auto &spec = m_state->pool->spec();
    return GdalOrigin{.path = spec.path,
                      .openOptions = spec.openOptions,
                      .drivers = spec.kind.drivers,
                      .layer = m_state->facts.description.name,
                      .crs = m_state->facts.description.crs};
}

} // namespace hanseatlas
