// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/opener/opener.h"
#include "tests/datasources/files/filemaker.h"
#include "tests/datasources/live/livefixture.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QByteArray collection(int count)
{
    QByteArrayList features;
    for (int i = 0; i < count; ++i)
        features << "{\"type\":\"Feature\",\"properties\":{\"name\":\"Kita " + QByteArray::number(i)
                + "\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[10.68," + QByteArray::number(53.86 + i * 0.001)
                + "]}}";
    return "{\"type\":\"FeatureCollection\",\"features\":[" + features.join(',') + "]}";
}

QByteArray bomb()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"a.zip"_s);
    QFile file(path);
    const auto problem = makeZip(path, {{u"a.geojson"_s, QByteArray(100 << 20, ' ')}});
    return problem.isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/** Files at web addresses, through the door that the window uses. */
class TestWebFiles : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void formatsAreOpened_data();
    void formatsAreOpened();
    void aCopyOpensWithoutTheNetwork();
    void refreshedItAsksWhetherThereIsANewer();
    void whereTheRefreshFailsTheOldStands();
    void whatMayNotBeStoredIsNotKept();
    void badAnswersAreTold_data();
    void badAnswersAreTold();
    void badAnswersLeaveTheOldStateStanding_data() { badAnswersAreTold_data(); }
    void badAnswersLeaveTheOldStateStanding();
    void namesStayInTheirFolder();

private:
    SourceRef at(const QString &path, const QString &provider = u"file"_s) const
    {
        return {.provider = provider, .location = m_server->url(path).toString()};
    }
    Result<std::shared_ptr<const FeatureSource>> open(const SourceRef &ref) const
    {
        return m_opener->open(ref, {}).transform(
            [](const auto &opened) { return std::get<std::shared_ptr<const FeatureSource>>(opened); });
    }
    static qint64 count(const Result<std::shared_ptr<const FeatureSource>> &source)
    {
        const auto set = source ? (*source)->read({.crs = Crs::working()}, {}) : Result<FeatureSetPtr>();
        return source && set ? qint64((*set)->size()) : -1;
    }
    void serve(const QByteArray &path, const QByteArray &body, const QByteArray &type)
    {
        m_server->on(path, [this, body, type](const ServedRequest &) {
            ++m_requests;
            return ServedReply{.body = body, .headers = {{"Content-Type", type}}};
        });
    }
    void restart()
    {
        m_opener.reset();
        m_access = accessTo(m_folder->path());
        m_opener = std::make_unique<Opener>(m_folder->path(), m_access);
    }

    std::unique_ptr<LoopbackServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<Opener> m_opener;
    std::atomic_int m_requests = 0;
};

void TestWebFiles::init()
{
    m_requests = 0;
    m_opener.reset();
    m_server = std::make_unique<LoopbackServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    restart();
}

void TestWebFiles::formatsAreOpened_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("expected");
    QTest::newRow("geojson") << "/kitas.geojson"_ba << collection(3) << "application/geo+json"_ba << 3;
    QTest::newRow("geojson by type only") << "/download"_ba << collection(2) << "application/geo+json"_ba << 2;
    QTest::newRow("csv") << "/kitas.csv"_ba << "name;x;y\nA;611000;5970000\nB;611100;5970000\n"_ba << "text/csv"_ba
                         << 2;
    QTest::newRow("kml") << "/a.kml"_ba
                         << "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark>"
                            "<name>A</name><Point><coordinates>10.68,53.86</coordinates></Point></Placemark></Document>"
                            "</kml>"_ba
                         << "application/vnd.google-earth.kml+xml"_ba << 1;
}

void TestWebFiles::formatsAreOpened()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    QFETCH(int, expected);
    serve(path, body, type);
    const auto found = m_opener->inspect(at(QString::fromLatin1(path)), {});
    VERIFY_RESULT(found);
    QVERIFY(found->ref);
    QCOMPARE(found->ref->provider, u"download"_s);
    QCOMPARE(found->ref->location, m_server->url(QString::fromLatin1(path)).toString());
    QCOMPARE(found->layers.size(), 1u);
    QVERIFY(found->layers.front().fetched.isValid());
    auto ref = *found->ref;
    ref.layer = found->layers.front().name;
    const auto source = open(ref);
    VERIFY_RESULT(source);
    QCOMPARE(count(source), expected);
    QVERIFY((*source)->description().fetched.isValid());
    // Nobody has looked at it: as from the command line, or the catalogue
    QCOMPARE(count(open(at(QString::fromLatin1(path)))), expected);
}

void TestWebFiles::aCopyOpensWithoutTheNetwork()
{
    serve("/kitas.geojson", collection(3), "application/geo+json");
    QCOMPARE(count(open(at(u"/kitas.geojson"_s))), 3);
    const int asked = m_requests;
    QCOMPARE(asked, 1);
    for (const bool offline : {false, true}) {
        restart();
        m_access->setOffline(offline);
        QCOMPARE(count(open(at(u"/kitas.geojson"_s))), 3);
        QCOMPARE(m_requests.load(), asked);
    }
    VERIFY_FAILS(open(at(u"/other.geojson"_s)), ErrorKind::Network);
}

void TestWebFiles::refreshedItAsksWhetherThereIsANewer()
{
    QByteArray body = collection(3), etag = "\"1\"";
    QByteArray asked;
    int whole = 0;
    m_server->on("/kitas.geojson", [&](const ServedRequest &request) {
        asked = request.header("If-None-Match");
        if (asked == etag)
            return ServedReply{.status = 304};
        ++whole;
        return ServedReply{.body = body, .headers = {{"Content-Type", "application/geo+json"}, {"ETag", etag}}};
    });
    const auto source = open(at(u"/kitas.geojson"_s));
    QCOMPARE(count(source), 3);
    VERIFY_RESULT((*source)->refresh({}, {}));
    QCOMPARE(asked, "\"1\""_ba);
    QCOMPARE(whole, 1);
    QTest::qWait(20); // files are told apart by their times
    body = collection(5);
    etag = "\"2\"";
    VERIFY_RESULT((*source)->refresh({}, {}));
    QCOMPARE(whole, 2);
    QCOMPARE(count(source), 5);
}

void TestWebFiles::whereTheRefreshFailsTheOldStands()
{
    serve("/kitas.geojson", collection(3), "application/geo+json");
    const auto source = open(at(u"/kitas.geojson"_s));
    QCOMPARE(count(source), 3);
    serve("/kitas.geojson", "<!DOCTYPE html><html><body>Wartung</body></html>", "text/html");
    VERIFY_FAILS((*source)->refresh({}, {}), ErrorKind::Unsupported);
    QCOMPARE(count(source), 3);
    m_server.reset();
    VERIFY_FAILS((*source)->refresh({}, {}), ErrorKind::Network);
    QCOMPARE(count(source), 3);
    restart();
    m_server = std::make_unique<LoopbackServer>();
}

void TestWebFiles::whatMayNotBeStoredIsNotKept()
{
    serve("/kitas.geojson", collection(3), "application/geo+json");
    auto ref = at(u"/kitas.geojson"_s);
    ref.options[u"mayBeStored"_s] = false;
    QCOMPARE(count(open(ref)), 3);
    QVERIFY(!QDir(m_folder->filePath(u"files"_s)).exists());
    restart();
    QCOMPARE(count(open(ref)), 3);
    QCOMPARE(m_requests.load(), 2);
}

void TestWebFiles::badAnswersAreTold_data()
{
    QTest::addColumn<ServedReply>("reply");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("gone") << ServedReply{.status = 404} << ErrorKind::NotFound;
    QTest::newRow("a page") << ServedReply{.body = "<html><body>Anmelden</body></html>"} << ErrorKind::Unsupported;
    QTest::newRow("half a document") << ServedReply{.body = collection(3).chopped(40)} << ErrorKind::Malformed;
    QTest::newRow("nothing") << ServedReply{} << ErrorKind::Malformed;
    QTest::newRow("cut off") << ServedReply{.body = collection(50), .cutAfter = 700} << ErrorKind::Network;
    QTest::newRow("larger than anybody holds")
        << ServedReply{.raw =
                           "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{"}
        << ErrorKind::TooLarge;
    QTest::newRow("endless redirects") << ServedReply{.status = 302, .headers = {{"Location", "/kitas.geojson"}}}
                                       << ErrorKind::Network;
    QTest::newRow("into the computer") << ServedReply{.status = 302, .headers = {{"Location", "file:///etc/passwd"}}}
                                       << ErrorKind::Network;
    QTest::newRow("an archive that would fill the disk") << ServedReply{.body = bomb()} << ErrorKind::TooLarge;
}

void TestWebFiles::badAnswersAreTold()
{
    QFETCH(ServedReply, reply);
    QFETCH(ErrorKind, kind);
    m_server->on("/kitas.geojson", [reply](const ServedRequest &) { return reply; });
    const auto source = open(at(u"/kitas.geojson"_s));
    const auto set =
        source ? (*source)->read({.crs = Crs::working()}, {}) : Result<FeatureSetPtr>(std::unexpected(source.error()));
    VERIFY_FAILS(set, kind);
}

void TestWebFiles::badAnswersLeaveTheOldStateStanding()
{
    QFETCH(ServedReply, reply);
    QFETCH(ErrorKind, kind);
    serve("/kitas.geojson", collection(3), "application/geo+json");
    const auto source = open(at(u"/kitas.geojson"_s));
    QCOMPARE(count(source), 3);
    m_server->on("/kitas.geojson", [reply](const ServedRequest &) { return reply; });
    VERIFY_FAILS((*source)->refresh({}, {}), kind);
    QCOMPARE(count(source), 3);
    restart();
    QCOMPARE(count(open(at(u"/kitas.geojson"_s))), 3);
    const auto folders = QDir(m_folder->filePath(u"files"_s)).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(folders.size(), 1);
    const QDir folder(folders.front().filePath());
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 2); // the file, and what is known of it
}

void TestWebFiles::namesStayInTheirFolder()
{
    serve("/..%2F..%2Fevil.geojson", collection(1), "application/geo+json");
    SourceRef ref{.provider = u"download"_s,
                  .location = m_server->url(u"/"_s).toString() + u"..%2F..%2Fevil.geojson"_s};
    QCOMPARE(count(open(ref)), 1);
    QVERIFY(!QFile::exists(m_folder->filePath(u"evil.geojson"_s)));
    const auto folders = QDir(m_folder->filePath(u"files"_s)).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(folders.size(), 1);
    QCOMPARE(QDir(folders.front().filePath()).entryList(QDir::Files).size(), 2); // it, and what is known of it
}

QTEST_GUILESS_MAIN(TestWebFiles)
#include "tst_webfiles.moc"
