// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layerrefresher.h"

#include <algorithm>

namespace hanseatlas
{

namespace
{

constexpr std::chrono::milliseconds leastPause(250);
constexpr std::chrono::milliseconds longestPause(60 * 60 * 1000); ///< clocks are set, computers sleep

} // namespace

LayerRefresher::LayerRefresher(const LayerTree &tree, std::function<void(const QUuid &)> refresh, QObject *parent)
    : QObject(parent)
    , m_tree(tree)
    , m_refresh(std::move(refresh))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LayerRefresher::refreshDue);
    m_changed.setSingleShot(true);
    m_changed.setInterval(leastPause); // hundreds of layers may change in a moment
    connect(&m_changed, &QTimer::timeout, this, &LayerRefresher::schedule);
    const auto changed = [this] {
        if (!m_changed.isActive())
            m_changed.start();
    };
    connect(&tree, &LayerTree::sceneChanged, this, changed);
    connect(&tree, &LayerTree::layersChanged, this, changed);
    schedule();
}

void LayerRefresher::setPaused(bool paused)
{
    m_paused = paused;
    schedule();
}

QHash<QUuid, QDateTime> LayerRefresher::dueTimes()
{
    QHash<QUuid, QDateTime> due;
    QHash<QUuid, QDateTime> asked;
    forEachVisibleLayer(m_tree.roots(), [&](const Layer &layer) { // what is not on the map is of no interest
        if (layer.refreshEvery.count() <= 0 || !layer.data || layer.state == LayerState::Loading)
            return;
        auto last = layer.loadedAt;
        if (const auto known = m_asked.constFind(layer.id); known != m_asked.constEnd()) {
            asked.insert(layer.id, *known);
            last = std::max(last, *known);
        }
        due.insert(layer.id, last.addDuration(layer.refreshEvery));
    });
    m_asked = std::move(asked);
    return due;
}

void LayerRefresher::schedule()
{
    const auto due = m_paused ? QHash<QUuid, QDateTime>() : dueTimes();
    if (due.isEmpty())
        return m_timer.stop();
    const auto next = *std::ranges::min_element(due);
    const std::chrono::milliseconds pause(QDateTime::currentDateTime().msecsTo(next));
    m_timer.start(std::clamp(pause, leastPause, longestPause));
}

void LayerRefresher::refreshDue()
{
    const auto now = QDateTime::currentDateTime();
    for (const auto &[layer, when] : dueTimes().asKeyValueRange()) {
        if (when > now)
            continue;
        m_asked.insert(layer, now);
        m_refresh(layer);
    }
    schedule();
}

} // namespace hanseatlas
