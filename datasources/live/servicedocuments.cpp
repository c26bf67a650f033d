// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/servicedocuments.h"

#include "datasources/live/livetexts.h"
#include "datasources/net/redact.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto datasetKey = "documents"_L1;
constexpr std::chrono::hours goodFor{24}; ///< where the server does not say
constexpr int behind = 8; ///< threads

/** Addresses may carry keys; their hash does not. */
QString keyOf(const HttpRequest &request)
{
    auto bytes = request.url.toEncoded() + '\n' + request.credentials.toUtf8() + '\n' + request.body;
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString addressKey(const QString &key)
{
    return key + u"#url"_s;
}

bool isOld(const StoredItem &item)
{
    const auto now = QDateTime::currentDateTimeUtc();
    return item.expires.isValid() ? item.expires <= now : item.fetched.addDuration(goodFor) < now;
}

std::optional<StoredItem> itemIn(const ServiceStore &store, const QString &key)
{
    auto item = store.item(datasetKey, key);
    return item ? *std::move(item) : std::nullopt;
}

} // namespace

ServiceDocuments::ServiceDocuments(std::shared_ptr<ServiceAccess> access)
    : m_access(std::move(access))
{
    m_pool.setMaxThreadCount(behind);
}

ServiceDocuments::~ServiceDocuments()
{
    m_ending.request_stop();
    m_pool.waitForDone();
}

QString ServiceDocuments::storedDataset()
{
    return datasetKey;
}

std::vector<QString> ServiceDocuments::askedKeys() const
{
    const QMutexLocker lock(&m_mutex);
    std::vector<QString> keys;
    for (const auto &key : m_asked) {
        keys.push_back(key);
        keys.push_back(addressKey(key));
    }
    return keys;
}

Result<ServiceDocument> ServiceDocuments::get(const HttpRequest &request, const Check &check, Want want,
                                              CancelToken token)
{
    const auto store = m_access->store();
    const auto key = keyOf(request);
    {
        const QMutexLocker lock(&m_mutex);
        m_asked.insert(key);
    }
    const auto item = itemIn(*store, key);
    if (!item)
        return fetch(request, check, {}, {}, token);
    const auto address = itemIn(*store, addressKey(key));
    ServiceDocument old{.bytes = item->bytes,
                        .url = address ? QUrl(QString::fromUtf8(address->bytes)) : request.url,
                        .contentType = item->contentType,
                        .fetched = item->fetched,
                        .problem = {}};
    if (want == Want::AtOnce) {
        if (isOld(*item))
            refreshBehind(request, check, old, *item);
        return old;
    }
    if (item->expires.isValid() && !isOld(*item))
        return old;
    return fetch(request, check, old, *item, token);
}

Result<ServiceDocument> ServiceDocuments::fetch(const HttpRequest &request, const Check &check,
                                                std::optional<ServiceDocument> old, const StoredItem &oldItem,
                                                CancelToken token)
{
    const auto store = m_access->store();
    const auto key = keyOf(request);
    auto asked = request;
    asked.etag = oldItem.etag;
    asked.lastModified = oldItem.lastModified;
    auto answer = m_access->client().get(asked, token);
    if (answer && answer->notModified && old) {
        (void)store->touch(datasetKey, key, answer->received, answer->expires);
        return *std::move(old);
    }
    Status good = answer ? check(*answer) : Status(std::unexpected(answer.error()));
    if (!good) {
        if (!old || good.error().kind == ErrorKind::Cancelled)
            return std::unexpected(good.error());
        old->problem = isOfflineError(good.error()) ? QString() : good.error().what;
        return *std::move(old);
    }
    // Without a place on disk it still shows; who stores is told by the next flush
    (void)store->putDataset({.key = datasetKey, .title = LiveTexts::tr("Descriptions of services")});
    const auto address = answer->url.adjusted(QUrl::RemoveUserInfo);
    std::vector<std::pair<QString, StoredItem>> items{{key,
                                                       {.bytes = answer->body,
                                                        .contentType = answer->contentType,
                                                        .fetched = answer->received,
                                                        .expires = answer->expires,
                                                        .etag = answer->etag,
                                                        .lastModified = answer->lastModified}}};
    if (address != request.url && redacted(address) == address.toString())
        items.push_back({addressKey(key), {.bytes = address.toString().toUtf8(), .fetched = answer->received}});
    (void)store->putItems(datasetKey, items);
    return ServiceDocument{.bytes = answer->body,
                           .url = address,
                           .contentType = answer->contentType,
                           .fetched = answer->received,
                           .problem = {}};
}

void ServiceDocuments::refreshBehind(const HttpRequest &request, const Check &check, const ServiceDocument &old,
                                     const StoredItem &oldItem)
{
    const auto key = keyOf(request);
    {
        const QMutexLocker lock(&m_mutex);
        if (m_refreshing.contains(key))
            return;
        m_refreshing.insert(key);
    }
    m_pool.start([this, request, check, old, oldItem, key] {
        (void)fetch(request, check, old, oldItem, m_ending.get_token());
        const QMutexLocker lock(&m_mutex);
        m_refreshing.remove(key);
    });
}

} // namespace hanseatlas
