// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguenode.h"

#include <tuple>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

auto valuesOf(const CatalogueNode &node)
{
    return std::tie(node.kind, node.title, node.abstract, node.keywords, node.source, node.format, node.licence,
                    node.attribution, node.contact, node.metadata, node.page, node.preview, node.issued, node.modified,
                    node.minScale, node.maxScale, node.opacity, node.visible, node.mayBeStored, node.personal,
                    node.reason);
}

} // namespace

bool CatalogueNode::operator==(const CatalogueNode &other) const
{
    return valuesOf(*this) == valuesOf(other) && children == other.children;
}

void forEachNode(const std::vector<CatalogueNode> &nodes, const std::function<void(const CatalogueNode &)> &visit)
{
    for (const auto &node : nodes) {
        visit(node);
        forEachNode(node.children, visit);
    }
}

void forEachNode(std::vector<CatalogueNode> &nodes, const std::function<void(CatalogueNode &)> &visit)
{
    for (auto &node : nodes) {
        visit(node);
        forEachNode(node.children, visit);
    }
}

int layerCount(const CatalogueNode &node)
{
    int count = node.canBeShown() ? 1 : 0;
    for (const auto &child : node.children)
        count += layerCount(child);
    return count;
}

SourceRef completeSource(const CatalogueNode &node)
{
    auto ref = node.source.value_or(SourceRef());
    const auto add = [&ref](const QString &key, const QString &value) {
        if (!value.isEmpty() && !ref.options.contains(key))
            ref.options.insert(key, value);
    };
    if (ref.provider == "file"_L1) {
        if (ref.location.startsWith("http"_L1, Qt::CaseInsensitive))
            ref.provider = u"download"_s; // the catalogue knows that it is a file: nobody need find out
    } else {
        add(u"title"_s, node.title);
        add(u"licence"_s, node.licence);
        add(u"attribution"_s, node.attribution);
    }
    if (!node.mayBeStored)
        ref.options.insert(u"mayBeStored"_s, false);
    if (node.personal)
        ref.options.insert(u"personal"_s, true);
    return ref;
}

CatalogueNode hint(const QString &text)
{
    return {.kind = CatalogueKind::Hint, .title = text};
}

} // namespace hanseatlas
