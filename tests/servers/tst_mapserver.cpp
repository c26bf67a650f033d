// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpclient.h"
#include "tests/servers/servedlayers.h"
#include "tests/support/testkit.h"

#include <QTemporaryDir>
#include <QUrlQuery>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

/** That the real server of the other tests runs, and answers in all the ways they need. */
class TestMapServer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void itAnswersInAllItsProtocols_data();
    void itAnswersInAllItsProtocols();
    void itDrawsItsLayers();
    void itCanBeChangedStoppedAndStartedAgain();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MapServer> m_server;
    MapServerSetup m_setup;
    HttpClient m_client{HttpClientOptions{.retry = {.retries = 0}}};

    Result<HttpAnswer> ask(const QString &query)
    {
        auto url = m_server->ows();
        url.setQuery(query);
        return m_client.get({.url = url}, {});
    }
};

void TestMapServer::initTestCase()
{
    m_setup.layers = {servedAreas(m_folder.filePath(u"areas.gpkg"_s), 30),
                      servedPoints(m_folder.filePath(u"points.gpkg"_s)),
                      servedLines(m_folder.filePath(u"lines.gpkg"_s))};
    m_server = std::make_unique<MapServer>(m_setup);
    QCOMPARE(m_server->problem(), QString());
}

void TestMapServer::itAnswersInAllItsProtocols_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char *name, const QString &query, const QString &path, const QByteArray &word) {
        QTest::newRow(name) << query << path << word;
    };
    row("WMS 1.1.1", u"SERVICE=WMS&VERSION=1.1.1&REQUEST=GetCapabilities"_s, {},
        "WMT_MS_Capabilities version=\"1.1.1\"");
    row("WMS 1.3.0", u"SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"_s, {}, "<Name>badestellen</Name>");
    row("WFS 1.1.0", u"SERVICE=WFS&VERSION=1.1.0&REQUEST=GetCapabilities"_s, {}, "flaechen</Name>");
    row("WFS 2.0.0", u"SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=ms:badestellen"_s, {}, "Badestelle Ä11");
    row("OGC API", u"f=json"_s, u"/collections/strassen/items"_s, "Straße 2");
    row("OGC API landing page", u"f=json"_s, {}, "WMS");
}

void TestMapServer::itAnswersInAllItsProtocols()
{
    QFETCH(QString, query);
    QFETCH(QString, path);
    QFETCH(QByteArray, word);
    const bool api = query.startsWith(u"f=");
    auto url = api ? m_server->ogcApi() : m_server->ows();
    url.setPath(url.path() + path);
    url.setQuery(query);
    const auto answer = m_client.get({.url = url}, {});
    VERIFY_RESULT(answer);
    if (api && path.isEmpty())
        word = "collections";
    QVERIFY2(answer->body.contains(word), answer->body.constData());
}

void TestMapServer::itDrawsItsLayers()
{
    const auto answer =
        ask(u"SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=flaechen&STYLES=&CRS=EPSG:25832&FORMAT=image/png"
            "&BBOX=599980,5959980,600020,5960020&WIDTH=80&HEIGHT=80"_s);
    VERIFY_RESULT(answer);
    const auto image = QImage::fromData(answer->body);
    QCOMPARE(image.size(), QSize(80, 80));
    QCOMPARE(image.pixelColor(40, 40), QColor(200, 60, 60)); // in the middle of the first area
    QCOMPARE(image.pixelColor(2, 2), QColor(255, 255, 255)); // beside it
}

void TestMapServer::itCanBeChangedStoppedAndStartedAgain()
{
    const auto request = u"SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=ms:flaechen"_s;
    QCOMPARE(ask(request)->body.count("<ms:flaechen "), 30);
    auto setup = m_setup;
    setup.maxFeatures = 7;
    m_server->change(setup);
    QCOMPARE(ask(request)->body.count("<ms:flaechen "), 7);
    m_server->stop();
    VERIFY_FAILS(ask(request), ErrorKind::Network);
    m_client.setOffline(true);
    m_client.setOffline(false); // the host gets a new chance
    QVERIFY2(m_server->start(), qPrintable(m_server->problem()));
    QCOMPARE(ask(request)->body.count("<ms:flaechen "), 7);
}

QTEST_GUILESS_MAIN(TestMapServer)
#include "tst_mapserver.moc"
