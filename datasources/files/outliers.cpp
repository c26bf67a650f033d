// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/outliers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

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

/** Boxes that reach further from the median than 60 times the usual distance. */
std::vector<bool> farOnes(const std::vector<Extent> &boxes, double Extent::*low, double Extent::*high)
{
    std::vector<double> centres;
    centres.reserve(boxes.size());
    for (const auto &box : boxes)
        centres.push_back((box.*low + box.*high) / 2);
    const double middle = median(centres);
    for (auto &c : centres)
        c = std::abs(c - middle);
    const double usual = median(centres);
    std::vector<bool> far(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i)
        far[i] =
            usual > 0 && std::max(std::abs(boxes[i].*low - middle), std::abs(boxes[i].*high - middle)) > 60 * usual;
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
