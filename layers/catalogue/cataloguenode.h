// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace hanseatlas
{

enum class CatalogueKind {
    Folder, ///< holds others
    Service, ///< holds the layers of `source`, which are to be asked for
    Layer, ///< what can be put on the map, or cannot for a `reason`
    Dataset, ///< holds its resources: the forms in which the same data is offered
    Hint, ///< says something about the others
};

/** A row of a catalogue. A value; all texts are plain, whatever they came from. */
struct CatalogueNode {
    CatalogueKind kind = CatalogueKind::Folder;
    QString title;
    QString abstract; ///< may have several lines
    QStringList keywords;
    /** What opens it. Services: provider "wms", "wmts", "xyz", "mvt", "wfs" or "oaf", the address without parameters of
     *  requests, the name of the layer, type or collection (WMS: several with commas); files: "file". */
    std::optional<SourceRef> source;
    QString format; ///< for people: "WMS", "GeoJSON", "PDF"
    QString licence;
    QString attribution; ///< the text that the licence wants shown
    QString contact;
    QString metadata; ///< web address of the record; may be empty, as the next two
    QString page; ///< web address for people
    QString preview; ///< web address of an image
    QDateTime issued, modified; ///< invalid = not told
    double minScale = 0; ///< largest denominator at which it shows, as in Layer; 0 = no limit
    double maxScale = 0; ///< smallest denominator
    double opacity = 1;
    bool visible = true; ///< when it comes to the map with others
    bool mayBeStored = true; ///< false: may be viewed, but neither kept nor exported
    bool personal = false;
    QString reason; ///< why it cannot be shown, for people; "" = it can
    std::vector<CatalogueNode> children;

    bool canBeShown() const { return kind == CatalogueKind::Layer && source && reason.isEmpty(); }
    bool operator==(const CatalogueNode &other) const;
};

/** Depth first. */
void forEachNode(const std::vector<CatalogueNode> &nodes, const std::function<void(const CatalogueNode &)> &visit);
void forEachNode(std::vector<CatalogueNode> &nodes, const std::function<void(CatalogueNode &)> &visit);

/** Layers below and at the node that can be shown. */
int layerCount(const CatalogueNode &node);

/** The source with what has to travel with it in its options: title, licence, attribution, whether it may be stored
 *  and holds personal data. Of files the last two only. */
SourceRef completeSource(const CatalogueNode &node);

CatalogueNode hint(const QString &text);

} // namespace hanseatlas
