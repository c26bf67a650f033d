// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/barlist.h"

#include "widgets/look/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int barHeight = 6;
constexpr int rowGap = 10;

int lineHeight()
{
    return QFontMetrics(font(Type::Body)).height();
}

int heightOfRow()
{
    return lineHeight() + space::tiny + barHeight + rowGap;
}

QColor colourOf(BarRow::Mood mood)
{
    const auto &c = tokens();
    switch (mood) {
    case BarRow::Mood::Good:
        return c.success;
    case BarRow::Mood::Bad:
        return c.error;
    case BarRow::Mood::Quiet:
        return c.outline;
    case BarRow::Mood::Plain:
        break;
    }
    return c.accent;
}

} // namespace

BarList::BarList(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setSingleStep(lineHeight());
}

void BarList::setRows(QList<BarRow> rows, double full, const QString &empty)
{
    m_rows = std::move(rows);
    m_full = full;
    m_signed = false;
    for (const auto &row : std::as_const(m_rows)) {
        m_signed |= row.value.value_or(0) < 0;
        if (!(full > 0))
            m_full = std::max(m_full, std::abs(row.value.value_or(0)));
    }
    m_empty = empty;
    m_current = std::min(m_current, int(m_rows.size()) - 1);
    m_hovered = -1;
    setAccessibleDescription(m_rows.isEmpty() ? m_empty : tell(std::max(m_current, 0)));
    fit();
    viewport()->update();
}

void BarList::setCurrent(int row)
{
    row = m_rows.isEmpty() ? -1 : std::clamp(row, -1, int(m_rows.size()) - 1);
    m_current = row;
    if (row >= 0) {
        const int top = row * heightOfRow(), height = viewport()->height();
        auto *bar = verticalScrollBar();
        bar->setValue(std::clamp(bar->value(), top + heightOfRow() - height, top));
        setAccessibleDescription(tell(row));
    }
    viewport()->update();
}

ChartTable BarList::table(const QString &title, const QString &valueTitle, const QString &unit) const
{
    const bool noted = std::ranges::any_of(m_rows, [](const BarRow &row) { return !row.note.isEmpty(); });
    ChartTable table{.title = title, .columns = {{.title = tr("Name")}}, .rows = {}};
    if (noted)
        table.columns.append({.title = tr("Note")});
    table.columns.append({.title = valueTitle, .unit = unit});
    for (const auto &row : m_rows) {
        QVariantList cells{row.title};
        if (noted)
            cells.append(row.note);
        cells.append(row.value ? QVariant(*row.value) : QVariant());
        table.rows.append(cells);
    }
    return table;
}

QSize BarList::sizeHint() const
{
    return {320, 8 * heightOfRow()};
}

QSize BarList::minimumSizeHint() const
{
    return {160, 3 * heightOfRow()};
}

QString BarList::tell(int row) const
{
    const auto &one = m_rows[row];
    return QStringList{one.title, one.note, one.text}.filter(QRegularExpression(u"."_s)).join(u", "_s);
}

void BarList::fit()
{
    const int all = int(m_rows.size()) * heightOfRow();
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, all - viewport()->height()));
}

void BarList::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    fit();
}

int BarList::rowAt(const QPoint &position) const
{
    const int row = (position.y() + verticalScrollBar()->value()) / heightOfRow();
    return position.y() >= 0 && row < m_rows.size() ? row : -1;
}

void BarList::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_rows.isEmpty()) {
        painter.setPen(tokens().secondary);
        painter.setFont(look::font(Type::Body));
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    const int offset = verticalScrollBar()->value(), height = heightOfRow();
    const int last = std::min(int(m_rows.size()) - 1, (offset + viewport()->height()) / height);
    for (int row = offset / height; row <= last; ++row)
        paintRow(painter, QRect(0, row * height - offset, viewport()->width(), height), row);
}

void BarList::paintRow(QPainter &painter, const QRect &place, int row) const
{
    const auto &one = m_rows[row];
    const auto &c = tokens();
    if (row == m_hovered || (row == m_current && hasFocus())) {
        painter.setPen(row == m_current && hasFocus() ? QPen(c.focus, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(c.hover);
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -2), radius, radius);
    }
    const auto inner = place.adjusted(space::small, rowGap / 2 - 1, -space::small, -rowGap / 2);
    painter.setFont(look::font(Type::Body));
    const QFontMetrics metrics(painter.font());
    const auto text = one.text.isEmpty() && !one.value ? tr("no data") : one.text;
    const int valueWidth = metrics.horizontalAdvance(text);
    painter.setPen(one.value || !one.text.isEmpty() ? c.text : c.secondary);
    painter.drawText(inner, Qt::AlignRight | Qt::AlignTop, text);
    const int room = inner.width() - valueWidth - space::medium;
    const auto title = metrics.elidedText(one.title, Qt::ElideRight, room);
    painter.setPen(c.text);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, title);
    const int used = metrics.horizontalAdvance(title) + space::small;
    if (!one.note.isEmpty() && room - used > metrics.averageCharWidth() * 6) {
        painter.setPen(c.secondary);
        painter.drawText(inner.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                         metrics.elidedText(one.note, Qt::ElideRight, room - used));
    }
    if (!one.value && !one.text.isEmpty())
        return; // words instead of a number
    const QRectF groove(inner.left(), inner.top() + lineHeight() + space::tiny, inner.width(), barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.sunken);
    painter.drawRoundedRect(groove, barHeight / 2.0, barHeight / 2.0);
    if (!one.value || !(m_full > 0))
        return;
    const double share = std::clamp(*one.value / m_full, -1.0, 1.0);
    const double zero = m_signed ? groove.center().x() : groove.left();
    const double length = share * (m_signed ? groove.width() / 2 : groove.width());
    painter.setBrush(colourOf(one.mood));
    painter.drawRoundedRect(QRectF(std::min(zero, zero + length), groove.top(), std::abs(length), barHeight),
                            barHeight / 2.0, barHeight / 2.0);
    if (m_signed) {
        painter.setBrush(c.outline);
        painter.drawRect(QRectF(zero - 0.5, groove.top() - 2, 1, barHeight + 4));
    }
}

void BarList::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = rowAt(event->position().toPoint());
    viewport()->setCursor(m_hovered >= 0 && !m_rows[m_hovered].key.isEmpty() ? Qt::PointingHandCursor
                                                                             : Qt::ArrowCursor);
    viewport()->update();
}

void BarList::leaveEvent(QEvent *)
{
    m_hovered = -1;
    viewport()->update();
}

void BarList::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || row < 0)
        return;
    setCurrent(row);
    if (!m_rows[row].key.isEmpty())
        emit chosen(m_rows[row].key);
}

void BarList::keyPressEvent(QKeyEvent *event)
{
    const int page = std::max(1, viewport()->height() / heightOfRow());
    const int last = int(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up:
        return setCurrent(std::max(0, m_current - 1));
    case Qt::Key_Down:
        return setCurrent(m_current + 1);
    case Qt::Key_PageUp:
        return setCurrent(std::max(0, m_current - page));
    case Qt::Key_PageDown:
        return setCurrent(m_current + page);
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0 && !m_rows[m_current].key.isEmpty())
            emit chosen(m_rows[m_current].key);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void BarList::focusInEvent(QFocusEvent *event)
{
    if (m_current < 0 && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

bool BarList::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = rowAt(help->pos());
        QToolTip::showText(help->globalPos(), row >= 0 ? tell(row) : QString(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace hanseatlas
