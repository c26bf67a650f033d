// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"
#include "layers/measures/timeline.h"

#include <QAbstractScrollArea>

namespace hanseatlas
{

class MeasureWork;

/** Measures as bars along the time, by field of action. Bars and their ends can be dragged; Ctrl and the wheel, or +
 * and −, change the scale, up and down go through the rows, Enter opens and shuts a heading, left and right move along
 * the time. What has no dates is listed below. */
class TimelineView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TimelineView(MeasureWork &work, QWidget *parent = nullptr);

    void setFilter(const MeasureFilter &filter);
    const QList<TimelineRow> &rows() const { return m_rows; }
    const TimelineScale &scale() const { return m_scale; }
    /** Around the middle of what is seen, or around `x` in the viewport. */
    void zoom(double factor, std::optional<double> x = {});
    void goToToday();
    QRectF barOf(int row) const; ///< in the viewport; empty: it has none
    int currentRow() const { return m_current; } ///< -1: none

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    enum class Grip { None, Start, End, Whole };
    struct Drag {
        Grip grip = Grip::None;
        int row = -1;
        double from = 0; ///< x where it began
        QDate start, end; ///< as they would be
    };

    void load();
    void fit();
    int rowAt(double y) const; ///< -1: none
    int topOf(int row) const; ///< in the viewport
    int leftWidth() const;
    double toView(const QDate &day) const; ///< x in the viewport
    Grip gripAt(const QPointF &position, int &row) const;
    void drag(double x);
    void drop();
    void setCurrent(int row, bool tell);
    void toggle(int row);
    void followCurrent();
    QString tell(int row) const;
    void paintHeader(QPainter &painter, const QList<TimelineTick> &ticks) const;
    void paintRow(QPainter &painter, int row) const;
    void paintName(QPainter &painter, int row) const;
    void paintBar(QPainter &painter, int row) const;
    void paintMilestones(QPainter &painter, int row) const;

    MeasureWork &m_work;
    MeasureFilter m_filter;
    QList<Measure> m_measures; ///< that pass; the rows point into it
    QList<TimelineRow> m_rows;
    QSet<int> m_closed{-1}; ///< headings that are shut
    TimelineScale m_scale;
    QDate m_last;
    int m_current = -1;
    Drag m_drag;
    bool m_stale = true; ///< filled when it is seen
    bool m_placed = false; ///< today has been shown once
};

} // namespace hanseatlas
