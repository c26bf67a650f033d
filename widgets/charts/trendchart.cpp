// SPDX-License-Identifier: GPL-3.0-or-later
#undef QT_NO_FOREACH // QCustomPlot's header needs it
#include "widgets/charts/trendchart.h"

#include "widgets/look/look.h"

#include <QKeyEvent>
#include <QTimeZone>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>

#include <qcustomplot.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

/** The first is what it is about; the others are told apart by colour and by the line's form. */
QColor colourOf(std::size_t series)
{
    const auto &c = tokens();
    const std::array colours{c.accent, c.brand, c.success, c.warning, c.secondary};
    return colours[series % colours.size()];
}

Qt::PenStyle formOf(std::size_t series)
{
    constexpr std::array forms{Qt::SolidLine, Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
    return forms[series % forms.size()];
}

/** As much of a moment as can be told apart, in a range of so many seconds. */
QString timeFormat(double seconds)
{
    constexpr double day = 86'400;
    if (seconds > 4 * 366 * day)
        return u"yyyy"_s;
    if (seconds > 90 * day)
        return u"MMM\nyyyy"_s;
    return seconds > 3 * day ? u"d. MMM\nyyyy"_s : u"HH:mm\nd. MMM"_s;
}

} // namespace

struct TrendChart::Private {
    TrendChart *q;
    QCustomPlot *plot;
    QCPItemStraightLine *mark = nullptr;
    QString title, unit;
    std::vector<TrendSeries> series;
    std::optional<TrendTarget> target;
    std::vector<qint64> moments; ///< of all series, ascending
    std::optional<qint64> current;

    void dress();
    void fill();
    void addTarget();
    void collectMoments();
    QCPRange timeRange() const;
    QString tellAt(qint64 time) const;
    void hover(QMouseEvent *event);
};

TrendChart::TrendChart(QWidget *parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->plot = new QCustomPlot(this);
    d->plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    d->plot->axisRect()->setRangeDrag(Qt::Horizontal);
    d->plot->axisRect()->setRangeZoom(Qt::Horizontal);
    d->plot->setFocusPolicy(Qt::NoFocus);
    const auto ticker = QSharedPointer<QCPAxisTickerDateTime>::create();
    d->plot->xAxis->setTicker(ticker);
    connect(d->plot->xAxis, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), this,
            [ticker](const QCPRange &range) { ticker->setDateTimeFormat(timeFormat(range.size())); });
    d->mark = new QCPItemStraightLine(d->plot);
    d->mark->setVisible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(d->plot);
    setFocusPolicy(Qt::StrongFocus);
    connect(d->plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent *event) { d->hover(event); });
    connect(d->plot, &QCustomPlot::mouseDoubleClick, this, &TrendChart::showAll);
    d->dress();
}

TrendChart::~TrendChart() = default;

QSize TrendChart::sizeHint() const
{
    return {420, 240};
}

void TrendChart::Private::dress()
{
    const auto &c = tokens();
    plot->setBackground(c.raised);
    for (auto *axis : {plot->xAxis, plot->yAxis}) {
        axis->setBasePen(QPen(c.border));
        axis->setTickPen(QPen(c.border));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(c.secondary);
        axis->setLabelColor(c.secondary);
        axis->setTickLabelFont(look::font(Type::Caption));
        axis->setLabelFont(look::font(Type::Caption));
        axis->grid()->setPen(QPen(c.border, 1, Qt::SolidLine));
        axis->grid()->setZeroLinePen(QPen(c.outline, 1));
    }
    plot->xAxis->grid()->setVisible(false);
    plot->legend->setFont(look::font(Type::Caption));
    plot->legend->setTextColor(c.text);
    plot->legend->setBrush(QBrush(c.raised));
    plot->legend->setBorderPen(Qt::NoPen);
    mark->setPen(QPen(c.focus, 1));
    const QLocale locale = q->locale();
    plot->setLocale(locale);
}

QCPRange TrendChart::Private::timeRange() const
{
    if (moments.empty())
        return {0, 1};
    double first = double(moments.front()) / 1000, last = double(moments.back()) / 1000;
    if (target && target->date.isValid())
        last = std::max(last, double(target->date.startOfDay(QTimeZone::UTC).toSecsSinceEpoch()));
    const double edge = std::max(86'400.0, (last - first) * 0.03);
    return {first - edge, last + edge};
}

void TrendChart::Private::fill()
{
    plot->clearGraphs();
    for (std::size_t i = 0; i < series.size(); ++i) {
        QList<double> times, values, lower, upper;
        for (const auto &point : series[i].points) {
            times << double(point.time) / 1000;
            values << point.value;
            lower << point.lower;
            upper << point.upper;
        }
        const auto colour = colourOf(i);
        if (series[i].hasBand) {
            auto *low = plot->addGraph(), *high = plot->addGraph();
            low->setData(times, lower, true);
            high->setData(times, upper, true);
            auto band = colour;
            band.setAlphaF(0.15F);
            high->setBrush(band);
            high->setChannelFillGraph(low);
            for (auto *edge : {low, high}) {
                edge->setPen(Qt::NoPen);
                edge->removeFromLegend();
            }
        }
        auto *line = plot->addGraph();
        line->setName(series[i].title);
        line->setData(times, values, true);
        line->setPen(QPen(colour, i == 0 ? 2.0 : 1.5, formOf(i)));
        if (times.size() <= 40)
            line->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 5));
    }
    addTarget();
    plot->legend->setVisible(plot->legend->itemCount() > 1);
    plot->yAxis->setLabel(unit);
    plot->xAxis->setRange(timeRange());
    plot->yAxis->rescale();
    plot->yAxis->scaleRange(1.1);
}

void TrendChart::Private::addTarget()
{
    if (!target || moments.empty())
        return;
    const auto range = timeRange();
    const double until =
        target->date.isValid() ? double(target->date.startOfDay(QTimeZone::UTC).toSecsSinceEpoch()) : range.upper;
    auto *line = plot->addGraph();
    line->setName(TrendChart::tr("Target"));
    line->setData({range.lower, until}, {target->value, target->value}, true);
    line->setPen(QPen(tokens().secondary, 1.2, Qt::DashLine));
    line->setScatterStyle(QCPScatterStyle::ssNone);
}

void TrendChart::Private::collectMoments()
{
    moments.clear();
    for (const auto &one : series) {
        for (const auto &point : one.points)
            moments.push_back(point.time);
    }
    std::ranges::sort(moments);
    const auto twice = std::ranges::unique(moments);
    moments.erase(twice.begin(), twice.end());
}

void TrendChart::setSeries(const QString &title, const QString &unit, std::vector<TrendSeries> series,
                           std::optional<TrendTarget> target)
{
    d->title = title;
    d->unit = unit;
    d->series = std::move(series);
    d->target = target;
    d->collectMoments();
    setAccessibleName(title);
    setCurrent({});
    d->fill();
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

ChartTable TrendChart::table() const
{
    ChartTable table{.title = d->title, .columns = {{tr("Time"), {}}}, .rows = {}};
    std::map<qint64, QVariantList> rows;
    for (const auto moment : d->moments) {
        auto &row = rows[moment];
        row.resize(qsizetype(d->series.size()) + 1);
        row[0] = QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::UTC);
    }
    for (std::size_t i = 0; i < d->series.size(); ++i) {
        table.columns.append({d->series[i].title, d->unit, 2});
        for (const auto &point : d->series[i].points) {
            if (std::isfinite(point.value))
                rows[point.time][qsizetype(i) + 1] = point.value;
        }
    }
    for (auto &[moment, row] : rows)
        table.rows.append(std::move(row));
    return table;
}

std::optional<qint64> TrendChart::current() const
{
    return d->current;
}

QString TrendChart::Private::tellAt(qint64 time) const
{
    const auto locale = q->locale();
    QStringList lines{locale.toString(QDateTime::fromMSecsSinceEpoch(time).date(), QLocale::ShortFormat)};
    for (const auto &one : series) {
        const auto it = std::ranges::find(one.points, time, &TrendSeries::Point::time);
        if (it != one.points.end() && std::isfinite(it->value))
            lines << u"%1: %2 %3"_s.arg(one.title, locale.toString(it->value, 'g', 4), unit).trimmed();
    }
    if (lines.size() == 1)
        lines << TrendChart::tr("no data");
    return lines.join(u'\n');
}

void TrendChart::setCurrent(std::optional<qint64> time)
{
    if (time == d->current)
        return;
    d->current = time;
    d->mark->setVisible(time.has_value());
    if (time) {
        const double x = double(*time) / 1000;
        d->mark->point1->setCoords(x, 0);
        d->mark->point2->setCoords(x, 1);
        setAccessibleDescription(d->tellAt(*time));
    }
    d->plot->replot(QCustomPlot::rpQueuedReplot);
    emit currentChanged();
}

void TrendChart::Private::hover(QMouseEvent *event)
{
    if (moments.empty() || event->buttons() != Qt::NoButton)
        return;
    const auto at = qint64(plot->xAxis->pixelToCoord(event->position().x()) * 1000);
    auto it = std::ranges::lower_bound(moments, at);
    if (it == moments.end() || (it != moments.begin() && at - *std::prev(it) < *it - at))
        --it;
    q->setCurrent(*it);
    QToolTip::showText(event->globalPosition().toPoint(), tellAt(*it), plot);
}

void TrendChart::showAll()
{
    d->plot->xAxis->setRange(d->timeRange());
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

void TrendChart::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Home)
        return showAll();
    if ((event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && !d->moments.empty()) {
        const bool on = event->key() == Qt::Key_Right;
        if (!d->current)
            return setCurrent(on ? d->moments.front() : d->moments.back());
        auto it = std::ranges::lower_bound(d->moments, *d->current);
        if (on && std::next(it) != d->moments.end())
            ++it;
        else if (!on && it != d->moments.begin())
            --it;
        return setCurrent(*it);
    }
    QWidget::keyPressEvent(event);
}

void TrendChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LocaleChange) {
        d->dress();
        d->fill();
        d->plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

} // namespace hanseatlas
