// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/districtlayer.h"
#include "datasources/index/indexstore.h"
#include "layers/index/indicator.h"

namespace hanseatlas
{

/** An indicator with the layer that it is worked out of. */
struct LayerIndicator {
    Indicator indicator;
    QString title;
    Provenance provenance;
    std::shared_ptr<const FeatureSource> source;
};

/** What came of working them out. */
struct WorkedOut {
    Status status; ///< why it ended before the end
    qint64 values = 0; ///< new or corrected
    QStringList notes; ///< for people
};

/** Works them out by Stadtteil and stores them as values of the period that `month` lies in, a delivery each. What
 * makes no sense for one of them is a note; where the store or a source fails it ends. Blocking. */
WorkedOut workOutIndicators(const std::vector<LayerIndicator> &works, const std::vector<DistrictArea> &areas,
                            const QString &person, int month, IndexStore &store, const CancelToken &token,
                            const Progress &progress);

} // namespace hanseatlas
