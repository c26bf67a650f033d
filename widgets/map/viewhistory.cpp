// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/viewhistory.h"

#include <cmath>

namespace hanseatlas
{

bool showsTheSame(const Viewport &a, const Viewport &b)
{
    const double scaleA = a.resolution * a.pixelsPerMm;
    const double scaleB = b.resolution * b.pixelsPerMm;
    return a.crs == b.crs && std::abs(a.rotation - b.rotation) < 0.01 && std::abs(scaleA / scaleB - 1) < 1e-6
        && std::abs(a.centre.x - b.centre.x) < a.resolution / 4 && std::abs(a.centre.y - b.centre.y) < a.resolution / 4;
}

void ViewHistory::record(const Viewport &view)
{
    if (!m_views.empty() && showsTheSame(m_views[m_at], view))
        return;
    if (!m_views.empty())
        m_views.resize(m_at + 1); // a new way leaves the old "next" views behind
    m_views.push_back(view);
    if (m_views.size() > limit)
        m_views.erase(m_views.begin());
    m_at = m_views.size() - 1;
}

} // namespace hanseatlas
