// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/mappicture.h"

#include <QMutex>
#include <QPainter>
#include <QPainterPath>

namespace hanseatlas
{

namespace
{

using namespace std::chrono_literals;
constexpr auto partialAfter = 250ms; ///< pictures faster than this replace the old one in one go
constexpr auto partialEvery = 120ms;

QPainterPath outline(const Frame &frame)
{
    QPainterPath path;
    path.addRect(frame.geometry.rect());
    return path;
}

bool covers(const Frame &frame, const Viewport &view)
{
    if (frame.isNull() || frame.viewport.crs != view.crs)
        return false;
    const auto toFrame = view.transform().inverted() * frame.viewport.transform();
    const auto box = QRectF(frame.geometry.rect()).adjusted(-1, -1, 1, 1);
    const QRectF window(QPointF(0, 0), view.size);
    for (const auto &corner : {window.topLeft(), window.topRight(), window.bottomLeft(), window.bottomRight()}) {
        if (!box.contains(toFrame.map(corner)))
            return false;
    }
    return true;
}

} // namespace

/** Where the worker leaves the picture so far; outlives both sides. */
struct MapPicture::PartialPicture {
    void put(const Frame &frame)
    {
        const QMutexLocker lock(&m_mutex);
        m_frame = frame;
    }
    Frame take()
    {
        const QMutexLocker lock(&m_mutex);
        return std::exchange(m_frame, {});
    }

private:
    QMutex m_mutex;
    Frame m_frame;
};

MapPicture::MapPicture(const LayerTree &tree, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_tree(tree)
    , m_pool(pool)
{
    m_startTimer.setSingleShot(true);
    m_startTimer.setInterval(0);
    connect(&m_startTimer, &QTimer::timeout, this, &MapPicture::start);
    connect(&m_partialTimer, &QTimer::timeout, this, &MapPicture::showPartial);
    connect(&m_tree, &LayerTree::sceneChanged, this, &MapPicture::refresh);
}

MapPicture::~MapPicture() = default;

bool MapPicture::isBusy() const
{
    return m_drawing.isRunning() || m_startTimer.isActive();
}

void MapPicture::request(const Viewport &view, bool moving)
{
    m_moving = moving;
    if (view == m_wanted && (m_sharp || (isBusy() && m_runningRevision == m_revision)))
        return;
    m_wanted = view;
    m_sharp = false;
    m_startTimer.start();
}

void MapPicture::refresh()
{
    ++m_revision;
    m_sharp = false;
    if (!m_wanted.size.isEmpty())
        request(m_wanted, m_moving);
}

bool MapPicture::keepRunning() const
{
    if (!m_drawing.isRunning() || m_runningRevision != m_revision || m_running.crs != m_wanted.crs)
        return false;
    if (m_running == m_wanted)
        return true;
    const double ratio = m_running.resolution / m_wanted.resolution;
    if (!m_moving || ratio < 0.6 || ratio > 1.7)
        return false;
    const auto wanted = m_wanted.extent();
    const auto common = m_running.extent().intersected(wanted);
    return common.width() * common.height() > 0.4 * wanted.width() * wanted.height();
}

void MapPicture::start()
{
    if (m_wanted.size.isEmpty() || keepRunning())
        return;
    m_running = m_wanted;
    m_runningRevision = m_revision;
    m_partial = std::make_shared<PartialPicture>();
    m_clock.start();
    m_partialTimer.start(partialAfter);
    FrameRequest request{m_tree.scene(), m_revision, m_running, m_last};
    request.scene.wait = false; // what has to be fetched comes in when it comes
    const auto work = [request = std::move(request), pool = &m_pool,
                       partial = m_partial](CancelToken token) -> Result<Frame> {
        try {
            return renderFrame(request, *pool, token, [&](const Frame &frame) { partial->put(frame); });
        } catch (const std::exception &e) { // memory ran out: the window must go on
            return failure(ErrorKind::Internal, tr("The map could not be drawn."),
                           tr("Switch off layers or make the window smaller."), QString::fromLocal8Bit(e.what()));
        }
    };
    m_drawing.run(m_pool, work, [this](Result<Frame> drawn) { deliver(std::move(drawn)); });
    emit changed(); // busy now
}

void MapPicture::showPartial()
{
    if (!m_drawing.isRunning()) {
        m_partialTimer.stop();
        return;
    }
    m_partialTimer.setInterval(partialEvery);
    auto frame = m_partial->take();
    if (!frame.isNull() && !m_moving) {
        m_frame = std::move(frame);
        emit changed();
    }
}

void MapPicture::deliver(Result<Frame> drawn)
{
    m_partialTimer.stop();
    m_partial.reset();
    QStringList problems;
    if (drawn) {
        m_under = std::move(m_frame);
        m_frame = std::move(*drawn);
        m_last = m_frame;
        problems = m_frame.notes.problems;
        emit finished(m_frame.notes);
    } else if (drawn.error().kind != ErrorKind::Cancelled) {
        problems.append(drawn.error().what);
    }
    if (problems != m_problems) {
        m_problems = std::move(problems);
        emit problemsChanged(m_problems);
    }
    m_sharp = m_running == m_wanted && m_runningRevision == m_revision;
    emit changed();
    if (m_sharp)
        emit sharp();
    else
        m_startTimer.start();
}

void MapPicture::paint(QPainter &painter, const Viewport &view) const
{
    if (m_frame.isNull() || m_frame.viewport.crs != view.crs) {
        painter.fillRect(QRectF(QPointF(0, 0), view.size), Qt::white);
        return;
    }
    // The newest picture alone would leave its surroundings blank while the view still moves towards it.
    if (!covers(m_frame, view) && !m_under.isNull() && m_under.viewport.crs == view.crs) {
        paintPreview(painter, m_under, view);
        painter.save();
        const auto toView = m_frame.viewport.transform().inverted() * view.transform();
        painter.setClipPath(toView.map(outline(m_frame)), Qt::IntersectClip);
        paintPreview(painter, m_frame, view);
        painter.restore();
        return;
    }
    paintPreview(painter, m_frame, view);
}

} // namespace hanseatlas
