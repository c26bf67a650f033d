// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexoverview.h"
#include "widgets/charts/charttable.h"

#include <QWidget>

class QLabel;

namespace hanseatlas
{

class Sparkline;

/** An indicator at a glance: its value, of when, how it moved, its course and target. */
class IndicatorFace final : public QWidget
{
    Q_OBJECT
public:
    explicit IndicatorFace(QWidget *parent = nullptr);

    /** `course`: month and value, ascending. */
    void show(const Indicator &indicator, const IndicatorState &state, std::vector<std::pair<int, double>> course);
    void showNothing(const QString &why);
    ChartTable table() const; ///< a row per value

signals:
    void chosen();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showChange(const Indicator &indicator, const IndicatorState &state);

    QLabel *m_value;
    QLabel *m_when;
    QLabel *m_change;
    Sparkline *m_line;
    QLabel *m_target;
    QString m_title, m_unit;
    std::vector<std::pair<int, double>> m_course;
};

} // namespace hanseatlas
