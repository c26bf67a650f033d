// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QHash>
#include <QTimer>

#include <functional>

namespace hanseatlas
{

/** Has layers asked anew of their servers at their intervals (Layer::refreshEvery), those that are on the map. A layer
 *  that comes back into sight is asked at once when its time is up. GUI thread.
 */
class LayerRefresher final : public QObject
{
    Q_OBJECT
public:
    /** The tree outlives it; `refresh` is what LayerLoader::reload() does. */
    LayerRefresher(const LayerTree &tree, std::function<void(const QUuid &)> refresh, QObject *parent = nullptr);

    /** Without a network nothing is asked; what is due is asked when it is back. */
    void setPaused(bool paused);

private:
    void schedule();
    void refreshDue();
    /** Of what is in sight, when each is due. */
    QHash<QUuid, QDateTime> dueTimes();

    const LayerTree &m_tree;
    const std::function<void(const QUuid &)> m_refresh;
    QHash<QUuid, QDateTime> m_asked; ///< last, by us
    QTimer m_timer;
    QTimer m_changed; ///< the tree has: to be looked at soon
    bool m_paused = false;
};

} // namespace hanseatlas
