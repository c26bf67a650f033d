// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/featureinfo.h"
#include "datasources/services/masterportal.h"
#include "datasources/services/ogcapi.h"
#include "datasources/services/servicekind.h"
#include "datasources/services/wfsrequests.h"
#include "datasources/services/wfsschema.h"
#include "datasources/services/wmscapabilities.h"
#include "datasources/services/wmts.h"
#include "tests/datasources/services/servicesamples.h"
#include "tests/support/testkit.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

const QUrl somewhere(u"https://karten.example.org/dienst"_s);

/** Says what is wrong where an answer is refused without a word. */
template <class T>
void expectWords(const Result<T> &result, QStringList &faults, const char *reader)
{
    if (!result && result.error().what.isEmpty())
        faults.append(QString::fromLatin1(reader));
}

/** Every reader must live through every document. */
QStringList readByAll(const QByteArray &bytes)
{
    QStringList faults;
    expectWords(parseWmsCapabilities(bytes, somewhere), faults, "WMS");
    expectWords(parseWmtsCapabilities(bytes, somewhere), faults, "WMTS");
    expectWords(parseWfsCapabilities(bytes, somewhere), faults, "WFS");
    expectWords(parseWfsSchema(bytes), faults, "schema");
    expectWords(parseWfsAnswer(bytes), faults, "WFS answer");
    expectWords(parseFeatureInfo(bytes), faults, "information");
    expectWords(parseOgcApiLanding(bytes, somewhere), faults, "landing");
    expectWords(parseOgcApiCollections(bytes, somewhere), faults, "collections");
    expectWords(parseOgcApiQueryables(bytes), faults, "queryables");
    expectWords(parseOgcApiPage(bytes, somewhere), faults, "page");
    expectWords(parsePortalServices(bytes, somewhere), faults, "portal's services");
    expectWords(parsePortalConfig(bytes), faults, "portal's configuration");
    kindOfAnswer(bytes);
    return faults;
}

QByteArray damaged(QByteArray bytes, QRandomGenerator &random)
{
    static const QList<QByteArray> insertions{"<",    "</x>",     "<Layer>",   "\"",  "&",
                                              "&#0;", "\0",       "{",         "]",   "1e999",
                                              "-",    "\xFF\xFE", "<![CDATA[", "\\u", "999999999999999999999",
                                              " ",    "<!--"};
    for (int n = random.bounded(1, 4); n > 0 && !bytes.isEmpty(); --n) {
        const auto at = random.bounded(bytes.size());
        switch (random.bounded(4)) {
        case 0:
            bytes.truncate(at);
            break;
        case 1:
            bytes[at] = char(random.bounded(256));
            break;
        case 2:
            bytes.insert(at, insertions[random.bounded(insertions.size())]);
            break;
        default:
            bytes.remove(at, random.bounded(1, 200));
        }
    }
    return bytes;
}

} // namespace

class TestHostileServices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void damagedDocumentsNeverHarm_data();
    void damagedDocumentsNeverHarm();
    void wrongReadersRefuseWithWords_data();
    void wrongReadersRefuseWithWords();
};

void TestHostileServices::damagedDocumentsNeverHarm_data()
{
    QTest::addColumn<QString>("sample");
    for (const auto *folder : {u"wms-caps", u"wmts-caps", u"wfs-caps", u"wfs-describe", u"wfs-getfeature", u"wms-gfi",
                               u"ogcapi", u"ogc-exceptions", u"masterportal"})
        for (const auto &name : samplesOf(QString(folder)))
            QTest::newRow(qPrintable(name)) << name;
    if (samplesDir().isEmpty())
        QTest::newRow("no samples") << QString();
}

void TestHostileServices::damagedDocumentsNeverHarm()
{
    NEED_SAMPLES();
    QFETCH(QString, sample);
    const auto bytes = test::sample(sample);
    constexpr qsizetype work = 150000; // so many bytes are damaged and read for each sample
    QRandomGenerator random(20240601); // always the same damage
    for (auto times = std::clamp<qsizetype>(work / bytes.size(), 1, 25); times > 0; --times) {
        const auto broken = damaged(bytes.first(std::min(bytes.size(), work)), random);
        const auto faults = readByAll(broken);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u' ')));
    }
}

void TestHostileServices::wrongReadersRefuseWithWords_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("zeros") << QByteArray(1000, '\0');
    QTest::newRow("open tags") << QByteArray("<a>").repeated(100000);
    QTest::newRow("open brackets") << QByteArray("[").repeated(100000);
    QTest::newRow("open objects") << QByteArray("{\"a\":").repeated(100000);
    QTest::newRow("an attribute without end") << "<a b=\"" + QByteArray(1000000, 'x');
    QTest::newRow("a text without end") << "{\"a\":\"" + QByteArray(1000000, '\\');
    QTest::newRow("many attributes") << "<a " + [] {
        QByteArray all;
        for (int i = 0; i < 20000; ++i)
            all += "b" + QByteArray::number(i) + "='1' ";
        return all;
    }() + "/>";
}

void TestHostileServices::wrongReadersRefuseWithWords()
{
    QFETCH(QByteArray, bytes);
    const auto faults = readByAll(bytes);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u' ')));
    QVERIFY(!parseWmsCapabilities(bytes, somewhere));
    QVERIFY(!parseWfsAnswer(bytes));
    QVERIFY(!parseOgcApiCollections(bytes, somewhere));
}

QTEST_GUILESS_MAIN(TestHostileServices)
#include "tst_hostileservices.moc"
