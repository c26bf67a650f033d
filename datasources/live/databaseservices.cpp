// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/databaseservices.h"

#include "datasources/database/databasetables.h"
#include "datasources/live/featureservices.h"
#include "datasources/live/layerdescriptions.h"
#include "datasources/live/livetexts.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Result<DatabaseAddress> addressOf(const SourceRef &ref)
{
    if (auto address = DatabaseAddress::fromText(ref.location))
        return *address;
    return failure(ErrorKind::Invalid, LiveTexts::tr("“%1” is no address of a database.").arg(ref.location),
                   LiveTexts::tr("Give it as postgresql://user@host/database."));
}

std::vector<GeometryKind> kindsOf(const QString &type)
{
    if (type.contains("POINT"_L1))
        return {GeometryKind::Point};
    if (type.contains("LINE"_L1) || type.contains("CURVE"_L1))
        return {GeometryKind::Line};
    if (type.contains("POLYGON"_L1) || type.contains("SURFACE"_L1))
        return {GeometryKind::Polygon};
    return {};
}

LayerDescription describe(const DatabaseTable &table, const DatabaseAddress &address, const ServiceOptions &options,
                          bool severalSchemas)
{
    LayerDescription description;
    description.name = table.layerName();
    description.title = table.comment.isEmpty() ? table.name : table.comment.section(u'\n', 0, 0);
    description.group = severalSchemas ? table.schema : QString();
    description.kind = table.geometryColumn.isEmpty() ? LayerKind::Table : LayerKind::Vector;
    description.suggested = description.kind == LayerKind::Vector; // tables are many, and few are looked for
    description.geometryKinds = kindsOf(table.geometryType);
    description.geometryType = table.geometryType;
    description.crs = table.srid > 0 ? Crs::fromEpsg(table.srid) : Crs();
    description.provenance = provenanceOf({.title = address.title()}, {}, options);
    description.metadata = {{LiveTexts::tr("Database"), address.toText()},
                            {LiveTexts::tr("Table"), table.schema + u'.' + table.name}};
    if (!table.comment.isEmpty())
        description.metadata.insert(LiveTexts::tr("Description"), table.comment);
    return description;
}

} // namespace

Result<DatabaseLogin> databaseLogin(const DatabaseAddress &address, const QString &key, const ServiceAccess &access,
                                    const CancelToken &token)
{
    DatabaseLogin login{address, {}};
    if (key.isEmpty())
        return login;
    const auto credential = access.credential(key, token);
    if (!credential)
        return std::unexpected(credential.error());
    if (*credential) {
        login.password = (*credential)->secret;
        if (!(*credential)->user.isEmpty())
            login.address.user = (*credential)->user;
    }
    return login;
}

Result<SourceDescription> inspectDatabase(const SourceRef &ref, const std::shared_ptr<ServiceAccess> &access,
                                          const CancelToken &token)
{
    const auto address = addressOf(ref);
    if (!address)
        return std::unexpected(address.error());
    if (access->isOffline())
        return std::unexpected(offlineErrorFor(address->host));
    const auto options = ServiceOptions::of(ref);
    const auto login = databaseLogin(*address, options.credentials, *access, token);
    if (!login)
        return std::unexpected(login.error());
    auto connection = DatabaseConnection::open(*login, token);
    if (!connection)
        return std::unexpected(connection.error());
    const auto tables = databaseTables(*connection);
    if (!tables)
        return std::unexpected(tables.error());
    SourceDescription source{.title = address->title(), .format = u"PostGIS"_s, .ref = refAs(ref, u"postgis"_s)};
    source.ref->location = address->toText();
    const bool several = std::ranges::any_of(
        *tables, [&](const DatabaseTable &table) { return table.schema != tables->front().schema; });
    for (const auto &table : *tables)
        source.layers.push_back(describe(table, *address, options, several));
    if (source.layers.size() > 8) { // as with services: people choose
        for (auto &layer : source.layers)
            layer.suggested = false;
    }
    return source;
}

Result<OpenedSource> openDatabase(const SourceRef &ref, const std::shared_ptr<ServiceAccess> &access,
                                  const CancelToken &token)
{
    const auto address = addressOf(ref);
    if (!address)
        return std::unexpected(address.error());
    if (ref.layer.isEmpty())
        return failure(ErrorKind::Invalid, LiveTexts::tr("Which table of the database is meant?"));
    const auto key = ServiceOptions::of(ref).credentials;
    const auto login = [address = *address, key, held = std::weak_ptr(access)](CancelToken t) -> Result<DatabaseLogin> {
        const auto door = held.lock();
        return door ? databaseLogin(address, key, *door, t) : Result<DatabaseLogin>(cancelled());
    };
    return planOptions(ref).and_then([&](const auto &options) {
        return openFeatures(planDatabase(*address, ref.layer, login, options), access, token);
    });
}

} // namespace hanseatlas
