// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/themes/maptheme.h"
#include "tests/support/testkit.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

const QByteArray basemap =
    R"({"bundle": true, "title": {"en": "Base map", "de": "Grundkarte"}, "provenance": {"demo": true},
    "layers": [{"title": "Land", "source": {"location": "demo:city.gpkg", "layer": "land"}}]})";

const QByteArray noise = R"({"id": "noise", "order": 2, "title": {"en": "Noise", "de": "Lärm"},
    "explanation": [{"en": "One.", "de": "Eins."}, {"en": "Two.", "de": "Zwei."}],
    "questions": [{"en": "Where is it loud?", "de": "Wo ist es laut?"}],
    "provenance": {"source": "Hanseatlas", "demo": true},
    "layers": [{"title": {"en": "Day", "de": "Tag"}, "source": {"location": "demo:city.gpkg", "layer": "lden"},
                "style": {"kind": "graduated", "field": "db", "classes": [
                    {"title": {"en": "loud", "de": "laut"}, "lower": 55, "symbol": {"fill": {"color": "#f4c683"}}}]}},
               {"group": "More", "layers": [{"title": "Night", "source": {"location": "demo:city.gpkg", "layer": "lnight"},
                                             "provenance": {"source": "Other"}}]},
               {"include": "basemap"}],
    "variants": [{"id": "old", "title": "DIN 18005-2", "styles": {"Day": {"symbol": {"fill": {"color": "#ef7926"}}}}}]})";

const QByteArray graves = R"({"id": "graves", "order": 1, "title": "Graves", "provenance": {"personal": true},
    "layers": [{"title": "Graves", "source": {"location": "demo:city.gpkg", "layer": "graves"}}, {"include": "basemap"}]})";

Result<QByteArray> bundle(const QString &name)
{
    if (name == "basemap"_L1)
        return basemap;
    return failure(ErrorKind::NotFound, u"not there"_s);
}

MapTheme theme(const QByteArray &json, const QString &language = u"en"_s)
{
    return themeFromJson(json, language, bundle).value();
}

LayerNode own(const QString &title)
{
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = title;
    return {.id = layer.id, .title = title, .layer = layer};
}

/** "Own, Noise(Day, More(Night)), Base map(Land)" */
QString outline(const std::vector<LayerNode> &nodes)
{
    QStringList parts;
    for (const auto &node : nodes)
        parts << (node.layer ? node.layer->title : node.title + u'(' + outline(node.children) + u')');
    return parts.join(u", "_s);
}

TreeChange apply(LayerTree &tree, const TreeChange &change)
{
    return tree.apply(change).value();
}

} // namespace

class TestMapTheme : public QObject
{
    Q_OBJECT
private slots:
    void textsSpeakTheLanguage()
    {
        const auto german = theme(noise, u"de"_s);
        QCOMPARE(german.title, u"Lärm"_s);
        QCOMPARE(german.explanation, u"Eins.\n\nZwei."_s);
        QCOMPARE(german.questions, QStringList{u"Wo ist es laut?"_s});
        QCOMPARE(german.layers[0].layer->title, u"Tag"_s);
        QCOMPARE(german.layers[0].layer->style.classes[0].title, u"laut"_s);
        QCOMPARE(german.layers[2].title, u"Grundkarte"_s);
        QVERIFY(german.variants[0].styles.contains(u"Tag"_s));
        QCOMPARE(theme(noise, u"fr"_s).title, u"Noise"_s);
    }

    void provenanceIsTheThemesUnlessTheLayerStatesItsOwn()
    {
        const auto t = theme(noise);
        QVERIFY(t.layers[0].layer->provenance.demo);
        QCOMPARE(t.layers[0].layer->provenance.source, u"Hanseatlas"_s);
        QCOMPARE(t.layers[1].children[0].layer->provenance, (Provenance{.source = u"Other"_s}));
        QVERIFY(t.layers[2].children[0].layer->provenance.demo);
        QVERIFY(theme(graves).layers[0].layer->provenance.personal);
    }

    void brokenThemesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("not json") << QByteArray("{\"id\": ");
        QTest::newRow("no title") << QByteArray("{\"id\": \"a\", \"layers\": []}");
        QTest::newRow("no layers") << QByteArray("{\"id\": \"a\", \"title\": \"A\"}");
        QTest::newRow("no source") << QByteArray("{\"id\": \"a\", \"title\": \"A\", \"layers\": [{\"title\": \"x\"}]}");
        QTest::newRow("bad style") << QByteArray("{\"id\": \"a\", \"title\": \"A\", \"layers\": [{\"title\": \"x\", "
                                                 "\"source\": {\"location\": \"f\"}, \"style\": {\"kind\": 5}}]}");
        QTest::newRow("bad variant") << QByteArray(
            "{\"id\": \"a\", \"title\": \"A\", \"layers\": [{\"title\": \"x\", \"source\": {\"location\": "
            "\"f\"}}], \"variants\": [{\"id\": \"v\", \"styles\": {\"y\": {}}}]}");
        QTest::newRow("path as bundle") << QByteArray(
            "{\"id\": \"a\", \"title\": \"A\", \"layers\": [{\"include\": \"../basemap\"}]}");
    }
    void brokenThemesAreRefused()
    {
        QFETCH(QByteArray, json);
        VERIFY_FAILS(themeFromJson(json, u"en"_s, bundle), ErrorKind::Malformed);
    }

    void jsonRoundTripKeepsTheTheme()
    {
        const auto t = theme(noise);
        const auto json = QJsonDocument(toJson(t)).toJson();
        const auto again = themeFromJson(json, u"en"_s, bundle);
        VERIFY_RESULT(again);
        QCOMPARE(outline(again->layers), outline(t.layers));
        QVERIFY(again->layers[0].layer->style == t.layers[0].layer->style);
        QCOMPARE(again->variants.size(), 1U);
        QCOMPARE(QJsonDocument(toJson(*again)).toJson(), json);
    }

    void switchingReplacesThemesAndKeepsOwnLayersAndTheBaseMap()
    {
        LayerTree tree;
        apply(tree, {.what = TreeChange::Insert{.node = own(u"Mine"_s)}});
        apply(tree, switchTo(theme(noise), tree));
        QCOMPARE(outline(tree.roots()), u"Mine, Noise(Day, More(Night)), Base map(Land)"_s);
        const auto land = tree.roots()[2].children[0].id;
        const auto back = apply(tree, switchTo(theme(graves), tree));
        QCOMPARE(outline(tree.roots()), u"Mine, Graves(Graves), Base map(Land)"_s);
        QCOMPARE(tree.roots()[2].children[0].id, land); // not loaded again
        apply(tree, back);
        QCOMPARE(outline(tree.roots()), u"Mine, Noise(Day, More(Night)), Base map(Land)"_s);
    }

    void ownLayersInAThemesGroupAreSaved()
    {
        LayerTree tree;
        apply(tree, switchTo(theme(noise), tree));
        const auto group = tree.roots()[0].children[1].id;
        apply(tree, {.what = TreeChange::Insert{.parent = group, .row = 0, .node = own(u"Mine"_s)}});
        const auto back = apply(tree, switchTo(theme(graves), tree));
        QCOMPARE(outline(tree.roots()), u"Mine, Graves(Graves), Base map(Land)"_s);
        apply(tree, back);
        QCOMPARE(outline(tree.roots()), u"Noise(Day, More(Mine, Night)), Base map(Land)"_s);
    }

    void theSameThemeAgainIsAsNew()
    {
        LayerTree tree;
        apply(tree, switchTo(theme(noise), tree));
        apply(tree, {.what = TreeChange::Remove{tree.roots()[0].children[0].id}});
        apply(tree, switchTo(theme(noise), tree));
        QCOMPARE(outline(tree.roots()), u"Noise(Day, More(Night)), Base map(Land)"_s);
    }

    void aVariantChangesStylesAndComesBack()
    {
        LayerTree tree;
        const auto t = theme(noise);
        apply(tree, switchTo(t, tree));
        apply(tree, applyVariant(t, u"old"_s, tree));
        QVERIFY(tree.roots()[0].children[0].layer->style == t.variants[0].styles[u"Day"_s]);
        QCOMPARE(shownVariant(t, tree), u"old"_s);
        apply(tree, applyVariant(t, {}, tree));
        QVERIFY(tree.roots()[0].children[0].layer->style == t.layers[0].layer->style);
        QCOMPARE(shownVariant(t, tree), QString());
    }

    void aVariantFindsRenamedLayersAndOwnColoursAreNone()
    {
        LayerTree tree;
        const auto t = theme(noise);
        apply(tree, switchTo(t, tree));
        auto day = tree.roots()[0].children[0];
        day.layer->title = u"Lärm am Tage"_s;
        apply(tree, {.what = TreeChange::Set{day}});
        const auto back = apply(tree, applyVariant(t, u"old"_s, tree));
        QCOMPARE(shownVariant(t, tree), u"old"_s);
        apply(tree, back);
        QCOMPARE(shownVariant(t, tree), QString());
        day.layer->style.classes.front().symbol.fills = {Fill{.color = Qt::magenta}};
        apply(tree, {.what = TreeChange::Set{day}});
        QCOMPARE(shownVariant(t, tree), std::nullopt);
    }

    void savedAsOwnAThemeKeepsItsWords()
    {
        LayerTree tree;
        const auto t = theme(noise);
        apply(tree, switchTo(t, tree));
        auto own = themeOf(tree, u"Mine"_s, &t);
        QCOMPARE(own.title, u"Mine"_s);
        QCOMPARE(own.explanation, t.explanation);
        QCOMPARE(own.questions, t.questions);
        QVERIFY(own.userMade);
        QCOMPARE(own.variants.size(), 1U);
        auto day = tree.roots()[0].children[0];
        day.layer->title = u"Lärm am Tage"_s; // the variant would name a layer that is not there
        apply(tree, {.what = TreeChange::Set{day}});
        QVERIFY(themeOf(tree, u"Mine"_s, &t).variants.empty());
    }

    void theShippedThemesAreSixAndWhole_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("de") << u"de"_s;
        QTest::newRow("en") << u"en"_s;
    }
    void theShippedThemesAreSixAndWhole()
    {
        QFETCH(QString, language);
        const auto list = loadThemes({u":/themes"_s}, language);
        QCOMPARE(list.problems, QStringList());
        QStringList ids;
        for (const auto &t : list.themes) {
            ids << t.id;
            QVERIFY2(!t.summary.isEmpty() && !t.explanation.isEmpty() && t.questions.size() >= 2, qPrintable(t.id));
            QVERIFY2(t.provenance.demo && !t.provenance.licence.isEmpty(), qPrintable(t.id));
            QCOMPARE(t.provenance.personal, t.id == "graves"_L1);
            QVERIFY(!t.userMade);
        }
        QCOMPARE(ids, (QStringList{u"heat"_s, u"noise"_s, u"heavyrain"_s, u"graves"_s, u"bplans"_s, u"social"_s}));
        QCOMPARE(list.themes[1].title, language == "de"_L1 ? u"Lärm"_s : u"Noise"_s);
    }

    void ownThemesAreFilesThatCanBeDeleted()
    {
        QTemporaryDir shipped, user;
        for (const auto &[name, bytes] : {std::pair(u"basemap"_s, basemap),
                                          {u"noise"_s, noise},
                                          {u"graves"_s, graves},
                                          {u"bad"_s, QByteArray("[")}}) {
            QFile file(shipped.filePath(name + u".json"_s));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        }
        auto list = loadThemes({shipped.path(), user.path()}, u"en"_s);
        QCOMPARE(list.themes.size(), 2U);
        QCOMPARE(list.themes[0].id, u"graves"_s); // by order
        QCOMPARE(list.problems.size(), 1);
        QVERIFY(list.problems[0].contains(u"bad.json"_s));

        LayerTree tree;
        apply(tree, {.what = TreeChange::Insert{.node = own(u"Mine"_s)}});
        auto mine = themeOf(tree, u"Größe & Maß"_s);
        QVERIFY(mine.layers[0].layer);
        mine.layers[0].layer->source.location = u"/a.gpkg"_s;
        const auto saved = saveAsOwn(mine, user.path());
        VERIFY_RESULT(saved);
        QCOMPARE(saved->id, u"own-groesse-mass"_s);
        const auto twin = saveAsOwn(list.themes[1], user.path());
        VERIFY_RESULT(twin);
        list = loadThemes({shipped.path(), user.path()}, u"en"_s);
        QCOMPARE(list.themes.size(), 4U);
        const auto found = std::ranges::find(list.themes, saved->id, &MapTheme::id);
        QVERIFY(found != list.themes.end());
        QCOMPARE(found->layers[0].theme, saved->id);
        VERIFY_RESULT(removeOwn(*found));
        QCOMPARE(loadThemes({shipped.path(), user.path()}, u"en"_s).themes.size(), 3U);
        VERIFY_FAILS(removeOwn(MapTheme{.id = u"heat"_s, .path = u":/themes/heat.json"_s}), ErrorKind::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestMapTheme)
#include "tst_maptheme.moc"
