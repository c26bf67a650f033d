// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/servicecatalogue.h"

#include "datasources/catalogue/resources.h"
#include "datasources/services/safehtml.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** What the service says of itself, as all its layers have it. */
CatalogueNode templateOf(const ServiceInfo &info, const SourceRef &service, const QString &format)
{
    CatalogueNode node{.kind = CatalogueKind::Layer, .source = service, .format = format};
    QStringList terms{info.accessConstraints, info.fees};
    terms.removeAll(QString());
    terms.removeDuplicates();
    node.licence = licenceIn(terms.join(u' '));
    if (node.licence.isEmpty())
        node.licence = terms.join(u" · "_s).simplified().left(300);
    node.contact = info.organisation.isEmpty() ? info.person : info.organisation;
    node.attribution = info.organisation;
    node.source->layer.clear();
    return node;
}

QString metadataIn(const std::vector<MetadataLink> &links)
{
    for (const auto &link : links)
        if (const auto url = webLink(link.url); !url.isEmpty())
            return url;
    return {};
}

CatalogueNode nodeOf(const WmsLayer &layer, const CatalogueNode &like)
{
    auto node = like;
    node.title = layer.title;
    node.abstract = layer.abstract;
    node.keywords = layer.keywords;
    node.metadata = metadataIn(layer.metadata);
    if (!layer.attribution.title.isEmpty())
        node.attribution = layer.attribution.title;
    node.minScale = std::isfinite(layer.maxScale) ? layer.maxScale : 0; // ours: largest denominator first
    node.maxScale = layer.minScale;
    node.source->layer = layer.name;
    if (layer.isFolder()) {
        node.kind = CatalogueKind::Folder;
        node.source.reset();
    }
    if (layer.children.empty())
        return node;
    std::vector<CatalogueNode> inner;
    for (const auto &child : layer.children)
        inner.push_back(nodeOf(child, like));
    if (!layer.isFolder()) { // may be asked for as a whole, too
        auto folder = node;
        folder.kind = CatalogueKind::Folder;
        folder.source.reset();
        node.title = CatalogueTexts::tr("%1 (all)").arg(layer.title);
        inner.insert(inner.begin(), std::move(node));
        node = std::move(folder);
    }
    node.children = std::move(inner);
    return node;
}

} // namespace

CatalogueTree serviceCatalogue(const WmsCapabilities &caps, const SourceRef &service)
{
    CatalogueTree tree{.title = caps.service.title};
    auto like = templateOf(caps.service, service, u"WMS"_s);
    if (!like.source->options.contains("version"_L1))
        like.source->options.insert(u"version"_s, versionText(caps.version));
    for (const auto &root : caps.layers) {
        auto node = nodeOf(root, like);
        // the root is the service itself: its layers stand in its place
        if (caps.layers.size() == 1 && !node.children.empty())
            tree.nodes = std::move(node.children);
        else
            tree.nodes.push_back(std::move(node));
    }
    return tree;
}

CatalogueTree serviceCatalogue(const WmtsCapabilities &caps, const SourceRef &service)
{
    CatalogueTree tree{.title = caps.service.title};
    const auto like = templateOf(caps.service, service, u"WMTS"_s);
    for (const auto &layer : caps.layers) {
        auto node = like;
        node.title = layer.title;
        node.abstract = layer.abstract;
        node.keywords = layer.keywords;
        node.metadata = metadataIn(layer.metadata);
        node.source->layer = layer.id;
        tree.nodes.push_back(std::move(node));
    }
    tree.notes = caps.notes;
    return tree;
}

CatalogueTree serviceCatalogue(const WfsCapabilities &caps, const SourceRef &service)
{
    CatalogueTree tree{.title = caps.service.title};
    auto like = templateOf(caps.service, service, u"WFS"_s);
    if (!like.source->options.contains("version"_L1))
        like.source->options.insert(u"version"_s, versionText(caps.version));
    for (const auto &type : caps.types) {
        auto node = like;
        node.title = type.title;
        node.abstract = type.abstract;
        node.keywords = type.keywords;
        node.metadata = metadataIn(type.metadata);
        node.source->layer = type.name;
        tree.nodes.push_back(std::move(node));
    }
    return tree;
}

CatalogueTree serviceCatalogue(const OgcApiLanding &landing, const std::vector<OgcApiCollection> &collections,
                               const SourceRef &service)
{
    CatalogueTree tree{.title = plainText(landing.title).simplified()};
    const auto licence = linkOf(landing.links, {"license"_L1, "licence"_L1}).toString();
    for (const auto &collection : collections) {
        CatalogueNode node{.kind = CatalogueKind::Layer,
                           .title = plainText(collection.title).simplified(),
                           .abstract = plainText(collection.description),
                           .source = service,
                           .format = u"OGC API Features"_s};
        node.source->layer = collection.id;
        const auto own = linkOf(collection.links, {"license"_L1, "licence"_L1}).toString();
        node.licence = licenceName(own.isEmpty() ? licence : own);
        node.attribution =
            plainText(collection.attribution.isEmpty() ? landing.attribution : collection.attribution).simplified();
        node.metadata = webLink(linkOf(collection.links, {"describedby"_L1}).toString());
        if (!collection.hasFeatures())
            node.reason = CatalogueTexts::tr("The collection holds no features.");
        tree.nodes.push_back(std::move(node));
    }
    return tree;
}

} // namespace hanseatlas
