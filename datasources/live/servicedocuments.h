// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"

#include <QMutex>
#include <QSet>
#include <QThreadPool>

#include <functional>

namespace hanseatlas
{

/** What a service says of itself: capabilities, lists of collections, configurations. */
struct ServiceDocument {
    QByteArray bytes;
    QUrl url; ///< that answered
    QString contentType;
    QDateTime fetched; ///< UTC; also tells one state of a document from another
    QString problem; ///< why it is not newer, for people; "" = it is as new as it needs to be
};

/** Documents of services by way of the store, so that what was once seen opens without asking. Any thread; calls
 *  block. */
class ServiceDocuments
{
public:
    explicit ServiceDocuments(std::shared_ptr<ServiceAccess> access);
    ~ServiceDocuments(); ///< ends what goes on behind

    enum class Want {
        AtOnce, ///< what is stored will do, however old; what is out of date is asked for behind the caller's back
        Newest, ///< the server is asked, unless it has said itself that it need not be; the stored state where it fails
    };
    /** Is the answer what it should be? See checkContent(). Bad ones are never stored. */
    using Check = std::function<Status(const HttpAnswer &)>;

    /** Where the store has a document, for who wants it held: the dataset's key and those of its items. */
    static QString storedDataset();
    static std::vector<QString> storedKeys(const HttpRequest &request);

    Result<ServiceDocument> get(const HttpRequest &request, const Check &check, Want want, CancelToken token);

private:
    Result<ServiceDocument> fetch(const HttpRequest &request, const Check &check, std::optional<ServiceDocument> old,
                                  const StoredItem &oldItem, CancelToken token);
    void refreshBehind(const HttpRequest &request, const Check &check, const ServiceDocument &old,
                       const StoredItem &oldItem);

    std::shared_ptr<ServiceAccess> m_access;
    std::stop_source m_ending;
    QMutex m_mutex;
    QSet<QString> m_refreshing;
    QThreadPool m_pool;
};

} // namespace hanseatlas
