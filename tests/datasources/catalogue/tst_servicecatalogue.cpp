// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/catalogue/servicecatalogue.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl from(u"https://example.org/service"_s);
const SourceRef service{.provider = u"wms"_s, .location = u"https://example.org/service"_s, .layer = u"old"_s};

} // namespace

class TestServiceCatalogue : public QObject
{
    Q_OBJECT
private slots:
    void foldersLayersAndLimitsOfAWmsAreKept();
    void everyCapabilitiesSampleIsACatalogue_data();
    void everyCapabilitiesSampleIsACatalogue();
    void collectionsWithoutFeaturesSayWhy();
};

void TestServiceCatalogue::foldersLayersAndLimitsOfAWmsAreKept()
{
    const auto caps = parseWmsCapabilities(R"(<WMS_Capabilities version="1.3.0"><Service><Title>Dienst</Title>
<ContactInformation><ContactPersonPrimary><ContactOrganization>Amt</ContactOrganization></ContactPersonPrimary></ContactInformation>
<AccessConstraints>Datenlizenz Deutschland - Namensnennung - Version 2.0</AccessConstraints></Service>
<Capability><Request><GetMap><Format>image/png</Format></GetMap></Request><Layer><Title>Wurzel</Title>
<Layer><Title>Ordner</Title><Layer><Name>a</Name><Title>A</Title><Abstract>Text</Abstract><MinScaleDenominator>500</MinScaleDenominator><MaxScaleDenominator>25000</MaxScaleDenominator></Layer></Layer>
<Layer><Name>g</Name><Title>Gruppe</Title><Layer><Name>b</Name><Title>B</Title></Layer></Layer>
</Layer></Capability></WMS_Capabilities>)",
                                           from);
    VERIFY_RESULT(caps);
    const auto tree = serviceCatalogue(*caps, service);
    QCOMPARE(tree.title, u"Dienst"_s);
    QCOMPARE(tree.nodes.size(), 2u); // without the root
    QCOMPARE(tree.nodes[0].kind, CatalogueKind::Folder);
    const auto &a = tree.nodes[0].children.at(0);
    QCOMPARE(a.source->layer, u"a"_s);
    QCOMPARE(a.abstract, u"Text"_s);
    QCOMPARE(a.licence, u"dl-de/by-2-0"_s);
    QCOMPARE(a.contact, u"Amt"_s);
    QCOMPARE(a.minScale, 25000.0); // the largest denominator
    QCOMPARE(a.maxScale, 500.0);
    const auto &group = tree.nodes[1];
    QCOMPARE(group.kind, CatalogueKind::Folder);
    QCOMPARE(group.children.size(), 2u);
    QCOMPARE(group.children[0].source->layer, u"g"_s); // may be asked for as a whole
    QCOMPARE(group.children[1].source->layer, u"b"_s);
}

void TestServiceCatalogue::everyCapabilitiesSampleIsACatalogue_data()
{
    QTest::addColumn<QString>("sample");
    for (const auto *folder : {u"wms-caps", u"wmts-caps", u"wfs-caps"})
        for (const auto &name : samplesOf(QString(folder)))
            QTest::newRow(qPrintable(name)) << name;
    if (samplesDir().isEmpty())
        QTest::newRow("no samples") << QString();
}

void TestServiceCatalogue::everyCapabilitiesSampleIsACatalogue()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto bytes = test::sample(sample);
    Result<CatalogueTree> tree;
    const auto take = [&](const auto &caps) { return serviceCatalogue(caps, service); };
    if (sample.startsWith(u"wms-"_s))
        tree = parseWmsCapabilities(bytes, from).transform(take);
    else if (sample.startsWith(u"wmts-"_s))
        tree = parseWmtsCapabilities(bytes, from).transform(take);
    else
        tree = parseWfsCapabilities(bytes, from).transform(take);
    if (!tree)
        return; // damaged ones are the parsers' own tests
    forEachNode(tree->nodes, [](const CatalogueNode &node) {
        QVERIFY(!node.title.isEmpty());
        if (node.kind == CatalogueKind::Layer)
            QVERIFY(!node.source->layer.isEmpty() && node.source->layer != "old"_L1);
        if (node.minScale > 0 && node.maxScale > 0)
            QVERIFY(node.minScale >= node.maxScale);
    });
}

void TestServiceCatalogue::collectionsWithoutFeaturesSayWhy()
{
    const auto collections = parseOgcApiCollections(
        R"({"collections":[{"id":"b","title":"Bäume","links":[]},{"id":"t","title":"Kacheln","itemType":"record","links":[]}]})",
        from);
    VERIFY_RESULT(collections);
    const auto tree = serviceCatalogue({.title = u"<b>API</b>"_s}, *collections, service);
    QCOMPARE(tree.title, u"API"_s);
    QCOMPARE(tree.nodes.size(), 2u);
    QVERIFY(tree.nodes[0].canBeShown() && !tree.nodes[1].canBeShown());
    QVERIFY(!tree.nodes[1].reason.isEmpty());
}

QTEST_GUILESS_MAIN(TestServiceCatalogue)
#include "tst_servicecatalogue.moc"
