// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/cataloguefile.h"
#include "datasources/catalogue/resources.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QByteArray shipped()
{
    QFile file(u":/catalogue/luebeck.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray with(const QByteArray &members)
{
    return R"({"format":"hanseatlas-catalogue","version":1,"title":{"de":"Titel","en":"Title"},)" + members + "}";
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestCatalogueFile : public QObject
{
    Q_OBJECT
private slots:
    void theShippedCatalogueHasItsForm();
    void everyShippedLayerSaysWhatItIsAndWhose_data();
    void everyShippedLayerSaysWhatItIsAndWhose();
    void entriesBecomeLayersServicesAndFolders();
    void layersForThemeMapsAreRead();
    void shippedLayersForThemeMapsFitTheThemes();
    void whatIsNoCatalogueIsRefused_data();
    void whatIsNoCatalogueIsRefused();
    void theAdministratorsFileReplacesTheShippedOne();
    void theAdministratorsFileLiesInTheSystemsFolder();
};

void TestCatalogueFile::theShippedCatalogueHasItsForm()
{
    QJsonParseError fault;
    const auto root = QJsonDocument::fromJson(shipped(), &fault).object();
    QCOMPARE(fault.errorString(), QJsonParseError{.error = QJsonParseError::NoError}.errorString());
    static const QSet<QString> rootKeys{u"format"_s,   u"version"_s, u"title"_s, u"providers"_s,  u"themes"_s,
                                        u"services"_s, u"sources"_s, u"hints"_s, u"themeLayers"_s};
    static const QSet<QString> serviceKeys{u"theme"_s,   u"provider"_s,    u"type"_s,        u"url"_s,
                                           u"title"_s,   u"abstract"_s,    u"keywords"_s,    u"licence"_s,
                                           u"contact"_s, u"attribution"_s, u"mayBeStored"_s, u"options"_s,
                                           u"version"_s, u"layers"_s,      u"fileFormat"_s};
    static const QSet<QString> layerKeys{u"name"_s, u"title"_s, u"abstract"_s, u"visible"_s};
    const auto known = [](const QJsonObject &object, const QSet<QString> &keys) {
        for (const auto &key : object.keys())
            QVERIFY2(keys.contains(key), qPrintable(key)); // a slip of the pen would be passed over
    };
    known(root, rootKeys);
    QSet<QString> themes;
    for (const auto &theme : root[u"themes"_s].toArray())
        themes.insert(theme[u"id"_s].toString());
    QSet<QString> used;
    for (const auto &value : root[u"services"_s].toArray()) {
        const auto service = value.toObject();
        known(service, serviceKeys);
        const auto theme = service[u"theme"_s].toString();
        QVERIFY2(themes.contains(theme), qPrintable(theme));
        used.insert(theme);
        QVERIFY(service[u"url"_s].toString().startsWith(u"https://"_s));
        for (const auto &layer : service[u"layers"_s].toArray()) {
            known(layer.toObject(), layerKeys);
            QVERIFY(!layer[u"name"_s].toString().isEmpty());
        }
        const auto provider = service[u"provider"_s].toString();
        QVERIFY(provider.isEmpty() || root[u"providers"_s].toObject().contains(provider));
    }
    QCOMPARE(used, themes);
}

void TestCatalogueFile::everyShippedLayerSaysWhatItIsAndWhose_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("de") << u"de"_s;
    QTest::newRow("en") << u"en"_s;
}

void TestCatalogueFile::everyShippedLayerSaysWhatItIsAndWhose()
{
    QFETCH(QString, language);
    const auto file = parseCatalogueFile(shipped(), language);
    VERIFY_RESULT(file);
    QVERIFY(!file->tree.title.isEmpty());
    QCOMPARE(file->tree.notes.size(), 1); // the hint, and nothing that could not be used
    int layers = 0;
    forEachNode(file->tree.nodes, [&](const CatalogueNode &node) {
        QVERIFY(!node.title.isEmpty());
        if (node.kind == CatalogueKind::Folder)
            return;
        ++layers;
        QVERIFY2(node.source && node.source->location.startsWith(u"https://"_s), qPrintable(node.title));
        QVERIFY2(!node.licence.isEmpty(), qPrintable(node.title));
        QVERIFY2(!node.attribution.isEmpty(), qPrintable(node.title));
        QVERIFY2(!node.contact.isEmpty(), qPrintable(node.title));
        QVERIFY2(!node.format.isEmpty() && !node.keywords.isEmpty(), qPrintable(node.title));
        const bool values = node.source->location.contains(u"VBORIS"_s);
        QCOMPARE(node.mayBeStored, !values);
        if (node.kind == CatalogueKind::Layer && node.source->provider != "file"_L1)
            QVERIFY2(!node.source->layer.isEmpty(), qPrintable(node.title));
    });
    QVERIFY(layers > 30);
    QCOMPARE(file->notStored, QStringList{u"service.gdi-sh.de/wms_sh_fd_vboris"_s});
    QCOMPARE(file->sources.size(), 2u);
}

void TestCatalogueFile::entriesBecomeLayersServicesAndFolders()
{
    const auto file =
        parseCatalogueFile(with(R"("providers":{"p":{"licence":"CC0-1.0","attribution":"Stadt","contact":"Amt"}},
"themes":[{"id":"a","title":"Thema"},{"id":"b","title":"leer"}],
"services":[
 {"theme":"a","provider":"p","type":"wms","url":"https://x.de/wms","title":"eins","layers":[{"name":"l1"}],
  "version":"1.1.1","opacity":0.5,"minScale":5000,"preview":"javascript:x"},
 {"theme":"a","provider":"p","licence":"eigene","type":"wms","url":"https://x.de/wms2","title":"zwei",
  "layers":[{"name":"l2","title":{"de":"Zwei","en":"Two"},"personal":true},{"name":"l3","visible":false}]},
 {"theme":"a","type":"oaf","url":"https://x.de/api","title":"ganz"},
 {"type":"xyz","url":"https://x.de/{z}/{x}/{y}.png","title":"Kacheln"},
 {"type":"file","url":"https://x.de/t.geojson","title":"Datei","theme":"fehlt"},
 {"type":"mvt","url":"https://x.de/style.json","title":"Grundkarte"},
 {"type":"ftp","url":"https://x.de/a","title":"falsch"},{"type":"wms","url":"file:///etc/passwd","title":"lokal"}],
"sources":[{"kind":"ckan","url":"https://d.de/","title":"D"},{"kind":"x","url":"https://d.de/","title":"E"}])"),
                           u"de"_s);
    VERIFY_RESULT(file);
    QCOMPARE(file->tree.title, u"Titel"_s);
    QCOMPARE(file->tree.notes.size(), 3); // two entries and a source
    QCOMPARE(file->tree.nodes.size(), 4u); // the theme with content, and the three without one
    const auto &theme = file->tree.nodes[0];
    QCOMPARE(theme.children.size(), 3u);
    const auto &one = theme.children[0];
    QCOMPARE(one.kind, CatalogueKind::Layer);
    QCOMPARE(one.title, u"eins"_s);
    QCOMPARE(one.source->layer, u"l1"_s);
    QCOMPARE(one.source->options[u"version"_s].toString(), u"1.1.1"_s);
    QCOMPARE(one.licence, u"CC0-1.0"_s);
    QCOMPARE(one.opacity, 0.5);
    QCOMPARE(one.minScale, 5000.0);
    QVERIFY(one.preview.isEmpty());
    const auto &two = theme.children[1];
    QCOMPARE(two.kind, CatalogueKind::Folder);
    QCOMPARE(two.children.size(), 3u);
    QCOMPARE(two.children[0].title, u"Zwei"_s);
    QCOMPARE(two.children[0].licence, u"eigene"_s);
    QCOMPARE(two.children[0].attribution, u"Stadt"_s);
    QVERIFY(two.children[0].personal && !two.children[1].personal && !two.children[1].visible);
    QCOMPARE(two.children[2].kind, CatalogueKind::Service);
    QCOMPARE(theme.children[2].kind, CatalogueKind::Service);
    QCOMPARE(theme.children[2].format, u"OGC API Features"_s);
    QCOMPARE(file->tree.nodes[1].source->provider, u"xyz"_s);
    QCOMPARE(file->tree.nodes[2].format, u"GeoJSON"_s);
    QCOMPARE(file->tree.nodes[3].source->provider, u"mvt"_s);
    QCOMPARE(file->tree.nodes[3].kind, CatalogueKind::Layer);
    QVERIFY(!file->tree.nodes[3].format.isEmpty());
    QCOMPARE(file->sources.size(), 1u);
    QCOMPARE(file->sources[0].kind, CatalogueSourceKind::Ckan);
}

void TestCatalogueFile::layersForThemeMapsAreRead()
{
    const auto file = parseCatalogueFile(with(R"("providers":{"p":{"licence":"CC0-1.0"}},"themeLayers":[
        {"theme":"noise","provider":"p","replaces":["demo:a.gpkg|b"],"type":"wms","url":"https://a.example/wms",
         "title":{"de":"Lärm","en":"Noise"},"layers":[{"name":"l"}]},
        {"theme":"noise","type":"wms","url":"https://a.example/wms","title":"Which layer?"},
        {"type":"wms","url":"https://a.example/wms","title":"Which theme?","layers":[{"name":"l"}]},
        {"theme":"noise","type":"wms","url":"ftp://a.example/wms","title":"No address","layers":[{"name":"l"}]}])"),
                                         u"de"_s);
    QVERIFY(file);
    QCOMPARE(file->themeLayers.size(), 1u);
    const auto &layer = file->themeLayers.front();
    QCOMPARE(layer.theme, u"noise"_s);
    QCOMPARE(layer.replaces, QStringList{u"demo:a.gpkg|b"_s});
    QCOMPARE(layer.layer.title, u"Lärm"_s);
    QCOMPARE(layer.layer.licence, u"CC0-1.0"_s);
    QCOMPARE(layer.layer.source->provider, u"wms"_s);
    QCOMPARE(layer.layer.source->layer, u"l"_s);
    QCOMPARE(file->tree.notes.size(), 3); // the others are named
    QVERIFY(file->tree.notes.join(u' ').contains("Which layer?"_L1));
}

void TestCatalogueFile::shippedLayersForThemeMapsFitTheThemes()
{
    const auto file = parseCatalogueFile(shipped(), u"de"_s);
    QVERIFY(file);
    QVERIFY(!file->themeLayers.empty());
    for (const auto &layer : file->themeLayers) {
        QFile theme(u":/themes/%1.json"_s.arg(layer.theme));
        QVERIFY2(theme.open(QIODevice::ReadOnly), qPrintable(layer.theme));
        const auto text = theme.readAll();
        for (const auto &replaced : layer.replaces) {
            for (const auto &part : replaced.split(u'|'))
                QVERIFY2(text.contains('"' + part.toUtf8() + '"'), qPrintable(replaced));
        }
        QVERIFY(!layer.layer.licence.isEmpty());
        QVERIFY(!layer.layer.attribution.isEmpty());
    }
}

void TestCatalogueFile::whatIsNoCatalogueIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("empty") << ""_ba << ErrorKind::Malformed;
    QTest::newRow("no json") << "{]"_ba << ErrorKind::Malformed;
    QTest::newRow("another file") << R"({"type":"FeatureCollection"})"_ba << ErrorKind::Malformed;
    QTest::newRow("a list") << "[1,2]"_ba << ErrorKind::Malformed;
    QTest::newRow("from the future") << R"({"format":"hanseatlas-catalogue","version":2})"_ba << ErrorKind::Unsupported;
    QByteArray many = "[";
    for (int i = 0; i < 20001; ++i)
        many += "{},";
    many.back() = ']';
    QTest::newRow("too many") << with("\"services\":" + many) << ErrorKind::TooLarge;
}

void TestCatalogueFile::whatIsNoCatalogueIsRefused()
{
    QFETCH(QByteArray, json);
    QFETCH(ErrorKind, kind);
    VERIFY_FAILS(parseCatalogueFile(json, u"de"_s), kind);
}

void TestCatalogueFile::theAdministratorsFileReplacesTheShippedOne()
{
    const QTemporaryDir folder;
    CatalogueFiles files{.own = folder.filePath(u"data/catalogue.json"_s),
                         .sources = folder.filePath(u"data/sources.json"_s)};
    QCOMPARE(files.main(), u":/catalogue/luebeck.json"_s);
    auto setup = catalogueSetup(files, u"de"_s);
    QCOMPARE(setup.sources.size(), 3u); // the city's, and the two that it names
    QCOMPARE(setup.sources[0].title, u"Lübeck, Land und Bund"_s);
    QVERIFY(setup.problems.isEmpty());

    files.administrator = folder.filePath(u"etc/catalogue.json"_s);
    write(files.administrator, with(R"("services":[])"));
    write(files.own, with(R"("title":"Meiner","services":[])"));
    const std::vector<CatalogueSource> own{{.title = u"Dienst"_s,
                                            .kind = CatalogueSourceKind::Service,
                                            .location = u"https://x.de/wms"_s,
                                            .provider = u"wms"_s,
                                            .own = true}};
    VERIFY_RESULT(writeSources(files.sources, own));
    setup = catalogueSetup(files, u"de"_s);
    QCOMPARE(setup.sources.size(), 3u);
    QCOMPARE(setup.sources[0].location, files.administrator);
    QCOMPARE(setup.sources[0].title, u"Titel"_s);
    QCOMPARE(setup.sources[1].location, files.own);
    QCOMPARE(setup.sources[2].location, u"https://x.de/wms"_s);

    // broken files do not take the city's maps away
    write(files.administrator, "{");
    write(files.sources, "nonsense");
    setup = catalogueSetup(files, u"de"_s);
    QCOMPARE(setup.problems.size(), 2);
    QCOMPARE(setup.sources[0].location, u":/catalogue/luebeck.json"_s);
    VERIFY_FAILS(writeSources(u"/proc/none/x.json"_s, own), ErrorKind::Storage);
}

void TestCatalogueFile::theAdministratorsFileLiesInTheSystemsFolder()
{
    const QTemporaryDir folder;
    qputenv("XDG_CONFIG_DIRS", folder.path().toUtf8());
    QVERIFY(CatalogueFiles::standard(u"/data"_s).administrator.isEmpty());
    write(folder.filePath(u"hanseatlas/catalogue.json"_s), "{}");
    const auto files = CatalogueFiles::standard(u"/data"_s);
    QCOMPARE(files.administrator, folder.filePath(u"hanseatlas/catalogue.json"_s));
    QCOMPARE(files.own, u"/data/catalogue.json"_s);
    qunsetenv("XDG_CONFIG_DIRS");
}

QTEST_GUILESS_MAIN(TestCatalogueFile)
#include "tst_cataloguefile.moc"
