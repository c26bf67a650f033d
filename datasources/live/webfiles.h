// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"
#include "layers/model/source.h"

#include <QMutex>
#include <QTemporaryDir>

#include <map>

namespace hanseatlas
{

/** Files of geodata at web addresses: provider "download". A copy is kept, so that they open at once and without a
 *  network; only refresh() asks the server again, whether it has a newer one. Copies that were not used for longest go
 *  when there are more than 2 GB of them. What may not be stored lies in a folder that ends with the program. */
class WebFiles
{
public:
    /** `folder`: where copies are kept; "" = nowhere beyond the running program. */
    WebFiles(std::shared_ptr<ServiceAccess> access, QString folder);
    ~WebFiles();

    struct Copy {
        QString path;
        QDateTime fetched; ///< when the server last said that it is the newest
    };
    /** The copy that is there, else the file is fetched. `anew`: the server is asked in any case; where that fails,
     *  the copy stands. Errors as of HttpClient; Unsupported where a page comes instead of a file. Blocking. */
    Result<Copy> get(const SourceRef &ref, bool anew, const CancelToken &token, const Progress &progress = {});

    /** Does the end of the address look like a file that can be opened? */
    static bool looksLikeFile(const QString &location);

private:
    struct Place {
        QString folder;
        bool lasting = false;
    };
    Place placeOf(const SourceRef &ref);
    Status fetch(const SourceRef &ref, const Place &place, std::optional<Copy> old, const CancelToken &token,
                 const Progress &progress) const;
    void makeRoom(const QString &keep) const;

    const std::shared_ptr<ServiceAccess> m_access;
    const QString m_folder;
    QTemporaryDir m_temporary;
    QMutex m_mutex;
    std::map<QString, std::shared_ptr<QMutex>> m_busy; ///< two layers of one file fetch it once
};

/** Opens the copy as a file is opened, and refreshes through the server. */
Result<OpenedSource> openWebFile(const std::shared_ptr<WebFiles> &files, const SourceOpener &opener,
                                 const SourceRef &ref, const CancelToken &token);
Result<SourceDescription> inspectWebFile(WebFiles &files, const SourceOpener &opener, const SourceRef &ref,
                                         const CancelToken &token);

} // namespace hanseatlas
