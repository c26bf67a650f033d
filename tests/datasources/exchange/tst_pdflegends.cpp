// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/pdfexport.h"
#include "datasources/live/serviceopener.h"
#include "tests/datasources/exchange/childprocess.h"
#include "tests/datasources/live/livefixture.h"
#include "tests/support/mapscenes.h"

#include <QFileInfo>

#include <thread>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int legendWidth = 189; ///< 50 mm at 96 dpi

/** A WMS that draws its legend as finely as it is asked to; nothing of it is in the map. */
class ExplainedWms
{
public:
    ExplainedWms()
    {
        server.on("/wms", [this](const ServedRequest &request) {
            const QUrlQuery query(QUrl::fromEncoded(request.target).query());
            const auto asked = query.queryItemValue(u"REQUEST"_s);
            if (asked == "GetLegendGraphic"_L1) {
                ++legends;
                return legend(query);
            }
            if (asked == "GetMap"_L1) {
                QImage empty(query.queryItemValue(u"WIDTH"_s).toInt(), query.queryItemValue(u"HEIGHT"_s).toInt(),
                             QImage::Format_ARGB32);
                empty.fill(Qt::transparent);
                return ServedReply{.body = png(empty), .headers = {{"Content-Type", "image/png"}}};
            }
            return ServedReply{.body = capabilities(server.url(u"/wms"_s).toEncoded(), layerXml("heat", "Hitze"))
                                   + "<!-- MapServer version 8.0 -->",
                               .headers = {{"Content-Type", "text/xml"}}};
        });
    }
    LoopbackServer server;
    std::function<ServedReply(const QUrlQuery &)> legend = [](const QUrlQuery &query) {
        const auto resolution = query.queryItemValue(u"MAP_RESOLUTION"_s).toDouble();
        auto picture = linedLegend(legendWidth, 8, resolution > 0 ? resolution / 72 : 1);
        picture.setDevicePixelRatio(1);
        return ServedReply{.body = png(picture), .headers = {{"Content-Type", "image/png"}}};
    };
    std::atomic_int legends = 0;
};

PrintLayout sampleLayout()
{
    PrintLayout layout;
    layout.centre = {611000, 5970000};
    layout.title = u"Hitze in Lübeck"_s;
    layout.date = QDate(2026, 3, 14);
    return layout;
}

/** The box of all that is as red as the legend's samples, in millimetres. */
QRectF redBox(const QImage &image, double pixelsPerMm)
{
    QRect box;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const auto color = image.pixelColor(x, y);
            if (color.red() > 240 && color.green() < 20 && color.blue() < 20)
                box |= QRect(x, y, 1, 1);
        }
    }
    return {QPointF(box.topLeft()) / pixelsPerMm, QSizeF(box.size()) / pixelsPerMm};
}

} // namespace

class TestPdfLegends : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aLegendIsPrintedFinelyAtItsTrueSize();
    void aFailedLegendCostsOnlyItsPicture_data();
    void aFailedLegendCostsOnlyItsPicture();
    void nobodyIsAsked_data();
    void nobodyIsAsked();
    void waitingForALegendCanBeCancelled();

private:
    Layer layer()
    {
        const SourceRef ref{
            .provider = u"wms"_s, .location = m_wms->server.url(u"/wms"_s).toString(), .layer = u"heat"_s};
        const auto opened = m_opener->open(ref, {});
        if (!opened)
            return {};
        auto data = std::make_shared<LayerData>();
        data->source = *opened;
        data->description = std::get<std::shared_ptr<const RasterSource>>(*opened)->description();
        Layer layer{.id = QUuid::createUuid(), .title = u"Hitze"_s, .source = ref};
        layer.state = LayerState::Ready;
        layer.data = data;
        return layer;
    }
    QString path() const { return m_folder->filePath(u"sheet.pdf"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ExplainedWms> m_wms;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceOpener> m_opener;
};

void TestPdfLegends::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wms = std::make_unique<ExplainedWms>();
    m_access = accessTo(m_folder->path());
    m_opener = std::make_unique<ServiceOpener>(m_access);
}

void TestPdfLegends::cleanup()
{
    m_opener.reset();
    m_access.reset();
    m_wms.reset();
}

void TestPdfLegends::aLegendIsPrintedFinelyAtItsTrueSize()
{
    NEED_PROGRAM(u"pdftoppm"_s);
    NEED_PROGRAM(u"pdfimages"_s);
    MapScene scene;
    scene.layers = {layer()};
    QVERIFY(scene.layers.front().data);
    RenderNotes notes;
    VERIFY_RESULT(writePdf(sampleLayout(), scene, path(), {}, {}, &notes));
    QVERIFY2(notes.problems.isEmpty(), qPrintable(notes.problems.join(u'\n')));
    QCOMPARE(m_wms->legends, 2); // as usual, and as fine as the sheet

    const auto images = outputOf(u"pdfimages"_s, {u"-list"_s, path()});
    QVERIFY2(images.contains(QRegularExpression(u"\\b567 +480\\b.*\\b28[78] +28[78]\\b"_s)), qPrintable(images));
    const auto base = m_folder->filePath(u"page"_s);
    outputOf(u"pdftoppm"_s, {u"-png"_s, u"-r"_s, u"254"_s, u"-singlefile"_s, path(), base});
    const QImage page(base + u".png"_s);
    QVERIFY(!page.isNull());
    const auto red = redBox(page, 10); // its eight samples
    QVERIFY2(std::abs(red.width() - 24 * 25.4 / 96) < 0.3, qPrintable(QString::number(red.width())));
    QVERIFY2(std::abs(red.height() - (7 * 20 + 14) * 25.4 / 96) < 0.3, qPrintable(QString::number(red.height())));
}

void TestPdfLegends::aFailedLegendCostsOnlyItsPicture_data()
{
    QTest::addColumn<ServedReply>("reply");
    QTest::newRow("gone") << ServedReply{.status = 404};
    QTest::newRow("out of order") << ServedReply{.status = 500};
    QTest::newRow("a web page") << ServedReply{.body = "<html><body>Wartung</body></html>",
                                               .headers = {{"Content-Type", "image/png"}}};
    QTest::newRow("half a picture") << ServedReply{.body = png(linedLegend(90, 3)).first(40),
                                                   .headers = {{"Content-Type", "image/png"}}};
}

void TestPdfLegends::aFailedLegendCostsOnlyItsPicture()
{
    QFETCH(const ServedReply, reply);
    m_wms->legend = [reply](const QUrlQuery &) { return reply; };
    auto scene = sampleScene(3);
    scene.layers.push_back(layer());
    RenderNotes notes;
    VERIFY_RESULT(writePdf(sampleLayout(), scene, path(), {}, {}, &notes));
    QVERIFY(m_wms->legends > 0);
    QCOMPARE(notes.problems.size(), 1);
    QVERIFY2(notes.problems.front().startsWith(u"Hitze: without its legend. "_s), qPrintable(notes.problems.front()));
    QVERIFY(notes.problems.front().size() > 40); // and why
    NEED_PROGRAM(u"pdftotext"_s);
    const auto text = outputOf(u"pdftotext"_s, {path(), u"-"_s});
    QVERIFY2(text.contains(u"Hitze\n"_s) && text.contains(u"Use number 2"_s), qPrintable(text));
}

void TestPdfLegends::nobodyIsAsked_data()
{
    QTest::addColumn<bool>("legend");
    QTest::addColumn<bool>("mayLeave");
    QTest::addColumn<double>("minScale");
    QTest::newRow("for a sheet without a legend") << false << true << 0.0;
    QTest::newRow("for a layer that may only be viewed") << true << false << 0.0;
    QTest::newRow("for a layer that the scale hides") << true << true << 2500.0;
}

void TestPdfLegends::nobodyIsAsked()
{
    QFETCH(const bool, legend);
    QFETCH(const bool, mayLeave);
    QFETCH(const double, minScale);
    MapScene scene;
    scene.layers = {layer()};
    QVERIFY(scene.layers.front().data);
    scene.layers.front().minScale = minScale;
    if (!mayLeave)
        scene.layers.front().source.options[u"mayBeStored"_s] = false;
    auto layout = sampleLayout();
    layout.legend = legend;
    RenderNotes notes;
    VERIFY_RESULT(writePdf(layout, scene, path(), {}, {}, &notes));
    QCOMPARE(m_wms->legends, 0);
    QCOMPARE(notes.problems.size(), mayLeave ? 0 : 1); // the layer as a whole is told
    NEED_PROGRAM(u"pdftotext"_s);
    QVERIFY(!outputOf(u"pdftotext"_s, {path(), u"-"_s}).contains(u"Legend"_s));
}

void TestPdfLegends::waitingForALegendCanBeCancelled()
{
    m_wms->legend = [](const QUrlQuery &) { return ServedReply{.never = true}; };
    MapScene scene;
    scene.layers = {layer()};
    std::stop_source stop;
    std::jthread later([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        stop.request_stop();
    });
    const auto status = writePdf(sampleLayout(), scene, path(), stop.get_token());
    QVERIFY(!status && status.error().kind == ErrorKind::Cancelled);
    QVERIFY(!QFileInfo::exists(path()));
}

QTEST_MAIN(TestPdfLegends)
#include "tst_pdflegends.moc"
