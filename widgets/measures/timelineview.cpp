// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/timelineview.h"

#include "widgets/look/look.h"
#include "widgets/measures/measurework.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;
using Kind = TimelineRow::Kind;

namespace
{

constexpr int headerHeight = 40;
constexpr int barHeight = 14;
constexpr int grip = 6; ///< pixels at the end of a bar that change this end
constexpr double openEnd = 60; ///< pixels over which a bar without an end fades
constexpr double zoomStep = 1.25;

QString dayText(const QDate &day)
{
    return day.isValid() ? QLocale().toString(day, QLocale::ShortFormat) : TimelineView::tr("open");
}

} // namespace

TimelineView::TimelineView(MeasureWork &work, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_work(work)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline of the measures"));
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(look::rowHeight);
    horizontalScrollBar()->setSingleStep(40);
    const auto stale = [this] {
        m_stale = true;
        if (isVisible())
            load();
    };
    connect(&work, &MeasureWork::reset, this, stale);
    connect(&work, &MeasureWork::changed, this, stale);
    connect(&work, &MeasureWork::currentChanged, this, &TimelineView::followCurrent);
}

void TimelineView::setFilter(const MeasureFilter &filter)
{
    m_filter = filter;
    m_stale = true;
    if (isVisible())
        load();
}

void TimelineView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    if (m_stale)
        load();
}

void TimelineView::load()
{
    m_stale = false;
    m_drag = {};
    m_rows.clear(); // they point into what goes
    m_measures = m_work.passing(m_filter);
    const auto [first, last] = timelineSpan(m_measures, m_work.today());
    m_scale.first = first;
    m_last = last;
    if (!m_measures.isEmpty() && std::ranges::none_of(m_measures, isDated))
        m_closed.remove(-1); // there is nothing else to see
    m_rows = timelineRows(m_measures, m_work.facts(), m_closed);
    fit();
    if (!m_placed && !m_measures.isEmpty() && width() > leftWidth()) {
        m_placed = true;
        goToToday();
    }
    followCurrent();
}

void TimelineView::fit()
{
    const int height = viewport()->height() - headerHeight, width = viewport()->width() - leftWidth();
    verticalScrollBar()->setPageStep(height);
    verticalScrollBar()->setRange(0, std::max(0, int(m_rows.size()) * look::rowHeight - height));
    horizontalScrollBar()->setPageStep(width);
    horizontalScrollBar()->setRange(0, std::max(0, int(m_scale.x(m_last)) - width));
    viewport()->update();
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    fit();
}

int TimelineView::leftWidth() const
{
    return std::clamp(viewport()->width() / 3, 140, 320);
}

double TimelineView::toView(const QDate &day) const
{
    return leftWidth() + m_scale.x(day) - horizontalScrollBar()->value();
}

int TimelineView::topOf(int row) const
{
    return headerHeight + row * look::rowHeight - verticalScrollBar()->value();
}

int TimelineView::rowAt(double y) const
{
    if (y < headerHeight)
        return -1;
    const int row = (int(y) - headerHeight + verticalScrollBar()->value()) / look::rowHeight;
    return row < m_rows.size() ? row : -1;
}

void TimelineView::zoom(double factor, std::optional<double> x)
{
    const double there = x.value_or((leftWidth() + viewport()->width()) / 2.0) - leftWidth();
    const double days = (there + horizontalScrollBar()->value()) / m_scale.day;
    m_scale.day = std::clamp(m_scale.day * factor, TimelineScale::narrowest, TimelineScale::widest);
    fit();
    horizontalScrollBar()->setValue(qRound(days * m_scale.day - there));
    viewport()->update();
}

void TimelineView::goToToday()
{
    horizontalScrollBar()->setValue(qRound(m_scale.x(m_work.today()) - (viewport()->width() - leftWidth()) / 3.0));
    viewport()->update();
}

QRectF TimelineView::barOf(int row) const
{
    if (row < 0 || row >= m_rows.size() || !m_rows[row].measure)
        return {};
    const auto &measure = *m_rows[row].measure;
    const bool dragged = m_drag.grip != Grip::None && m_drag.row == row;
    const auto start = dragged ? m_drag.start : measure.start, end = dragged ? m_drag.end : measure.end;
    if (!start.isValid() && !end.isValid())
        return {};
    const double left = start.isValid() ? toView(start) : toView(end) - openEnd;
    const double right = end.isValid() ? toView(end.addDays(1)) : left + openEnd;
    return {left, topOf(row) + (look::rowHeight - barHeight) / 2.0, std::max(right - left, 2.0), double(barHeight)};
}

QString TimelineView::tell(int row) const
{
    const auto &one = m_rows[row];
    if (!one.measure)
        return tr("%1, %n measure(s)", nullptr, one.count).arg(one.title);
    const auto &measure = *one.measure;
    QStringList lines{u"%1 %2"_s.arg(measure.number, measure.title)};
    if (measure.start.isValid() || measure.end.isValid())
        lines << tr("%1 to %2").arg(dayText(measure.start), dayText(measure.end));
    if (measure.progress)
        lines << tr("Progress: %1 %").arg(*measure.progress);
    for (const auto &milestone : measure.milestones) {
        if (milestone.due.isValid())
            lines << u"%1 %2: %3"_s.arg(milestone.done.isValid() ? u"✓"_s : u"◇"_s, dayText(milestone.due),
                                        milestone.title);
    }
    return lines.join(u'\n');
}

// Painting

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), tokens().raised);
    if (m_rows.isEmpty()) {
        painter.setPen(tokens().secondary);
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("No measure passes the filter."));
        return;
    }
    const auto from = m_scale.at(horizontalScrollBar()->value()),
               to = m_scale.at(horizontalScrollBar()->value() + viewport()->width());
    const auto ticks = timelineTicks(m_scale, from, to);
    const int left = leftWidth();
    painter.setClipRect(left, headerHeight, viewport()->width(), viewport()->height());
    for (const auto &tick : ticks) {
        painter.setPen(QPen(tokens().border, tick.major ? 1.5 : 0.5));
        painter.drawLine(QPointF(toView(tick.day), headerHeight), QPointF(toView(tick.day), viewport()->height()));
    }
    const int first = verticalScrollBar()->value() / look::rowHeight;
    const int last =
        std::min(int(m_rows.size()) - 1,
                 rowAt(viewport()->height() - 1) < 0 ? int(m_rows.size()) - 1 : rowAt(viewport()->height() - 1));
    for (int row = first; row <= last; ++row)
        paintRow(painter, row);
    painter.setPen(QPen(tokens().brand, 1.5));
    painter.drawLine(QPointF(toView(m_work.today()), headerHeight),
                     QPointF(toView(m_work.today()), viewport()->height()));
    painter.setClipRect(0, headerHeight, left, viewport()->height());
    for (int row = first; row <= last; ++row)
        paintName(painter, row);
    painter.setClipping(false);
    painter.setPen(QPen(tokens().border, 1));
    painter.drawLine(left, 0, left, viewport()->height());
    paintHeader(painter, ticks);
}

void TimelineView::paintHeader(QPainter &painter, const QList<TimelineTick> &ticks) const
{
    const int left = leftWidth();
    painter.fillRect(QRect(0, 0, viewport()->width(), headerHeight), tokens().sunken);
    painter.setPen(tokens().secondary);
    painter.setFont(look::font(Type::Caption));
    painter.drawText(QRect(space::medium, 0, left - space::medium, headerHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     std::ranges::any_of(m_measures, isDated) ? tr("%n measure(s)", nullptr, int(m_measures.size()))
                                                              : tr("Enter start and end beside, or import them."));
    painter.setClipRect(left, 0, viewport()->width(), headerHeight);
    const int half = headerHeight / 2;
    for (const auto &tick : ticks) {
        const double x = toView(tick.day);
        painter.setPen(tick.major ? tokens().text : tokens().secondary);
        painter.setFont(look::font(tick.major ? Type::Strong : Type::Caption));
        painter.drawText(QRectF(x + space::tiny, tick.major ? 0 : half, 200, half), Qt::AlignVCenter | Qt::AlignLeft,
                         tick.text);
    }
    const double today = toView(m_work.today());
    painter.setPen(tokens().brand);
    painter.setFont(look::font(Type::Caption));
    painter.drawLine(QPointF(today, half), QPointF(today, headerHeight));
    painter.setClipping(false);
    painter.setPen(QPen(tokens().border, 1));
    painter.drawLine(0, headerHeight, viewport()->width(), headerHeight);
}

void TimelineView::paintRow(QPainter &painter, int row) const
{
    const auto &one = m_rows[row];
    const QRect place(leftWidth(), topOf(row), viewport()->width() - leftWidth(), look::rowHeight);
    if (!one.measure) {
        painter.fillRect(place, tokens().surface);
        return;
    }
    if (row == m_current)
        painter.fillRect(place, tokens().selection);
    paintBar(painter, row);
    paintMilestones(painter, row);
}

void TimelineView::paintName(QPainter &painter, int row) const
{
    const auto &one = m_rows[row];
    const QRect place(0, topOf(row), leftWidth(), look::rowHeight);
    const auto inner = place.adjusted(space::medium, 0, -space::small, 0);
    painter.fillRect(place, !one.measure ? tokens().surface : row == m_current ? tokens().selection : tokens().raised);
    if (row == m_current && hasFocus()) {
        painter.setPen(QPen(tokens().focus, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(place).adjusted(2, 2, -2, -2), radius, radius);
    }
    if (!one.measure) {
        look::icon(one.open ? u"chevron-down"_s : u"chevron-right"_s, Tint::Secondary)
            .paint(&painter, QRect(inner.left() - 4, inner.center().y() - 8, 16, 16));
        painter.setPen(tokens().text);
        painter.setFont(look::font(Type::Strong));
        const auto text = u"%1 (%2)"_s.arg(one.title, QLocale().toString(one.count));
        painter.drawText(inner.adjusted(16, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, inner.width() - 16));
        return;
    }
    painter.setFont(look::font(Type::Body));
    const QFontMetrics metrics(painter.font());
    painter.setPen(tokens().secondary);
    painter.drawText(inner.adjusted(16, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, one.measure->number);
    const int used = 16 + metrics.horizontalAdvance(one.measure->number) + space::small;
    painter.setPen(tokens().text);
    painter.drawText(inner.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(one.title, Qt::ElideRight, inner.width() - used));
}

void TimelineView::paintBar(QPainter &painter, int row) const
{
    const auto bar = barOf(row);
    if (bar.isEmpty() || bar.right() < leftWidth() || bar.left() > viewport()->width())
        return;
    const auto &measure = *m_rows[row].measure;
    const auto &c = tokens();
    const bool late = measure.end.isValid() && measure.end < m_work.today() && !measure.isFinished();
    auto ground = late ? c.errorSoft : c.infoSoft, done = late ? c.error : c.accent;
    QLinearGradient fade(bar.left(), 0, bar.right(), 0);
    auto clear = ground;
    clear.setAlpha(0);
    fade.setColorAt(0, measure.start.isValid() ? ground : clear);
    fade.setColorAt(1, measure.end.isValid() || m_drag.row == row ? ground : clear);
    painter.setPen(QPen(late ? c.error : c.outline, 1,
                        measure.start.isValid() && measure.end.isValid() ? Qt::SolidLine : Qt::DotLine));
    painter.setBrush(fade);
    painter.drawRoundedRect(bar, 4, 4);
    if (measure.progress.value_or(0) > 0 && measure.end.isValid() && measure.start.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(done);
        auto part = bar.adjusted(1, 4, -1, -4);
        part.setWidth(part.width() * *measure.progress / 100.0);
        painter.drawRoundedRect(part, 3, 3);
    }
}

/** Done: full; due: a ring; overdue: a ring in the colour of errors with a stroke through it. */
void TimelineView::paintMilestones(QPainter &painter, int row) const
{
    constexpr double size = 5;
    const double y = topOf(row) + look::rowHeight / 2.0;
    for (const auto &one : m_rows[row].measure->milestones) {
        if (!one.due.isValid())
            continue;
        const double x = toView(one.due);
        const bool late = !one.done.isValid() && one.due < m_work.today() && !m_rows[row].measure->isFinished();
        QPainterPath diamond;
        diamond.addPolygon(QPolygonF({{x, y - size}, {x + size, y}, {x, y + size}, {x - size, y}, {x, y - size}}));
        painter.setPen(QPen(late ? tokens().error : tokens().text, 1.5));
        painter.setBrush(one.done.isValid() ? tokens().text : tokens().raised);
        painter.drawPath(diamond);
        if (late)
            painter.drawLine(QPointF(x, y - 2), QPointF(x, y + 2));
    }
}

// What people do

TimelineView::Grip TimelineView::gripAt(const QPointF &position, int &row) const
{
    row = rowAt(position.y());
    const auto bar = barOf(row);
    if (position.x() <= leftWidth() || bar.isEmpty() || !bar.adjusted(-grip, 0, grip, 0).contains(position)
        || !m_work.isWritable())
        return Grip::None;
    const auto &measure = *m_rows[row].measure;
    if (measure.end.isValid() && position.x() >= bar.right() - grip)
        return Grip::End;
    if (measure.start.isValid() && position.x() <= bar.left() + grip)
        return Grip::Start;
    return Grip::Whole;
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    const auto position = event->position();
    const int row = rowAt(position.y());
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    setCurrent(row, true);
    if (!m_rows[row].measure)
        return toggle(row);
    int held = -1;
    if (const auto what = gripAt(position, held); what != Grip::None)
        m_drag = {what, held, position.x(), m_rows[held].measure->start, m_rows[held].measure->end};
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_drag.grip != Grip::None)
        return drag(event->position().x());
    int row = -1;
    switch (gripAt(event->position(), row)) {
    case Grip::None:
        return viewport()->unsetCursor();
    case Grip::Whole:
        return viewport()->setCursor(Qt::OpenHandCursor);
    case Grip::Start:
    case Grip::End:
        return viewport()->setCursor(Qt::SizeHorCursor);
    }
}

/** Whole days; the start stays before the end. */
void TimelineView::drag(double x)
{
    const auto &measure = *m_rows[m_drag.row].measure;
    const auto days = std::lround((x - m_drag.from) / m_scale.day);
    const auto moved = [days](const QDate &day) { return day.isValid() ? day.addDays(days) : day; };
    if (m_drag.grip != Grip::End)
        m_drag.start = moved(measure.start);
    if (m_drag.grip != Grip::Start)
        m_drag.end = moved(measure.end);
    if (m_drag.start.isValid() && m_drag.end.isValid() && m_drag.end < m_drag.start)
        (m_drag.grip == Grip::Start ? m_drag.start : m_drag.end) =
            m_drag.grip == Grip::Start ? m_drag.end : m_drag.start;
    const auto bar = barOf(m_drag.row);
    QToolTip::showText(viewport()->mapToGlobal(bar.bottomLeft().toPoint()),
                       tr("%1 to %2").arg(dayText(m_drag.start), dayText(m_drag.end)), viewport());
    viewport()->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *)
{
    drop();
}

void TimelineView::drop()
{
    const auto what = std::exchange(m_drag, {});
    viewport()->update();
    if (what.grip == Grip::None || what.row >= m_rows.size() || !m_rows[what.row].measure)
        return;
    const auto before = *m_rows[what.row].measure;
    if (before.start == what.start && before.end == what.end)
        return;
    auto after = before;
    after.start = what.start;
    after.end = what.end;
    if (const auto status = m_work.edit(before, after, tr("Dates of %1").arg(before.number)); !status)
        emit m_work.failed(status.error());
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    zoom(std::pow(zoomStep, event->angleDelta().y() / 120.0), event->position().x());
    event->accept();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const int page = std::max(1, (viewport()->height() - headerHeight) / look::rowHeight);
    const int last = int(m_rows.size()) - 1;
    auto *along = horizontalScrollBar();
    switch (event->key()) {
    case Qt::Key_Escape:
        m_drag = {};
        viewport()->update();
        return;
    case Qt::Key_Up:
        return setCurrent(std::max(0, m_current - 1), true);
    case Qt::Key_Down:
        return setCurrent(std::min(last, m_current + 1), true);
    case Qt::Key_PageUp:
        return setCurrent(std::max(0, m_current - page), true);
    case Qt::Key_PageDown:
        return setCurrent(std::min(last, m_current + page), true);
    case Qt::Key_Home:
        return goToToday();
    case Qt::Key_Left:
        return along->setValue(along->value() - along->singleStep());
    case Qt::Key_Right:
        return along->setValue(along->value() + along->singleStep());
    case Qt::Key_Plus:
        return zoom(zoomStep);
    case Qt::Key_Minus:
        return zoom(1 / zoomStep);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return toggle(m_current);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void TimelineView::setCurrent(int row, bool tellOthers)
{
    if (row < 0 || row >= m_rows.size())
        return;
    m_current = row;
    auto *bar = verticalScrollBar();
    const int top = row * look::rowHeight, height = viewport()->height() - headerHeight;
    if (height > look::rowHeight)
        bar->setValue(std::clamp(bar->value(), top + look::rowHeight - height, top));
    setAccessibleDescription(tell(row));
    viewport()->update();
    if (tellOthers && m_rows[row].measure)
        m_work.setCurrent(m_rows[row].measure->number);
}

void TimelineView::toggle(int row)
{
    if (row < 0 || row >= m_rows.size() || m_rows[row].measure)
        return;
    const int field = m_rows[row].field;
    if (!m_closed.remove(field))
        m_closed.insert(field);
    m_rows = timelineRows(m_measures, m_work.facts(), m_closed);
    fit();
}

void TimelineView::followCurrent()
{
    const auto found = std::ranges::find_if(
        m_rows, [this](const TimelineRow &row) { return row.measure && row.measure->number == m_work.current(); });
    if (found != m_rows.end() && found - m_rows.begin() != m_current)
        setCurrent(int(found - m_rows.begin()), false);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos().y());
        QToolTip::showText(help->globalPos(), row >= 0 ? tell(row) : QString(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace hanseatlas
