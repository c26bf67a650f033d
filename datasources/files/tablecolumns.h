// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/tablerows.h"
#include "layers/model/feature.h"

#include <QStringDecoder>

#include <optional>

namespace hanseatlas
{

/** @internal What the columns of a text table mean, found out by looking at cells. */
class TableColumns
{
public:
    enum class Place { None, Degrees, Plane, WellKnownText };

    explicit TableColumns(const TableForm &form);

    void look(const std::vector<std::string> &cells); ///< once for each row that is looked at
    void decide(); ///< then once

    const QList<Field> &fields() const { return m_fields; }
    Place place() const { return m_place; }
    int xColumn() const { return m_x; }
    int yColumn() const { return m_y; }
    int wktColumn() const { return m_wkt; }
    /** Columns called latitude and longitude that hold something else, e.g. metres. */
    void takeForPlane() { m_place = Place::Plane; }
    qint64 minus999() const { return m_minus999; } ///< cells of number columns that say -999: taken as missing

    /** Null for missing; a text where the cell does not fit its column's type, so that nothing is lost. */
    QVariant value(const std::string &cell, int column) const;
    /** Finite; where the column writes so, 613.700 is 613700. */
    std::optional<double> number(const std::string &cell, int column) const;
    QString text(const std::string &cell) const;

private:
    struct Seen {
        bool saysTime = false; ///< by its name
        bool saysPlace = false; ///< by its name
        bool thousands = false; ///< a point stands between thousands, as some cells show without doubt
        qint64 filled = 0, integers = 0, numbers = 0, dates = 0, moments = 0, wkt = 0, minus999 = 0;
    };
    bool isMissing(const std::string &cell) const;
    void findCoordinates();
    std::optional<double> plainNumber(const std::string &cell) const;
    int numericColumn(const QStringList &names) const;

    bool m_decimalComma;
    QString m_encoding;
    QList<Field> m_fields;
    std::vector<Seen> m_seen;
    Place m_place = Place::None;
    int m_x = -1, m_y = -1, m_wkt = -1;
    qint64 m_minus999 = 0;
};

} // namespace hanseatlas
