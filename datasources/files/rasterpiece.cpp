// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/rasterpiece.h"

#include "datasources/files/gdalsetup.h"

#include <cpl_string.h>
#include <gdal.h>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

/** One call of GDAL's scaled reading, for a rectangle of the result. */
class WindowReader
{
public:
    WindowReader(const QRectF &window, QSize size, bool smooth, const CancelToken &token)
        : m_window(window)
        , m_size(size)
        , m_token(token)
    {
        const double shrink = std::max(window.width() / size.width(), window.height() / size.height());
        m_resampling = !smooth ? GRIORA_NearestNeighbour : shrink > 1 ? GRIORA_Average : GRIORA_Bilinear;
    }

    bool anything = false; ///< some rectangle could be read
    bool cancelled = false;
    bool damaged() const { return m_failures > 0; }

    /** Reads what it can; where a rectangle fails, its halves are tried, down to few lines: `fill` what stays empty
     * first.
     *  @param to the first pixel of the result, @param pixel bytes between pixels */
    void read(GDALRasterBandH band, GDALDataType type, void *to, int pixel)
    {
        rows(band, type, static_cast<char *>(to), pixel, QRect(QPoint(0, 0), m_size));
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

    void rows(GDALRasterBandH band, GDALDataType type, char *to, int pixel, const QRect &part)
    {
        if (m_token.stop_requested()) {
            cancelled = true;
            return;
        }
        if (once(band, type, to, pixel, part)) {
            anything = true;
            return;
        }
        constexpr int smallest = 32; // finer than the blocks of a file brings nothing
        if (++m_failures > 500 || (part.height() <= smallest && part.width() <= smallest))
            return;
        const bool tall = part.height() >= part.width();
        const int half = (tall ? part.height() : part.width()) / 2;
        auto one = part, other = part;
        if (tall) {
            one.setHeight(half);
            other.setTop(part.top() + half);
        } else {
            one.setWidth(half);
            other.setLeft(part.left() + half);
        }
        rows(band, type, to, pixel, one);
        rows(band, type, to, pixel, other);
    }

    const QRectF m_window;
    const QSize m_size;
    const CancelToken &m_token;
    GDALRIOResampleAlg m_resampling;
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
    constexpr float untouched = -1; // of a damaged block
    std::vector<float> bands[3];
    const int numbers[3] = {plan.red, plan.green, plan.blue};
    for (int i = 0; i < 3; ++i) {
        if (i > 0 && numbers[i] == numbers[0]) {
            bands[i] = bands[0];
            continue;
        }
        bands[i].assign(count, untouched);
        reader.read(GDALGetRasterBand(dataset, numbers[i]), GDT_Float32, bands[i].data(), sizeof(float));
    }
    const auto alpha = opacity(dataset, plan, reader, count);
    auto byte = [&](float v) { return int(std::clamp(std::lround(double(v) / plan.divisor), 0L, 255L)); };
    auto *pixels = reinterpret_cast<QRgb *>(image.bits());
    for (std::size_t i = 0; i < count; ++i) {
        const bool damaged = bands[0][i] == untouched || bands[1][i] == untouched || bands[2][i] == untouched;
        pixels[i] = damaged ? 0 : qRgba(byte(bands[0][i]), byte(bands[1][i]), byte(bands[2][i]), alpha[i]);
    }
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

} // namespace

Result<RasterBlock> readPiece(void *dataset, const RasterLayer &layer, const DatasetSpec &spec, const QRectF &window,
                              QSize size, bool smooth, const CancelToken &token)
{
    GdalErrors errors;
    const auto &plan = layer.colours;
    const bool colour = layer.description.rasterKind == RasterKind::Colour;
    const double shrink = std::max(window.width() / size.width(), window.height() / size.height());
    // indices cannot be averaged: read them finer, average the colours
    const int finer = colour && plan.palette && smooth && shrink > 1.2 ? std::clamp(int(std::ceil(shrink)), 2, 4) : 1;
    WindowReader reader(window, size * finer, smooth && !(colour && plan.palette), token);
    RasterBlock block{.size = size};
    if (!colour)
        block.values = readValues(dataset, layer, size, reader);
    else if (plan.palette)
        block.image = readPalette(dataset, size * finer, reader);
    else if (GDALGetRasterDataType(GDALGetRasterBand(dataset, plan.red)) == GDT_Byte)
        block.image = readBytes(dataset, plan, size, reader);
    if (colour && !plan.palette && (block.image.isNull() || (reader.damaged() && !reader.cancelled)))
        block.image = readColours(dataset, plan, size, reader);
    if (reader.cancelled || token.stop_requested())
        return cancelled();
    if (!reader.anything)
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
