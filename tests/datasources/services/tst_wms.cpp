// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/imagegrid.h"
#include "datasources/services/servicecrs.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/wmsrequests.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl somewhere(u"https://karten.example.org/wms?SERVICE=WMS&REQUEST=GetCapabilities"_s);

/** What a test counts in a tree of layers. */
struct Tally {
    int layers = 0, queryable = 0, limited = 0, depth = 0;
    QStringList named;
    QSet<QString> crs, withTime;
};

void count(const std::vector<WmsLayer> &layers, Tally &tally, int depth = 0)
{
    for (const auto &layer : layers) {
        ++tally.layers;
        tally.depth = std::max(tally.depth, depth);
        tally.queryable += layer.queryable && !layer.queryableInherited ? 1 : 0;
        tally.limited += layer.hasScaleLimits() ? 1 : 0;
        if (!layer.isFolder())
            tally.named.append(layer.name);
        tally.crs.unite(QSet<QString>(layer.crs.begin(), layer.crs.end()));
        for (const auto &dimension : layer.dimensions)
            if (dimension.isTime())
                tally.withTime.insert(layer.name);
        count(layer.children, tally, depth + 1);
    }
}

QByteArray caps(const QByteArray &layers, const QByteArray &version = "1.3.0",
                const QByteArray &mapUrl = "https://karten.example.org/wms?")
{
    const bool modern = version == "1.3.0";
    const QByteArray root = modern ? "WMS_Capabilities" : "WMT_MS_Capabilities";
    return "<" + root + " version=\"" + version + R"(" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Title>Probe</Title></Service><Capability><Request>
<GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href=")"
        + QByteArray(mapUrl).replace("&", "&amp;") + R"("/></Get></HTTP></DCPType></GetMap>
<GetFeatureInfo><Format>text/plain</Format><DCPType><HTTP><Get><OnlineResource xlink:href=")"
        + QByteArray(mapUrl).replace("&", "&amp;") + R"("/></Get></HTTP></DCPType></GetFeatureInfo></Request>)" + layers
        + "</Capability></" + root + ">";
}

WmsCapabilities parsed(const QByteArray &bytes, const QUrl &from = somewhere)
{
    const auto result = parseWmsCapabilities(bytes, from);
    if (!result)
        qWarning("%s", qPrintable(toText(result.error())));
    return result.value_or(WmsCapabilities());
}

const auto plainLayer = "<Layer queryable=\"1\"><Name>a</Name><CRS>EPSG:25832</CRS></Layer>"_ba;

WmsMapRequest luebeck(const QString &crs)
{
    return {.layers = {u"laerm"_s}, .crs = crs, .extent = {610000.5, 5969000, 611000, 5970000}, .size = {512, 512}};
}

} // namespace

class TestWms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleHasTheLayersItHas_data() { addSampleRows(u"wms-caps"_s); }
    void everySampleHasTheLayersItHas();
    void everySampleOffersItsFormatsAtItsAddress_data() { addSampleRows(u"wms-caps"_s); }
    void everySampleOffersItsFormatsAtItsAddress();
    void childrenInheritWhatTheSpecificationSays();
    void boxesAreEastFirstWhateverTheVersion();
    void scaleHintsBecomeDenominators();
    void treesMayBeDeepAndWide();
    void severalTopLayersAreAllKept();
    void legendsOfAStyleAreAllKept();
    void serviceTellsItsLicenceAndContact();
    void softwareIsRecognised_data();
    void softwareIsRecognised();
    void timesAreReadAndNonsenseIsLeftOut();
    void rangesOfTimeAreWrittenOut_data();
    void rangesOfTimeAreWrittenOut();
    void dimensionsOf111ComeFromTwoElements();
    void mapAddressHasTheAxesThatTheVersionWants_data();
    void mapAddressHasTheAxesThatTheVersionWants();
    void addressesAreMergedWithWhatTheyHave_data();
    void addressesAreMergedWithWhatTheyHave();
    void wrongAddressesAreMended_data();
    void wrongAddressesAreMended();
    void infoAddressNamesThePixelAsTheVersionDoes();
    void legendAddressIsTheStylesOwnOrAsked();
    void linksThatAreNoneAreDropped();
    void specialCharactersInNamesAreEscaped();
    void crsIsTheWantedOneOrANearOne();
    void wrongDocumentsSayWhatTheyAre_data();
    void wrongDocumentsSayWhatTheyAre();
    void encodingsAreReadAsTheyAre_data();
    void encodingsAreReadAsTheyAre();
    void hostileDocumentsAreRefused_data();
    void hostileDocumentsAreRefused();
    void gridCoversWithoutGapsAndOverlaps();
    void gridIsFixedWhateverTheView();
    void gridRefusesMoreThanAsked();
};

void TestWms::everySampleHasTheLayersItHas()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto result = parseWmsCapabilities(test::sample(sample), somewhere);
    VERIFY_RESULT(result);
    Tally tally;
    count(result->layers, tally);
    QCOMPARE(versionText(result->version), factOf(sample, u"^WMS ([\\d.]+)"_s));
    QCOMPARE(result->service.title, factOf(sample, u"Service Title='([^']*)'"_s));
    QCOMPARE(tally.layers, factOf(sample, u"Layer elements=(\\d+)"_s).toInt());
    QCOMPARE(tally.named.size(), factOf(sample, u"named\\(requestable\\)=(\\d+)"_s).toInt());
    QCOMPARE(int(result->layers.size()), factOf(sample, u"top-level Layer=(\\d+)"_s).toInt());
    QCOMPARE(tally.depth, factOf(sample, u"max nesting depth=(\\d+)"_s).toInt());
    QCOMPARE(tally.queryable, factOf(sample, u"queryable=1 directly on (\\d+)"_s).toInt());
    QCOMPARE(tally.crs.size(), factOf(sample, u"distinct CRS over all layers=(\\d+)"_s).toInt());
    QCOMPARE(tally.crs.contains(u"EPSG:25832"_s), factOf(sample, u"has EPSG:25832=(\\w+)"_s) == "True"_L1);
    const auto first = namesIn(factOf(sample, u"first names=([^|]*)"_s));
    QCOMPARE(tally.named.first(first.size()), first);
    for (const auto &name : namesIn(factOf(sample, u"time dimension on ([^|]*)"_s)))
        QVERIFY2(tally.withTime.contains(name == "None"_L1 ? QString() : name), qPrintable(name));
    QCOMPARE(tally.withTime.isEmpty(), factOf(sample, u"time dimension on ([^|]*)"_s).isEmpty());
    // limits are inherited, the number in the table is of those who state them
    const auto limited = factOf(sample, u"layers with scale limits=(\\d+)"_s).toInt();
    QVERIFY2(limited == 0 ? tally.limited == 0 : tally.limited >= limited, qPrintable(QString::number(tally.limited)));
    const auto box = factOf(sample, u"(?:EX_GeographicBoundingBox WSEN|LatLonBoundingBox)=([\\d.,-]+)"_s).split(u',');
    if (box.size() == 4) {
        const auto &root = result->layers.front().geographicBox;
        QCOMPARE(root.xMin, box[0].toDouble());
        QCOMPARE(root.yMin, box[1].toDouble());
        QCOMPARE(root.xMax, box[2].toDouble());
        QCOMPARE(root.yMax, box[3].toDouble());
    }
}

void TestWms::everySampleOffersItsFormatsAtItsAddress()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto result = parseWmsCapabilities(test::sample(sample), somewhere);
    VERIFY_RESULT(result);
    for (const auto &format : namesIn(factOf(sample, u"GetMap formats=([^|]*)"_s)))
        QVERIFY2(result->mapFormats.contains(format), qPrintable(format));
    for (const auto &format : namesIn(factOf(sample, u"GFI formats=([^|]*)"_s)))
        QVERIFY2(result->infoFormats.contains(format), qPrintable(format));
    QCOMPARE(result->infoUrl.isEmpty(), factOf(sample, u"GFI formats=([^|]*)"_s).isEmpty());
    const QUrl written(namesIn(factOf(sample, u"GetMap url=([^|]*)"_s)).value(0));
    if (written.host() == "localhost"_L1)
        QCOMPARE(result->mapUrl.host(), somewhere.host());
    else
        QCOMPARE(result->mapUrl.host() + result->mapUrl.path(), written.host() + written.path());
    const auto url = wmsMapUrl(*result, luebeck(u"EPSG:25832"_s)).toString(QUrl::FullyEncoded);
    QCOMPARE(url.count(u'?'), 1);
    QVERIFY2(url.contains("REQUEST=GetMap"_L1) && !url.contains("GetCapabilities"_L1), qPrintable(url));
    QVERIFY2(!url.contains("?&"_L1) && !url.contains("&&"_L1), qPrintable(url));
}

void TestWms::childrenInheritWhatTheSpecificationSays()
{
    const auto result = parsed(caps(R"(<Layer queryable="1" cascaded="1"><Title>Ordner</Title>
<CRS>EPSG:25832</CRS><CRS>EPSG:4326 EPSG:25833</CRS><Style><Name>s1</Name></Style><Style><Name>s2</Name></Style>
<EX_GeographicBoundingBox><westBoundLongitude>10</westBoundLongitude><eastBoundLongitude>11</eastBoundLongitude>
<southBoundLatitude>53</southBoundLatitude><northBoundLatitude>54</northBoundLatitude></EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:25832" minx="1" miny="2" maxx="3" maxy="4"/>
<Dimension name="Time" units="ISO8601" default="2020">2019,2020</Dimension>
<Attribution><Title>Stadt</Title></Attribution><MinScaleDenominator>500</MinScaleDenominator>
<MaxScaleDenominator>10000</MaxScaleDenominator><MetadataURL type="x"><OnlineResource xlink:href="/md"/></MetadataURL>
<Layer><Name>kind</Name><CRS>EPSG:25832</CRS><CRS>EPSG:3857</CRS><Style><Name>s2</Name><Title>neu</Title></Style></Layer>
<Layer queryable="0"><Name>stumm</Name><MaxScaleDenominator>2000</MaxScaleDenominator></Layer></Layer>)"));
    const auto *child = findLayer(result.layers, u"kind"_s);
    QVERIFY(child);
    QCOMPARE(child->title, u"kind"_s);
    QCOMPARE(child->crs, (QStringList{u"EPSG:25832"_s, u"EPSG:4326"_s, u"EPSG:25833"_s, u"EPSG:3857"_s}));
    QCOMPARE(child->geographicBox, (Extent{10, 53, 11, 54}));
    QCOMPARE(child->boxes.at(u"EPSG:25832"_s), (Extent{1, 2, 3, 4}));
    QCOMPARE(int(child->styles.size()), 2);
    QCOMPARE(child->styles[0].title, u"neu"_s);
    QCOMPARE(child->styles[1].name, u"s1"_s);
    QCOMPARE(child->attribution.title, u"Stadt"_s);
    QCOMPARE(child->dimensions.at(0).name, u"time"_s);
    QCOMPARE(child->dimensions.at(0).defaultValue, u"2020"_s);
    QVERIFY(child->queryable && child->queryableInherited && child->cascaded);
    QCOMPARE(child->minScale, 500.0);
    QVERIFY(child->metadata.empty()); // describes the folder only
    QCOMPARE(result.layers[0].metadata.at(0).url, u"https://karten.example.org/md"_s);
    const auto *mute = findLayer(result.layers, u"stumm"_s);
    QVERIFY(mute && !mute->queryable);
    QCOMPARE(mute->maxScale, 2000.0);
    QVERIFY(!findLayer(result.layers, QString()));
}

void TestWms::boxesAreEastFirstWhateverTheVersion()
{
    const QByteArray layer = R"(<Layer><Name>a</Name><BoundingBox CRS="EPSG:4326" minx="53.8" miny="10.6" maxx="54"
maxy="10.9"/><BoundingBox CRS="CRS:84" minx="10.6" miny="53.8" maxx="10.9" maxy="54"/>
<BoundingBox CRS="EPSG:31467" minx="5960000" miny="4400000" maxx="5980000" maxy="4420000"/>
<BoundingBox CRS="EPSG:25832" minx="600000" miny="5960000" maxx="620000" maxy="5980000"/></Layer>)";
    const auto modern = parsed(caps(layer)).layers.at(0).boxes;
    QCOMPARE(modern.at(u"EPSG:4326"_s), (Extent{10.6, 53.8, 10.9, 54}));
    QCOMPARE(modern.at(u"CRS:84"_s), (Extent{10.6, 53.8, 10.9, 54}));
    QCOMPARE(modern.at(u"EPSG:31467"_s), (Extent{4400000, 5960000, 4420000, 5980000}));
    QCOMPARE(modern.at(u"EPSG:25832"_s), (Extent{600000, 5960000, 620000, 5980000}));
    auto old = QByteArray(layer)
                   .replace("CRS=", "SRS=")
                   .replace("minx=\"53.8\" miny=\"10.6\" maxx=\"54\"\nmaxy=\"10.9\"",
                            "minx=\"10.6\" miny=\"53.8\" maxx=\"10.9\" maxy=\"54\"");
    QCOMPARE(parsed(caps(old, "1.1.1")).layers.at(0).boxes.at(u"EPSG:4326"_s), (Extent{10.6, 53.8, 10.9, 54}));
}

void TestWms::scaleHintsBecomeDenominators()
{
    // 1:10 000 on a screen of 0.28 mm: 2.8 m per pixel, 3.96 m in the diagonal
    const auto layer = parsed(caps(R"(<Layer><Name>a</Name><ScaleHint min="0.9899494936611666"
max="3.959797974644666"/></Layer>)",
                                   "1.1.1"))
                           .layers.at(0);
    QVERIFY(qAbs(layer.minScale - 2500) < 1e-6);
    QVERIFY(qAbs(layer.maxScale - 10000) < 1e-6);
    const auto nonsense = parsed(caps(R"(<Layer><Name>a</Name><MinScaleDenominator>5000</MinScaleDenominator>
<MaxScaleDenominator>100</MaxScaleDenominator></Layer>)"));
    QCOMPARE(nonsense.layers.at(0).maxScale, std::numeric_limits<double>::infinity());
    const auto none = parsed(caps(R"(<Layer><Name>a</Name><ScaleHint min="0" max="Infinity"/></Layer>)", "1.1.1"));
    QVERIFY(!none.layers.at(0).hasScaleLimits());
}

void TestWms::treesMayBeDeepAndWide()
{
    QByteArray wide;
    for (int i = 0; i < 3000; ++i)
        wide += "<Layer><Name>w" + QByteArray::number(i) + "</Name></Layer>";
    const auto result = parsed(caps("<Layer><CRS>EPSG:25832</CRS>" + QByteArray("<Layer>").repeated(150) + wide
                                    + QByteArray("</Layer>").repeated(151)));
    Tally tally;
    count(result.layers, tally);
    QCOMPARE(tally.layers, 3151);
    QCOMPARE(tally.depth, 151);
    QCOMPARE(findLayer(result.layers, u"w2999"_s)->crs, QStringList{u"EPSG:25832"_s});
}

void TestWms::severalTopLayersAreAllKept()
{
    NEED_SAMPLES();
    const auto result = parsed(sample(u"wms-caps/nested_groups.xml"_s));
    QCOMPARE(int(result.layers.size()), 2);
    QVERIFY(result.layers[0].isFolder());
    QCOMPARE(result.layerLimit, 1);
    QCOMPARE(result.maxSize, QSize(512, 512));
    const auto *layer = findLayer(result.layers, u"ls8_nbart_geomedian_annual"_s);
    QVERIFY(layer);
    QCOMPARE(layer->dimensions.at(0).name, u"time"_s);
    QVERIFY(layer->dimensions.at(0).items.size() > 3);
}

void TestWms::legendsOfAStyleAreAllKept()
{
    NEED_SAMPLES();
    const auto result = parsed(sample(u"wms-caps/multiple_legend_urls.xml"_s));
    const auto *layer = findLayer(result.layers, u"single_period"_s);
    QVERIFY(layer);
    QCOMPARE(layer->styles.at(0).name, u"jet"_s);
    QVERIFY2(layer->styles.at(0).legendUrls.size() > 1, qPrintable(layer->styles.at(0).legendUrls.join(u' ')));
}

void TestWms::serviceTellsItsLicenceAndContact()
{
    NEED_SAMPLES();
    const auto result = parsed(sample(u"wms-caps/bkg_poi_open_130.xml"_s));
    QVERIFY(result.service.abstract.contains("Gebiet der Bundesrepublik"_L1));
    QVERIFY(result.service.fees.contains("dl-de/by-2-0"_L1));
    QCOMPARE(result.service.organisation, u"Dienstleistungszentrum des Bundes für Geoinformation und Geodäsie"_s);
    QCOMPARE(result.service.email, u"dlz@bkg.bund.de"_s);
    QVERIFY(result.service.address.startsWith("Karl-Rothe-Str."_L1));
    QVERIFY(result.metadata.at(0).url.startsWith("https://mis.bkg.bund.de/csw?"_L1));
    QVERIFY(
        parsed(sample(u"wms-caps/nested_groups.xml"_s)).service.website.isEmpty()); // "dea.ga.gov.au//" leads nowhere
    const auto acme = parsed(sample(u"wms-caps/ogcsample_130.xml"_s));
    QVERIFY(acme.service.fees.isEmpty()); // "none" is no fee
    QCOMPARE(acme.service.keywords, (QStringList{u"bird"_s, u"roadrunner"_s, u"ambush"_s}));
    QCOMPARE(acme.layerLimit, 16);
    const auto *roads = findLayer(acme.layers, u"ROADS_1M"_s);
    QVERIFY(roads);
    QCOMPARE(int(roads->metadata.size()), 2);
    QCOMPARE(roads->attribution.logoUrl, u"http://www.university.edu/icons/logo.gif"_s);
    QCOMPARE(roads->styles.at(0).legendSize, QSize(72, 72));
    QCOMPARE(int(roads->styles.size()), 2);
    QVERIFY(roads->crs.contains(u"CRS:84"_s) && roads->crs.contains(u"EPSG:26986"_s));
    QCOMPARE(roads->maxScale, 250000.0);
    const auto *ozone = findLayer(acme.layers, u"ozone_image"_s);
    QVERIFY(ozone && ozone->opaque && ozone->noSubsets);
    QCOMPARE(ozone->fixedSize, QSize(512, 256));
}

void TestWms::softwareIsRecognised_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<int>("software");
    QTest::newRow("MapServer") << u"wms-caps/mesonet_time_130.xml"_s << int(ServerSoftware::MapServer);
    QTest::newRow("GeoServer") << u"wms-caps/bkg_poi_open_130.xml"_s << int(ServerSoftware::GeoServer);
    QTest::newRow("GeoServer 1.1.1") << u"wms-caps/geoserver_111.xml"_s << int(ServerSoftware::GeoServer);
    QTest::newRow("deegree") << u"wms-caps/deegree_130.xml"_s << int(ServerSoftware::Deegree);
    QTest::newRow("ArcGIS") << u"wms-caps/esri_130.xml"_s << int(ServerSoftware::ArcGis);
    QTest::newRow("ArcGIS image service") << u"wms-caps/epsg0.xml"_s << int(ServerSoftware::ArcGis);
    QTest::newRow("none of them") << u"wms-caps/ogcsample_130.xml"_s << int(ServerSoftware::Unknown);
}

void TestWms::softwareIsRecognised()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    QFETCH(int, software);
    QCOMPARE(int(parsed(test::sample(sample)).software), software);
}

void TestWms::timesAreReadAndNonsenseIsLeftOut()
{
    const auto at = [](const char16_t *text) { return parseDimensionTime(QStringView(text)); };
    QCOMPARE(at(u"1992")->toString(Qt::ISODate), u"1992-01-01T00:00:00Z"_s);
    QCOMPARE(at(u"2017Z")->date(), QDate(2017, 1, 1));
    QCOMPARE(at(u"2006-06")->date(), QDate(2006, 6, 1));
    QCOMPARE(at(u"20110805")->date(), QDate(2011, 8, 5));
    QCOMPARE(at(u"2015-04-27T16:15:00")->toString(Qt::ISODate), u"2015-04-27T16:15:00Z"_s);
    QCOMPARE(at(u"2015-04-27T16:15:00+02:00")->toString(Qt::ISODate), u"2015-04-27T14:15:00Z"_s);
    QCOMPARE(at(u"2015-04-27T16Z")->toString(Qt::ISODate), u"2015-04-27T16:00:00Z"_s);
    for (const auto *wrong : {u"", u"current", u"2017-13", u"2015-02-30", u"gestern", u"17"})
        QVERIFY2(!at(wrong), qPrintable(QString(wrong)));
    QCOMPARE(parsePeriod(u"P1Y2M"), (TimePeriod{14, 0}));
    QCOMPARE(parsePeriod(u"P1DT12H"), (TimePeriod{0, 129600}));
    QCOMPARE(parsePeriod(u"PT5M"), (TimePeriod{0, 300}));
    for (const auto *wrong : {u"P", u"PT", u"PBAD", u"P0D", u"1D", u"PT0S", u""})
        QVERIFY2(!parsePeriod(QStringView(wrong)), qPrintable(QString(wrong)));
    const auto items = parseDimensionItems(u"2015, gestern,2016/2018/P1Y,2019/PBAD,2020/2021/PBAD,", true);
    QCOMPARE(items,
             (std::vector<DimensionItem>{{u"2015"_s}, {u"2016"_s, u"2018"_s, u"P1Y"_s}, {u"2020"_s, u"2021"_s}}));
}

void TestWms::rangesOfTimeAreWrittenOut_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("values");
    QTest::newRow("years") << u"time"_s << u"1990/1993/P1Y"_s << u"1990 1991 1992 1993"_s;
    QTest::newRow("months") << u"time"_s << u"2020-11/2021-01/P1M"_s << u"2020-11 2020-12 2021-01"_s;
    QTest::newRow("month ends") << u"time"_s << u"2020-01-31/2020-03-31/P1M"_s << u"2020-01-31 2020-02-29 2020-03-31"_s;
    QTest::newRow("minutes") << u"time"_s << u"2015-04-27T16:15:00Z/2015-04-27T16:50:00Z/PT15M"_s
                             << u"2015-04-27T16:15:00Z 2015-04-27T16:30:00Z 2015-04-27T16:45:00Z"_s;
    QTest::newRow("list and range") << u"time"_s << u"1980,1990/1991/P1Y,1991"_s << u"1980 1990 1991"_s;
    QTest::newRow("no period: the ends") << u"time"_s << u"1990/1993/P"_s << u"1990 1993"_s;
    QTest::newRow("one instant as a range") << u"time"_s << u"2017Z/2017Z/P1Y"_s << u"2017Z"_s;
    QTest::newRow("elevations") << u"elevation"_s << u"0,1000,3000"_s << u"0 1000 3000"_s;
    QTest::newRow("elevations in steps") << u"elevation"_s << u"0/1/0.25"_s << u"0 0.25 0.5 0.75 1"_s;
    QTest::newRow("elevations without steps") << u"elevation"_s << u"0/3500/0"_s << u"0 3500"_s;
}

void TestWms::rangesOfTimeAreWrittenOut()
{
    QFETCH(QString, name);
    QFETCH(QString, written);
    QFETCH(QString, values);
    WmsDimension dimension{.name = name};
    dimension.items = parseDimensionItems(written, dimension.isTime());
    QCOMPARE(dimensionValues(dimension).join(u' '), values);
    // 25 years in steps of five minutes: the newest, and quickly
    WmsDimension long_{.name = u"time"_s};
    long_.items = parseDimensionItems(u"1995-01-01T00:00:00Z/2019-12-31T00:00:00Z/PT5M", true);
    const auto newest = dimensionValues(long_, 3);
    QCOMPARE(newest, (QStringList{u"2019-12-30T23:50:00Z"_s, u"2019-12-30T23:55:00Z"_s, u"2019-12-31T00:00:00Z"_s}));
}

void TestWms::dimensionsOf111ComeFromTwoElements()
{
    NEED_SAMPLES();
    const auto layer = *findLayer(parsed(sample(u"wms-caps/mesonet_111.xml"_s)).layers, u"time_idx"_s);
    QCOMPARE(int(layer.dimensions.size()), 1);
    QCOMPARE(layer.dimensions[0].units, u"ISO8601"_s);
    QCOMPARE(layer.dimensions[0].defaultValue, u"2006-06-23T03:10:00Z"_s);
    QCOMPARE(layer.dimensions[0].items, (std::vector<DimensionItem>{{u"1995-01-01"_s, u"2013-12-31"_s, u"PT5M"_s}}));
    const auto bad = *findLayer(parsed(sample(u"wms-caps/bad_datetime.xml"_s)).layers, u"single_period"_s);
    QCOMPARE(bad.dimensions.at(0).items.at(0).step, QString());
    QCOMPARE(dimensionValues(bad.dimensions.at(0)).size(), 2);
}

void TestWms::mapAddressHasTheAxesThatTheVersionWants_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QString>("crs");
    QTest::addColumn<QString>("expected");
    const auto eastFirst = u"BBOX=610000.5,5969000,611000,5970000"_s;
    const auto northFirst = u"BBOX=5969000,610000.5,5970000,611000"_s;
    QTest::newRow("1.3.0 UTM 32") << "1.3.0"_ba << u"EPSG:25832"_s << u"CRS=EPSG:25832&"_s + eastFirst;
    QTest::newRow("1.3.0 UTM 33") << "1.3.0"_ba << u"EPSG:25833"_s << u"CRS=EPSG:25833&"_s + eastFirst;
    QTest::newRow("1.3.0 UTM 32 north first") << "1.3.0"_ba << u"EPSG:3044"_s << u"CRS=EPSG:3044&"_s + northFirst;
    QTest::newRow("1.3.0 Gauß-Krüger") << "1.3.0"_ba << u"EPSG:31467"_s << u"CRS=EPSG:31467&"_s + northFirst;
    QTest::newRow("1.3.0 4326") << "1.3.0"_ba << u"EPSG:4326"_s << u"CRS=EPSG:4326&"_s + northFirst;
    QTest::newRow("1.3.0 CRS:84") << "1.3.0"_ba << u"CRS:84"_s << u"CRS=CRS:84&"_s + eastFirst;
    QTest::newRow("1.3.0 Mercator") << "1.3.0"_ba << u"EPSG:3857"_s << u"CRS=EPSG:3857&"_s + eastFirst;
    QTest::newRow("1.3.0 Mercator of Esri") << "1.3.0"_ba << u"EPSG:102100"_s << u"CRS=EPSG:102100&"_s + eastFirst;
    QTest::newRow("1.1.1 4326") << "1.1.1"_ba << u"EPSG:4326"_s << u"SRS=EPSG:4326&"_s + eastFirst;
    QTest::newRow("1.1.1 Gauß-Krüger") << "1.1.1"_ba << u"EPSG:31467"_s << u"SRS=EPSG:31467&"_s + eastFirst;
}

void TestWms::mapAddressHasTheAxesThatTheVersionWants()
{
    QFETCH(QByteArray, version);
    QFETCH(QString, crs);
    QFETCH(QString, expected);
    const auto url = wmsMapUrl(parsed(caps(plainLayer, version)), luebeck(crs)).toString(QUrl::FullyEncoded);
    QVERIFY2(url.contains(expected), qPrintable(url));
    auto against = luebeck(crs);
    against.northFirst = !expected.contains("BBOX=5969000"_L1); // a server that does not obey
    QVERIFY(!wmsMapUrl(parsed(caps(plainLayer, version)), against).toString().contains(expected));
    QVERIFY(url.contains("VERSION="_L1 + QString::fromLatin1(version)));
    QCOMPARE(numberText(1e-7), u"0.0000001"_s);
    QCOMPARE(numberText(123456789012.5), u"123456789012.5"_s);
    QCOMPARE(numberText(-0.0), u"0"_s);
}

void TestWms::addressesAreMergedWithWhatTheyHave_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QString>("start");
    QTest::newRow("question mark") << "https://a.de/wms?"_ba
                                   << u"https://a.de/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&"_s;
    QTest::newRow("none") << "https://a.de/wms"_ba << u"https://a.de/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&"_s;
    QTest::newRow("ends in &") << "https://a.de/wms?map=/x/y.map&"_ba
                               << u"https://a.de/wms?map=/x/y.map&SERVICE=WMS&VERSION=1.3.0&"_s;
    QTest::newRow("service in any case") << "https://a.de/wms?service=wms&Request=GetCapabilities&MAP=a"_ba
                                         << u"https://a.de/wms?MAP=a&SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&"_s;
    QTest::newRow("escaped values stay") << "https://a.de/wms?key=a%2Bb%26c"_ba
                                         << u"https://a.de/wms?key=a%2Bb%26c&SERVICE=WMS&"_s;
}

void TestWms::addressesAreMergedWithWhatTheyHave()
{
    QFETCH(QByteArray, base);
    QFETCH(QString, start);
    const auto service = parsed(caps(plainLayer, "1.3.0", base), QUrl(u"https://a.de/caps.xml"_s));
    const auto url = wmsMapUrl(service, luebeck(u"EPSG:25832"_s)).toString(QUrl::FullyEncoded);
    QVERIFY2(url.startsWith(start), qPrintable(url));
    QVERIFY(url.contains("&STYLES=&"_L1) && url.contains("&WIDTH=512&HEIGHT=512&"_L1));
}

void TestWms::wrongAddressesAreMended_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("expected");
    QTest::newRow("http of the same host")
        << u"http://a.de/wms?"_s << u"https://a.de/wms?REQUEST=GetCapabilities"_s << u"https://a.de/wms"_s;
    QTest::newRow("with port 80") << u"http://a.de:80/wms"_s << u"https://a.de/wms"_s << u"https://a.de/wms"_s;
    QTest::newRow("https stays") << u"https://a.de/wms"_s << u"http://a.de/wms"_s << u"https://a.de/wms"_s;
    QTest::newRow("another host stays") << u"http://b.de/wms"_s << u"https://a.de/wms"_s << u"http://b.de/wms"_s;
    QTest::newRow("localhost") << u"http://localhost:8080/geoserver/wms?SERVICE=WMS&"_s << u"https://a.de/geo/wms"_s
                               << u"https://a.de/geoserver/wms?SERVICE=WMS"_s;
    QTest::newRow("token is kept") << u"https://a.de/wms?"_s
                                   << u"https://a.de/wms?REQUEST=GetCapabilities&authkey=1%2B2"_s
                                   << u"https://a.de/wms?authkey=1%2B2"_s;
    QTest::newRow("token stays with us") << u"https://b.de/wms?"_s << u"https://a.de/wms?authkey=1"_s
                                         << u"https://b.de/wms?"_s;
    QTest::newRow("missing") << QString() << u"https://a.de/wms?request=GetCapabilities&map=x"_s
                             << u"https://a.de/wms?map=x"_s;
    QTest::newRow("relative") << u"/wms2?"_s << u"https://a.de/wms"_s << u"https://a.de/wms2"_s;
    QTest::newRow("no web address") << u"file:///etc/passwd"_s << u"https://a.de/wms"_s << u"https://a.de/wms"_s;
    QTest::newRow("script") << u"javascript:alert(1)"_s << u"https://a.de/wms"_s << u"https://a.de/wms"_s;
}

void TestWms::wrongAddressesAreMended()
{
    QFETCH(QString, written);
    QFETCH(QString, from);
    QFETCH(QString, expected);
    QCOMPARE(operationUrl(written, QUrl(from)).toString(QUrl::FullyEncoded), expected);
}

void TestWms::infoAddressNamesThePixelAsTheVersionDoes()
{
    WmsInfoRequest request{
        .map = luebeck(u"EPSG:25832"_s), .pixel = {10, 20}, .format = u"text/xml; subtype=gml/3.1.1"_s};
    const auto modern = wmsInfoUrl(parsed(caps(plainLayer)), request).toString(QUrl::FullyEncoded);
    QVERIFY2(modern.endsWith(
                 "QUERY_LAYERS=laerm&INFO_FORMAT=text/xml%3B%20subtype%3Dgml/3.1.1&FEATURE_COUNT=10&I=10&J=20"_L1),
             qPrintable(modern));
    QVERIFY(modern.contains("REQUEST=GetFeatureInfo"_L1) && !modern.contains("GetMap"_L1));
    request.layers = {u"a"_s, u"b"_s};
    const auto old = wmsInfoUrl(parsed(caps(plainLayer, "1.1.1")), request).toString(QUrl::FullyEncoded);
    QVERIFY2(old.contains("QUERY_LAYERS=a,b&"_L1) && old.endsWith("&X=10&Y=20"_L1), qPrintable(old));
}

void TestWms::legendAddressIsTheStylesOwnOrAsked()
{
    const auto service = parsed(caps(R"(<Layer><Name>a</Name><Style><Name>s</Name><LegendURL><Format>image/png</Format>
<OnlineResource xlink:href="http://karten.example.org/s.png"/></LegendURL></Style><Style><Name>t</Name></Style></Layer>)"));
    const auto &layer = service.layers.at(0);
    QCOMPARE(wmsLegendUrl(service, layer).toString(), u"https://karten.example.org/s.png"_s);
    QCOMPARE(wmsLegendUrl(service, layer, u"t"_s).toString(),
             u"https://karten.example.org/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetLegendGraphic&LAYER=a"
             "&FORMAT=image/png&STYLE=t&SLD_VERSION=1.1.0"_s);
    QVERIFY(wmsLegendUrl(service, WmsLayer{.title = u"Ordner"_s}).isEmpty());
}

void TestWms::linksThatAreNoneAreDropped()
{
    const auto layer = parsed(caps(R"(<Layer><Name>a</Name><Attribution><Title>x</Title>
<OnlineResource xlink:href="javascript:alert"/><LogoURL><OnlineResource xlink:href="file:///etc/passwd"/></LogoURL></Attribution>
<MetadataURL><OnlineResource xlink:href="data:text/html,x"/></MetadataURL><MetadataURL><OnlineResource xlink:href="../md?a=1"/></MetadataURL>
<Style><LegendURL><OnlineResource xlink:href="file:///x.png"/></LegendURL></Style></Layer>)"))
                           .layers.at(0);
    QVERIFY(layer.attribution.url.isEmpty() && layer.attribution.logoUrl.isEmpty());
    QVERIFY(layer.styles.at(0).legendUrls.isEmpty());
    QStringList metadata;
    for (const auto &link : layer.metadata)
        metadata.append(link.url);
    QCOMPARE(metadata.join(u' '), u"https://karten.example.org/md?a=1"_s);
    QCOMPARE(webLink(u"www.luebeck.de"_s), u"http://www.luebeck.de"_s);
}

void TestWms::specialCharactersInNamesAreEscaped()
{
    auto request = luebeck(u"EPSG:25832"_s);
    request.layers = {u"Lärm & Straße+100%"_s, u"ns:b"_s};
    request.format = u"image/svg+xml"_s;
    request.dimensions = {{u"time"_s, u"2020-01-01T00:00:00Z"_s}, {u"szenario"_s, u"RCP 8.5"_s}};
    request.dpi = 300;
    auto service = parsed(caps(plainLayer));
    service.software = ServerSoftware::GeoServer;
    const auto url = wmsMapUrl(service, request);
    const auto text = url.toString(QUrl::FullyEncoded);
    QVERIFY2(text.contains("LAYERS=L%C3%A4rm%20%26%20Stra%C3%9Fe%2B100%25,ns:b&STYLES=,&"_L1), qPrintable(text));
    QVERIFY(text.contains("FORMAT=image/svg%2Bxml&"_L1));
    QVERIFY2(text.contains("&TIME=2020-01-01T00:00:00Z&DIM_SZENARIO=RCP%208.5&FORMAT_OPTIONS=dpi:300"_L1),
             qPrintable(text));
    QCOMPARE(parameter(url, u"layers"), u"Lärm & Straße+100%,ns:b"_s);
    QCOMPARE(endpointOf(url).toString(),
             u"https://karten.example.org/wms?TIME=2020-01-01T00:00:00Z&DIM_SZENARIO=RCP 8.5"
             "&FORMAT_OPTIONS=dpi:300"_s);
}

void TestWms::crsIsTheWantedOneOrANearOne()
{
    const auto layer = [](const QStringList &crs) { return WmsLayer{.name = u"a"_s, .crs = crs}; };
    QCOMPARE(wmsCrsFor(layer({u"EPSG:4326"_s, u"epsg:25832"_s}), Crs::working()), u"epsg:25832"_s);
    QCOMPARE(wmsCrsFor(layer({u"EPSG:4326"_s, u"EPSG:3857"_s}), Crs::working()), u"EPSG:3857"_s);
    QCOMPARE(wmsCrsFor(layer({u"AUTO:42001"_s, u"EPSG:0"_s, u"EPSG:28992"_s}), Crs::working()), u"EPSG:28992"_s);
    QCOMPARE(wmsCrsFor(layer({u"EPSG:0"_s}), Crs::working()), QString());
    QVERIFY(!serviceCrs(u"EPSG:0"_s).isValid());
    QCOMPARE(serviceCrs(u"urn:ogc:def:crs:EPSG:6.18:3:3857"_s).epsg(), 3857);
    QCOMPARE(serviceCrs(u"http://www.opengis.net/def/crs/EPSG/0/25832"_s).epsg(), 25832);
    for (const auto &name : {u"CRS:84"_s, u"urn:ogc:def:crs:OGC:1.3:CRS84"_s, u"urn:ogc:def:crs:OGC::CRS84"_s,
                             u"urn:ogc:def:crs:CRS::84"_s, u"http://www.opengis.net/def/crs/OGC/1.3/CRS84"_s,
                             u"urn:ogc:def:crs:OGC:2:84"_s}) {
        QVERIFY2(serviceCrs(name).isGeographic() && !serviceCrs(name).northingFirst(), qPrintable(name));
    }
    QCOMPARE(serviceCrs(u"urn:adv:crs:ETRS89_UTM32"_s).epsg(), 25832);
    QCOMPARE(serviceCrs(u"urn:adv:crs:ETRS89_Lat-Lon"_s).epsg(), 4258);
    QVERIFY(serviceCrs(u"urn:adv:crs:ETRS89_UTM32_N-E"_s).northingFirst());
    QCOMPARE(serviceCrs(u"http://www.opengis.net/gml/srs/epsg.xml#31467"_s).epsg(), 31467);
    QCOMPARE(serviceCrs(u"urn:x-ogc:def:crs:EPSG:4326"_s).epsg(), 4326);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 100; ++i)
        for (const auto &start : {u"urn:adv:crs:X"_s, u"EPSG:99999"_s, u"X:"_s, u"Karte "_s})
            QVERIFY(!serviceCrs(start + QString::number(i)).isValid());
    QVERIFY2(timer.elapsed() < 5000, "unknown names are not searched for");
    QCOMPARE(crsUrn(u"EPSG:25832"_s), u"urn:ogc:def:crs:EPSG::25832"_s);
    QCOMPARE(crsUrl(u"CRS:84"_s), u"http://www.opengis.net/def/crs/OGC/1.3/CRS84"_s);
    QCOMPARE(wmsFormatFor({.mapFormats = {u"image/gif"_s, u"image/png; mode=8bit"_s}}, false),
             u"image/png; mode=8bit"_s);
    QCOMPARE(wmsFormatFor({.mapFormats = {u"image/png"_s, u"image/jpeg"_s}}, true), u"image/jpeg"_s);
    QCOMPARE(wmsInfoFormatFor({.infoFormats = {u"text/html"_s, u"text/xml;subtype=gml/3.2.1"_s}}), u"text/html"_s);
    QCOMPARE(wmsInfoFormatFor({.infoFormats = {u"text/html"_s, u"application/json"_s}}), u"application/json"_s);
}

void TestWms::wrongDocumentsSayWhatTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("kind");
    QTest::newRow("nothing") << QByteArray() << u"empty"_s << int(ErrorKind::Malformed);
    QTest::newRow("web page") << "<!DOCTYPE html><html><head><title>502 Bad Gateway</title>"_ba << u"502 Bad Gateway"_s
                              << int(ErrorKind::Malformed);
    QTest::newRow("WFS") << "<?xml version='1.0'?><wfs:WFS_Capabilities xmlns:wfs='x'/>"_ba << u"<WFS_Capabilities>"_s
                         << int(ErrorKind::Malformed);
    QTest::newRow("1.1.1 exception")
        << "<?xml version='1.0'?><ServiceExceptionReport><ServiceException code='LayerNotDefined'>"
           " Layer x gibt\n es nicht </ServiceException></ServiceExceptionReport>"_ba
        << u"Layer x gibt es nicht"_s << int(ErrorKind::Network);
    QTest::newRow("JSON") << "{\"a\":1}"_ba << u"JSON"_s << int(ErrorKind::Malformed);
    QTest::newRow("MapServer line") << "msWMSDispatch(): WMS server error. Incomplete WMS request"_ba
                                    << u"Incomplete WMS request"_s << int(ErrorKind::Network);
    QTest::newRow("image") << "\x89PNG\r\n\x1a\nxyz"_ba << u"image"_s << int(ErrorKind::Malformed);
    QTest::newRow("broken off") << "<WMS_Capabilities><Service><Title>"_ba << u"breaks off"_s
                                << int(ErrorKind::Malformed);
    QTest::newRow("text") << "Zugriff verweigert"_ba << u"Zugriff verweigert"_s << int(ErrorKind::Malformed);
}

void TestWms::wrongDocumentsSayWhatTheyAre()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    QFETCH(int, kind);
    const auto result = parseWmsCapabilities(bytes, somewhere);
    VERIFY_FAILS(result, ErrorKind(kind));
    const auto all = result.error().what + result.error().detail;
    QVERIFY2(all.contains(words), qPrintable(all));
}

void TestWms::encodingsAreReadAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto body =
        u"<WMS_Capabilities version='1.3.0'><Service><Title>Straßenlärm</Title></Service></WMS_Capabilities>"_s;
    QTest::newRow("UTF-8, undeclared") << body.toUtf8();
    QTest::newRow("UTF-8 with mark") << "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>" + body.toUtf8();
    QTest::newRow("ISO-8859-1") << "<?xml version='1.0' encoding='ISO-8859-1'?>" + body.toLatin1();
    QTest::newRow("ISO-8859-1, undeclared") << body.toLatin1();
    QTest::newRow("ISO-8859-1 that claims UTF-8") << "<?xml version='1.0' encoding='UTF-8'?>" + body.toLatin1();
    QTest::newRow("a mark that lies") << "\xFF\xFE<?xml version='1.0' encoding='ISO-8859-1'?>" + body.toLatin1();
    QTest::newRow("blank lines first") << "\r\n \n<?xml version='1.0' encoding='utf-8'?>" + body.toUtf8();
    const auto wide = QChar(0xFEFF) + body;
    QTest::newRow("UTF-16") << QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
}

void TestWms::encodingsAreReadAsTheyAre()
{
    QFETCH(QByteArray, bytes);
    const auto result = parseWmsCapabilities(bytes, somewhere);
    VERIFY_RESULT(result);
    QCOMPARE(result->service.title, u"Straßenlärm"_s);
}

void TestWms::hostileDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("entity")
        << "<?xml version='1.0'?><!DOCTYPE WMS_Capabilities [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
           "<WMS_Capabilities><Service><Title>&a;</Title></Service></WMS_Capabilities>"_ba
        << int(ErrorKind::Malformed);
    QTest::newRow("entities that grow") << "<!DOCTYPE WMS_Capabilities [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"
                                           "<WMS_Capabilities>&b;</WMS_Capabilities>"_ba
                                        << int(ErrorKind::Malformed);
    QTest::newRow("deep layers") << caps(QByteArray("<Layer>").repeated(300) + QByteArray("</Layer>").repeated(300))
                                 << int(ErrorKind::TooLarge);
    QTest::newRow("deep elements") << caps(QByteArray("<x>").repeated(9000) + QByteArray("</x>").repeated(9000))
                                   << int(ErrorKind::TooLarge);
    QTest::newRow("layers without end") << caps(QByteArray("<Layer/>").repeated(21000)) << int(ErrorKind::TooLarge);
    QByteArray many;
    for (int i = 0; i < 4000; ++i)
        many += " EPSG:" + QByteArray::number(100000 + i);
    QByteArray growing = "<Layer><CRS>" + many + "</CRS>";
    for (int i = 0; i < 400; ++i)
        growing += "<Layer><CRS>X:" + QByteArray::number(i) + "</CRS></Layer>";
    QTest::newRow("inherited lists that grow") << caps(growing + "</Layer>") << int(ErrorKind::TooLarge);
}

void TestWms::hostileDocumentsAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    VERIFY_FAILS(parseWmsCapabilities(bytes, somewhere), ErrorKind(kind));
}

void TestWms::gridCoversWithoutGapsAndOverlaps()
{
    const auto grid = ImageGrid::forCrs(Crs::working());
    const Extent view{610907.3, 5969876.1, 613907.3, 5971876.1};
    const auto level = grid.levelFor(2.2);
    QCOMPARE(level, 13);
    QCOMPARE(grid.resolution(level), 2.0);
    const auto tiles = grid.tilesCovering(view, level);
    QCOMPARE(int(tiles.size()), int(grid.countCovering(view, level)));
    Extent all;
    double area = 0;
    for (const auto &tile : tiles) {
        const auto extent = grid.extentOf(tile);
        QVERIFY(extent.intersects(view));
        QCOMPARE(grid.tileAt(level, extent.centre()), tile);
        all.add(extent);
        area += extent.width() * extent.height();
    }
    QVERIFY(all.contains(view));
    QCOMPARE(area, all.width() * all.height());
    QVERIFY(grid.extentOf(tiles.front()).contains(view.centre()));
    // an extent that is exactly one tile is that tile
    QCOMPARE(grid.tilesCovering(grid.extentOf({9, -3, 5}), 9), (std::vector<ImageTile>{{9, -3, 5}}));
    QCOMPARE(tileKey({9, -3, 5}), u"9/-3/5"_s);
}

void TestWms::gridIsFixedWhateverTheView()
{
    const auto grid = ImageGrid::forCrs(Crs::working());
    for (int step = 0; step < 50; ++step) {
        const double shift = step * 7.3;
        const auto tiles = grid.tilesCovering({610000 + shift, 5969000, 610100 + shift, 5969100}, 14);
        for (const auto &tile : tiles) {
            const double left = grid.extentOf(tile).xMin;
            QCOMPARE(std::fmod(left, grid.resolution(14) * grid.tileSize), 0.0);
        }
    }
    QCOMPARE(grid.levelFor(0), 0);
    QCOMPARE(grid.levelFor(1e-30), grid.finest);
    QCOMPARE(grid.levelFor(1e30), 0);
    QCOMPARE(ImageGrid::forCrs(Crs::fromEpsg(4326)).coarsest, 0.125);
    QCOMPARE(ImageGrid::forCrs(Crs::working(), 300).tileSize, 256);
}

void TestWms::gridRefusesMoreThanAsked()
{
    const auto grid = ImageGrid::forCrs(Crs::working());
    const Extent wide{0, 0, 1e7, 1e7};
    QVERIFY(grid.tilesCovering(wide, 20).empty());
    QVERIFY(grid.countCovering(wide, 20) > 1000000);
    QVERIFY(grid.tilesCovering(Extent(), 5).empty());
    QCOMPARE(grid.countCovering(Extent(), 5), 0);
    QVERIFY(grid.tilesCovering({0, 0, std::numeric_limits<double>::infinity(), 1}, 5).empty());
}

QTEST_GUILESS_MAIN(TestWms)
#include "tst_wms.moc"
