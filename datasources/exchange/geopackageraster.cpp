// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/geopackage_p.h"
#include "datasources/exchange/targetfile.h"
#include "datasources/files/gdalsetup.h"

#include <QCoreApplication>
#include <QSet>

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int tile = 256, block = 4 * tile;
constexpr float noData = -9999;

/** The part of the raster's own pixel grid that is wanted. */
struct Window {
    QSize size;
    double left = 0, top = 0; ///< CRS units
    double pixelX = 1, pixelY = 1;
    Extent box(int column, int row, QSize cells) const
    {
        return {left + column * pixelX, top - (row + cells.height()) * pixelY, left + (column + cells.width()) * pixelX,
                top - row * pixelY};
    }
};

std::optional<Window> windowOf(const LayerExport &what)
{
    const auto &d = what.description;
    if (d.extent.isEmpty() || d.rasterSize.isEmpty())
        return std::nullopt;
    const double px = d.extent.width() / d.rasterSize.width(), py = d.extent.height() / d.rasterSize.height();
    const auto wanted = what.extent ? d.extent.intersected(*what.extent) : d.extent;
    if (wanted.isEmpty())
        return std::nullopt;
    const int left = std::max(0, int(std::floor((wanted.xMin - d.extent.xMin) / px + 1e-6)));
    const int top = std::max(0, int(std::floor((d.extent.yMax - wanted.yMax) / py + 1e-6)));
    const int right = std::min(d.rasterSize.width(), int(std::ceil((wanted.xMax - d.extent.xMin) / px - 1e-6)));
    const int bottom = std::min(d.rasterSize.height(), int(std::ceil((d.extent.yMax - wanted.yMin) / py - 1e-6)));
    if (right <= left || bottom <= top)
        return std::nullopt;
    return Window{{right - left, bottom - top}, d.extent.xMin + left * px, d.extent.yMax - top * py, px, py};
}

/** Photographs have more colours than a drawn map; they may lose a little, lines and areas may not. */
bool isPhotograph(const RasterSource &source, const Window &window, const Crs &crs, CancelToken token)
{
    const QSize sample(std::min(256, window.size.width()), std::min(256, window.size.height()));
    const int column = (window.size.width() - sample.width()) / 2, row = (window.size.height() - sample.height()) / 2;
    const auto picture = source.read({crs, window.box(column, row, sample), sample, false}, token);
    if (!picture || picture->image.isNull())
        return false;
    QSet<QRgb> colors;
    for (int y = 0; y < picture->image.height(); ++y) {
        for (int x = 0; x < picture->image.width(); ++x)
            colors.insert(picture->image.pixel(x, y));
    }
    return colors.size() > 4000;
}

class Options
{
public:
    ~Options() { CSLDestroy(m_list); }
    void set(const char *name, const QString &value)
    {
        m_list = CSLSetNameValue(m_list, name, value.toUtf8().constData());
    }
    char **list() const { return m_list; }

private:
    char **m_list = nullptr;
};

/** The library tells the range of a raster from the tiles' numbers without looking whose tiles they are: no two rasters
 *  of a file may number theirs alike. */
void countTilesOn(GDALDatasetH dataset, const QString &table)
{
    const auto sql = u"INSERT INTO sqlite_sequence (name, seq) "
                     "SELECT '%1', MAX(tpudt_id) FROM gpkg_2d_gridded_tile_ancillary WHERE tpudt_id IS NOT NULL "
                     "HAVING MAX(tpudt_id) > 0"_s;
    GDALDatasetExecuteSQL(dataset, sql.arg(QString(table).replace(u'\'', u"''"_s)).toUtf8().constData(), nullptr,
                          nullptr);
}

GdalDataset createdRaster(const LayerExport &what, const Window &window, bool values, bool photograph)
{
    Options options;
    options.set("APPEND_SUBDATASET", u"YES"_s);
    options.set("RASTER_TABLE", what.table);
    options.set("RASTER_IDENTIFIER", what.identifier);
    options.set("RASTER_DESCRIPTION", what.layer->explanation);
    options.set("TILE_FORMAT", values ? u"TIFF"_s : photograph ? u"PNG_JPEG"_s : u"PNG"_s);
    options.set("BLOCKSIZE", QString::number(tile));
    if (photograph)
        options.set("QUALITY", u"85"_s);
    auto *driver = GDALGetDriverByName("GPKG");
    GdalDataset dataset(GDALCreate(driver, what.path.toUtf8().constData(), window.size.width(), window.size.height(),
                                   values ? 1 : 4, values ? GDT_Float32 : GDT_Byte, options.list()));
    if (!dataset)
        return dataset;
    double transform[] = {window.left, window.pixelX, 0, window.top, 0, -window.pixelY};
    const auto wkt = what.description.crs.isValid() ? what.description.crs.wkt() : QString();
    if ((!wkt.isEmpty() && GDALSetProjection(dataset.get(), wkt.toUtf8().constData()) != CE_None)
        || GDALSetGeoTransform(dataset.get(), transform) != CE_None)
        return {};
    if (values) { // only now there is a row in the tables that takes it
        GDALSetRasterNoDataValue(GDALGetRasterBand(dataset.get(), 1), noData);
        countTilesOn(dataset.get(), what.table);
    }
    return dataset;
}

bool writeValues(GDALDatasetH target, const RasterBlock &data, QPoint at)
{
    auto values = data.values;
    for (auto &value : values) {
        if (std::isnan(value))
            value = noData;
    }
    return GDALRasterIO(GDALGetRasterBand(target, 1), GF_Write, at.x(), at.y(), data.size.width(), data.size.height(),
                        values.data(), data.size.width(), data.size.height(), GDT_Float32, 0, 0)
        == CE_None;
}

bool writePicture(GDALDatasetH target, const QImage &picture, QPoint at)
{
    auto image = picture.convertToFormat(QImage::Format_RGBA8888);
    int bands[] = {1, 2, 3, 4};
    return GDALDatasetRasterIO(target, GF_Write, at.x(), at.y(), image.width(), image.height(), image.bits(),
                               image.width(), image.height(), GDT_Byte, 4, bands, 4, int(image.bytesPerLine()), 1)
        == CE_None;
}

/** Smaller pictures for far views, each half the size of the last. */
bool buildOverviews(GDALDatasetH target, QSize size, const char *method, ProgressBridge &bridge)
{
    std::vector<int> factors;
    for (int factor = 2; std::max(size.width(), size.height()) / factor >= tile / 2; factor *= 2)
        factors.push_back(factor);
    return factors.empty()
        || GDALBuildOverviews(target, method, int(factors.size()), factors.data(), 0, nullptr, &ProgressBridge::call,
                              &bridge)
        == CE_None;
}

} // namespace

namespace
{

void dropRaster(const LayerExport &what)
{
    GdalErrors quiet;
    const GdalDataset file(
        GDALOpenEx(what.path.toUtf8().constData(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr));
    if (file)
        GDALDatasetExecuteSQL(file.get(), u"DROP TABLE \"%1\""_s.arg(what.table).toUtf8().constData(), nullptr,
                              nullptr);
}

Status writeTiles(const LayerExport &what, CancelToken token, const Progress &progress, QString &damage)
{
    const auto source = std::get<std::shared_ptr<const RasterSource>>(what.source);
    const auto window = windowOf(what);
    if (!window)
        return failure(
            ErrorKind::Invalid,
            QCoreApplication::translate("GeoPackage", "“%1” has nothing in this area.").arg(what.layer->title));
    const bool values = what.description.rasterKind == RasterKind::Values;
    const bool photograph = !values && isPhotograph(*source, *window, what.description.crs, token);
    GdalErrors errors;
    auto target = createdRaster(what, *window, values, photograph);
    if (!target)
        return std::unexpected(writeError(what.targetPath, errors.text()));
    errors.clear();

    const int columns = window->size.width(), rows = window->size.height();
    for (int row = 0; row < rows; row += block) {
        for (int column = 0; column < columns; column += block) {
            if (token.stop_requested())
                return cancelled();
            const QSize cells(std::min(block, columns - column), std::min(block, rows - row));
            const auto data =
                source->read({what.description.crs, window->box(column, row, cells), cells, false}, token);
            if (!data)
                return std::unexpected(data.error());
            if (!data->damage.isEmpty())
                damage = data->damage;
            const bool written = values ? writeValues(target.get(), *data, {column, row})
                                        : writePicture(target.get(), data->image, {column, row});
            if (!written)
                return std::unexpected(writeError(what.targetPath, errors.text()));
        }
        report(progress, 0.8 * row / rows);
    }
    const Progress last = [&](double done) { report(progress, 0.8 + 0.2 * done); };
    ProgressBridge bridge{token, last};
    const bool classes = what.layer->style.raster.kind == RasterStyle::Kind::Classes;
    const bool whole = GDALFlushCache(target.get()) == CE_None
        && buildOverviews(target.get(), window->size, classes ? "NEAREST" : "AVERAGE", bridge);
    if (token.stop_requested())
        return cancelled();
    if (!whole || GDALClose(target.release()) != CE_None || errors.failed())
        return std::unexpected(writeError(what.targetPath, errors.text()));
    return {};
}

} // namespace

Status writeRasterLayer(const LayerExport &what, CancelToken token, const Progress &progress, QStringList &notes)
{
    QString damage;
    const auto status = writeTiles(what, std::move(token), progress, damage);
    if (status && !damage.isEmpty())
        notes << what.layer->title + u": "_s + damage;
    if (!status && status.error().kind != ErrorKind::Cancelled && status.error().kind != ErrorKind::Storage)
        dropRaster(what); // the others go on
    return status;
}

} // namespace hanseatlas
