// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/ucum.h"
#include "tests/support/testkit.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestUcum : public QObject
{
    Q_OBJECT
private slots:
    void unitsAreKnownHoweverTheyAreWritten_data();
    void unitsAreKnownHoweverTheyAreWritten();
    void codesOfCommerceAreKnown_data();
    void codesOfCommerceAreKnown();
    void valuesConvert_data();
    void valuesConvert();
    void whatMeasuresSomethingElseDoesNotConvert_data();
    void whatMeasuresSomethingElseDoesNotConvert();
};

void TestUcum::unitsAreKnownHoweverTheyAreWritten_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("code");
    const std::pair<QString, QString> rows[] = {
        {u"°C"_s, u"Cel"_s},
        {u"℃"_s, u"Cel"_s},
        {u" ° C "_s, u"Cel"_s},
        {u"Degree Celsius"_s, u"Cel"_s},
        {u"Grad Celsius"_s, u"Cel"_s},
        {u"Centigrade"_s, u"Cel"_s},
        {u"Cel"_s, u"Cel"_s},
        {u"ucum:Cel"_s, u"Cel"_s},
        {u"http://qudt.org/vocab/unit/DEG_C"_s, u"Cel"_s},
        {u"http://www.qudt.org/qudt/owl/1.0.0/unit/Instances.html#Watt"_s, u"W"_s},
        {u"\u00b5g/m³"_s, u"ug/m3"_s}, // micro sign
        {u"\u03bcg/m³"_s, u"ug/m3"_s}, // Greek letter
        {u"ug/m^3"_s, u"ug/m3"_s},
        {u"µg m-3"_s, u"ug/m3"_s},
        {u"mg/m³"_s, u"mg/m3"_s},
        {u"mg/l"_s, u"mg/l"_s},
        {u"m³/s"_s, u"m3/s"_s},
        {u"cm"_s, u"cm"_s},
        {u"m. ü. NHN"_s, u"m"_s},
        {u"m ü. NHN"_s, u"m"_s},
        {u"%"_s, u"%"_s},
        {u"Prozent"_s, u"%"_s},
        {u"dB(A)"_s, u"dB[A]"_s},
        {u"dBA"_s, u"dB[A]"_s},
        {u"dB A"_s, u"dB[A]"_s},
        {u"dB"_s, u"dB"_s},
        {u"hPa"_s, u"hPa"_s},
        {u"Pa"_s, u"Pa"_s},
        {u"m/s"_s, u"m/s"_s},
        {u"km/h"_s, u"km/h"_s},
        {u"mm"_s, u"mm"_s},
        {u"l/m²"_s, u"l/m2"_s},
        {u"K"_s, u"K"_s},
        {u"kWh"_s, u"kW.h"_s},
        {u"°"_s, u"deg"_s},
        {u"µS/cm"_s, u"uS/cm"_s},
        {u"ppm"_s, u"[ppm]"_s},
        {u"1"_s, u"1"_s},
        {u"MW"_s, u"MW"_s}, // not milliwatt
        {u"C"_s, u""_s}, // coulomb or Celsius?
        {u"--"_s, u""_s},
        {u"null"_s, u""_s},
        {u""_s, u""_s},
        {u"http://example.org/unit/1"_s, u""_s},
        {QString(100'000, u'm'), u""_s},
    };
    for (const auto &[written, code] : rows)
        QTest::newRow(qPrintable(written.left(60))) << written << code;
}

void TestUcum::unitsAreKnownHoweverTheyAreWritten()
{
    QFETCH(QString, written);
    QTEST(ucumOf(written), "code");
}

void TestUcum::codesOfCommerceAreKnown_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("code");
    const std::pair<QString, QString> rows[] = {{u"CEL"_s, u"Cel"_s},     {u"GQ"_s, u"ug/m3"_s}, {u"P1"_s, u"%"_s},
                                                {u"A97"_s, u"hPa"_s},     {u"2N"_s, u"dB"_s},    {u"MTR"_s, u"m"_s},
                                                {u"dB(A)"_s, u"dB[A]"_s}, {u"???"_s, u""_s}};
    for (const auto &[written, code] : rows)
        QTest::newRow(qPrintable(written)) << written << code;
}

void TestUcum::codesOfCommerceAreKnown()
{
    QFETCH(QString, written);
    QTEST(ucumOfCommonCode(written), "code");
}

void TestUcum::valuesConvert_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<double>("expected");
    QTest::newRow("kelvin") << 0. << u"Cel"_s << u"K"_s << 273.15;
    QTest::newRow("celsius") << 300. << u"K"_s << u"Cel"_s << 26.85;
    QTest::newRow("fahrenheit") << 212. << u"[degF]"_s << u"Cel"_s << 100.;
    QTest::newRow("to fahrenheit") << -40. << u"Cel"_s << u"[degF]"_s << -40.;
    QTest::newRow("pressure") << 101325. << u"Pa"_s << u"hPa"_s << 1013.25;
    QTest::newRow("speed") << 10. << u"m/s"_s << u"km/h"_s << 36.;
    QTest::newRow("knots") << 1. << u"[kn_i]"_s << u"km/h"_s << 1.852;
    QTest::newRow("gauge") << 512. << u"cm"_s << u"m"_s << 5.12;
    QTest::newRow("rain") << 7. << u"l/m2"_s << u"mm"_s << 7.;
    QTest::newRow("air") << 0.04 << u"mg/m3"_s << u"ug/m3"_s << 40.;
    QTest::newRow("share") << 0.68 << u"1"_s << u"%"_s << 68.;
    QTest::newRow("same unknown unit") << 3. << u"[furlong]"_s << u"[furlong]"_s << 3.;
}

void TestUcum::valuesConvert()
{
    QFETCH(double, value);
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(double, expected);
    const auto converted = convertUnit(value, from, to);
    QVERIFY(converted);
    QVERIFY2(std::abs(*converted - expected) < 1e-9, qPrintable(QString::number(*converted, 'g', 17)));
}

void TestUcum::whatMeasuresSomethingElseDoesNotConvert_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("temperature, pressure") << u"Cel"_s << u"hPa"_s;
    QTest::newRow("weighted sound") << u"dB"_s << u"dB[A]"_s;
    QTest::newRow("unknown") << u""_s << u"Cel"_s;
    QTest::newRow("to unknown") << u"Cel"_s << u"x"_s;
    QTest::newRow("gas by mass and by volume") << u"ug/m3"_s << u"[ppb]"_s;
}

void TestUcum::whatMeasuresSomethingElseDoesNotConvert()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QVERIFY(!convertUnit(1, from, to));
}

QTEST_GUILESS_MAIN(TestUcum)
#include "tst_ucum.moc"
