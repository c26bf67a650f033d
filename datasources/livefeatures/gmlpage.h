// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/livefeatures/featurecollector.h"
#include "layers/model/job.h"

#include <QByteArrayView>

namespace hanseatlas
{

struct GmlPage {
    qint64 features = 0; ///< that stand in it
    QString serverSaid; ///< a report in the midst of the features: why there are no more; "" = none
};

/** Hands the features of an answer to GetFeature (WFS 1.0 to 2.0, GML 2 to 3.2) to the collector, in one pass.
 *  `geometryField` is the property whose geometry counts; "" = the first one that has any.
 *
 *  Malformed where the XML is broken or breaks off, also after features were handed over; TooLarge where it is nested
 *  too deeply; Cancelled. Entities of its own are refused. */
Result<GmlPage> readGmlPage(QByteArrayView bytes, const QString &geometryField, FeatureCollector &collector,
                            const CancelToken &token);

} // namespace hanseatlas
