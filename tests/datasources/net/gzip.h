// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace hanseatlas::test
{

/** Bytes in the gzip format: what qCompress() makes, in another wrapping. */
inline QByteArray gzip(const QByteArray &bytes)
{
    const auto crcOf = [](const QByteArray &data) {
        quint32 crc = 0xffffffff;
        for (const char c : data) {
            crc ^= uchar(c);
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
        }
        return ~crc;
    };
    const auto littleEndian = [](quint32 number) {
        QByteArray result;
        for (int i = 0; i < 4; ++i)
            result += char(number >> (8 * i));
        return result;
    };
    const auto packed = qCompress(bytes, 9).sliced(4); // without Qt's length: a zlib stream
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + packed.sliced(2, packed.size() - 6)
        + littleEndian(crcOf(bytes)) + littleEndian(quint32(bytes.size()));
}

} // namespace hanseatlas::test
