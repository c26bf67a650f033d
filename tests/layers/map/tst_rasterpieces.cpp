// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/rasterpieces.h"
#include "tests/layers/map/scenes.h"
#include "tests/support/testkit.h"

#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** Colours of the place, see-through in a part of it; counts what is asked. */
class CountingRaster final : public RasterSource
{
public:
    LayerDescription description() const override { return {}; }
    Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const override
    {
        ++reads;
        largest = std::max(largest, qint64(query.size.width()) * query.size.height());
        if (onRead)
            onRead();
        if (token.stop_requested())
            return cancelled();
        if (error)
            return std::unexpected(*error);
        RasterBlock block{.size = query.size, .damage = damage};
        block.image = QImage(query.size, QImage::Format_ARGB32);
        for (int y = 0; y < query.size.height(); ++y) {
            auto *row = reinterpret_cast<QRgb *>(block.image.scanLine(y));
            for (int x = 0; x < query.size.width(); ++x) {
                const double e = query.extent.xMin + (x + 0.5) / query.size.width() * query.extent.width();
                const double n = query.extent.yMax - (y + 0.5) / query.size.height() * query.extent.height();
                const int wave = int(127 + 120 * std::sin(e / 9) * std::cos(n / 7));
                row[x] = qRgba(wave, 255 - wave, 90, e < 240 ? 255 : 130);
            }
        }
        return block;
    }
    Result<std::vector<double>> valuesAt(PointXY, const Crs &, CancelToken) const override
    {
        return std::vector<double>{};
    }

    QString damage;
    std::optional<Error> error;
    std::function<void()> onRead;
    mutable int reads = 0;
    mutable qint64 largest = 0;
};

Layer layerOf(const std::shared_ptr<CountingRaster> &raster, double opacity = 1)
{
    auto data = std::make_shared<LayerData>();
    data->description.kind = LayerKind::Raster;
    data->description.rasterKind = RasterKind::Colour;
    data->source = std::shared_ptr<const RasterSource>(raster);
    Layer layer;
    layer.title = u"Luftbild"_s;
    layer.opacity = opacity;
    layer.data = data;
    return layer;
}

constexpr QSize page(540, 780);
constexpr qint64 smallPieces = 120'000;

Viewport sheet(double rotation)
{
    auto result = view(page.width(), page.height());
    result.rotation = rotation;
    return result;
}

QImage painted(const Layer &layer, double rotation, qint64 pixels)
{
    QImage image(page, QImage::Format_ARGB32_Premultiplied);
    image.fill(QColor(250, 240, 200));
    QPainter painter(&image);
    QStringList problems;
    return paintRaster(painter, layer, sheet(rotation), true, {}, problems, pixels) && problems.isEmpty() ? image
                                                                                                          : QImage();
}

int difference(QRgb a, QRgb b)
{
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

/** Share of the pixels that differ by more than four roundings do. */
double differing(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        const auto *p = reinterpret_cast<const QRgb *>(a.constScanLine(y)),
                   *q = reinterpret_cast<const QRgb *>(b.constScanLine(y));
        for (int x = 0; x < a.width(); ++x)
            count += difference(p[x], q[x]) > 6 ? 1 : 0;
    }
    return double(count) / a.width() / a.height();
}

} // namespace

class TestRasterPieces : public QObject
{
    Q_OBJECT

private slots:
    void piecesGiveTheSamePageAsOnePicture_data()
    {
        QTest::addColumn<double>("rotation");
        QTest::addColumn<double>("opacity");
        QTest::addColumn<bool>("smooth");
        for (const double rotation : {0.0, 17.0, -135.5}) {
            for (const double opacity : {1.0, 0.72}) {
                for (const bool smooth : {false, true})
                    QTest::addRow("turned %g, opacity %g%s", rotation, opacity, smooth ? ", smooth" : "")
                        << rotation << opacity << smooth;
            }
        }
    }
    void piecesGiveTheSamePageAsOnePicture()
    {
        QFETCH(double, rotation);
        QFETCH(double, opacity);
        QFETCH(bool, smooth);
        const auto raster = std::make_shared<CountingRaster>();
        auto layer = layerOf(raster, opacity);
        layer.style.raster.smooth = smooth;
        const auto whole = painted(layer, rotation, 10'000'000);
        QCOMPARE(raster->reads, 1);
        raster->reads = 0;
        const auto inOne = std::exchange(raster->largest, 0);
        const auto pieces = painted(layer, rotation, smallPieces);
        QVERIFY2(raster->reads >= 3, qPrintable(QString::number(raster->reads)));
        QVERIFY2(double(raster->largest) < 0.6 * double(inOne), qPrintable(QString::number(raster->largest)));
        QVERIFY(!whole.isNull() && !pieces.isNull());
        // a turned pixel may by a hair be its neighbour, most so where they are not mixed
        const double allowed = rotation == 0 ? 0 : smooth ? 5e-5 : 0.003;
        QVERIFY2(differing(whole, pieces) <= allowed, qPrintable(QString::number(differing(whole, pieces))));
    }

    void aViewerThatRoundsTheEdgesOutwardsShowsNoSeam()
    {
        // As printers do: each picture covers all pixels that it touches
        QImage flat(page, QImage::Format_ARGB32_Premultiplied);
        flat.fill(QColor(30, 60, 90, 160));
        QImage paper(180, 260, QImage::Format_ARGB32_Premultiplied);
        paper.fill(Qt::white);
        QPainter painter(&paper);
        painter.setOpacity(0.7);
        const auto pieces = piecesOf(flat.rect(), 0, smallPieces);
        QVERIFY(pieces.size() >= 3);
        for (const auto &piece : pieces) {
            auto image = flat.copy(piece.area);
            fadeOverlaps(image, piece, 0.7);
            const QRectF place(piece.area.x() / 3.0, piece.area.y() / 3.0, piece.area.width() / 3.0,
                               piece.area.height() / 3.0);
            painter.drawImage(place.toAlignedRect(), image);
        }
        painter.end();
        const int expected = int(255 - (255 - 30) * 160 / 255.0 * 0.7);
        for (int y = 1; y < 259; ++y) {
            const int red = qRed(paper.pixel(50, y));
            QVERIFY2(std::abs(red - expected) <= 4, qPrintable(u"row %1: %2 for %3"_s.arg(y).arg(red).arg(expected)));
        }
    }

    void sharesAddUpToOneAndAllIsCovered_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("rotation");
        QTest::addColumn<bool>("several");
        QTest::newRow("strips") << page << 0.0 << true;
        QTest::newRow("tiles") << page << 30.0 << true;
        QTest::newRow("a narrow band") << QSize(30000, 5) << 0.0 << false;
        QTest::newRow("a narrow band, turned") << QSize(30000, 5) << 30.0 << true;
        QTest::newRow("fits into one") << QSize(100, 100) << 30.0 << false;
    }
    void sharesAddUpToOneAndAllIsCovered()
    {
        QFETCH(QSize, size);
        QFETCH(double, rotation);
        const QRect whole(QPoint(-7, 11), size);
        const auto pieces = piecesOf(whole, rotation, smallPieces);
        QFETCH(bool, several);
        QCOMPARE(pieces.size() > 1, several);
        std::vector<double> sums(std::size_t(size.width()) * std::size_t(size.height()), 0);
        double least = 1;
        for (const auto &piece : pieces) {
            QVERIFY(whole.contains(piece.area));
            auto sum = sums.begin();
            for (int y = whole.top(); y <= whole.bottom(); ++y) {
                for (int x = whole.left(); x <= whole.right(); ++x, ++sum) {
                    if (!piece.area.contains(x, y))
                        continue;
                    const double share = piece.share(x, y);
                    least = std::min(least, share);
                    *sum += share;
                }
            }
        }
        QVERIFY(least > 0);
        const auto [lowest, highest] = std::ranges::minmax(sums);
        QVERIFY2(lowest > 1 - 1e-9 && highest < 1 + 1e-9, qPrintable(u"%1 to %2"_s.arg(lowest).arg(highest)));
    }

    void nothingIsDrawnOfAnEmptySheet() { QVERIFY(piecesOf({}, 0, smallPieces).empty()); }

    void cancellingEndsItAfterThePieceAtHand()
    {
        const auto raster = std::make_shared<CountingRaster>();
        std::stop_source stop;
        raster->onRead = [&] {
            if (raster->reads == 2)
                stop.request_stop();
        };
        QImage image(page, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        QStringList problems;
        const auto status =
            paintRaster(painter, layerOf(raster), sheet(0), true, stop.get_token(), problems, smallPieces);
        QVERIFY(!status);
        QCOMPARE(status.error().kind, ErrorKind::Cancelled);
        QCOMPARE(raster->reads, 2);
        QCOMPARE(problems, QStringList());
    }

    void whatIsWrongIsToldOnce()
    {
        QImage image(page, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        const auto damaged = std::make_shared<CountingRaster>();
        damaged->damage = u"The file is damaged."_s;
        QStringList problems;
        VERIFY_RESULT(paintRaster(painter, layerOf(damaged), sheet(0), true, {}, problems, smallPieces));
        QCOMPARE(problems, QStringList{u"Luftbild: The file is damaged."_s});
        QVERIFY(damaged->reads > 1);

        const auto broken = std::make_shared<CountingRaster>();
        broken->error = Error{ErrorKind::Network, u"The server does not answer."_s};
        problems.clear();
        VERIFY_RESULT(paintRaster(painter, layerOf(broken), sheet(0), true, {}, problems, smallPieces));
        QCOMPARE(problems, QStringList{u"Luftbild: The server does not answer."_s});
        QCOMPARE(broken->reads, 1);
    }
};

QTEST_GUILESS_MAIN(TestRasterPieces)
#include "tst_rasterpieces.moc"
