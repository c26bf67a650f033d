// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/indexwheel.h"

#include "widgets/look/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr double sectorGap = 3; // degrees between two goals
constexpr double rayGap = 0.6; // degrees between two fields

QRectF around(const QPointF &centre, double radius)
{
    return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius};
}

/** A piece of a ring; angles clockwise from the top, as on a clock. */
QPainterPath ringPiece(const QPointF &centre, double inner, double outer, double begin, double width)
{
    const double start = 90 - begin; // Qt counts from the right, against the clock
    QPainterPath path;
    path.arcMoveTo(around(centre, outer), start);
    path.arcTo(around(centre, outer), start, -width);
    path.arcTo(around(centre, inner), start - width, width);
    path.closeSubpath();
    return path;
}

QPointF onCircle(const QPointF &centre, double radius, double degrees)
{
    const double angle = degrees * std::numbers::pi / 180;
    return {centre.x() + radius * std::sin(angle), centre.y() - radius * std::cos(angle)};
}

} // namespace

IndexWheel::IndexWheel(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Index wheel"));
}

QSize IndexWheel::sizeHint() const
{
    return {460, 460};
}

QSize IndexWheel::minimumSizeHint() const
{
    return {220, 220};
}

void IndexWheel::setData(IndexWheelData data)
{
    m_data = std::move(data);
    m_current = {};
    setAccessibleDescription(tell({}));
    update();
}

ChartTable IndexWheel::table() const
{
    ChartTable table{
        .title = m_data.title,
        .columns = {{tr("Goal"), {}}, {tr("Field of action"), {}}, {tr("Score"), {}, 1}, {tr("Coverage"), u"%"_s, 0}},
        .rows = {}};
    const auto score = [](const std::optional<double> &value) { return value ? QVariant(*value) : QVariant(); };
    for (const auto &sector : m_data.sectors) {
        table.rows.append({sector.title, QString(), score(sector.score), sector.coverage * 100});
        for (const auto &cell : sector.cells)
            table.rows.append({sector.title, cell.title, score(cell.score), cell.coverage * 100});
    }
    return table;
}

IndexWheel::Measures IndexWheel::measures() const
{
    const double label = QFontMetricsF(look::font(Type::Caption)).height() * 2.4;
    const double edge = std::max(40.0, std::min(width(), height()) / 2.0 - label);
    return {
        .centre = QRectF(rect()).center(), .hub = edge * 0.30, .ring = edge * 0.34, .rays = edge * 0.44, .edge = edge};
}

std::pair<double, double> IndexWheel::anglesOf(int sector) const
{
    const double each = 360.0 / double(m_data.sectors.size());
    return {each * sector + sectorGap / 2, each - sectorGap};
}

std::pair<double, double> IndexWheel::anglesOf(const Place &place) const
{
    const auto [begin, width] = anglesOf(place.sector);
    const auto count = m_data.sectors[place.sector].cells.size();
    if (place.cell < 0 || count == 0)
        return {begin, width};
    const double each = width / double(count);
    return {begin + each * place.cell + rayGap / 2, each - rayGap};
}

IndexWheel::Place IndexWheel::placeAt(const QPointF &position) const
{
    const auto m = measures();
    const auto away = position - m.centre;
    const double radius = std::hypot(away.x(), away.y());
    if (m_data.sectors.isEmpty() || radius < m.ring || radius > m.edge)
        return {};
    double degrees = std::atan2(away.x(), -away.y()) * 180 / std::numbers::pi;
    if (degrees < 0)
        degrees += 360;
    const int sector = std::min(int(degrees / (360.0 / double(m_data.sectors.size()))), int(m_data.sectors.size()) - 1);
    const auto count = m_data.sectors[sector].cells.size();
    if (radius < m.rays || count == 0)
        return {sector, -1};
    const auto [begin, width] = anglesOf(sector);
    const int cell = int((degrees - begin) / width * double(count));
    return {sector, std::clamp(cell, 0, int(count) - 1)};
}

QString IndexWheel::tell(const Place &place) const
{
    const auto said = [this](const std::optional<double> &score, double coverage) {
        return score ? tr("%1 of 100, coverage %2 %")
                           .arg(locale().toString(*score, 'f', 1), locale().toString(qRound(coverage * 100)))
                     : tr("no data");
    };
    if (place.sector < 0)
        return u"%1: %2"_s.arg(m_data.title, said(m_data.score, m_data.coverage));
    const auto &sector = m_data.sectors[place.sector];
    if (place.cell < 0)
        return u"%1: %2"_s.arg(sector.title, said(sector.score, sector.coverage));
    const auto &cell = sector.cells[place.cell];
    return u"%1\n%2: %3"_s.arg(sector.title, cell.title, said(cell.score, cell.coverage));
}

void IndexWheel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto m = measures();
    for (int i = 0; i < int(m_data.sectors.size()); ++i) {
        paintSector(painter, m, i);
        paintLabel(painter, m, i);
    }
    paintHub(painter, m);
    if (m_current.sector >= 0) {
        const auto [begin, width] = anglesOf(m_current);
        painter.setPen(QPen(tokens().focus, 2));
        painter.setBrush(Qt::NoBrush);
        const bool whole = m_current.cell < 0;
        painter.drawPath(ringPiece(m.centre, whole ? m.ring : m.rays, whole ? m.rays - 2 : m.edge, begin, width));
    }
}

void IndexWheel::paintSector(QPainter &painter, const Measures &m, int sector) const
{
    const auto &c = tokens();
    const auto &one = m_data.sectors[sector];
    const auto [begin, width] = anglesOf(sector);
    painter.setPen(Qt::NoPen);
    painter.setBrush(one.score ? c.brand : c.sunken);
    painter.drawPath(ringPiece(m.centre, m.ring, m.rays - 2, begin, width));
    if (one.score) {
        painter.setFont(look::font(Type::Caption));
        painter.setPen(c.onBrand);
        const auto middle = onCircle(m.centre, (m.ring + m.rays - 2) / 2, begin + width / 2);
        if (m.rays - m.ring > painter.fontMetrics().height())
            painter.drawText(QRectF(middle - QPointF(30, 10), QSizeF(60, 20)), Qt::AlignCenter,
                             locale().toString(qRound(*one.score)));
    }
    for (int i = 0; i < int(one.cells.size()); ++i) {
        const auto &cell = one.cells[i];
        const auto [from, wide] = anglesOf({sector, i});
        painter.setPen(cell.score ? QPen(Qt::NoPen) : QPen(c.outline, 0.8, Qt::DotLine));
        painter.setBrush(cell.score ? QBrush(c.sunken) : QBrush(Qt::NoBrush));
        painter.drawPath(ringPiece(m.centre, m.rays, m.edge, from, wide));
        if (!cell.score)
            continue;
        const double length = std::clamp(*cell.score / 100, 0.0, 1.0) * (m.edge - m.rays);
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.accent);
        painter.drawPath(ringPiece(m.centre, m.rays, m.rays + length, from, wide));
    }
}

/** The goal's title outside: in a corner, above or below, where there is room beside a wheel. */
void IndexWheel::paintLabel(QPainter &painter, const Measures &m, int sector) const
{
    const auto [begin, width] = anglesOf(sector);
    double angle = begin + width / 2;
    for (const double roomy : {0.0, 180.0, 45.0, 135.0, 225.0, 315.0}) {
        if (roomy > begin + 6 && roomy < begin + width - 6)
            angle = roomy;
    }
    painter.setFont(look::font(Type::Caption));
    painter.setPen(tokens().text);
    const QFontMetricsF metrics(painter.font());
    const auto at = onCircle(m.centre, m.edge + metrics.height() * 0.4, angle);
    const double right = std::sin(angle * std::numbers::pi / 180), down = -std::cos(angle * std::numbers::pi / 180);
    const bool isAside = std::abs(right) > 0.3;
    const double wide = !isAside ? m.edge * 1.6 : right > 0 ? rect().right() - at.x() : at.x() - rect().left();
    const auto &title = m_data.sectors[sector].title;
    double longest = 0; // a word is not cut
    for (const auto &word : title.split(u' '))
        longest = std::max(longest, metrics.horizontalAdvance(word) + 2);
    QRectF box(0, 0, std::max(wide, longest), metrics.height() * 2);
    box.moveCenter({at.x(), at.y() + down * metrics.height()});
    if (isAside && right > 0)
        box.moveRight(rect().right());
    else if (isAside)
        box.moveLeft(rect().left());
    const auto align = !isAside ? Qt::AlignHCenter : right > 0 ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(box, int(align | Qt::AlignVCenter) | Qt::TextWordWrap, title);
}

void IndexWheel::paintHub(QPainter &painter, const Measures &m) const
{
    const auto &c = tokens();
    painter.setPen(QPen(c.border, 1));
    painter.setBrush(c.raised);
    painter.drawEllipse(m.centre, m.hub, m.hub);
    const auto box = around(m.centre, m.hub * 0.8);
    auto large = look::font(Type::Title);
    large.setPointSizeF(large.pointSizeF() * 1.4);
    painter.setFont(m_data.score ? large : look::font(Type::Body));
    painter.setPen(m_data.score ? c.text : c.secondary);
    painter.drawText(box.adjusted(0, 0, 0, -box.height() * 0.22), int(Qt::AlignCenter) | Qt::TextWordWrap,
                     m_data.score ? locale().toString(qRound(*m_data.score)) : tr("no data"));
    painter.setFont(look::font(Type::Caption));
    painter.setPen(c.secondary);
    painter.drawText(box.adjusted(0, box.height() * 0.45, 0, 0), Qt::AlignCenter,
                     tr("Coverage\n%1 %").arg(locale().toString(qRound(m_data.coverage * 100))));
}

void IndexWheel::mark(const Place &place)
{
    if (place == m_current)
        return;
    m_current = place;
    setAccessibleDescription(tell(place));
    update();
}

void IndexWheel::choose(const Place &place)
{
    if (place.sector < 0)
        return emit chosen({}, 0);
    const auto &sector = m_data.sectors[place.sector];
    emit chosen(sector.goal, place.cell < 0 ? 0 : sector.cells[place.cell].field);
}

void IndexWheel::mouseMoveEvent(QMouseEvent *event)
{
    const auto place = placeAt(event->position());
    setCursor(place.sector < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    mark(place);
}

void IndexWheel::mousePressEvent(QMouseEvent *event)
{
    const auto away = event->position() - measures().centre;
    const auto place = placeAt(event->position());
    if (event->button() == Qt::LeftButton && (place.sector >= 0 || std::hypot(away.x(), away.y()) <= measures().hub))
        choose(place);
}

void IndexWheel::leaveEvent(QEvent *)
{
    mark({});
}

void IndexWheel::keyPressEvent(QKeyEvent *event)
{
    const int sectors = int(m_data.sectors.size());
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (sectors == 0)
        return QWidget::keyPressEvent(event);
    auto place = m_current;
    if (step != 0 && place.sector < 0)
        place = {step > 0 ? 0 : sectors - 1, -1};
    else if (step != 0 && place.cell < 0)
        place.sector = (place.sector + step + sectors) % sectors;
    else if (step != 0)
        place.cell = std::clamp(place.cell + step, 0, int(m_data.sectors[place.sector].cells.size()) - 1);
    else if (event->key() == Qt::Key_Down && place.sector >= 0 && !m_data.sectors[place.sector].cells.isEmpty())
        place.cell = std::max(0, place.cell);
    else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Escape)
        place = place.cell >= 0 ? Place{place.sector, -1} : Place{};
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return choose(place);
    else
        return QWidget::keyPressEvent(event);
    mark(place);
}

bool IndexWheel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tell(placeAt(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hanseatlas
