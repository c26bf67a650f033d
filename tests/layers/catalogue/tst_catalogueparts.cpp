// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguelayers.h"
#include "layers/catalogue/cataloguesource.h"
#include "tests/layers/catalogue/fakecatalogues.h"
#include "tests/support/testkit.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestCatalogueParts : public QObject
{
    Q_OBJECT
private slots:
    void whatBelongsToALayerTravelsWithIt()
    {
        auto node = layer(u"Bodenrichtwerte"_s, u"BRW_Bauland"_s);
        node.source->options = {{u"version"_s, u"1.3.0"_s}};
        node.licence = u"nur Ansicht"_s;
        node.attribution = u"© GDI-SH"_s;
        node.contact = u"LVermGeo SH"_s;
        node.abstract = u"Werte je Quadratmeter"_s;
        node.mayBeStored = false;
        node.personal = true;
        node.opacity = 0.4;
        node.minScale = 50000;
        node.maxScale = 500;
        node.visible = false;
        const CatalogueNode *chosen[] = {&node};
        const auto nodes = layerNodes(chosen);
        QCOMPARE(nodes.size(), 1u);
        const auto &made = *nodes[0].layer;
        QCOMPARE(made.id, nodes[0].id);
        QVERIFY(!made.id.isNull());
        QCOMPARE(made.title, u"Bodenrichtwerte"_s);
        QCOMPARE(made.source.layer, u"BRW_Bauland"_s);
        const QJsonObject options{{u"version"_s, u"1.3.0"_s},       {u"title"_s, u"Bodenrichtwerte"_s},
                                  {u"licence"_s, u"nur Ansicht"_s}, {u"attribution"_s, u"© GDI-SH"_s},
                                  {u"mayBeStored"_s, false},        {u"personal"_s, true}};
        QCOMPARE(made.source.options, options);
        QCOMPARE(made.provenance.licence, u"nur Ansicht"_s);
        QCOMPARE(made.provenance.attribution, u"© GDI-SH"_s);
        QCOMPARE(made.provenance.source, u"LVermGeo SH"_s);
        QVERIFY(made.provenance.personal);
        QCOMPARE(made.opacity, 0.4);
        QVERIFY(made.inScale(10000) && !made.inScale(60000) && !made.inScale(100));
        QCOMPARE(made.explanation, u"Werte je Quadratmeter"_s);
        QVERIFY(made.visible); // it was pointed at
    }

    void filesKeepTheirOptionsForTheReader()
    {
        CatalogueNode node{.kind = CatalogueKind::Layer, .title = u"Bäume"_s, .licence = u"CC0"_s};
        node.source = SourceRef{.location = u"https://example.org/b.geojson"_s};
        QVERIFY(completeSource(node).options.isEmpty());
        node.mayBeStored = false;
        QCOMPARE(completeSource(node).options, (QJsonObject{{u"mayBeStored"_s, false}}));
    }

    void foldersBecomeGroupsInTheSameOrder()
    {
        auto hidden = layer(u"zwei"_s);
        hidden.visible = false;
        CatalogueNode unknown{.kind = CatalogueKind::Layer, .title = u"3D"_s, .reason = u"3D"_s};
        const auto tree = folder(
            u"Außen"_s,
            {layer(u"eins"_s), folder(u"Innen"_s, {hidden, unknown}), hint(u"x"_s), folder(u"leer"_s, {unknown})});
        const CatalogueNode *chosen[] = {&tree};
        const auto nodes = layerNodes(chosen);
        QCOMPARE(nodes.size(), 1u);
        QCOMPARE(nodes[0].title, u"Außen"_s);
        QCOMPARE(nodes[0].children.size(), 2u);
        QCOMPARE(nodes[0].children[0].layer->title, u"eins"_s);
        QCOMPARE(nodes[0].children[1].title, u"Innen"_s);
        QCOMPARE(nodes[0].children[1].children.size(), 1u);
        QVERIFY(!nodes[0].children[1].children[0].layer->visible); // as in the portal
        const CatalogueNode *inner[] = {&tree.children[1]};
        QVERIFY(layerNodes(inner)[0].children[0].layer->visible); // else nothing would be seen
        const CatalogueNode *nothing[] = {&unknown};
        QVERIFY(layerNodes(nothing).empty());
    }

    void aDatasetIsShownByItsFirstUsableResource()
    {
        CatalogueNode dataset{.kind = CatalogueKind::Dataset, .title = u"Pegel"_s};
        dataset.children = {{.kind = CatalogueKind::Layer, .title = u"PDF"_s, .reason = u"document"_s},
                            layer(u"WMS-Dienst"_s),
                            layer(u"noch einer"_s)};
        const CatalogueNode *chosen[] = {&dataset};
        const auto nodes = layerNodes(chosen);
        QCOMPARE(nodes.size(), 1u);
        QCOMPARE(nodes[0].layer->title, u"Pegel"_s);
        QCOMPARE(layerCount(dataset), 2);
    }

    void theListOfSourcesGoesOutAndComesBack()
    {
        const std::vector<CatalogueSource> sources{{.id = u"1"_s, .title = u"Eingebaut"_s, .location = u":/x"_s},
                                                   {.id = u"2"_s,
                                                    .title = u"Portal „Süd“"_s,
                                                    .kind = CatalogueSourceKind::Masterportal,
                                                    .location = u"https://example.org/portal/"_s,
                                                    .own = true},
                                                   {.id = u"3"_s,
                                                    .title = u"Dienst"_s,
                                                    .kind = CatalogueSourceKind::Service,
                                                    .location = u"https://example.org/wms"_s,
                                                    .provider = u"wms"_s,
                                                    .own = true}};
        const auto list = sourcesFromJson(sourcesToJson(sources));
        VERIFY_RESULT(list);
        QCOMPARE(list->leftOut, 0);
        QCOMPARE(list->sources.size(), 2u);
        QCOMPARE(list->sources[0].title, sources[1].title);
        QCOMPARE(list->sources[0].kind, CatalogueSourceKind::Masterportal);
        QCOMPARE(list->sources[1].provider, u"wms"_s);
        QVERIFY(list->sources[0].own && list->sources[0].id != list->sources[1].id);
        auto into = sources;
        QCOMPARE(mergeSources(into, list->sources), 0);
        QCOMPARE(into.size(), 3u);
        into.pop_back();
        QCOMPARE(mergeSources(into, list->sources), 1);
    }

    void aDamagedListIsRefusedOrCounted_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("good");
        QTest::addColumn<int>("bad");
        const QByteArray start = R"({"format":"hanseatlas-sources","version":1,"sources":)";
        QTest::newRow("no json") << "nonsense"_ba << -1 << 0;
        QTest::newRow("another file") << R"({"type":"FeatureCollection"})"_ba << -1 << 0;
        QTest::newRow("empty") << start + "[]}" << 0 << 0;
        QTest::newRow("no address") << start + R"([{"title":"a","kind":"ckan"}]})" << 0 << 1;
        QTest::newRow("unknown kind") << start + R"([{"title":"a","kind":"ftp","location":"b"}]})" << 0 << 1;
        QTest::newRow("service of no kind") << start + R"([{"title":"a","kind":"service","location":"b"}]})" << 0 << 1;
        QTest::newRow("no object") << start + R"([7,{"kind":"dcat","location":"https://a.de/c.ttl"}]})" << 1 << 1;
    }
    void aDamagedListIsRefusedOrCounted()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, good);
        QFETCH(int, bad);
        const auto list = sourcesFromJson(json);
        if (good < 0) {
            VERIFY_FAILS(list, ErrorKind::Malformed);
            return;
        }
        VERIFY_RESULT(list);
        QCOMPARE(int(list->sources.size()), good);
        QCOMPARE(list->leftOut, bad);
        for (const auto &source : list->sources)
            QVERIFY(!source.title.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCatalogueParts)
#include "tst_catalogueparts.moc"
