// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/charttable.h"

#include <QAbstractScrollArea>

#include <optional>

namespace hanseatlas
{

/** A row of a bar list. */
struct BarRow {
    enum class Mood { Plain, Good, Bad, Quiet };
    QString title;
    QString note; ///< quiet, behind the title
    std::optional<double> value; ///< length of the bar; nothing: no data, no bar
    QString text; ///< the value for people
    Mood mood = Mood::Plain;
    QString key; ///< for whoever is told what was chosen
    bool operator==(const BarRow &) const = default;
};

/** Titles with horizontal bars, as many as there are: it scrolls. Bars go from 0; where some values are below 0, it
 * stands in the middle. Up and down go through the rows, Enter chooses. */
class BarList final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit BarList(QWidget *parent = nullptr);

    /** `full`: the value of the longest bar; 0: the largest of the rows. `empty`: shown where there are no rows. */
    void setRows(QList<BarRow> rows, double full, const QString &empty);
    const QList<BarRow> &rows() const { return m_rows; }
    int current() const { return m_current; } ///< -1: none
    void setCurrent(int row);
    ChartTable table(const QString &title, const QString &valueTitle, const QString &unit) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    int rowAt(const QPoint &position) const; ///< in the viewport; -1: none
    void fit();
    void paintRow(QPainter &painter, const QRect &place, int row) const;
    QString tell(int row) const;

    QList<BarRow> m_rows;
    double m_full = 0;
    bool m_signed = false;
    QString m_empty;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace hanseatlas
