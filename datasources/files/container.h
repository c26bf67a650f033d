// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace hanseatlas
{

/** @internal A file inside a folder or an archive that may be a data set. */
struct Member {
    QString path; ///< for GDAL
    QString file; ///< the user's file that is watched: for archives the archive
    QString name; ///< relative to the container, "/" between folders
};

struct Members {
    std::vector<Member> members; ///< sorted by name
    QStringList notes; ///< what was left out
};

/** The data files of a zip archive. Archives that would swell beyond reason are refused: TooLarge. */
Result<Members> archiveMembers(const QString &file, CancelToken token);

/** The data files of a folder and of its sub-folders, down to some depth and up to some number. */
Result<Members> folderMembers(const QString &folder, CancelToken token);

} // namespace hanseatlas
