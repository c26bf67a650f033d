// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/dimension.h"

#include <algorithm>

namespace hanseatlas
{

QString LayerDimension::valueAt(qint64 instant) const
{
    if (instants.empty())
        return {};
    const auto after = std::ranges::upper_bound(instants, instant);
    return values.value(std::max<qsizetype>(0, after - instants.begin() - 1));
}

qint64 LayerDimension::standardInstant() const
{
    if (instants.empty())
        return 0;
    const auto place = values.indexOf(standard);
    return place < 0 ? instants.back() : instants[std::size_t(place)];
}

} // namespace hanseatlas
