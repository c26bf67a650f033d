// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/appfixture.h"
#include "tests/support/testkit.h"

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

QStringList titlesOf(const LayerTree &tree)
{
    QStringList titles;
    for (const auto &id : tree.layerIds())
        titles.append(tree.find(id)->layer->title);
    return titles;
}

LayerState stateOfFirst(const LayerTree &tree)
{
    return tree.find(tree.layerIds().front())->layer->state;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void firstStartMakesTheDemoCityAndShowsTheFirstTheme();
    void aThemeWithoutADemoCitySaysWhyThereIsNone();
    void withFilesTheFirstThemeStaysAway();
    void whenNothingCouldBeOpenedTheFirstThemeComes();
    void openedFilesComeOnTopAndCanBeUndone();
    void ofSeveralFilesSmallThingsComeOnTop();
    void badFilesAreToldAndTheRestGoesOn();
    void aLayerThatThrowsIsAFailedLayer();
    void farLayersAreZoomedTo();
    void themesKeepTheUsersLayers();
    void undoBringsTheOldThemeBack();
    void servicesThatAnswerTakeThePlaceOfTheDemoCity();
    void servicesThatDoNotAnswerLeaveTheDemoCity();
    void userThemesAreFilesOfTheirOwn();
    void workspacesAreSavedAndOpened();
    void aWorkspaceThatCannotBeReadChangesNothing();
    void theNextStartBringsTheLastSessionBack();
    void aThemeOfTheLastSessionMakesRoomForAnother();
    void whatACrashLeftIsBroughtBack();
    void copiesOfOtherWindowsWaitForTheNextStart();
    void aRunningProgramsCopyIsLeftAlone();
    void anEditIsOneStepToUndo();
    void namedWorkspacesStayModifiedAfterACrash();
    void demoLayersAreLoadedWhenTheCityIsThere();
    void closingEarlyOverwritesNothing();
    void aSecondWindowsSessionBecomesARecentFile();
    void missingSourcesOfAWorkspaceAreTold();
    void theFirstThemeIsNoStepToUndo();
    void anotherCrsIsRemembered();
};

void TestSession::firstStartMakesTheDemoCityAndShowsTheFirstTheme()
{
    SessionStage s;
    QSignalSpy progress(&s.session->demoCity(), &DemoCityKeeper::progressed);
    QVERIFY(s.start());
    QVERIFY(s.session->wantsFirstTheme());
    QTRY_VERIFY_WITH_TIMEOUT(!s.session->currentTheme().isEmpty(), 10000);
    QVERIFY(!progress.isEmpty());
    QCOMPARE(s.session->currentTheme(), s.session->themes().front().id);
    QVERIFY(!s.session->tree().roots().empty());
    QVERIFY(!s.session->isModified());
}

void TestSession::aThemeWithoutADemoCitySaysWhyThereIsNone()
{
    SessionStage s;
    s.opener->demoReady = false;
    QFile blocker(s.paths.demo()); // where the folder should be
    QVERIFY(QDir().mkpath(QFileInfo(s.paths.demo()).path()));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    QVERIFY(s.start());
    QTRY_COMPARE(s.session->demoCity().state(), DemoCityKeeper::State::Failed);
    QCOMPARE(s.notices.size(), 1);
    QCOMPARE(s.notices.front().text, u"No room."_s);
    s.session->chooseTheme(s.session->themes().front().id);
    QTRY_COMPARE(s.notices.size(), 2);
    QCOMPARE(s.notices.back().text, u"No room."_s);
    // … and brings the layers as soon as there is one
    QVERIFY(blocker.remove());
    s.opener->demoReady = true;
    s.session->chooseTheme(s.session->themes().at(1).id);
    QTRY_COMPARE(s.session->demoCity().state(), DemoCityKeeper::State::Ready);
    QTRY_COMPARE(stateOfFirst(s.session->tree()), LayerState::Ready);
    QCOMPARE(s.notices.size(), 2);
}

void TestSession::withFilesTheFirstThemeStaysAway()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(titlesOf(s.session->tree()), QStringList{u"Blocks"_s});
    QTRY_COMPARE(s.session->demoCity().state(), DemoCityKeeper::State::Ready);
    QTest::qWait(100);
    QCOMPARE(s.session->currentTheme(), QString());
}

void TestSession::whenNothingCouldBeOpenedTheFirstThemeComes()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"broken.gpkg"_s}));
    QTRY_VERIFY(s.noticeTexts().contains(u"“broken” is no map."_s));
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
}

void TestSession::ofSeveralFilesSmallThingsComeOnTop()
{
    SessionStage s;
    QVERIFY(s.start());
    const auto order = [&] {
        QStringList all;
        for (const auto &node : s.session->tree().roots()) {
            if (node.layer && !node.layer->source.location.startsWith(u"demo:"_s))
                all << node.layer->source.location;
        }
        return all;
    };
    s.session->open({u"points"_s, u"good"_s, u"lines"_s, u"good 2"_s, u"points 2"_s});
    QTRY_COMPARE_WITH_TIMEOUT(order(), QStringList({u"points 2"_s, u"points"_s, u"lines"_s, u"good 2"_s, u"good"_s}),
                              20000);
    QTRY_VERIFY_WITH_TIMEOUT(!s.session->openQueue().isBusy(), 20000);
    s.session->open({u"good 3"_s}); // later ones come on top, whatever they are
    QTRY_COMPARE_WITH_TIMEOUT(order().value(0), u"good 3"_s, 20000);
}

void TestSession::openedFilesComeOnTopAndCanBeUndone()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    const auto first = s.session->tree().layerIds().front();
    s.session->open({u"/good two.gpkg"_s});
    QTRY_COMPARE(s.session->tree().layerIds().size(), 2);
    QCOMPARE(s.session->tree().layerIds().back(), first);
    QTRY_COMPARE(stateOfFirst(s.session->tree()), LayerState::Ready);
    QCOMPARE(s.session->settings().recent.front(), u"/good two.gpkg"_s);
    QVERIFY(s.notices.back().undoable);
    s.session->undoStack().undo();
    QCOMPARE(s.session->tree().layerIds(), QList<QUuid>{first});
    s.session->undoStack().redo();
    QCOMPARE(s.session->tree().layerIds().size(), 2);
}

void TestSession::badFilesAreToldAndTheRestGoesOn()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    const auto before = s.session->tree().layerIds().size();
    s.session->open({u"/broken.gpkg"_s, u"/empty.gpkg"_s, u"file:///good.gpkg"_s});
    QTRY_COMPARE(s.session->tree().layerIds().size(), before + 1);
    QVERIFY(!s.session->openQueue().isBusy());
    QVERIFY(s.noticeTexts().contains(u"“broken” is no map. Ask for a whole one."_s));
    QVERIFY(s.noticeTexts().contains(u"empty.gpkg"_s));
    QCOMPARE(s.session->settings().recent, QStringList{u"/good.gpkg"_s});
}

void TestSession::aLayerThatThrowsIsAFailedLayer()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/throws.gpkg"_s, u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 2);
    const auto state = [&](int i) { return s.session->tree().find(s.session->tree().layerIds()[i])->layer->state; };
    QTRY_COMPARE(state(1), LayerState::Failed);
    QTRY_COMPARE(state(0), LayerState::Ready);
}

void TestSession::farLayersAreZoomedTo()
{
    SessionStage s;
    s.withDemoCity();
    Viewport view;
    view.size = {800, 600};
    view.centre = {610500, 5970500};
    view.resolution = 10;
    s.session->setView(view);
    QSignalSpy wanted(s.session.get(), &Session::extentWanted);
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_VERIFY(!s.session->tree().layerIds().isEmpty() && stateOfFirst(s.session->tree()) == LayerState::Ready);
    QCOMPARE(wanted.size(), 0); // on the screen already
    s.session->open({u"/far.gpkg"_s});
    QTRY_COMPARE(wanted.size(), 1);
    QVERIFY(wanted[0][0].value<Extent>().contains(PointXY{500050, 5800050}));
}

void TestSession::themesKeepTheUsersLayers()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    QTRY_VERIFY(s.session->themes().size() >= 2);
    const auto own = s.session->tree().layerIds().front();
    s.session->chooseTheme(s.session->themes()[0].id);
    s.session->chooseTheme(s.session->themes()[1].id);
    QCOMPARE(s.session->currentTheme(), s.session->themes()[1].id);
    QCOMPARE(s.session->tree().layerIds().front(), own);
    s.session->chooseTheme(u"no such theme"_s);
    QCOMPARE(s.session->currentTheme(), s.session->themes()[1].id);
}

void TestSession::undoBringsTheOldThemeBack()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    const auto first = s.session->currentTheme();
    s.session->chooseTheme(s.session->themes()[1].id);
    s.session->undoStack().undo();
    QCOMPARE(s.session->currentTheme(), first);
    s.session->undoStack().redo();
    QCOMPARE(s.session->currentTheme(), s.session->themes()[1].id);
}

namespace
{

CatalogueThemeLayer serviceFor(const QString &theme, const QString &location)
{
    return {.theme = theme,
            .layer = {.kind = CatalogueKind::Layer,
                      .title = u"City service"_s,
                      .source = SourceRef{.provider = u"wms"_s, .location = location, .layer = u"a"_s}}};
}

} // namespace

void TestSession::servicesThatAnswerTakeThePlaceOfTheDemoCity()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    const auto first = s.session->currentTheme();
    const auto demo = titlesOf(s.session->tree());
    s.session->setThemeServices({serviceFor(first, u"https://a.example/good"_s)});
    QTRY_VERIFY(titlesOf(s.session->tree()).contains("City service"_L1));
    QVERIFY(titlesOf(s.session->tree()).size() < demo.size()); // the theme's own have gone
    QVERIFY(s.noticeTexts().contains("City service"_L1));
    QVERIFY(s.session->themeServices().silent().isEmpty());

    s.session->undoStack().undo();
    QCOMPARE(titlesOf(s.session->tree()), demo);
    QTest::qWait(100);
    QCOMPARE(titlesOf(s.session->tree()), demo); // who takes it back is not asked again

    s.session->chooseTheme(s.session->themes()[1].id);
    s.session->chooseTheme(first);
    QTRY_VERIFY(titlesOf(s.session->tree()).contains("City service"_L1));
}

void TestSession::servicesThatDoNotAnswerLeaveTheDemoCity()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    const auto demo = titlesOf(s.session->tree());
    s.session->setThemeServices({serviceFor(s.session->currentTheme(), u"https://a.example/bad layer"_s)});
    QTRY_COMPARE(s.session->themeServices().silent(), QStringList{u"City service"_s});
    QCOMPARE(titlesOf(s.session->tree()), demo);
    QVERIFY(!s.noticeTexts().contains("City service"_L1));
}

void TestSession::userThemesAreFilesOfTheirOwn()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    const auto shipped = s.session->themes().size();
    s.session->duplicateTheme(s.session->themes().front().id);
    QTRY_COMPARE(s.session->themes().size(), shipped + 1);
    const auto own = std::ranges::find(s.session->themes(), true, &MapTheme::userMade);
    QVERIFY(own != s.session->themes().end());
    QVERIFY(QFile::exists(own->path));
    QTRY_COMPARE(s.session->currentTheme(), own->id);
    s.session->removeTheme(own->id);
    QTRY_COMPARE(s.session->themes().size(), shipped);
    s.session->removeTheme(s.session->themes().front().id); // a shipped one
    QTRY_VERIFY(s.notices.size() > 0 && s.notices.back().kind == Notice::Kind::Error);
    QCOMPARE(s.session->themes().size(), shipped);
}

void TestSession::workspacesAreSavedAndOpened()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    const auto path = s.dir.filePath(u"plan.hatlas"_s);
    s.session->saveWorkspace(path);
    QTRY_COMPARE(s.session->workspacePath(), path);
    QVERIFY(!s.session->isModified());
    s.session->open({u"/good.gpkg"_s});
    QTRY_COMPARE(s.session->tree().layerIds().size(), 2);
    QVERIFY(s.session->isModified());
    s.session->undoStack().undo();
    QVERIFY(!s.session->isModified());
    s.session->newWorkspace();
    QVERIFY(s.session->tree().roots().empty());
    QVERIFY(s.session->workspacePath().isEmpty());
    s.session->open({path});
    QTRY_COMPARE(titlesOf(s.session->tree()), QStringList{u"Blocks"_s});
    QTRY_COMPARE(stateOfFirst(s.session->tree()), LayerState::Ready);
    QCOMPARE(s.session->workspacePath(), path);
    s.session->saveWorkspace(s.dir.filePath(u"no/such/folder/x.hatlas"_s));
    QTRY_COMPARE(s.notices.back().kind, Notice::Kind::Error);
    QCOMPARE(s.session->workspacePath(), path);
}

void TestSession::aWorkspaceThatCannotBeReadChangesNothing()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    QFile broken(s.dir.filePath(u"broken.hatlas"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"version\": ");
    broken.close();
    s.session->open({broken.fileName()});
    QTRY_COMPARE(s.notices.back().kind, Notice::Kind::Error);
    QCOMPARE(s.session->tree().layerIds().size(), 1);
}

void TestSession::theNextStartBringsTheLastSessionBack()
{
    const QTemporaryDir dir;
    Viewport view;
    view.size = {800, 600};
    view.centre = {611111, 5972222};
    view.setScale(7500);
    {
        SessionStage s(dir.path());
        s.withDemoCity();
        QVERIFY(s.start({u"/good.gpkg"_s}));
        QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
        s.session->setView(view);
        s.session->finish();
    }
    SessionStage s(dir.path());
    Viewport wanted;
    connect(s.session.get(), &Session::viewWanted, this, [&](const Viewport &v) { wanted = v; });
    QVERIFY(s.start());
    QCOMPARE(titlesOf(s.session->tree()), QStringList{u"Blocks"_s});
    QCOMPARE(wanted.centre, view.centre);
    QVERIFY(std::abs(wanted.scale() - 7500) < 1);
    QVERIFY(!s.noticeTexts().contains(u"did not end"_s));
    QTRY_COMPARE(stateOfFirst(s.session->tree()), LayerState::Ready);
}

void TestSession::aThemeOfTheLastSessionMakesRoomForAnother()
{
    const QTemporaryDir dir;
    QString first;
    {
        SessionStage s(dir.path());
        s.withDemoCity();
        QVERIFY(s.start());
        QTRY_VERIFY(!s.session->currentTheme().isEmpty());
        first = s.session->currentTheme();
        s.session->finish();
    }
    SessionStage s(dir.path());
    QVERIFY(s.start());
    QTRY_VERIFY(s.session->themes().size() >= 2);
    QCOMPARE(s.session->currentTheme(), first);
    s.session->chooseTheme(s.session->themes()[1].id);
    for (const auto &id : s.session->tree().layerIds())
        QVERIFY2(s.session->tree().find(id)->layer->theme != first, "a layer of the old theme has stayed");
}

void TestSession::whatACrashLeftIsBroughtBack()
{
    const QTemporaryDir dir;
    // As a program that was killed leaves it: a copy whose lock nobody holds
    const auto paths = AppPaths::below(dir.path());
    QDir().mkpath(paths.recovery());
    Workspace work;
    work.roots = {LayerNode{.id = QUuid::createUuid(), .title = u"Rescued"_s}};
    VERIFY_RESULT(saveWorkspace(work, paths.recovery() + u"/abc.hatlas"_s));
    SessionStage s(dir.path());
    s.withDemoCity();
    QVERIFY(s.start());
    QCOMPARE(s.session->tree().roots().size(), 1u);
    QCOMPARE(s.session->tree().roots()[0].title, u"Rescued"_s);
    QVERIFY(s.noticeTexts().contains(u"brought back"_s));
    s.session->finish();
    QVERIFY(QDir(paths.recovery()).entryList({u"*.hatlas"_s}).isEmpty());
}

void TestSession::copiesOfOtherWindowsWaitForTheNextStart()
{
    const QTemporaryDir dir;
    const auto paths = AppPaths::below(dir.path());
    QDir().mkpath(paths.recovery());
    for (const auto &name : {u"one"_s, u"two"_s}) {
        Workspace work;
        work.roots = {LayerNode{.id = QUuid::createUuid(), .title = name}};
        VERIFY_RESULT(saveWorkspace(work, paths.recovery() + u'/' + name + u".hatlas"_s));
    }
    QSet<QString> rescued;
    for (int start = 0; start < 2; ++start) {
        SessionStage s(dir.path());
        s.withDemoCity();
        QVERIFY(s.start());
        QCOMPARE(s.session->tree().roots().size(), 1u);
        rescued.insert(s.session->tree().roots()[0].title);
        s.session->finish();
    }
    QCOMPARE(rescued, (QSet<QString>{u"one"_s, u"two"_s}));
    QVERIFY(QDir(paths.recovery()).entryList({u"*.hatlas"_s}).isEmpty());
}

void TestSession::anEditIsOneStepToUndo()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    auto &tree = s.session->tree();
    const auto id = tree.layerIds().front();
    const int before = s.session->undoStack().count();
    for (const double opacity : {0.8, 0.6, 0.4}) // a slider that is drawn
        QVERIFY(tree.setData(tree.indexOf(id), opacity, LayerTree::OpacityRole));
    QCOMPARE(s.session->undoStack().count(), before + 1);
    QVERIFY(tree.setData(tree.indexOf(id), u"Another"_s, Qt::EditRole));
    QCOMPARE(s.session->undoStack().count(), before + 2);
    s.session->undoStack().undo();
    QVERIFY(tree.find(id)->layer->title != u"Another"_s);
    s.session->undoStack().undo();
    QCOMPARE(tree.find(id)->layer->opacity, 1.0);
}

void TestSession::aRunningProgramsCopyIsLeftAlone()
{
    const QTemporaryDir dir;
    SessionStage running(dir.path());
    running.withDemoCity();
    QVERIFY(running.start({u"/good.gpkg"_s}));
    const auto copies = [&] { return QDir(running.paths.recovery()).entryList({u"*.hatlas"_s}); };
    QTRY_COMPARE_WITH_TIMEOUT(copies().size(), 1, 8000);
    SessionStage second(dir.path());
    QVERIFY(second.start());
    QVERIFY(!second.noticeTexts().contains(u"brought back"_s));
    QCOMPARE(copies().size(), 1);
}

void TestSession::namedWorkspacesStayModifiedAfterACrash()
{
    const QTemporaryDir dir;
    const auto paths = AppPaths::below(dir.path());
    QDir().mkpath(paths.recovery());
    const auto file = dir.filePath(u"plan.hatlas"_s);
    VERIFY_RESULT(saveWorkspace({}, file));
    Workspace work;
    work.roots = {LayerNode{.id = QUuid::createUuid(), .title = u"Unsaved"_s}};
    work.extra = {{"file"_L1, file}, {"modified"_L1, true}};
    VERIFY_RESULT(saveWorkspace(work, paths.recovery() + u"/abc.hatlas"_s));
    SessionStage s(dir.path());
    s.withDemoCity();
    QVERIFY(s.start());
    QCOMPARE(s.session->workspacePath(), file);
    QVERIFY(s.session->isModified());
    QCOMPARE(s.session->tree().roots().size(), 1u);
    s.session->saveWorkspace(file);
    QTRY_VERIFY(!s.session->isModified());
}

void TestSession::demoLayersAreLoadedWhenTheCityIsThere()
{
    SessionStage s;
    s.opener->demoReady = false;
    auto node = layerOf(u"Trees"_s, {}, {{1, {}, point(610000, 5970000)}});
    node.layer->source.location = u"demo:city.gpkg"_s;
    node.layer->data.reset();
    node.layer->state = LayerState::Unloaded;
    VERIFY_RESULT(s.session->tree().apply({TreeChange::Replace{{node}}, {}}));
    QTRY_COMPARE(stateOfFirst(s.session->tree()), LayerState::Failed);
    s.opener->demoReady = true;
    s.session->demoCity().ensure();
    QTRY_COMPARE_WITH_TIMEOUT(stateOfFirst(s.session->tree()), LayerState::Ready, 10000);
}

void TestSession::closingEarlyOverwritesNothing()
{
    const QTemporaryDir dir;
    const auto paths = AppPaths::below(dir.path());
    QDir().mkpath(paths.data);
    Workspace last;
    last.roots = {LayerNode{.id = QUuid::createUuid(), .title = u"Precious"_s}};
    VERIFY_RESULT(saveWorkspace(last, paths.lastSession()));
    {
        SessionStage s(dir.path());
        s.session->start({}, u"en"_s);
        s.session->finish(); // before anything could be read
    }
    const auto kept = loadWorkspace(paths.lastSession());
    VERIFY_RESULT(kept);
    QCOMPARE(kept->roots.size(), 1u);
}

void TestSession::aSecondWindowsSessionBecomesARecentFile()
{
    const QTemporaryDir dir;
    const auto layersIn = [](const QString &path) {
        const auto workspace = loadWorkspace(path);
        return workspace ? workspace->roots.size() : 0;
    };
    SessionStage first(dir.path()), second(dir.path());
    first.withDemoCity();
    second.withDemoCity();
    QVERIFY(first.start({u"/good.gpkg"_s}));
    QVERIFY(second.start({u"/good.gpkg"_s, u"/good two.gpkg"_s}));
    QTRY_COMPARE(first.session->tree().layerIds().size(), 1);
    QTRY_COMPARE(second.session->tree().layerIds().size(), 2);
    first.session->finish();
    QCOMPARE(layersIn(first.paths.lastSession()), 1U);
    QTest::qWait(20); // the times of two files differ
    second.session->finish();
    QCOMPARE(layersIn(first.paths.lastSession()), 2U);
    const auto kept = second.session->settings().recent.front();
    QVERIFY2(kept.endsWith(".hatlas"_L1) && QFile::exists(kept), qPrintable(kept));
    QCOMPARE(layersIn(kept), 1U);
}

void TestSession::missingSourcesOfAWorkspaceAreTold()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start({u"/good.gpkg"_s, u"/throws.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 2);
    const auto path = s.dir.filePath(u"plan.hatlas"_s);
    s.session->saveWorkspace(path);
    QTRY_COMPARE(s.session->workspacePath(), path);
    s.session->openWorkspace(path);
    const auto told = [&] { return std::ranges::find(s.notices, u"missing"_s, &Notice::topic) != s.notices.end(); };
    QTRY_VERIFY(told());
    const auto notice = *std::ranges::find(s.notices, u"missing"_s, &Notice::topic);
    QVERIFY2(notice.text.contains(u"1"_s) && !notice.details.isEmpty(), qPrintable(notice.text));
}

void TestSession::theFirstThemeIsNoStepToUndo()
{
    SessionStage s;
    s.withDemoCity();
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    QVERIFY(!s.session->undoStack().canUndo());
}

void TestSession::anotherCrsIsRemembered()
{
    const QTemporaryDir dir;
    {
        SessionStage s(dir.path());
        s.withDemoCity();
        QVERIFY(s.start({u"/good.gpkg"_s}));
        QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
        s.session->setCrs(Crs::fromEpsg(25833));
        const auto inNewCrs = [&] {
            const auto &data = s.session->tree().find(s.session->tree().layerIds().front())->layer->data;
            return data && data->features;
        };
        QTRY_VERIFY(inNewCrs());
        s.session->finish();
    }
    const SessionStage s(dir.path());
    QCOMPARE(s.session->settings().crs, 25833);
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
