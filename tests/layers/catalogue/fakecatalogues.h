// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguereader.h"

#include <QMutex>
#include <QSemaphore>

#include <atomic>
#include <map>

namespace hanseatlas::test
{

inline CatalogueNode layer(const QString &title, const QString &name = QStringLiteral("a"))
{
    CatalogueNode node{.kind = CatalogueKind::Layer, .title = title, .format = QStringLiteral("WMS")};
    node.source = SourceRef{
        .provider = QStringLiteral("wms"), .location = QStringLiteral("https://example.org/wms"), .layer = name};
    return node;
}

inline CatalogueNode folder(const QString &title, std::vector<CatalogueNode> children)
{
    return {.kind = CatalogueKind::Folder, .title = title, .children = std::move(children)};
}

/** Answers from memory; fails, waits and pages as it is told. */
class FakeCatalogues final : public CatalogueReader, public CatalogueDetector
{
public:
    Result<CatalogueTree> load(const CatalogueSource &source, CatalogueAge age, CancelToken token,
                               const Progress &) const override
    {
        ++loads;
        if (const auto waited = wait(source.location, token); !waited)
            return std::unexpected(waited.error());
        const QMutexLocker lock(&mutex);
        if (broken)
            return failure(ErrorKind::Network, QStringLiteral("The server does not answer."));
        if (age == CatalogueAge::Fresh && fresh.contains(source.location))
            return fresh.at(source.location);
        const auto found = trees.find(source.location);
        return found == trees.end() ? CatalogueTree() : found->second;
    }
    Result<CatalogueTree> layersOf(const SourceRef &service, CatalogueAge, CancelToken, const Progress &) const override
    {
        ++serviceLoads;
        const QMutexLocker lock(&mutex);
        const auto found = trees.find(service.location);
        return found == trees.end() ? CatalogueTree() : found->second;
    }
    Result<CatalogueTree> search(const CatalogueSource &source, const CatalogueQuery &query, CancelToken token,
                                 const Progress &) const override
    {
        ++searches;
        if (const auto waited = wait(source.location, token); !waited)
            return std::unexpected(waited.error());
        const QMutexLocker lock(&mutex);
        if (broken)
            return failure(ErrorKind::Network, QStringLiteral("The server does not answer."));
        CatalogueNode dataset{.kind = CatalogueKind::Dataset,
                              .title = query.words + QStringLiteral(" %1").arg(query.page)};
        dataset.children = {layer(QStringLiteral("Resource"))};
        CatalogueTree tree{.nodes = {dataset}, .total = 2};
        tree.nextPage = query.page == 0 ? 1 : -1;
        tree.themes = {QStringLiteral("Umwelt")};
        return tree;
    }
    Result<QImage> preview(const CatalogueNode &node, QSize size, CancelToken) const override
    {
        ++previews;
        if (node.preview.isEmpty())
            return failure(ErrorKind::NotFound, QStringLiteral("There is no picture."));
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::darkGreen);
        return image;
    }
    Result<CatalogueSource> detect(const QString &address, CancelToken token, const Progress &) const override
    {
        if (const auto waited = wait(address, token); !waited)
            return std::unexpected(waited.error());
        if (!address.contains(u'.'))
            return failure(ErrorKind::Invalid, QStringLiteral("This is no address."));
        return CatalogueSource{.title = QStringLiteral("Found"),
                               .kind = CatalogueSourceKind::Service,
                               .location = address,
                               .provider = QStringLiteral("wms")};
    }

    std::map<QString, CatalogueTree> trees, fresh; ///< by location
    bool broken = false;
    mutable std::atomic_int loads = 0, serviceLoads = 0, searches = 0, previews = 0;
    mutable QSemaphore gate; ///< locations with "slow" in them wait for it
    mutable QMutex mutex;

private:
    Status wait(const QString &location, const CancelToken &token) const
    {
        if (location.contains(QStringLiteral("slow")))
            while (!gate.tryAcquire(1, 5))
                if (token.stop_requested())
                    return cancelled();
        return {};
    }
};

} // namespace hanseatlas::test
