// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storedfeatures.h"

#include "datasources/store/featureblob_p.h"

#include <limits>

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestValue = 64 * 1024 * 1024; // the rest is cut off: nobody's attribute

}

void FeatureRows::begin(QByteArrayView source)
{
    m_rows.push_back({.source = keep(source.first(std::min<qsizetype>(source.size(), 4096))),
                      .geometry = {},
                      .firstCell = m_cells.size()});
}

void FeatureRows::setGeometry(const Geometry &geometry)
{
    if (geometry.isEmpty())
        return;
    auto &piece = m_rows.back().geometry;
    piece.offset = m_bytes.size();
    const auto box = appendFeatureBlob(geometry, m_bytes);
    piece.size = m_bytes.size() - piece.offset;
    m_extent.add(box);
    m_kinds[std::size_t(geometry.kind)] = true;
}

void FeatureRows::add(const StoredValue &value)
{
    m_cells.push_back(cellOf(value));
    ++m_rows.back().cells;
}

FeatureRows::Piece FeatureRows::keep(QByteArrayView bytes)
{
    const Piece piece{m_bytes.size(), bytes.size()};
    m_bytes.append(bytes);
    return piece;
}

FeatureRows::Cell FeatureRows::cellOf(const StoredValue &value)
{
    Cell cell{.kind = value.kind};
    switch (value.kind) {
    case StoredValue::Kind::Null:
        break;
    case StoredValue::Kind::Integer:
        cell.integer = value.integer;
        break;
    case StoredValue::Kind::Real:
        cell.real = value.real;
        break;
    case StoredValue::Kind::Text:
    case StoredValue::Kind::Bytes: {
        const auto piece = keep(value.bytes.first(std::min(value.bytes.size(), longestValue)));
        cell.integer = piece.offset;
        cell.size = std::uint32_t(piece.size);
        break;
    }
    }
    return cell;
}

qint64 FeatureRows::bytes() const
{
    return m_bytes.size() + qint64(m_cells.size()) * 8;
}

std::vector<GeometryKind> FeatureRows::kinds() const
{
    std::vector<GeometryKind> kinds;
    for (const auto kind : {GeometryKind::Point, GeometryKind::Line, GeometryKind::Polygon})
        if (m_kinds[std::size_t(kind)])
            kinds.push_back(kind);
    return kinds;
}

QByteArrayView FeatureRows::source(qint64 row) const
{
    const auto &piece = m_rows[std::size_t(row)].source;
    return QByteArrayView(m_bytes).sliced(piece.offset, piece.size);
}

QByteArrayView FeatureRows::geometry(qint64 row) const
{
    const auto &piece = m_rows[std::size_t(row)].geometry;
    return QByteArrayView(m_bytes).sliced(piece.offset, piece.size);
}

StoredValue FeatureRows::value(qint64 row, int column) const
{
    const auto &entry = m_rows[std::size_t(row)];
    if (column >= entry.cells)
        return {};
    const auto &cell = m_cells[entry.firstCell + std::size_t(column)];
    StoredValue value{.kind = cell.kind};
    if (cell.kind == StoredValue::Kind::Real)
        value.real = cell.real;
    else if (cell.kind == StoredValue::Kind::Integer)
        value.integer = cell.integer;
    else if (cell.kind != StoredValue::Kind::Null)
        value.bytes = QByteArrayView(m_bytes).sliced(cell.integer, cell.size);
    return value;
}

void FeatureRows::replace(qint64 row, int column, const StoredValue &value)
{
    const auto &entry = m_rows[std::size_t(row)];
    if (column < entry.cells)
        m_cells[entry.firstCell + std::size_t(column)] = cellOf(value);
}

} // namespace hanseatlas
