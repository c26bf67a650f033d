// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/duties.h"
#include "layers/measures/measurefilter.h"

#include <QAbstractItemModel>
#include <QWidget>

class QLabel;
class QStackedLayout;
class QTreeView;

namespace hanseatlas
{

class MeasureWork;

/** What is to be done, grouped by who has to do it. */
class DutyModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { What, Number, Subject, Since, ColumnCount };
    using QAbstractItemModel::QAbstractItemModel;

    void setDuties(const QList<Duty> &duties); ///< sorted by lead, as dutiesOf() gives them
    const Duty *duty(const QModelIndex &index) const; ///< null: a lead
    int count() const { return int(m_duties.size()); }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Lead {
        QString name;
        qsizetype first = 0, count = 0; ///< in m_duties
    };
    QList<Duty> m_duties;
    QList<Lead> m_leads;
};

/** The to-do list of the leads: overdue ends and milestones, missing reports. */
class DutyList final : public QWidget
{
    Q_OBJECT
public:
    explicit DutyList(MeasureWork &work, QWidget *parent = nullptr);

    void setFilter(const MeasureFilter &filter);
    DutyModel &model() { return *m_model; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();

    MeasureWork &m_work;
    MeasureFilter m_filter;
    DutyModel *m_model;
    QTreeView *m_view;
    QStackedLayout *m_stack;
    QLabel *m_count;
    bool m_stale = true; ///< filled when it is seen
};

} // namespace hanseatlas
