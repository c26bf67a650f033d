// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/mapcanvas.h"

#include "layers/map/framecache.h"
#include "widgets/map/activitycard.h"
#include "widgets/map/mapextents.h"

#include <QResizeEvent>

#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr int settleAfter = 350; // ms without movement
constexpr int glideLength = 260; // ms of a programmed glide
constexpr int busyTick = 33; // ms

/** Glides that would rush over half the country are jumps. */
bool isNear(const Viewport &from, const Viewport &to)
{
    const double ratio = from.resolution / to.resolution;
    const double way = std::hypot(from.centre.x - to.centre.x, from.centre.y - to.centre.y);
    const double span = std::max(from.resolution, to.resolution) * std::hypot(from.size.width(), from.size.height());
    return from.crs == to.crs && ratio > 1 / 20.0 && ratio < 20 && way < 2 * span;
}

} // namespace

MapCanvas::MapCanvas(LayerTree &tree, QThreadPool &pool, QWidget *parent)
    : QWidget(parent)
    , m_tree(tree)
    , m_picture(tree, pool)
{
    setAccessibleName(tr("Map"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAcceptDrops(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_AcceptTouchEvents);
    grabGesture(Qt::PinchGesture);
    m_goal = m_view = defaultView();
    m_clock.start();

    // Before anyone listens: these set the current value, which says so.
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { present(m_motion.at(value.toDouble())); });
    m_settleTimer.setSingleShot(true);
    m_settleTimer.setInterval(settleAfter);
    connect(&m_settleTimer, &QTimer::timeout, this, &MapCanvas::settle);
    m_busyTimer.setInterval(busyTick);
    connect(&m_busyTimer, &QTimer::timeout, this, &MapCanvas::updateBusy);

    connect(&m_picture, &MapPicture::changed, this, [this] {
        if (m_picture.isBusy() && !m_busyTimer.isActive())
            m_busyTimer.start();
        update();
    });
    connect(&m_picture, &MapPicture::sharp, this, &MapCanvas::sharp);
    connect(&m_picture, &MapPicture::problemsChanged, this, &MapCanvas::problemsChanged);
    connect(&m_picture, &MapPicture::finished, this, &MapCanvas::finished);
    connect(&m_tree, &LayerTree::sceneChanged, this, &MapCanvas::readScene);
    connect(&m_tree, &LayerTree::layersChanged, this, &MapCanvas::updateEmptyState);
    updateCursor();
}

MapCanvas::~MapCanvas() = default;

bool MapCanvas::isMoving() const
{
    return m_drag != Drag::None || m_animation.state() == QAbstractAnimation::Running;
}

void MapCanvas::moveTo(Viewport goal, int milliseconds, QEasingCurve::Type easing)
{
    goal.size = m_view.size;
    goal.pixelsPerMm = m_view.pixelsPerMm;
    goal = withinLimits(goal);
    if (!m_picture.frame().isNull())
        goal = alignedTo(goal, m_picture.frame().viewport);
    m_animation.stop();
    m_goal = goal;
    const bool glides = m_animated && milliseconds > 0 && isVisible() && isNear(m_view, goal);
    m_picture.request(m_goal, m_drag != Drag::None || milliseconds == 0);
    if (glides) {
        m_motion = {m_view, m_goal, milliseconds, easing};
        m_animation.setDuration(milliseconds);
        m_animation.setEasingCurve(easing);
        m_animation.start();
    } else {
        present(m_goal);
    }
    m_settleTimer.start();
}

void MapCanvas::present(const Viewport &view)
{
    if (view == m_view)
        return;
    m_view = view;
    emit viewportChanged(m_view);
    update();
}

void MapCanvas::settle()
{
    if (isMoving()) {
        m_settleTimer.start();
        return;
    }
    if (isVisible())
        m_pendingZoom.reset();
    m_history.record(m_goal);
    emit historyChanged();
    emit settled(m_goal);
}

void MapCanvas::setViewport(const Viewport &view, bool glide)
{
    m_pendingZoom.reset();
    auto goal = view;
    goal.resolution = view.resolution * view.pixelsPerMm / m_view.pixelsPerMm;
    if (goal.crs != m_goal.crs) {
        m_history = {};
        setHighlight({});
    }
    moveTo(goal, glide ? glideLength : 0);
}

void MapCanvas::zoomTo(const Extent &box, const Crs &crs)
{
    const auto transform = Transform::create(crs, m_goal.crs);
    const auto turned = transform ? transform->forward(box) : Extent{};
    if (turned.isEmpty())
        return;
    m_pendingZoom = std::pair(box, crs);
    auto goal = m_goal.fitted(turned);
    if (turned.width() <= 0 && turned.height() <= 0)
        goal.setScale(std::min(goal.scale(), 1000.0)); // a single place: near enough to see it
    moveTo(goal, glideLength);
}

void MapCanvas::zoomToAll()
{
    zoomTo(fullExtent(m_tree, m_goal.crs), m_goal.crs);
}

void MapCanvas::zoomBy(double factor)
{
    zoomAbout(factor, QPointF(m_view.size.width() / 2, m_view.size.height() / 2), glideLength);
}

void MapCanvas::goTo(PointXY place, const Crs &crs)
{
    const auto transform = Transform::create(crs, m_goal.crs);
    if (!transform)
        return;
    const auto centre = transform->forward(place);
    if (!std::isfinite(centre.x) || !std::isfinite(centre.y))
        return;
    m_pendingZoom.reset();
    auto goal = m_goal;
    goal.centre = centre;
    moveTo(goal, glideLength);
}

void MapCanvas::makeVisible(PointXY place)
{
    const auto at = m_goal.toDevice(place);
    const double margin = 48 * density();
    const QPointF by(std::clamp(at.x(), margin, std::max(margin, m_goal.size.width() - margin)) - at.x(),
                     std::clamp(at.y(), margin, std::max(margin, m_goal.size.height() - margin)) - at.y());
    if (!by.isNull())
        moveTo(m_goal.panned(by), glideLength);
}

void MapCanvas::setScale(double denominator)
{
    if (!std::isfinite(denominator) || denominator <= 0)
        return;
    m_pendingZoom.reset();
    auto goal = m_goal;
    goal.setScale(denominator);
    moveTo(goal, glideLength);
}

void MapCanvas::setRotation(double degrees)
{
    auto goal = m_goal;
    goal.rotation = degrees;
    moveTo(goal, glideLength);
}

void MapCanvas::setCrs(const Crs &crs)
{
    if (crs == m_goal.crs)
        return;
    m_history = {};
    setHighlight({});
    auto goal = inCrs(m_goal, crs);
    goal.crs = crs;
    moveTo(goal, 0);
}

void MapCanvas::previousView()
{
    m_history.record(m_goal);
    if (m_history.canGoBack())
        moveTo(
            [this] {
                auto goal = m_history.back();
                goal.resolution *= goal.pixelsPerMm / m_view.pixelsPerMm;
                return goal;
            }(),
            glideLength);
    emit historyChanged();
}

void MapCanvas::nextView()
{
    if (!m_history.canGoForward())
        return;
    auto goal = m_history.forward();
    goal.resolution *= goal.pixelsPerMm / m_view.pixelsPerMm;
    moveTo(goal, glideLength);
    emit historyChanged();
}

void MapCanvas::setTool(Tool tool)
{
    if (tool == m_tool)
        return;
    cancelDrag();
    m_tool = tool;
    updateCursor();
    emit toolChanged(tool);
}

void MapCanvas::setHighlight(std::vector<Geometry> geometries)
{
    m_highlight = std::move(geometries);
    m_highlightCrs = m_goal.crs;
    update();
}

void MapCanvas::setOutlines(std::vector<MapOutline> outlines)
{
    m_outlines = std::move(outlines);
    m_outlinesCrs = m_goal.crs;
    update();
}

void MapCanvas::adaptToWindow(QSize oldSize, QPoint oldPlace)
{
    const QSizeF newSize = QSizeF(size()) * density();
    const bool first = oldSize.isEmpty() || m_view.size.isEmpty();
    const bool windowChanged = window()->size() != m_windowSize;
    m_windowSize = window()->size();
    m_place = mapTo(window(), QPoint(0, 0));
    const auto moved = toDevice(QPointF(m_place - oldPlace));
    // A panel that opens beside the map must not move the map's content; a window that grows shows more on all sides.
    const auto adapted = [&](Viewport view) {
        if (!first && !windowChanged)
            view.centre = view.toMap(moved + QPointF(newSize.width() / 2, newSize.height() / 2));
        view.size = newSize;
        return view;
    };
    m_motion.from = adapted(m_motion.from);
    m_motion.to = adapted(m_motion.to);
    m_goal = adapted(m_goal);
    m_view.pixelsPerMm = m_goal.pixelsPerMm;
    present(adapted(m_view));
    if (m_pendingZoom) {
        const auto pending = *m_pendingZoom;
        const auto transform = Transform::create(pending.second, m_goal.crs);
        if (transform)
            moveTo(m_goal.fitted(transform->forward(pending.first)), 0);
    }
    m_picture.request(m_goal);
}

void MapCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    adaptToWindow(event->oldSize(), m_place);
    updateEmptyState();
    if (m_activity)
        m_activity->centreIn(rect());
}

void MapCanvas::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    adaptToDensity();
    readScene();
    updateEmptyState();
    m_settleTimer.start();
}

void MapCanvas::adaptToDensity()
{
    const double pixelsPerMm = 96 / 25.4 * density();
    const double factor = m_goal.pixelsPerMm / pixelsPerMm;
    for (auto *view : {&m_goal, &m_view, &m_motion.from, &m_motion.to}) {
        view->resolution *= factor; // the same scale on paper
        view->pixelsPerMm = pixelsPerMm;
        view->size = QSizeF(size()) * density();
    }
    m_picture.request(m_goal);
    update();
    emit viewportChanged(m_view);
}

} // namespace hanseatlas
