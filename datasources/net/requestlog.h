// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <chrono>
#include <deque>
#include <mutex>
#include <vector>

namespace hanseatlas
{

/** One exchange with a server, without secrets. */
struct LoggedExchange {
    QDateTime time; ///< UTC, when it was asked
    QString method;
    QString url; ///< redacted
    QString source; ///< who asked, see HttpRequest
    int status = 0; ///< 0 = there was no answer
    qint64 bytes = 0; ///< of the body on the wire
    std::chrono::milliseconds queued{0}; ///< before it was its turn
    std::chrono::milliseconds duration{0}; ///< from its turn to the end
    bool fromCache = false; ///< 304, or answered by a cache without asking
    QString error; ///< untranslated reason; empty = none

    bool operator==(const LoggedExchange &) const = default;
};

/** The last exchanges, for the log view and bug reports. All functions may be called from any thread; the object lives
 *  on the thread that made it. */
class RequestLog final : public QObject
{
    Q_OBJECT

public:
    explicit RequestLog(int capacity = 1000, QObject *parent = nullptr);

    void add(LoggedExchange exchange);
    /** Oldest first. */
    std::vector<LoggedExchange> exchanges() const;
    void clear();

signals:
    /** From the thread that added it; connections to other threads are queued. */
    void added(const hanseatlas::LoggedExchange &exchange);
    void cleared();

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::deque<LoggedExchange> m_exchanges;
};

} // namespace hanseatlas
