// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/imagebytes.h"

#include <QBuffer>
#include <QImageReader>

namespace hanseatlas
{

namespace
{
constexpr int largest = 4096; ///< pixels per side
}

QImage decodedImage(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    if (const auto size = reader.size(); size.width() > largest || size.height() > largest)
        return {};
    return reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

} // namespace hanseatlas
