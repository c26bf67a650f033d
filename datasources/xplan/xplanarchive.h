// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QStringList>

#include <functional>

namespace hanseatlas
{

/** What an archive may cost. A plan packs about 1:15, a bomb 1:1000. */
struct ArchiveLimits {
    qint64 entries = 5000;
    qint64 memberBytes = 512LL << 20; ///< of one unpacked GML file
    qint64 totalBytes = 1LL << 30; ///< of all unpacked GML files
    double ratio = 250; ///< unpacked to packed, looked at above 4 MB
};

/** What is in a zip beside the plans, for notes and links. */
struct ArchiveContents {
    QStringList plans; ///< .gml and .xml, sorted
    QStringList archives; ///< archives in the archive: never opened
    QStringList others; ///< documents and scans
};

bool isZip(const QByteArray &start);

/** Lists an archive. Fails with Malformed for what is no archive or has names that lead out of it (“..”, absolute
 * paths), with TooLarge beyond the limits, with Unsupported where it is encrypted. Nothing is ever unpacked to the
 * disk. */
Result<ArchiveContents> listArchive(const QString &path, const ArchiveLimits &limits = {});

/** Unpacks the members one after another into memory. The limits hold for what really comes out, whatever the archive
 *  says of itself. `atMost` bytes of each are enough for a look; -1 = all. visit() returning false ends it. */
Status readArchive(const QString &path, const QStringList &members, const ArchiveLimits &limits, qint64 atMost,
                   const std::function<bool(const QString &name, const QByteArray &bytes)> &visit, CancelToken token);

} // namespace hanseatlas
