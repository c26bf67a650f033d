// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/outliers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hanseatlas
{

namespace
{

double median(std::vector<double> values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/** Boxes that reach further from the median than 60 times the usual distance, and ten times as far as the ones before
 * them: among a station's tracks the lines out of town reach far too, but each not so much further than the last. */
std::vector<bool> farOnes(const std::vector<Extent> &boxes, double Extent::*low, double Extent::*high)
{
    std::vector<double> centres;
    centres.reserve(boxes.size());
    for (const auto &box : boxes)
        centres.push_back((box.*low + box.*high) / 2);
    const double middle = median(centres);
    std::vector<double> reaches;
    reaches.reserve(boxes.size());
    for (const auto &box : boxes)
        reaches.push_back(std::max(std::abs(box.*low - middle), std::abs(box.*high - middle)));
    for (auto &c : centres)
        c = std::abs(c - middle);
    const double usual = median(std::move(centres));

    auto sorted = reaches;
    std::ranges::sort(sorted);
    double limit = std::numeric_limits<double>::infinity();
    for (std::size_t i = sorted.size() * 4 / 5; usual > 0 && i < sorted.size() && std::isinf(limit); ++i) {
        if (i > 0 && sorted[i] > 60 * usual && sorted[i] > 10 * sorted[i - 1])
            limit = sorted[i];
    }
    std::vector<bool> far(boxes.size());
    std::ranges::transform(reaches, far.begin(), [limit](double reach) { return reach >= limit; });
    return far;
}

} // namespace

void Outliers::add(const Extent &box)
{
    if (takesMore() && !box.isEmpty())
        m_boxes.push_back(box);
}

QString Outliers::note() const
{
    if (m_boxes.size() < 20)
        return {};
    const auto x = farOnes(m_boxes, &Extent::xMin, &Extent::xMax), y = farOnes(m_boxes, &Extent::yMin, &Extent::yMax);
    int count = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        count += x[i] || y[i];
    if (count == 0 || count > int(m_boxes.size()) / 5) // so many are no mistake
        return {};
    return QCoreApplication::translate(
        "Outliers", "%n object(s) lie far away from all others; perhaps their coordinates are wrong.", nullptr, count);
}

} // namespace hanseatlas
