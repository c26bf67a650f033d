// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/indicatorface.h"

#include "layers/index/indexexplanation.h"
#include "widgets/charts/sparkline.h"
#include "widgets/look/look.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr std::size_t mostShown = 24; ///< values in the small course

} // namespace

IndicatorFace::IndicatorFace(QWidget *parent)
    : QWidget(parent)
    , m_value(label({}, Type::Title))
    , m_when(secondaryLabel({}, Type::Caption))
    , m_change(label({}, Type::Body))
    , m_line(new Sparkline)
    , m_target(secondaryLabel({}, Type::Caption))
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Show how this number came about"));
    m_line->setMinimumHeight(36);
    m_line->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::tiny, 0, space::tiny, 0);
    layout->setSpacing(2);
    layout->addWidget(m_value);
    layout->addWidget(m_when);
    layout->addWidget(m_change);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_target);
    for (auto *part : {m_value, m_when, m_change, m_target})
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_line->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void IndicatorFace::show(const Indicator &indicator, const IndicatorState &state,
                         std::vector<std::pair<int, double>> course)
{
    m_title = indicator.title;
    m_unit = indicator.unit;
    m_course = std::move(course);
    const bool known = !std::isnan(state.now.value);
    m_value->setText(valueText(state.now.value, indicator.unit));
    m_value->setEnabled(known);
    m_when->setText(known ? periodText(state.now.month, indicator.period)
                          : tr("It lowers the coverage, not the value."));
    showChange(indicator, state);
    QList<double> line;
    for (const auto &[month, value] : std::span(m_course).last(std::min(m_course.size(), mostShown)))
        line.append(value);
    m_line->setValues(line, indicator.target);
    m_target->setVisible(indicator.target.has_value());
    if (indicator.target)
        m_target->setText(indicator.targetDate.isValid()
                              ? tr("Target: %1 by %2")
                                    .arg(valueText(*indicator.target, indicator.unit))
                                    .arg(indicator.targetDate.year())
                              : tr("Target: %1").arg(valueText(*indicator.target, indicator.unit)));
    setAccessibleName(u"%1: %2, %3, %4"_s.arg(m_title, m_value->text(), m_when->text(), m_change->text()));
}

/** Up or down, and whether that is good: by sign and word, the colour only adds. */
void IndicatorFace::showChange(const Indicator &indicator, const IndicatorState &state)
{
    const double change = state.now.value - state.before.value;
    m_change->setVisible(!std::isnan(change));
    if (std::isnan(change))
        return;
    const auto since = periodText(state.before.month, indicator.period);
    QPalette palette = m_change->palette();
    if (change == 0) {
        m_change->setText(tr("unchanged since %1").arg(since));
        palette.setColor(QPalette::WindowText, tokens().secondary);
    } else {
        const bool better = (change < 0) == indicator.lessIsBetter;
        m_change->setText(
            (better ? tr("%1 %2 since %3, better", "arrow, value, period") : tr("%1 %2 since %3, worse"))
                .arg(change > 0 ? u"▲"_s : u"▼"_s,
                     valueText(std::abs(change), indicator.unit == "%"_L1 ? tr("percentage points") : indicator.unit),
                     since));
        palette.setColor(QPalette::WindowText, better ? tokens().success : tokens().error);
    }
    m_change->setPalette(palette);
}

void IndicatorFace::showNothing(const QString &why)
{
    m_course.clear();
    m_value->setText(tr("no data"));
    m_when->setText(why);
    m_change->hide();
    m_line->setValues({});
    m_target->hide();
}

ChartTable IndicatorFace::table() const
{
    ChartTable table{.title = m_title,
                     .columns = {{.title = tr("Month")}, {.title = tr("Value"), .unit = m_unit, .decimals = 2}},
                     .rows = {}};
    for (const auto &[month, value] : m_course)
        table.rows.append({firstDayOf(month), value});
    return table;
}

void IndicatorFace::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        emit chosen();
}

void IndicatorFace::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        emit chosen();
    else
        QWidget::keyPressEvent(event);
}

void IndicatorFace::paintEvent(QPaintEvent *)
{
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().focus, 1.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
}

} // namespace hanseatlas
