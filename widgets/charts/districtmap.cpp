// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/districtmap.h"

#include "widgets/look/look.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int swatch = 12;

/** From the quiet ground to the accent: more is stronger, in light and in dark. */
QColor colourOf(int number)
{
    const auto &from = tokens().sunken, &to = tokens().accent;
    const double share = 0.12 + 0.88 * number / (EvenClasses::count - 1);
    const auto mix = [share](float a, float b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()),
                            mix(from.blueF(), to.blueF()));
}

int legendHeight()
{
    return QFontMetrics(font(Type::Caption)).height() + space::small;
}

} // namespace

EvenClasses EvenClasses::of(const QList<DistrictValue> &values)
{
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const auto &one : values) {
        least = std::min(least, one.value.value_or(least));
        most = std::max(most, one.value.value_or(most));
    }
    if (!(least <= most))
        return {};
    const double needed = std::max((most - least) / count, 1e-9);
    const double size = std::pow(10, std::floor(std::log10(needed)));
    EvenClasses classes;
    for (const double plain : {1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 50.0}) {
        classes.step = plain * size;
        classes.low = std::floor(least / classes.step) * classes.step;
        if (classes.low + count * classes.step > most)
            break;
    }
    return classes;
}

int EvenClasses::numberOf(double value) const
{
    return std::clamp(int((value - low) / step), 0, count - 1);
}

DistrictMap::DistrictMap(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Scores by Stadtteil"));
}

void DistrictMap::setShapes(QList<DistrictShape> shapes)
{
    m_shapes = std::move(shapes);
    m_extent = {};
    for (const auto &shape : std::as_const(m_shapes))
        m_extent |= shape.outline.boundingRect();
    update();
}

void DistrictMap::setValues(QList<DistrictValue> values)
{
    m_values = std::move(values);
    m_classes = EvenClasses::of(m_values);
    update();
}

void DistrictMap::setChosen(const QString &name)
{
    m_chosen = name;
    update();
}

const DistrictValue *DistrictMap::valueOf(const QString &name) const
{
    const auto found = std::ranges::find(m_values, name, &DistrictValue::name);
    return found == m_values.end() ? nullptr : &*found;
}

QTransform DistrictMap::toWidget() const
{
    const auto room = QRectF(rect()).adjusted(space::small, space::tiny, -space::small, -legendHeight() - space::tiny);
    if (m_extent.isEmpty() || room.isEmpty())
        return {};
    const double scale = std::min(room.width() / m_extent.width(), room.height() / m_extent.height());
    QTransform transform;
    transform.translate(room.center().x(), room.center().y());
    transform.scale(scale, -scale);
    transform.translate(-m_extent.center().x(), -m_extent.center().y());
    return transform;
}

QString DistrictMap::districtAt(const QPointF &position) const
{
    const auto place = toWidget().inverted().map(position);
    const auto found =
        std::ranges::find_if(m_shapes, [&](const DistrictShape &shape) { return shape.outline.contains(place); });
    return found == m_shapes.end() ? QString() : found->name;
}

ChartTable DistrictMap::table(const QString &title) const
{
    ChartTable table{.title = title, .columns = {{.title = tr("Stadtteil")}, {.title = tr("Score")}}, .rows = {}};
    for (const auto &one : m_values)
        table.rows.append({one.name, one.value ? QVariant(*one.value) : QVariant()});
    return table;
}

QSize DistrictMap::sizeHint() const
{
    return {360, 320};
}

QSize DistrictMap::minimumSizeHint() const
{
    return {180, 160};
}

QString DistrictMap::tell(const QString &name) const
{
    const auto *value = valueOf(name);
    return u"%1: %2"_s.arg(name, value && !value->text.isEmpty() ? value->text : tr("no data"));
}

void DistrictMap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_shapes.isEmpty()) {
        painter.setPen(tokens().secondary);
        painter.drawText(rect().adjusted(space::medium, 0, -space::medium, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The outlines of the Stadtteile are not known. Choose a layer that has them in the menu "
                            "“Values”; the numbers stand in the table."));
        return;
    }
    const auto transform = toWidget();
    for (const auto &shape : m_shapes)
        paintShape(painter, shape, transform);
    for (const auto &shape : m_shapes) { // on top of their neighbours
        if (shape.name != m_marked && shape.name != m_chosen)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(shape.name == m_chosen ? tokens().brand : tokens().text, 2));
        painter.drawPath(transform.map(shape.outline));
    }
    paintLegend(painter);
}

void DistrictMap::paintShape(QPainter &painter, const DistrictShape &shape, const QTransform &transform) const
{
    const auto *value = valueOf(shape.name);
    const auto path = transform.map(shape.outline);
    painter.setPen(QPen(tokens().raised, 1));
    if (value && value->value) {
        painter.setBrush(colourOf(m_classes.numberOf(*value->value)));
        painter.drawPath(path);
        return;
    }
    painter.setBrush(tokens().sunken);
    painter.drawPath(path);
    painter.setBrush(QBrush(tokens().outline, Qt::BDiagPattern));
    painter.drawPath(path);
}

void DistrictMap::paintLegend(QPainter &painter) const
{
    painter.setFont(look::font(Type::Caption));
    const QFontMetrics metrics(painter.font());
    const int top = height() - metrics.height();
    int left = space::small;
    const auto entry = [&](const QBrush &brush, const QString &text) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().sunken);
        const QRectF box(left, top + (metrics.height() - swatch) / 2.0, swatch, swatch);
        painter.drawRect(box);
        painter.setBrush(brush);
        painter.drawRect(box);
        painter.setPen(tokens().secondary);
        left += swatch + space::tiny;
        painter.drawText(left, top + metrics.ascent(), text);
        left += metrics.horizontalAdvance(text) + space::medium;
    };
    const QLocale locale;
    for (int i = 0; i < EvenClasses::count; ++i)
        entry(colourOf(i),
              tr("%1–%2").arg(locale.toString(m_classes.lower(i)), locale.toString(m_classes.lower(i + 1))));
    entry(QBrush(tokens().outline, Qt::BDiagPattern), tr("no data"));
}

void DistrictMap::mark(const QString &name)
{
    if (m_marked == name)
        return;
    m_marked = name;
    setAccessibleDescription(name.isEmpty() ? QString() : tell(name));
    update();
}

void DistrictMap::choose(const QString &name)
{
    if (name.isEmpty())
        return;
    m_chosen = m_chosen == name ? QString() : name;
    emit chosen(m_chosen);
    update();
}

void DistrictMap::mouseMoveEvent(QMouseEvent *event)
{
    mark(districtAt(event->position()));
    setCursor(m_marked.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
}

void DistrictMap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(districtAt(event->position()));
}

void DistrictMap::leaveEvent(QEvent *)
{
    mark({});
}

void DistrictMap::keyPressEvent(QKeyEvent *event)
{
    const auto at = std::ranges::find(m_values, m_marked, &DistrictValue::name) - m_values.begin();
    const auto count = m_values.size();
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        return count > 0 ? mark(m_values[at + 1 < count ? at + 1 : 0].name) : void();
    case Qt::Key_Left:
    case Qt::Key_Up:
        return count > 0 ? mark(m_values[at > 0 && at < count ? at - 1 : count - 1].name) : void();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return choose(m_marked);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool DistrictMap::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto name = districtAt(help->pos());
        QToolTip::showText(help->globalPos(), name.isEmpty() ? QString() : tell(name), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hanseatlas
