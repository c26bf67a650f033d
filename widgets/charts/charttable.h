// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QString>
#include <QVariant>

namespace hanseatlas
{

/** The numbers behind a chart, as rows: what a chart shows can be read, heard and handed on. A value. */
struct ChartTable {
    struct Column {
        QString title;
        QString unit; ///< may be empty
        int decimals = 1; ///< of numbers on the screen
        bool operator==(const Column &) const = default;
    };
    QString title;
    QList<Column> columns;
    QList<QVariantList> rows; ///< numbers as double, days as QDate, moments as QDateTime, else texts; invalid: no data

    bool operator==(const ChartTable &) const = default;
    /** As it is written to files: comma, point, ISO dates, UTF-8, RFC 4180. Texts that a spreadsheet would take for a
     *  formula get an apostrophe. */
    QByteArray toCsv() const;
};

/** On the screen, in the user's locale. Qt::UserRole is the value itself, for sorting. */
class ChartTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(ChartTable table);
    const ChartTable &table() const { return m_table; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    ChartTable m_table;
};

} // namespace hanseatlas
