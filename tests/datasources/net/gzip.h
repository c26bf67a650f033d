// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>

namespace hanseatlas::test
{

/** Bytes in the gzip format: what qCompress() makes, in another wrapping. */
inline QByteArray gzip(const QByteArray &bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> result;
        for (quint32 byte = 0; byte < 256; ++byte) {
            quint32 crc = byte;
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
            result[byte] = crc;
        }
        return result;
    }();
    quint32 crc = 0xffffffff;
    for (const auto *byte = bytes.constData(), *end = byte + bytes.size(); byte != end; ++byte)
        crc = (crc >> 8) ^ table[(crc ^ uchar(*byte)) & 0xff];
    const auto littleEndian = [](quint32 number) {
        QByteArray result;
        for (int i = 0; i < 4; ++i)
            result += char(number >> (8 * i));
        return result;
    };
    const auto packed = qCompress(bytes, 9).sliced(4); // without Qt's length: a zlib stream
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + packed.sliced(2, packed.size() - 6) + littleEndian(~crc)
        + littleEndian(quint32(bytes.size()));
}

} // namespace hanseatlas::test
