// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/crs.h"
#include "tests/support/testkit.h"

#include <cmath>
#include <thread>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

class TestCrs : public QObject
{
    Q_OBJECT
private slots:
    void definitionsAreUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        for (const auto *text : {"EPSG:25832", "epsg:25832", "25832", "urn:ogc:def:crs:EPSG::25832",
                                 "urn:ogc:def:crs:EPSG:6.18:25832", "http://www.opengis.net/def/crs/EPSG/0/25832",
                                 "http://www.opengis.net/gml/srs/epsg.xml#25832", "urn:adv:crs:ETRS89_UTM32"})
            QTest::newRow(text) << QString::fromLatin1(text) << u"EPSG:25832"_s;
        QTest::newRow("900913") << u"EPSG:900913"_s << u"EPSG:3857"_s;
        QTest::newRow("CRS84") << u"urn:ogc:def:crs:OGC:1.3:CRS84"_s << u"OGC:CRS84"_s;
        QTest::newRow("gk3") << u"urn:adv:crs:DHDN_3GK3"_s << u"EPSG:31467"_s;
        for (const auto *text : {"", "EPSG:0", "EPSG:999999", "nonsense", "MERKATOR"})
            QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text) << QString();
    }
    void definitionsAreUnderstood()
    {
        QFETCH(QString, text);
        QFETCH(QString, id);
        const auto crs = Crs::fromText(text);
        QCOMPARE(crs.isValid(), !id.isEmpty());
        QCOMPARE(crs.id(), id);
    }

    void axesAndUnitsAreKnown()
    {
        QVERIFY(!Crs::fromEpsg(25832).northingFirst());
        QVERIFY(Crs::fromEpsg(31467).northingFirst());
        QVERIFY(Crs::fromEpsg(4326).northingFirst());
        QVERIFY(Crs::fromEpsg(4326).isGeographic());
        QVERIFY(!Crs::fromEpsg(25832).isGeographic());
        QCOMPARE(Crs::fromEpsg(25832).metresPerUnit(), 1.0);
        QVERIFY(Crs::fromEpsg(25832).areaOfUse().contains(PointXY{10.7, 53.9}));
    }

    void wktRoundTripIsEqual()
    {
        const auto crs = Crs::fromEpsg(25832);
        QCOMPARE(Crs::fromText(crs.definition()), crs);
        const auto own =
            Crs::fromText(u"+proj=tmerc +lat_0=0 +lon_0=10.5 +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +type=crs"_s);
        QVERIFY(own.isValid());
        QCOMPARE(own.epsg(), 0);
        QCOMPARE(Crs::fromText(own.definition()), own);
    }

    void townHallLiesWhereItShould_data()
    {
        QTest::addColumn<int>("epsg");
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::newRow("25832") << 25832 << 610907.062 << 5969875.817;
        QTest::newRow("3857") << 3857 << 1189626.87 << 7144724.644;
        QTest::newRow("4326") << 4326 << 10.6866 << 53.8655;
    }
    void townHallLiesWhereItShould()
    {
        QFETCH(int, epsg);
        QFETCH(double, x);
        QFETCH(double, y);
        const auto transform = Transform::create(Crs::fromEpsg(4326), Crs::fromEpsg(epsg));
        VERIFY_RESULT(transform);
        const auto p = transform->forward(PointXY{10.6866, 53.8655});
        QVERIFY2(std::abs(p.x - x) < 1 && std::abs(p.y - y) < 1,
                 qPrintable(u"%1 %2"_s.arg(p.x, 0, 'f', 3).arg(p.y, 0, 'f', 3)));
        const auto back = transform->inverse(p);
        QVERIFY(std::abs(back.x - 10.6866) < 1e-8 && std::abs(back.y - 53.8655) < 1e-8);
    }

    /** BeTA2007 against the seven-parameter set: they differ by decimetres, against no datum shift at all by over 100
     * m. */
    void gaussKruegerGoesThroughTheGrid()
    {
        const auto transform = Transform::create(Crs::fromEpsg(25832), Crs::fromEpsg(31467));
        VERIFY_RESULT(transform);
        const auto p = transform->forward(PointXY{610907, 5969876});
        QVERIFY2(std::abs(p.x - 3611021.116) < 0.05 && std::abs(p.y - 5971826.427) < 0.05,
                 qPrintable(u"%1 %2"_s.arg(p.x, 0, 'f', 3).arg(p.y, 0, 'f', 3)));
    }

    void whatCannotBeTurnedIsNaN()
    {
        const auto transform = Transform::create(Crs::fromEpsg(4326), Crs::fromEpsg(3857));
        VERIFY_RESULT(transform);
        PointXY points[] = {{10, 53}, {std::nan(""), 1}, {10, 90.5}};
        QVERIFY(transform->forward(points) >= 1);
        QVERIFY(std::isfinite(points[0].x));
        QVERIFY(std::isnan(points[1].x) && std::isnan(points[1].y));
    }

    void unknownCrsIsIdentity()
    {
        const auto transform = Transform::create({}, Crs::working());
        VERIFY_RESULT(transform);
        QVERIFY(transform->isIdentity());
        QCOMPARE(transform->forward(PointXY{1, 2}), (PointXY{1, 2}));
    }

    void boxesAreTurnedWithTheirEdges()
    {
        const auto transform = Transform::create(Crs::fromEpsg(25832), Crs::fromEpsg(4326));
        VERIFY_RESULT(transform);
        const auto box = transform->forward(Extent{602900, 5961000, 624900, 5984400});
        QVERIFY(box.contains(PointXY{10.6866, 53.8655}));
        QVERIFY(box.width() > 0.3 && box.width() < 0.4);
        QVERIFY(transform->forward(Extent()).isEmpty());
    }

    void threadsMayTransformAtOnce()
    {
        std::atomic<int> good = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] {
                    const auto t = Transform::create(Crs::fromEpsg(4326), Crs::fromEpsg(25832));
                    for (int k = 0; t && k < 1000; ++k)
                        if (std::abs(t->forward(PointXY{10.6866, 53.8655}).x - 610907) < 1)
                            ++good;
                });
        }
        QCOMPARE(good.load(), 4000);
    }
};

QTEST_GUILESS_MAIN(TestCrs)
#include "tst_crs.moc"
