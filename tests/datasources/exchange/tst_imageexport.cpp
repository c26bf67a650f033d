// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/imageexport.h"
#include "tests/datasources/exchange/childprocess.h"
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QImageReader>
#include <QTemporaryDir>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

Viewport sampleView()
{
    Viewport view{.centre = {611000, 5970000}, .size = {800, 500}, .pixelsPerMm = 150 / 25.4};
    view.setScale(5000);
    return view;
}

} // namespace

class TestImageExport : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void pictureCarriesPlaceAndResolution_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QString>("world");
        QTest::addRow("png") << u"png"_s << u"pgw"_s;
        QTest::addRow("jpg") << u"jpg"_s << u"jgw"_s;
    }

    void pictureCarriesPlaceAndResolution()
    {
        QFETCH(QString, suffix);
        QFETCH(QString, world);
        const auto path = m_folder->filePath(u"map."_s + suffix);
        const auto view = sampleView();
        VERIFY_RESULT(writeImage({.scene = sampleScene(), .view = view, .path = path, .title = u"Map"_s}, m_pool, {}));
        const QImage image(path);
        QCOMPARE(image.size(), QSize(800, 500));
        QVERIFY(std::abs(image.dotsPerMeterX() - 150 / 0.0254) <= 1);

        QFile file(m_folder->filePath(u"map."_s + world));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 6);
        const auto corner = view.toMap({0.5, 0.5});
        QVERIFY(std::abs(lines[0].toDouble() - view.resolution) < 1e-9);
        QVERIFY(std::abs(lines[3].toDouble() + view.resolution) < 1e-9);
        QVERIFY(std::abs(lines[4].toDouble() - corner.x) < 1e-6);
        QVERIFY(std::abs(lines[5].toDouble() - corner.y) < 1e-6);
        if (isInstalled(u"gdalinfo"_s))
            QVERIFY(outputOf(u"gdalinfo"_s, {path}).contains("UTM zone 32N"_L1));
    }

    void demoMarkAndSourcesAreInThePicture()
    {
        auto scene = sampleScene();
        const auto path = m_folder->filePath(u"map.png"_s);
        VERIFY_RESULT(writeImage(
            {.scene = scene, .view = sampleView(), .path = path, .credits = false, .scaleBar = false}, m_pool, {}));
        const QImage bare(path);
        scene.layers.front().provenance.demo = true;
        VERIFY_RESULT(writeImage({.scene = scene, .view = sampleView(), .path = path}, m_pool, {}));
        const QImage marked(path);
        QVERIFY(bare.pixelColor(797, 2) != marked.pixelColor(797, 2));
        bool differs = false;
        for (int x = 0; x < 400; ++x)
            differs = differs || bare.pixelColor(x, 490) != marked.pixelColor(x, 490);
        QVERIFY(differs);
    }

    void wrongWishesAreErrors()
    {
        VERIFY_FAILS(
            writeImage({.scene = {}, .view = sampleView(), .path = m_folder->filePath(u"a.gif"_s)}, m_pool, {}),
            ErrorKind::Unsupported);
        VERIFY_FAILS(
            writeImage({.scene = {}, .view = sampleView(), .path = m_folder->filePath(u"no/a.png"_s)}, m_pool, {}),
            ErrorKind::NotFound);
        auto view = sampleView();
        view.size = {50000, 50000};
        VERIFY_FAILS(writeImage({.scene = {}, .view = view, .path = m_folder->filePath(u"a.png"_s)}, m_pool, {}),
                     ErrorKind::TooLarge);
        view.size = {0, 10};
        VERIFY_FAILS(writeImage({.scene = {}, .view = view, .path = m_folder->filePath(u"a.png"_s)}, m_pool, {}),
                     ErrorKind::Invalid);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

    void cancelledItLeavesNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto status =
            writeImage({.scene = sampleScene(), .view = sampleView(), .path = m_folder->filePath(u"a.png"_s)}, m_pool,
                       stop.get_token());
        QVERIFY(!status && status.error().kind == ErrorKind::Cancelled);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;
};

QTEST_MAIN(TestImageExport)
#include "tst_imageexport.moc"
