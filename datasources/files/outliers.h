// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"

#include <QString>

#include <vector>

namespace hanseatlas
{

/** @internal Notices objects far away from nearly all others: false coordinates that make "zoom to layer" useless. */
class Outliers
{
public:
    void add(const Extent &box);
    bool takesMore() const { return m_boxes.size() < most; }
    QString note() const; ///< "" where nothing stands out

private:
    static constexpr std::size_t most = 300000; ///< of a larger layer the first ones only
    std::vector<Extent> m_boxes;
};

} // namespace hanseatlas
