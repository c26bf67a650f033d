// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/imagebytes.h"

#include <QBuffer>
#include <QImageReader>

namespace hanseatlas
{

QImage decodedImage(const QByteArray &bytes)
{
    return decodedImage(bytes, {4096, 4096});
}

QImage decodedImage(const QByteArray &bytes, QSize largest)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    if (const auto size = reader.size(); size.width() > largest.width() || size.height() > largest.height())
        return {};
    return reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

} // namespace hanseatlas
