// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/catalogueanswers.h"

#include "datasources/net/redact.h"
#include "datasources/services/serviceurl.h"
#include "layers/catalogue/cataloguetexts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int goodForHours = 1; ///< where the server says nothing; catalogues change once a day at most
const QString itemKey = u"document"_s;

/** By the whole address; only a digest of it is written, since it may hold keys. */
QString datasetKey(const QUrl &url)
{
    const auto digest = QCryptographicHash::hash(url.toEncoded(), QCryptographicHash::Sha256);
    return u"catalogue/"_s + QString::fromLatin1(digest.toHex().left(40));
}

bool isOld(const StoredItem &item)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto until = item.expires.isValid() ? item.expires : item.fetched.addSecs(goodForHours * 3600);
    return until < now;
}

Document documentOf(const StoredItem &item, const QUrl &url)
{
    return {.bytes = item.bytes, .url = url, .asOf = item.fetched, .old = isOld(item)};
}

QString filePath(const QUrl &url)
{
    return url.scheme() == "qrc"_L1 ? u':' + url.path() : url.toLocalFile();
}

} // namespace

Result<QByteArray> readSmallFile(const QString &path, qint64 sizeLimit)
{
    const QFileInfo info(path);
    const auto name = QDir::toNativeSeparators(path);
    if (!info.exists())
        return failure(ErrorKind::NotFound, CatalogueTexts::tr("There is no file “%1”.").arg(name));
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable, CatalogueTexts::tr("The file “%1” cannot be read.").arg(name), {},
                       file.errorString());
    if (file.size() > sizeLimit)
        return failure(ErrorKind::TooLarge, CatalogueTexts::tr("The file “%1” is too large.").arg(name));
    return file.read(sizeLimit);
}

CatalogueDocuments::CatalogueDocuments(HttpClient &client, std::shared_ptr<ServiceStore> store)
    : m_client(client)
    , m_store(std::move(store))
{
}

Result<Document> CatalogueDocuments::read(const DocumentWish &wish, CatalogueAge age, CancelToken token,
                                          const Progress &progress) const
{
    if (wish.url.isLocalFile() || wish.url.scheme() == "qrc"_L1) {
        auto bytes = readSmallFile(filePath(wish.url), wish.sizeLimit);
        if (!bytes)
            return std::unexpected(bytes.error());
        if (const auto good = wish.check ? wish.check(*bytes) : Status(); !good)
            return std::unexpected(good.error());
        return Document{.bytes = *std::move(bytes), .url = wish.url};
    }
    if (!isWebAddress(wish.url))
        return failure(ErrorKind::Invalid,
                       CatalogueTexts::tr("“%1” is no address that can be asked.").arg(redacted(wish.url)));
    const auto item = kept(wish);
    if (item && age == CatalogueAge::Kept)
        return documentOf(*item, wish.url);
    auto fresh = fetch(wish, item, token, progress);
    if (fresh || !item || fresh.error().kind == ErrorKind::Cancelled)
        return fresh;
    auto old = documentOf(*item, wish.url);
    old.old = false; // it was just tried
    const auto when = QLocale().toString(item->fetched.toLocalTime(), QLocale::ShortFormat);
    old.note = isOfflineError(fresh.error()) ? CatalogueTexts::tr("As of %1: the program works offline.").arg(when)
                                             : CatalogueTexts::tr("As of %1: %2").arg(when, fresh.error().what);
    return old;
}

Result<Document> CatalogueDocuments::fetch(const DocumentWish &wish, const std::optional<StoredItem> &kept,
                                           CancelToken token, const Progress &progress) const
{
    HttpRequest request{.url = wish.url, .accept = wish.accept, .sizeLimit = wish.sizeLimit, .source = wish.asked};
    if (kept) {
        request.etag = kept->etag;
        request.lastModified = kept->lastModified;
    }
    const auto answer = m_client.get(std::move(request), token, progress);
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->notModified && kept) {
        if (m_store) // what cannot be noted is asked again, no more
            std::ignore = m_store->touch(datasetKey(wish.url), itemKey, answer->received, answer->expires);
        return Document{.bytes = kept->bytes, .url = wish.url, .asOf = answer->received};
    }
    if (wish.content)
        if (const auto good = checkContent(*answer, *wish.content, wish.asked); !good)
            return std::unexpected(good.error());
    if (const auto good = wish.check ? wish.check(answer->body) : Status(); !good)
        return std::unexpected(good.error());
    keep(wish, *answer);
    return Document{.bytes = answer->body, .url = answer->url, .asOf = answer->received};
}

std::optional<StoredItem> CatalogueDocuments::kept(const DocumentWish &wish) const
{
    if (!m_store)
        return {};
    auto item = m_store->item(datasetKey(wish.url), itemKey);
    return item && *item && (*item)->bytes.size() <= wish.sizeLimit ? *item : std::nullopt;
}

/** That it cannot be kept is no reason not to show it: the next time it is asked for again. */
void CatalogueDocuments::keep(const DocumentWish &wish, const HttpAnswer &answer) const
{
    if (!m_store || !answer.storable)
        return;
    const auto key = datasetKey(wish.url);
    const StoredDataset dataset{
        .key = key, .title = wish.asked, .service = redacted(wish.url), .mayBeStored = wish.mayBeStored};
    if (!m_store->putDataset(dataset))
        return;
    std::ignore = m_store->putItem(key, itemKey,
                                   {.bytes = answer.body,
                                    .contentType = answer.contentType,
                                    .fetched = answer.received,
                                    .expires = answer.expires,
                                    .etag = answer.etag,
                                    .lastModified = answer.lastModified});
}

} // namespace hanseatlas
