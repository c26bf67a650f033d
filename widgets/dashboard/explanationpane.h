// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexexplanation.h"

#include <QList>
#include <QWidget>

class QFormLayout;
class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace hanseatlas
{

class BarList;
class DashboardWork;
class TrendChart;

/** How the number that was chosen came about: its parts, down to values, sources and licences. */
class ExplanationPane final : public QWidget
{
    Q_OBJECT
public:
    explicit ExplanationPane(DashboardWork &work, QWidget *parent = nullptr);

    QString heading() const;
    QList<IndexExplanation::Fact> facts() const { return m_told.facts; } ///< that are shown
    const BarList &parts() const { return *m_parts; }

protected:
    void keyPressEvent(QKeyEvent *event) override; ///< Backspace leads back

private:
    void goTo(const IndexPlace &place);
    void goBack();
    void refresh();
    void showParts();
    void showFacts();
    void showActions();

    DashboardWork &m_work;
    QList<IndexPlace> m_way; ///< that was come here by
    IndexPlace m_shown;
    IndexExplanation m_told;
    QToolButton *m_back;
    QLabel *m_trail;
    QLabel *m_title;
    QLabel *m_score;
    QLabel *m_sentence;
    QLabel *m_demo;
    BarList *m_parts;
    TrendChart *m_course;
    QWidget *m_factBox;
    QFormLayout *m_factForm;
    QVBoxLayout *m_actions;
};

} // namespace hanseatlas
