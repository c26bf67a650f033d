// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measuremodel.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QTreeView;

namespace hanseatlas
{

class MeasureWork;

/** All measures as a table or grouped as a tree. What is chosen here is chosen in all views. */
class MeasureTable final : public QWidget
{
    Q_OBJECT
public:
    explicit MeasureTable(MeasureWork &work, QWidget *parent = nullptr);

    void setFilter(const MeasureFilter &filter);
    void setGrouping(MeasureGrouping grouping);
    MeasureModel &model() { return *m_model; }
    QTreeView &view() { return *m_view; }

signals:
    void showAllWanted();

private:
    void load();
    void arrange(); ///< after the model was reset: groups span the columns, the chosen one is seen
    void followCurrent();

    MeasureWork &m_work;
    MeasureModel *m_model;
    QTreeView *m_view;
    QStackedLayout *m_stack;
    QLabel *m_count;
    bool m_following = false;
};

} // namespace hanseatlas
