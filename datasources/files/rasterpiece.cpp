// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/rasterpiece.h"

#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"

#include <cpl_string.h>
#include <gdal.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hanseatlas
{

namespace
{

/** GDAL's scaled reading for rectangles of the result. Where one fails, its halves are tried, then theirs; what is lost
 *  in one band is lost in all. */
class WindowReader
{
public:
    WindowReader(const QRectF &window, QSize size, bool smooth, bool mayBeSplit, const CancelToken &token)
        : m_window(window)
        , m_size(size)
        , m_token(token)
        , m_mayBeSplit(mayBeSplit)
        , m_parts{QRect(QPoint(0, 0), size)}
    {
        const double shrink = std::max(window.width() / size.width(), window.height() / size.height());
        m_resampling = !smooth ? GRIORA_NearestNeighbour : shrink > 1 ? GRIORA_Average : GRIORA_Bilinear;
    }

    bool cancelled = false;
    bool anything() const { return !m_parts.isEmpty(); } ///< some rectangle could be read in all bands so far
    const QList<QRect> &lost() const { return m_lost; } ///< to be cleared in the end: nobody knows what stands there

    /** Reads what it can. The widest parts come first, so that giving up costs sharpness of the edge, not good parts.
     *  @param to the first pixel of the result, @param pixel bytes between pixels */
    void read(GDALRasterBandH band, GDALDataType type, void *to, int pixel)
    {
        QList<QRect> good;
        for (auto queue = std::exchange(m_parts, {}); !queue.isEmpty();) {
            if (m_token.stop_requested()) {
                cancelled = true;
                return;
            }
            const auto part = queue.takeFirst();
            if (once(band, type, static_cast<char *>(to), pixel, part))
                good.append(part);
            else if (const auto halves = split(band, part); !halves.isEmpty())
                queue.append(halves);
            else
                m_lost.append(part);
        }
        m_parts = good;
    }

private:
    static int mayGoOn(double, const char *, void *token)
    {
        return !static_cast<const CancelToken *>(token)->stop_requested();
    }

    bool once(GDALRasterBandH band, GDALDataType type, char *to, int pixel, const QRect &part)
    {
        const double sx = m_window.width() / m_size.width(), sy = m_window.height() / m_size.height();
        const QRectF source(m_window.x() + part.x() * sx, m_window.y() + part.y() * sy, part.width() * sx,
                            part.height() * sy);
        const int width = GDALGetRasterBandXSize(band), height = GDALGetRasterBandYSize(band);
        const int left = std::clamp(int(std::floor(source.left())), 0, width - 1);
        const int top = std::clamp(int(std::floor(source.top())), 0, height - 1);
        const int right = std::clamp(int(std::ceil(source.right() - 1e-9)), left + 1, width);
        const int bottom = std::clamp(int(std::ceil(source.bottom() - 1e-9)), top + 1, height);
        GDALRasterIOExtraArg extra;
        INIT_RASTERIO_EXTRA_ARG(extra);
        extra.eResampleAlg = m_resampling;
        extra.bFloatingPointWindowValidity = TRUE;
        extra.dfXOff = std::clamp(source.left(), double(left), double(right));
        extra.dfYOff = std::clamp(source.top(), double(top), double(bottom));
        extra.dfXSize = std::max(1e-6, std::min(source.right(), double(right)) - extra.dfXOff);
        extra.dfYSize = std::max(1e-6, std::min(source.bottom(), double(bottom)) - extra.dfYOff);
        extra.pfnProgress = mayGoOn;
        extra.pProgressData = const_cast<CancelToken *>(&m_token);
        const auto line = GSpacing(pixel) * m_size.width();
        auto *first = to + part.y() * line + GSpacing(part.x()) * pixel;
        return GDALRasterIOEx(band, GF_Read, left, top, right - left, bottom - top, first, part.width(), part.height(),
                              type, pixel, line, &extra)
            == CE_None;
    }

    QList<QRect> split(GDALRasterBandH band, const QRect &part)
    {
        constexpr int most = 300;
        if (!m_mayBeSplit || ++m_failures > most)
            return {};
        int blockWidth = 0, blockHeight = 0;
        GDALGetBlockSize(band, &blockWidth, &blockHeight);
        const bool wholeRows = blockWidth >= GDALGetRasterBandXSize(band); // their halves would fail alike
        const bool tall = wholeRows || part.height() >= part.width();
        const int half = (tall ? part.height() : part.width()) / 2;
        if (half == 0)
            return {};
        auto one = part, other = part;
        if (tall) {
            one.setHeight(half);
            other.setTop(part.top() + half);
        } else {
            one.setWidth(half);
            other.setLeft(part.left() + half);
        }
        return {one, other};
    }

    const QRectF m_window;
    const QSize m_size;
    const CancelToken &m_token;
    const bool m_mayBeSplit;
    GDALRIOResampleAlg m_resampling;
    QList<QRect> m_parts; ///< still to be read
    QList<QRect> m_lost;
    int m_failures = 0;
};

/** Alpha of every pixel: from the alpha band, a mask, or the "no data" numbers of all colour bands together. */
std::vector<uchar> opacity(GDALDatasetH dataset, const ColourPlan &plan, WindowReader &reader, std::size_t count)
{
    std::vector<uchar> alpha(count, 255);
    auto first = GDALGetRasterBand(dataset, plan.red);
    const int flags = GDALGetMaskFlags(first);
    if (plan.alpha) {
        std::vector<float> read(count, 0.F);
        reader.read(GDALGetRasterBand(dataset, plan.alpha), GDT_Float32, read.data(), sizeof(float));
        for (std::size_t i = 0; i < count; ++i)
            alpha[i] = uchar(std::clamp(std::lround(double(read[i]) / plan.alphaDivisor), 0L, 255L));
    } else if (flags & GMF_NODATA) {
        std::ranges::fill(alpha, 0);
        std::vector<uchar> one(count, 0);
        for (const int band : {plan.red, plan.green, plan.blue}) {
            reader.read(GDALGetMaskBand(GDALGetRasterBand(dataset, band)), GDT_Byte, one.data(), 1);
            std::ranges::transform(alpha, one, alpha.begin(), [](uchar a, uchar b) { return std::max(a, b); });
            if (plan.green == plan.red)
                break;
        }
    } else if (!(flags & GMF_ALL_VALID)) {
        std::ranges::fill(alpha, 0);
        reader.read(GDALGetMaskBand(first), GDT_Byte, alpha.data(), 1);
    }
    return alpha;
}

QImage readColours(GDALDatasetH dataset, const ColourPlan &plan, QSize size, WindowReader &reader)
{
    const auto count = std::size_t(size.width()) * std::size_t(size.height());
    QImage image(size, QImage::Format_ARGB32);
    if (image.isNull())
        return image;
    std::vector<float> bands[3];
    const int numbers[3] = {plan.red, plan.green, plan.blue};
    for (int i = 0; i < 3; ++i) {
        if (i > 0 && numbers[i] == numbers[0]) {
            bands[i] = bands[0];
            continue;
        }
        bands[i].assign(count, 0.F);
        reader.read(GDALGetRasterBand(dataset, numbers[i]), GDT_Float32, bands[i].data(), sizeof(float));
    }
    const auto alpha = opacity(dataset, plan, reader, count);
    auto byte = [&](float v) { return int(std::clamp(std::lround(double(v) / plan.divisor), 0L, 255L)); };
    auto *pixels = reinterpret_cast<QRgb *>(image.bits());
    for (std::size_t i = 0; i < count; ++i)
        pixels[i] = qRgba(byte(bands[0][i]), byte(bands[1][i]), byte(bands[2][i]), alpha[i]);
    return image;
}

/** The common case, eight bits a colour, without the detour over floating point. */
QImage readBytes(GDALDatasetH dataset, const ColourPlan &plan, QSize size, WindowReader &reader)
{
    const auto count = std::size_t(size.width()) * std::size_t(size.height());
    QImage image(size, QImage::Format_ARGB32);
    if (image.isNull())
        return image;
    image.fill(0);
    const auto alpha = opacity(dataset, plan, reader, count);
    auto *pixels = reinterpret_cast<QRgb *>(image.bits());
    std::vector<uchar> band(count);
    int shift = 16;
    for (const int number : {plan.red, plan.green, plan.blue}) {
        if (shift == 16 || number != plan.red) {
            std::ranges::fill(band, 0);
            reader.read(GDALGetRasterBand(dataset, number), GDT_Byte, band.data(), 1);
        }
        for (std::size_t i = 0; i < count; ++i)
            pixels[i] |= QRgb(band[i]) << shift;
        shift -= 8;
    }
    for (std::size_t i = 0; i < count; ++i)
        pixels[i] |= QRgb(alpha[i]) << 24;
    return image;
}

QImage readPalette(GDALDatasetH dataset, QSize size, WindowReader &reader)
{
    auto band = GDALGetRasterBand(dataset, 1);
    auto table = GDALGetRasterColorTable(band);
    std::vector<QRgb> colours(std::size_t(GDALGetColorEntryCount(table)));
    for (std::size_t i = 0; i < colours.size(); ++i) {
        GDALColorEntry entry;
        GDALGetColorEntryAsRGB(table, int(i), &entry);
        colours[i] = qRgba(entry.c1, entry.c2, entry.c3, entry.c4);
    }
    int has = FALSE;
    const double noData = GDALGetRasterNoDataValue(band, &has);
    if (has && noData >= 0 && noData < double(colours.size()))
        colours[std::size_t(noData)] = 0;
    const auto count = std::size_t(size.width()) * std::size_t(size.height());
    QImage image(size, QImage::Format_ARGB32);
    if (image.isNull())
        return image;
    std::vector<std::int32_t> indices(count, -1);
    reader.read(band, GDT_Int32, indices.data(), sizeof(std::int32_t));
    auto *pixels = reinterpret_cast<QRgb *>(image.bits());
    for (std::size_t i = 0; i < count; ++i)
        pixels[i] = indices[i] >= 0 && std::size_t(indices[i]) < colours.size() ? colours[std::size_t(indices[i])] : 0;
    return image;
}

std::vector<float> readValues(GDALDatasetH dataset, const RasterLayer &layer, QSize size, WindowReader &reader)
{
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    const auto count = std::size_t(size.width()) * std::size_t(size.height());
    std::vector<float> values(count, nan);
    auto band = GDALGetRasterBand(dataset, 1);
    reader.read(band, GDT_Float32, values.data(), sizeof(float));
    const int flags = GDALGetMaskFlags(band);
    const auto noData = float(layer.description.noData);
    for (auto &v : values) {
        if (v == noData || !std::isfinite(v))
            v = nan;
        else if (layer.scale != 1 || layer.offset != 0)
            v = float(double(v) * layer.scale + layer.offset);
    }
    if (!(flags & (GMF_ALL_VALID | GMF_NODATA))) {
        std::vector<uchar> mask(count, 0);
        reader.read(GDALGetMaskBand(band), GDT_Byte, mask.data(), 1);
        for (std::size_t i = 0; i < count; ++i) {
            if (mask[i] < 128)
                values[i] = nan;
        }
    }
    return values;
}

/** What could not be read holds anything. */
void clear(RasterBlock &block, const QList<QRect> &parts)
{
    for (const auto &part : parts) {
        for (int y = part.top(); y <= part.bottom(); ++y) {
            if (!block.image.isNull())
                std::fill_n(reinterpret_cast<QRgb *>(block.image.scanLine(y)) + part.left(), part.width(), 0U);
            else
                std::fill_n(block.values.begin() + std::ptrdiff_t(y) * block.size.width() + part.left(), part.width(),
                            std::numeric_limits<float>::quiet_NaN());
        }
    }
}

} // namespace

QString damageText()
{
    return FileTexts::tr("The file is damaged or incomplete. What can be read of it is shown; the rest stays empty.");
}

Result<RasterBlock> readPiece(void *dataset, const RasterLayer &layer, const DatasetSpec &spec, const QRectF &window,
                              QSize size, bool smooth, const CancelToken &token)
{
    GdalErrors errors;
    const auto &plan = layer.colours;
    const bool colour = layer.description.rasterKind == RasterKind::Colour;
    const double shrink = std::max(window.width() / size.width(), window.height() / size.height());
    // indices cannot be averaged: read them finer, average the colours
    const int finer = colour && plan.palette && smooth && shrink > 1.2 ? std::clamp(int(std::ceil(shrink)), 2, 4) : 1;
    WindowReader reader(window, size * finer, smooth && !(colour && plan.palette), !layer.fromTheTop, token);
    RasterBlock block{.size = size};
    if (!colour)
        block.values = readValues(dataset, layer, size, reader);
    else if (plan.palette)
        block.image = readPalette(dataset, size * finer, reader);
    else if (GDALGetRasterDataType(GDALGetRasterBand(dataset, plan.red)) == GDT_Byte)
        block.image = readBytes(dataset, plan, size, reader);
    else
        block.image = readColours(dataset, plan, size, reader);
    if (reader.cancelled || token.stop_requested())
        return cancelled();
    if (colour && block.image.isNull())
        return failure(
            ErrorKind::TooLarge,
            FileTexts::tr("A picture of %1 × %2 pixels cannot be made.").arg(size.width()).arg(size.height()));
    clear(block, reader.lost());
    if (!reader.lost().isEmpty())
        block.damage = damageText();
    // a hole in a raster is one thing, a raster of which nothing is left another
    float corner = 0;
    if (!reader.anything()
        && (layer.fromTheTop
            || GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Read, 0, 0, 1, 1, &corner, 1, 1, GDT_Float32, 0, 0)
                != CE_None))
        return std::unexpected(unreadableContent(spec, errors.text()));
    if (colour) {
        block.image.convertTo(QImage::Format_ARGB32_Premultiplied);
        if (finer > 1)
            block.image = block.image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                              .convertToFormat(QImage::Format_ARGB32_Premultiplied);
    }
    return block;
}

} // namespace hanseatlas
