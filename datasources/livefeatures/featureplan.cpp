// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/livefeatures/featureplan.h"

#include "datasources/livefeatures/livefeaturetexts.h"
#include "datasources/net/redact.h"
#include "datasources/services/servicecrs.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 biggestAnswer = 1LL << 30;

/** The same selection of the same layer has the same key, whatever else is said of it. */
QString keyOf(const QString &kind, const QString &address, const QString &layer, const QString &crs,
              const FeaturePlanOptions &options)
{
    auto key = kind + u'|' + address + u'|' + layer + u'|' + crs;
    const auto filter = filterCql2(options.filter);
    const auto box =
        options.extent.isEmpty() ? QString() : boxText(options.extent, false) + u'|' + options.extentCrs.definition();
    if (!filter.isEmpty() || !box.isEmpty())
        key += u'|'
            + QString::fromLatin1(QCryptographicHash::hash((filter + u'\n' + box).toUtf8(), QCryptographicHash::Sha256)
                                      .toHex()
                                      .first(24));
    return key;
}

FeaturePlan common(const FeaturePlanOptions &options, const QString &title, const Provenance &provenance)
{
    FeaturePlan plan{
        .crs = options.crs, .extent = options.extent, .extentCrs = options.extentCrs, .filter = options.filter};
    plan.dataset.title = options.title.isEmpty() ? title : options.title;
    plan.dataset.provenance = provenance;
    if (!options.licence.isEmpty())
        plan.dataset.provenance.licence = options.licence;
    if (!options.attribution.isEmpty())
        plan.dataset.provenance.attribution = options.attribution;
    plan.dataset.provenance.personal |= options.personal;
    plan.dataset.mayBeStored = options.mayBeStored;
    plan.request.credentials = options.credentials;
    plan.request.sizeLimit = biggestAnswer;
    plan.request.timeouts.firstByte = std::chrono::minutes(3); // some servers think long over a whole layer
    return plan;
}

} // namespace

Result<FeaturePlan> planWfs(const WfsCapabilities &caps, const QString &typeName, const FeaturePlanOptions &options)
{
    const auto *type = findType(caps, typeName);
    if (!type)
        return failure(
            ErrorKind::NotFound,
            LiveFeatureTexts::tr("The service “%1” has no layer “%2” any more.").arg(caps.service.title, typeName),
            LiveFeatureTexts::tr("Look for it among the layers of the service."));
    if (caps.storedQueriesOnly)
        return failure(
            ErrorKind::Unsupported,
            LiveFeatureTexts::tr("The service “%1” answers only to queries of its own, which cannot be asked.")
                .arg(caps.service.title));
    const auto &info = caps.service;
    auto plan = common(options, type->title,
                       {.source = info.organisation.isEmpty() ? info.title : info.organisation,
                        .licence = info.accessConstraints.isEmpty() ? info.fees : info.accessConstraints});
    const auto address = redacted(caps.featureUrl);
    const auto crs = wfsCrsFor(*type, options.crs);
    plan.dataset.key = keyOf(u"wfs-"_s + versionText(caps.version), address, type->name, crs, options);
    plan.dataset.service = address;
    plan.dataset.layer = type->name;
    plan.dataset.crs = crs;
    plan.dataset.contact = info.email;
    plan.request.source = address;
    plan.service = WfsFeaturePlan{caps, *type};
    return plan;
}

Result<FeaturePlan> planOgcApi(const QUrl &address, const OgcApiLanding &landing, const OgcApiConformance &conformance,
                               const OgcApiCollection &collection, const FeaturePlanOptions &options)
{
    if (!collection.hasFeatures())
        return failure(ErrorKind::Unsupported,
                       LiveFeatureTexts::tr("“%1” holds no objects that could be drawn.").arg(collection.title));
    if (!options.filter.isEmpty() && !conformance.cql2Text)
        return failure(
            ErrorKind::Unsupported,
            LiveFeatureTexts::tr("The service of “%1” cannot select objects by a condition.").arg(collection.title),
            LiveFeatureTexts::tr("Take the whole layer, and filter it on the map."));
    auto plan =
        common(options, collection.title,
               {.source = landing.title,
                .attribution = collection.attribution.isEmpty() ? landing.attribution : collection.attribution});
    plan.dataset.key = keyOf(u"ogcapi"_s, redacted(collection.itemsUrl), collection.id,
                             ogcApiCrsFor(collection, options.crs), options);
    plan.dataset.service = redacted(address);
    plan.dataset.layer = collection.id;
    plan.dataset.crs = ogcApiCrsFor(collection, options.crs);
    plan.request.source = plan.dataset.service;
    plan.service = OgcApiFeaturePlan{collection, conformance};
    return plan;
}

FeaturePlan planDatabase(const DatabaseAddress &address, const QString &table,
                         std::function<Result<DatabaseLogin>(CancelToken)> login, const FeaturePlanOptions &options)
{
    auto plan = common(options, table.section(u'.', 1).section(u'(', 0, 0), {.source = address.title()});
    plan.dataset.service = address.toText();
    plan.dataset.layer = table;
    plan.dataset.crs = options.crs.id();
    plan.dataset.key = keyOf(u"postgis"_s, plan.dataset.service, table, options.crs.id(), options);
    plan.request.source = plan.dataset.service;
    plan.service = DatabaseFeaturePlan{table, address.host, std::move(login)};
    return plan;
}

} // namespace hanseatlas
