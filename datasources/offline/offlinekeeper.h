// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"
#include "datasources/offline/offlinepackage.h"
#include "layers/model/job.h"

namespace hanseatlas
{

/** What fetching a package would take, about. */
struct OfflineEstimate {
    qint64 requests = 0; ///< images and tables of features that are not there, or too old
    qint64 bytes = 0;
    qint64 seconds = 0;
};

/** A package and what the store holds of it. */
struct KeptPackage {
    OfflinePackage package;
    StoredPackageSize size;
};

/** Fetches packages for work without a network, and looks after them. All calls block; any thread, but one fetch of a
 *  package at a time. The opener must live as long. */
class OfflineKeeper
{
public:
    enum class Scope { Missing, Everything }; ///< Everything: the servers are asked whether what is there is still good

    OfflineKeeper(std::shared_ptr<ServiceAccess> access, const SourceOpener &opener);

    /** Invalid: a layer that may not be stored, Unsupported: one that cannot, TooLarge: too many images; and as of
     *  opening. */
    Result<OfflineEstimate> estimate(const OfflinePackage &package, CancelToken token) const;
    /** Puts the package and fetches what it lacks, few at a time. Stopped, it is Paused; another fetch goes on where
     *  this one ended. Where something does not come, the rest does, and the error says what. `package` is brought up
     * to date, here and in the store. Errors also as of estimate(). */
    Status fetch(OfflinePackage &package, Scope scope, CancelToken token, const Progress &progress = {}) const;

    Result<std::vector<KeptPackage>> list() const;
    Status remove(const QString &id) const;

private:
    struct Work;
    Result<std::vector<Work>> plan(const OfflinePackage &package, const CancelToken &token) const;
    Status fetchAll(OfflinePackage &package, std::vector<Work> &works, Scope scope, const CancelToken &token,
                    const Progress &progress) const;
    Status put(const OfflinePackage &package) const;

    std::shared_ptr<ServiceAccess> m_access;
    const SourceOpener &m_opener;
};

} // namespace hanseatlas
