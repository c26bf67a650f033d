// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/map/coordinatebox.h"

#include <QLineEdit>
#include <QSignalSpy>

#include <cmath>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(hanseatlas::DegreeForm)

class TestCoordinateBox : public QObject
{
    Q_OBJECT

private slots:
    void writesAndReadsEveryForm_data();
    void writesAndReadsEveryForm();
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void refusesWhatIsNoPlace_data();
    void refusesWhatIsNoPlace();
    void neverWritesSixtySeconds();
    void showsThePlaceInTheChosenCrs();
    void aTypedPairGoesThere();
    void degreesAreDegreesInEveryDisplay();
    void unknownChoicesAreIgnored();
};

void TestCoordinateBox::writesAndReadsEveryForm_data()
{
    QTest::addColumn<int>("epsg");
    QTest::addColumn<DegreeForm>("form");
    QTest::addColumn<QString>("locale");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    for (const auto *locale : {u"de_DE", u"en_GB", u"C"}) {
        const auto l = QString::fromUtf16(locale);
        QTest::addRow("UTM %s", qPrintable(l)) << 25832 << DegreeForm::Decimal << l << 611234.5 << 5969876.2;
        QTest::addRow("GK %s", qPrintable(l)) << 31467 << DegreeForm::Decimal << l << 3611345.0 << 5971829.9;
        QTest::addRow("west %s", qPrintable(l)) << 25833 << DegreeForm::Decimal << l << -12345.6 << 5969876.2;
        QTest::addRow("degrees %s", qPrintable(l)) << 4326 << DegreeForm::Decimal << l << 10.68662 << 53.86553;
        QTest::addRow("dms %s", qPrintable(l)) << 4326 << DegreeForm::MinutesSeconds << l << 10.6865 << -53.865;
    }
}

void TestCoordinateBox::writesAndReadsEveryForm()
{
    QFETCH(int, epsg);
    QFETCH(DegreeForm, form);
    QFETCH(QString, locale);
    QFETCH(double, x);
    QFETCH(double, y);
    const auto crs = Crs::fromEpsg(epsg);
    const auto text = coordinateText({x, y}, crs, form, QLocale(locale));
    const auto read = parseCoordinates(text, crs);
    QVERIFY2(read, qPrintable(text));
    const double tolerance = crs.isGeographic() ? 2e-5 : 0.06;
    QVERIFY2(std::abs(read->x - x) < tolerance && std::abs(read->y - y) < tolerance, qPrintable(text));
}

void TestCoordinateBox::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("epsg");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    const auto metres = [](const char *text) {
        QTest::newRow(text) << QString::fromUtf8(text) << 25832 << 611234.5 << 5969876.2;
    };
    metres("611234.5 5969876.2");
    metres("611234,5 5969876,2");
    metres("611234.5, 5969876.2");
    metres("611234,5; 5969876,2");
    metres("E 611234,5 N 5969876,2");
    metres("611.234,5 5.969.876,2");
    metres("611 234,5  5 969 876,2");
    metres("611 234,5 5 969 876,2");
    metres("N 5969876.2 E 611234.5");
    metres("Rechtswert: 611234,5 Hochwert: 5969876,2");
    metres("Ost 611234,5, Nord 5969876,2");
    metres("32611234.5 5969876.2");
    const auto degrees = [](const char *text) {
        QTest::newRow(text) << QString::fromUtf8(text) << 4326 << 10.68662 << 53.86553;
    };
    degrees("53.86553, 10.68662");
    degrees("53.86553 10.68662");
    degrees("53,86553 10,68662");
    degrees("53,86553; 10,68662");
    degrees("53.86553° N 10.68662° E");
    degrees("53,86553°N, 10,68662°O");
    degrees("10.68662 E, 53.86553 N");
    degrees("N 53.86553 E 10.68662");
    degrees("53°51'55.908\"N 10°41'11.832\"E");
    degrees("53° 51′ 55,908″ N, 10° 41′ 11,832″ O");
    degrees("53°51.9318'N 10°41.1972'E");
    degrees("53° 51' 55.908\" 10° 41' 11.832\"");
    QTest::newRow("south and west") << u"33.5 S 70.6 W"_s << 4326 << -70.6 << -33.5;
}

void TestCoordinateBox::readsWhatPeopleType()
{
    QFETCH(QString, text);
    QFETCH(int, epsg);
    QFETCH(double, x);
    QFETCH(double, y);
    const auto crs = Crs::fromEpsg(epsg);
    const auto read = parseCoordinates(text, crs);
    QVERIFY(read);
    const double tolerance = crs.isGeographic() ? 1e-6 : 0.01;
    QVERIFY2(std::abs(read->x - x) < tolerance && std::abs(read->y - y) < tolerance,
             qPrintable(u"%1 %2"_s.arg(read->x, 0, 'f', 6).arg(read->y, 0, 'f', 6)));
}

void TestCoordinateBox::refusesWhatIsNoPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("epsg");
    QTest::newRow("empty") << QString() << 25832;
    QTest::newRow("one number") << u"611234"_s << 25832;
    QTest::newRow("words") << u"Holstentor Lübeck"_s << 25832;
    QTest::newRow("two norths") << u"N 53 N 10"_s << 4326;
    QTest::newRow("too far north") << u"95.0 10.0"_s << 4326;
    QTest::newRow("sixty minutes") << u"53°61'N 10°10'E"_s << 4326;
    QTest::newRow("degrees as metres") << u"53°51'N 10°41'E"_s << 25832;
    QTest::newRow("not a number") << u"nan nan"_s << 25832;
}

void TestCoordinateBox::refusesWhatIsNoPlace()
{
    QFETCH(QString, text);
    QFETCH(int, epsg);
    QVERIFY(!parseCoordinates(text, Crs::fromEpsg(epsg)));
}

void TestCoordinateBox::neverWritesSixtySeconds()
{
    const auto text = coordinateText({10.99999999, 53.99999999}, Crs::fromEpsg(4326), DegreeForm::MinutesSeconds,
                                     QLocale(u"en_GB"_s));
    QVERIFY2(!text.contains(u"60"_s), qPrintable(text));
    QVERIFY(text.startsWith(u"54°"_s));
}

void TestCoordinateBox::showsThePlaceInTheChosenCrs()
{
    CoordinateBox box;
    box.setPlace({611234.5, 5969876.2}, Crs::working());
    QVERIFY2(box.text().contains(u"611"_s) && box.text().contains(u"234.5"_s), qPrintable(box.text()));
    QSignalSpy changed(&box, &CoordinateBox::choiceChanged);
    box.setChoice(u"EPSG:4326"_s);
    QCOMPARE(changed.size(), 1);
    QVERIFY2(box.text().startsWith(u"53.86"_s), qPrintable(box.text()));
    box.setChoice(u"EPSG:4326 dms"_s);
    QVERIFY2(box.text().startsWith(u"53°"_s), qPrintable(box.text()));
    box.clearPlace();
    QVERIFY(box.text().isEmpty());
}

void TestCoordinateBox::aTypedPairGoesThere()
{
    CoordinateBox box;
    PointXY gone;
    Crs in;
    connect(&box, &CoordinateBox::placeChosen, this, [&](PointXY place, const Crs &crs) {
        gone = place;
        in = crs;
    });
    auto *edit = box.findChild<QLineEdit *>();
    QTest::keyClicks(edit, u"611234 5969876"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(gone, (PointXY{611234, 5969876}));
    QCOMPARE(in.epsg(), 25832);
}

void TestCoordinateBox::degreesAreDegreesInEveryDisplay()
{
    CoordinateBox box;
    PointXY gone;
    int epsg = 0;
    connect(&box, &CoordinateBox::placeChosen, this, [&](PointXY place, const Crs &crs) {
        gone = place;
        epsg = crs.epsg();
    });
    auto *edit = box.findChild<QLineEdit *>();
    edit->setText({});
    QTest::keyClicks(edit, u"53.5° N 10.5° E"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(epsg, 4326);
    QCOMPARE(gone, (PointXY{10.5, 53.5}));
}

void TestCoordinateBox::unknownChoicesAreIgnored()
{
    CoordinateBox box;
    box.setChoice(u"EPSG:9999"_s);
    QCOMPARE(box.choice(), u"EPSG:25832"_s);
}

QTEST_MAIN(TestCoordinateBox)
#include "tst_coordinatebox.moc"
