// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <optional>

namespace hanseatlas
{

/** A course of values in the size of a word: no axes, the last value marked, a target as a dashed line. */
class Sparkline final : public QWidget
{
    Q_OBJECT
public:
    explicit Sparkline(QWidget *parent = nullptr);

    /** At even distances; NaN: no data, the line is broken there. */
    void setValues(QList<double> values, std::optional<double> target = {});
    const QList<double> &values() const { return m_values; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<double> m_values;
    std::optional<double> m_target;
};

} // namespace hanseatlas
