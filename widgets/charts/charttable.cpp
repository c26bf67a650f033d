// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charttable.h"

#include <QDateTime>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool isNumber(const QVariant &value)
{
    return value.typeId() == QMetaType::Double || value.typeId() == QMetaType::Int
        || value.typeId() == QMetaType::LongLong;
}

QByteArray quoted(QString text)
{
    static const QSet<QChar> dangerous{u'=', u'+', u'-', u'@', u'\t', u'\r', u'\n'};
    if (!text.isEmpty() && dangerous.contains(text.front()))
        text.prepend(u'\'');
    const bool plain =
        std::ranges::none_of(text, [](QChar c) { return c == u'"' || c == u',' || c == u'\n' || c == u'\r'; });
    return (plain ? text : u'"' + text.replace(u'"', "\"\""_L1) + u'"').toUtf8();
}

QByteArray csvCell(const QVariant &value)
{
    if (isNumber(value)) {
        const double number = value.toDouble();
        return std::isfinite(number) ? QByteArray::number(number, 'g', QLocale::FloatingPointShortest) : QByteArray();
    }
    if (value.typeId() == QMetaType::QDate)
        return value.toDate().toString(Qt::ISODate).toUtf8();
    if (value.typeId() == QMetaType::QDateTime)
        return value.toDateTime().toUTC().toString(Qt::ISODate).toUtf8();
    return quoted(value.toString());
}

QString shownText(const QVariant &value, const ChartTable::Column &column)
{
    const QLocale locale;
    if (isNumber(value))
        return std::isfinite(value.toDouble()) ? locale.toString(value.toDouble(), 'f', column.decimals)
                                               : ChartTableModel::tr("no data");
    if (value.typeId() == QMetaType::QDate)
        return locale.toString(value.toDate(), QLocale::ShortFormat);
    if (value.typeId() == QMetaType::QDateTime)
        return locale.toString(value.toDateTime().toLocalTime(), QLocale::ShortFormat);
    return value.isValid() ? value.toString() : ChartTableModel::tr("no data");
}

QString headerText(const ChartTable::Column &column)
{
    return column.unit.isEmpty() ? column.title : u"%1 (%2)"_s.arg(column.title, column.unit);
}

} // namespace

QByteArray ChartTable::toCsv() const
{
    QByteArrayList lines;
    QByteArrayList cells;
    for (const auto &column : columns)
        cells << quoted(headerText(column));
    lines << cells.join(',');
    for (const auto &row : rows) {
        cells.clear();
        for (qsizetype i = 0; i < columns.size(); ++i)
            cells << csvCell(row.value(i));
        lines << cells.join(',');
    }
    return lines.join("\r\n") + "\r\n";
}

void ChartTableModel::setTable(ChartTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_table.columns.size());
}

QVariant ChartTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto value = m_table.rows[index.row()].value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shownText(value, m_table.columns[index.column()]);
    case Qt::UserRole:
        return value;
    case Qt::TextAlignmentRole:
        return int((isNumber(value) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= m_table.columns.size())
        return {};
    return headerText(m_table.columns[section]);
}

} // namespace hanseatlas
