// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttable.h"

#include <QColor>
#include <QDateTime>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace hanseatlas
{

/** A course of values over time. */
struct TrendSeries {
    struct Point {
        qint64 time = 0; ///< ms since 1970, UTC
        double value = 0; ///< NaN: no data, the line is broken there
        double lower = 0, upper = 0; ///< of the band, where the series has one
        bool operator==(const Point &) const = default;
    };
    QString title;
    std::vector<Point> points; ///< ascending in time
    bool hasBand = false; ///< lower and upper are drawn as an area
    bool operator==(const TrendSeries &) const = default;
};

/** What is to be reached, and when. */
struct TrendTarget {
    double value = 0;
    QDate date; ///< invalid: always
    bool operator==(const TrendTarget &) const = default;
};

/** A chart over time by QCustomPlot, in the colours of the look. Wheel and dragging zoom and move along the time,
 *  double click or Home shows all; left and right step through the values, which are told. */
class TrendChart final : public QWidget
{
    Q_OBJECT
public:
    explicit TrendChart(QWidget *parent = nullptr);
    ~TrendChart() override;

    /** `unit` stands at the axis. The first series has the accent colour, further ones quieter ones. */
    void setSeries(const QString &title, const QString &unit, std::vector<TrendSeries> series,
                   std::optional<TrendTarget> target = {});
    ChartTable table() const; ///< a row per moment, a column per series
    /** The moment that is marked; nothing: none. */
    std::optional<qint64> current() const;
    void setCurrent(std::optional<qint64> time);
    void showAll();

    QSize sizeHint() const override;

signals:
    void currentChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
