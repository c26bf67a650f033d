// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storedfeatures.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <expected>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

/** @internal SQLite behind a door of our own; exported for unit tests only. */
namespace hanseatlas
{

/** What SQLite found wrong. */
struct SqlFault {
    int code = 0; ///< an (extended) SQLite code
    QString message;

    bool isFull() const; ///< no room on the disk
    bool isBusy() const; ///< another program is writing for long
    bool isDamage() const; ///< the file is no database, or a broken one
    bool isDisk() const; ///< the disk or the rights, not the content
    bool isCancelled() const;
};

/** In words for people; the message goes to the detail. */
Error storeError(const SqlFault &fault);

/** A statement that stands in the program: what comes from outside can only be bound to it. */
class StaticSql
{
public:
    consteval StaticSql(const char *text)
        : m_text(text)
    {
    }
    const char *text() const { return m_text; }

private:
    const char *m_text;
};

/** One connection; used by one thread at a time. The first fault stays until it is taken, and what comes after it does
 *  nothing: a transaction is written down as if all went well and asked at its end. */
class StoreConnection
{
public:
    enum class Mode {
        Existing, ///< fails where there is no file
        New, ///< makes the file
    };
    static std::expected<std::unique_ptr<StoreConnection>, SqlFault> open(const QString &path, Mode mode);
    ~StoreConnection();
    StoreConnection(const StoreConnection &) = delete;
    StoreConnection &operator=(const StoreConnection &) = delete;

    /** One statement or several, without values and without an answer. The text must be the program's own. */
    bool execute(const QByteArray &sql);
    const std::optional<SqlFault> &fault() const { return m_fault; }
    std::optional<SqlFault> takeFault();
    void setFault(SqlFault fault);
    int changes() const; ///< rows, by the last statement
    /** Loads a library of SQL functions; its absence is not a fault. */
    bool loadExtension(const char *name);
    void setTriggers(bool on); ///< of the tables; on from the beginning
    const QString &extensionProblem() const { return m_extensionProblem; } ///< why it could not be loaded

private:
    friend class StoreQuery;
    friend class TableStatement;
    explicit StoreConnection(sqlite3 *db);
    void noteFault(int code);
    sqlite3_stmt *prepared(const char *sql); ///< kept for the next time

    sqlite3 *m_db;
    std::unordered_map<const char *, sqlite3_stmt *> m_statements;
    std::optional<SqlFault> m_fault;
    QString m_extensionProblem;
};

/** A statement at work: values take the places of the question marks, rows come one after another. */
class StoreQuery
{
public:
    template <class... Values>
    StoreQuery(StoreConnection &connection, StaticSql sql, const Values &...values)
        : StoreQuery(connection, sql.text(), nullptr)
    {
        (bind(values), ...);
    }
    ~StoreQuery();
    StoreQuery(const StoreQuery &) = delete;
    StoreQuery &operator=(const StoreQuery &) = delete;

    bool next(); ///< is there a (further) row?
    bool run(); ///< to its end; false where something went wrong

    qint64 number(int column) const;
    double real(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    QDateTime time(int column) const; ///< UTC; NULL: invalid

private:
    StoreQuery(StoreConnection &connection, const char *sql, std::nullptr_t);
    void bind(const QString &value);
    void bind(const QByteArray &value);
    void bind(const QDateTime &value);
    void bind(qint64 value);
    void bind(double value);
    void bind(int value) { bind(qint64(value)); }
    void bind(bool value) { bind(qint64(value)); }

    StoreConnection &m_connection;
    sqlite3_stmt *m_statement;
    int m_bound = 0;
    bool m_ended = false;
    std::vector<QByteArray> m_held; ///< what SQLite reads while it steps
};

/** A statement over a table that has a number of ours for its name: its text is the program's own, too, but made as it
 *  runs, and not kept. What comes from outside is bound. */
class TableStatement
{
public:
    TableStatement(StoreConnection &connection, const QByteArray &sql);
    ~TableStatement();
    TableStatement(const TableStatement &) = delete;
    TableStatement &operator=(const TableStatement &) = delete;

    void bind(int place, qint64 value); ///< places count from 1
    void bind(int place, const StoredValue &value); ///< the bytes must live until reset()
    bool next(); ///< is there a (further) row?
    void reset(); ///< to the beginning, for the next values
    StoredValue value(int column) const; ///< of the row at hand, valid until next()

private:
    StoreConnection &m_connection;
    sqlite3_stmt *m_statement = nullptr;
    bool m_ended = false;
};

/** Undone unless committed. */
class StoreTransaction
{
public:
    explicit StoreTransaction(StoreConnection &connection);
    ~StoreTransaction();
    StoreTransaction(const StoreTransaction &) = delete;
    StoreTransaction &operator=(const StoreTransaction &) = delete;
    bool commit();

private:
    StoreConnection &m_connection;
    bool m_open;
};

} // namespace hanseatlas
