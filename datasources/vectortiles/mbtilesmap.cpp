// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mbtilesmap.h"

#include "datasources/vectortiles/vectortexts.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double poles = 85.051128; ///< degrees, where Web Mercator ends

Result<std::shared_ptr<MbtilesFile>> opened(const SourceRef &ref)
{
    auto file = MbtilesFile::open(ref.location);
    if (file && (*file)->format() != "pbf"_L1)
        return failure(ErrorKind::Unsupported,
                       VectorTexts::tr("“%1” holds no vector tiles.").arg(QFileInfo(ref.location).fileName()));
    return file;
}

LayerDescription describe(const MbtilesFile &file, const SourceRef &ref)
{
    auto title = file.metadata(u"name"_s);
    if (title.trimmed().isEmpty())
        title = QFileInfo(ref.location).completeBaseName();
    return vectorMapDescription(title, file.bounds(), file.metadata(u"attribution"_s));
}

} // namespace

Extent mercatorExtent(const Extent &degrees)
{
    const auto box = degrees.intersected({-180, -poles, 180, poles});
    const auto transform = Transform::create(Crs::fromEpsg(4326), Crs::fromEpsg(3857));
    return transform ? transform->forward(degrees.isEmpty() || box.isEmpty() ? Extent{-180, -poles, 180, poles} : box)
                     : Extent();
}

LayerDescription vectorMapDescription(const QString &title, const Extent &degrees, const QString &attribution)
{
    LayerDescription description;
    description.title = title;
    description.kind = LayerKind::Raster;
    description.rasterKind = RasterKind::Colour;
    description.crs = Crs::fromEpsg(3857);
    description.extent = mercatorExtent(degrees);
    description.provenance.attribution = attribution;
    return description;
}

VectorTilePlan::Source mbtilesSource(std::shared_ptr<const MbtilesFile> file)
{
    MapStyleSource is;
    is.minZoom = file->minZoom();
    is.maxZoom = file->maxZoom();
    is.bounds = file->bounds();
    is.attribution = file->metadata(u"attribution"_s);
    return {std::move(is), std::move(file)};
}

Result<SourceDescription> inspectMbtilesMap(const SourceRef &ref)
{
    const auto file = opened(ref);
    if (!file)
        return std::unexpected(file.error());
    SourceDescription description{.title = QFileInfo(ref.location).fileName(),
                                  .format = VectorTexts::tr("Vector tiles"),
                                  .layers = {describe(**file, ref)}};
    description.ref = ref;
    description.ref->provider = u"mvt"_s;
    description.ref->layer.clear();
    return description;
}

Result<OpenedSource> openMbtilesMap(const SourceRef &ref)
{
    const auto file = opened(ref);
    if (!file)
        return std::unexpected(file.error());
    const auto source = u"tiles"_s;
    auto style = parseMapStyle(plainMapStyle((*file)->layers(), source, QUrl::fromLocalFile(ref.location)), {});
    if (!style)
        return std::unexpected(style.error());
    VectorTilePlan plan{.description = describe(**file, ref), .style = *std::move(style)};
    plan.sources.emplace(source, mbtilesSource(*file));
    return std::make_shared<const VectorTileMap>(std::move(plan));
}

} // namespace hanseatlas
