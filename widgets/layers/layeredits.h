// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <functional>

namespace hanseatlas
{

/** What the panel's commands come to, as changes to the tree. An empty batch: nothing to do. `ids` are nodes of the
 * tree in its order, none within another. */
namespace edits
{

/** In the tree's order, without those that lie in a group of the others. */
QList<QUuid> withoutNested(const LayerTree &tree, const QList<QUuid> &ids);

TreeChange remove(const QList<QUuid> &ids);
/** A group where the first of them is, with all of them in it; `group` becomes its id. */
TreeChange group(const LayerTree &tree, const QList<QUuid> &ids, const QString &title, QUuid *group);
/** Copies above their originals, with their data. */
TreeChange duplicate(const LayerTree &tree, const QList<QUuid> &ids);
TreeChange show(const LayerTree &tree, const QList<QUuid> &ids, bool visible);
TreeChange showAll(const LayerTree &tree, bool visible);
/** One step up (-1) or down (+1). A single node walks into and out of unfolded groups; several move within their group.
 */
TreeChange step(const LayerTree &tree, const QList<QUuid> &ids, int direction);
/** One Set for all layers that `edit` changes. */
TreeChange change(const LayerTree &tree, const QList<QUuid> &ids, const std::function<void(Layer &)> &edit);

bool isEmpty(const TreeChange &change);

} // namespace edits

/** The box around the data of the nodes, in `crs`; empty where nothing is loaded or has a place. */
Extent extentOf(const LayerTree &tree, const QList<QUuid> &ids, const Crs &crs);

} // namespace hanseatlas
