// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguesource.h"

#include "layers/catalogue/cataloguetexts.h"
#include "layers/model/addresssecrets.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostSources = 1000;
constexpr qsizetype longestText = 4000;
constexpr std::array kinds{
    std::pair{CatalogueSourceKind::File, "file"_L1}, std::pair{CatalogueSourceKind::Masterportal, "masterportal"_L1},
    std::pair{CatalogueSourceKind::Ckan, "ckan"_L1}, std::pair{CatalogueSourceKind::Dcat, "dcat"_L1},
    std::pair{CatalogueSourceKind::Service, "service"_L1}};

const QString formatName = u"hanseatlas-sources"_s;

bool makesSense(const CatalogueSource &source)
{
    static const QStringList providers{u"wms"_s, u"wmts"_s, u"wfs"_s, u"oaf"_s, u"postgis"_s};
    if (source.location.isEmpty() || source.location.size() > longestText || source.title.size() > longestText)
        return false;
    return source.kind != CatalogueSourceKind::Service || providers.contains(source.provider);
}

} // namespace

QByteArray sourcesToJson(const std::vector<CatalogueSource> &sources)
{
    QJsonArray list;
    for (const auto &source : sources) {
        if (!source.own)
            continue;
        const auto kind = std::ranges::find(kinds, source.kind, &decltype(kinds)::value_type::first);
        QJsonObject entry{{u"title"_s, source.title},
                          {u"kind"_s, QString(kind->second)},
                          {u"location"_s, withoutSecrets(source.location)}};
        if (!source.provider.isEmpty())
            entry.insert(u"provider"_s, source.provider);
        list.append(entry);
    }
    return QJsonDocument(QJsonObject{{u"format"_s, formatName}, {u"version"_s, 1}, {u"sources"_s, list}}).toJson();
}

Result<SourceList> sourcesFromJson(const QByteArray &json)
{
    QJsonParseError fault;
    const auto root = QJsonDocument::fromJson(json, &fault).object();
    if (root.value(u"format"_s) != formatName)
        return failure(ErrorKind::Malformed, CatalogueTexts::tr("The file is no list of catalogue sources."),
                       CatalogueTexts::tr("Choose a file that was exported from the catalogue."), fault.errorString());
    const auto entries = root.value(u"sources"_s).toArray();
    if (entries.size() > mostSources)
        return failure(ErrorKind::TooLarge, CatalogueTexts::tr("The list has more than %1 sources.").arg(mostSources));
    SourceList list;
    for (const auto &value : entries) {
        const auto entry = value.toObject();
        const auto word = entry.value(u"kind"_s).toString();
        const auto kind = std::ranges::find_if(kinds, [&](const auto &each) { return word == each.second; });
        CatalogueSource source{.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                               .title = entry.value(u"title"_s).toString().simplified(),
                               .location = entry.value(u"location"_s).toString().trimmed(),
                               .provider = entry.value(u"provider"_s).toString(),
                               .own = true};
        if (kind != kinds.end())
            source.kind = kind->first;
        if (source.title.isEmpty())
            source.title = source.location;
        if (kind != kinds.end() && makesSense(source))
            list.sources.push_back(std::move(source));
        else
            ++list.leftOut;
    }
    return list;
}

int mergeSources(std::vector<CatalogueSource> &into, const std::vector<CatalogueSource> &added)
{
    int count = 0;
    for (const auto &source : added) {
        const bool known = std::ranges::any_of(into, [&](const CatalogueSource &each) {
            return each.kind == source.kind && each.location == source.location && each.provider == source.provider;
        });
        if (known)
            continue;
        into.push_back(source);
        ++count;
    }
    return count;
}

} // namespace hanseatlas
