// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"

#include <vector>

namespace hanseatlas
{

/** The views that were looked at, like the pages of a browser. A value; the size of views plays no part. */
class ViewHistory
{
public:
    static constexpr std::size_t limit = 100;

    /** The view in which the map has come to rest. One that equals the present one is not recorded. */
    void record(const Viewport &view);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_views.size(); }
    const Viewport &back() { return m_views[--m_at]; } ///< only if canGoBack()
    const Viewport &forward() { return m_views[++m_at]; } ///< only if canGoForward()

private:
    std::vector<Viewport> m_views;
    std::size_t m_at = 0;
};

/** The same part of the world at the same scale, on a canvas of any size and density. */
bool showsTheSame(const Viewport &a, const Viewport &b);

} // namespace hanseatlas
