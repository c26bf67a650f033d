// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/live/serviceaccess.h"
#include "layers/model/source.h"
#include "tests/support/loopbackserver.h"
#include "tests/support/testkit.h"

#include <QBuffer>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrlQuery>

#include <atomic>

namespace hanseatlas::test
{

/** Where red ends and blue begins in the pictures of the painted service. */
constexpr double redEndsAt = 611000;
constexpr Extent paintedExtent{600000, 5960000, 620000, 5980000};

inline QByteArray png(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/** What a WMS would draw: red in the west, blue in the east of a line. */
inline QByteArray paintedMap(const QUrlQuery &query)
{
    const auto box = query.queryItemValue(QStringLiteral("BBOX")).split(u',');
    const QSize size(query.queryItemValue(QStringLiteral("WIDTH")).toInt(),
                     query.queryItemValue(QStringLiteral("HEIGHT")).toInt());
    QImage image(size, QImage::Format_ARGB32);
    const double west = box.value(0).toDouble(), width = box.value(2).toDouble() - west;
    for (int x = 0; x < size.width(); ++x) {
        const double east = west + (x + 0.5) * width / size.width();
        for (int y = 0; y < size.height(); ++y)
            image.setPixelColor(x, y, east < redEndsAt ? Qt::red : Qt::blue);
    }
    return png(image);
}

inline QByteArray layerXml(const QByteArray &name, const QByteArray &title, const QByteArray &inside = {})
{
    return "<Layer queryable=\"1\"><Name>" + name + "</Name><Title>" + title
        + "</Title><Abstract>Nächte über 20 Grad</Abstract>" + inside + "</Layer>";
}

/** Of a WMS 1.3.0 whose maps are at `map`. */
inline QByteArray capabilities(const QByteArray &map, const QByteArray &layers)
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<WMS_Capabilities version=\"1.3.0\" xmlns=\"http://www.opengis.net/wms\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\"><Service><Name>WMS</Name><Title>Klimakarten</Title>"
           "<ContactInformation><ContactPersonPrimary><ContactOrganization>Klimaleitstelle</ContactOrganization>"
           "</ContactPersonPrimary></ContactInformation><AccessConstraints>dl-de/by-2-0</AccessConstraints></Service>"
           "<Capability><Request><GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href=\""
        + map
        + "\"/></Get></HTTP></DCPType></GetMap>"
          "<GetFeatureInfo><Format>application/json</Format><DCPType><HTTP><Get><OnlineResource xlink:href=\""
        + map
        + "\"/></Get></HTTP></DCPType></GetFeatureInfo></Request>"
          "<Layer><Title>Klimakarten</Title><CRS>EPSG:25832</CRS><EX_GeographicBoundingBox>"
          "<westBoundLongitude>10.5</westBoundLongitude><eastBoundLongitude>10.9</eastBoundLongitude>"
          "<southBoundLatitude>53.75</southBoundLatitude><northBoundLatitude>53.98</northBoundLatitude>"
          "</EX_GeographicBoundingBox><BoundingBox CRS=\"EPSG:25832\" minx=\"600000\" miny=\"5960000\" maxx=\"620000\" "
          "maxy=\"5980000\"/>"
        + layers + "</Layer></Capability></WMS_Capabilities>";
}

/** A WMS at /wms that paints, counts and can be switched off. */
class PaintedWms
{
public:
    explicit PaintedWms(int hosts = 1)
        : server(hosts)
    {
        server.on("/wms", [this](const ServedRequest &request) {
            const QUrlQuery query(QUrl::fromEncoded(request.target).query());
            if (down)
                return ServedReply{.status = 503};
            if (query.queryItemValue(QStringLiteral("REQUEST")) == QLatin1StringView("GetFeatureInfo")) {
                question = query;
                return ServedReply{.body = info, .headers = {{"Content-Type", "application/json"}}};
            }
            if (query.queryItemValue(QStringLiteral("REQUEST")) == QLatin1StringView("GetMap")) {
                ++maps;
                ServedReply reply{.body = paintedMap(query), .headers = {{"Content-Type", "image/png"}}};
                reply.headers << mapHeaders;
                reply.delay = delay;
                return reply;
            }
            ++descriptions;
            return ServedReply{.body = capabilities(server.url(QStringLiteral("/wms")).toEncoded(), layers),
                               .headers = {{"Content-Type", "text/xml"}}};
        });
    }

    LoopbackServer server;
    QByteArray layers = layerXml("heat", "Hitze");
    QList<QPair<QByteArray, QByteArray>> mapHeaders;
    QByteArray info = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"a.1\","
                      "\"geometry\":null,\"properties\":{\"naechte\":12}}]}";
    QUrlQuery question; ///< the last GetFeatureInfo
    std::chrono::milliseconds delay{0};
    std::atomic_bool down = false;
    std::atomic_int maps = 0, descriptions = 0;

    QString address() const { return server.url(QStringLiteral("/wms")).toString(); }
    SourceRef ref(const QString &layer = QStringLiteral("heat")) const
    {
        return {.provider = QStringLiteral("wms"), .location = address(), .layer = layer};
    }
};

/** No second tries: tests of faults need not wait for them. */
inline std::shared_ptr<ServiceAccess> accessTo(const QString &folder)
{
    ServiceAccess::Options options{.storePath = folder + QStringLiteral("/services.sqlite")};
    options.http.retry.retries = 0;
    return std::make_shared<ServiceAccess>(options);
}

inline RasterQuery queryOf(const Extent &extent, QSize size, bool wait = true)
{
    return {.crs = Crs::working(), .extent = extent, .size = size, .smooth = false, .wait = wait, .view = extent};
}

} // namespace hanseatlas::test
