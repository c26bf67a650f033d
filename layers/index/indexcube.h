// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexrecords.h"
#include "layers/index/indicator.h"
#include "layers/measures/measure.h"

namespace hanseatlas
{

/** What is known of each indicator in each area and month. A value holds from its period on until the next one comes,
 * but no longer than two further periods: then nobody knows any more. A value. */
class IndexCube
{
public:
    /** Column 0 is the whole city. `notes` gets formulas that could not be worked out, for people. Months go from the
     *  first that has a value to that of `today`, at most `mostMonths` of them. */
    static IndexCube of(const IndexDefinition &definition, const IndexRecords &records, const QList<Measure> &measures,
                        const QDate &today, QStringList &notes);
    static constexpr int mostMonths = 600;

    struct Cell {
        double value = 0; ///< NaN: no data
        int month = 0; ///< the first of the period that it is of
        int origin = 0; ///< in the records; -1: worked out here, of measures or by a formula
    };
    const QStringList &areas() const { return m_areas; } ///< the first is "": the whole city
    int first() const { return m_first; } ///< month
    int last() const { return m_first + m_months - 1; }
    Cell at(int indicator, int area, int month) const; ///< NaN outside, too
    /** An indicator's values in an area, each once: in the month that its period begins with. Ascending. */
    std::vector<std::pair<int, double>> course(int indicator, int area) const;

private:
    std::size_t place(int indicator, int area, int month) const
    {
        return (std::size_t(indicator) * std::size_t(m_areas.size()) + std::size_t(area)) * std::size_t(m_months)
            + std::size_t(month - m_first);
    }
    void fill(const IndexDefinition &definition, const IndexSeries &series);
    void workOut(const IndexDefinition &definition, QStringList &notes);

    QStringList m_areas;
    int m_first = 0, m_months = 0;
    std::vector<Cell> m_cells; ///< indicators × areas × months
};

} // namespace hanseatlas
