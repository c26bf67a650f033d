// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featurefetch.h"

#include "datasources/database/databasetables.h"
#include "datasources/livefeatures/livefeaturetexts.h"

#include <QElapsedTimer>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** One fetch of a table. */
class DatabaseFetch
{
public:
    DatabaseFetch(FeaturePlan plan, CancelToken token, Progress progress)
        : m_plan(std::move(plan))
        , m_database(std::get<DatabaseFeaturePlan>(m_plan.service))
        , m_token(std::move(token))
        , m_progress(std::move(progress))
    {
    }

    Status read();
    FetchedFeatures finish();
    qint64 bytes() const { return m_collector ? m_collector->bytes() : 0; }

private:
    void take(DatabaseRow &row);
    void takeValue(int column, const QVariant &value);

    const FeaturePlan m_plan;
    const DatabaseFeaturePlan &m_database;
    const CancelToken m_token;
    const Progress m_progress;
    DatabaseTable m_table;
    std::optional<Transform> m_transform; ///< from the table's reference system to the plan's
    std::optional<FeatureCollector> m_collector;
    Status m_status; ///< why it was ended by us
};

void DatabaseFetch::takeValue(int column, const QVariant &value)
{
    if (!value.isValid() || value.isNull())
        return;
    switch (value.typeId()) {
    case QMetaType::Bool:
        return m_collector->setBoolean(column, value.toBool());
    case QMetaType::Int:
    case QMetaType::LongLong:
        return m_collector->setNumber(column, value.toLongLong());
    case QMetaType::Double:
        return m_collector->setNumber(column, value.toDouble());
    case QMetaType::QDate:
        return m_collector->setText(column, value.toDate().toString(Qt::ISODate).toUtf8());
    case QMetaType::QTime:
        return m_collector->setText(column, value.toTime().toString(Qt::ISODateWithMs).toUtf8());
    case QMetaType::QDateTime:
        return m_collector->setText(column, value.toDateTime().toString(Qt::ISODateWithMs).toUtf8());
    default:
        return m_collector->setString(column, value.toString().toUtf8());
    }
}

void DatabaseFetch::take(DatabaseRow &row)
{
    m_collector->begin({});
    for (qsizetype i = 0; i < row.values.size(); ++i)
        takeValue(int(i), row.values[i]);
    if (row.geometry || row.broken) {
        auto geometry = row.geometry.value_or(Geometry());
        const bool lost = m_transform && m_transform->forward(std::span(geometry.points)) > 0;
        m_collector->setGeometry(std::move(geometry), {}, row.broken || lost, row.partly);
    }
    m_collector->end();
}

Status DatabaseFetch::read()
{
    auto login = m_database.login(m_token);
    if (!login)
        return std::unexpected(login.error());
    auto connection = DatabaseConnection::open(*login, m_token);
    if (!connection)
        return std::unexpected(connection.error());
    auto table = databaseTable(*connection, m_database.table);
    if (!table)
        return std::unexpected(table.error());
    m_table = *std::move(table);
    const auto crs = m_table.srid > 0 ? Crs::fromEpsg(m_table.srid) : m_plan.crs;
    auto transform = Transform::create(crs, m_plan.crs);
    if (!transform)
        return std::unexpected(transform.error());
    if (!(crs == m_plan.crs))
        m_transform = *std::move(transform);
    Extent extent;
    if (!m_plan.extent.isEmpty()) {
        const auto there = Transform::create(m_plan.extentCrs, crs);
        if (!there)
            return std::unexpected(there.error());
        extent = there->forward(m_plan.extent);
    }
    const auto columns = [&](const QList<Field> &fields) {
        std::vector<DeclaredField> declared;
        for (const auto &field : fields)
            declared.push_back({.field = field});
        m_collector.emplace(std::move(declared), m_plan.crs.id());
        m_collector->beginPage();
    };
    const auto visit = [&](DatabaseRow &row) {
        take(row);
        if (m_collector->received() % 1000 != 0)
            return true;
        m_status = checkAmount(*m_collector);
        const auto about = m_table.estimate; // as the database has last counted
        report(m_progress, about > 0 ? std::min(0.99, double(m_collector->received()) / double(about)) : -1);
        return m_status.has_value();
    };
    const auto done = readDatabaseTable(*connection, m_table, extent, m_plan.filter, columns, visit);
    return m_status ? done : m_status;
}

FetchedFeatures DatabaseFetch::finish()
{
    FetchedFeatures result;
    auto &features = result.features;
    features.complete = true;
    if (m_collector)
        result.rows = m_collector->finish(features);
    const bool hasPlace = !m_table.geometryColumn.isEmpty();
    features.geometryType = hasPlace ? m_table.geometryType : QString(noGeometry);
    if (hasPlace && m_table.srid <= 0)
        features.notes << LiveFeatureTexts::tr("The table does not say in what coordinate system it is; taken: %1")
                              .arg(m_plan.crs.id());
    return result;
}

/** A fetch on a thread of its own. The library cannot be called back while it waits for a server; where it does not
 * come back after a cancellation, it is left alone: it holds nothing but what is its own. */
class Errand
{
public:
    Errand(const FeaturePlan &plan, const CancelToken &token, const Progress &progress)
        : m_shared(std::make_shared<Shared>())
    {
        m_shared->progress = progress;
        m_shared->fetch = std::make_unique<DatabaseFetch>(plan, token, [shared = std::weak_ptr(m_shared)](double done) {
            const auto held = shared.lock();
            if (!held)
                return;
            const std::lock_guard lock(held->mutex);
            if (held->progress)
                held->progress(done);
        });
        std::thread([shared = m_shared] {
            auto status = shared->fetch->read();
            const std::lock_guard lock(shared->mutex);
            shared->status = std::move(status);
            shared->ended.notify_all();
        }).detach();
    }
    ~Errand()
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->progress = {}; // whose it is may be gone
    }
    Errand(const Errand &) = delete;
    Errand &operator=(const Errand &) = delete;

    /** Null: it was cancelled, and did not even hear of it. */
    DatabaseFetch *wait(const CancelToken &token, Status &status)
    {
        constexpr std::chrono::seconds patience(3);
        std::unique_lock lock(m_shared->mutex);
        const auto hasEnded = [this] { return m_shared->status.has_value(); };
        if (!m_shared->ended.wait(lock, token, hasEnded) && !m_shared->ended.wait_for(lock, patience, hasEnded)) {
            status = cancelled();
            return nullptr;
        }
        status = *m_shared->status;
        return m_shared->fetch.get();
    }

private:
    struct Shared {
        std::mutex mutex;
        std::condition_variable_any ended;
        std::optional<Status> status;
        Progress progress;
        std::unique_ptr<DatabaseFetch> fetch;
    };
    std::shared_ptr<Shared> m_shared;
};

void log(const FeaturePlan &plan, RequestLog &requests, const Status &status, qint64 bytes, qint64 milliseconds)
{
    LoggedExchange exchange{.time = QDateTime::currentDateTimeUtc().addMSecs(-milliseconds),
                            .method = u"SQL"_s,
                            .url = plan.dataset.service + u' ' + plan.dataset.layer,
                            .source = plan.request.source,
                            .status = status ? 200 : 0,
                            .bytes = bytes,
                            .duration = std::chrono::milliseconds(milliseconds)};
    if (!status)
        exchange.error = status.error().detail.isEmpty() ? status.error().what : status.error().detail;
    requests.add(std::move(exchange));
}

} // namespace

Result<FetchedFeatures> fetchDatabase(const FeaturePlan &plan, const DatabaseFeaturePlan &database,
                                      const FetchContext &context)
{
    if (context.client.isOffline())
        return std::unexpected(offlineErrorFor(database.host));
    QElapsedTimer clock;
    clock.start();
    const auto fetched = QDateTime::currentDateTimeUtc();
    Errand errand(plan, context.token, context.progress);
    Status status;
    auto *fetch = errand.wait(context.token, status);
    log(plan, context.client.log(), status, fetch ? fetch->bytes() : 0, clock.elapsed());
    if (!status)
        return std::unexpected(status.error());
    auto result = fetch->finish();
    result.features.fetched = fetched;
    return result;
}

} // namespace hanseatlas
