// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/ckan.h"

#include "datasources/catalogue/resources.h"
#include "datasources/net/answercheck.h"
#include "datasources/services/jsonmembers.h"
#include "datasources/services/safehtml.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype mostPackages = 1000; ///< more than we ever ask for
constexpr qsizetype mostResources = 500;
constexpr qsizetype longestText = 20000;

struct Site {
    QUrl root; ///< with a slash at the end
    QString filter; ///< of the address that was given
};

Site siteOf(const QUrl &url)
{
    static const QRegularExpression part(u"/(?:api(?:/3)?(?:/action)?|dataset|organization|group)(?:/.*)?$"_s);
    static const QRegularExpression holder(u"/(organization|group)/([\\w.-]+)"_s);
    Site site{.root = url};
    auto path = url.path(QUrl::FullyEncoded);
    if (const auto match = holder.match(path); match.hasMatch())
        site.filter = (match.captured(1) == "group"_L1 ? u"groups:"_s : u"organization:"_s) + match.captured(2);
    path.remove(part);
    while (path.endsWith(u'/'))
        path.chop(1);
    site.root.setPath(path + u'/', QUrl::TolerantMode);
    site.root.setQuery(QString());
    site.root.setFragment({});
    return site;
}

/** Names are quoted, or they would be Solr's syntax. */
QString quoted(QString text)
{
    return u'"' + text.replace(u'\\', u' ').replace(u'"', u' ') + u'"';
}

/** Words without the signs that mean something to Solr. */
QString plainWords(const QString &words)
{
    static const QRegularExpression signs(u"[+\\-!(){}\\[\\]^\"~*?:\\\\/&|]"_s);
    return QString(words).replace(signs, u" "_s).simplified();
}

QString plain(const QJsonObject &object, QLatin1StringView key)
{
    return plainText(object.value(key).toString().left(longestText)).trimmed();
}

QDateTime dateIn(const QJsonObject &object, QLatin1StringView key)
{
    auto text = object.value(key).toString();
    auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid()) // microseconds
        time = QDateTime::fromString(text.left(19), Qt::ISODate);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(QTimeZone::UTC); // CKAN's times are
    return time;
}

QStringList titlesIn(const QJsonValue &list)
{
    QStringList titles;
    for (const auto &value : list.toArray()) {
        const auto entry = value.toObject();
        for (const auto key : {"display_name"_L1, "title"_L1, "name"_L1}) {
            const auto title = plain(entry, key);
            if (title.isEmpty())
                continue;
            titles.append(title);
            break;
        }
    }
    return titles;
}

QString contactOf(const QJsonObject &package)
{
    for (const auto key : {"maintainer"_L1, "contact_point"_L1, "author"_L1}) {
        const auto text = plain(package, key);
        if (!text.isEmpty() && !text.startsWith(u'{') && !text.startsWith(u'[')) // JSON within JSON
            return text;
    }
    return plain(package.value("organization"_L1).toObject(), "title"_L1);
}

/** Fields of DCAT-AP.de stand in "extras". */
QString extraOf(const QJsonObject &package, QLatin1StringView key)
{
    for (const auto &value : package.value("extras"_L1).toArray())
        if (value.toObject().value("key"_L1) == key)
            return value.toObject().value("value"_L1).toString();
    return package.value(key).toString();
}

CatalogueNode resourceOf(const QJsonObject &resource, const CatalogueNode &dataset)
{
    auto licence = resource.value("license"_L1).toString();
    auto attribution = plain(resource, "licenseAttributionByText"_L1);
    auto node = resourceNode({.title = plain(resource, "name"_L1),
                              .abstract = plain(resource, "description"_L1),
                              .format = resource.value("format"_L1).toString(),
                              .mediaType = resource.value("mimetype"_L1).toString(),
                              .url = resource.value("url"_L1).toString(),
                              .layer = resource.value("wms_layer"_L1).toString(),
                              .licence = licence.isEmpty() ? dataset.licence : licence,
                              .attribution = attribution.isEmpty() ? dataset.attribution : attribution,
                              .issued = dateIn(resource, "created"_L1),
                              .modified = dateIn(resource, "last_modified"_L1)});
    node.contact = dataset.contact;
    return node;
}

CatalogueNode datasetOf(const QJsonObject &package, const QUrl &root)
{
    CatalogueNode node{.kind = CatalogueKind::Dataset, .title = plain(package, "title"_L1)};
    const auto name = package.value("name"_L1).toString();
    if (node.title.isEmpty())
        node.title = name;
    node.abstract = plain(package, "notes"_L1);
    node.keywords = titlesIn(package.value("groups"_L1)) + titlesIn(package.value("tags"_L1));
    const auto licence = package.value("license_id"_L1).toString();
    node.licence = licenceName(licence.isEmpty() ? plain(package, "license_title"_L1) : licence);
    if (node.licence == licence && !plain(package, "license_title"_L1).isEmpty())
        node.licence = plain(package, "license_title"_L1); // an id that only CKAN knows
    node.attribution = plainText(extraOf(package, "licenseAttributionByText"_L1)).trimmed();
    node.contact = contactOf(package);
    node.issued = dateIn(package, "metadata_created"_L1);
    node.modified = dateIn(package, "metadata_modified"_L1);
    static const QRegularExpression simple(u"^[\\w.-]+$"_s);
    if (simple.match(name).hasMatch())
        node.page = root.resolved(QUrl(u"dataset/"_s + name)).toString(QUrl::FullyEncoded);
    node.metadata = webLink(extraOf(package, "metadata_original_xml"_L1));
    const auto resources = package.value("resources"_L1).toArray();
    for (qsizetype i = 0; i < std::min(resources.size(), mostResources); ++i)
        node.children.push_back(resourceOf(resources.at(i).toObject(), node));
    QStringList formats;
    for (const auto &resource : node.children)
        if (!resource.format.isEmpty() && !formats.contains(resource.format))
            formats.append(resource.format);
    node.format = formats.mid(0, 6).join(u", "_s);
    return node;
}

Result<QJsonObject> resultIn(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    if (!document)
        return std::unexpected(document.error());
    const auto root = document->object();
    if (!root.value("success"_L1).toBool() || !root.value("result"_L1).isObject()) {
        const auto said = cleanSentence(root.value("error"_L1).toObject().value("message"_L1).toString());
        return failure(ErrorKind::Malformed,
                       said.isEmpty() ? CatalogueTexts::tr("The answer is none of a CKAN catalogue.")
                                      : CatalogueTexts::tr("The catalogue refuses: %1").arg(said));
    }
    return root.value("result"_L1).toObject();
}

QStringList facetsIn(const QJsonObject &result, QLatin1StringView name)
{
    auto facets = titlesIn(result.value("search_facets"_L1).toObject().value(name).toObject().value("items"_L1));
    facets.removeDuplicates();
    return facets.mid(0, 100);
}

} // namespace

QUrl ckanSearchUrl(const QUrl &url, const CatalogueQuery &query)
{
    const auto site = siteOf(url);
    QStringList filters;
    if (!site.filter.isEmpty())
        filters.append(site.filter);
    if (!query.theme.isEmpty())
        filters.append(u"groups:"_s + quoted(query.theme));
    if (!query.format.isEmpty())
        filters.append(u"res_format:"_s + quoted(query.format));
    Parameters parameters{{u"q"_s, plainWords(query.words)}};
    if (!filters.isEmpty())
        parameters.append({u"fq"_s, filters.join(u' ')});
    parameters.append({u"rows"_s, QString::number(ckanPageSize)});
    parameters.append({u"start"_s, QString::number(std::max(0, query.page) * ckanPageSize)});
    parameters.append({u"facet.field"_s, uR"(["groups","res_format"])"_s});
    return withParameters(site.root.resolved(QUrl(u"api/3/action/package_search"_s)), parameters);
}

Result<CatalogueTree> parseCkanSearch(const QByteArray &bytes, const QUrl &url, int page)
{
    const auto result = resultIn(bytes);
    if (!result)
        return std::unexpected(result.error());
    const auto packages = result->value("results"_L1).toArray();
    if (packages.size() > mostPackages)
        return failure(ErrorKind::TooLarge,
                       CatalogueTexts::tr("The catalogue sent more datasets than were asked for."));
    CatalogueTree tree;
    const auto root = siteOf(url).root;
    for (const auto &package : packages)
        if (package.isObject())
            tree.nodes.push_back(datasetOf(package.toObject(), root));
    tree.total = result->value("count"_L1).toInt(-1);
    const auto until = (page + 1) * ckanPageSize;
    if (!packages.isEmpty() && tree.total > until)
        tree.nextPage = page + 1;
    tree.themes = facetsIn(*result, "groups"_L1);
    tree.formats = facetsIn(*result, "res_format"_L1);
    return tree;
}

Result<CatalogueNode> parseCkanPackage(const QByteArray &bytes, const QUrl &site)
{
    return resultIn(bytes).transform([&](const QJsonObject &package) { return datasetOf(package, siteOf(site).root); });
}

} // namespace hanseatlas
