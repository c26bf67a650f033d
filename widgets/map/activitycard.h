// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;

namespace hanseatlas
{

/** A quiet card over the map that says what is being made, and how far it is. */
class ActivityCard final : public QFrame
{
    Q_OBJECT
public:
    explicit ActivityCard(QWidget *parent);
    void setText(const QString &text);
    void setFraction(double fraction); ///< 0 … 1; below 0: unknown
    void centreIn(const QRect &box);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text = nullptr;
    QProgressBar *m_bar = nullptr;
};

} // namespace hanseatlas
