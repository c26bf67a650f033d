// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/rasterend.h"

#include "datasources/files/filebytes.h"

#include <QtEndian>

#include <gdal.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostSteps = 100'000; ///< through a file made to be walked for ever

bool pngEndsEarly(const FileBytes &file)
{
    qint64 place = 8;
    for (int i = 0; i < mostSteps; ++i) {
        const auto head = file.at(place, 8); // length and name of a chunk
        if (head.size() < 8)
            return true;
        place += 12 + qint64(qFromBigEndian<quint32>(head.constData()));
        if (place > file.size)
            return true;
        if (head.endsWith("IEND"))
            return false;
    }
    return false;
}

/** The mark of the end must follow the start of the picture; previews in the header have one of their own. */
bool jpegEndsEarly(const FileBytes &file)
{
    qint64 place = 2;
    for (int i = 0; i < mostSteps; ++i) {
        const auto head = file.at(place, 4); // mark and length
        if (head.size() < 4)
            return true;
        if (head[0] != '\xff')
            return false; // not as it should be, but no early end
        if (head[1] == '\xff') { // may be padded
            ++place;
            continue;
        }
        place += 2 + qFromBigEndian<quint16>(head.constData() + 2);
        if (head[1] == '\xda') { // the picture follows
            constexpr qint64 tail = 64 * 1024; // programs append things
            const auto from = std::max(place, file.size - tail);
            return place > file.size || !file.at(from, qsizetype(file.size - from)).contains("\xff\xd9");
        }
    }
    return false;
}

bool webpEndsEarly(const FileBytes &file)
{
    const auto head = file.at(4, 4);
    return head.size() == 4 && 8 + qint64(qFromLittleEndian<quint32>(head.constData())) > file.size;
}

qint64 blockNumber(GDALRasterBandH band, const char *what, int x, int y)
{
    const auto key = QByteArray(what) + '_' + QByteArray::number(x) + '_' + QByteArray::number(y);
    const auto *text = GDALGetMetadataItem(band, key.constData(), "TIFF");
    return text ? QByteArrayView(text).toLongLong() : 0;
}

/** All blocks of a usual raster, the last row of blocks of a giant. */
bool tiffEndsEarly(GDALDatasetH dataset, const FileBytes &file)
{
    const int bands = std::min(4, GDALGetRasterCount(dataset));
    for (int b = 1; b <= bands; ++b) {
        auto band = GDALGetRasterBand(dataset, b);
        int width = 0, height = 0;
        GDALGetBlockSize(band, &width, &height);
        const int columns = (GDALGetRasterXSize(dataset) + width - 1) / width;
        const int rows = (GDALGetRasterYSize(dataset) + height - 1) / height;
        const bool giant = qint64(columns) * rows > 2000;
        for (int y = giant ? rows - 1 : 0; y < rows; ++y) {
            for (int x = giant ? std::max(0, columns - 2000) : 0; x < columns; ++x) {
                const auto offset = blockNumber(band, "BLOCK_OFFSET", x, y); // none: a block left out on purpose
                if (offset > 0 && offset + blockNumber(band, "BLOCK_SIZE", x, y) > file.size)
                    return true;
            }
        }
    }
    return false;
}

} // namespace

bool endsEarly(void *dataset, const DatasetSpec &spec)
{
    const FileBytes file(spec.path);
    if (file.size <= 0)
        return false;
    const auto &drivers = spec.kind.drivers;
    if (drivers.contains("PNG"_L1))
        return pngEndsEarly(file);
    if (drivers.contains("JPEG"_L1))
        return jpegEndsEarly(file);
    if (drivers.contains("WEBP"_L1))
        return webpEndsEarly(file);
    return drivers.contains("GTiff"_L1) && tiffEndsEarly(dataset, file);
}

} // namespace hanseatlas
