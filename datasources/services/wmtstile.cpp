// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/servicetexts.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/wmts.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString bestFormat(const WmtsLayer &layer)
{
    QStringList offered = layer.formats;
    for (const auto &[format, text] : layer.tileTemplates)
        if (offered.isEmpty() || !layer.formats.contains(format))
            offered.append(format);
    for (const auto &format : {u"image/png"_s, u"image/png8"_s, u"image/jpeg"_s, u"image/jpg"_s, u"image/webp"_s})
        if (offered.contains(format))
            return format;
    return offered.value(0, u"image/png"_s);
}

/** {Name} in whatever case; the value is escaped, as a path holds it. */
QString filled(QString text, const Parameters &values)
{
    for (const auto &[name, value] : values)
        text.replace(u'{' + name + u'}', QString::fromLatin1(QUrl::toPercentEncoding(value, ":,"_ba)),
                     Qt::CaseInsensitive);
    return text;
}

Parameters dimensionValues(const WmtsLayer &layer, const WmtsTileRequest &request)
{
    Parameters values;
    for (const auto &dimension : layer.dimensions) {
        auto value = dimension.defaultValue;
        for (const auto &[name, asked] : request.dimensions)
            if (name.compare(dimension.id, Qt::CaseInsensitive) == 0)
                value = asked;
        values.append({dimension.id, value});
    }
    return values;
}

} // namespace

Result<QUrl> wmtsTileUrl(const WmtsCapabilities &caps, const WmtsTileRequest &request, const TileAddress &tile)
{
    const auto *layer = findLayer(caps, request.layer);
    const auto *set = findSet(caps, request.set);
    if (!layer || !set || tile.matrix < 0 || tile.matrix >= int(set->matrices.size()))
        return failure(
            ErrorKind::NotFound,
            ServiceTexts::tr("The tile service has no layer %1 with tiles of %2.").arg(request.layer, request.set));
    const auto &matrix = set->matrices[std::size_t(tile.matrix)];
    auto style = request.style;
    if (style.isEmpty() && !layer->styles.empty())
        style = layer->styles.front().id;
    auto format = request.format.isEmpty() ? bestFormat(*layer) : request.format;
    const auto column = QString::number(tile.column), row = QString::number(tile.row);
    const auto dimensions = dimensionValues(*layer, request);
    if (!layer->tileTemplates.empty()) {
        auto found = layer->tileTemplates.find(format);
        if (found == layer->tileTemplates.end())
            found = layer->tileTemplates.begin();
        const auto text = filled(found->second,
                                 Parameters{{u"TileMatrixSet"_s, set->id},
                                            {u"TileMatrix"_s, matrix.id},
                                            {u"TileRow"_s, row},
                                            {u"TileCol"_s, column},
                                            {u"Style"_s, style.isEmpty() ? u"default"_s : style},
                                            {u"Layer"_s, layer->id}}
                                     + dimensions);
        const QUrl url(text, QUrl::TolerantMode);
        if (!isWebAddress(url))
            return failure(
                ErrorKind::Unsupported,
                ServiceTexts::tr("The tile service does not tell how to ask for tiles of %1.").arg(layer->title));
        return url;
    }
    if (caps.tileUrl.isEmpty())
        return failure(
            ErrorKind::Unsupported,
            ServiceTexts::tr("The tile service does not tell how to ask for tiles of %1.").arg(layer->title));
    return withParameters(caps.tileUrl,
                          Parameters{{u"SERVICE"_s, u"WMTS"_s},
                                     {u"REQUEST"_s, u"GetTile"_s},
                                     {u"VERSION"_s, u"1.0.0"_s},
                                     {u"LAYER"_s, layer->id},
                                     {u"STYLE"_s, style},
                                     {u"FORMAT"_s, format},
                                     {u"TILEMATRIXSET"_s, set->id},
                                     {u"TILEMATRIX"_s, matrix.id},
                                     {u"TILEROW"_s, row},
                                     {u"TILECOL"_s, column}}
                              + dimensions);
}

} // namespace hanseatlas
