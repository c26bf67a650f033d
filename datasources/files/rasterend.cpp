// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/rasterend.h"

#include <QtEndian>

#include <cpl_vsi.h>
#include <gdal.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** A file of any file system of GDAL, e.g. inside of an archive. */
class Bytes
{
public:
    explicit Bytes(const QString &path)
        : m_file(VSIFOpenL(path.toUtf8().constData(), "rb"))
    {
        if (m_file && VSIFSeekL(m_file.get(), 0, SEEK_END) == 0)
            size = qint64(VSIFTellL(m_file.get()));
    }
    QByteArray at(qint64 place, qsizetype count) const
    {
        QByteArray bytes(count, Qt::Uninitialized);
        if (place < 0 || place > size || VSIFSeekL(m_file.get(), vsi_l_offset(place), SEEK_SET) != 0)
            return {};
        bytes.resize(qsizetype(VSIFReadL(bytes.data(), 1, std::size_t(count), m_file.get())));
        return bytes;
    }
    qint64 size = -1; ///< -1 = cannot be read

private:
    std::unique_ptr<VSILFILE, decltype([](VSILFILE *f) { VSIFCloseL(f); })> m_file;
};

constexpr int mostSteps = 100'000; ///< through a file made to be walked for ever

bool pngEndsEarly(const Bytes &file)
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
bool jpegEndsEarly(const Bytes &file)
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

bool webpEndsEarly(const Bytes &file)
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
bool tiffEndsEarly(GDALDatasetH dataset, const Bytes &file)
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
    const Bytes file(spec.path);
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
