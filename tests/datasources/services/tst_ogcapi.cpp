// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/jsonmembers.h"
#include "datasources/services/ogcapi.h"
#include "datasources/services/serviceurl.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl api(u"https://api.example.org/v1/laerm/?f=json"_s);

OgcApiCollection noise()
{
    const auto result = parseOgcApiCollections(R"({"crs":["http://www.opengis.net/def/crs/EPSG/0/3857"],"collections":[
{"id":"lärm tag","extent":{"spatial":{"bbox":[[9,53,0,11,54,100]]},"temporal":{"interval":[["2022-01-01T00:00:00Z",null]]}},
 "crs":["#/crs","http://www.opengis.net/def/crs/OGC/1.3/CRS84","http://www.opengis.net/def/crs/EPSG/0/25832","http://www.opengis.net/def/crs/EPSG/0/4258"],
 "storageCrs":"http://www.opengis.net/def/crs/EPSG/0/25832","links":[{"rel":"http://www.opengis.net/def/rel/ogc/1.0/queryables","href":"q"}]},
{"title":"ohne Kennung"},{"id":"bild","itemType":"record"}]})",
                                               QUrl(u"https://api.example.org/v1/collections?f=json"_s));
    return result ? result->front() : OgcApiCollection();
}

} // namespace

class TestOgcApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void landingNamesItsParts();
    void landingWithoutLinksIsLookedUpBeside();
    void conformanceTellsWhatCanBeAsked();
    void collectionsOfTheStandardAreRead();
    void collectionHasItsSystemsAndExtent();
    void queryablesHaveTypes();
    void itemsAreAskedForAsWanted();
    void boxesHaveTheAxesOfTheirSystem();
    void everySampleOfItemsTellsItsNumbers_data();
    void everySampleOfItemsTellsItsNumbers();
    void nextPagesAreFollowedAndEnd_data();
    void nextPagesAreFollowedAndEnd();
    void wrongAnswersAreErrors_data();
    void wrongAnswersAreErrors();
    void membersAreFoundInHugeAnswers();
};

void TestOgcApi::landingNamesItsParts()
{
    NEED_SAMPLES();
    const auto landing = parseOgcApiLanding(sample(u"ogcapi/landing.json"_s), api);
    VERIFY_RESULT(landing);
    QCOMPARE(landing->title, u"Some Title for this API"_s);
    QCOMPARE(landing->collectionsUrl.toString(), u"http://www.acme.com/3.0/wfs/collections?f=application/json"_s);
    QCOMPARE(landing->conformanceUrl.toString(), u"http://www.acme.com/3.0/wfs/conformance?f=application/json"_s);
    const auto rels = namesIn(factOf(u"ogcapi/landing.json"_s, u"links rel=(\\S+)"_s));
    for (qsizetype i = 0; i < rels.size(); ++i)
        QCOMPARE(landing->links[std::size_t(i)].rel, rels[i]);
    QCOMPARE(int(landing->links.size()), rels.size() + factOf(u"ogcapi/landing.json"_s, u"\\(\\+(\\d+)\\)"_s).toInt());
}

void TestOgcApi::landingWithoutLinksIsLookedUpBeside()
{
    const auto landing = parseOgcApiLanding(R"({"title":"x","links":[{"rel":"data","href":"javascript:1"}]})", api);
    VERIFY_RESULT(landing);
    QCOMPARE(landing->collectionsUrl.toString(), u"https://api.example.org/v1/laerm/collections?f=json"_s);
    const auto relative = parseOgcApiLanding(R"({"links":[{"rel":"data","href":"../c"}]})", api);
    QCOMPARE(relative->collectionsUrl.toString(), u"https://api.example.org/v1/c"_s);
}

void TestOgcApi::conformanceTellsWhatCanBeAsked()
{
    const auto conformance =
        parseOgcApiConformance(R"({"conformsTo":["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs","http://www.opengis.net/spec/cql2/1.0/conf/cql2-text"]})");
    VERIFY_RESULT(conformance);
    QVERIFY(conformance->features && conformance->otherCrs && conformance->cql2Text && !conformance->filter);
    VERIFY_FAILS(parseOgcApiConformance("{\"a\":1}"), ErrorKind::Malformed);
}

void TestOgcApi::collectionsOfTheStandardAreRead()
{
    NEED_SAMPLES();
    const auto collections = parseOgcApiCollections(sample(u"ogcapi/collections.json"_s), api);
    VERIFY_RESULT(collections);
    QStringList ids;
    for (const auto &collection : *collections)
        ids.append(collection.id);
    QCOMPARE(ids, namesIn(factOf(u"ogcapi/collections.json"_s, u"collections=(\\S+)"_s)));
    const auto &first = collections->front();
    QCOMPARE(first.title, u"Airport Facilities Points"_s);
    QCOMPARE(first.geographicBox, (Extent{-179.878326416016, -54.9311103820801, 179.339859008789, 79.52944183349609}));
    QCOMPARE(first.from, u"2017-01-01T00:00:00Z"_s);
    QCOMPARE(first.itemsUrl.toString(QUrl::FullyEncoded),
             u"http://www.acme.com/3.0/wfs/collections/aerofacp_1m/items?f=application%2Fgeo%2Bjson"_s);
    QVERIFY(first.hasFeatures() && first.queryablesUrl.isEmpty());
    QCOMPARE(first.crs, QStringList{u"http://www.opengis.net/def/crs/OGC/1.3/CRS84"_s});
    // what the link says stays, and no second format is asked for
    const auto url = ogcApiItemsUrl(first, {.limit = 10}).toString(QUrl::FullyEncoded);
    QCOMPARE(url, u"http://www.acme.com/3.0/wfs/collections/aerofacp_1m/items?f=application%2Fgeo%2Bjson&limit=10"_s);
}

void TestOgcApi::collectionHasItsSystemsAndExtent()
{
    const auto collection = noise();
    QCOMPARE(collection.title, u"lärm tag"_s);
    QCOMPARE(collection.geographicBox, (Extent{9, 53, 11, 54})); // six numbers: heights are left out
    QCOMPARE(collection.until, QString());
    QCOMPARE(collection.crs.size(), 4);
    QCOMPARE(collection.crs.first(), u"http://www.opengis.net/def/crs/EPSG/0/3857"_s);
    QCOMPARE(ogcApiCrsFor(collection, Crs::working()), u"http://www.opengis.net/def/crs/EPSG/0/25832"_s);
    QCOMPARE(ogcApiCrsFor(collection, Crs::fromEpsg(31467)), QString());
    QCOMPARE(collection.itemsUrl.toString(QUrl::FullyEncoded),
             u"https://api.example.org/v1/collections/l%C3%A4rm%20tag/items?f=json"_s);
    QCOMPARE(collection.queryablesUrl.toString(), u"https://api.example.org/v1/q"_s);
    const auto single = parseOgcApiCollections(R"({"id":"a","links":[]})", QUrl(u"https://x.de/collections/a"_s));
    VERIFY_RESULT(single);
    QCOMPARE(single->front().itemsUrl.toString(), u"https://x.de/collections/a/items"_s);
}

void TestOgcApi::queryablesHaveTypes()
{
    const auto queryables = parseOgcApiQueryables(R"({"type":"object","properties":{
"ort":{"type":"string","title":"Ort","enum":["Lübeck","Kiel"]},"geom":{"$ref":"https://geojson.org/schema/Point.json"},
"pegel":{"type":["number","null"]},"tag":{"type":"string","format":"date"},"zeit":{"type":"string","format":"date-time"},
"nr":{"type":"integer"},"form":{"format":"geometry-polygon"},"an":{"type":"boolean"}}})");
    VERIFY_RESULT(queryables);
    const auto of = [&](const QString &name) { return *std::ranges::find(*queryables, name, &OgcApiQueryable::name); };
    QCOMPARE(int(queryables->size()), 8);
    QCOMPARE(of(u"ort"_s), (OgcApiQueryable{u"ort"_s, u"Ort"_s, FieldType::Text, false, {u"Lübeck"_s, u"Kiel"_s}}));
    QVERIFY(of(u"geom"_s).geometry && of(u"form"_s).geometry && !of(u"nr"_s).geometry);
    QCOMPARE(of(u"pegel"_s).type, FieldType::Real);
    QCOMPARE(of(u"tag"_s).type, FieldType::Date);
    QCOMPARE(of(u"zeit"_s).type, FieldType::DateTime);
    QCOMPARE(of(u"nr"_s).type, FieldType::Integer);
    QCOMPARE(of(u"an"_s).type, FieldType::Boolean);
}

void TestOgcApi::itemsAreAskedForAsWanted()
{
    OgcApiItemsRequest request{.crs = u"http://www.opengis.net/def/crs/EPSG/0/25832"_s, .datetime = u"2024-01-01/.."_s};
    request.filter = {FieldComparison{u"db_lo"_s, Comparison::GreaterOrEqual, 65}};
    request.properties = {{u"ort"_s, u"St. Jürgen & Co"_s}};
    QCOMPARE(ogcApiItemsUrl(noise(), request).toString(QUrl::FullyEncoded),
             u"https://api.example.org/v1/collections/l%C3%A4rm%20tag/items?f=json"
             "&crs=http://www.opengis.net/def/crs/EPSG/0/25832&datetime=2024-01-01/..&filter-lang=cql2-text"
             "&filter=%22db_lo%22%20%3E%3D%2065&ort=St.%20J%C3%BCrgen%20%26%20Co"_s);
    QVERIFY(!ogcApiItemsUrl(noise(), {}).toString().contains("limit"_L1)); // never guessed
}

void TestOgcApi::boxesHaveTheAxesOfTheirSystem()
{
    const auto query = [](const Extent &box, const QString &crs) {
        return ogcApiItemsUrl(noise(), {.extent = box, .extentCrs = crs}).toString(QUrl::FullyEncoded);
    };
    QVERIFY(query({10, 53, 11, 54}, {}).endsWith("&bbox=10,53,11,54"_L1));
    QVERIFY(query({10, 53, 11, 54}, u"http://www.opengis.net/def/crs/EPSG/0/4258"_s)
                .contains("&bbox=53,10,54,11&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4258"_L1));
    QVERIFY(query({600000, 5960000, 610000, 5970000}, u"http://www.opengis.net/def/crs/EPSG/0/25832"_s)
                .contains("&bbox=600000,5960000,610000,5970000&bbox-crs="_L1));
}

void TestOgcApi::everySampleOfItemsTellsItsNumbers_data()
{
    QTest::addColumn<QString>("sample");
    for (const auto &name : samplesOf(u"ogcapi"_s))
        if (name.endsWith(".geojson"_L1))
            QTest::newRow(qPrintable(name)) << name;
    if (samplesDir().isEmpty())
        QTest::newRow("no samples") << QString();
}

void TestOgcApi::everySampleOfItemsTellsItsNumbers()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto page = parseOgcApiPage(test::sample(sample), api);
    VERIFY_RESULT(page);
    const auto matched = factOf(sample, u"numberMatched=(\\d+)"_s);
    QCOMPARE(page->matched.value_or(-1), matched.isEmpty() ? -1 : matched.toInt());
    QCOMPARE(page->returned.value_or(-1), factOf(sample, u"features=(\\d+)"_s).toInt());
    QCOMPARE(page->timeStamp, factOf(sample, u"timeStamp=(\\S+)"_s));
    // the sample whose next link is empty cannot be followed, and its user must be told
    QCOMPARE(page->isIncomplete(*page->returned), sample.contains("page_9_of_10"_L1));
    QCOMPARE(page->next.isEmpty(), !sample.contains("hh_grundwasser"_L1));
}

void TestOgcApi::nextPagesAreFollowedAndEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("next");
    const auto page = [](const QByteArray &links, const QByteArray &features = "{}") {
        return "{\"features\":[" + features + "],\"links\":[" + links + "]}";
    };
    QTest::newRow("named") << page(R"({"rel":"next","href":"https://a.de/2"})") << u"https://a.de/2"_s;
    QTest::newRow("relative") << page(R"({"rel":"next","href":"?f=json&offset=10"})")
                              << u"https://api.example.org/v1/laerm/?f=json&offset=10"_s;
    QTest::newRow("GeoJSON before HTML") << page(
        R"({"rel":"next","type":"text/html","href":"https://a.de/h"},{"rel":"next","type":"application/geo+json","href":"https://a.de/j"})")
                                         << u"https://a.de/j"_s;
    QTest::newRow("the same page again") << page(R"({"rel":"next","href":"https://api.example.org/v1/laerm/?f=json"})")
                                         << QString();
    QTest::newRow("an empty page") << page(R"({"rel":"next","href":"https://a.de/2"})", "") << QString();
    QTest::newRow("no web address") << page(R"({"rel":"next","href":"file:///etc/passwd"})") << QString();
    QTest::newRow("none") << page(R"({"rel":"self","href":"https://a.de/2"})") << QString();
}

void TestOgcApi::nextPagesAreFollowedAndEnd()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, next);
    const auto page = parseOgcApiPage(bytes, api);
    VERIFY_RESULT(page);
    QCOMPARE(page->next.toString(), next);
}

void TestOgcApi::wrongAnswersAreErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QByteArray() << int(ErrorKind::Malformed) << u"empty"_s;
    QTest::newRow("page") << "<!DOCTYPE html><title>Portal</title>"_ba << int(ErrorKind::Malformed) << u"web page"_s;
    QTest::newRow("broken") << "{\"links\": [}, \"collections\": []}"_ba << int(ErrorKind::Malformed) << u"character"_s;
    QTest::newRow("list") << "[1,2]"_ba << int(ErrorKind::Malformed) << u"OGC API"_s;
    QTest::newRow("something else") << "{\"stations\": []}"_ba << int(ErrorKind::Malformed) << u"OGC API"_s;
    QTest::newRow("problem report")
        << R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"Das CRS gibt es nicht"})"_ba
        << int(ErrorKind::Network) << u"Das CRS gibt es nicht"_s;
    QTest::newRow("GML exception")
        << "<ExceptionReport><Exception><ExceptionText>nein</ExceptionText></Exception></ExceptionReport>"_ba
        << int(ErrorKind::Network) << u"nein"_s;
}

void TestOgcApi::wrongAnswersAreErrors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QFETCH(QString, words);
    const auto check = [&](const auto &result) {
        VERIFY_FAILS(result, ErrorKind(kind));
        QVERIFY2(result.error().what.contains(words), qPrintable(result.error().what));
    };
    check(parseOgcApiLanding(bytes, api));
    check(parseOgcApiCollections(bytes, api));
    const auto page = parseOgcApiPage(bytes, api);
    QVERIFY(!page && !page.error().what.isEmpty());
    QByteArray many = "{\"collections\":[" + QByteArray("{\"id\":\"a\"},").repeated(21000) + "{}]}";
    VERIFY_FAILS(parseOgcApiCollections(many, api), ErrorKind::TooLarge);
}

void TestOgcApi::membersAreFoundInHugeAnswers()
{
    QByteArray features;
    for (int i = 0; i < 20000; ++i)
        features +=
            R"({"type":"Feature","properties":{"a":"]}{[\"\\","numberMatched":7},"geometry":{"coordinates":[[1,2],[3,4]]}},)";
    features.chop(1);
    const QByteArray bytes =
        "\xEF\xBB\xBF {\"type\":\"FeatureCollection\",\"features\":[" + features + "],\"numberMatched\": 20001 }";
    const auto members = jsonMembers(bytes);
    VERIFY_RESULT(members);
    QCOMPARE(members->count("features"_L1), 20000);
    QCOMPARE(members->count("type"_L1), -1);
    QCOMPARE(members->text("numberMatched"_L1), u"20001"_s);
    QCOMPARE(members->text("type"_L1), u"FeatureCollection"_s);
    for (const auto length : {bytes.size() - 1, bytes.size() / 2, qsizetype(40)})
        VERIFY_FAILS(jsonMembers(bytes.first(length)), ErrorKind::Malformed);
    VERIFY_FAILS(jsonMembers(QByteArray("[").repeated(100000)), ErrorKind::Malformed);
    QVERIFY(jsonMembers("{\"a\":" + QByteArray("[").repeated(100000) + QByteArray("]").repeated(100000)
                        + "}")); // no recursion
}

QTEST_GUILESS_MAIN(TestOgcApi)
#include "tst_ogcapi.moc"
