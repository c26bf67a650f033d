// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/featureset.h"

#include "layers/model/geos_p.h"

#include <QDateTime>

#include <cmath>

namespace hanseatlas
{

Quantisation Quantisation::forExtent(const Extent &extent)
{
    if (extent.isEmpty())
        return {};
    const auto centre = extent.centre();
    const double span = std::max({extent.width(), extent.height(), 10.0});
    return {.x0 = centre.x, .y0 = centre.y, .step = span / double(1 << 28)};
}

namespace
{

std::int32_t clamped(double value)
{
    constexpr double limit = 2147483000.0;
    return std::int32_t(std::clamp(value, -limit, limit));
}

} // namespace

QuantisedPoint Quantisation::fromXY(PointXY p) const
{
    return {clamped(std::round((p.x - x0) / step)), clamped(std::round((p.y - y0) / step))};
}

QuantisedBox Quantisation::fromExtent(const Extent &box) const
{
    return {clamped(std::floor((box.xMin - x0) / step)), clamped(std::floor((box.yMin - y0) / step)),
            clamped(std::ceil((box.xMax - x0) / step)), clamped(std::ceil((box.yMax - y0) / step))};
}

bool Column::isNull(std::size_t i) const
{
    return isNumeric() ? std::isnan(m_numbers[i]) : m_index[i] < 0;
}

double Column::number(std::size_t i) const
{
    if (isNumeric())
        return m_numbers[i];
    if (m_index[i] < 0)
        return std::nan("");
    bool ok = false;
    const double value = m_texts[m_index[i]].toDouble(&ok);
    return ok ? value : std::nan("");
}

QVariant Column::value(std::size_t i) const
{
    if (isNull(i))
        return {};
    switch (field.type) {
    case FieldType::Integer:
        return qint64(m_numbers[i]);
    case FieldType::Real:
        return m_numbers[i];
    case FieldType::Boolean:
        return m_numbers[i] != 0;
    default:
        return m_texts[m_index[i]];
    }
}

void Column::append(const QVariant &value)
{
    if (!value.isValid() || value.isNull()) {
        appendNull();
    } else if (isNumeric()) {
        bool ok = false;
        const double number = value.toDouble(&ok);
        appendNumber(ok ? number : std::nan(""));
    } else {
        switch (field.type) {
        case FieldType::Date:
            appendText(value.toDate().toString(Qt::ISODate));
            break;
        case FieldType::DateTime:
            appendText(value.toDateTime().toString(Qt::ISODate));
            break;
        default:
            appendText(value.toString());
        }
    }
}

void Column::appendNull()
{
    if (isNumeric())
        m_numbers.push_back(std::nan(""));
    else
        m_index.push_back(-1);
}

void Column::appendNumber(double value)
{
    m_numbers.push_back(value);
}

void Column::appendText(const QString &text)
{
    const auto found = m_lookup.constFind(text);
    if (found != m_lookup.constEnd()) {
        m_index.push_back(*found);
        return;
    }
    const auto index = std::int32_t(m_texts.size());
    m_texts.append(text);
    m_lookup.insert(text, index);
    m_index.push_back(index);
}

void Column::reserve(std::size_t n)
{
    if (isNumeric())
        m_numbers.reserve(n);
    else
        m_index.reserve(n);
}

std::size_t Column::size() const
{
    return isNumeric() ? m_numbers.size() : m_index.size();
}

Column Column::permuted(std::span<const std::uint32_t> order) const
{
    Column result;
    result.field = field;
    result.m_texts = m_texts; // the lookup is only for appending
    result.reserve(order.size());
    for (const auto i : order) {
        if (isNumeric())
            result.m_numbers.push_back(m_numbers[i]);
        else
            result.m_index.push_back(m_index[i]);
    }
    return result;
}

const Column *FeatureSet::column(const QString &name) const
{
    for (const auto &c : columns)
        if (c.field.name == name)
            return &c;
    return nullptr;
}

Geometry FeatureSet::geometry(std::size_t feature) const
{
    Geometry result;
    result.kind = kinds[feature];
    for (auto r = firstRing[feature]; r < firstRing[feature + 1]; ++r) {
        const auto from = firstVertex[r], to = firstVertex[r + 1];
        double doubled = 0;
        for (auto v = from, before = to - 1; v < to; before = v++) {
            result.points.push_back(quantisation.toXY(vertices[v]));
            doubled += double(vertices[before].x - vertices[from].x) * double(vertices[v].y - vertices[from].y)
                - double(vertices[v].x - vertices[from].x) * double(vertices[before].y - vertices[from].y);
        }
        if (result.kind == GeometryKind::Point)
            continue;
        if (result.kind == GeometryKind::Polygon) {
            result.points.push_back(quantisation.toXY(vertices[from]));
            if (doubled >= 0 || result.ringEnds.empty())
                result.partStarts.push_back(std::uint32_t(result.ringEnds.size()));
        }
        result.ringEnds.push_back(std::uint32_t(result.points.size()));
    }
    return result;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> FeatureSet::runs(const QuantisedBox &box) const
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
    if (m_levels.empty())
        return result;
    const auto total = std::uint32_t(size());
    auto visit = [&](auto &&self, std::size_t level, std::size_t node) -> void {
        if (!m_levels[level][node].intersects(box))
            return;
        if (level == 0) {
            const auto from = std::uint32_t(node) * nodeSize;
            const auto to = std::min(from + nodeSize, total);
            if (!result.empty() && result.back().second == from)
                result.back().second = to;
            else
                result.emplace_back(from, to);
            return;
        }
        const auto last = std::min((node + 1) * nodeSize, m_levels[level - 1].size());
        for (auto child = node * nodeSize; child < last; ++child)
            self(self, level - 1, child);
    };
    for (std::size_t node = 0; node < m_levels.back().size(); ++node)
        visit(visit, m_levels.size() - 1, node);
    return result;
}

void FeatureSet::query(const QuantisedBox &box, const std::function<bool(std::size_t)> &visit) const
{
    for (const auto &[from, to] : runs(box))
        for (auto i = from; i < to; ++i)
            if (boxes[i].intersects(box) && !visit(i))
                return;
}

std::size_t FeatureSet::bytes() const
{
    auto held = [](const auto &v) { return v.capacity() * sizeof(v[0]); };
    std::size_t sum =
        held(ids) + held(kinds) + held(firstRing) + held(boxes) + held(areas) + held(firstVertex) + held(vertices);
    for (const auto &c : columns)
        sum += c.numbers().size_bytes() + c.textIndices().size_bytes();
    for (const auto &level : m_levels)
        sum += held(level);
    return sum;
}

Result<std::vector<std::uint32_t>> invalidFeatures(const FeatureSet &set, CancelToken token)
{
    std::vector<std::uint32_t> result;
    const GeosContext geos;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i % 256 == 0 && token.stop_requested())
            return cancelled();
        if (set.kinds[i] == GeometryKind::Polygon && !geos.problemOf(set.geometry(i)).isEmpty())
            result.push_back(std::uint32_t(i));
    }
    return result;
}

} // namespace hanseatlas
