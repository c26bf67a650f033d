// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/mapcanvas.h"
#include "widgets/map/mapoverlay.h"

#include <QApplication>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>
#include <numbers>

namespace hanseatlas
{

namespace
{

constexpr double stepsPerDoubling = 2; // notches of the wheel
constexpr double fineStepsPerDoubling = 10;
constexpr int wheelGlide = 180; // ms
constexpr int keyGlide = 160;
constexpr double keyPan = 96; // logical pixels
constexpr qint64 releaseWindow = 90; // ms of a drag that tell its speed
constexpr double leastSpeed = 0.25; // logical pixels a ms; slower drags stop where they are let go
constexpr double glideTime = 300; // ms: way of the glide = speed × this
constexpr int kineticGlide = 900; // an OutCubic of three times the time starts with the speed of the hand

QPointF rounded(const QPointF &p)
{
    return {std::round(p.x()), std::round(p.y())};
}

double angleOf(const QPointF &p)
{
    return std::atan2(p.y(), p.x()) * 180 / std::numbers::pi;
}

} // namespace

void MapCanvas::mousePressEvent(QMouseEvent *event)
{
    m_keyboard = false;
    const auto button = event->button();
    if (button == Qt::BackButton || button == Qt::ForwardButton) {
        button == Qt::BackButton ? previousView() : nextView();
        return;
    }
    if (button == Qt::LeftButton && northArrowBox().contains(event->position())) {
        setRotation(0);
        return;
    }
    if (m_drag != Drag::None || (button != Qt::LeftButton && button != Qt::MiddleButton)) {
        QWidget::mousePressEvent(event);
        return;
    }
    if (m_animation.state() == QAbstractAnimation::Running)
        moveTo(m_view, 0); // the hand stops the glide
    m_drag = Drag::Press;
    m_pressed = m_mouse = toDevice(event->position());
    if (button == Qt::MiddleButton || m_spaceHeld)
        m_pressMeans = Drag::Pan;
    else if (event->modifiers() & Qt::ShiftModifier)
        m_pressMeans = Drag::Box;
    else if (event->modifiers() & Qt::ControlModifier)
        m_pressMeans = Drag::Turn;
    else
        m_pressMeans = m_tool == Tool::ZoomBox || m_tool == Tool::AreaBox ? Drag::Box : Drag::Pan;
    m_samples.clear();
    updateCursor();
}

void MapCanvas::beginDrag(Drag drag)
{
    m_drag = drag;
    m_pendingZoom.reset();
    const auto centre = QPointF(m_view.size.width() / 2, m_view.size.height() / 2);
    m_turnStart = m_view.rotation - angleOf(m_pressed - centre);
    updateCursor();
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event)
{
    m_keyboard = false;
    const auto place = toDevice(event->position());
    const bool overArrow = m_drag == Drag::None && northArrowBox().contains(event->position());
    if (overArrow != m_overArrow) {
        m_overArrow = overArrow;
        updateCursor();
        update(northArrowBox().toAlignedRect());
    }
    if (m_drag == Drag::Press
        && (place - m_pressed).manhattanLength() >= QGuiApplication::styleHints()->startDragDistance() * density())
        beginDrag(m_pressMeans);
    switch (m_drag) {
    case Drag::Pan:
        panTo(place);
        break;
    case Drag::Turn:
        turnTo(place);
        break;
    case Drag::Box:
        update();
        break;
    case Drag::None:
    case Drag::Press:
        break;
    }
    m_mouse = place;
    emit cursorMoved(m_view.toMap(place));
}

void MapCanvas::panTo(const QPointF &place)
{
    // Whole pixels: the sharp picture then fits to the pixels that are already there.
    const auto by = rounded(place) - rounded(m_mouse);
    m_samples.push_back({m_clock.elapsed(), place});
    while (m_samples.size() > 2 && m_samples.back().at - m_samples.front().at > releaseWindow)
        m_samples.pop_front();
    if (!by.isNull())
        moveTo(m_view.panned(by), 0);
}

void MapCanvas::turnTo(const QPointF &place)
{
    const auto centre = QPointF(m_view.size.width() / 2, m_view.size.height() / 2);
    auto goal = m_view;
    goal.rotation = normalisedRotation(m_turnStart + angleOf(place - centre));
    if (std::abs(goal.rotation) < 2)
        goal.rotation = 0; // north snaps
    moveTo(goal, 0);
}

void MapCanvas::click()
{
    if (!m_overlay || !m_overlay->click(m_view, m_mouse))
        emit identifyRequested(m_view, m_mouse);
}

void MapCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    const bool ours = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
    if (m_drag == Drag::None || !ours) {
        QWidget::mouseReleaseEvent(event);
        return;
    }
    m_mouse = toDevice(event->position());
    endDrag(event);
}

void MapCanvas::endDrag(QMouseEvent *event)
{
    const auto drag = std::exchange(m_drag, Drag::None);
    const auto meant = std::exchange(m_pressMeans, Drag::None);
    updateCursor();
    if (drag == Drag::Pan)
        glideOn();
    else if (drag == Drag::Box)
        m_tool == Tool::AreaBox ? tellArea() : zoomToBox();
    else if (drag == Drag::Press && event->button() == Qt::LeftButton && meant == Drag::Box && m_tool == Tool::ZoomBox)
        zoomAbout(2, m_mouse, wheelGlide);
    else if (drag == Drag::Press && event->button() == Qt::LeftButton && meant == Drag::Pan && !m_spaceHeld)
        click();
    m_picture.request(m_goal);
    m_settleTimer.start();
}

void MapCanvas::cancelDrag()
{
    if (m_drag == Drag::None)
        return;
    m_drag = m_pressMeans = Drag::None;
    updateCursor();
    update();
}

void MapCanvas::glideOn()
{
    if (m_samples.size() < 2 || m_clock.elapsed() - m_samples.back().at > releaseWindow)
        return; // held still before it was let go
    const auto time = double(std::max<qint64>(1, m_samples.back().at - m_samples.front().at));
    const auto speed = (m_samples.back().place - m_samples.front().place) / time;
    const double length = std::hypot(speed.x(), speed.y());
    if (length < leastSpeed * density())
        return;
    const double reach = 1.5 * std::max(m_view.size.width(), m_view.size.height());
    const auto way = speed * std::min(glideTime, reach / length);
    moveTo(m_view.panned(rounded(way)), kineticGlide);
}

void MapCanvas::zoomToBox()
{
    const auto box = QRectF(m_pressed, m_mouse).normalized();
    update();
    if (box.width() < 4 || box.height() < 4)
        return;
    const double factor = std::min(m_view.size.width() / box.width(), m_view.size.height() / box.height());
    auto goal = m_view;
    goal.centre = m_view.toMap(box.center());
    goal.resolution = m_view.resolution / factor;
    moveTo(goal, 2 * wheelGlide);
    if (m_tool == Tool::ZoomBox)
        setTool(Tool::Hand); // the box is drawn once, then one looks
}

void MapCanvas::tellArea()
{
    const auto box = QRectF(m_pressed, m_mouse).normalized();
    update();
    if (box.width() < 4 || box.height() < 4)
        return;
    Geometry area{.kind = GeometryKind::Polygon, .points = {}, .ringEnds = {5}, .partStarts = {}};
    for (const auto &corner : {box.bottomLeft(), box.bottomRight(), box.topRight(), box.topLeft(), box.bottomLeft()})
        area.points.push_back(m_view.toMap(corner));
    setTool(Tool::Hand);
    emit areaDrawn(area);
}

void MapCanvas::zoomAbout(double factor, const QPointF &anchor, int milliseconds)
{
    m_pendingZoom.reset();
    moveTo(m_goal.zoomed(factor, anchor), milliseconds);
}

Viewport MapCanvas::turned(Viewport view, double degrees, const QPointF &anchor)
{
    const auto fixed = view.toMap(anchor);
    view.rotation = normalisedRotation(view.rotation + degrees);
    return view.panned(anchor - view.toDevice(fixed));
}

void MapCanvas::leaveEvent(QEvent *event)
{
    if (std::exchange(m_overArrow, false))
        update(northArrowBox().toAlignedRect());
    emit cursorLeft();
    QWidget::leaveEvent(event);
}

void MapCanvas::wheelEvent(QWheelEvent *event)
{
    const auto turn = event->angleDelta();
    const int delta = turn.y() != 0 ? turn.y() : turn.x(); // some desktops swap the axes with Shift or Alt
    event->accept();
    if (delta == 0 || m_drag != Drag::None)
        return;
    const auto anchor = toDevice(event->position());
    const double steps = delta / 120.0;
    if (event->modifiers() & Qt::ShiftModifier) {
        m_animation.stop();
        moveTo(turned(m_goal, steps * 5, anchor), 0);
        return;
    }
    const bool fine = event->modifiers() & Qt::ControlModifier;
    // Trackpads send many small steps, which need no glide of their own.
    const bool notch = std::abs(delta) >= 120 && event->phase() == Qt::NoScrollPhase;
    zoomAbout(std::exp2(steps / (fine ? fineStepsPerDoubling : stepsPerDoubling)), anchor, notch ? wheelGlide : 0);
}

void MapCanvas::keyPressEvent(QKeyEvent *event)
{
    const double step = keyPan * density() * (event->modifiers() & Qt::ShiftModifier ? 4 : 1);
    const auto pan = [&](double x, double y) {
        m_keyboard = true;
        moveTo(m_goal.panned({std::round(x * step), std::round(y * step)}), keyGlide);
    };
    if (event->modifiers() & (Qt::AltModifier | Qt::MetaModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        pan(1, 0);
        break;
    case Qt::Key_Right:
        pan(-1, 0);
        break;
    case Qt::Key_Up:
        pan(0, 1);
        break;
    case Qt::Key_Down:
        pan(0, -1);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(std::numbers::sqrt2);
        break;
    case Qt::Key_Minus:
        zoomBy(1 / std::numbers::sqrt2);
        break;
    case Qt::Key_PageUp:
        zoomBy(2);
        break;
    case Qt::Key_PageDown:
        zoomBy(0.5);
        break;
    case Qt::Key_Home:
        zoomToAll();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_keyboard = true;
        emit identifyRequested(m_view, {m_view.size.width() / 2, m_view.size.height() / 2});
        update();
        break;
    case Qt::Key_Escape:
        if (m_drag != Drag::None)
            cancelDrag();
        else if (m_tool != Tool::Hand)
            setTool(Tool::Hand);
        else
            QWidget::keyPressEvent(event);
        break;
    case Qt::Key_Space:
        m_spaceHeld = true;
        updateCursor();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void MapCanvas::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    m_spaceHeld = false;
    updateCursor();
}

void MapCanvas::focusOutEvent(QFocusEvent *event)
{
    m_spaceHeld = false;
    m_keyboard = false;
    updateCursor();
    update();
    QWidget::focusOutEvent(event);
}

void MapCanvas::updateCursor()
{
    auto shape = Qt::ArrowCursor;
    if (m_overArrow)
        shape = Qt::PointingHandCursor;
    else if (m_drag == Drag::Pan || (m_drag == Drag::Press && m_pressMeans == Drag::Pan && m_spaceHeld))
        shape = Qt::ClosedHandCursor;
    else if (m_spaceHeld)
        shape = Qt::OpenHandCursor;
    else if (m_drag == Drag::Turn)
        shape = Qt::SizeAllCursor;
    else if (m_drag == Drag::Box || m_tool == Tool::ZoomBox || m_tool == Tool::AreaBox)
        shape = Qt::CrossCursor;
    else if (m_tool == Tool::Identify)
        shape = Qt::WhatsThisCursor;
    if (cursor().shape() != shape)
        setCursor(shape);
}

bool MapCanvas::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::NativeGesture:
        if (nativeGesture(static_cast<QNativeGestureEvent *>(event)))
            return true;
        break;
    case QEvent::Gesture:
        if (auto *gesture = static_cast<QGestureEvent *>(event)->gesture(Qt::PinchGesture))
            return pinch(static_cast<QPinchGesture *>(gesture));
        break;
    case QEvent::DevicePixelRatioChange:
        adaptToDensity();
        break;
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (northArrowBox().contains(help->pos()))
            QToolTip::showText(help->globalPos(), tr("North is there. A click turns the map back."), this);
        else if (m_attributionBox.contains(help->pos()))
            QToolTip::showText(help->globalPos(), m_attribution.toHtmlEscaped(), this);
        else if (const auto tip = m_overlay ? m_overlay->tipAt(m_view, toDevice(help->pos())) : QString();
                 !tip.isEmpty())
            QToolTip::showText(help->globalPos(), tip.toHtmlEscaped().replace(u'\n', QLatin1StringView("<br>")), this);
        else
            QToolTip::hideText();
        return true;
    }
    default:
        break;
    }
    return QWidget::event(event);
}

bool MapCanvas::nativeGesture(QNativeGestureEvent *event)
{
    const auto anchor = toDevice(event->position());
    switch (event->gestureType()) {
    case Qt::ZoomNativeGesture:
        zoomAbout(std::max(0.1, 1 + event->value()), anchor, 0);
        return true;
    case Qt::RotateNativeGesture:
        moveTo(turned(m_goal, event->value(), anchor), 0);
        return true;
    case Qt::SmartZoomNativeGesture:
        zoomAbout(2, anchor, wheelGlide);
        return true;
    default:
        return false;
    }
}

bool MapCanvas::pinch(QPinchGesture *gesture)
{
    cancelDrag(); // the first finger had begun one
    const auto anchor = toDevice(mapFromGlobal(gesture->centerPoint()));
    auto goal = m_goal;
    const auto moved = gesture->centerPoint() - gesture->lastCenterPoint();
    if (gesture->state() != Qt::GestureStarted && !gesture->lastCenterPoint().isNull())
        goal = goal.panned(toDevice(moved));
    if (gesture->scaleFactor() > 0)
        goal = goal.zoomed(gesture->scaleFactor(), anchor);
    constexpr double leastTurn = 12; // degrees: fingers that only pinch turn a little too
    if (std::abs(gesture->totalRotationAngle()) > leastTurn)
        goal = turned(goal, gesture->rotationAngle() - gesture->lastRotationAngle(), anchor);
    moveTo(goal, 0);
    return true;
}

void MapCanvas::dragEnterEvent(QDragEnterEvent *event)
{
    if (!event->mimeData()->hasUrls())
        return;
    event->acceptProposedAction();
    m_dropping = true;
    update();
}

void MapCanvas::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropping = false;
    update();
}

void MapCanvas::dropEvent(QDropEvent *event)
{
    m_dropping = false;
    update();
    if (!event->mimeData()->hasUrls())
        return;
    event->acceptProposedAction();
    emit filesDropped(event->mimeData()->urls());
}

} // namespace hanseatlas
