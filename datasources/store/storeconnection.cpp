// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storeconnection_p.h"
#include "datasources/store/storetexts.h"

#include <QTimeZone>

#include <sqlite3.h>

namespace hanseatlas
{

namespace
{

constexpr int patienceMs = 10'000; // with another program that writes
constexpr int longestValue = 300 * 1024 * 1024;

} // namespace

bool SqlFault::isFull() const
{
    return (code & 0xff) == SQLITE_FULL;
}

bool SqlFault::isBusy() const
{
    const int primary = code & 0xff;
    return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

bool SqlFault::isDamage() const
{
    const int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

bool SqlFault::isDisk() const
{
    const int primary = code & 0xff;
    return isFull() || isBusy() || primary == SQLITE_IOERR || primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN
        || primary == SQLITE_PERM || primary == SQLITE_NOMEM;
}

bool SqlFault::isCancelled() const
{
    return (code & 0xff) == SQLITE_INTERRUPT;
}

Error storeError(const SqlFault &fault)
{
    if (fault.isCancelled())
        return {.kind = ErrorKind::Cancelled};
    Error error{.kind = ErrorKind::Storage, .detail = fault.message};
    if (fault.isFull()) {
        error.what = StoreTexts::tr("The disk is full: what the services have sent cannot be kept.");
        error.hint = StoreTexts::tr("Make room on the disk. What was kept before is still there.");
    } else if (fault.isBusy()) {
        error.what = StoreTexts::tr("The store of service data is being written by another program.");
        error.hint = StoreTexts::tr("Try again in a moment.");
    } else if (fault.isDamage()) {
        error.what = StoreTexts::tr("The store of service data is damaged.");
        error.hint = StoreTexts::tr("Start the program again: it then begins a new store.");
    } else {
        error.what = StoreTexts::tr("The store of service data could not be read or written.");
        error.hint = StoreTexts::tr("See whether the disk has room and may be written.");
    }
    return error;
}

StoreConnection::StoreConnection(sqlite3 *db)
    : m_db(db)
{
}

StoreConnection::~StoreConnection()
{
    for (const auto &[sql, statement] : m_statements)
        sqlite3_finalize(statement);
    sqlite3_close_v2(m_db);
}

std::expected<std::unique_ptr<StoreConnection>, SqlFault> StoreConnection::open(const QString &path, Mode mode)
{
    sqlite3 *db = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::New ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &db, flags, nullptr);
    std::unique_ptr<StoreConnection> connection(new StoreConnection(db));
    if (code != SQLITE_OK)
        return std::unexpected(SqlFault{code, db ? QString::fromUtf8(sqlite3_errmsg(db)) : QString()});
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, patienceMs);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, longestValue);
    if (mode == Mode::Existing) // nothing that a file says may reach beyond the file
        sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    // Some distributions overwrite all that is deleted, which would write throwing away twice.
    connection->execute("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY;"
                        "PRAGMA journal_size_limit = 33554432; PRAGMA cache_size = -8000");
    if (connection->fault())
        return std::unexpected(*connection->takeFault());
    return connection;
}

void StoreConnection::noteFault(int code)
{
    if (!m_fault)
        m_fault = SqlFault{code, QString::fromUtf8(sqlite3_errmsg(m_db))};
}

void StoreConnection::setFault(SqlFault fault)
{
    if (!m_fault)
        m_fault = std::move(fault);
}

std::optional<SqlFault> StoreConnection::takeFault()
{
    return std::exchange(m_fault, std::nullopt);
}

bool StoreConnection::execute(const QByteArray &sql)
{
    if (m_fault)
        return false;
    if (const int code = sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, nullptr); code != SQLITE_OK)
        noteFault(code);
    return !m_fault;
}

int StoreConnection::changes() const
{
    return sqlite3_changes(m_db);
}

bool StoreConnection::loadExtension(const char *name)
{
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
    char *problem = nullptr;
    const bool loaded = sqlite3_load_extension(m_db, name, nullptr, &problem) == SQLITE_OK;
    m_extensionProblem = QString::fromUtf8(problem);
    sqlite3_free(problem);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    return loaded;
}

void StoreConnection::setTriggers(bool on)
{
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_TRIGGER, int(on), nullptr);
}

sqlite3_stmt *StoreConnection::prepared(const char *sql)
{
    if (m_fault)
        return nullptr;
    auto &statement = m_statements[sql];
    if (!statement) {
        const int code = sqlite3_prepare_v3(m_db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK)
            noteFault(code);
    }
    return statement;
}

StoreQuery::StoreQuery(StoreConnection &connection, const char *sql, std::nullptr_t)
    : m_connection(connection)
    , m_statement(connection.prepared(sql))
{
}

StoreQuery::~StoreQuery()
{
    if (m_statement) {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }
}

bool StoreQuery::next()
{
    if (!m_statement || m_ended || m_connection.m_fault)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m_connection.noteFault(code);
    m_ended = code != SQLITE_ROW; // another step would begin anew
    return !m_ended;
}

bool StoreQuery::run()
{
    while (next()) { }
    return !m_connection.m_fault;
}

void StoreQuery::bind(const QString &value)
{
    const auto &utf8 = m_held.emplace_back(value.toUtf8());
    if (m_statement)
        sqlite3_bind_text64(m_statement, ++m_bound, utf8.constData(), sqlite3_uint64(utf8.size()), SQLITE_STATIC,
                            SQLITE_UTF8);
}

void StoreQuery::bind(const QByteArray &value)
{
    const auto &held = m_held.emplace_back(value);
    if (m_statement) // constData() of an empty array is not null: an empty blob, not NULL
        sqlite3_bind_blob64(m_statement, ++m_bound, held.constData(), sqlite3_uint64(held.size()), SQLITE_STATIC);
}

void StoreQuery::bind(const QDateTime &value)
{
    if (m_statement && !value.isValid())
        sqlite3_bind_null(m_statement, ++m_bound);
    else
        bind(value.toMSecsSinceEpoch());
}

void StoreQuery::bind(qint64 value)
{
    if (m_statement)
        sqlite3_bind_int64(m_statement, ++m_bound, value);
}

void StoreQuery::bind(double value)
{
    if (m_statement)
        sqlite3_bind_double(m_statement, ++m_bound, value);
}

double StoreQuery::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

qint64 StoreQuery::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString StoreQuery::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(text, text ? sqlite3_column_bytes(m_statement, column) : 0);
}

QByteArray StoreQuery::bytes(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(bytes, bytes ? sqlite3_column_bytes(m_statement, column) : 0);
}

QDateTime StoreQuery::time(int column) const
{
    if (sqlite3_column_type(m_statement, column) == SQLITE_NULL)
        return {};
    return QDateTime::fromMSecsSinceEpoch(sqlite3_column_int64(m_statement, column), QTimeZone::UTC);
}

TableStatement::TableStatement(StoreConnection &connection, const QByteArray &sql)
    : m_connection(connection)
{
    if (m_connection.m_fault)
        return;
    const int code = sqlite3_prepare_v2(connection.m_db, sql.constData(), int(sql.size()), &m_statement, nullptr);
    if (code != SQLITE_OK)
        m_connection.noteFault(code);
}

TableStatement::~TableStatement()
{
    sqlite3_finalize(m_statement);
}

void TableStatement::bind(int place, qint64 value)
{
    if (m_statement)
        sqlite3_bind_int64(m_statement, place, value);
}

void TableStatement::bind(int place, const StoredValue &value)
{
    if (!m_statement)
        return;
    const auto size = sqlite3_uint64(value.bytes.size());
    switch (value.kind) {
    case StoredValue::Kind::Null:
        sqlite3_bind_null(m_statement, place);
        break;
    case StoredValue::Kind::Integer:
        sqlite3_bind_int64(m_statement, place, value.integer);
        break;
    case StoredValue::Kind::Real:
        sqlite3_bind_double(m_statement, place, value.real);
        break;
    case StoredValue::Kind::Text:
        sqlite3_bind_text64(m_statement, place, size == 0 ? "" : value.bytes.data(), size, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case StoredValue::Kind::Bytes:
        sqlite3_bind_blob64(m_statement, place, size == 0 ? "" : value.bytes.data(), size, SQLITE_STATIC);
        break;
    }
}

bool TableStatement::next()
{
    if (!m_statement || m_ended || m_connection.m_fault)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m_connection.noteFault(code);
    m_ended = code != SQLITE_ROW;
    return !m_ended;
}

void TableStatement::reset()
{
    if (m_statement)
        sqlite3_reset(m_statement);
    m_ended = false;
}

StoredValue TableStatement::value(int column) const
{
    StoredValue value;
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        value.kind = StoredValue::Kind::Integer;
        value.integer = sqlite3_column_int64(m_statement, column);
        break;
    case SQLITE_FLOAT:
        value.kind = StoredValue::Kind::Real;
        value.real = sqlite3_column_double(m_statement, column);
        break;
    case SQLITE_TEXT:
        value.kind = StoredValue::Kind::Text;
        value.bytes = {reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column)),
                       sqlite3_column_bytes(m_statement, column)};
        break;
    case SQLITE_BLOB:
        value.kind = StoredValue::Kind::Bytes;
        value.bytes = {static_cast<const char *>(sqlite3_column_blob(m_statement, column)),
                       sqlite3_column_bytes(m_statement, column)};
        break;
    default:
        break;
    }
    return value;
}

StoreTransaction::StoreTransaction(StoreConnection &connection)
    : m_connection(connection)
    , m_open(connection.execute("BEGIN IMMEDIATE"))
{
}

StoreTransaction::~StoreTransaction()
{
    if (!m_open)
        return;
    // The fault that led here must stay; a rollback that SQLite has done already is none.
    const auto fault = m_connection.takeFault();
    m_connection.execute("ROLLBACK");
    m_connection.takeFault();
    if (fault)
        m_connection.setFault(*fault);
}

bool StoreTransaction::commit()
{
    if (m_open && m_connection.execute("COMMIT"))
        m_open = false;
    return !m_open && !m_connection.fault();
}

} // namespace hanseatlas
