// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/answercheck.h"
#include "datasources/net/httpclient.h"
#include "datasources/store/servicestore.h"
#include "layers/catalogue/cataloguereader.h"

#include <functional>
#include <memory>
#include <optional>

namespace hanseatlas
{

/** What is wanted of the web or of the disk. */
struct DocumentWish {
    QUrl url; ///< http, https, file or qrc
    QString asked; ///< names it for people: "the list of layers"
    std::optional<ContentKind> content; ///< nothing: `check` decides alone
    std::function<Status(const QByteArray &)> check; ///< what does not pass is not kept; may be empty
    qint64 sizeLimit = 64LL * 1024 * 1024;
    QStringList accept;
    bool mayBeStored = true;
};

struct Document {
    QByteArray bytes;
    QUrl url; ///< after redirects
    QDateTime asOf; ///< when the server last said so
    bool old = false; ///< kept from before and due to be asked for again
    QString note; ///< why it is not fresh, for people; "" = it is, or nobody asked
};

/** Documents of catalogues: from the web by way of the store, so that they are there without a network, too. Any
 *  thread. */
class CatalogueDocuments
{
public:
    CatalogueDocuments(HttpClient &client, std::shared_ptr<ServiceStore> store);

    Result<Document> read(const DocumentWish &wish, CatalogueAge age, CancelToken token,
                          const Progress &progress = {}) const;

private:
    Result<Document> fetch(const DocumentWish &wish, const std::optional<StoredItem> &kept, CancelToken token,
                           const Progress &progress) const;
    std::optional<StoredItem> kept(const DocumentWish &wish) const;
    void keep(const DocumentWish &wish, const HttpAnswer &answer) const;

    HttpClient &m_client;
    std::shared_ptr<ServiceStore> m_store; ///< may be null: nothing is kept
};

/** A file on the disk or in the program, of at most so many bytes. */
Result<QByteArray> readSmallFile(const QString &path, qint64 sizeLimit);

} // namespace hanseatlas
