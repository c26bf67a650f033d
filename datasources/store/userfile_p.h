// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storeschema_p.h"

/** @internal A file of what the user entered: made, migrated, checked, and kept aside where it is broken. */
namespace hanseatlas
{

struct UserFileKind {
    int applicationId = 0; ///< in the header of the file
    int version = 0;
    std::span<const StoreMigration> migrations;
    std::span<const StaticSql> probes; ///< statements that a sound file answers without a fault
};

struct OpenedUserFile {
    std::unique_ptr<StoreConnection> connection; ///< WAL, every change written through to the disk
    QString problem; ///< what was met, for people; "" = nothing
    bool isNew = false;
};

/** Waits while another program makes or sets aside the same file. What is damaged, foreign or newer is renamed, and a
 *  new file begun; what the disk refuses is Storage. */
Result<OpenedUserFile> openUserFile(const QString &path, const UserFileKind &kind);

/** Storage, in words for people, or Cancelled. `path`: of the file, or only its name. */
Error userFileError(const SqlFault &fault, const QString &path);

/** Everything that is read while it lives is of one moment; others may write meanwhile. */
class ReadMoment
{
public:
    explicit ReadMoment(StoreConnection &connection);
    ~ReadMoment();
    ReadMoment(const ReadMoment &) = delete;
    ReadMoment &operator=(const ReadMoment &) = delete;

private:
    StoreConnection &m_connection;
};

} // namespace hanseatlas
