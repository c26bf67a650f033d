// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttable.h"

#include <QWidget>

#include <optional>

namespace hanseatlas
{

/** What the wheel shows: scores from 0 to 100; nothing where there are no data, which is no 0. */
struct IndexWheelData {
    struct Cell {
        int field = 0; ///< number of the field of action
        QString title; ///< of the field
        std::optional<double> score;
        double coverage = 0; ///< 0 … 1: how much of what should be known is known
        bool operator==(const Cell &) const = default;
    };
    struct Sector {
        QString goal; ///< id
        QString title;
        std::optional<double> score;
        double coverage = 0;
        QList<Cell> cells;
        bool operator==(const Sector &) const = default;
    };
    QString title;
    std::optional<double> score;
    double coverage = 0;
    QList<Sector> sectors;
    bool operator==(const IndexWheelData &) const = default;
};

/** The index as a wheel: a sector per goal, in it a ray per field of action, as long as its score. What has no data is
 *  an empty ray with a dotted edge. Left and right go from goal to goal, down into a goal's fields, Enter chooses. */
class IndexWheel final : public QWidget
{
    Q_OBJECT
public:
    explicit IndexWheel(QWidget *parent = nullptr);

    void setData(IndexWheelData data);
    const IndexWheelData &data() const { return m_data; }
    ChartTable table() const; ///< a row per goal and field

    /** Of a place on the wheel: sector and cell, -1 where it is none. */
    struct Place {
        int sector = -1;
        int cell = -1; ///< -1: the goal as a whole
        bool operator==(const Place &) const = default;
    };
    Place placeAt(const QPointF &position) const;
    Place current() const { return m_current; } ///< marked by keyboard or mouse
    QString tell(const Place &place) const; ///< in words; for {}: the whole

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(const QString &goal, int field); ///< field 0: the goal as a whole; goal "": the whole

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Measures {
        QPointF centre;
        double hub = 0, ring = 0, rays = 0, edge = 0; ///< radii: of the middle, and where ring, rays and labels begin
    };
    Measures measures() const;
    std::pair<double, double> anglesOf(int sector) const; ///< degrees clockwise from the top: begin and width
    std::pair<double, double> anglesOf(const Place &place) const;
    void mark(const Place &place);
    void choose(const Place &place);
    void paintSector(QPainter &painter, const Measures &m, int sector) const;
    void paintLabel(QPainter &painter, const Measures &m, int sector) const;
    void paintHub(QPainter &painter, const Measures &m) const;

    IndexWheelData m_data;
    Place m_current;
};

} // namespace hanseatlas
