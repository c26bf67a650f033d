// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/viewport.h"
#include "tests/support/testkit.h"

#include <cmath>

using namespace hanseatlas;

class TestViewport : public QObject
{
    Q_OBJECT
private slots:
    void thereAndBackAgain()
    {
        for (const double rotation : {0.0, 30.0, -120.0}) {
            const Viewport v{.centre = {610907, 5969876}, .resolution = 2.5, .rotation = rotation, .size = {800, 600}};
            const auto p = v.toMap({17, 531});
            const auto d = v.toDevice(p);
            QVERIFY(std::abs(d.x() - 17) < 1e-6 && std::abs(d.y() - 531) < 1e-6);
            const auto t = v.transform().map(QPointF(p.x, p.y));
            QVERIFY(std::abs(t.x() - 17) < 1e-3 && std::abs(t.y() - 531) < 1e-3);
        }
    }

    void rotationTurnsTheMapClockwise()
    {
        const Viewport v{.centre = {0, 0}, .resolution = 1, .rotation = 90, .size = {100, 100}};
        const auto north = v.toDevice({0, 10}); // up becomes right
        QVERIFY(std::abs(north.x() - 60) < 1e-9 && std::abs(north.y() - 50) < 1e-9);
    }

    void theScaleIsThatOfPaper()
    {
        Viewport v{.size = {800, 600}, .pixelsPerMm = 10};
        v.setScale(5000);
        QCOMPARE(v.resolution, 0.5); // a pixel is 0.1 mm, and that is 0.5 m
        QCOMPARE(v.scale(), 5000.0);
    }

    void theAnchorStaysWhereItIs()
    {
        const Viewport v{.centre = {610907, 5969876}, .resolution = 2.5, .rotation = 20, .size = {800, 600}};
        const auto before = v.toMap({100, 80});
        const auto zoomed = v.zoomed(1.7, {100, 80});
        const auto after = zoomed.toMap({100, 80});
        QVERIFY(std::abs(before.x - after.x) < 1e-6 && std::abs(before.y - after.y) < 1e-6);
        QCOMPARE(zoomed.resolution, 2.5 / 1.7);
    }

    void panningMovesThePicture()
    {
        const Viewport v{.centre = {1000, 1000}, .resolution = 2, .rotation = 45, .size = {800, 600}};
        const auto p = v.toMap({300, 300});
        const auto d = v.panned({50, -20}).toDevice(p);
        QVERIFY(std::abs(d.x() - 350) < 1e-9 && std::abs(d.y() - 280) < 1e-9);
    }

    void aFittedBoxIsAllInView()
    {
        for (const double rotation : {0.0, 33.0}) {
            const Viewport v{.rotation = rotation, .size = {800, 600}};
            const Extent box{602900, 5961000, 624900, 5984400};
            const auto fitted = v.fitted(box, 0);
            QVERIFY(fitted.extent().grown(1e-6).contains(box));
            const auto corner = fitted.toDevice({box.xMin, box.yMin});
            QVERIFY(corner.x() > -1e-6 && corner.x() < 800 && corner.y() > 0 && corner.y() < 600 + 1e-6);
        }
        const Viewport v{.centre = {5, 5}, .resolution = 3, .size = {800, 600}};
        QCOMPARE(v.fitted(Extent{7, 7, 7, 7}).resolution, 3.0); // a single place keeps the scale
    }
};

QTEST_GUILESS_MAIN(TestViewport)
#include "tst_viewport.moc"
