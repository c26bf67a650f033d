// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/indexcube.h"

#include "layers/index/indextexts.h"
#include "layers/index/measurevalues.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hanseatlas
{

using Kind = IndicatorSource::Kind;

namespace
{

constexpr auto none = std::numeric_limits<double>::quiet_NaN();
constexpr int periodsKept = 3; ///< a value's own and two further ones

int numberOf(const IndexDefinition &definition, const QString &id)
{
    const auto it = std::ranges::find(definition.indicators, id, &Indicator::id);
    return it == definition.indicators.end() ? -1 : int(it - definition.indicators.begin());
}

int firstMonth(const IndexRecords &records, const QList<Measure> &measures, int last)
{
    int first = last;
    for (const auto &series : records.series) {
        if (!series.points.empty())
            first = std::min(first, series.points.front().month);
    }
    for (const auto &measure : measures) {
        for (const auto &report : measure.reports)
            first = std::min(first, monthOf(report.at.toLocalTime().date()));
    }
    return std::max(first, last - IndexCube::mostMonths + 1);
}

} // namespace

IndexCube IndexCube::of(const IndexDefinition &definition, const IndexRecords &records, const QList<Measure> &measures,
                        const QDate &today, QStringList &notes)
{
    IndexCube cube;
    cube.m_areas = QStringList{QString()} + records.areas();
    const int last = monthOf(today);
    cube.m_first = firstMonth(records, measures, last);
    cube.m_months = last - cube.m_first + 1;
    cube.m_cells.assign(std::size_t(definition.indicators.size()) * std::size_t(cube.m_areas.size())
                            * std::size_t(cube.m_months),
                        Cell{none, 0, -1});
    for (const auto &series : records.series)
        cube.fill(definition, series);
    for (int i = 0; i < int(definition.indicators.size()); ++i) {
        const auto &one = definition.indicators[i];
        if (one.source.kind != Kind::Measures)
            continue;
        const auto course = courseFromMeasures(one.source, measures, cube.m_first, today);
        for (int month = 0; month < int(course.size()); ++month)
            cube.m_cells[cube.place(i, 0, cube.m_first + month)] = {course[std::size_t(month)], cube.m_first + month,
                                                                    -1};
    }
    cube.workOut(definition, notes);
    return cube;
}

void IndexCube::fill(const IndexDefinition &definition, const IndexSeries &series)
{
    const int indicator = numberOf(definition, series.indicator);
    const int area = int(m_areas.indexOf(series.area));
    if (indicator < 0 || area < 0)
        return;
    const auto kind = definition.indicators[indicator].source.kind;
    if (kind == Kind::Measures || kind == Kind::Formula)
        return; // worked out here
    const int kept = monthsOf(definition.indicators[indicator].period) * periodsKept;
    const auto &points = series.points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const int next = i + 1 < points.size() ? points[i + 1].month : last() + 1;
        const int end = std::min({next, points[i].month + kept, last() + 1});
        for (int month = std::max(points[i].month, m_first); month < end; ++month)
            m_cells[place(indicator, area, month)] = {points[i].value, points[i].month, points[i].origin};
    }
}

void IndexCube::workOut(const IndexDefinition &definition, QStringList &notes)
{
    for (const auto &id : orderOfFormulas(definition)) {
        const int indicator = numberOf(definition, id);
        const auto &one = definition.indicators[indicator];
        if (one.source.kind != Kind::Formula)
            continue;
        QString fault;
        for (int area = 0; area < int(m_areas.size()); ++area) {
            for (int month = m_first; month <= last(); ++month) {
                const auto worked = one.source.formula.value([&](const QString &needed) -> std::optional<double> {
                    const auto cell = at(numberOf(definition, needed), area, month);
                    return std::isnan(cell.value) ? std::nullopt : std::optional(cell.value);
                });
                if (!worked)
                    fault = worked.error().what;
                else if (*worked)
                    m_cells[place(indicator, area, month)] = {**worked, month, -1};
            }
        }
        if (!fault.isEmpty())
            notes.append(IndexTexts::tr("%1: %2").arg(one.title, fault));
    }
}

IndexCube::Cell IndexCube::at(int indicator, int area, int month) const
{
    if (indicator < 0 || area < 0 || area >= m_areas.size() || month < m_first || month > last()
        || place(indicator, area, month) >= m_cells.size())
        return {none, 0, -1};
    return m_cells[place(indicator, area, month)];
}

std::vector<std::pair<int, double>> IndexCube::course(int indicator, int area) const
{
    std::vector<std::pair<int, double>> values;
    for (int month = m_first; month <= last(); ++month) {
        const auto cell = at(indicator, area, month);
        if (!std::isnan(cell.value) && (values.empty() || values.back().first != cell.month))
            values.emplace_back(cell.month, cell.value);
    }
    return values;
}

} // namespace hanseatlas
