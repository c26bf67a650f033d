// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/themes/themeservices.h"
#include "tests/support/testkit.h"

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

LayerNode layer(const QString &title, const QString &location, const QString &name, const QString &theme,
                bool visible = true)
{
    Layer made;
    made.id = QUuid::createUuid();
    made.title = title;
    made.source = {.location = location, .layer = name};
    if (location.startsWith("http"_L1))
        made.source.provider = u"wms"_s;
    made.provenance.demo = location.startsWith("demo:"_L1);
    made.theme = theme;
    made.visible = visible;
    return {.id = made.id, .layer = std::move(made)};
}

LayerNode group(const QString &title, const QString &theme, std::vector<LayerNode> children)
{
    return {.id = QUuid::createUuid(), .title = title, .theme = theme, .children = std::move(children)};
}

/** "Own, Rain(rare, extreme)"; what is hidden in brackets */
QString outline(const std::vector<LayerNode> &nodes)
{
    QStringList parts;
    for (const auto &node : nodes)
        parts << (!node.layer               ? node.title + u'(' + outline(node.children) + u')'
                      : node.layer->visible ? node.layer->title
                                            : u'[' + node.layer->title + u']');
    return parts.join(u", "_s);
}

ThemeService service(const QStringList &replaces, const QString &theme = u"rain"_s)
{
    return {theme, replaces, layer(u"Service"_s, u"https://a.example/wms"_s, u"l"_s, {})};
}

} // namespace

class TestThemeServices : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void theServiceTakesThePlaceOfWhatItReplaces_data();
    void theServiceTakesThePlaceOfWhatItReplaces();
    void whatIsNotOnTheMapIsNotReplaced();
    void takingItBackBringsTheOldLayers();
    void originsAreTold();

private:
    std::unique_ptr<LayerTree> m_tree;
};

void TestThemeServices::init()
{
    m_tree = std::make_unique<LayerTree>();
    const auto changed =
        m_tree->apply({.what = TreeChange::Replace{
                           {layer(u"Own"_s, u"demo:rain.gpkg"_s, u"rare"_s, {}),
                            group(u"Rain"_s, u"rain"_s,
                                  {layer(u"flow"_s, u"demo:rain.gpkg"_s, u"flow"_s, u"rain"_s),
                                   group(u"Depth"_s, u"rain"_s,
                                         {layer(u"rare"_s, u"demo:rain.gpkg"_s, u"rare"_s, u"rain"_s),
                                          layer(u"extreme"_s, u"demo:rain.gpkg"_s, u"extreme"_s, u"rain"_s, false)})}),
                            group(u"Base"_s, u"base"_s,
                                  {layer(u"roads"_s, u"demo:city.gpkg"_s, u"roads"_s, u"base"_s),
                                   layer(u"land"_s, u"demo:city.gpkg"_s, u"land"_s, u"base"_s)})}}});
    QVERIFY(changed);
}

void TestThemeServices::theServiceTakesThePlaceOfWhatItReplaces_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QStringList>("replaces");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one layer") << u"rain"_s << QStringList{u"demo:rain.gpkg|rare"_s}
                               << u"Own, Rain(flow, Depth(Service, [extreme])), Base(roads, land)"_s;
    QTest::newRow("a hidden one") << u"rain"_s << QStringList{u"demo:rain.gpkg|extreme"_s}
                                  << u"Own, Rain(flow, Depth(rare, [Service])), Base(roads, land)"_s;
    QTest::newRow("two") << u"rain"_s << QStringList{u"demo:rain.gpkg|extreme"_s, u"demo:rain.gpkg|rare"_s}
                         << u"Own, Rain(flow, Depth(Service)), Base(roads, land)"_s;
    QTest::newRow("a whole file") << u"rain"_s << QStringList{u"demo:rain.gpkg"_s}
                                  << u"Own, Rain(Service, Depth()), Base(roads, land)"_s;
    QTest::newRow("a whole bundle") << u"base"_s << QStringList()
                                    << u"Own, Rain(flow, Depth(rare, [extreme])), Base(Service)"_s;
}

void TestThemeServices::theServiceTakesThePlaceOfWhatItReplaces()
{
    QFETCH(QString, theme);
    QFETCH(QStringList, replaces);
    const auto change = takeFromService(service(replaces, theme), *m_tree);
    QVERIFY(change);
    QVERIFY(m_tree->apply(*change));
    QTEST(outline(m_tree->roots()), "expected");
    int found = 0;
    forEachNode(m_tree->roots(), [&](const LayerNode &node) {
        if (node.layer && node.layer->source.isRemote()) {
            ++found;
            QCOMPARE(node.layer->theme, theme); // it goes with the theme
            QVERIFY(!node.layer->provenance.demo);
        }
    });
    QCOMPARE(found, 1);
    QVERIFY(!takeFromService(service(replaces, theme), *m_tree)); // a second time there is nothing to do
}

void TestThemeServices::whatIsNotOnTheMapIsNotReplaced()
{
    QVERIFY(!takeFromService(service({u"demo:rain.gpkg|snow"_s}), *m_tree));
    QVERIFY(!takeFromService(service({}, u"noise"_s), *m_tree));
    QVERIFY(!takeFromService(service({u"rain.gpkg|rare"_s}), *m_tree));
}

void TestThemeServices::takingItBackBringsTheOldLayers()
{
    const auto before = outline(m_tree->roots());
    const auto undo = m_tree->apply(*takeFromService(service({u"demo:rain.gpkg"_s}), *m_tree));
    QVERIFY(undo);
    QVERIFY(outline(m_tree->roots()) != before);
    QVERIFY(m_tree->apply(*undo));
    QCOMPARE(outline(m_tree->roots()), before);
}

void TestThemeServices::originsAreTold()
{
    QCOMPARE(originsOf(*m_tree).services, QStringList());
    QVERIFY(m_tree->apply(*takeFromService(service({u"demo:rain.gpkg|rare"_s}), *m_tree)));
    const auto origins = originsOf(*m_tree);
    QCOMPARE(origins.services, QStringList{u"Service"_s});
    QCOMPARE(origins.demo, (QStringList{u"flow"_s, u"roads"_s, u"land"_s})); // the user's own and hidden ones are none
}

QTEST_MAIN(TestThemeServices)
#include "tst_themeservices.moc"
