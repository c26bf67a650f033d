// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/workspace.h"

#include <QLockFile>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace hanseatlas
{

/** Keeps a copy of the work on disk while the program runs, so that a crash or a kill loses no more than the last two
 *  seconds. Every running program has a copy of its own, held by a lock; a copy whose lock nobody holds was left
 * behind. */
class Recovery final : public QObject
{
    Q_OBJECT
public:
    /** `snapshot` is called on the GUI thread when a copy is due. */
    Recovery(const QString &folder, QThreadPool &pool, std::function<Workspace()> snapshot, QObject *parent = nullptr);
    ~Recovery() override;

    void changed(); ///< something is worth a new copy; written within `delay`
    /** Takes over what another program left: its copy goes as soon as this one has written its own. */
    void adopt(const QString &copy) { m_adopted = copy; }
    void forget(); ///< all is saved elsewhere, or the program ends in order: takes the copy away

    static constexpr int delay = 2000; ///< ms

    struct Left {
        QString path;
        Workspace workspace;
    };
    /** The newest copy that was left behind and can be read, to be adopted; others stay for the next start. Blocking.
     */
    static std::optional<Left> takeLeft(const QString &folder);

signals:
    void failed(const hanseatlas::Error &error); ///< once, until a copy could be written again

private:
    void write();
    bool hold();
    void dropAdopted();

    QString m_folder;
    QString m_path;
    QString m_adopted; ///< "" = none
    QThreadPool &m_pool;
    std::function<Workspace()> m_snapshot;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    bool m_writing = false;
    bool m_failed = false;
    std::shared_ptr<std::atomic_bool> m_forgotten; ///< tells a copy that is being written that it is not wanted
};

} // namespace hanseatlas
