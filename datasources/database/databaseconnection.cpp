// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databaseconnection.h"

#include "datasources/database/databasetexts.h"
#include "datasources/files/gdalsetup.h"

#include <QThreadPool>
#include <QUuid>

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <ogr_api.h>

#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto rowsAtOnce = "2000";

/** A value of a connection string of libpq. */
QString quoted(QString value)
{
    value.replace(u'\\', "\\\\"_L1);
    value.replace(u'\'', "\\'"_L1);
    return u'\'' + value + u'\'';
}

QString connectionText(const DatabaseLogin &login, const QString &name)
{
    QStringList parts;
    for (const auto &[key, value] : loginParameters(login, name,
                                                    u"-c default_transaction_read_only=on "
                                                    "-c statement_timeout=600000"_s))
        parts << key + u'=' + quoted(value);
    return "PG:"_L1 + parts.join(u' ');
}

using DatasetHandle = std::unique_ptr<void, decltype([](void *dataset) { GDALClose(dataset); })>;
using FeatureHandle = std::unique_ptr<void, decltype([](void *feature) { OGR_F_Destroy(feature); })>;

DatasetHandle opened(const DatabaseLogin &login, const QString &name)
{
    auto *driver = static_cast<GDALDriver *>(databaseDriver());
    const auto text = connectionText(login, name).toUtf8();
    GDALOpenInfo info(text.constData(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr);
    return DatasetHandle(driver->pfnOpen(&info));
}

Error queryError(const DatabaseLogin &login, const QString &messages)
{
    const auto title = login.address.title();
    const auto detail = withoutPassword(messages, login);
    if (saysAny(messages, {"permission denied"_L1, "keine berechtigung"_L1}))
        return {ErrorKind::NotReadable,
                DatabaseTexts::tr("The user may not read this table of the database “%1”.").arg(title),
                DatabaseTexts::tr("Ask its administrator for the right to read it."), detail};
    if (saysAny(messages, {"does not exist"_L1, "existiert nicht"_L1}))
        return {ErrorKind::NotFound,
                DatabaseTexts::tr("The database “%1” has no such table or column any more.").arg(title),
                {},
                detail};
    if (saysAny(messages, {"connection"_L1, "verbindung"_L1, "terminating"_L1, "server closed"_L1, "timeout"_L1}))
        return {ErrorKind::Network, DatabaseTexts::tr("The connection to the database “%1” broke.").arg(title),
                DatabaseTexts::tr("Check the address and the network, and try again."), detail};
    return {ErrorKind::Malformed, DatabaseTexts::tr("The database “%1” could not answer.").arg(title), {}, detail};
}

} // namespace

struct DatabaseConnection::Private {
    Private(DatabaseLogin l, CancelToken t)
        : login(std::move(l))
        , token(std::move(t))
    {
    }

    const DatabaseLogin login;
    const QString name = u"hanseatlas-"_s + QUuid::createUuid().toString(QUuid::Id128);
    const CancelToken token;
    DatasetHandle dataset;
    std::optional<std::stop_callback<std::function<void()>>> stopped;

    /** By another connection of the same user: the own one waits for its answer. */
    void cancelWhenStopped()
    {
        stopped.emplace(token, [login = login, name = name] {
            QThreadPool::globalInstance()->start([login, name] {
                const GdalErrors quiet;
                const auto second = opened(login, u"hanseatlas"_s);
                if (!second)
                    return;
                const auto sql =
                    u"SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = '%1'"_s.arg(name)
                        .toUtf8();
                if (auto *rows = GDALDatasetExecuteSQL(second.get(), sql.constData(), nullptr, nullptr)) {
                    while (const FeatureHandle row{OGR_L_GetNextFeature(rows)}) { }
                    GDALDatasetReleaseResultSet(second.get(), rows);
                }
            });
        });
    }
};

DatabaseConnection::DatabaseConnection(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

DatabaseConnection::DatabaseConnection(DatabaseConnection &&) noexcept = default;
DatabaseConnection::~DatabaseConnection() = default;

Result<DatabaseConnection> DatabaseConnection::open(const DatabaseLogin &login, CancelToken token)
{
    if (!databaseDriver() || !static_cast<GDALDriver *>(databaseDriver())->pfnOpen)
        return failure(ErrorKind::Unsupported,
                       DatabaseTexts::tr("This installation of GDAL cannot read PostgreSQL databases."),
                       DatabaseTexts::tr("Ask for a GDAL with the driver “PostgreSQL”."));
    if (token.stop_requested())
        return cancelled();
    auto p = std::make_unique<Private>(login, token);
    const GdalErrors errors;
    p->dataset = opened(login, p->name);
    if (token.stop_requested())
        return cancelled();
    if (!p->dataset)
        return std::unexpected(loginError(login, errors.text()));
    p->cancelWhenStopped();
    return DatabaseConnection(std::move(p));
}

Status DatabaseConnection::query(const QString &sql, const std::function<void(void *)> &fields,
                                 const std::function<bool(void *)> &visit)
{
    const GdalErrors errors;
    if (d->token.stop_requested())
        return cancelled();
    CPLSetThreadLocalConfigOption("OGR_PG_CURSOR_PAGE", rowsAtOnce);
    auto *rows = GDALDatasetExecuteSQL(d->dataset.get(), sql.toUtf8().constData(), nullptr, nullptr);
    Status status;
    if (rows) {
        fields(OGR_L_GetLayerDefn(rows));
        for (;;) {
            const FeatureHandle row(OGR_L_GetNextFeature(rows));
            if (!row || d->token.stop_requested() || !visit(row.get()))
                break;
        }
        GDALDatasetReleaseResultSet(d->dataset.get(), rows);
    }
    CPLSetThreadLocalConfigOption("OGR_PG_CURSOR_PAGE", nullptr);
    if (d->token.stop_requested())
        return cancelled();
    if (errors.failed())
        status = std::unexpected(queryError(d->login, errors.text()));
    return status;
}

} // namespace hanseatlas
