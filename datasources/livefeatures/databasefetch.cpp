// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featurefetch.h"

#include "datasources/database/databasetables.h"
#include "datasources/livefeatures/livefeaturetexts.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** One fetch of a table. */
class DatabaseFetch
{
public:
    DatabaseFetch(const FeaturePlan &plan, const DatabaseFeaturePlan &database, const FetchContext &context)
        : m_plan(plan)
        , m_database(database)
        , m_context(context)
    {
    }

    Result<FetchedFeatures> fetch();

private:
    Status read();
    void take(DatabaseRow &row);
    void takeValue(int column, const QVariant &value);
    void log(const Status &status, qint64 milliseconds) const;

    const FeaturePlan &m_plan;
    const DatabaseFeaturePlan &m_database;
    const FetchContext &m_context;
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
    auto login = m_database.login(m_context.token);
    if (!login)
        return std::unexpected(login.error());
    auto connection = DatabaseConnection::open(*login, m_context.token);
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
        report(m_context.progress, about > 0 ? std::min(0.99, double(m_collector->received()) / double(about)) : -1);
        return m_status.has_value();
    };
    const auto done = readDatabaseTable(*connection, m_table, extent, m_plan.filter, columns, visit);
    return m_status ? done : m_status;
}

void DatabaseFetch::log(const Status &status, qint64 milliseconds) const
{
    LoggedExchange exchange{.time = QDateTime::currentDateTimeUtc().addMSecs(-milliseconds),
                            .method = u"SQL"_s,
                            .url = m_plan.dataset.service + u' ' + m_database.table,
                            .source = m_plan.request.source,
                            .status = status ? 200 : 0,
                            .bytes = m_collector ? m_collector->bytes() : 0,
                            .duration = std::chrono::milliseconds(milliseconds)};
    if (!status)
        exchange.error = status.error().detail.isEmpty() ? status.error().what : status.error().detail;
    m_context.client.log().add(std::move(exchange));
}

Result<FetchedFeatures> DatabaseFetch::fetch()
{
    if (m_context.client.isOffline())
        return std::unexpected(offlineErrorFor(m_database.host));
    QElapsedTimer clock;
    clock.start();
    FetchedFeatures result;
    result.features.fetched = QDateTime::currentDateTimeUtc();
    const auto status = read();
    log(status, clock.elapsed());
    if (!status)
        return std::unexpected(status.error());
    auto &features = result.features;
    features.complete = true;
    if (m_collector)
        result.rows = m_collector->finish(features);
    features.geometryType = m_table.geometryType;
    if (m_table.srid <= 0)
        features.notes << LiveFeatureTexts::tr("The table does not say in what coordinate system it is; taken: %1")
                              .arg(m_plan.crs.id());
    return result;
}

} // namespace

Result<FetchedFeatures> fetchDatabase(const FeaturePlan &plan, const DatabaseFeaturePlan &database,
                                      const FetchContext &context)
{
    return DatabaseFetch(plan, database, context).fetch();
}

} // namespace hanseatlas
