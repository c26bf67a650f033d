// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/catalogues.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/wmsrequests.h"
#include "layers/catalogue/cataloguetexts.h"
#include "layers/model/crs.h"

#include <QBuffer>
#include <QImageReader>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largestPicture = 8LL * 1024 * 1024;
constexpr int mostPixelsPerSide = 6000;
constexpr double halfWidth = 2500; ///< metres: about 1 : 60 000, where most layers of a city are drawn
constexpr PointXY townHall{611000, 5969900}; ///< EPSG:25832

Result<QImage> decoded(QByteArray bytes, QSize size)
{
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    const auto full = reader.size();
    if (full.width() > mostPixelsPerSide || full.height() > mostPixelsPerSide)
        return failure(ErrorKind::TooLarge, CatalogueTexts::tr("The preview is too large."));
    auto image = reader.read();
    if (image.isNull())
        return failure(ErrorKind::Malformed, CatalogueTexts::tr("The preview cannot be read."), {},
                       reader.errorString());
    if (image.width() > size.width() || image.height() > size.height())
        image = image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return image;
}

/** The town where the layer covers it, else what it covers. */
Result<Extent> shownExtent(const WmsLayer &layer, const Crs &crs, QSize size)
{
    const auto degrees = Crs::fromEpsg(4326);
    const auto toDegrees = Transform::create(Crs::working(), degrees);
    if (!toDegrees)
        return std::unexpected(toDegrees.error());
    const double halfHeight = halfWidth * size.height() / std::max(1, size.width());
    const Extent town{townHall.x - halfWidth, townHall.y - halfHeight, townHall.x + halfWidth, townHall.y + halfHeight};
    const bool covers = layer.geographicBox.isEmpty() || layer.geographicBox.intersects(toDegrees->forward(town));
    const auto transform = Transform::create(covers ? Crs::working() : degrees, crs);
    if (!transform)
        return std::unexpected(transform.error());
    return transform->forward(covers ? town : layer.geographicBox);
}

} // namespace

Result<QImage> Catalogues::preview(const CatalogueNode &node, QSize size, CancelToken token) const
{
    if (!node.preview.isEmpty()) {
        const auto document = m_documents.read({.url = QUrl(node.preview),
                                                .asked = CatalogueTexts::tr("the preview"),
                                                .content = ContentKind::Image,
                                                .sizeLimit = largestPicture,
                                                .mayBeStored = node.mayBeStored},
                                               CatalogueAge::Kept, token);
        return document.and_then([&](const Document &read) { return decoded(read.bytes, size); });
    }
    if (node.canBeShown() && node.source->provider == "wms"_L1 && !node.source->layer.isEmpty())
        return mapPreview(node, size, token);
    return failure(ErrorKind::NotFound, CatalogueTexts::tr("There is no preview."));
}

Result<QImage> Catalogues::mapPreview(const CatalogueNode &node, QSize size, const CancelToken &token) const
{
    const auto document = m_documents.read({.url = wmsCapabilitiesUrl(QUrl(node.source->location)),
                                            .asked = CatalogueTexts::tr("the list of layers"),
                                            .content = ContentKind::Xml},
                                           CatalogueAge::Kept, token);
    if (!document)
        return std::unexpected(document.error());
    const auto caps = parseWmsCapabilities(document->bytes, document->url);
    if (!caps)
        return std::unexpected(caps.error());
    const auto names = node.source->layer.split(u',');
    const auto *layer = findLayer(caps->layers, names.front());
    const auto crs = layer ? wmsCrsFor(*layer, Crs::working()) : QString();
    if (crs.isEmpty())
        return failure(ErrorKind::NotFound, CatalogueTexts::tr("There is no preview."));
    const auto extent = shownExtent(*layer, Crs::fromText(crs), size);
    if (!extent)
        return std::unexpected(extent.error());
    const auto url = wmsMapUrl(*caps,
                               {.layers = names,
                                .crs = crs,
                                .extent = *extent,
                                .size = size,
                                .format = wmsFormatFor(*caps, layer->opaque),
                                .transparent = !layer->opaque});
    return m_documents
        .read({.url = url,
               .asked = CatalogueTexts::tr("the preview"),
               .content = ContentKind::Image,
               .sizeLimit = largestPicture,
               .mayBeStored = node.mayBeStored},
              CatalogueAge::Kept, token)
        .and_then([&](const Document &read) { return decoded(read.bytes, size); });
}

} // namespace hanseatlas
