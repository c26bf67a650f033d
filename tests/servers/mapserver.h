// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

namespace hanseatlas::test
{

/** A layer of a MapServer. Its data is a file that GDAL reads, see servedlayers.h for some. */
struct ServedLayer {
    QString name;
    QString title;
    QString shape = QStringLiteral("POLYGON"); ///< POINT, LINE, POLYGON, RASTER
    QString file;
    QString table; ///< in the file; rasters: ""
    int epsg = 25832; ///< of the data
    QString idField; ///< what makes gml:id and the id of GeoJSON; "" = none
    QString colour = QStringLiteral("200 60 60"); ///< of areas, lines and dots; all of them opaque
    QStringList metadata; ///< further pairs: "\"wms_timeextent\" \"2020/2024\""
    QStringList more; ///< further lines of LAYER, e.g. "MAXSCALEDENOM 50000"
};

struct MapServerSetup {
    std::vector<ServedLayer> layers;
    double xMin = 600000, yMin = 5960000, xMax = 620000, yMax = 5980000; ///< of the map, EPSG:25832
    QString crs = QStringLiteral("EPSG:25832 EPSG:4326 EPSG:3857"); ///< that are offered
    std::optional<int> maxFeatures; ///< of an answer of WFS and of a page of OGC API
    QStringList metadata; ///< further pairs of the service: "\"wms_layerlimit\" \"1\""
};

/** MapServer behind lighttpd on a free port of 127.0.0.1, with WMS 1.1.1 and 1.3.0, WFS 1.0 to 2.0 and OGC API Features
 *  for the same layers. Runs until stop() or the end of its life; its files lie in a folder of its own. */
class MapServer
{
public:
    explicit MapServer(const MapServerSetup &setup);
    ~MapServer();
    MapServer(const MapServer &) = delete;
    MapServer &operator=(const MapServer &) = delete;

    /** Why it does not run, with what its log says; "" = it does. Ask this first: QCOMPARE(server.problem(), u""_s) */
    QString problem() const;
    /** Nobody answers any more at the address; start() brings it back, at the same port. */
    void stop();
    bool start();
    /** Other layers or limits at the same address, from the next request on. */
    void change(const MapServerSetup &setup);

    QUrl ows() const; ///< WMS and WFS: all parameters are to be added
    QUrl ogcApi() const; ///< the landing page
    QString mapFile() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas::test
