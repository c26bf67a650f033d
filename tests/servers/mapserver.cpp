// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/mapserver.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

namespace
{

constexpr auto cgiProgram = "/usr/lib/cgi-bin/mapserv";

bool write(const QString &path, const QString &text)
{
    QFile file(path + u".new"_s);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text.toUtf8()) < 0)
        return false;
    file.close();
    QFile::remove(path);
    return file.rename(path);
}

/** Nobody's a moment ago. */
quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

QString classOf(const ServedLayer &layer)
{
    if (layer.shape == u"RASTER")
        return {};
    if (layer.shape == u"POINT")
        return u"CLASS NAME \"%1\" STYLE SYMBOL \"dot\" SIZE 8 COLOR %2 END END\n"_s.arg(layer.title, layer.colour);
    const auto width = layer.shape == u"LINE" ? u" WIDTH 2"_s : QString();
    return u"CLASS NAME \"%1\" STYLE COLOR %2%3 END END\n"_s.arg(layer.title, layer.colour, width);
}

QString layerText(const ServedLayer &layer)
{
    const bool raster = layer.shape == u"RASTER";
    auto text = u"LAYER NAME \"%1\" TYPE %2 STATUS ON TEMPLATE \"x.html\"\n"_s.arg(layer.name, layer.shape);
    if (raster)
        text += u"DATA \"%1\"\n"_s.arg(layer.file);
    else
        text += u"CONNECTIONTYPE OGR CONNECTION \"%1\" DATA \"%2\"\n"_s.arg(layer.file, layer.table);
    text += u"PROJECTION \"init=epsg:%1\" END\n"_s.arg(layer.epsg);
    text += u"METADATA \"ows_title\" \"%1\" \"ows_abstract\" \"%1\"\n"_s.arg(layer.title);
    text += u"\"gml_include_items\" \"all\" \"ows_include_items\" \"all\" \"gml_types\" \"auto\"\n"_s;
    text += u"\"gml_geometries\" \"geom\" \"gml_geom_type\" \"%1\"\n"_s.arg(layer.shape.toLower());
    if (!layer.idField.isEmpty())
        text += u"\"ows_featureid\" \"%1\" \"gml_featureid\" \"%1\"\n"_s.arg(layer.idField);
    text += layer.metadata.join(u'\n') + u"\nEND\n"_s + layer.more.join(u'\n') + u'\n';
    return text + classOf(layer) + u"END\n"_s;
}

QString mapText(const MapServerSetup &setup, const QString &address)
{
    auto text = u"MAP NAME \"city\" SIZE 400 400 MAXSIZE 4096 UNITS METERS IMAGECOLOR 255 255 255\n"_s;
    text += u"EXTENT %1 %2 %3 %4\n"_s.arg(setup.xMin, 0, 'f', 3)
                .arg(setup.yMin, 0, 'f', 3)
                .arg(setup.xMax, 0, 'f', 3)
                .arg(setup.yMax, 0, 'f', 3);
    text += u"PROJECTION \"init=epsg:25832\" END\n"_s;
    text += u"SYMBOL NAME \"dot\" TYPE ELLIPSE POINTS 1 1 END FILLED TRUE END\n"_s;
    text +=
        u"WEB METADATA \"ows_title\" \"Prüfstand\" \"ows_enable_request\" \"*\" \"ows_srs\" \"%1\"\n"_s.arg(setup.crs);
    text += u"\"ows_onlineresource\" \"%1/ows\" \"oga_onlineresource\" \"%1/ows/city/ogcapi\"\n"_s.arg(address);
    text += u"\"ows_fees\" \"keine\" \"ows_accessconstraints\" \"dl-de/by-2-0\" \"wms_feature_info_mime_type\" "
            "\"text/html\"\n"_s;
    if (setup.maxFeatures)
        text += u"\"wfs_maxfeatures\" \"%1\" \"oga_max_limit\" \"%1\" \"oga_default_limit\" \"%1\"\n"_s.arg(
            *setup.maxFeatures);
    text += setup.metadata.join(u'\n') + u"\nEND END\n"_s;
    for (const auto &layer : setup.layers)
        text += layerText(layer);
    return text + u"END\n"_s;
}

} // namespace

struct MapServer::Private {
    QTemporaryDir folder;
    MapServerSetup setup;
    quint16 port = 0;
    QProcess process;
    QString problem;

    QString file(const QString &name) const { return folder.filePath(name); }
    QString address() const { return u"http://127.0.0.1:%1"_s.arg(port); }

    bool writeFiles()
    {
        const auto server = u"server.document-root = \"%1\"\nserver.port = %2\nserver.bind = \"127.0.0.1\"\n"
                            "server.modules = (\"mod_alias\", \"mod_setenv\", \"mod_cgi\")\n"
                            "server.errorlog = \"%1/error.log\"\nserver.stream-response-body = 1\n"
                            "alias.url = (\"/ows\" => \"%3\")\ncgi.assign = (\"mapserv\" => \"\")\n"
                            "setenv.add-environment = (\"MAPSERVER_CONFIG_FILE\" => \"%1/mapserver.conf\", "
                            "\"MS_MAPFILE\" => \"%1/city.map\")\n"_s.arg(folder.path())
                                .arg(port)
                                .arg(QLatin1StringView(cgiProgram));
        const auto config = u"CONFIG\nENV\nOGCAPI_HTML_TEMPLATE_DIRECTORY "
                            "\"/usr/share/mapserver/ogcapi/templates/html-bootstrap/\"\nEND\n"
                            "MAPS\ncity \"%1\"\nEND\nEND\n"_s.arg(file(u"city.map"_s));
        return write(file(u"lighttpd.conf"_s), server) && write(file(u"mapserver.conf"_s), config)
            && write(file(u"city.map"_s), mapText(setup, address()));
    }

    bool answers() const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        return socket.waitForConnected(200);
    }

    bool tryStart()
    {
        if (!writeFiles()) {
            problem = u"the configuration could not be written"_s;
            return false;
        }
        // In /usr/sbin, which is not in everyone's path.
        const auto program =
            QStandardPaths::findExecutable(u"lighttpd"_s).isEmpty() ? u"/usr/sbin/lighttpd"_s : u"lighttpd"_s;
#ifdef Q_OS_LINUX
        // A test that is killed leaves no server behind.
        process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
#endif
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, {u"-D"_s, u"-f"_s, file(u"lighttpd.conf"_s)});
        const QDeadlineTimer deadline(10'000);
        while (process.waitForStarted(5000) && process.state() == QProcess::Running && !deadline.hasExpired()) {
            if (answers()) {
                problem.clear();
                return true;
            }
            if (process.waitForFinished(20))
                break;
        }
        problem = u"lighttpd does not run: %1 %2"_s.arg(process.errorString(),
                                                        QString::fromUtf8(process.readAllStandardOutput()));
        end();
        return false;
    }

    void end()
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.terminate();
        if (!process.waitForFinished(3000)) {
            process.kill();
            process.waitForFinished(3000);
        }
    }
};

MapServer::MapServer(const MapServerSetup &setup)
    : d(std::make_unique<Private>())
{
    d->setup = setup;
    if (!QFile::exists(QLatin1StringView(cgiProgram))) {
        d->problem = u"%1 is missing; package cgi-mapserver"_s.arg(QLatin1StringView(cgiProgram));
        return;
    }
    for (int attempt = 0; attempt < 5; ++attempt) { // the port may be taken in between
        d->port = freePort();
        if (d->tryStart())
            return;
    }
}

MapServer::~MapServer()
{
    stop();
}

QString MapServer::problem() const
{
    return d->problem;
}

void MapServer::stop()
{
    d->end();
    d->problem = u"stopped"_s;
}

bool MapServer::start()
{
    return d->process.state() == QProcess::Running || d->tryStart();
}

void MapServer::change(const MapServerSetup &setup)
{
    d->setup = setup;
    if (!write(mapFile(), mapText(setup, d->address())))
        d->problem = u"the map file could not be written"_s;
}

QUrl MapServer::ows() const
{
    return QUrl(d->address() + u"/ows"_s);
}

QUrl MapServer::ogcApi() const
{
    return QUrl(d->address() + u"/ows/city/ogcapi"_s);
}

QString MapServer::mapFile() const
{
    return d->file(u"city.map"_s);
}

} // namespace hanseatlas::test
