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

    static QString storedDataset(); ///< the key of the dataset that they are kept in
    /** Of all that this was asked for, the keys in the stored dataset. */
    std::vector<QString> askedKeys() const;

    Result<ServiceDocument> get(const HttpRequest &request, const Check &check, Want want, CancelToken token);

private:
    Result<ServiceDocument> fetch(const HttpRequest &request, const Check &check, std::optional<ServiceDocument> old,
                                  const StoredItem &oldItem, CancelToken token);
    void refreshBehind(const HttpRequest &request, const Check &check, const ServiceDocument &old,
                       const StoredItem &oldItem);

    std::shared_ptr<ServiceAccess> m_access;
    std::stop_source m_ending;
    mutable QMutex m_mutex; ///< of what follows
    QSet<QString> m_refreshing;
    QSet<QString> m_asked;
    QThreadPool m_pool;
};

} // namespace hanseatlas
