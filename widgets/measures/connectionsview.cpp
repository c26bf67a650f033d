// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/connectionsview.h"

#include "widgets/look/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;
using Kind = ConnectionNode::Kind;

namespace
{

constexpr int movementTime = 220; // ms
/** With more lines than that only those of the choice are drawn: nobody can follow the others. */
constexpr std::size_t mostPlainEdges = 4000;

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(float(opacity));
    return colour;
}

/** The text as it fits into two lines: cut where it does not. */
QString twoLines(const QString &text, const QFontMetricsF &metrics, const QRectF &box)
{
    qsizetype cut = 0; // of the first line
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if ((i == text.size() || text[i] == u' ') && metrics.horizontalAdvance(text.first(i)) <= box.width())
            cut = i;
    }
    if (cut == 0)
        return metrics.elidedText(text, Qt::ElideRight, box.width());
    return text.first(cut) + u'\n' + metrics.elidedText(text.sliced(cut).trimmed(), Qt::ElideRight, box.width());
}

QPainterPath lineBetween(const QRectF &left, const QRectF &right)
{
    const QPointF from(left.right(), left.center().y()), to(right.left(), right.center().y());
    const QPointF bend((to.x() - from.x()) / 2, 0);
    QPainterPath path(from);
    path.cubicTo(from + bend, to - bend, to);
    return path;
}

} // namespace

ConnectionsView::ConnectionsView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Connections of the strategy"));
    viewport()->setMouseTracking(true);
    m_movement.setStartValue(0.0);
    m_movement.setEndValue(1.0);
    m_movement.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_movement, &QVariantAnimation::valueChanged, viewport(), qOverload<>(&QWidget::update));
}

QSize ConnectionsView::sizeHint() const
{
    return {1100, 680};
}

void ConnectionsView::setGraph(ConnectionGraph graph)
{
    const auto kept = m_chosen < 0 ? ConnectionNode() : m_graph.nodes()[std::size_t(m_chosen)];
    const bool had = m_chosen >= 0;
    m_graph = std::move(graph);
    m_hovered = m_chosen = -1;
    m_lit.clear();
    m_before.clear();
    if (had)
        choose(m_graph.indexOf(kept.kind, kept.id));
    arrange(false);
}

void ConnectionsView::choose(int node)
{
    if (node < 0 || node >= int(m_graph.nodes().size()))
        node = -1;
    if (node == m_chosen)
        return;
    m_chosen = node;
    m_lit = node < 0 ? std::vector<char>() : m_graph.connected(node);
    arrange(true);
    setAccessibleDescription(summary());
    emit choiceChanged();
}

void ConnectionsView::chooseMeasure(const QString &number)
{
    if (const int node = m_graph.indexOf(Kind::Measure, number); node >= 0)
        choose(node);
}

QStringList ConnectionsView::litMeasures() const
{
    QStringList numbers;
    if (m_chosen >= 0) {
        for (const int node : m_graph.measuresOf(m_chosen))
            numbers << m_graph.nodes()[std::size_t(node)].id;
    }
    return numbers;
}

QString ConnectionsView::summary() const
{
    if (m_chosen < 0)
        return {};
    std::array<int, ConnectionNode::kinds> lit{};
    for (std::size_t i = 0; i < m_lit.size(); ++i)
        lit[std::size_t(m_graph.nodes()[i].kind)] += m_lit[i];
    const auto &node = m_graph.nodes()[std::size_t(m_chosen)];
    const auto title = node.kind == Kind::Measure ? node.id + u' ' + node.title : node.title;
    return tr("%1: %2, %3, %4", "a node and what hangs on it")
        .arg(title, tr("%n measure(s)", nullptr, lit[std::size_t(Kind::Measure)]),
             tr("%n lead(s)", nullptr, lit[std::size_t(Kind::Lead)]),
             tr("%n concept(s) and resolution(s)", nullptr, lit[std::size_t(Kind::Concept)]));
}

double ConnectionsView::lineHeight() const
{
    return std::ceil(QFontMetricsF(look::font(Type::Caption)).height() * 1.45);
}

void ConnectionsView::arrange(bool moving)
{
    std::vector<QRectF> now;
    for (int i = 0; i < int(m_layout.boxes.size()); ++i)
        now.push_back(boxOf(i));
    m_layout = layoutOf(m_graph, m_lit, viewport()->size(), lineHeight());
    auto *bar = verticalScrollBar();
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(int(lineHeight()));
    bar->setRange(0, std::max(0, int(std::ceil(m_layout.height)) - viewport()->height()));
    if (m_chosen >= 0) { // what was chosen is seen
        const auto box = m_layout.boxes[std::size_t(m_chosen)];
        const double top = m_layout.headers.front().bottom();
        bar->setValue(std::clamp(bar->value(), int(box.bottom() + top) - viewport()->height(), int(box.top() - top)));
    }
    m_movement.stop();
    const int time = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0 ? movementTime : 0;
    m_before = moving && time > 0 && now.size() == m_layout.boxes.size() ? std::move(now) : std::vector<QRectF>();
    if (!m_before.empty()) {
        m_movement.setDuration(time);
        m_movement.start();
    }
    viewport()->update();
}

QRectF ConnectionsView::boxOf(int node) const
{
    const auto &to = m_layout.boxes[std::size_t(node)];
    if (m_before.empty() || m_movement.state() != QAbstractAnimation::Running)
        return to;
    const auto &from = m_before[std::size_t(node)];
    const double t = m_movement.currentValue().toDouble();
    return {from.x() + (to.x() - from.x()) * t, from.y() + (to.y() - from.y()) * t,
            from.width() + (to.width() - from.width()) * t, from.height() + (to.height() - from.height()) * t};
}

int ConnectionsView::nodeAt(const QPoint &position) const
{
    if (position.y() < m_layout.headers.front().bottom())
        return -1;
    const QPointF at(position.x(), position.y() + verticalScrollBar()->value());
    for (std::size_t i = 0; i < m_layout.boxes.size(); ++i) {
        if (m_layout.boxes[i].contains(at))
            return int(i);
    }
    return -1;
}

ConnectionsView::State ConnectionsView::stateOf(int node) const
{
    if (node == m_chosen)
        return State::Chosen;
    if (m_lit.empty())
        return State::Plain;
    return m_lit[std::size_t(node)] ? State::Lit : State::Dim;
}

QString ConnectionsView::columnTitle(int kind) const
{
    switch (Kind(kind)) {
    case Kind::Vision:
        return {};
    case Kind::Goal:
        return tr("Goals");
    case Kind::Field:
        return tr("Fields of action");
    case Kind::Measure:
        return tr("Measures");
    case Kind::Lead:
        return tr("Lead");
    case Kind::Concept:
        return tr("Concepts, resolutions");
    }
    return {};
}

void ConnectionsView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), tokens().raised);
    painter.setRenderHint(QPainter::Antialiasing);
    const double scrolled = verticalScrollBar()->value();
    const QRectF visible(0, scrolled, viewport()->width(), viewport()->height());
    painter.save();
    painter.translate(0, -scrolled);
    paintEdges(painter, visible);
    paintNodes(painter, visible);
    painter.restore();
    paintHeaders(painter);
}

/** First what is passed over, then what is picked out. */
void ConnectionsView::paintEdges(QPainter &painter, const QRectF &visible) const
{
    const auto &edges = m_graph.edges();
    for (const bool lit : {false, true}) {
        if (!lit && edges.size() > mostPlainEdges)
            continue;
        if (lit && m_lit.empty())
            break;
        const double opacity = lit ? 0.6 : m_lit.empty() ? 0.25 : 0.07;
        painter.setPen(QPen(faded(lit ? tokens().accent : tokens().outline, opacity), lit ? 1.4 : 1.0));
        for (const auto &[left, right] : edges) {
            if ((!m_lit.empty() && m_lit[std::size_t(left)] && m_lit[std::size_t(right)]) != lit)
                continue;
            const auto from = boxOf(left), to = boxOf(right);
            if (std::max(from.bottom(), to.bottom()) >= visible.top()
                && std::min(from.top(), to.top()) <= visible.bottom())
                painter.drawPath(lineBetween(from, to));
        }
    }
}

void ConnectionsView::paintNodes(QPainter &painter, const QRectF &visible) const
{
    const auto &colours = tokens();
    painter.setFont(look::font(Type::Caption));
    const QFontMetricsF metrics(painter.font());
    int lastLine = -1;
    for (int i = 0; i < int(m_graph.nodes().size()); ++i) {
        auto box = boxOf(i);
        const int pixelLine = int(box.y() * 2);
        if (!box.intersects(visible) || (box.height() < 1 && pixelLine == lastLine))
            continue; // of thousands of hairlines in one place, one is enough
        lastLine = pixelLine;
        const auto state = stateOf(i);
        const bool hovered = i == m_hovered && state != State::Chosen;
        if (box.height() > 6)
            box.adjust(0, 1, 0, -1);
        else
            box.setHeight(std::max(0.8, box.height() * 0.7));
        const auto fill = state == State::Chosen ? colours.accent
            : hovered                            ? colours.hover
            : state == State::Lit                ? colours.selection
                                                 : colours.sunken;
        painter.setPen(Qt::NoPen);
        painter.setBrush(state == State::Dim && !hovered && box.height() <= 6 ? faded(colours.outline, 0.25)
                             : box.height() <= 6                              ? faded(colours.outline, 0.4)
                                                                              : fill);
        const double round = std::min<double>(4, box.height() / 2);
        painter.drawRoundedRect(box, round, round);
        if (!m_layout.labelled[std::size_t(i)] || box.height() < metrics.height())
            continue;
        painter.setPen(state == State::Chosen    ? colours.onAccent
                           : state == State::Dim ? colours.secondary
                                                 : colours.text);
        const auto &node = m_graph.nodes()[std::size_t(i)];
        const bool numbered = node.kind == Kind::Measure || node.kind == Kind::Field;
        const auto text = numbered ? node.id + u"  "_s + node.title : node.title;
        const auto inner = box.adjusted(6, 0, -6, 0);
        if (inner.height() >= 2 * metrics.height() && metrics.horizontalAdvance(text) > inner.width())
            painter.drawText(inner, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextWordWrap,
                             twoLines(text, metrics, inner));
        else
            painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                             metrics.elidedText(text, Qt::ElideRight, inner.width()));
    }
    if (hasFocus() && m_chosen >= 0) {
        painter.setPen(QPen(colours.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(boxOf(m_chosen).adjusted(-2, -1, 2, 1), 5, 5);
    }
}

void ConnectionsView::paintHeaders(QPainter &painter) const
{
    painter.fillRect(QRectF(0, 0, viewport()->width(), m_layout.headers.front().bottom()), tokens().raised);
    std::array<int, ConnectionNode::kinds> all{}, lit{};
    for (std::size_t i = 0; i < m_graph.nodes().size(); ++i) {
        const auto kind = std::size_t(m_graph.nodes()[i].kind);
        ++all[kind];
        lit[kind] += !m_lit.empty() && m_lit[i];
    }
    const double scrolled = verticalScrollBar()->value();
    for (int kind = 0; kind < ConnectionNode::kinds; ++kind) {
        const auto title = columnTitle(kind);
        auto box = m_layout.headers[std::size_t(kind)];
        if (Kind(kind) >= Kind::Lead)
            box.translate(0, -scrolled);
        if (title.isEmpty() || all[std::size_t(kind)] == 0)
            continue;
        const auto many = m_lit.empty()
            ? locale().toString(all[std::size_t(kind)])
            : tr("%1 of %2").arg(locale().toString(lit[std::size_t(kind)]), locale().toString(all[std::size_t(kind)]));
        painter.setFont(look::font(Type::Strong));
        painter.setPen(tokens().text);
        const QFontMetricsF metrics(painter.font());
        const auto shown = metrics.elidedText(title, Qt::ElideRight, box.width());
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, shown);
        painter.setFont(look::font(Type::Caption));
        painter.setPen(tokens().secondary);
        const auto rest = box.adjusted(metrics.horizontalAdvance(shown) + space::small, 0, 0, 0);
        if (rest.width() >= QFontMetricsF(painter.font()).horizontalAdvance(many))
            painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, many);
    }
}

void ConnectionsView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange(false);
}

void ConnectionsView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(nodeAt(event->position().toPoint()));
}

void ConnectionsView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void ConnectionsView::mouseDoubleClickEvent(QMouseEvent *event)
{
    // The boxes have moved away from under the mouse by the first click: it is the chosen one that is meant.
    if (event->button() == Qt::LeftButton && m_chosen >= 0
        && m_graph.nodes()[std::size_t(m_chosen)].kind == Kind::Measure)
        emit measureActivated(m_graph.nodes()[std::size_t(m_chosen)].id);
}

void ConnectionsView::mouseMoveEvent(QMouseEvent *event)
{
    const int node = nodeAt(event->position().toPoint());
    if (node == m_hovered)
        return;
    m_hovered = node;
    viewport()->setCursor(node < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    viewport()->update();
}

/** The next one that an arrow leads to; up and down stay in the column and, where something is picked out, among that.
 */
int ConnectionsView::neighbour(int node, int key) const
{
    const auto &nodes = m_graph.nodes();
    const auto &from = nodes[std::size_t(node)];
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        const int next = node + (key == Qt::Key_Down ? 1 : -1);
        return next >= 0 && next < int(nodes.size()) && nodes[std::size_t(next)].kind == from.kind ? next : node;
    }
    const int kind = int(from.kind) + (key == Qt::Key_Right ? 1 : -1);
    const bool anyLit = std::ranges::any_of(std::views::iota(0, int(m_lit.size())), [&](int i) {
        return m_lit[std::size_t(i)] && int(nodes[std::size_t(i)].kind) == kind;
    });
    const double y = m_layout.boxes[std::size_t(node)].center().y();
    int best = node;
    double distance = std::numeric_limits<double>::infinity();
    for (int i = 0; i < int(nodes.size()); ++i) {
        if (int(nodes[std::size_t(i)].kind) != kind || (anyLit && !m_lit[std::size_t(i)]))
            continue;
        const double away = std::abs(m_layout.boxes[std::size_t(i)].center().y() - y);
        if (away < distance) {
            distance = away;
            best = i;
        }
    }
    return best;
}

void ConnectionsView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!m_graph.nodes().empty())
            choose(m_chosen < 0 ? 0 : neighbour(m_chosen, event->key()));
        return;
    case Qt::Key_Escape:
        if (m_chosen >= 0)
            return choose(-1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_chosen >= 0 && m_graph.nodes()[std::size_t(m_chosen)].kind == Kind::Measure) {
            emit measureActivated(m_graph.nodes()[std::size_t(m_chosen)].id);
            return;
        }
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

bool ConnectionsView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int node = nodeAt(help->pos());
        if (node < 0) {
            QToolTip::hideText();
            return true;
        }
        const auto &one = m_graph.nodes()[std::size_t(node)];
        const auto title =
            (one.kind == Kind::Measure || one.kind == Kind::Field ? one.id + u' ' : QString()) + one.title;
        const auto measures = one.kind == Kind::Measure
            ? QString()
            : u'\n' + tr("%n measure(s)", nullptr, int(m_graph.measuresOf(node).size()));
        QToolTip::showText(help->globalPos(), title + measures, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ConnectionsView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange)
        arrange(false);
}

} // namespace hanseatlas
