// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/layernodes.h"
#include "tests/support/testkit.h"

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

const SourceRef city{.location = u"/data/city.gpkg"_s, .options = {{u"encoding"_s, u"UTF-8"_s}}};

LayerDescription vector(const QString &name, std::vector<GeometryKind> kinds, const QString &group = {})
{
    return {.name = name, .group = group, .geometryKinds = std::move(kinds)};
}

QStringList titles(const std::vector<LayerNode> &nodes)
{
    QStringList result;
    for (const auto &node : nodes)
        result << (node.layer ? node.layer->title : u'[' + node.title + u']');
    return result;
}

} // namespace

class tst_LayerNodes : public QObject
{
    Q_OBJECT
private slots:
    void aNodeKnowsItsSourceAndProvenance();
    void theStyleOfTheFileIsTaken();
    void aStyleThatCannotBeReadGivesWayToThePlainOne();
    void valuesGetAReadableRamp();
    void aSingleLayerNeedsNoGroup();
    void smallThingsLieOnTop();
    void suggestedGroupsKeepTheirOrder();
    void onePlanIsOneGroup();
    void anEmptySourceGivesNothing();
};

void tst_LayerNodes::aNodeKnowsItsSourceAndProvenance()
{
    auto description = vector(u"trees"_s, {GeometryKind::Point});
    description.title = u"Bäume"_s;
    description.provenance.licence = u"cc-zero"_s;
    const auto node = nodeFor(city, description, 0);
    QVERIFY(node.layer);
    QCOMPARE(node.id, node.layer->id);
    QVERIFY(!node.id.isNull());
    QCOMPARE(node.layer->title, u"Bäume"_s);
    QCOMPARE(node.layer->source.layer, u"trees"_s);
    QCOMPARE(node.layer->source.location, city.location);
    QCOMPARE(node.layer->source.options, city.options);
    QCOMPARE(node.layer->provenance.licence, u"cc-zero"_s);
    QVERIFY(node.layer->theme.isEmpty());
    QVERIFY(node.layer->style == Style::plain(GeometryKind::Point, 0));
}

void tst_LayerNodes::theStyleOfTheFileIsTaken()
{
    auto description = vector(u"a"_s, {GeometryKind::Polygon});
    auto style = Style::plain(GeometryKind::Polygon, 5);
    style.label.field = u"name"_s;
    description.style = style.toJson();
    QCOMPARE(nodeFor(city, description, 0).layer->style.toJson(), style.toJson());
}

void tst_LayerNodes::aStyleThatCannotBeReadGivesWayToThePlainOne()
{
    auto description = vector(u"a"_s, {GeometryKind::Line});
    description.style = {{u"classes"_s, 7}};
    QVERIFY(nodeFor(city, description, 2).layer->style == Style::plain(GeometryKind::Line, 2));
}

void tst_LayerNodes::valuesGetAReadableRamp()
{
    LayerDescription description{.name = u"dem"_s, .kind = LayerKind::Raster, .rasterKind = RasterKind::Values};
    QVERIFY(!nodeFor(city, description, 0).layer->style.raster.ramp.isEmpty());
}

void tst_LayerNodes::aSingleLayerNeedsNoGroup()
{
    const auto nodes = nodesFor({.title = u"city.gpkg"_s, .layers = {vector(u"a"_s, {})}}, city);
    QCOMPARE(titles(nodes), QStringList{u"a"_s});
}

void tst_LayerNodes::smallThingsLieOnTop()
{
    SourceDescription source{.title = u"city.gpkg"_s};
    source.layers = {{.name = u"table"_s, .kind = LayerKind::Table},
                     {.name = u"photo"_s, .kind = LayerKind::Raster},
                     vector(u"areas"_s, {GeometryKind::Polygon}),
                     vector(u"mixed"_s, {GeometryKind::Polygon, GeometryKind::Point}),
                     vector(u"roads"_s, {GeometryKind::Line}),
                     vector(u"places"_s, {GeometryKind::Point}),
                     vector(u"trees"_s, {GeometryKind::Point})};
    const auto nodes = nodesFor(source, city);
    QCOMPARE(titles(nodes), QStringList{u"[city.gpkg]"_s});
    QCOMPARE(titles(nodes[0].children),
             (QStringList{u"places"_s, u"trees"_s, u"roads"_s, u"mixed"_s, u"areas"_s, u"photo"_s, u"table"_s}));
}

void tst_LayerNodes::suggestedGroupsKeepTheirOrder()
{
    SourceDescription source{.title = u"plans.zip"_s};
    source.layers = {vector(u"a"_s, {GeometryKind::Polygon}, u"Plan 1"_s),
                     vector(u"b"_s, {GeometryKind::Point}, u"Plan 2"_s),
                     vector(u"c"_s, {GeometryKind::Point}, u"Plan 1"_s), vector(u"extent"_s, {GeometryKind::Polygon})};
    const auto nodes = nodesFor(source, city);
    QCOMPARE(titles(nodes), QStringList{u"[plans.zip]"_s});
    QCOMPARE(titles(nodes[0].children), (QStringList{u"[Plan 1]"_s, u"[Plan 2]"_s, u"extent"_s}));
    QCOMPARE(titles(nodes[0].children[0].children), (QStringList{u"a"_s, u"c"_s}));
    LayerTree tree;
    VERIFY_RESULT(tree.apply({TreeChange::Insert{{}, 0, nodes[0]}, {}}));
}

void tst_LayerNodes::onePlanIsOneGroup()
{
    SourceDescription source{.title = u"plan.gml"_s};
    source.layers = {vector(u"a"_s, {GeometryKind::Polygon}, u"Plan 1"_s),
                     vector(u"b"_s, {GeometryKind::Point}, u"Plan 1"_s)};
    QCOMPARE(titles(nodesFor(source, city)), QStringList{u"[Plan 1]"_s});
}

void tst_LayerNodes::anEmptySourceGivesNothing()
{
    QVERIFY(nodesFor({.title = u"empty.gpkg"_s}, city).empty());
}

QTEST_GUILESS_MAIN(tst_LayerNodes)
#include "tst_layernodes.moc"
