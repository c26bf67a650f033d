// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xmlnode.h"
#include "datasources/xplan/xplandocument.h"

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QIODevice>

#include <optional>

namespace hanseatlas
{

/** Corrections by the user, and limits. */
struct XplanOptions {
    Crs crs; ///< taken for all geometries instead of what the file says; invalid = as the file says
    std::optional<bool> swapAxes; ///< north before east in the file; none = by the file and the place
    XmlLimits limits;
    std::size_t mostObjects = 2000000;
    std::size_t mostVertices = 60000000;
};

/** Reads XPlanGML 4.0 to 6.0 as a stream: XPlanAuszug, or a WFS FeatureCollection of such objects. Arcs become chords
 *  (arcs.h). Axis order: as written, but authority order for URNs and URLs, and turned round where only that lies in
 *  Germany. Document type definitions are refused, so there are no entities but XML's own five.
 *  Fails with Malformed (with line and column), TooLarge or Cancelled; everything less is a note and the rest is read.
 */
Result<XplanDocument> parseXplan(QIODevice &device, const QString &name, const XplanOptions &options, CancelToken token,
                                 const Progress &progress = {});
Result<XplanDocument> parseXplan(const QByteArray &bytes, const QString &name, const XplanOptions &options = {},
                                 CancelToken token = {});

/** Says which objects, texts and files belong to which plan. Part of parseXplan(). */
void linkXplan(XplanDocument &document);

} // namespace hanseatlas
