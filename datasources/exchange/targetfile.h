// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QString>

namespace hanseatlas
{

/** A file that is written beside its place and moved there when it is whole: who looks finds the old one or the new
 * one, never a half one. What was not committed is removed. */
class TargetFile
{
public:
    /** Fails where the folder is missing or closed to us, or where a database lies there that someone has open. */
    static Result<TargetFile> create(const QString &path);
    TargetFile(TargetFile &&other) noexcept;
    TargetFile &operator=(TargetFile &&) = delete;
    ~TargetFile();

    QString path() const { return m_path; }
    /** Write here; the same folder and suffix. */
    QString workPath() const { return m_workPath; }
    /** Flushes to the disk and replaces what is at path(). Close the file first. */
    Status commit();

private:
    TargetFile(QString path, QString workPath);
    QString m_path;
    QString m_workPath;
};

/** The error for a write that failed: says so where the disk is full. `detail` is what the library said. */
Error writeError(const QString &path, const QString &detail);

/** Do these messages of a library speak of the disk, not of the data? */
bool speaksOfStorage(const QString &detail);

} // namespace hanseatlas
