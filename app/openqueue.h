// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/model/job.h"
#include "layers/model/source.h"

#include <QObject>
#include <QStringList>

#include <deque>

namespace hanseatlas
{

/** Looks into files in the pool, one after the other, and makes layers of what is in them, without a question. */
class OpenQueue final : public QObject
{
    Q_OBJECT
public:
    OpenQueue(const SourceOpener &opener, QThreadPool &pool, QObject *parent = nullptr);

    void add(const QStringList &locations); ///< paths or URLs
    void cancel(); ///< what has not been looked into yet is forgotten
    bool isBusy() const { return m_looking.isRunning() || !m_waiting.empty(); }

signals:
    /** `rank`: see stackRank(). */
    void opened(const QString &location, const std::vector<hanseatlas::LayerNode> &nodes, const QStringList &notes,
                int rank);
    /** There is much in it, and nothing of it more than the rest: somebody has to choose. */
    void choiceWanted(const QString &location);
    void failed(const QString &location, const hanseatlas::Error &error);
    void busyChanged(const QString &location); ///< what is looked into now; "" = nothing

private:
    void next();

    const SourceOpener &m_opener;
    QThreadPool &m_pool;
    std::deque<QString> m_waiting;
    int m_seed = 0; ///< so that plain layers differ in hue
    Latest m_looking;
};

} // namespace hanseatlas
