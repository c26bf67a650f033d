// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storedfeatures.h"
#include "layers/model/geometry.h"
#include "layers/model/result.h"

#include <QHash>
#include <QSet>

#include <map>
#include <optional>

namespace hanseatlas
{

/** A column that the service declares. */
struct DeclaredField {
    Field field;
    bool moment = false; ///< a GML time: a date or a date with time, only the values tell
    bool open = false; ///< its type is a guess as long as there are no values
};

/** Features as they come out of a page, one after another, made ready for the store: values turned to their types,
 *  axes and reference systems put right, what comes twice or is broken left out and counted. Thread-confined. */
class FeatureCollector
{
public:
    /** `crs`: how the service was asked, for geometries that do not name theirs. */
    FeatureCollector(std::vector<DeclaredField> fields, QString crs);

    void beginPage();
    void begin(QByteArrayView id); ///< the service's own name of it; may be empty
    /** The place of a column; one that was not declared is added. -1: there are too many. */
    int column(QByteArrayView name);
    void setText(int column, QByteArrayView utf8); ///< a second one is joined to the first
    void setString(int column, QByteArrayView utf8); ///< is a text, even where it looks like a number
    void setNumber(int column, qint64 value);
    void setNumber(int column, double value);
    void setBoolean(int column, bool value);
    /** As written; a second one of the same kind is a further part (MapServer). `srsName` may be empty; `broken`: it
     *  holds what is no number; `partly`: some of it cannot be shown. */
    void setGeometry(Geometry geometry, const QString &srsName, bool broken, bool partly);
    bool hasGeometry() const { return m_geometry.has_value(); }
    void end();

    qint64 received() const { return m_received; } ///< all that came, but each only once
    qint64 bytes() const { return m_rows.bytes(); }
    qint64 repeated() const { return m_repeated; } ///< came again on a later page

    /** What came of it; the collector is used up. `features` gets fields, CRS and notes. */
    FeatureRows finish(StoredFeatures &features);

private:
    struct ColumnState {
        DeclaredField declared;
        bool known = false; ///< the service has declared it
        bool integers = true, reals = true, dates = true, moments = true, booleans = true; ///< all so far are
        bool typed = false; ///< values came with types of their own (JSON)
        bool any = false;
        qint64 unfit = 0;
    };
    struct Value {
        enum class Kind : std::uint8_t { None, Text, Integer, Real, Boolean };
        Kind kind = Kind::None;
        qint64 integer = 0;
        double real = 0;
        QByteArray text;
    };
    struct Axes {
        Crs crs;
        bool swap = false;
        bool turned = false;
        std::optional<Transform> transform; ///< to the table's CRS, where it is another
    };
    Value *at(int column);
    const Axes &axesFor(const QString &srsName, const Geometry &geometry);
    bool placed(Geometry &geometry, const QString &srsName);
    void addValue(int column, const Value &value);
    void look(ColumnState &column, const Value &value);
    StoredValue converted(ColumnState &column, const Value &value);
    FieldType guessedType(const ColumnState &column) const;
    void settleColumn(int column);
    void addNotes(QStringList &notes) const;

    std::vector<ColumnState> m_columns;
    QHash<QByteArray, int> m_places;
    const QString m_crsName;
    Crs m_crs;
    bool m_crsKnown = false;
    std::map<QString, Axes> m_axes;
    FeatureRows m_rows;

    // The feature at hand
    std::vector<Value> m_values;
    std::optional<Geometry> m_geometry;
    QString m_srsName;
    QByteArray m_id;
    QByteArray m_scratch;
    bool m_geometryBroken = false;

    // Over the pages
    QSet<QByteArray> m_earlierIds, m_pageIds;
    bool m_idsTell = true; ///< no two features of one page share an id
    qint64 m_received = 0, m_repeated = 0, m_broken = 0, m_partly = 0, m_withoutPlace = 0, m_lostFields = 0;
};

} // namespace hanseatlas
