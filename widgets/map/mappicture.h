// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/framecache.h"
#include "layers/map/layertree.h"
#include "layers/map/viewport.h"
#include "layers/model/job.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace hanseatlas
{

/** The picture behind the canvas: draws the tree's scene in the pool and always has something to show meanwhile, the
 * last picture moved and scaled to where the view is now. GUI thread; never blocks. */
class MapPicture final : public QObject
{
    Q_OBJECT
public:
    MapPicture(const LayerTree &tree, QThreadPool &pool, QObject *parent = nullptr);
    ~MapPicture() override;

    /** Asks for a sharp picture of `view`; requests of one turn of the event loop become one job. While `moving` (the
     * user drags) a running job is let finish if its picture still shows a good part of the view. */
    void request(const Viewport &view, bool moving = false);
    /** The scene has changed: like request() for the view asked for last. */
    void refresh();

    /** Paints what there is for `view`, device pixels. */
    void paint(QPainter &painter, const Viewport &view) const;
    bool isBusy() const;
    /** The picture of the view that was asked for is complete. */
    bool isSharp() const { return m_sharp; }
    /** Milliseconds since the running job began. */
    qint64 busyFor() const { return isBusy() ? m_clock.elapsed() : 0; }
    /** The newest picture; null before the first. */
    const Frame &frame() const { return m_frame; }

signals:
    void changed(); ///< something new to show
    void sharp(); ///< the picture asked for is complete
    void finished(const hanseatlas::RenderNotes &notes); ///< a picture is finished, and this is wrong with it
    void problemsChanged(const QStringList &problems); ///< what the picture lacks, per layer, for people

private:
    struct PartialPicture;

    void start();
    void deliver(Result<Frame> drawn);
    void showPartial();
    bool keepRunning() const;

    const LayerTree &m_tree;
    QThreadPool &m_pool;
    Viewport m_wanted;
    Viewport m_running; ///< what the job in flight draws
    bool m_moving = false;
    quint64 m_revision = 1; ///< of the scene
    quint64 m_runningRevision = 0; ///< of the scene that the job in flight draws
    bool m_sharp = false;
    Frame m_frame; ///< the newest picture
    Frame m_under; ///< the one before, for what the newest does not cover
    Frame m_last; ///< the newest complete picture: its pixels are used again
    QStringList m_problems;
    std::shared_ptr<PartialPicture> m_partial;
    QElapsedTimer m_clock;
    QTimer m_startTimer;
    QTimer m_partialTimer;
    Latest m_drawing;
};

} // namespace hanseatlas
