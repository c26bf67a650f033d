// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/wmsrequests.h"

#include "datasources/services/servicecrs.h"
#include "datasources/services/serviceurl.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** What each software calls the resolution of print. */
Parameters resolutionParameters(ServerSoftware software, int dpi)
{
    if (dpi <= 0)
        return {};
    const auto number = QString::number(dpi);
    switch (software) {
    case ServerSoftware::MapServer:
        return {{u"MAP_RESOLUTION"_s, number}};
    case ServerSoftware::GeoServer:
        return {{u"FORMAT_OPTIONS"_s, u"dpi:"_s + number}};
    case ServerSoftware::QgisServer:
        return {{u"DPI"_s, number}};
    case ServerSoftware::Deegree:
        return {{u"RESOLUTION"_s, number}};
    default:
        return {};
    }
}

/** Names may hold commas only where the server escapes them itself; they are sent as they are. */
Parameters mapParameters(const WmsCapabilities &caps, const WmsMapRequest &request)
{
    const bool modern = caps.version == WmsVersion::V130;
    auto styles = request.styles;
    styles.resize(request.layers.size()); // one for each: some servers refuse a single empty STYLES
    Parameters parameters{
        {u"SERVICE"_s, u"WMS"_s},
        {u"VERSION"_s, versionText(caps.version)},
        {u"REQUEST"_s, u"GetMap"_s},
        {u"LAYERS"_s, request.layers.join(u',')},
        {u"STYLES"_s, styles.join(u',')},
        {modern ? u"CRS"_s : u"SRS"_s, request.crs},
        {u"BBOX"_s, boxText(request.extent, request.northFirst.value_or(wmsNorthFirst(caps.version, request.crs)))},
        {u"WIDTH"_s, QString::number(request.size.width())},
        {u"HEIGHT"_s, QString::number(request.size.height())},
        {u"FORMAT"_s, request.format},
        {u"TRANSPARENT"_s, request.transparent ? u"TRUE"_s : u"FALSE"_s},
    };
    for (const auto &[name, value] : request.dimensions) {
        const auto key = name.toUpper();
        parameters.append({key == "TIME"_L1 || key == "ELEVATION"_L1 ? key : "DIM_"_L1 + key, value});
    }
    return parameters + resolutionParameters(caps.software, request.dpi);
}

/** As resolutionParameters(): some name it otherwise where a legend is asked for. */
QUrl withLegendResolution(const QUrl &url, ServerSoftware software, int dpi)
{
    if (dpi <= 0 || parameter(url, u"REQUEST").compare("GetLegendGraphic"_L1, Qt::CaseInsensitive) != 0)
        return url;
    if (software != ServerSoftware::GeoServer)
        return withParameters(url, resolutionParameters(software, dpi));
    auto options = parameter(url, u"LEGEND_OPTIONS");
    if (!options.isEmpty())
        options += u';';
    return withParameters(url, {{u"LEGEND_OPTIONS"_s, options + u"dpi:%1"_s.arg(dpi)}});
}

void replace(Parameters &parameters, const QString &key, const QString &value)
{
    for (auto &[name, old] : parameters)
        if (name == key)
            old = value;
}

} // namespace

int usualDpi(ServerSoftware software)
{
    switch (software) {
    case ServerSoftware::MapServer:
        return 72;
    case ServerSoftware::GeoServer:
    case ServerSoftware::QgisServer:
    case ServerSoftware::Deegree:
        return 91; // 0.28 mm per pixel, as in the specification
    default:
        return 0;
    }
}

QUrl wmsCapabilitiesUrl(const QUrl &service, WmsVersion version)
{
    return withParameters(
        endpointOf(service),
        {{u"SERVICE"_s, u"WMS"_s}, {u"VERSION"_s, versionText(version)}, {u"REQUEST"_s, u"GetCapabilities"_s}});
}

QUrl wmsMapUrl(const WmsCapabilities &caps, const WmsMapRequest &request)
{
    return withParameters(caps.mapUrl, mapParameters(caps, request));
}

QUrl wmsInfoUrl(const WmsCapabilities &caps, const WmsInfoRequest &request)
{
    const bool modern = caps.version == WmsVersion::V130;
    auto parameters = mapParameters(caps, request.map);
    replace(parameters, u"REQUEST"_s, u"GetFeatureInfo"_s);
    const auto &layers = request.layers.isEmpty() ? request.map.layers : request.layers;
    parameters += Parameters{
        {u"QUERY_LAYERS"_s, layers.join(u',')},
        {u"INFO_FORMAT"_s, request.format},
        {u"FEATURE_COUNT"_s, QString::number(request.featureCount)},
        {modern ? u"I"_s : u"X"_s, QString::number(request.pixel.x())},
        {modern ? u"J"_s : u"Y"_s, QString::number(request.pixel.y())},
    };
    return withParameters(caps.infoUrl.isEmpty() ? caps.mapUrl : caps.infoUrl, parameters);
}

QUrl wmsLegendUrl(const WmsCapabilities &caps, const WmsLayer &layer, const QString &style, int dpi)
{
    for (const auto &each : layer.styles) {
        const bool named = (style.isEmpty() || each.name == style) && !each.legendUrls.isEmpty();
        if (named && isWebAddress(QUrl(each.legendUrls.first())))
            return withLegendResolution(operationUrl(each.legendUrls.first(), caps.mapUrl), caps.software, dpi);
        if (style.isEmpty())
            break; // the first is the default; another style's legend would be wrong
    }
    if (layer.name.isEmpty())
        return {};
    const auto format = caps.legendFormats.isEmpty() || caps.legendFormats.contains("image/png"_L1)
        ? u"image/png"_s
        : caps.legendFormats.first();
    Parameters parameters{{u"SERVICE"_s, u"WMS"_s},
                          {u"VERSION"_s, versionText(caps.version)},
                          {u"REQUEST"_s, u"GetLegendGraphic"_s},
                          {u"LAYER"_s, layer.name},
                          {u"FORMAT"_s, format}};
    if (!style.isEmpty())
        parameters.append({u"STYLE"_s, style});
    if (caps.version == WmsVersion::V130)
        parameters.append({u"SLD_VERSION"_s, u"1.1.0"_s});
    return withLegendResolution(withParameters(caps.legendUrl, parameters), caps.software, dpi);
}

bool wmsNorthFirst(WmsVersion version, const QString &crs)
{
    return version == WmsVersion::V130 && serviceCrs(crs).northingFirst();
}

QString wmsCrsFor(const WmsLayer &layer, const Crs &wanted)
{
    const auto epsg = wanted.epsg();
    if (const auto same = u"EPSG:%1"_s.arg(epsg); epsg > 0 && layer.crs.contains(same, Qt::CaseInsensitive))
        return layer.crs.at(layer.crs.indexOf(same, 0, Qt::CaseInsensitive));
    // near to the north German UTM zones first, then what all servers have
    static const QStringList fallbacks{u"EPSG:25832"_s,  u"EPSG:25833"_s, u"EPSG:3044"_s, u"EPSG:32632"_s,
                                       u"EPSG:4647"_s,   u"EPSG:31467"_s, u"EPSG:3857"_s, u"EPSG:900913"_s,
                                       u"EPSG:102100"_s, u"EPSG:4258"_s,  u"EPSG:4326"_s, u"CRS:84"_s};
    for (const auto &name : fallbacks)
        if (layer.crs.contains(name, Qt::CaseInsensitive))
            return name;
    constexpr int tried = 50; // each costs a look into PROJ
    for (const auto &name : layer.crs.first(std::min<qsizetype>(layer.crs.size(), tried)))
        if (serviceCrs(name).isValid())
            return name;
    return {};
}

QString wmsFormatFor(const WmsCapabilities &caps, bool opaque)
{
    static const QStringList clear{u"image/png"_s,
                                   u"image/png; mode=24bit"_s,
                                   u"image/png24"_s,
                                   u"image/png32"_s,
                                   u"image/png; mode=8bit"_s,
                                   u"image/png8"_s,
                                   u"image/webp"_s,
                                   u"image/gif"_s};
    static const QStringList dense{u"image/jpeg"_s, u"image/jpg"_s};
    for (const auto &format : opaque ? dense + clear : clear + dense)
        if (caps.mapFormats.contains(format, Qt::CaseInsensitive))
            return format;
    return u"image/png"_s;
}

QString wmsInfoFormatFor(const WmsCapabilities &caps)
{
    static const QStringList best{u"application/json"_s,
                                  u"application/geo+json"_s,
                                  u"application/vnd.ogc.gml"_s,
                                  u"application/vnd.ogc.gml/3.1.1"_s,
                                  u"application/gml+xml; version=3.1"_s,
                                  u"text/xml"_s,
                                  u"application/vnd.esri.wms_featureinfo_xml"_s,
                                  u"application/vnd.esri.wms_raw_xml"_s,
                                  u"text/html"_s,
                                  u"text/plain"_s};
    for (const auto &format : best)
        if (caps.infoFormats.contains(format, Qt::CaseInsensitive))
            return caps.infoFormats.at(caps.infoFormats.indexOf(format, 0, Qt::CaseInsensitive));
    for (const auto &format : caps.infoFormats) // "text/xml; subtype=gml/3.2.1" and the like
        if (format.contains("gml"_L1, Qt::CaseInsensitive) || format.contains("json"_L1, Qt::CaseInsensitive))
            return format;
    return {};
}

} // namespace hanseatlas
