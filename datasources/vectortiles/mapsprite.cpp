// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapsprite.h"

#include "datasources/services/jsonmembers.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{
constexpr int largest = 1 << 16; ///< pixels, so that sums of them stay numbers
}

Result<MapSprite> MapSprite::parse(QByteArrayView json, const QImage &picture)
{
    const auto document = parseJson(json);
    if (!document)
        return std::unexpected(document.error());
    MapSprite sprite;
    sprite.m_picture = picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    const auto root = document->object();
    for (auto it = root.begin(); it != root.end(); ++it) {
        const auto entry = it->toObject();
        const auto length = [&](QLatin1StringView name) { return std::clamp(entry[name].toInt(-1), -1, largest); };
        Icon icon{.area = {length("x"_L1), length("y"_L1), length("width"_L1), length("height"_L1)},
                  .ratio = entry["pixelRatio"_L1].toDouble(1),
                  .tinted = entry["sdf"_L1].toBool()};
        if (!(icon.ratio >= 0.25 && icon.ratio <= 16))
            icon.ratio = 1;
        if (!icon.area.isEmpty() && picture.rect().contains(icon.area))
            sprite.m_icons.insert(it.key(), icon);
    }
    return sprite;
}

const MapSprite::Icon *MapSprite::icon(const QString &name) const
{
    const auto place = m_icons.constFind(name);
    return place == m_icons.cend() ? nullptr : &*place;
}

QImage MapSprite::image(const Icon &icon, const QColor &color) const
{
    auto image = m_picture.copy(icon.area);
    if (!icon.tinted)
        return image;
    constexpr int edge = 191, soft = 24; // where the shape ends, in the distances of the format
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const double inside = std::clamp((qAlpha(line[x]) - edge + soft) / (2.0 * soft), 0.0, 1.0);
            line[x] = qPremultiply(qRgba(color.red(), color.green(), color.blue(), int(color.alpha() * inside + 0.5)));
        }
    }
    return image;
}

} // namespace hanseatlas
