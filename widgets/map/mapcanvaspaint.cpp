// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/mapcanvas.h"
#include "widgets/map/mapoverlay.h"

#include "layers/map/credits.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/map/activitycard.h"
#include "widgets/map/highlight.h"
#include "widgets/map/mapink.h"
#include "widgets/map/northarrow.h"
#include "widgets/map/scalebar.h"

#include <QPaintEvent>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double margin = 12; // logical pixels between the map's edge and what lies over it
constexpr qint64 busyAfter = 400; // ms: shorter work is not worth a sign
constexpr double busyRound = 1400; // ms of one run of the busy line
constexpr QColor highlightColor(0, 122, 204);

} // namespace

void MapCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_empty) { // no paper without a map: the ground is the window's
        painter.fillRect(rect(), look::tokens().sunken);
        if (m_dropping)
            paintDropFrame(painter);
        return;
    }
    painter.save();
    painter.scale(1 / density(), 1 / density());
    m_picture.paint(painter, m_view);
    painter.restore();
    paintOverlays(painter);
}

void MapCanvas::setOverlay(MapOverlay *overlay)
{
    m_overlay = overlay;
    update();
}

void MapCanvas::paintOverlays(QPainter &painter)
{
    const auto ink = mapInk(m_background);
    painter.setFont(look::font(look::Type::Caption));
    if (m_outlinesCrs == m_view.crs) {
        const auto within = QRectF(rect()).adjusted(margin, margin, -margin, -4 * margin); // above the scale bar
        for (const auto &outline : m_outlines)
            paintOutline(painter, outline, m_view, density(), within, ink);
    }
    if (m_overlay) {
        painter.save();
        m_overlay->paint(painter, m_view, density());
        painter.restore();
    }
    if (m_highlightCrs == m_view.crs) {
        for (const auto &geometry : m_highlight)
            paintHighlight(painter, geometry, m_view, density(), highlightColor);
    }
    if (m_keyboard && hasFocus())
        paintCross(painter, rect().center(), ink);
    if (m_drag == Drag::Box)
        paintBox(painter);
    const double room = width() - 2 * margin;
    const auto bar = SheetScaleBar::fitting(m_view.resolution * density() * groundMetres(), std::min(180.0, room / 3));
    const auto barBox = paintScaleBar(painter, QPointF(margin, height() - margin), bar, ink);
    m_attributionBox = paintAttribution(painter, QPointF(width() - margin, height() - margin),
                                        room - barBox.width() - margin, m_attribution, ink);
    paintNorthArrow(painter, northArrowBox(), m_view.rotation, tr("N", "north"), m_overArrow, ink);
    if (m_hasDemoData)
        paintBadge(painter, QPointF(margin, margin), demoMark(), ink);
    if (m_showsBusy)
        paintBusyLine(painter, QRectF(0, 0, width(), 3), m_busyPhase, highlightColor);
    if (m_dropping)
        paintDropFrame(painter);
}

double MapCanvas::groundMetres()
{
    // Asking PROJ takes milliseconds, and within a city the answer stays the same.
    constexpr double sameGround = 20000; // metres
    const auto &c = m_view.centre;
    const double unit = m_view.crs.metresPerUnit();
    if (m_groundCrs != m_view.crs || std::hypot(c.x - m_groundPlace.x, c.y - m_groundPlace.y) * unit > sameGround) {
        m_groundMetres = groundMetresPerUnit(m_view.crs, c);
        m_groundCrs = m_view.crs;
        m_groundPlace = c;
    }
    return m_groundMetres;
}

void MapCanvas::paintBox(QPainter &painter)
{
    const auto box = QRectF(m_pressed / density(), m_mouse / density()).normalized();
    auto wash = highlightColor;
    wash.setAlpha(36);
    painter.setPen(QPen(Qt::white, 3));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box);
    painter.setPen(QPen(highlightColor, 1.5));
    painter.setBrush(wash);
    painter.drawRect(box);
}

void MapCanvas::paintDropFrame(QPainter &painter)
{
    auto wash = highlightColor;
    wash.setAlpha(28);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(highlightColor, 3));
    painter.setBrush(wash);
    painter.drawRoundedRect(QRectF(rect()).adjusted(6, 6, -6, -6), look::radius, look::radius);
    const auto text = tr("Drop here to add to the map");
    painter.setFont(look::font(look::Type::Heading));
    const QFontMetricsF metrics(painter.font());
    QRectF box(0, 0, metrics.horizontalAdvance(text) + 40, metrics.height() + 20);
    box.moveCenter(QRectF(rect()).center());
    const auto ink = mapInk(m_background);
    paintPlate(painter, box, ink, look::radius);
    painter.setPen(ink.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

QRectF MapCanvas::northArrowBox() const
{
    if (m_empty)
        return {};
    return {width() - margin - northArrowSize, margin, northArrowSize, northArrowSize};
}

void MapCanvas::readScene()
{
    const auto scene = m_tree.scene();
    m_background = scene.background;
    const auto credits = creditsOf(scene.layers);
    m_hasDemoData = credits.demo;
    m_attribution = credits.sources.join(u" · "_s);
    update();
}

void MapCanvas::setBusy(bool busy)
{
    m_othersBusy = busy;
    if (busy && !m_busyTimer.isActive())
        m_busyTimer.start();
}

void MapCanvas::updateBusy()
{
    const bool shows = (m_picture.isBusy() && m_picture.busyFor() > busyAfter) || m_othersBusy;
    m_busyPhase = std::fmod(double(m_clock.elapsed()), busyRound) / busyRound;
    if (shows || m_showsBusy)
        update(QRect(0, 0, width(), 3));
    m_showsBusy = shows;
    if (!m_picture.isBusy() && !m_othersBusy)
        m_busyTimer.stop();
}

void MapCanvas::setEmptyActions(const QList<QAction *> &actions)
{
    m_emptyActions = actions;
    if (m_empty)
        delete std::exchange(m_empty, nullptr);
    updateEmptyState();
}

void MapCanvas::updateEmptyState()
{
    const bool empty = m_tree.roots().empty() && !m_activity;
    if (empty && !m_empty) {
        m_empty = new look::EmptyState(u"layers"_s, tr("The map is empty"),
                                       tr("Drop files here, or begin with one of these:"), this);
        for (auto *action : m_emptyActions)
            m_empty->addButton(action, action == m_emptyActions.front());
        m_empty->show();
        update();
    } else if (!empty && m_empty) {
        delete std::exchange(m_empty, nullptr);
        update();
    }
    if (m_empty)
        m_empty->setGeometry(rect());
}

void MapCanvas::setActivity(const QString &text, double fraction)
{
    if (text.isEmpty()) {
        delete std::exchange(m_activity, nullptr);
    } else {
        if (!m_activity) {
            m_activity = new ActivityCard(this);
            m_activity->show();
        }
        m_activity->setText(text);
        m_activity->setFraction(fraction);
        m_activity->centreIn(rect());
    }
    updateEmptyState();
}

} // namespace hanseatlas
