// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/measures/sharedmeasurestore.h"

#include "datasources/measures/sharedmeasuretables_p.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Ends the transaction, unless it was committed. */
class SharedTransaction
{
public:
    SharedTransaction(DatabaseSession &session, const CancelToken &token)
        : m_session(session)
        , m_begun(session.run("BEGIN", token))
    {
    }
    ~SharedTransaction()
    {
        if (m_begun && !m_committed && !m_session.isBroken())
            m_session.run("ROLLBACK");
    }
    SharedTransaction(const SharedTransaction &) = delete;
    SharedTransaction &operator=(const SharedTransaction &) = delete;

    const std::expected<void, DatabaseFault> &begun() const { return m_begun; }
    /** Not cancellable: half a commit is none. */
    std::expected<void, DatabaseFault> commit()
    {
        m_committed = true;
        return m_session.run("COMMIT");
    }

private:
    DatabaseSession &m_session;
    const std::expected<void, DatabaseFault> m_begun;
    bool m_committed = false;
};

std::unexpected<Error> failed(const DatabaseFault &fault, const DatabaseLogin &login)
{
    return std::unexpected(sharedStoreError(fault, login));
}

} // namespace

SharedMeasureStore::SharedMeasureStore(std::unique_ptr<DatabaseSession> session, StrategyFacts facts)
    : m_login(session->login())
    , m_facts(std::move(facts))
    , m_session(std::move(session))
{
}

SharedMeasureStore::~SharedMeasureStore() = default;

Result<std::unique_ptr<SharedMeasureStore>> SharedMeasureStore::open(const DatabaseLogin &login, StrategyFacts facts,
                                                                     Missing missing, const CancelToken &token)
{
    auto session = DatabaseSession::open(login, token);
    if (!session)
        return std::unexpected(session.error());
    const auto version = sharedSchemaVersion(**session, token);
    if (!version)
        return failed(version.error(), login);
    const auto title = login.address.title();
    if (*version > sharedMeasureVersion)
        return failure(
            ErrorKind::Unsupported,
            MeasureTexts::tr("The measures in “%1” were written by a newer version of the program.").arg(title),
            MeasureTexts::tr("Take the newer version to work with them."));
    if (*version == 0 && missing == Missing::Refuse)
        return failure(ErrorKind::NotFound, MeasureTexts::tr("The database “%1” holds no measures yet.").arg(title),
                       MeasureTexts::tr("Let the program set up the tables for them."));
    bool isNew = false;
    if (*version < sharedMeasureVersion) {
        const auto made = makeSharedSchema(**session, token);
        if (!made)
            return failed(made.error(), login);
        isNew = *made;
    }
    std::unique_ptr<SharedMeasureStore> store(new SharedMeasureStore(*std::move(session), std::move(facts)));
    store->m_isNew = isNew;
    return store;
}

/** A connection that stands; that it broke shows at its next use at the latest. */
Status SharedMeasureStore::connect(const CancelToken &token) const
{
    if (!m_session->isBroken())
        return {};
    auto session = DatabaseSession::open(m_login, token);
    if (!session)
        return std::unexpected(session.error());
    m_session = *std::move(session);
    return {};
}

Result<QList<StoredMeasure>> SharedMeasureStore::read(const CancelToken &token, const Progress &progress) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto connected = connect(token); !connected)
        return std::unexpected(connected.error());
    const auto rows = m_session->query(
        "SELECT m.version, m.body, (SELECT jsonb_agg(r.report ORDER BY r.id) FROM hanseatlas.measure_reports r "
        "WHERE r.number = m.number) FROM hanseatlas.measures m WHERE NOT m.removed",
        {}, token);
    if (!rows)
        return failed(rows.error(), m_login);
    QList<StoredMeasure> all;
    for (int i = 0; i < rows->count(); ++i) {
        if (token.stop_requested())
            return cancelled();
        auto stored =
            storedMeasure(jsonValue(*rows, i, 1).toObject(), jsonValue(*rows, i, 2).toArray(), rows->number(i, 0));
        if (!stored)
            return std::unexpected(stored.error());
        all.append(*std::move(stored));
    }
    std::ranges::sort(all, numberLess, [](const StoredMeasure &stored) { return stored.measure.number; });
    report(progress, 1);
    return all;
}

Result<SaveOutcome> SharedMeasureStore::save(const ChangeSet &changes, const ChangeNote &note, const CancelToken &token,
                                             const Progress &progress)
{
    const std::lock_guard lock(m_mutex);
    if (const auto connected = connect(token); !connected)
        return std::unexpected(connected.error());
    SharedTransaction transaction(*m_session, token);
    if (!transaction.begun())
        return failed(transaction.begun().error(), m_login);
    SharedMeasureTables tables(*m_session, token);
    auto outcome = saveMeasures(tables, m_facts, changes, note, token, progress);
    if (!outcome || !outcome->isWritten())
        return outcome;
    tables.flush();
    if (auto error = tables.takeError())
        return std::unexpected(*std::move(error));
    const auto committed = transaction.commit();
    if (!committed && committed.error().isBroken())
        return failure(ErrorKind::Network,
                       MeasureTexts::tr("The connection to the measures in “%1” broke while they were being saved.")
                           .arg(m_login.address.title()),
                       MeasureTexts::tr("Read them again to see whether the change has arrived."),
                       committed.error().message);
    if (!committed)
        return failed(committed.error(), m_login);
    return outcome;
}

Result<QList<MeasureHistoryRow>> SharedMeasureStore::history(const HistoryQuery &query, const CancelToken &token) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto connected = connect(token); !connected)
        return std::unexpected(connected.error());
    const auto since =
        query.since.isValid() ? std::optional(query.since.toUTC().toString(Qt::ISODateWithMs)) : std::nullopt;
    const auto rows =
        m_session->query("SELECT c.id, h.number, h.kind, h.field, h.before, h.after, c.person, "
                         "floor(extract(epoch FROM c.at) * 1000)::bigint, c.occasion "
                         "FROM hanseatlas.measure_history h JOIN hanseatlas.measure_changes c ON c.id = h.change "
                         "WHERE ($1 = '' OR h.number = $1) AND ($2::timestamptz IS NULL OR c.at >= $2) AND c.id > $3 "
                         "ORDER BY h.id DESC LIMIT $4",
                         {query.number, since, QString::number(query.after), QString::number(query.most)}, token);
    if (!rows)
        return failed(rows.error(), m_login);
    QList<MeasureHistoryRow> all;
    for (int i = rows->count() - 1; i >= 0; --i)
        all.append({rows->number(i, 0),
                    rows->text(i, 1),
                    MeasureChange::Kind(rows->number(i, 2)),
                    {rows->text(i, 3), jsonValue(*rows, i, 4), jsonValue(*rows, i, 5)},
                    rows->text(i, 6),
                    QDateTime::fromMSecsSinceEpoch(rows->number(i, 7), QTimeZone::UTC),
                    rows->text(i, 8)});
    return all;
}

} // namespace hanseatlas
