// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/xyztemplate.h"

#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

const QRegularExpression &hostPattern()
{
    static const QRegularExpression pattern(u"\\{(?:s|switch:([^}]+)|([a-z])-([a-z])|([0-9])-([0-9]))\\}"_s);
    return pattern;
}

QStringList hostsIn(const QString &text)
{
    const auto match = hostPattern().match(text);
    if (!match.hasMatch())
        return {};
    if (!match.captured(1).isEmpty())
        return match.captured(1).split(u',', Qt::SkipEmptyParts);
    const auto from = match.captured(2) + match.captured(4), to = match.captured(3) + match.captured(5);
    if (from.isEmpty())
        return {u"a"_s, u"b"_s, u"c"_s};
    QStringList hosts;
    for (auto c = from[0].unicode(); c <= to[0].unicode(); ++c)
        hosts.append(QString(QChar(c)));
    return hosts;
}

QString quadkey(int zoom, qint64 column, qint64 row)
{
    QString key;
    for (int bit = zoom - 1; bit >= 0; --bit)
        key += QChar(u'0' + ushort((column >> bit) & 1) + 2 * ushort((row >> bit) & 1));
    return key;
}

bool has(const QString &text, QLatin1StringView place)
{
    return text.contains(place, Qt::CaseInsensitive);
}

} // namespace

bool isXyzTemplate(const QString &text)
{
    if (has(text, "{TileRow}"_L1) || has(text, "{TileMatrix}"_L1))
        return false; // a template of WMTS
    return has(text, "{q}"_L1)
        || (has(text, "{x}"_L1) && has(text, "{z}"_L1) && (has(text, "{y}"_L1) || has(text, "{-y}"_L1)));
}

bool isVectorTemplate(const QString &text)
{
    static const QRegularExpression ending(u"\\.(?:pbf|mvt)(?:[?#]|$)|[?&](?:f|format)=(?:pbf|mvt)\\b"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return isXyzTemplate(text) && ending.match(text.trimmed()).hasMatch();
}

Result<XyzTemplate> parseXyzTemplate(const QString &given)
{
    XyzTemplate tiles{.text = given.trimmed()};
    if (!isXyzTemplate(tiles.text))
        return failure(ErrorKind::Invalid,
                       ServiceTexts::tr("The address %1 has no places for the numbers of a tile.").arg(tiles.text),
                       ServiceTexts::tr("It should look like https://host/{z}/{x}/{y}.png."));
    tiles.hosts = hostsIn(tiles.text);
    if (!isWebAddress(xyzTileUrl(tiles, 0, 0, 0)))
        return failure(ErrorKind::Invalid,
                       ServiceTexts::tr("The address %1 is no address of a web server.").arg(tiles.text),
                       ServiceTexts::tr("It should look like https://host/{z}/{x}/{y}.png."));
    return tiles;
}

QUrl xyzTileUrl(const XyzTemplate &tiles, int zoom, qint64 column, qint64 row)
{
    auto text = tiles.text;
    if (!tiles.hosts.isEmpty())
        text.replace(hostPattern(), tiles.hosts[qsizetype(qAbs(column + row) % tiles.hosts.size())]);
    const auto fill = [&](QLatin1StringView place, const QString &value) {
        text.replace(place, value, Qt::CaseInsensitive);
    };
    fill("{z}"_L1, QString::number(zoom));
    fill("{x}"_L1, QString::number(column));
    fill("{y}"_L1, QString::number(row));
    fill("{-y}"_L1, QString::number((qint64(1) << zoom) - 1 - row));
    fill("{q}"_L1, quadkey(zoom, column, row));
    fill("{r}"_L1, QString());
    return QUrl(text, QUrl::TolerantMode);
}

TileMatrixSet xyzMatrixSet(const XyzTemplate &tiles)
{
    return webMercatorSet(tiles.highestZoom, tiles.tileSize);
}

} // namespace hanseatlas
