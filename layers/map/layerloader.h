// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace hanseatlas
{

/** Loads the data of the tree's layers: visible ones first, off the GUI thread, each on its own, so that a bad one
 * holds up none. Watches the tree; a new style that needs more columns or a new source reloads, the old data standing
 * until the new is there. After a vector layer is ready its polygons are checked for validity in the background. */
class LayerLoader final : public QObject
{
    Q_OBJECT
public:
    LayerLoader(LayerTree &tree, const SourceOpener &opener, QThreadPool &pool, QObject *parent = nullptr);
    ~LayerLoader() override; ///< cancels and waits

    void setCrs(const Crs &crs); ///< of the map; reloads vector layers
    void reload(const QUuid &layer);
    bool isBusy() const;
    bool isFetching() const; ///< layers that are there already wait for more from their servers

signals:
    void busyChanged(bool busy);
    void progressed(const QUuid &layer, double fraction);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/** The features that are invalid in full precision: packing rounds, and lines that nearly touch then cross. What the
 *  source does not give any more keeps the verdict of the packed set. Blocking. */
Result<std::vector<std::uint32_t>> invalidOf(const LayerData &data, CancelToken token);

/** The blocking half: opens and reads one layer for drawing in `crs`; `anew`: as it is at its server now. */
Result<LayerDataPtr> loadLayer(const Layer &layer, const SourceOpener &opener, const Crs &crs, CancelToken token,
                               const Progress &progress = {}, bool anew = false);

} // namespace hanseatlas
