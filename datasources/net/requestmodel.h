// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/requestlog.h"

#include <QAbstractTableModel>

namespace hanseatlas
{

/** The log of exchanges as a table, the newest first. Qt::UserRole sorts: times, numbers. GUI thread. */
class RequestModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, ResultColumn, DurationColumn, SizeColumn, QuestionColumn, AddressColumn, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,
        FailedRole ///< bool: it ended in an error
    };

    /** The log outlives the model. */
    explicit RequestModel(RequestLog &log, int capacity = 1000, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /** All rows go, here and in the log. */
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

private:
    void takeUp();

    RequestLog &m_log;
    const std::size_t m_capacity;
    std::deque<LoggedExchange> m_rows; ///< newest first
    std::vector<LoggedExchange> m_waiting; ///< many come at once; they are shown together
};

} // namespace hanseatlas
