// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"
#include "layers/measures/measurestore.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QTreeView;

namespace hanseatlas::look
{
class EmptyState;
} // namespace hanseatlas::look

namespace hanseatlas
{

class MeasureWork;

/** What has changed in the measures: a row for each field, the newest first. Also MeasureNumberRole. */
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { When, Number, Field, Before, After, Who, Occasion, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    /** `rows`: oldest first; only those of `numbers` are shown. */
    void setRows(const QList<MeasureHistoryRow> &rows, const QSet<QString> &numbers);
    const QList<MeasureHistoryRow> &rows() const { return m_rows; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /** As it is written to files: comma, ISO times, formulas guarded. */
    QByteArray toCsv() const;

private:
    QList<MeasureHistoryRow> m_rows; ///< newest first
};

/** “What has changed since …”: since the last visit, for a week, a month, a year, or ever. */
class ChangeList final : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeList(MeasureWork &work, QWidget *parent = nullptr);

    void setFilter(const MeasureFilter &filter);
    void setLastVisit(const QDateTime &time); ///< invalid: this is the first
    HistoryModel &model() { return *m_model; }
    QComboBox &since() { return *m_since; }

signals:
    void csvWanted(const QByteArray &csv);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void show(const Result<QList<MeasureHistoryRow>> &rows);
    QDateTime begin() const; ///< of what is asked; invalid: ever

    MeasureWork &m_work;
    MeasureFilter m_filter;
    QDateTime m_lastVisit;
    QComboBox *m_since;
    QLabel *m_count;
    QTreeView *m_view;
    look::EmptyState *m_empty;
    HistoryModel *m_model;
    QTimer m_stale; ///< many measures change at once
    Latest m_reading;
};

} // namespace hanseatlas
