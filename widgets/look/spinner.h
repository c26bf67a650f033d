// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QWidget>

namespace hanseatlas::look
{

/** Turns while something of unknown length goes on. Costs nothing while hidden; stands still where the desktop wants
 *  no animations. */
class Spinner : public QWidget
{
    Q_OBJECT
public:
    explicit Spinner(int size = 16, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {m_size, m_size}; }

    /** The picture itself, for delegates; `phase` 0 … 1 of a turn. */
    static void paint(QPainter &painter, const QRectF &box, double phase, const QColor &color);

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    int m_size;
    int m_step = 0;
    QBasicTimer m_timer;
};

} // namespace hanseatlas::look
