// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/answer.h"
#include "datasources/services/servicecrs.h"
#include "datasources/services/serviceurl.h"
#include "datasources/services/wfsrequests.h"
#include "datasources/services/wfsschema.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl somewhere(u"https://daten.example.org/wfs?REQUEST=GetCapabilities&SERVICE=WFS"_s);

WfsCapabilities parsed(const QByteArray &bytes)
{
    const auto result = parseWfsCapabilities(bytes, somewhere);
    if (!result)
        qWarning("%s", qPrintable(toText(result.error())));
    return result.value_or(WfsCapabilities());
}

/** A service of no special kind. */
WfsCapabilities service(WfsVersion version)
{
    WfsCapabilities caps{.version = version};
    caps.featureUrl = caps.describeUrl = QUrl(u"https://d.de/wfs?"_s);
    caps.types.push_back(
        {.name = u"app:baum"_s,
         .title = u"Bäume"_s,
         .space = u"http://www.deegree.org/app"_s,
         .defaultCrs = u"urn:ogc:def:crs:EPSG::25832"_s,
         .otherCrs = {u"urn:ogc:def:crs:EPSG::4326"_s, u"EPSG:4326"_s, u"urn:ogc:def:crs:EPSG::31467"_s}});
    return caps;
}

QString address(const WfsCapabilities &caps, const WfsFeatureRequest &request)
{
    return QUrl::fromPercentEncoding(wfsFeatureUrl(caps, caps.types[0], request).toEncoded());
}

bool isWellFormed(const QString &text)
{
    QXmlStreamReader xml(text);
    while (!xml.atEnd())
        xml.readNext();
    return !xml.hasError();
}

FilterRule compare(const QString &field, Comparison comparison, const QVariant &value)
{
    return {FieldComparison{field, comparison, value}};
}

const WfsFeatureRequest luebeck{.extent = {602900, 5961000, 624900, 5984400}};

} // namespace

class TestWfs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySampleHasItsTypes_data() { addSampleRows(u"wfs-caps"_s); }
    void everySampleHasItsTypes();
    void prefixesGetTheirNamespaces();
    void operationsFormatsAndRulesAreRead();
    void limitsOfTheServerAreRead_data();
    void limitsOfTheServerAreRead();
    void formatIsOneThatCanBeRead();
    void schemaOfCologneHasUmlautsAndLengths();
    void schemaOfHamburgHasAnonymousTypes();
    void everySchemaTellsWhatProvenanceTells_data() { addSampleRows(u"wfs-describe"_s); }
    void everySchemaTellsWhatProvenanceTells();
    void typesOfSchemasBecomeOurs_data();
    void typesOfSchemasBecomeOurs();
    void schemaTypesMayBuildOnEachOther();
    void boxesHaveTheAxesOfTheSpelling_data();
    void boxesHaveTheAxesOfTheSpelling();
    void parametersAreNamedAsTheVersionDoes();
    void boxAndFilterBecomeOneFilter();
    void filtersOfAllVersions_data();
    void filtersOfAllVersions();
    void filtersInCql_data();
    void filtersInCql();
    void hostileValuesStayValues();
    void postedRequestsAreWellFormed();
    void everyAnswerTellsItsNumbers_data() { addSampleRows(u"wfs-getfeature"_s); }
    void everyAnswerTellsItsNumbers();
    void answersTellTotalAndNextPage_data();
    void answersTellTotalAndNextPage();
    void answersThatAreNoneAreErrors_data();
    void answersThatAreNoneAreErrors();
    void pagesFollowTheServersRules();
    void theWantedSystemIsAskedForInTheServersSpelling();
};

void TestWfs::everySampleHasItsTypes()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto result = parseWfsCapabilities(test::sample(sample), somewhere);
    VERIFY_RESULT(result);
    QCOMPARE(versionText(result->version), factOf(sample, u"^WFS ([\\d.]+)"_s));
    QCOMPARE(int(result->types.size()), factOf(sample, u"FeatureTypes=(\\d+)"_s).toInt());
    int i = 0;
    for (const auto &name : namesIn(factOf(sample, u"FeatureTypes=\\d+: ([^|]*)"_s)))
        QCOMPARE(result->types[std::size_t(i++)].name, name);
    const auto crs = factOf(sample, u"default CRS=([^|]*)×"_s);
    QSet<QString> other, formats(result->formats.begin(), result->formats.end());
    for (const auto &type : result->types) {
        QCOMPARE(type.defaultCrs, crs);
        other.unite(QSet<QString>(type.otherCrs.begin(), type.otherCrs.end()));
    }
    QCOMPARE(other.size(), factOf(sample, u"other CRS distinct=(\\d+)"_s).toInt());
    for (const auto &format : namesIn(factOf(sample, u"outputFormats=([^|]*)"_s)))
        QVERIFY2(formats.contains(format), qPrintable(format));
    const auto lower = factOf(sample, u"1st WGS84BoundingBox lower=([\\d.]+ [\\d.]+)"_s).split(u' ');
    if (lower.size() == 2) {
        QCOMPARE(result->types[0].geographicBox.xMin, lower[0].toDouble());
        QCOMPARE(result->types[0].geographicBox.yMin, lower[1].toDouble());
    } else {
        QVERIFY(result->types[0].geographicBox.isEmpty()); // metres in a box of degrees are none
    }
    const auto paging = factOf(sample, u"ImplementsResultPaging=(\\w+)"_s);
    QCOMPARE(result->paging.has_value(), !paging.isEmpty());
    QCOMPARE(result->paging.value_or(false), paging == "TRUE"_L1);
    QCOMPARE(result->countDefault.has_value(), factOf(sample, u"CountDefault=(\\d+)"_s).toInt() > 0);
}

void TestWfs::prefixesGetTheirNamespaces()
{
    NEED_SAMPLES();
    const auto cologne = parsed(sample(u"wfs-caps/koeln_200.xml"_s));
    const auto *south = findType(cologne, u"Altstadt_Süd"_s);
    QVERIFY(south);
    QCOMPARE(south->name, u"adressen_stadtteil:Altstadt_Süd"_s);
    QCOMPARE(south->space, u"https://k00364:6443/arcgis/admin/services/adressen_stadtteil/MapServer/WFSServer"_s);
    QCOMPARE(parsed(sample(u"wfs-caps/cuzk_200.xml"_s)).types[1].space,
             u"urn:x-inspire:specification:gmlas:CadastralParcels:3.0"_s);
    QVERIFY(!findType(cologne, u"Lübeck"_s));
    // the address holds the umlaut in UTF-8
    QVERIFY(wfsFeatureUrl(cologne, *south, {}).toEncoded().contains("TYPENAMES=adressen_stadtteil:Altstadt_S%C3%BCd"));
}

void TestWfs::operationsFormatsAndRulesAreRead()
{
    NEED_SAMPLES();
    const auto cologne = parsed(sample(u"wfs-caps/koeln_200.xml"_s));
    QCOMPARE(cologne.featureUrl.host(), u"geoportal.stadt-koeln.de"_s);
    QCOMPARE(cologne.software, ServerSoftware::ArcGis);
    QCOMPARE(cologne.service.organisation, u"Stadt Köln - Amt für Stadtentwicklung und Statistik"_s);
    QVERIFY(!cologne.storedQueriesOnly);
    const auto flanders = parsed(sample(u"wfs-caps/dov_110.xml"_s));
    QCOMPARE(flanders.version, WfsVersion::V110);
    QVERIFY(flanders.featurePostUrl.isValid() && flanders.hits);
    QCOMPARE(flanders.types[0].space, u"http://dov.vlaanderen.be/grondwater/gw_meetnetten"_s);
    const auto old = parsed(sample(u"wfs-caps/mapserver_100.xml"_s));
    QCOMPARE(old.featureUrl, QUrl(u"http://nsidc.org/cgi-bin/atlas_south?"_s));
    QVERIFY(old.service.keywords.contains(u"Cryosphere"_s));
    QVERIFY(old.types[0].keywords.contains(u"Ice Sheets"_s));
    QCOMPARE(old.service.website, u"http://nsidc.org"_s);
    QCOMPARE(wfsCapabilitiesUrl(somewhere, WfsVersion::V110).toString(),
             u"https://daten.example.org/wfs?SERVICE=WFS&ACCEPTVERSIONS=1.1.0&VERSION=1.1.0&REQUEST=GetCapabilities"_s);
}

void TestWfs::limitsOfTheServerAreRead_data()
{
    QTest::addColumn<QByteArray>("operations");
    QTest::addColumn<qint64>("count");
    QTest::newRow("2.0, in the service") << "<ows:Constraint name='CountDefault'><ows:NoValues/><ows:DefaultValue>1000"
                                            "</ows:DefaultValue></ows:Constraint>"_ba
                                         << qint64(1000);
    QTest::newRow("2.0, in the operation")
        << "<ows:Operation name='GetFeature'><ows:Constraint "
           "name='CountDefault'><ows:DefaultValue>50</ows:DefaultValue>"
           "</ows:Constraint></ows:Operation><ows:Constraint name='CountDefault'><ows:DefaultValue>9</ows:DefaultValue></ows:Constraint>"_ba
        << qint64(50);
    QTest::newRow("1.1") << "<ows:Constraint name='DefaultMaxFeatures'><ows:Value>500</ows:Value></ows:Constraint>"_ba
                         << qint64(500);
    QTest::newRow("none") << QByteArray() << qint64(-1);
    QTest::newRow("nonsense")
        << "<ows:Constraint name='CountDefault'><ows:DefaultValue>viele</ows:DefaultValue></ows:Constraint>"_ba
        << qint64(-1);
}

void TestWfs::limitsOfTheServerAreRead()
{
    QFETCH(QByteArray, operations);
    QFETCH(qint64, count);
    const auto caps = parsed("<WFS_Capabilities version='2.0.0' xmlns:ows='o'><ows:OperationsMetadata>" + operations
                             + "</ows:OperationsMetadata></WFS_Capabilities>");
    QCOMPARE(caps.countDefault.value_or(-1), count);
    QCOMPARE(caps.featureUrl.toString(), u"https://daten.example.org/wfs"_s);
}

void TestWfs::formatIsOneThatCanBeRead()
{
    NEED_SAMPLES();
    const auto cologne = parsed(sample(u"wfs-caps/koeln_200.xml"_s));
    QVERIFY2(wfsFormatFor(cologne, cologne.types[0]).contains("GML"_L1, Qt::CaseInsensitive),
             qPrintable(wfsFormatFor(cologne, cologne.types[0])));
    const auto czech = parsed(sample(u"wfs-caps/cuzk_200.xml"_s));
    QCOMPARE(wfsFormatFor(czech, czech.types[0]), u"text/xml; subtype=gml/3.2.1"_s);
    QCOMPARE(wfsFormatFor({.formats = {u"csv"_s, u"GEOJSON"_s}}, {}), u"GEOJSON"_s);
    QCOMPARE(wfsFormatFor({.formats = {u"SHAPE-ZIP"_s}}, {}), QString());
}

void TestWfs::schemaOfCologneHasUmlautsAndLengths()
{
    NEED_SAMPLES();
    const auto schema = parseWfsSchema(sample(u"wfs-describe/koeln_200.xsd.xml"_s));
    VERIFY_RESULT(schema);
    QCOMPARE(int(schema->types.size()), 1);
    const auto &type = schema->types[0];
    QCOMPARE(type.name, u"Blumenberg"_s);
    QCOMPARE(type.fields[0].fieldType, FieldType::Integer);
    const auto street = std::ranges::find(type.fields, u"Straße"_s, &WfsField::name);
    QVERIFY(street != type.fields.end());
    QCOMPARE(street->maximumLength, 40);
    QCOMPARE(street->fieldType, FieldType::Text);
    QVERIFY(!street->required);
    QVERIFY(type.geometry());
    QCOMPARE(type.geometry()->geometryType, u"Point"_s);
    QVERIFY(!type.incomplete);
}

void TestWfs::schemaOfHamburgHasAnonymousTypes()
{
    NEED_SAMPLES();
    const auto schema = parseWfsSchema(sample(u"wfs-describe/masterportal_hh.xml"_s));
    VERIFY_RESULT(schema);
    QCOMPARE(int(schema->types.size()), 3);
    const auto *schools = findType(*schema, u"staatliche_schulen"_s);
    QVERIFY(schools && schools->typeName.isEmpty());
    QCOMPARE(schools->geometry()->name, u"the_geom"_s);
    const auto kiosk = std::ranges::find(schools->fields, u"kiosk_vorh"_s, &WfsField::name);
    QCOMPARE(kiosk->fieldType, FieldType::Boolean);
    QVERIFY(!findType(*schema, u"gibt_es_nicht"_s));
}

void TestWfs::everySchemaTellsWhatProvenanceTells()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto schema = parseWfsSchema(test::sample(sample));
    VERIFY_RESULT(schema);
    QCOMPARE(schema->targetNamespace, factOf(sample, u"targetNamespace=(\\S+)"_s));
    QStringList elements;
    for (const auto &entry : namesIn(factOf(sample, u"elements=([^|]*)"_s)))
        elements.append(entry.section(u':', 0, 0));
    QStringList types;
    for (const auto &type : schema->types)
        types.append(type.name);
    QCOMPARE(types, elements);
    int i = 0;
    for (const auto &entry : namesIn(factOf(sample, u"FeatureType: ([^…]*)"_s)))
        QCOMPARE(schema->types[0].fields[std::size_t(i++)].name, entry.section(u':', 0, 0));
    if (i > 0)
        QCOMPARE(int(schema->types[0].fields.size()), i + factOf(sample, u"\\(\\+(\\d+)\\)"_s).toInt());
}

void TestWfs::typesOfSchemasBecomeOurs_data()
{
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("geometry");
    const auto row = [](const char *name, const QByteArray &element, FieldType type, const QString &geometry = {}) {
        QTest::newRow(name) << element << int(type) << geometry;
    };
    row("integer", "type='xsd:int'", FieldType::Integer);
    row("long", "type='long'", FieldType::Integer);
    row("real", "type='xs:decimal'", FieldType::Real);
    row("measure", "type='gml:MeasureType'", FieldType::Real);
    row("boolean", "type='boolean'", FieldType::Boolean);
    row("date", "type='date'", FieldType::Date);
    row("date and time", "type='dateTime'", FieldType::DateTime);
    row("binary", "type='base64Binary'", FieldType::Binary);
    row("unknown", "type='irgendwas'", FieldType::Text);
    row("point", "type='gml:PointPropertyType'", FieldType::Text, u"Point"_s);
    row("surface", "type='gml:MultiSurfacePropertyType'", FieldType::Text, u"MultiSurface"_s);
    row("any geometry", "type='gml:GeometryPropertyType'", FieldType::Text, u"Geometry"_s);
    row("any geometry of 3.2", "type='gml:AbstractGeometryType'", FieldType::Text, u"Geometry"_s);
    row("by reference", "ref='gml:pointProperty'", FieldType::Text, u"Point"_s);
}

void TestWfs::typesOfSchemasBecomeOurs()
{
    QFETCH(QByteArray, element);
    QFETCH(int, type);
    QFETCH(QString, geometry);
    if (!element.startsWith("ref"))
        element = "name='f' " + element;
    const auto schema = parseWfsSchema("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='t' "
                                       "substitutionGroup='gml:_Feature'><xs:complexType><xs:complexContent>"
                                       "<xs:extension base='gml:AbstractFeatureType'><xs:sequence><xs:element "
                                       + element
                                       + "/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"
                                         "</xs:element></xs:schema>");
    VERIFY_RESULT(schema);
    const auto &field = schema->types.at(0).fields.at(0);
    QCOMPARE(int(field.fieldType), type);
    QCOMPARE(field.geometryType, geometry);
    QCOMPARE(field.geometry, !geometry.isEmpty());
    QVERIFY(field.required && !field.repeated && !field.structure);
}

void TestWfs::schemaTypesMayBuildOnEachOther()
{
    const auto schema = parseWfsSchema(R"(<schema xmlns="http://www.w3.org/2001/XMLSchema">
<element name="Gewässer" type="a:GewässerType" substitutionGroup="gml:AbstractFeature"/>
<element name="Adresse" type="a:AdresseType"/>
<complexType name="BasisType"><complexContent><extension base="gml:AbstractFeatureType"><sequence>
 <element name="kennung" type="string"/></sequence></extension></complexContent></complexType>
<complexType name="GewässerType"><complexContent><extension base="a:BasisType"><sequence>
 <choice><element name="art" type="a:ArtType" minOccurs="0" maxOccurs="unbounded"/></choice>
 <element name="lage" type="a:AdresseType"/></sequence></extension></complexContent></complexType>
<complexType name="AdresseType"><sequence><element name="ort" type="string"/></sequence></complexType>
<simpleType name="ArtType"><restriction base="string"><enumeration value="See"/><enumeration value="Bach"/></restriction></simpleType>
<complexType name="KreisType"><complexContent><extension base="a:KreisType"/></complexContent></complexType>
<element name="Kreis" type="a:KreisType" substitutionGroup="gml:AbstractFeature"/>
</schema>)");
    VERIFY_RESULT(schema);
    QCOMPARE(int(schema->types.size()), 2); // an address is no feature
    const auto &water = schema->types[0];
    QCOMPARE(int(water.fields.size()), 3);
    QCOMPARE(water.fields[0].name, u"kennung"_s);
    QCOMPARE(water.fields[1].allowed, (QStringList{u"See"_s, u"Bach"_s}));
    QVERIFY(water.fields[1].repeated && !water.fields[1].required);
    QVERIFY(water.fields[2].structure);
    QVERIFY(!water.geometry());
    QVERIFY(schema->types[1].incomplete); // builds on itself
    VERIFY_FAILS(
        parseWfsSchema("<ExceptionReport><Exception><ExceptionText>nein</ExceptionText></Exception></ExceptionReport>"),
        ErrorKind::Network);
}

void TestWfs::boxesHaveTheAxesOfTheSpelling_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("crs");
    QTest::addColumn<QString>("box");
    const auto east = u"602900,5961000,624900,5984400"_s, north = u"5961000,602900,5984400,624900"_s;
    const auto row = [](const char *name, WfsVersion version, const QString &crs, const QString &box) {
        QTest::newRow(name) << int(version) << crs << u"&BBOX="_s + box;
    };
    row("2.0 URN of UTM", WfsVersion::V200, u"urn:ogc:def:crs:EPSG::25832"_s, east + u",urn:ogc:def:crs:EPSG::25832"_s);
    row("2.0 URN of degrees", WfsVersion::V200, u"urn:ogc:def:crs:EPSG::4326"_s,
        north + u",urn:ogc:def:crs:EPSG::4326"_s);
    row("2.0 URL of degrees", WfsVersion::V200, u"http://www.opengis.net/def/crs/EPSG/0/4258"_s,
        north + u",http://www.opengis.net/def/crs/EPSG/0/4258"_s);
    row("2.0 URN of Gauß-Krüger", WfsVersion::V200, u"urn:ogc:def:crs:EPSG::31467"_s,
        north + u",urn:ogc:def:crs:EPSG::31467"_s);
    row("2.0 by custom", WfsVersion::V200, u"EPSG:4326"_s, east + u",EPSG:4326"_s);
    row("1.1 URN of degrees", WfsVersion::V110, u"urn:x-ogc:def:crs:EPSG:4326"_s,
        north + u",urn:x-ogc:def:crs:EPSG:4326"_s);
    row("1.1 old URL", WfsVersion::V110, u"http://www.opengis.net/gml/srs/epsg.xml#4326"_s,
        east + u",http://www.opengis.net/gml/srs/epsg.xml#4326"_s);
    row("1.0 has no place for it", WfsVersion::V100, u"EPSG:4326"_s, east);
    row("the default of the type", WfsVersion::V200, QString(), east + u",urn:ogc:def:crs:EPSG::25832"_s);
}

void TestWfs::boxesHaveTheAxesOfTheSpelling()
{
    QFETCH(int, version);
    QFETCH(QString, crs);
    QFETCH(QString, box);
    auto request = luebeck;
    request.crs = crs;
    const auto url = address(service(WfsVersion(version)), request);
    QVERIFY2((url + u'&').contains(box), qPrintable(url));
    QVERIFY(url.contains("SRSNAME="_L1));
    request.northFirst = !box.contains("BBOX=5961000"_L1); // a server that does not obey
    QVERIFY(!address(service(WfsVersion(version)), request).contains(box));
}

void TestWfs::parametersAreNamedAsTheVersionDoes()
{
    WfsFeatureRequest request{
        .fields = {u"art"_s, u"höhe"_s}, .format = u"application/json"_s, .count = 10, .startIndex = 20};
    const auto modern = address(service(WfsVersion::V200), request);
    QCOMPARE(modern,
             u"https://d.de/wfs?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=app:baum"
             "&NAMESPACES=xmlns(app,http://www.deegree.org/app)&SRSNAME=urn:ogc:def:crs:EPSG::25832"
             "&PROPERTYNAME=art,höhe&OUTPUTFORMAT=application/json&COUNT=10&STARTINDEX=20"_s);
    const auto old = address(service(WfsVersion::V110), request);
    QVERIFY2(old.contains("&TYPENAME=app:baum&NAMESPACE=xmlns(app=http://www.deegree.org/app)&"_L1)
                 && old.contains("&MAXFEATURES=10"_L1),
             qPrintable(old));
    request = {.count = 10, .hits = true};
    const auto hits = address(service(WfsVersion::V200), request);
    QVERIFY2(hits.endsWith("&RESULTTYPE=hits"_L1), qPrintable(hits)); // a count would bound the number
    QVERIFY(!address(service(WfsVersion::V200), {}).contains("COUNT"_L1)); // never guessed
    const auto caps = service(WfsVersion::V200);
    QVERIFY(
        wfsDescribeUrl(caps, caps.types[0]).toString().contains("REQUEST=DescribeFeatureType&TYPENAMES=app:baum"_L1));
}

void TestWfs::boxAndFilterBecomeOneFilter()
{
    auto request = luebeck;
    request.filter = compare(u"art"_s, Comparison::Equal, u"Eiche"_s);
    request.geometryField = u"app:geom"_s;
    const auto url = wfsFeatureUrl(service(WfsVersion::V200), service(WfsVersion::V200).types[0], request);
    QVERIFY(parameter(url, u"BBOX").isEmpty());
    const auto filter = parameter(url, u"FILTER");
    QVERIFY(isWellFormed(filter));
    QVERIFY2(filter.contains("<fes:And><fes:BBOX><fes:ValueReference>app:geom</fes:ValueReference>"_L1),
             qPrintable(filter));
    QVERIFY(filter.contains("xmlns:app=\"http://www.deegree.org/app\""_L1));
    QVERIFY(filter.contains("<gml:lowerCorner>602900 5961000</gml:lowerCorner>"_L1));
}

void TestWfs::filtersOfAllVersions_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("xml");
    QTest::newRow("equal")
        << 0 << int(WfsVersion::V200)
        << u"<fes:PropertyIsEqualTo><fes:ValueReference>art</fes:ValueReference><fes:Literal>Eiche</fes:Literal></fes:PropertyIsEqualTo>"_s;
    QTest::newRow("equal, 1.1")
        << 0 << int(WfsVersion::V110)
        << u"<ogc:PropertyIsEqualTo><ogc:PropertyName>art</ogc:PropertyName><ogc:Literal>Eiche</ogc:Literal></ogc:PropertyIsEqualTo>"_s;
    QTest::newRow("number, or null")
        << 1 << int(WfsVersion::V200)
        << u"<fes:Or><fes:PropertyIsGreaterThanOrEqualTo><fes:ValueReference>h</fes:ValueReference>"
           "<fes:Literal>12.5</fes:Literal></fes:PropertyIsGreaterThanOrEqualTo><fes:PropertyIsNull>"
           "<fes:ValueReference>h</fes:ValueReference></fes:PropertyIsNull></fes:Or>"_s;
    QTest::newRow("like")
        << 2 << int(WfsVersion::V200)
        << u"<fes:PropertyIsLike wildCard=\"*\" singleChar=\"?\" escapeChar=\"\\\" matchCase=\"false\">"
           "<fes:ValueReference>name</fes:ValueReference><fes:Literal>*straße?</fes:Literal></fes:PropertyIsLike>"_s;
    QTest::newRow("like, 1.0") << 2 << int(WfsVersion::V100)
                               << u"<ogc:PropertyIsLike wildCard=\"*\" singleChar=\"?\" "
                                  u"escape=\"\\\"><ogc:PropertyName>name</ogc:PropertyName>"
                                  "<ogc:Literal>*straße?</ogc:Literal></ogc:PropertyIsLike>"_s;
    QTest::newRow("not, between")
        << 3 << int(WfsVersion::V200)
        << u"<fes:Not><fes:PropertyIsBetween><fes:ValueReference>tag</fes:ValueReference><fes:LowerBoundary>"
           "<fes:Literal>2020-01-01</fes:Literal></fes:LowerBoundary><fes:UpperBoundary><fes:Literal>2020-12-31"
           "</fes:Literal></fes:UpperBoundary></fes:PropertyIsBetween></fes:Not>"_s;
    QTest::newRow("box, north first")
        << 4 << int(WfsVersion::V110)
        << u"<ogc:BBOX><ogc:PropertyName>g</ogc:PropertyName><gml:Envelope srsName=\"urn:ogc:def:crs:EPSG::4326\">"
           "<gml:lowerCorner>53 10</gml:lowerCorner><gml:upperCorner>54 11</gml:upperCorner></gml:Envelope></ogc:BBOX>"_s;
    QTest::newRow("group of one")
        << 5 << int(WfsVersion::V110)
        << u"<ogc:PropertyIsNull><ogc:PropertyName>a</ogc:PropertyName></ogc:PropertyIsNull>"_s;
    QTest::newRow("group of nothing") << 6 << int(WfsVersion::V200) << QString();
}

namespace
{

FilterRule ruleOf(int number)
{
    switch (number) {
    case 0:
        return compare(u"art"_s, Comparison::Equal, u"Eiche"_s);
    case 1:
        return {FilterGroup{Junction::Or, {compare(u"h"_s, Comparison::GreaterOrEqual, 12.5), {FieldIsNull{u"h"_s}}}}};
    case 2:
        return {FieldLike{u"name"_s, u"*straße?"_s}};
    case 3:
        return {FilterGroup{Junction::Not, {{FieldBetween{u"tag"_s, QDate(2020, 1, 1), QDate(2020, 12, 31)}}}}};
    case 4:
        return {FieldInBox{u"g"_s, {10, 53, 11, 54}, u"urn:ogc:def:crs:EPSG::4326"_s}};
    case 5:
        return {FilterGroup{Junction::And, {{}, {FieldIsNull{u"a"_s}}}}};
    default:
        return {FilterGroup{Junction::And, {{}, {FilterGroup{}}}}};
    }
}

} // namespace

void TestWfs::filtersOfAllVersions()
{
    QFETCH(int, rule);
    QFETCH(int, version);
    QFETCH(QString, xml);
    const auto filter = filterXml(ruleOf(rule), WfsVersion(version));
    if (xml.isEmpty()) {
        QCOMPARE(filter, QString());
        return;
    }
    QVERIFY2(isWellFormed(filter), qPrintable(filter));
    QVERIFY2(filter.contains(u'>' + xml + u'<'), qPrintable(filter));
}

void TestWfs::filtersInCql_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("text");
    QTest::newRow("equal") << 0 << u"\"art\" = 'Eiche'"_s;
    QTest::newRow("or null") << 1 << u"(\"h\" >= 12.5 OR \"h\" IS NULL)"_s;
    QTest::newRow("like") << 2 << u"CASEI(\"name\") LIKE CASEI('%straße_')"_s;
    QTest::newRow("not between") << 3 << u"NOT (\"tag\" BETWEEN DATE('2020-01-01') AND DATE('2020-12-31'))"_s;
    QTest::newRow("box") << 4 << u"S_INTERSECTS(\"g\",BBOX(10,53,11,54))"_s;
    QTest::newRow("one of a group") << 5 << u"\"a\" IS NULL"_s;
    QTest::newRow("nothing") << 6 << QString();
}

void TestWfs::filtersInCql()
{
    QFETCH(int, rule);
    QFETCH(QString, text);
    QCOMPARE(filterCql2(ruleOf(rule)), text);
}

void TestWfs::hostileValuesStayValues()
{
    const auto rule = compare(u"a\" OR 1=1 --"_s, Comparison::Equal, u"x' OR 'y'='y</fes:Literal>"_s);
    QCOMPARE(filterCql2(rule), u"\"a\"\" OR 1=1 --\" = 'x'' OR ''y''=''y</fes:Literal>'"_s);
    const auto xml = filterXml(rule, WfsVersion::V200);
    QVERIFY(isWellFormed(xml));
    QVERIFY2(xml.contains("x' OR 'y'='y&lt;/fes:Literal&gt;"_L1), qPrintable(xml));
    QCOMPARE(filterCql2({FieldLike{u"a"_s, u"100%_\\*'"_s, true}}), u"\"a\" LIKE '100\\%\\_*'''"_s);
    QCOMPARE(filterValue(1e-9), u"0.000000001"_s);
    QCOMPARE(filterValue(true), u"true"_s);
    QCOMPARE(filterValue(QDateTime(QDate(2020, 1, 2), QTime(3, 4), QTimeZone::UTC)), u"2020-01-02T03:04:00Z"_s);
}

void TestWfs::postedRequestsAreWellFormed()
{
    auto request = luebeck;
    request.filter = compare(u"art"_s, Comparison::NotEqual, u"<&>"_s);
    request.count = 5;
    request.fields = {u"app:art"_s};
    const auto caps = service(WfsVersion::V200);
    const auto body = QString::fromUtf8(wfsFeatureBody(caps, caps.types[0], request));
    QVERIFY2(isWellFormed(body), qPrintable(body));
    QVERIFY2(body.contains("<wfs:GetFeature "_L1) && body.contains("count=\"5\""_L1)
                 && body.contains("typeNames=\"app:baum\""_L1) && body.contains("&lt;&amp;&gt;"_L1)
                 && body.contains("<wfs:PropertyName>app:art</wfs:PropertyName><fes:Filter "_L1)
                 && body.contains("xmlns:app="_L1),
             qPrintable(body));
    QVERIFY(isWellFormed(QString::fromUtf8(wfsFeatureBody(caps, caps.types[0], {}))));
    QVERIFY(wfsFeatureBody(service(WfsVersion::V110), caps.types[0], luebeck).contains("<ogc:BBOX>"));
}

void TestWfs::everyAnswerTellsItsNumbers()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto answer = parseWfsAnswer(test::sample(sample));
    VERIFY_RESULT(answer);
    const auto number = factOf(sample, u"numberOfFeatures=(\\w+)"_s);
    bool ok = false;
    number.toInt(&ok);
    QCOMPARE(answer->returned.has_value(), ok); // "unknown" is no number
    if (ok)
        QCOMPARE(*answer->returned, number.toInt());
    QVERIFY(!answer->matched);
    QCOMPARE(answer->timeStamp, factOf(sample, u"timeStamp=(\\S+)"_s));
}

void TestWfs::answersTellTotalAndNextPage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("matched");
    QTest::addColumn<qint64>("returned");
    QTest::addColumn<QString>("next");
    QTest::newRow("2.0")
        << "<wfs:FeatureCollection xmlns:wfs='w' numberMatched='120' numberReturned='50' next='https://d.de/wfs?a=1&amp;b=2'>"_ba
        << qint64(120) << qint64(50) << u"https://d.de/wfs?a=1&b=2"_s;
    QTest::newRow("2.0 hits") << "<wfs:FeatureCollection xmlns:wfs='w' numberMatched='120' numberReturned='0'/>"_ba
                              << qint64(120) << qint64(0) << QString();
    QTest::newRow("2.0 unknown") << "<FeatureCollection numberMatched='unknown' numberReturned='7'/>"_ba << qint64(-1)
                                 << qint64(7) << QString();
    QTest::newRow("1.1 hits") << "<FeatureCollection numberOfFeatures='33'/>"_ba << qint64(-1) << qint64(33)
                              << QString();
    QTest::newRow("JSON of GeoServer")
        << R"({"type":"FeatureCollection","features":[{"properties":{"numberMatched":9,"t":"]}\""}}],"totalFeatures":3,"numberMatched":4,"numberReturned":2,
"links":[{"rel":"previous","href":"p"},{"rel":"next","type":"application/json","href":"https://d.de/n"}]})"_ba
        << qint64(4) << qint64(2) << u"https://d.de/n"_s;
    QTest::newRow("JSON with an old total")
        << R"({"totalFeatures": 3, "features": []})"_ba << qint64(3) << qint64(-1) << QString();
    QTest::newRow("JSON of ArcGIS") << R"({"totalFeatures":"unknown","features":[]})"_ba << qint64(-1) << qint64(-1)
                                    << QString();
}

void TestWfs::answersTellTotalAndNextPage()
{
    // of a big answer no more than the beginning is read
    const auto big =
        "<FeatureCollection timeStamp='größer' numberMatched='3'>"_ba + QByteArray("<a>ä</a>").repeated(400000);
    QElapsedTimer timer;
    timer.start();
    const auto start = parseWfsAnswer(big);
    VERIFY_RESULT(start);
    QCOMPARE(start->timeStamp, u"größer"_s);
    QVERIFY(timer.elapsed() < 2000);
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, matched);
    QFETCH(qint64, returned);
    QFETCH(QString, next);
    const auto answer = parseWfsAnswer(bytes);
    VERIFY_RESULT(answer);
    QCOMPARE(answer->matched.value_or(-1), matched);
    QCOMPARE(answer->returned.value_or(-1), returned);
    QCOMPARE(answer->next.toString(), next);
    QCOMPARE(answer->total().value_or(-1), matched >= 0 ? matched : returned);
}

void TestWfs::answersThatAreNoneAreErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    if (!samplesDir().isEmpty())
        QTest::newRow("a real report")
            << sample(u"ogc-exceptions/ows_exceptionreport.xml"_s) << int(ErrorKind::Network)
            << u"We have had issues trying to flip axis of GEOGCS[\"GCS_WGS_1984\", DATUM["_s;
    QTest::newRow("code only")
        << "<ExceptionReport><Exception exceptionCode='InvalidParameterValue'/></ExceptionReport>"_ba
        << int(ErrorKind::Network) << u"InvalidParameterValue"_s;
    QTest::newRow("nothing") << QByteArray() << int(ErrorKind::Malformed) << u"empty"_s;
    QTest::newRow("page") << "<html><title>Wartung</title></html>"_ba << int(ErrorKind::Malformed) << u"Wartung"_s;
    QTest::newRow("capabilities") << "<WFS_Capabilities/>"_ba << int(ErrorKind::Malformed) << u"WFS_Capabilities"_s;
    QTest::newRow("broken JSON") << R"({"features":[{"a":1])"_ba << int(ErrorKind::Malformed) << u"character"_s;
    QTest::newRow("JSON that stops in a text")
        << R"({"features":"abc)"_ba << int(ErrorKind::Malformed) << u"character"_s;
    QTest::newRow("JSON error") << R"({"code":"NotFound","description":"Kein Datensatz"})"_ba << int(ErrorKind::Network)
                                << u"Kein Datensatz"_s;
    QTest::newRow("ArcGIS error") << R"({"error":{"code":400,"message":"Invalid URL"}})"_ba << int(ErrorKind::Network)
                                  << u"Invalid URL"_s;
    QTest::newRow("entity") << "<!DOCTYPE F [<!ENTITY a 'b'>]><FeatureCollection/>"_ba << int(ErrorKind::Malformed)
                            << u"entities"_s;
}

void TestWfs::answersThatAreNoneAreErrors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QFETCH(QString, words);
    const auto answer = parseWfsAnswer(bytes);
    VERIFY_FAILS(answer, ErrorKind(kind));
    const auto all = answer.error().what + answer.error().detail;
    QVERIFY2(all.contains(words), qPrintable(all));
}

void TestWfs::pagesFollowTheServersRules()
{
    auto caps = service(WfsVersion::V200);
    WfsFeatureRequest request;
    // the server's own address wins
    const auto named = wfsNextPage(caps, request, {.matched = 10, .next = QUrl(u"https://d.de/2"_s)}, 5);
    QVERIFY(named && named->url == QUrl(u"https://d.de/2"_s));
    QVERIFY(!wfsNextPage(caps, request, {.matched = 5, .next = QUrl(u"https://d.de/2"_s)}, 5)); // that was all
    QVERIFY(!wfsNextPage(caps, request, {.next = QUrl(u"https://d.de/2"_s)}, 0)); // an empty page ends it
    QVERIFY(!wfsNextPage(caps, request, {.matched = 10, .next = QUrl(u"file:///etc/passwd"_s)}, 5));
    // no paging promised: the rest cannot be had, and that must be told
    QVERIFY(!wfsNextPage(caps, request, {.matched = 10}, 5));
    QVERIFY(isIncomplete(caps, {.matched = 10}, 5));
    QVERIFY(!isIncomplete(caps, {.matched = 10}, 10));
    caps.paging = true;
    const auto second = wfsNextPage(caps, request, {.matched = 10}, 4);
    QVERIFY(second && second->url.isEmpty());
    QCOMPARE(second->request.startIndex, 4);
    QCOMPARE(second->request.count.value_or(-1), 4); // what the server has given, no guess
    const auto third = wfsNextPage(caps, second->request, {.matched = 10}, 4);
    QCOMPARE(third->request.startIndex, 8);
    QVERIFY(!wfsNextPage(caps, third->request, {.matched = 10}, 2));
    // without a total the cap tells whether there is more
    QVERIFY(!wfsNextPage(caps, request, {}, 4));
    caps.countDefault = 4;
    QVERIFY(wfsNextPage(caps, request, {}, 4));
    QVERIFY(!wfsNextPage(caps, request, {}, 3));
    QVERIFY(isIncomplete(caps, {}, 8) && !isIncomplete(caps, {}, 7));
    request.hits = true;
    QVERIFY(!wfsNextPage(caps, request, {.matched = 10}, 4));
    auto old = service(WfsVersion::V110);
    QVERIFY(!wfsNextPage(old, {}, {.matched = 10}, 4));
    old.software = ServerSoftware::GeoServer;
    QVERIFY(wfsNextPage(old, {}, {.matched = 10}, 4));
}

void TestWfs::theWantedSystemIsAskedForInTheServersSpelling()
{
    const auto type = service(WfsVersion::V200).types[0];
    QCOMPARE(wfsCrsFor(type, Crs::working()), u"urn:ogc:def:crs:EPSG::25832"_s);
    QCOMPARE(wfsCrsFor(type, Crs::fromEpsg(31467)), u"urn:ogc:def:crs:EPSG::31467"_s);
    QCOMPARE(wfsCrsFor(type, Crs::fromEpsg(28992)), u"urn:ogc:def:crs:EPSG::25832"_s);
    QCOMPARE(wfsCrsFor(type, Crs()), u"urn:ogc:def:crs:EPSG::25832"_s);
}

QTEST_GUILESS_MAIN(TestWfs)
#include "tst_wfs.moc"
