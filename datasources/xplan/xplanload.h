// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplanarchive.h"
#include "datasources/xplan/xplanparser.h"
#include "datasources/xplan/xplantable.h"

namespace hanseatlas
{

/** What a location names: a file, or several by folder or pattern ("plans/" + "*.gml"). */
struct XplanFiles {
    QString title;
    QStringList paths; ///< sorted as people count: 2 before 10
    bool several = false;
};

/** Folders: all .gml and .zip in it, and .xml that are plans. Fails with NotFound, NotReadable. */
Result<XplanFiles> findXplanFiles(const QString &location);

/** Changes with each change of the files: paths, sizes and times. */
QString stampOf(const XplanFiles &files);

/** True where the first kilobytes, also of files in a zip, name the XPlanGML namespace. Never an error. */
bool mentionsXplan(const QString &path);

/** Reads the documents of a file, zipped or not; without tables. Where a zip holds several plans, broken ones are
 * noted. */
Status loadXplanFile(const QString &path, const XplanOptions &options, const ArchiveLimits &limits,
                     XplanContent &content, CancelToken token);

/** Reads many; broken files are noted, and it fails only when none of them is a plan. */
Status loadXplanFiles(const QStringList &paths, const XplanOptions &options, const ArchiveLimits &limits,
                      XplanContent &content, CancelToken token);

} // namespace hanseatlas
