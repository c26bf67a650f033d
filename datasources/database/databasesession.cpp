// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databasesession.h"

#include <QDeadlineTimer>
#include <QThreadPool>

#include <libpq-fe.h>

#include <vector>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int lookEvery = 50; // ms between looks at the token
constexpr int connectTime = 10'000; // ms
constexpr int answerTime = 65'000; // ms: the server itself ends a statement after 60 s
constexpr int cancelTime = 3000; // ms for the server to hear that an answer is not wanted any more

using Connection = std::unique_ptr<PGconn, decltype([](PGconn *connection) { PQfinish(connection); })>;
using Answer = std::unique_ptr<PGresult, decltype([](PGresult *result) { PQclear(result); })>;

DatabaseFault brokenFault(const QString &message)
{
    return {u"08006"_s, message};
}

DatabaseFault cancelledFault()
{
    return {u"57014"_s, {}};
}

/** Waits a moment for the socket; whether anything happened there. */
bool waitFor(int socket, bool write)
{
#ifdef Q_OS_WIN
    WSAPOLLFD one{SOCKET(socket), SHORT(write ? POLLRDNORM | POLLWRNORM : POLLRDNORM), 0};
    return WSAPoll(&one, 1, lookEvery) > 0;
#else
    pollfd one{socket, short(write ? POLLIN | POLLOUT : POLLIN), 0};
    return poll(&one, 1, lookEvery) > 0;
#endif
}

QString messageOf(PGconn *connection)
{
    return QString::fromUtf8(PQerrorMessage(connection)).trimmed();
}

/** Waits till the connection stands; false: it does not, or is not wanted any more. */
bool finishConnecting(PGconn *connection, const CancelToken &token)
{
    const QDeadlineTimer deadline(connectTime);
    auto wants = PGRES_POLLING_WRITING; // as libpq's documentation begins
    while (wants != PGRES_POLLING_OK) {
        if (wants == PGRES_POLLING_FAILED || deadline.hasExpired() || token.stop_requested())
            return false;
        const int socket = PQsocket(connection);
        if (socket >= 0 && waitFor(socket, wants == PGRES_POLLING_WRITING))
            wants = PQconnectPoll(connection);
    }
    return true;
}

} // namespace

int DatabaseRows::count() const
{
    return PQntuples(static_cast<PGresult *>(m_result.get()));
}

QString DatabaseRows::text(int row, int column) const
{
    auto *result = static_cast<PGresult *>(m_result.get());
    return QString::fromUtf8(PQgetvalue(result, row, column), PQgetlength(result, row, column));
}

bool DatabaseRows::isNull(int row, int column) const
{
    return PQgetisnull(static_cast<PGresult *>(m_result.get()), row, column) != 0;
}

qint64 DatabaseRows::number(int row, int column) const
{
    return text(row, column).toLongLong();
}

struct DatabaseSession::Private {
    DatabaseLogin login;
    Connection connection;
    bool broken = false;

    DatabaseFault giveUp()
    {
        broken = true;
        return brokenFault(connection ? messageOf(connection.get()) : QString());
    }

    /** Tells the server, from another thread, as that waits for an answer too. */
    void askToCancel()
    {
        std::shared_ptr<PGcancel> cancel(PQgetCancel(connection.get()), [](PGcancel *c) { PQfreeCancel(c); });
        if (cancel)
            QThreadPool::globalInstance()->start([cancel] {
                char why[256];
                PQcancel(cancel.get(), why, sizeof why); // what comes of it shows at the query
            });
    }

    /** Till something can be done; whether to go on. */
    bool wait(bool write, QDeadlineTimer &deadline, bool &cancelling, const CancelToken &token)
    {
        if (token.stop_requested() && !cancelling) {
            cancelling = true;
            deadline.setRemainingTime(cancelTime);
            askToCancel();
        }
        if (deadline.hasExpired())
            return false;
        waitFor(PQsocket(connection.get()), write);
        return true;
    }

    /** The last of the answers to what was sent, or the first fault among them. */
    std::expected<DatabaseRows, DatabaseFault> answer(const CancelToken &token)
    {
        QDeadlineTimer deadline(answerTime);
        bool cancelling = false;
        auto *c = connection.get();
        for (int left = 1; left != 0;) {
            left = PQflush(c);
            if (left < 0 || !PQconsumeInput(c) || (left > 0 && !wait(true, deadline, cancelling, token)))
                return std::unexpected(giveUp());
        }
        Answer last;
        std::optional<DatabaseFault> fault;
        for (;;) {
            while (PQisBusy(c)) {
                if (!wait(false, deadline, cancelling, token) || !PQconsumeInput(c))
                    return std::unexpected(giveUp());
            }
            Answer next(PQgetResult(c));
            if (!next)
                break;
            if (PQresultStatus(next.get()) == PGRES_FATAL_ERROR && !fault)
                fault = faultOf(next.get());
            last = std::move(next);
        }
        if (fault)
            return std::unexpected(*fault);
        DatabaseRows rows;
        rows.m_result = std::shared_ptr<void>(last.release(), [](void *r) { PQclear(static_cast<PGresult *>(r)); });
        return rows;
    }

    DatabaseFault faultOf(PGresult *result)
    {
        if (PQstatus(connection.get()) == CONNECTION_BAD)
            return giveUp();
        return {QString::fromLatin1(PQresultErrorField(result, PG_DIAG_SQLSTATE)),
                withoutPassword(QString::fromUtf8(PQresultErrorMessage(result)).trimmed(), login)};
    }
};

DatabaseSession::DatabaseSession(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

DatabaseSession::~DatabaseSession() = default;

Result<std::unique_ptr<DatabaseSession>> DatabaseSession::open(const DatabaseLogin &login, const CancelToken &token)
{
    std::vector<QByteArray> texts{"client_encoding", "UTF8"};
    for (const auto &[key, value] : loginParameters(login, u"hanseatlas"_s,
                                                    u"-c lock_timeout=10000 -c statement_timeout=60000 "
                                                    "-c idle_in_transaction_session_timeout=60000"_s)) {
        texts.push_back(key.toUtf8());
        texts.push_back(value.toUtf8());
    }
    std::vector<const char *> keys, values;
    for (std::size_t i = 0; i < texts.size(); i += 2) {
        keys.push_back(texts[i].constData());
        values.push_back(texts[i + 1].constData());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    auto p = std::make_unique<Private>(login);
    p->connection.reset(PQconnectStartParams(keys.data(), values.data(), 0));
    auto *connection = p->connection.get();
    const bool stands = connection && PQstatus(connection) != CONNECTION_BAD && finishConnecting(connection, token);
    if (token.stop_requested())
        return cancelled();
    if (!stands || PQsetnonblocking(connection, 1) != 0)
        return std::unexpected(loginError(login, connection ? messageOf(connection) : QString()));
    PQsetNoticeProcessor(connection, [](void *, const char *) { }, nullptr); // remarks, no faults
    return std::unique_ptr<DatabaseSession>(new DatabaseSession(std::move(p)));
}

std::expected<DatabaseRows, DatabaseFault>
DatabaseSession::query(const QByteArray &sql, const QList<std::optional<QString>> &values, const CancelToken &token)
{
    if (d->broken)
        return std::unexpected(brokenFault({}));
    if (token.stop_requested())
        return std::unexpected(cancelledFault());
    std::vector<QByteArray> texts;
    for (const auto &value : values)
        texts.push_back(value ? value->toUtf8() : QByteArray());
    std::vector<const char *> pointers;
    for (std::size_t i = 0; i < texts.size(); ++i)
        pointers.push_back(values[qsizetype(i)] ? texts[i].constData() : nullptr);
    if (!PQsendQueryParams(d->connection.get(), sql.constData(), int(pointers.size()), nullptr, pointers.data(),
                           nullptr, nullptr, 0))
        return std::unexpected(d->giveUp());
    return d->answer(token);
}

std::expected<void, DatabaseFault> DatabaseSession::run(const QByteArray &script, const CancelToken &token)
{
    if (d->broken)
        return std::unexpected(brokenFault({}));
    if (token.stop_requested())
        return std::unexpected(cancelledFault());
    if (!PQsendQuery(d->connection.get(), script.constData()))
        return std::unexpected(d->giveUp());
    return d->answer(token).transform([](const DatabaseRows &) { });
}

bool DatabaseSession::isBroken() const
{
    return d->broken;
}

const DatabaseLogin &DatabaseSession::login() const
{
    return d->login;
}

} // namespace hanseatlas
