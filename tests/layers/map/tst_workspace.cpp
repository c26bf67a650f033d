// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/workspace.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

LayerNode fullLayer(const QString &location)
{
    Layer layer;
    layer.id = QUuid::createUuid();
    layer.title = u"Gebäude „alt“"_s;
    layer.source = {.provider = u"xplan"_s,
                    .location = location,
                    .layer = u"BP_Baugebiet"_s,
                    .options = {{u"encoding"_s, u"ISO-8859-1"_s}, {u"crs"_s, u"EPSG:31467"_s}}};
    layer.style = Style::plain(GeometryKind::Line, 3);
    layer.style.kind = Style::Kind::Categorised;
    layer.style.field = u"nutzung"_s;
    layer.style.classes.push_back({.title = u"Wohnen"_s, .value = u"W"_s, .visible = false});
    layer.style.label.field = u"name"_s;
    layer.style.raster.ramp = u"blues"_s;
    layer.visible = false;
    layer.opacity = 0.35;
    layer.minScale = 25000;
    layer.maxScale = 500;
    layer.expanded = true;
    layer.labels = false;
    layer.theme = u"bplans"_s;
    layer.provenance = {.source = u"Hansestadt Lübeck"_s,
                        .licence = u"dl-de/by-2-0"_s,
                        .attribution = u"© HL"_s,
                        .dataTime = QDateTime(QDate(2026, 3, 1), QTime(12, 0), QTimeZone::UTC),
                        .personal = true,
                        .demo = true};
    layer.explanation = u"Zwei\nZeilen"_s;
    return {.id = layer.id, .layer = layer};
}

Workspace fullWorkspace(const QString &location)
{
    Workspace workspace;
    workspace.roots.push_back({.id = QUuid::createUuid(),
                               .title = u"Pläne"_s,
                               .visible = false,
                               .opacity = 0.5,
                               .expanded = false,
                               .theme = u"bplans"_s,
                               .children = {fullLayer(location), {.id = QUuid::createUuid(), .title = u"leer"_s}}});
    workspace.roots.push_back(fullLayer(u"demo:buildings"_s));
    workspace.view = {.crs = Crs::fromEpsg(25833),
                      .centre = {612345.678901, 5970000.1},
                      .resolution = 1.0 / 3,
                      .rotation = 12.5,
                      .size = {1234, 567},
                      .pixelsPerMm = 7.5};
    workspace.theme = u"noise"_s;
    workspace.extra = {{u"panels"_s, QJsonArray{1, u"zwei"_s}}};
    return workspace;
}

/** One after the other, so that a failure names what got lost. */
void compareLayers(const Layer &a, const Layer &b)
{
    QCOMPARE(a.id, b.id);
    QCOMPARE(a.title, b.title);
    QCOMPARE(a.source.toJson(), b.source.toJson());
    QCOMPARE(a.style.toJson(), b.style.toJson());
    QVERIFY(a.style == b.style);
    QCOMPARE(a.visible, b.visible);
    QCOMPARE(a.opacity, b.opacity);
    QCOMPARE(a.minScale, b.minScale);
    QCOMPARE(a.maxScale, b.maxScale);
    QCOMPARE(a.expanded, b.expanded);
    QCOMPARE(a.labels, b.labels);
    QCOMPARE(a.theme, b.theme);
    QVERIFY(a.provenance == b.provenance);
    QCOMPARE(a.explanation, b.explanation);
}

void compareNodes(const std::vector<LayerNode> &a, const std::vector<LayerNode> &b)
{
    QCOMPARE(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        QCOMPARE(a[i].id, b[i].id);
        QCOMPARE(a[i].layer.has_value(), b[i].layer.has_value());
        if (a[i].layer) {
            compareLayers(*a[i].layer, *b[i].layer);
        } else {
            QCOMPARE(a[i].title, b[i].title);
            QCOMPARE(a[i].visible, b[i].visible);
            QCOMPARE(a[i].opacity, b[i].opacity);
            QCOMPARE(a[i].expanded, b[i].expanded);
            QCOMPARE(a[i].theme, b[i].theme);
        }
        compareNodes(a[i].children, b[i].children);
    }
}

QString savedLocationOf(const QString &location, const QString &folder)
{
    Workspace workspace;
    workspace.roots.push_back(fullLayer(location));
    const auto node = toJson(workspace, folder)[u"layers"_s][0][u"layer"_s];
    return node[u"source"_s][u"location"_s].toString();
}

QByteArray bytes(const QJsonObject &json)
{
    return QJsonDocument(json).toJson();
}

} // namespace

class tst_Workspace : public QObject
{
    Q_OBJECT
private slots:
    void everythingComesBack();
    void pathsAreRelativeWhereFilesLieNear_data();
    void pathsAreRelativeWhereFilesLieNear();
    void passwordsInAddressesAreNotSaved_data();
    void passwordsInAddressesAreNotSaved();
    void aMovedFolderFindsItsFiles();
    void unknownKeysAreIgnored();
    void newerVersionsAreRefusedClearly();
    void brokenFilesAreErrors_data();
    void brokenFilesAreErrors();
    void aBrokenStyleCostsOnlyTheStyle();
    void doubleIdsBecomeDifferent();
    void oddNumbersFallBackToSenseful();
    void aSecondSaveReplacesTheFirst();
    void aFailedSaveLeavesTheOldFile();
    void aMissingFileSaysSo();
    void sourcesNeedNotExist();
};

void tst_Workspace::everythingComesBack()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"Übersicht.hatlas"_s);
    const auto before = fullWorkspace(dir.filePath(u"daten/plan.gml"_s));
    VERIFY_RESULT(saveWorkspace(before, path));
    const auto after = loadWorkspace(path);
    VERIFY_RESULT(after);
    compareNodes(after->roots, before.roots);
    QVERIFY(after->view == before.view);
    QCOMPARE(after->theme, before.theme);
    QCOMPARE(after->extra, before.extra);
    QCOMPARE(after->notes, QStringList());
}

void tst_Workspace::passwordsInAddressesAreNotSaved_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<QString>("saved");
    const auto row = [](const char *location, const char *saved) {
        QTest::newRow(location) << QString::fromLatin1(location) << QString::fromLatin1(saved);
    };
    row("https://eva:geheim@a.example/wms?x=1", "https://a.example/wms?x=1");
    row("https://eva:ge@heim:2@a.example", "https://a.example");
    row("https://a.example/wms?token=heim&x=1", "https://a.example/wms?x=1");
    row("https://a.example:8080/wms?mail=a:b@c.example", "https://a.example:8080/wms?mail=a:b@c.example");
    row("postgresql://eva:geheim@127.0.0.1:5432/stadt", "postgresql://eva@127.0.0.1:5432/stadt");
    row("/data/a:b@c/roads.gpkg", "/data/a:b@c/roads.gpkg");
}

void tst_Workspace::passwordsInAddressesAreNotSaved()
{
    QFETCH(QString, location);
    const QTemporaryDir dir;
    const auto path = dir.filePath(u"a.hatlas"_s);
    VERIFY_RESULT(saveWorkspace({.roots = {fullLayer(location)}}, path));
    const auto loaded = loadWorkspace(path);
    VERIFY_RESULT(loaded);
    QTEST(loaded->roots.front().layer->source.location, "saved");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("heim"));
}

void tst_Workspace::pathsAreRelativeWhereFilesLieNear_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<QString>("saved");
    QTest::newRow("beside") << u"/a/b/c/x.gpkg"_s << u"x.gpkg"_s;
    QTest::newRow("below") << u"/a/b/c/d/e/x.gpkg"_s << u"d/e/x.gpkg"_s;
    QTest::newRow("in the parent") << u"/a/b/x.gpkg"_s << u"../x.gpkg"_s;
    QTest::newRow("beside the folder") << u"/a/b/z/x.gpkg"_s << u"../z/x.gpkg"_s;
    QTest::newRow("further up") << u"/a/x.gpkg"_s << u"/a/x.gpkg"_s;
    QTest::newRow("elsewhere") << u"/mnt/city/x.gpkg"_s << u"/mnt/city/x.gpkg"_s;
    QTest::newRow("name that looks like another folder") << u"/a/bc/x.gpkg"_s << u"/a/bc/x.gpkg"_s;
    QTest::newRow("untidy") << u"/a/b/c/../c/./x.gpkg"_s << u"x.gpkg"_s;
    QTest::newRow("demo") << u"demo:streets"_s << u"demo:streets"_s;
    QTest::newRow("service") << u"https://example.org/wfs?x=../y"_s << u"https://example.org/wfs?x=../y"_s;
}

void tst_Workspace::pathsAreRelativeWhereFilesLieNear()
{
    QFETCH(const QString, location);
    QFETCH(const QString, saved);
    QCOMPARE(savedLocationOf(location, u"/a/b/c"_s), saved);
    Workspace workspace;
    workspace.roots.push_back(fullLayer(location));
    const auto back = workspaceFromJson(bytes(toJson(workspace, u"/a/b/c"_s)), u"/a/b/c"_s);
    VERIFY_RESULT(back);
    const auto clean = location.contains("://"_L1) ? location : QDir::cleanPath(location);
    QCOMPARE(back->roots[0].layer->source.location, clean);
}

void tst_Workspace::aMovedFolderFindsItsFiles()
{
    const auto json = bytes(toJson(fullWorkspace(u"/old/place/data/x.gml"_s), u"/old/place"_s));
    const auto back = workspaceFromJson(json, u"/new/home"_s);
    VERIFY_RESULT(back);
    QCOMPARE(back->roots[0].children[0].layer->source.location, u"/new/home/data/x.gml"_s);
}

void tst_Workspace::unknownKeysAreIgnored()
{
    const auto before = fullWorkspace(u"/x/y.gml"_s);
    auto json = toJson(before, u"/x"_s);
    json[u"future"_s] = QJsonArray{1, 2};
    auto layers = json[u"layers"_s].toArray();
    auto node = layers[1].toObject();
    auto layer = node[u"layer"_s].toObject();
    layer[u"sparkle"_s] = true;
    node[u"layer"_s] = layer;
    layers[1] = node;
    json[u"layers"_s] = layers;
    const auto back = workspaceFromJson(bytes(json), u"/x"_s);
    VERIFY_RESULT(back);
    compareNodes(back->roots, before.roots);
    QCOMPARE(back->notes, QStringList());
}

void tst_Workspace::newerVersionsAreRefusedClearly()
{
    auto json = toJson(fullWorkspace(u"/x/y.gml"_s), u"/x"_s);
    json[u"version"_s] = Workspace::currentVersion + 1;
    const auto back = workspaceFromJson(bytes(json), u"/x"_s);
    VERIFY_FAILS(back, ErrorKind::Unsupported);
    QVERIFY(back.error().what.contains(QString::number(Workspace::currentVersion + 1)));
    QVERIFY(!back.error().hint.isEmpty());
}

void tst_Workspace::brokenFilesAreErrors_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorKind>("kind");
    const auto good = bytes(toJson(fullWorkspace(u"/x/y.gml"_s), u"/x"_s));
    QTest::newRow("empty") << QByteArray() << ErrorKind::Malformed;
    QTest::newRow("cut") << good.first(good.size() / 2) << ErrorKind::Malformed;
    QTest::newRow("binary") << QByteArray("\x00\x01\xff\xfe", 4) << ErrorKind::Malformed;
    QTest::newRow("zeros") << QByteArray(5000, '\0') << ErrorKind::Malformed;
    QTest::newRow("deep") << QByteArray(200000, '[') << ErrorKind::Malformed;
    QTest::newRow("array") << QByteArray("[1, 2]") << ErrorKind::Unsupported;
    QTest::newRow("other JSON") << QByteArray(R"({"type": "FeatureCollection", "features": []})")
                                << ErrorKind::Unsupported;
    QTest::newRow("no version") << QByteArray(R"({"type": "hanseatlas-workspace", "layers": []})")
                                << ErrorKind::Malformed;
    QTest::newRow("version is text") << QByteArray(R"({"type": "hanseatlas-workspace", "version": "1", "layers": []})")
                                     << ErrorKind::Malformed;
    QTest::newRow("version is zero") << QByteArray(R"({"type": "hanseatlas-workspace", "version": 0, "layers": []})")
                                     << ErrorKind::Malformed;
    QTest::newRow("no layers") << QByteArray(R"({"type": "hanseatlas-workspace", "version": 1})")
                               << ErrorKind::Malformed;
}

void tst_Workspace::brokenFilesAreErrors()
{
    QFETCH(const QByteArray, content);
    QFETCH(const ErrorKind, kind);
    VERIFY_FAILS(workspaceFromJson(content, u"/x"_s), kind);
    QTemporaryDir dir;
    QFile file(dir.filePath(u"broken.hatlas"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto loaded = loadWorkspace(file.fileName());
    VERIFY_FAILS(loaded, kind);
    QVERIFY(loaded.error().what.contains("broken.hatlas"_L1));
}

void tst_Workspace::aBrokenStyleCostsOnlyTheStyle()
{
    const QByteArray json = R"({"type": "hanseatlas-workspace", "version": 1, "layers": [
        {"layer": {"title": "odd", "source": {"location": "a.gpkg"}, "style": {"classes": 7}}},
        {"layer": {"title": "good", "source": {"location": "b.gpkg"}}},
        42]})";
    const auto back = workspaceFromJson(json, u"/x"_s);
    VERIFY_RESULT(back);
    QCOMPARE(back->roots.size(), 2u);
    QCOMPARE(back->roots[0].layer->title, u"odd"_s);
    QVERIFY(!back->roots[0].layer->style.classes.empty());
    QCOMPARE(back->roots[1].layer->source.location, u"/x/b.gpkg"_s);
    QCOMPARE(back->notes.size(), 2);
    QVERIFY(back->notes[0].contains("odd"_L1));
}

void tst_Workspace::doubleIdsBecomeDifferent()
{
    Workspace workspace;
    workspace.roots = {fullLayer(u"/a"_s), fullLayer(u"/b"_s)};
    workspace.roots[1].id = workspace.roots[1].layer->id = workspace.roots[0].id;
    const auto back = workspaceFromJson(bytes(toJson(workspace, {})), {});
    VERIFY_RESULT(back);
    QVERIFY(back->roots[0].id != back->roots[1].id);
    QCOMPARE(back->roots[1].id, back->roots[1].layer->id);
    LayerTree tree;
    VERIFY_RESULT(tree.apply({TreeChange::Replace{back->roots}, {}}));
}

void tst_Workspace::oddNumbersFallBackToSenseful()
{
    const QByteArray json = R"({"type": "hanseatlas-workspace", "version": 1,
        "view": {"crs": "nonsense", "centre": [1], "resolution": -5, "size": "x", "pixelsPerMm": 0},
        "layers": [{"layer": {"opacity": 17, "minScale": -3, "maxScale": "x"}}]})";
    const auto back = workspaceFromJson(json, u"/x"_s);
    VERIFY_RESULT(back);
    QVERIFY(back->view.crs == Crs::working());
    QVERIFY(back->view.resolution > 0);
    QVERIFY(back->view.pixelsPerMm > 0);
    QCOMPARE(back->roots[0].layer->opacity, 1.0);
    QCOMPARE(back->roots[0].layer->minScale, 0.0);
    QVERIFY(!back->roots[0].id.isNull());
}

void tst_Workspace::aSecondSaveReplacesTheFirst()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"w.hatlas"_s);
    auto workspace = fullWorkspace(u"/x/y.gml"_s);
    VERIFY_RESULT(saveWorkspace(workspace, path));
    workspace.roots.clear();
    VERIFY_RESULT(saveWorkspace(workspace, path));
    const auto back = loadWorkspace(path);
    VERIFY_RESULT(back);
    QVERIFY(back->roots.empty());
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{u"w.hatlas"_s}); // nothing left beside it
}

void tst_Workspace::aFailedSaveLeavesTheOldFile()
{
    VERIFY_FAILS(saveWorkspace({}, u"/nowhere/at/all/w.hatlas"_s), ErrorKind::Storage);
    QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"w.hatlas"_s)); // a folder of that name cannot be replaced
    VERIFY_FAILS(saveWorkspace({}, dir.filePath(u"w.hatlas"_s)), ErrorKind::Storage);
    QVERIFY(QFileInfo(dir.filePath(u"w.hatlas"_s)).isDir());
}

void tst_Workspace::aMissingFileSaysSo()
{
    QTemporaryDir dir;
    VERIFY_FAILS(loadWorkspace(dir.filePath(u"not-there.hatlas"_s)), ErrorKind::NotFound);
    VERIFY_FAILS(loadWorkspace(dir.path()), ErrorKind::NotReadable);
}

void tst_Workspace::sourcesNeedNotExist()
{
    QTemporaryDir dir;
    const auto path = dir.filePath(u"w.hatlas"_s);
    VERIFY_RESULT(saveWorkspace(fullWorkspace(u"/gone/for/ever.gpkg"_s), path));
    const auto back = loadWorkspace(path);
    VERIFY_RESULT(back);
    QCOMPARE(back->roots[0].children[0].layer->source.location, u"/gone/for/ever.gpkg"_s);
    QCOMPARE(back->roots[0].children[0].layer->state, LayerState::Unloaded);
}

QTEST_GUILESS_MAIN(tst_Workspace)
#include "tst_workspace.moc"
