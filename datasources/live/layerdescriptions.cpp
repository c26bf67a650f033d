// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/layerdescriptions.h"

#include "datasources/live/livetexts.h"
#include "datasources/services/servicekind.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostSuggested = 20; ///< of more layers, people choose

QString joined(const QStringList &parts, const QString &between = u", "_s)
{
    QStringList some;
    for (const auto &part : parts) {
        if (!part.trimmed().isEmpty() && !some.contains(part.trimmed()))
            some << part.trimmed();
    }
    return some.join(between);
}

void putText(QJsonObject &into, QJsonArray &order, const QString &key, const QString &value)
{
    if (value.trimmed().isEmpty())
        return;
    into.insert(key, value.trimmed());
    order.append(key);
}

} // namespace

ServiceOptions ServiceOptions::of(const SourceRef &ref)
{
    const auto &json = ref.options;
    auto text = [&](QLatin1StringView name) { return json[name].toString(); };
    ServiceOptions options{.style = text("style"_L1),
                           .format = text("format"_L1),
                           .title = text("title"_L1),
                           .licence = text("licence"_L1),
                           .attribution = text("attribution"_L1),
                           .credentials = text("credentials"_L1)};
    if (const auto crs = Crs::fromText(text("crs"_L1)); crs.isValid())
        options.crs = crs;
    const auto dimensions = json["dimensions"_L1].toObject();
    for (auto it = dimensions.begin(); it != dimensions.end(); ++it)
        options.dimensions.emplace_back(it.key(), it.value().toString());
    options.mayBeStored = json["mayBeStored"_L1].toBool(true);
    options.personal = json["personal"_L1].toBool(false);
    const auto legend = json["legend"_L1];
    options.legend = legend.toBool(true);
    const auto urls = legend.isString() ? QJsonArray{legend} : legend.toArray();
    for (const auto &url : urls)
        options.legendUrls << url.toString();
    return options;
}

Extent boxIn(const Crs &crs, const Extent &degrees)
{
    if (degrees.isEmpty() || !crs.isValid())
        return {};
    // Whole-world boxes go beyond what the projection can show
    const auto use = crs.areaOfUse();
    const auto box = use.isEmpty() || crs.isGeographic() ? degrees : degrees.intersected(use);
    const auto transform = Transform::create(Crs::fromEpsg(4326), crs);
    return box.isEmpty() || !transform ? Extent() : transform->forward(box);
}

Provenance provenanceOf(const ServiceInfo &service, const QString &attribution, const ServiceOptions &options)
{
    return {.source = joined({service.organisation.isEmpty() ? service.title : service.organisation}),
            .licence = options.licence.isEmpty() ? joined({service.accessConstraints, service.fees}) : options.licence,
            .attribution = options.attribution.isEmpty() ? attribution : options.attribution,
            .personal = options.personal};
}

QJsonObject metadataOf(const QString &abstract, const QStringList &keywords, const ServiceInfo &service,
                       const std::vector<MetadataLink> &links, const QString &address)
{
    QJsonObject json;
    QJsonArray order;
    putText(json, order, LiveTexts::tr("Description"), abstract);
    putText(json, order, LiveTexts::tr("Keywords"), joined(keywords));
    putText(json, order, LiveTexts::tr("Service"), service.title);
    putText(json, order, LiveTexts::tr("About the service"), service.abstract);
    putText(json, order, LiveTexts::tr("Contact"),
            joined({service.organisation, service.person, service.phone, service.email, service.address}));
    QStringList urls;
    for (const auto &link : links)
        urls << link.url;
    putText(json, order, LiveTexts::tr("Metadata"), joined(urls, u"\n"_s));
    putText(json, order, LiveTexts::tr("Address"), address);
    json.insert(u"order"_s, order);
    return json;
}

void suggest(SourceDescription &source, const QUrl &pasted)
{
    if (const auto asked = layersInUrl(pasted); !asked.isEmpty()) {
        for (auto &layer : source.layers)
            layer.suggested = asked.contains(layer.name);
    }
    if (std::ranges::count(source.layers, true, &LayerDescription::suggested) > mostSuggested) {
        for (auto &layer : source.layers)
            layer.suggested = false;
    }
}

SourceRef refAs(const SourceRef &ref, const QString &provider)
{
    auto known = ref;
    known.provider = provider;
    known.layer.clear();
    return known;
}

QString storedDatasetKey(const QString &kind, const QString &address, const QStringList &rest)
{
    const auto text = QStringList{kind, address, rest.join(u'\n')}.join(u'\n');
    const auto hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return kind + u':' + QString::fromLatin1(hash.toHex().first(32));
}

std::unexpected<Error> layerIsGone(const QString &service, const QString &layer)
{
    return failure(ErrorKind::NotFound,
                   LiveTexts::tr("The service “%1” has no layer “%2” any more.").arg(service, layer),
                   LiveTexts::tr("Look for the layer in the service's list and add it anew."));
}

} // namespace hanseatlas
