// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"
#include "layers/model/feature.h"
#include "layers/model/geometry.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QStringList>

#include <optional>
#include <vector>

namespace hanseatlas
{

/** What is known of the features of a dataset as a whole, as they were last fetched. */
struct StoredFeatures {
    QList<Field> fields;
    Crs crs; ///< of the geometries; invalid = unknown
    QString geometryType; ///< as the service declares it, e.g. "MultiSurface"; "" = it does not, or there is none
    qint64 received = 0; ///< features that came, also those left out
    std::optional<qint64> matched; ///< that the server says there are; nothing: it does not tell
    bool complete = true;
    QStringList notes; ///< what was left out or repaired, for people
    QDateTime fetched; ///< UTC: when the server last said so (also by "not modified")
    QDateTime expires; ///< UTC; invalid = the server did not say
    QByteArray etag;
    QDateTime lastModified;

    // Set by the store
    qint64 count = 0; ///< features that are there
    qint64 bytes = 0;
    Extent extent; ///< in `crs`
    std::vector<GeometryKind> kinds; ///< which occur
};

/** One value as it is stored. Dates and times are texts in ISO 8601, booleans 0 and 1. */
struct StoredValue {
    enum class Kind : std::uint8_t { Null, Integer, Real, Text, Bytes };
    Kind kind = Kind::Null;
    qint64 integer = 0;
    double real = 0;
    QByteArrayView bytes; ///< of Text (UTF-8) and Bytes; of whoever gave the value
};

/** Features on their way into the store, row by row, packed as they will be written. Their ids are their places,
 * counted from 1. Thread-confined. */
class FeatureRows
{
public:
    /** `source`: what the service calls it (gml:id); may be empty. */
    void begin(QByteArrayView source = {});
    void setGeometry(const Geometry &geometry); ///< of the row at hand; without: none
    /** The next column's value; columns that are wanting at the end of the row are null. */
    void add(const StoredValue &value);

    qint64 size() const { return qint64(m_rows.size()); }
    qint64 bytes() const;
    const Extent &extent() const { return m_extent; }
    std::vector<GeometryKind> kinds() const;

    // Reading; `row` from 0
    QByteArrayView source(qint64 row) const;
    QByteArrayView geometry(qint64 row) const; ///< SpatiaLite's blob without reference system; empty = none
    StoredValue value(qint64 row, int column) const; ///< null where there is none
    /** Another value in the place of one that was added. */
    void replace(qint64 row, int column, const StoredValue &value);

private:
    struct Piece {
        qint64 offset = 0;
        qint64 size = 0;
    };
    struct Cell {
        StoredValue::Kind kind = StoredValue::Kind::Null;
        std::uint32_t size = 0;
        union {
            qint64 integer = 0; ///< or the offset of the bytes
            double real;
        };
    };
    struct Row {
        Piece source, geometry;
        std::size_t firstCell = 0;
        int cells = 0;
    };
    Piece keep(QByteArrayView bytes);
    Cell cellOf(const StoredValue &value);

    std::vector<Row> m_rows;
    std::vector<Cell> m_cells;
    QByteArray m_bytes; ///< texts and geometries
    Extent m_extent;
    bool m_kinds[4] = {};
};

} // namespace hanseatlas
