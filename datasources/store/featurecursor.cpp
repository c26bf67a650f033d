// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/featurecursor_p.h"

#include "datasources/store/featureblob_p.h"
#include "datasources/store/storetexts.h"

#include <QTimeZone>

#include <cmath>
#include <numeric>

namespace hanseatlas
{

namespace
{

constexpr int lookEvery = 1024; // features, between looks at the token

QVariant variantOf(const StoredValue &value, FieldType type)
{
    switch (value.kind) {
    case StoredValue::Kind::Null:
        return {};
    case StoredValue::Kind::Integer:
        return type == FieldType::Boolean ? QVariant(value.integer != 0) : QVariant(value.integer);
    case StoredValue::Kind::Real:
        return value.real;
    case StoredValue::Kind::Bytes:
        return QByteArray(value.bytes.data(), value.bytes.size());
    case StoredValue::Kind::Text:
        break;
    }
    const auto text = QString::fromUtf8(value.bytes);
    if (type == FieldType::Date)
        return QDate::fromString(text, Qt::ISODate);
    if (type == FieldType::DateTime)
        return QDateTime::fromString(text, Qt::ISODateWithMs);
    if (type == FieldType::Time)
        return QTime::fromString(text, Qt::ISODateWithMs);
    return text;
}

void append(const StoredValue &value, Column &column)
{
    switch (value.kind) {
    case StoredValue::Kind::Null:
    case StoredValue::Kind::Bytes: // nothing that a style could use
        column.appendNull();
        break;
    case StoredValue::Kind::Integer:
        if (column.field.type == FieldType::Integer || column.field.type == FieldType::Boolean
            || column.field.type == FieldType::Real)
            column.appendNumber(double(value.integer));
        else
            column.appendText(QString::number(value.integer));
        break;
    case StoredValue::Kind::Real:
        column.append(value.real);
        break;
    case StoredValue::Kind::Text:
        if (column.field.type == FieldType::Integer || column.field.type == FieldType::Boolean
            || column.field.type == FieldType::Real)
            column.append(QString::fromUtf8(value.bytes));
        else if (column.field.type == FieldType::DateTime && value.bytes.contains('.')) // whole seconds will do
            column.append(variantOf(value, FieldType::DateTime));
        else
            column.appendText(QString::fromUtf8(value.bytes));
        break;
    }
}

/** A stored geometry in the coordinates that were asked for. */
class Shaper
{
public:
    Shaper(Transform transform, std::optional<Extent> box)
        : m_transform(std::move(transform))
        , m_box(box)
    {
    }

    enum class Outcome { Shaped, None, Outside, Damaged, Untransformed };
    Outcome shape(QByteArrayView blob)
    {
        geometry.kind = GeometryKind::None;
        geometry.points.clear();
        if (blob.isEmpty())
            return m_box ? Outcome::Outside : Outcome::None;
        if (m_box && !blobExtent(blob).intersects(*m_box))
            return Outcome::Outside;
        if (!readFeatureBlob(blob, geometry))
            return Outcome::Damaged;
        return m_transform.forward(std::span(geometry.points)) == 0 ? Outcome::Shaped : Outcome::Untransformed;
    }
    Geometry geometry;

private:
    const Transform m_transform;
    const std::optional<Extent> m_box;
};

struct Tally {
    int damaged = 0;
    int untransformed = 0;
    QStringList notes() const
    {
        QStringList notes;
        if (damaged > 0)
            notes << StoreTexts::tr("%n object(s) are damaged in the store and were left out.", nullptr, damaged);
        if (untransformed > 0)
            notes << StoreTexts::tr("%n object(s) lie where the coordinate reference system cannot be converted, and "
                                    "were left out.",
                                    nullptr, untransformed);
        return notes;
    }
    void count(Shaper::Outcome outcome)
    {
        damaged += outcome == Shaper::Outcome::Damaged;
        untransformed += outcome == Shaper::Outcome::Untransformed;
    }
};

Result<Shaper> shaperFor(const StoredFeatures &table, const FeatureQuery &query)
{
    auto transform = Transform::create(table.crs, query.crs);
    if (!transform)
        return std::unexpected(transform.error());
    const auto box = boxOf(table, query);
    if (!box)
        return std::unexpected(box.error());
    return Shaper(std::move(*transform), *box);
}

void addRings(FeatureSetBuilder &builder, const Geometry &geometry)
{
    if (geometry.kind == GeometryKind::Point) {
        builder.addRing(geometry.points);
        return;
    }
    std::size_t part = 0;
    for (std::size_t i = 0; i < geometry.ringCount(); ++i) {
        const bool starts = i == 0 || (part < geometry.partStarts.size() && geometry.partStarts[part] == i);
        part += part < geometry.partStarts.size() && geometry.partStarts[part] == i;
        builder.addRing(geometry.ring(i), geometry.kind == GeometryKind::Polygon && !starts);
    }
}

} // namespace

std::vector<int> columnsOf(const StoredFeatures &table, const QStringList &names)
{
    std::vector<int> columns;
    for (int i = 0; i < int(table.fields.size()); ++i)
        if (names.contains(table.fields[i].name))
            columns.push_back(i);
    return columns;
}

std::vector<int> allColumns(const StoredFeatures &table)
{
    std::vector<int> columns(std::size_t(table.fields.size()));
    std::iota(columns.begin(), columns.end(), 0);
    return columns;
}

Result<std::optional<Extent>> boxOf(const StoredFeatures &table, const FeatureQuery &query)
{
    if (!query.extent)
        return std::nullopt;
    const auto transform = Transform::create(table.crs, query.crs);
    if (!transform)
        return std::unexpected(transform.error());
    return transform->inverse(*query.extent);
}

Result<FeatureSetPtr> packFeatures(FeatureCursor &cursor, const StoredFeatures &table, std::span<const int> columns,
                                   const FeatureQuery &query, const CancelToken &token, const Progress &progress)
{
    auto shaper = shaperFor(table, query);
    if (!shaper)
        return std::unexpected(shaper.error());
    const auto transform = Transform::create(table.crs, query.crs);
    QList<Field> fields;
    for (const auto column : columns)
        fields << table.fields[column];
    FeatureSetBuilder builder(query.crs.isValid() ? query.crs : table.crs,
                              transform ? transform->forward(table.extent) : Extent(), fields);
    if (!query.extent && query.limit < 0)
        builder.reserve(std::size_t(table.count), std::size_t(std::max<qint64>(0, table.bytes / 24)));
    Tally tally;
    qint64 taken = 0;
    for (qint64 row = 0; (query.limit < 0 || taken < query.limit) && cursor.next(); ++row) {
        if (row % lookEvery == 0) {
            if (token.stop_requested())
                return cancelled();
            report(progress, table.count > 0 ? double(row) / double(table.count) : -1);
        }
        const auto outcome = shaper->shape(cursor.geometry());
        tally.count(outcome);
        if (outcome != Shaper::Outcome::Shaped)
            continue;
        builder.beginFeature(cursor.id(), shaper->geometry.kind);
        addRings(builder, shaper->geometry);
        if (!builder.endFeature())
            continue;
        for (int i = 0; i < int(columns.size()); ++i)
            append(cursor.value(i), builder.column(i));
        ++taken;
    }
    return builder.finish(table.notes + tally.notes());
}

Status visitFeatures(FeatureCursor &cursor, const StoredFeatures &table, const FeatureQuery &query,
                     const std::function<bool(Feature &)> &visit, const CancelToken &token, const Progress &progress)
{
    auto shaper = shaperFor(table, query);
    if (!shaper)
        return std::unexpected(shaper.error());
    qint64 taken = 0;
    for (qint64 row = 0; (query.limit < 0 || taken < query.limit) && cursor.next(); ++row) {
        if (row % lookEvery == 0) {
            if (token.stop_requested())
                return cancelled();
            report(progress, table.count > 0 ? double(row) / double(table.count) : -1);
        }
        const auto outcome = shaper->shape(cursor.geometry());
        if (outcome != Shaper::Outcome::Shaped && outcome != Shaper::Outcome::None)
            continue;
        Feature feature{.id = cursor.id(), .values = {}, .geometry = shaper->geometry};
        feature.values.reserve(table.fields.size());
        for (int i = 0; i < int(table.fields.size()); ++i)
            feature.values << variantOf(cursor.value(i), table.fields[i].type);
        ++taken;
        if (!visit(feature))
            return {};
    }
    return {};
}

} // namespace hanseatlas
