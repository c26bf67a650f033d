// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mbtilesfile.h"
#include "datasources/vectortiles/vectortilemap.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestVectorTileMap : public QObject
{
    Q_OBJECT
private slots:
    void preview();
};

void TestVectorTileMap::preview()
{
    const auto file = MbtilesFile::open(dataFile(u"vectortiles/town.mbtiles"_s));
    VERIFY_RESULT(file);
    QFile json(dataFile(u"vectortiles/town.json"_s));
    QVERIFY(json.open(QIODevice::ReadOnly));
    auto style = parseMapStyle(json.readAll(), QUrl());
    VERIFY_RESULT(style);
    qDebug() << style->notes << style->layers.size();
    VectorTilePlan plan{.style = *style};
    MapStyleSource is = style->sources.begin()->second;
    is.minZoom = (*file)->minZoom();
    is.maxZoom = (*file)->maxZoom();
    plan.sources["town"_L1] = {is, *file};
    const VectorTileMap map(std::move(plan));
    const auto to = Transform::create(Crs::fromEpsg(4326), Crs::working());
    const auto c = to->forward(PointXY{10.66, 53.85});
    for (const double res : {10.0, 5.0, 2.5}) {
        const QSize size(1000, 700);
        const Extent e{c.x - res * 500, c.y - res * 350, c.x + res * 500, c.y + res * 350};
        const auto block = map.read({.crs = Crs::working(), .extent = e, .size = size}, {});
        VERIFY_RESULT(block);
        block->image.save(u"/tmp/vt/p%1.png"_s.arg(res));
    }
}

QTEST_MAIN(TestVectorTileMap)
#include "tst_vectortilemap.moc"
