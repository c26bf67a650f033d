// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QSlider;
class QLabel;
class QToolButton;

namespace hanseatlas
{

class DashboardWork;

/** What all tiles are asked for: the month, what it is compared with, Stadtteil, field of action and unit in charge. */
class DashboardBar final : public QWidget
{
    Q_OBJECT
public:
    explicit DashboardBar(DashboardWork &work, QWidget *parent = nullptr);

    QComboBox &area() { return *m_area; }
    QComboBox &field() { return *m_field; }
    QComboBox &lead() { return *m_lead; }
    QComboBox &back() { return *m_back; }
    QSlider &month() { return *m_month; }

private:
    void fill();
    void showQuestion();
    void ask();

    DashboardWork &m_work;
    QSlider *m_month;
    QLabel *m_monthText;
    QComboBox *m_back;
    QComboBox *m_area;
    QComboBox *m_field;
    QComboBox *m_lead;
    QToolButton *m_all;
};

} // namespace hanseatlas
