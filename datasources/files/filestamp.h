// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hanseatlas
{

/** The state of a file and of what stands beside it: equal stamps, same content. */
struct FileStamp {
    qint64 size = -1;
    qint64 modified = 0; ///< milliseconds
    quint64 inode = 0;
    qint64 sideSize = 0, sideModified = 0; ///< of .dbf and write-ahead log
    static FileStamp of(const QString &file);
    bool exists() const { return size >= 0; }
    bool operator==(const FileStamp &) const = default;
};

} // namespace hanseatlas
