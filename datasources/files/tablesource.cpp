// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/tablesource.h"

#include "datasources/files/crsguess.h"
#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"
#include "datasources/files/outliers.h"
#include "datasources/files/readtally.h"
#include "datasources/files/shapedecoder.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <ogr_api.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

WkbOutcome fromWkt(std::string text, std::uint32_t row, ShapeBuffer &buffer)
{
    if (const auto semicolon = text.starts_with("SRID=") ? text.find(';') : std::string::npos;
        semicolon != std::string::npos)
        text.erase(0, semicolon + 1);
    if (text.empty())
        return WkbOutcome::Empty;
    OGRGeometryH geometry = nullptr;
    char *cursor = text.data();
    if (OGR_G_CreateFromWkt(&cursor, nullptr, &geometry) != OGRERR_NONE || !geometry) {
        OGR_G_DestroyGeometry(geometry);
        return WkbOutcome::Broken;
    }
    std::vector<std::byte> wkb(OGR_G_WkbSizeEx(geometry));
    OGR_G_ExportToIsoWkb(geometry, wkbNDR, reinterpret_cast<unsigned char *>(wkb.data()));
    OGR_G_DestroyGeometry(geometry);
    return decodeWkb(wkb, row, buffer);
}

/** The raw geometry of a row. */
WkbOutcome rowGeometry(const TableColumns &columns, const std::vector<std::string> &cells, ShapeBuffer &buffer)
{
    if (columns.place() == TableColumns::Place::WellKnownText)
        return fromWkt(cells[std::size_t(columns.wktColumn())], 0, buffer);
    if (columns.place() == TableColumns::Place::None)
        return WkbOutcome::Empty;
    const auto x = columns.number(cells[std::size_t(columns.xColumn())], columns.xColumn()),
               y = columns.number(cells[std::size_t(columns.yColumn())], columns.yColumn());
    if (!x || !y)
        return WkbOutcome::Empty;
    const bool degrees = columns.place() == TableColumns::Place::Degrees;
    if (std::abs(*x) > (degrees ? 360 : 1e9) || std::abs(*y) > (degrees ? 90 : 1e9))
        return WkbOutcome::NotFinite;
    const auto ring = std::uint32_t(buffer.rings.size());
    buffer.points.push_back({*x, *y});
    buffer.rings.push_back({std::uint32_t(buffer.points.size()), false});
    buffer.shapes.push_back({0, GeometryKind::Point, ring, ring + 1});
    return WkbOutcome::Decoded;
}

Crs crsOfWkt(const std::string &cell)
{
    return cell.starts_with("SRID=") ? Crs::fromEpsg(std::atoi(cell.c_str() + 5)) : Crs();
}

} // namespace

/** Goes through the rows and makes features of them. */
struct TableSource::Cursor {
    const State &state;
    Transform transform;
    CoordinateRule rule;
    std::unique_ptr<TableRows> rows;
    qint64 row = 0;
    std::vector<std::string> cells;
    ShapeBuffer buffer;
    ReadTally tally;

    static Result<Cursor> make(const DatasetSpec &spec, const State &state, const Crs &crs,
                               const std::optional<Extent> &extent)
    {
        auto transform = Transform::create(state.description.crs, crs);
        if (!transform)
            return std::unexpected(transform.error());
        auto rows = tableRows(spec.path, spec.name, state.form);
        if (!rows)
            return std::unexpected(rows.error());
        return Cursor{state, std::move(*transform), {.swapped = state.swapped, .extent = extent}, std::move(*rows)};
    }

    bool next()
    {
        ++row;
        return rows->next(cells);
    }

    /** Makes the shapes of the row; false where it has none that is wanted. */
    bool decode()
    {
        buffer.clear();
        tally.count(rowGeometry(state.columns, cells, buffer));
        applyRule(buffer, rule, transform, tally);
        return !buffer.shapes.empty();
    }

    Feature feature() const
    {
        Feature result{.id = row};
        for (std::size_t i = 0; i < cells.size(); ++i)
            result.values.append(state.columns.value(cells[i], int(i)));
        if (!buffer.shapes.empty())
            result.geometry = toGeometry(buffer, buffer.shapes.front());
        return result;
    }
};

TableSource::TableSource(DatasetSpec spec, QJsonObject options)
    : m_spec(std::move(spec))
    , m_options(std::move(options))
{
}

Result<std::shared_ptr<const TableSource>> TableSource::open(DatasetSpec spec, QJsonObject options, CancelToken token)
{
    std::shared_ptr<TableSource> source(new TableSource(std::move(spec), std::move(options)));
    auto state = source->load(token);
    if (!state)
        return std::unexpected(state.error());
    source->m_state = *state;
    return source;
}

Result<TableSource::StatePtr> TableSource::load(CancelToken token) const
{
    const GdalErrors errors;
    const auto stamp = FileStamp::of(m_spec.file);
    if (!stamp.exists())
        return failure(ErrorKind::NotFound, FileTexts::tr("“%1” does not exist any more.").arg(m_spec.file),
                       FileTexts::tr("Check whether it was moved, renamed or is on a drive that is not connected."));
    auto form = tableForm(m_spec.path, m_spec.name, m_spec.kind, m_options[u"encoding"_s].toString());
    if (!form)
        return std::unexpected(form.error());
    auto state = std::make_shared<State>(State{.stamp = stamp, .form = *form, .columns = TableColumns(*form)});
    constexpr qint64 lookedAt = 20000; // rows from which the types are told
    std::vector<std::string> cells;
    auto rows = tableRows(m_spec.path, m_spec.name, *form);
    if (!rows)
        return std::unexpected(rows.error());
    for (qint64 n = 0; n < lookedAt && (*rows)->next(cells); ++n)
        state->columns.look(cells);
    state->columns.decide();

    auto walked = walk(*state, token);
    if (walked && *walked > 0 && state->columns.place() == TableColumns::Place::Degrees) {
        state->columns.takeForPlane();
        walked = walk(*state, token);
    }
    if (!walked)
        return std::unexpected(walked.error());
    return state;
}

/** Counts the rows and finds out where they lie. Returns by how many the places that cannot be degrees outnumber those
 *  that can, 0 if they do not. */
Result<qint64> TableSource::walk(State &state, CancelToken token) const
{
    auto rows = tableRows(m_spec.path, m_spec.name, state.form);
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<std::string> cells;
    Extent raw;
    Outliers outliers;
    Crs declared;
    ShapeBuffer buffer;
    ReadTally tally;
    bool kinds[4] = {};
    qint64 count = 0, placed = 0;
    for (; (*rows)->next(cells); ++count) {
        if (count % 1024 == 0 && token.stop_requested())
            return cancelled();
        buffer.clear();
        tally.count(rowGeometry(state.columns, cells, buffer));
        if (state.columns.wktColumn() >= 0 && !declared.isValid())
            declared = crsOfWkt(cells[std::size_t(state.columns.wktColumn())]);
        Extent box;
        for (const auto &shape : buffer.shapes) {
            kinds[int(shape.kind)] = true;
            for (const auto &p : buffer.pointsOf(shape))
                box.add(p);
        }
        if (!box.isEmpty()) {
            ++placed;
            raw.add(box);
            outliers.add(box);
        }
    }
    auto &d = state.description;
    d = {};
    d.featureCount = count;
    for (const auto kind : {GeometryKind::Point, GeometryKind::Line, GeometryKind::Polygon}) {
        if (kinds[int(kind)])
            d.geometryKinds.push_back(kind);
    }
    describe(state, raw, declared);
    if (const auto note = outliers.note(); !note.isEmpty())
        d.notes.append(note);
    if (d.kind == LayerKind::Vector)
        d.notes += tally.notes();
    return std::max<qint64>(0, tally.notFinite - placed);
}

void TableSource::describe(State &state, const Extent &raw, const Crs &declared) const
{
    auto &d = state.description;
    const auto &columns = state.columns;
    d.name = QFileInfo(m_spec.name).completeBaseName();
    d.fields = columns.fields();
    d.encoding = state.form.wide ? u"UTF-16"_s : state.form.encoding;
    d.notes = m_spec.notes;
    d.provenance.dataTime = QFileInfo(m_spec.file).lastModified();
    d.kind = columns.place() == TableColumns::Place::None ? LayerKind::Table : LayerKind::Vector;
    if (!state.form.comment.isEmpty())
        d.metadata[u"comment"_s] = state.form.comment.join(u'\n');
    if (columns.minus999() > 0)
        d.notes.append(QCoreApplication::translate("TableSource", "%n value(s) of −999 or −9999 were taken as missing.",
                                                   nullptr, int(columns.minus999())));
    if (d.kind == LayerKind::Table)
        return;
    CrsEvidence evidence{.declared = declared, .extent = raw};
    if (columns.place() == TableColumns::Place::WellKnownText) {
        d.notes.append(FileTexts::tr("The shapes come from the column “%1”.").arg(d.fields[columns.wktColumn()].name));
    } else {
        d.geometryType = u"Point"_s;
        d.geometryKinds = {GeometryKind::Point};
        d.notes.append(FileTexts::tr("The places come from the columns “%1” and “%2”.")
                           .arg(d.fields[columns.xColumn()].name, d.fields[columns.yColumn()].name));
    }
    if (columns.place() == TableColumns::Place::Degrees)
        evidence.declared = Crs::fromEpsg(4326);
    const auto decision = decideCrs(evidence, m_options);
    d.crs = decision.crs;
    d.crsGuessed = decision.guessed;
    d.notes += decision.notes;
    state.swapped = decision.swapped;
    d.extent = decision.swapped && !raw.isEmpty() ? swapped(raw) : raw;
}

Result<TableSource::StatePtr> TableSource::current(CancelToken token) const
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

LayerDescription TableSource::description() const
{
    const std::lock_guard lock(m_mutex);
    return m_state->description;
}

Result<FeatureSetPtr> TableSource::read(const FeatureQuery &query, CancelToken token, const Progress &progress) const
{
    const auto state = current(token);
    if (!state)
        return std::unexpected(state.error());
    const auto &d = (*state)->description;
    const auto target = query.crs.isValid() ? query.crs : d.crs;
    auto cursor = Cursor::make(m_spec, **state, target, query.extent);
    if (!cursor)
        return std::unexpected(cursor.error());
    QList<Field> fields;
    std::vector<std::size_t> chosen;
    for (qsizetype i = 0; i < d.fields.size(); ++i) {
        if (query.fields.contains(d.fields[i].name)) {
            fields.append(d.fields[i]);
            chosen.push_back(std::size_t(i));
        }
    }
    const GdalErrors errors;
    FeatureSetBuilder builder(target, cursor->transform.forward(d.extent), fields);
    const bool places = d.kind == LayerKind::Vector;
    for (qint64 kept = 0; places && (query.limit < 0 || kept < query.limit) && cursor->next();) {
        if (cursor->row % 1024 == 0) {
            report(progress, cursor->rows->fraction());
            if (token.stop_requested())
                return cancelled();
        }
        if (!cursor->decode())
            continue;
        ++kept;
        for (const auto &shape : cursor->buffer.shapes) {
            builder.beginFeature(cursor->row, shape.kind);
            for (auto r = shape.firstRing; r < shape.endRing; ++r)
                builder.addRing(cursor->buffer.ring(r), cursor->buffer.rings[r].hole);
            if (!builder.endFeature())
                continue;
            for (std::size_t c = 0; c < chosen.size(); ++c)
                builder.column(int(c)).append((*state)->columns.value(cursor->cells[chosen[c]], int(chosen[c])));
        }
    }
    const std::lock_guard lock(m_mutex);
    m_readStamp = (*state)->stamp;
    auto notes = d.notes;
    for (const auto &note : cursor->tally.notes()) {
        if (!notes.contains(note))
            notes.append(note);
    }
    return builder.finish(notes);
}

Result<std::vector<Feature>> TableSource::features(std::span<const qint64> ids, const Crs &crs, CancelToken token) const
{
    const auto state = current(token);
    if (!state)
        return std::unexpected(state.error());
    {
        const std::lock_guard lock(m_mutex);
        if (m_readStamp.exists() && m_readStamp != (*state)->stamp)
            return failure(ErrorKind::NotFound,
                           FileTexts::tr("“%1” was changed by another program since it was loaded.").arg(m_spec.name),
                           FileTexts::tr("Load the layer again."));
    }
    auto cursor = Cursor::make(m_spec, **state, crs, std::nullopt);
    if (!cursor)
        return std::unexpected(cursor.error());
    const GdalErrors errors;
    const QSet<qint64> wanted(ids.begin(), ids.end());
    QHash<qint64, Feature> found;
    while (found.size() < wanted.size() && cursor->next()) {
        if (cursor->row % 1024 == 0 && token.stop_requested())
            return cancelled();
        if (!wanted.contains(cursor->row))
            continue;
        cursor->decode();
        found.insert(cursor->row, cursor->feature());
    }
    std::vector<Feature> result;
    for (const auto id : ids) {
        if (const auto feature = found.constFind(id); feature != found.constEnd())
            result.push_back(*feature);
    }
    return result;
}

Status TableSource::stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                           const Progress &progress) const
{
    const auto state = current(token);
    if (!state)
        return std::unexpected(state.error());
    auto cursor = Cursor::make(m_spec, **state, query.crs, query.extent);
    if (!cursor)
        return std::unexpected(cursor.error());
    const GdalErrors errors;
    for (qint64 given = 0; (query.limit < 0 || given < query.limit) && cursor->next();) {
        if (cursor->row % 1024 == 0) {
            report(progress, cursor->rows->fraction());
            if (token.stop_requested())
                return cancelled();
        }
        if (!cursor->decode() && query.extent)
            continue;
        ++given;
        auto feature = cursor->feature();
        if (!visit(feature))
            break;
    }
    return {};
}

} // namespace hanseatlas
