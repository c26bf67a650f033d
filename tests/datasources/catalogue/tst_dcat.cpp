// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/dcat.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QMap>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl from(u"https://opendata.example.org/catalog.ttl"_s);

CatalogueTree treeOf(const QByteArray &bytes, const QString &language = u"de"_s)
{
    const auto graph = parseRdf(bytes, from);
    if (!graph) {
        qWarning("%s", qPrintable(toText(graph.error())));
        return {};
    }
    return dcatCatalogue(*graph, language).tree;
}

const QByteArray prefixes =
    "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n";

} // namespace

class TestDcat : public QObject
{
    Q_OBJECT
private slots:
    void realCataloguesAreRead_data();
    void realCataloguesAreRead();
    void aDatasetHasAllThatIsSaidOfIt();
    void prefixesOfRdfXmlMayHaveAnyName();
    void aForgottenPrefixDoesNotSpoilTheRest();
    void ofADamagedCatalogueTheSoundPartIsShown();
    void pagesAreNamedByHydra();
    void linksAreFoundOnAPageForPeople();
    void hostileAndBrokenDocumentsAreRefused_data();
    void hostileAndBrokenDocumentsAreRefused();
    void addressesAreOnlyThoseOfTheWeb();
    void aStopEndsTheReading();
};

void TestDcat::realCataloguesAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("datasets");
    QTest::addColumn<int>("distributions"); // that belong to a dataset
    QTest::addColumn<int>("cells"); // of lists, which the samples' facts do not count
    QTest::newRow("brandenburg") << u"ckan-dcat/brandenburg_catalog.ttl"_s << 112 << 212 << 86;
    QTest::newRow("bremen") << u"ckan-dcat/bremen.ttl"_s << 1 << 2 << 0;
    QTest::newRow("simple") << u"ckan-dcat/simple.ttl"_s << 1 << 1 << 0;
    QTest::newRow("rdf/xml") << u"ckan-dcat/gov_de_dataset.rdf"_s << 1 << 9 << 0;
    QTest::newRow("endpoint") << u"ckan-dcat/govdata_catalog_endpoint.rdf"_s << 6 << 17 << 0;
}

void TestDcat::realCataloguesAreRead()
{
    NEED_SAMPLES();
    QFETCH(QString, name);
    QFETCH(int, datasets);
    QFETCH(int, distributions);
    QFETCH(int, cells);
    const auto graph = parseRdf(sample(name), from);
    VERIFY_RESULT(graph);
    const auto fact = factOf(name, u"triples=(\\d+)"_s);
    if (!fact.isEmpty())
        QCOMPARE(graph->statements() - cells, fact.toInt());
    QVERIFY2(graph->damage.isEmpty(), qPrintable(graph->damage));
    const auto tree = dcatCatalogue(*graph, u"de"_s).tree;
    QCOMPARE(int(tree.nodes.size()), datasets);
    int children = 0;
    QMap<QString, int> formats;
    for (const auto &node : tree.nodes) {
        QCOMPARE(node.kind, CatalogueKind::Dataset);
        QVERIFY(!node.title.isEmpty() && !node.title.contains(u'<'));
        QVERIFY(!node.abstract.contains(u"<p>"_s));
        for (const auto &child : node.children) {
            ++children;
            ++formats[child.format];
            QVERIFY(child.source || !child.reason.isEmpty());
        }
    }
    QCOMPARE(children, distributions);
    if (name.contains(u"brandenburg"_s)) {
        QCOMPARE(formats[u"GeoJSON"_s], 26);
        QVERIFY(formats[u"CSV"_s] >= 79);
    }
}

void TestDcat::aDatasetHasAllThatIsSaidOfIt()
{
    const auto tree = treeOf(prefixes + R"(
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix dcatde: <http://dcat-ap.de/def/dcatde/> .
<https://x.de/c> a dcat:Catalog ; dct:title "Offene Daten" ; dcat:dataset <https://x.de/d/1> .
<https://x.de/d/1> a dcat:Dataset ;
  dct:title "Trees"@en, "Bäume"@de ; dct:description "<p>Alle <b>Bäume</b></p>" ;
  dcat:keyword "Grün", "Natur" ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dcat:contactPoint [ a vcard:Organization ; vcard:fn "Stadtgrün" ] ;
  dct:modified "2025-03-01" ; dct:issued "2024-01-02T03:04:05" ; dcat:landingPage <https://x.de/seite> ;
  dcat:distribution <https://x.de/d/1#a> , [ a dcat:Distribution ; dct:title "Karte" ;
 dct:format <http://publications.europa.eu/resource/authority/file-type/WMS_SRVC> ;
 dcat:accessURL <https://x.de/wms?SERVICE=WMS&REQUEST=GetCapabilities> ] .
<https://x.de/d/1#a> a dcat:Distribution ; dcat:downloadURL <https://x.de/b.csv> ; dcat:accessURL <https://x.de/b> ;
  dct:format "text/csv" ; dct:license <http://dcat-ap.de/def/licenses/dl-by-de/2.0> ;
  dcatde:licenseAttributionByText "Hansestadt Lübeck" .)");
    QCOMPARE(tree.title, u"Offene Daten"_s);
    QCOMPARE(tree.nodes.size(), 1u);
    const auto &node = tree.nodes[0];
    QCOMPARE(node.title, u"Bäume"_s);
    QCOMPARE(node.abstract, u"Alle Bäume"_s);
    QCOMPARE(node.contact, u"Stadtgrün"_s);
    QCOMPARE(node.modified.date(), QDate(2025, 3, 1));
    QCOMPARE(node.issued.date(), QDate(2024, 1, 2));
    QCOMPARE(node.page, u"https://x.de/seite"_s);
    QVERIFY(node.keywords.contains(u"Natur"_s) && node.keywords.contains(u"Umwelt"_s));
    QCOMPARE(node.licence, u"dl-de/by-2-0"_s);
    QCOMPARE(node.attribution, u"Hansestadt Lübeck"_s);
    QCOMPARE(node.children.size(), 2u);
    QCOMPARE(node.children[0].format, u"CSV"_s);
    QCOMPARE(node.children[0].source->location, u"https://x.de/b.csv"_s);
    QCOMPARE(node.children[0].page, u"https://x.de/b"_s);
    QCOMPARE(node.children[1].kind, CatalogueKind::Service);
    QCOMPARE(node.children[1].source->location, u"https://x.de/wms"_s);
}

void TestDcat::prefixesOfRdfXmlMayHaveAnyName()
{
    const auto tree = treeOf(R"(<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ns1="http://www.w3.org/ns/dcat#" xmlns:ns2="http://purl.org/dc/terms/">
<rdf:Description rdf:about="https://x.de/1"><rdf:type rdf:resource="http://www.w3.org/ns/dcat#Dataset"/>
<ns2:title>Titel</ns2:title><ns1:distribution rdf:nodeID="a"/></rdf:Description>
<rdf:Description rdf:nodeID="a"><rdf:type rdf:resource="http://www.w3.org/ns/dcat#Distribution"/>
<ns1:downloadURL rdf:resource="https://x.de/a.geojson"/></rdf:Description></rdf:RDF>)");
    QCOMPARE(tree.nodes.size(), 1u);
    QCOMPARE(tree.nodes[0].title, u"Titel"_s);
    QCOMPARE(tree.nodes[0].children.at(0).format, u"GeoJSON"_s);
}

void TestDcat::aForgottenPrefixDoesNotSpoilTheRest()
{
    const auto tree =
        treeOf(prefixes + R"(<https://x.de/1> a dcat:Dataset ; dct:title "x" ; nope:note "y" ; other:note "z" .)");
    QCOMPARE(tree.nodes.size(), 1u);
    QCOMPARE(tree.nodes[0].title, u"x"_s);
    QByteArray many = prefixes + "<https://x.de/1> a dcat:Dataset ";
    for (int i = 0; i < 10; ++i)
        many += "; p" + QByteArray::number(i) + ":x 1 ";
    VERIFY_FAILS(parseRdf(many + ".", from), ErrorKind::Malformed); // in the end it gives up
}

void TestDcat::ofADamagedCatalogueTheSoundPartIsShown()
{
    const auto tree = treeOf(prefixes + R"(<https://x.de/1> a dcat:Dataset ; dct:title "eins" .
<https://x.de/2> a dcat:Dataset ; dct:title "zwei" ; dct:issued "2025"^^<<http://falsch> .
<https://x.de/3> a dcat:Dataset ; dct:title "drei" .)");
    QVERIFY(!tree.nodes.empty());
    QCOMPARE(tree.nodes[0].title, u"eins"_s);
    QCOMPARE(tree.notes.size(), 1);
    QVERIFY2(tree.notes[0].contains(u"line"_s), qPrintable(tree.notes[0]));
    if (samplesDir().isEmpty())
        return;
    const auto real = treeOf(sample(u"ckan-dcat/full_dataset.ttl"_s)); // with a "<<" and a prefix that is not declared
    QCOMPARE(real.notes.size(), 1);
}

void TestDcat::pagesAreNamedByHydra()
{
    const auto graph = parseRdf(prefixes + R"(@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
<https://x.de/c?page=1> a hydra:PagedCollection ; hydra:nextPage "https://x.de/c?page=2" .
<https://x.de/1> a dcat:Dataset .)",
                                from);
    VERIFY_RESULT(graph);
    QCOMPARE(dcatCatalogue(*graph, u"de"_s).next, QUrl(u"https://x.de/c?page=2"_s));
}

void TestDcat::linksAreFoundOnAPageForPeople()
{
    const auto links = rdfLinks(R"(<a href="a/daten.ttl">x</a><link rel=alternate href='catalog.rdf'>
<a href="javascript:x.ttl">x</a><a href="https://y.de/z.html">)",
                                QUrl(u"https://opendata.example.org/"_s));
    QCOMPARE(links,
             (QList<QUrl>{QUrl(u"https://opendata.example.org/catalog.rdf"_s),
                          QUrl(u"https://opendata.example.org/a/daten.ttl"_s)}));
}

void TestDcat::hostileAndBrokenDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("text") << "no rdf at all"_ba;
    QTest::newRow("entities") << R"(<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>)"_ba;
    QTest::newRow("nothing in it") << "@prefix a: <http://a> ."_ba;
    QTest::newRow("a web page") << "<!DOCTYPE html><html><title>x</title></html>"_ba;
    QTest::newRow("cut at once") << prefixes + "<https://x.de/1> a ";
    QTest::newRow("deep") << "<https://x.de/1> <https://x.de/p> " + QByteArray(20000, '[') + " .";
}

void TestDcat::hostileAndBrokenDocumentsAreRefused()
{
    QFETCH(QByteArray, bytes);
    VERIFY_FAILS(parseRdf(bytes, from), ErrorKind::Malformed);
}

void TestDcat::addressesAreOnlyThoseOfTheWeb()
{
    const auto tree =
        treeOf(prefixes + R"(<https://x.de/1> a dcat:Dataset ; dct:title "x" ; dcat:landingPage <javascript:a> ;
dcat:distribution [ dcat:downloadURL <file:///etc/passwd> ; dct:format "CSV" ] , [ dcat:accessURL "keine Adresse" ] .)");
    QCOMPARE(tree.nodes.at(0).children.size(), 2u);
    QVERIFY(!tree.nodes[0].page.startsWith(u"javascript"_s));
    for (const auto &child : tree.nodes[0].children)
        QVERIFY(!child.source && !child.reason.isEmpty());
}

void TestDcat::aStopEndsTheReading()
{
    std::stop_source stop;
    stop.request_stop();
    const auto graph = parseRdf(prefixes + "<https://x.de/1> a dcat:Dataset .", from, stop.get_token());
    QVERIFY(!graph);
    QCOMPARE(graph.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestDcat)
#include "tst_dcat.moc"
