// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguerow.h"

#include "layers/catalogue/cataloguetexts.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString iconOf(const CatalogueNode &node)
{
    switch (node.kind) {
    case CatalogueKind::Folder:
        return u"folder"_s;
    case CatalogueKind::Service:
        return u"layers"_s;
    case CatalogueKind::Dataset:
        return u"database"_s;
    case CatalogueKind::Hint:
        return u"info"_s;
    case CatalogueKind::Layer:
        break;
    }
    if (!node.source)
        return u"file"_s;
    const auto &provider = node.source->provider;
    if (provider == "wms"_L1 || provider == "wmts"_L1 || provider == "xyz"_L1 || provider == "mvt"_L1)
        return u"raster"_s;
    return provider == "file"_L1 ? u"file"_s : u"polygon"_s;
}

CatalogueAction actionOf(const CatalogueNode &node)
{
    switch (node.kind) {
    case CatalogueKind::Layer:
        return node.canBeShown() ? CatalogueAction::Add : CatalogueAction::None;
    case CatalogueKind::Hint:
        return CatalogueAction::None;
    default:
        return CatalogueAction::Unfold;
    }
}

QString toolTip(const CatalogueNode &node)
{
    constexpr qsizetype longest = 400;
    QStringList lines{node.title};
    if (!node.reason.isEmpty())
        lines << node.reason;
    if (!node.abstract.isEmpty())
        lines << (node.abstract.size() > longest ? node.abstract.left(longest) + u'…' : node.abstract);
    if (!node.mayBeStored)
        lines << CatalogueTexts::tr("May be viewed, but neither stored nor exported.");
    return lines.join(u"\n\n"_s).toHtmlEscaped().replace(u'\n', "<br>"_L1); // never as markup of others
}

} // namespace

QVariant rowData(const CatalogueNode &node, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return node.title.simplified();
    case Qt::ToolTipRole:
        return toolTip(node);
    case Qt::AccessibleDescriptionRole:
        return node.reason.isEmpty() ? node.format : node.reason;
    case CatalogueKindRole:
        return int(node.kind);
    case CatalogueIconRole:
        return iconOf(node);
    case CatalogueNoteRole:
        return node.reason.isEmpty() ? node.format : node.reason;
    case CatalogueEnabledRole:
        return node.kind != CatalogueKind::Layer || node.canBeShown();
    case CatalogueActionRole:
        return int(actionOf(node));
    case CatalogueStateRole:
        return int(CatalogueState::Idle);
    }
    return {};
}

} // namespace hanseatlas
