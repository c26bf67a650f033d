// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/requestmodel.h"

#include <QLocale>
#include <QTimer>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString resultText(const LoggedExchange &e)
{
    if (!e.error.isEmpty())
        return e.status > 0 ? RequestModel::tr("%1, error").arg(e.status) : RequestModel::tr("no answer");
    if (e.fromCache)
        return RequestModel::tr("unchanged", "an answer of a server");
    return QString::number(e.status);
}

/** What was asked, in short: the operation and the layer of an OGC service, else the end of the path. */
QString questionText(const QUrl &url)
{
    QString operation, layer;
    for (const auto &[key, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) {
        const auto name = key.toUpper();
        if (name == "REQUEST"_L1)
            operation = value;
        else if (name == "LAYERS"_L1 || name == "LAYER"_L1 || name == "TYPENAMES"_L1 || name == "TYPENAME"_L1)
            layer = value;
    }
    if (operation.isEmpty())
        return url.path(QUrl::FullyDecoded).section(u'/', -3);
    return layer.isEmpty() ? operation : operation + u' ' + layer;
}

QString displayText(const LoggedExchange &e, int column)
{
    const QLocale locale;
    switch (column) {
    case RequestModel::TimeColumn:
        return locale.toString(e.time.toLocalTime().time(), QLocale::LongFormat).section(u' ', 0, 0);
    case RequestModel::ResultColumn:
        return resultText(e);
    case RequestModel::DurationColumn:
        return RequestModel::tr("%1 ms").arg(locale.toString(qint64(e.duration.count())));
    case RequestModel::SizeColumn:
        return locale.formattedDataSize(e.bytes, 1, QLocale::DataSizeTraditionalFormat);
    case RequestModel::QuestionColumn:
        return questionText(QUrl(e.url));
    case RequestModel::AddressColumn:
        return e.url;
    default:
        return {};
    }
}

QVariant sortKey(const LoggedExchange &e, int column)
{
    switch (column) {
    case RequestModel::TimeColumn:
        return e.time;
    case RequestModel::DurationColumn:
        return qint64(e.duration.count());
    case RequestModel::SizeColumn:
        return e.bytes;
    default:
        return displayText(e, column);
    }
}

QString tipText(const LoggedExchange &e)
{
    QStringList lines{e.method + u' ' + e.url};
    if (!e.error.isEmpty())
        lines << e.error;
    if (!e.source.isEmpty())
        lines << RequestModel::tr("Asked by: %1").arg(e.source);
    lines << RequestModel::tr("Waited for its turn: %1 ms").arg(QLocale().toString(qint64(e.queued.count())));
    return lines.join(u'\n');
}

} // namespace

RequestModel::RequestModel(RequestLog &log, int capacity, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_capacity(std::size_t(std::max(1, capacity)))
{
    connect(&log, &RequestLog::added, this, [this](const LoggedExchange &exchange) {
        m_waiting.push_back(exchange);
        if (m_waiting.size() == 1)
            QTimer::singleShot(200, this, &RequestModel::takeUp);
    });
    connect(&log, &RequestLog::cleared, this, [this] {
        beginResetModel();
        m_rows.clear();
        m_waiting.clear();
        endResetModel();
    });
    const auto known = log.exchanges();
    m_rows.assign(known.rbegin(), known.rend());
}

void RequestModel::takeUp()
{
    if (m_waiting.empty())
        return;
    const auto fresh = std::exchange(m_waiting, {});
    beginInsertRows({}, 0, int(fresh.size()) - 1);
    for (const auto &exchange : fresh)
        m_rows.push_front(exchange);
    endInsertRows();
    if (m_rows.size() <= m_capacity)
        return;
    beginRemoveRows({}, int(m_capacity), int(m_rows.size()) - 1);
    m_rows.resize(m_capacity);
    endRemoveRows();
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &exchange = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return displayText(exchange, index.column());
    case Qt::ToolTipRole:
        return tipText(exchange);
    case Qt::TextAlignmentRole:
        if (index.column() == DurationColumn || index.column() == SizeColumn)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case SortRole:
        return sortKey(exchange, index.column());
    case FailedRole:
        return !exchange.error.isEmpty();
    default:
        return {};
    }
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case ResultColumn:
        return tr("Answer");
    case DurationColumn:
        return tr("Duration");
    case SizeColumn:
        return tr("Size");
    case QuestionColumn:
        return tr("Question");
    case AddressColumn:
        return tr("Address");
    default:
        return {};
    }
}

bool RequestModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row != 0 || count != rowCount())
        return false;
    m_log.clear(); // tells us
    return true;
}

} // namespace hanseatlas
