// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttable.h"

#include <QPainterPath>
#include <QWidget>

#include <optional>

namespace hanseatlas
{

/** A Stadtteil on the small map. */
struct DistrictShape {
    QString name;
    QPainterPath outline; ///< in metres, y to the north
};

/** What is known of one. */
struct DistrictValue {
    QString name; ///< as in its shape
    std::optional<double> value; ///< 0 … 100; nothing: no data, which is no 0
    QString text; ///< in words, for the tip
    bool operator==(const DistrictValue &) const = default;
};

/** Five even classes with plain bounds that hold all of the values. */
struct EvenClasses {
    static constexpr int count = 5;
    double low = 0, step = 20;
    static EvenClasses of(const QList<DistrictValue> &values); ///< 0 to 100 where nothing is known
    double lower(int number) const { return low + number * step; }
    int numberOf(double value) const; ///< 0 … count − 1
    bool operator==(const EvenClasses &) const = default;
};

/** Scores by Stadtteil as a small map in five even classes, with their legend. What has no data is hatched. Where there
 *  are no shapes it says so. Arrow keys go through the Stadtteile by name, Enter chooses; choosing the chosen one again
 *  chooses none. */
class DistrictMap final : public QWidget
{
    Q_OBJECT
public:
    explicit DistrictMap(QWidget *parent = nullptr);

    void setShapes(QList<DistrictShape> shapes);
    void setValues(QList<DistrictValue> values);
    void setChosen(const QString &name); ///< "" = none
    const QList<DistrictValue> &values() const { return m_values; }
    bool hasShapes() const { return !m_shapes.isEmpty(); }
    QString districtAt(const QPointF &position) const; ///< "" = none
    ChartTable table(const QString &title) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(const QString &name); ///< "" = none any more

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    const DistrictValue *valueOf(const QString &name) const;
    QTransform toWidget() const;
    QString tell(const QString &name) const;
    void mark(const QString &name);
    void choose(const QString &name);
    void paintShape(QPainter &painter, const DistrictShape &shape, const QTransform &transform) const;
    void paintLegend(QPainter &painter) const;

    QList<DistrictShape> m_shapes;
    QRectF m_extent;
    QList<DistrictValue> m_values;
    EvenClasses m_classes;
    QString m_chosen;
    QString m_marked; ///< by mouse or keyboard
};

} // namespace hanseatlas
