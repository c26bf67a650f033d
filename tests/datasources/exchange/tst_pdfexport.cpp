// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/pdfexport.h"
#include "layers/map/credits.h"
#include "tests/datasources/exchange/childprocess.h"
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

PrintLayout sampleLayout()
{
    PrintLayout layout;
    layout.paper = QPageSize::A3;
    layout.centre = {611000, 5970000};
    layout.title = u"Nutzung in Lübeck"_s;
    layout.subtitle = u"Stadtplanung"_s;
    layout.date = QDate(2026, 3, 14);
    return layout;
}

/** Programs differ in what they make of narrow spaces. */
QString plain(QString text)
{
    return text.replace(QChar(0x202f), u' ').replace(QChar(0xa0), u' ');
}

} // namespace

class TestPdfExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void textIsTextAndFontsAreEmbedded()
    {
        NEED_PROGRAM(u"pdftotext"_s);
        const auto path = write(sampleLayout(), sampleScene());
        const auto text = plain(outputOf(u"pdftotext"_s, {u"-layout"_s, path, u"-"_s}));
        for (const auto &word : {u"Nutzung in Lübeck"_s, u"Stadtplanung"_s, plain(scaleText(5000)), u"Legend"_s,
                                 u"Use number 3"_s, u"EPSG:25832"_s, u"dl-de/by-2-0"_s, u"2026"_s})
            QVERIFY2(text.contains(word), qPrintable(word + u" is missing in "_s + text));
        const auto fonts = outputOf(u"pdffonts"_s, {path}).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(fonts.size() > 2);
        for (const auto &font : fonts.mid(2)) {
            const auto cells = font.simplified().split(u' ');
            // … emb sub uni object id
            QVERIFY2(cells.size() >= 6 && cells[cells.size() - 5] == "yes"_L1, qPrintable(font));
            QCOMPARE(cells[cells.size() - 3], u"yes"_s);
        }
    }

    void translucentLayersStayVectors()
    {
        NEED_PROGRAM(u"pdfimages"_s);
        auto scene = sampleScene();
        for (auto &layer : scene.layers)
            layer.opacity = 0.5;
        const auto path = write(sampleLayout(), scene);
        QCOMPARE(outputOf(u"pdfimages"_s, {u"-list"_s, path}).split(u'\n', Qt::SkipEmptyParts).size(),
                 2); // the head only
        QVERIFY2(QFileInfo(path).size() < 400'000, qPrintable(QString::number(QFileInfo(path).size())));
    }

    void propertiesTellTitleSourceAndDate()
    {
        NEED_PROGRAM(u"pdfinfo"_s);
        const auto info = outputOf(u"pdfinfo"_s, {write(sampleLayout(), sampleScene())});
        const QRegularExpression size(u"Page size:\\s+119[01](\\.\\d+)? x 84[12]"_s);
        QVERIFY2(info.contains(size), qPrintable(info));
        QVERIFY(info.contains(u"Nutzung in Lübeck"_s));
        QVERIFY(info.contains(u"Hansestadt Lübeck, Stadtplanung"_s));
        QVERIFY(info.contains(u"CreationDate:"_s));
        QVERIFY(info.contains(u"Pages:           1"_s));
    }

    void theSubjectHasOneFullStopBetweenItsParts()
    {
        NEED_PROGRAM(u"pdfinfo"_s);
        auto layout = sampleLayout();
        layout.subtitle = u"Amt für Umwelt."_s;
        auto scene = sampleScene();
        scene.layers.front().provenance.personal = true;
        const auto info = outputOf(u"pdfinfo"_s, {write(layout, scene)});
        QVERIFY2(info.contains(
                     u"Amt für Umwelt. Contains personal data: for internal use only, do not pass on. Sources: "_s),
                 qPrintable(info));
        QVERIFY2(!info.contains(u".."_s), qPrintable(info));
    }

    void itIsGeoreferenced_data()
    {
        QTest::addColumn<int>("epsg");
        QTest::addColumn<double>("rotation");
        QTest::addColumn<int>("paper");
        QTest::addRow("UTM 32, A3") << 25832 << 0.0 << int(QPageSize::A3);
        QTest::addRow("UTM 32, A0") << 25832 << 0.0 << int(QPageSize::A0);
        QTest::addRow("UTM 32, turned") << 25832 << 20.0 << int(QPageSize::A4);
        QTest::addRow("UTM 33") << 25833 << 0.0 << int(QPageSize::A4);
        QTest::addRow("Web Mercator") << 3857 << 0.0 << int(QPageSize::A4);
    }

    void itIsGeoreferenced()
    {
        NEED_PROGRAM(u"gdalinfo"_s);
        QFETCH(int, epsg);
        QFETCH(double, rotation);
        QFETCH(int, paper);
        auto layout = sampleLayout();
        layout.paper = QPageSize::PageSizeId(paper);
        layout.crs = Crs::fromEpsg(epsg);
        layout.centre = Transform::create(Crs::working(), layout.crs)->forward(PointXY{611000, 5970000});
        layout.rotation = rotation;
        MapScene scene = sampleScene();
        const auto path = write(layout, scene);
        const auto json = QJsonDocument::fromJson(
            outputOf(u"gdalinfo"_s, {u"-json"_s, path, u"--config"_s, u"GDAL_PDF_DPI"_s, u"150"_s}).toUtf8());
        const auto t = json[u"geoTransform"_s].toArray();
        QCOMPARE(t.size(), 6);
        QVERIFY2(json[u"stac"_s][u"proj:epsg"_s].toInt() == epsg
                     || QString::fromUtf8(json.toJson()).contains(QString::number(epsg)),
                 "CRS");

        // The same place by our sums and by GDAL's must be the same pixel.
        const auto geometry = arrange(layout, scene);
        const auto &view = geometry.viewport;
        for (const auto &place : {QPointF(0.02, 0.03), QPointF(0.5, 0.5), QPointF(0.9, 0.1), QPointF(0.4, 0.95)}) {
            const QPointF device(place.x() * view.size.width(), place.y() * view.size.height());
            const auto map = view.toMap(device);
            const QPointF millimetres = geometry.map.topLeft() + device / view.pixelsPerMm;
            const double column = millimetres.x() / 25.4 * 150, row = millimetres.y() / 25.4 * 150;
            const double x = t[0].toDouble() + column * t[1].toDouble() + row * t[2].toDouble();
            const double y = t[3].toDouble() + column * t[4].toDouble() + row * t[5].toDouble();
            const double pixel = std::hypot(t[1].toDouble(), t[4].toDouble());
            QVERIFY2(std::hypot(x - map.x, y - map.y) < 0.5 * pixel,
                     qPrintable(u"%1 pixels off"_s.arg(std::hypot(x - map.x, y - map.y) / pixel)));
        }
    }

    void aKilometreMeasures200Millimetres()
    {
        NEED_PROGRAM(u"pdftoppm"_s);
        auto layout = sampleLayout();
        layout.grid = false; // a cross of the grid stands on either end of the line
        MapScene scene;
        scene.layers = {kilometre()};
        const auto path = write(layout, scene);
        const double perMm = 1200 / 25.4;
        const auto map = arrange(layout, scene).map;
        const int row = int(map.center().y() * perMm), left = int(map.left() * perMm), right = int(map.right() * perMm);
        QProcess::execute(u"pdftoppm"_s,
                          {u"-r"_s, u"1200"_s, u"-x"_s, QString::number(left), u"-y"_s, QString::number(row), u"-W"_s,
                           QString::number(right - left), u"-H"_s, u"1"_s, u"-png"_s, u"-singlefile"_s, path,
                           m_folder.filePath(u"km"_s)});
        const QImage image(m_folder.filePath(u"km.png"_s));
        QVERIFY(!image.isNull());
        int first = -1, last = -1;
        for (int x = 0; x < image.width(); ++x) {
            const auto color = image.pixelColor(x, 0);
            if (color.red() > 150 && color.green() < 120) {
                first = first < 0 ? left + x : first;
                last = left + x;
            }
        }
        const double millimetres = (last - first + 1) / perMm;
        QVERIFY2(std::abs(millimetres - 200.0) <= 0.1, qPrintable(QString::number(millimetres)));
        QVERIFY(std::abs((first + last + 1) / 2.0 / perMm - map.center().x()) < 0.1);
    }

    void marksArePrinted()
    {
        NEED_PROGRAM(u"pdftotext"_s);
        auto scene = sampleScene();
        scene.layers.front().provenance.demo = true;
        scene.layers.front().provenance.personal = true;
        const auto text = outputOf(u"pdftotext"_s, {write(sampleLayout(), scene), u"-"_s}).simplified();
        QVERIFY(text.contains(demoMark()));
        QVERIFY2(text.contains(personalWarning()), qPrintable(text));
    }

    void layersThatMayOnlyBeViewedAreLeftOutAndNamed()
    {
        NEED_PROGRAM(u"pdftotext"_s);
        auto scene = sampleScene();
        auto &layer = scene.layers.front();
        layer.title = u"Land values"_s;
        layer.provenance.attribution = u"Valuers of the state"_s;
        const auto shown = outputOf(u"pdftotext"_s, {write(sampleLayout(), scene), u"-"_s}).simplified();
        QVERIFY(shown.contains("Valuers of the state"_L1));
        layer.source.options[u"mayBeStored"_s] = false;
        RenderNotes notes;
        const auto path = m_folder.filePath(u"viewonly.pdf"_s);
        VERIFY_RESULT(writePdf(sampleLayout(), scene, path, {}, {}, &notes));
        QVERIFY(!outputOf(u"pdftotext"_s, {path, u"-"_s}).contains("Valuers of the state"_L1));
        QCOMPARE(notes.problems.size(), 1);
        QVERIFY(notes.problems.front().startsWith("Land values: "_L1));
    }

    void cancelledOrFailedItLeavesNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto path = m_folder.filePath(u"sub/x.pdf"_s);
        VERIFY_FAILS(writePdf(sampleLayout(), sampleScene(), path, {}), ErrorKind::NotFound);
        QVERIFY(QDir(m_folder.path()).mkdir(u"sub"_s));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        const auto status = writePdf(sampleLayout(), sampleScene(), path, stop.get_token());
        QVERIFY(!status && status.error().kind == ErrorKind::Cancelled);
        QCOMPARE(QDir(m_folder.filePath(u"sub"_s)).entryList(QDir::Files | QDir::Hidden), QStringList{u"x.pdf"_s});
        QCOMPARE(old.size(), 3);
    }

private:
    QString write(const PrintLayout &layout, const MapScene &scene)
    {
        const auto path = m_folder.filePath(u"%1.pdf"_s.arg(++m_count));
        RenderNotes notes;
        const auto status = writePdf(layout, scene, path, {}, {}, &notes);
        if (!status)
            qWarning("%s", qPrintable(toText(status.error())));
        if (!notes.problems.isEmpty())
            qWarning("%s", qPrintable(notes.problems.join(u'\n')));
        return path;
    }

    QTemporaryDir m_folder;
    int m_count = 0;
};

QTEST_MAIN(TestPdfExport)
#include "tst_pdfexport.moc"
