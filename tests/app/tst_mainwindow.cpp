// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions.h"
#include "app/commandsearch.h"
#include "app/mainwindow.h"
#include "app/noticearea.h"
#include "tests/app/appfixture.h"
#include "tests/support/testkit.h"
#include "widgets/layers/layertreeview.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/map/coordinatebox.h"
#include "widgets/map/featurepanel.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/map/scalebox.h"

#include <QDockWidget>
#include <QDrag>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QMouseEvent>
#include <QPushButton>
#include <QStatusBar>
#include <QToolBar>
#include <QTimer>
#include <QToolButton>

#include <set>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

struct WindowStage : SessionStage {
    explicit WindowStage(bool show = true)
    {
        withDemoCity();
        window = std::make_unique<MainWindow>(*session);
        window->canvas().setAnimated(false);
        window->resize(1200, 800);
        if (show) {
            window->show();
            const bool shown = QTest::qWaitForWindowExposed(window.get());
            Q_ASSERT(shown);
        }
    }
    ~WindowStage() { window.reset(); }
    QDockWidget *dock(const QString &name) const { return window->findChild<QDockWidget *>(name); }
    std::unique_ptr<MainWindow> window;
};

/** Drags files as a file manager does: as soon as the pressed mouse moves. */
class FileSource final : public QWidget
{
public:
    explicit FileSource(QList<QUrl> urls)
        : m_urls(std::move(urls))
    {
        setGeometry(660, 20, 60, 60);
    }
    Qt::DropAction result = Qt::IgnoreAction;

    /** What the system sends to a window on the way of a drag. */
    Qt::DropAction dropOn(QWindow &window, QPoint place) const
    {
        const std::unique_ptr<QMimeData> carried(files());
        QDragEnterEvent enter(place, Qt::CopyAction, carried.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &enter);
        QDragMoveEvent move(place, Qt::CopyAction, carried.get(), Qt::LeftButton, {});
        if (enter.isAccepted()) { // as Qt does for its own drags
            move.setDropAction(enter.dropAction());
            move.accept();
        }
        QCoreApplication::sendEvent(&window, &move);
        if (!move.isAccepted())
            return Qt::IgnoreAction;
        QDropEvent drop(place, Qt::CopyAction, carried.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop);
        return drop.isAccepted() ? drop.dropAction() : Qt::IgnoreAction;
    }

protected:
    void mousePressEvent(QMouseEvent *event) override { event->accept(); }
    void mouseMoveEvent(QMouseEvent *) override
    {
        auto *drag = new QDrag(this);
        drag->setMimeData(files());
        result = drag->exec(Qt::CopyAction);
    }

private:
    QMimeData *files() const
    {
        auto *carried = new QMimeData;
        carried->setUrls(m_urls);
        return carried;
    }

    QList<QUrl> m_urls;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void everyActionHasATextAndIsInTheMenu();
    void shortcutsAreUnique();
    void everyActionOfTheToolBarHasAnIcon();
    void clickShowsTheObjectPanel();
    void scaleAndCoordinatesMoveTheMap();
    void crsChoiceTurnsTheMap();
    void themesAreInTheMenuAndSwitchTheMap();
    void fullScreenShowsTheMapAlone();
    void noticesOfOneTopicReplaceEachOther();
    void noticesThatOfferUndoGoWithTheNextChange();
    void noticesAreAsHighAsTheirText_data();
    void noticesAreAsHighAsTheirText();
    void filesDroppedWithTheMouseAreOpened_data();
    void filesDroppedWithTheMouseAreOpened();
    void commandsAreFoundByTheirWords();
    void closingAsksForNamedWorkspacesOnly();
    void windowStateIsRemembered();
    void recentFilesAreInTheMenu();
};

void TestMainWindow::everyActionHasATextAndIsInTheMenu()
{
    const WindowStage s;
    std::set<const QAction *> inMenu;
    for (const auto &[path, action] : commandsOf(*s.window->menuBar()))
        inMenu.insert(action);
    QVERIFY(inMenu.size() > 40);
    for (const auto *action : s.window->actions().findChildren<QAction *>()) {
        if (action->isSeparator() || action->menu())
            continue;
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(inMenu.contains(action), qPrintable(action->text()));
    }
}

void TestMainWindow::shortcutsAreUnique()
{
    WindowStage s;
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->themes().empty());
    std::map<QKeySequence, QString> known, ofLists;
    for (const auto &[path, action] : commandsOf(*s.window->menuBar())) {
        for (const auto &keys : action->shortcuts()) {
            if (action->shortcutContext() == Qt::WidgetShortcut) { // means what has the focus; one for each list
                ofLists[keys] = path;
                continue;
            }
            QVERIFY2(!known.contains(keys), qPrintable(u"%1: %2 and %3"_s.arg(keys.toString(), known[keys], path)));
            known[keys] = path;
        }
    }
    QVERIFY(known.size() > 20);
    for (const auto &[keys, path] : ofLists)
        QVERIFY2(!known.contains(keys), qPrintable(u"%1: %2 and %3"_s.arg(keys.toString(), known[keys], path)));
    QVERIFY(!ofLists.empty());
}

void TestMainWindow::everyActionOfTheToolBarHasAnIcon()
{
    const WindowStage s;
    for (const auto *action : s.window->findChild<QToolBar *>()->actions()) {
        if (!action->isSeparator())
            QVERIFY2(!action->icon().isNull(), qPrintable(action->text()));
    }
}

void TestMainWindow::clickShowsTheObjectPanel()
{
    WindowStage s;
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_VERIFY(!s.session->tree().scene().layers.empty());
    auto &canvas = s.window->canvas();
    canvas.zoomToAll();
    QVERIFY(!s.dock(u"right"_s)->isVisible());
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.rect().center());
    QTRY_VERIFY(s.dock(u"right"_s)->isVisible());
    QCOMPARE(s.window->features().found().size(), 1u);
    s.window->actions().showObject->trigger();
    QVERIFY(!s.dock(u"right"_s)->isVisible());
    QCOMPARE(s.window->features().found().size(), 0u);
}

void TestMainWindow::scaleAndCoordinatesMoveTheMap()
{
    const WindowStage s;
    auto *scale = s.window->findChild<ScaleBox *>();
    emit scale->scaleChosen(2500);
    QVERIFY(std::abs(s.window->canvas().viewport().scale() - 2500) < 0.01);
    QCOMPARE(scale->scale(), 2500.0);
    auto *coordinates = s.window->findChild<CoordinateBox *>();
    emit coordinates->placeChosen({10.6866, 53.8655}, Crs::fromEpsg(4326));
    QVERIFY(std::abs(s.window->canvas().viewport().centre.x - 610900) < 500);
}

void TestMainWindow::crsChoiceTurnsTheMap()
{
    const WindowStage s;
    emit s.window->actions().crsChosen(u"EPSG:31467"_s);
    QCOMPARE(s.window->canvas().viewport().crs.epsg(), 31467);
    QVERIFY(s.window->canvas().viewport().centre.x > 3e6);
    QCOMPARE(s.session->settings().crs, 31467);
}

void TestMainWindow::themesAreInTheMenuAndSwitchTheMap()
{
    WindowStage s;
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    auto entries = s.window->actions().themeMenu->actions();
    entries.removeIf([](const QAction *entry) { return !entry->isCheckable(); }); // commands follow
    QCOMPARE(entries.size(), qsizetype(s.session->themes().size()));
    QVERIFY(entries[0]->isChecked());
    entries[1]->trigger();
    QCOMPARE(s.session->currentTheme(), s.session->themes()[1].id);
    QVERIFY(s.window->actions().themeMenu->actions()[1]->isChecked());
}

void TestMainWindow::fullScreenShowsTheMapAlone()
{
    const WindowStage s;
    s.window->actions().fullScreen->trigger();
    QVERIFY(s.window->isFullScreen());
    QVERIFY(!s.window->menuBar()->isVisible() && !s.dock(u"left"_s)->isVisible()
            && !s.window->statusBar()->isVisible());
    QTest::keyClick(&s.window->canvas(), Qt::Key_Escape);
    QVERIFY(!s.window->isFullScreen());
    QVERIFY(s.dock(u"left"_s)->isVisible() && s.window->statusBar()->isVisible());
    QVERIFY(!s.window->actions().fullScreen->isChecked());
}

void TestMainWindow::noticesOfOneTopicReplaceEachOther()
{
    const WindowStage s;
    auto &area = s.window->notices();
    area.show({.text = u"one"_s, .topic = u"a"_s});
    area.show({.kind = Notice::Kind::Error, .text = u"two"_s, .topic = u"a"_s});
    area.show({.text = u"three"_s});
    QCOMPARE(area.notices().size(), 2);
    QCOMPARE(area.notices()[0].text, u"two"_s);
    for (int i = 0; i < 9; ++i)
        area.show({.text = QString::number(i)});
    QCOMPARE(area.notices().size(), NoticeArea::most);
    QVERIFY(s.window->canvas().rect().contains(area.geometry()));
}

void TestMainWindow::noticesThatOfferUndoGoWithTheNextChange()
{
    WindowStage s;
    QVERIFY(s.start());
    QTRY_VERIFY(!s.session->currentTheme().isEmpty());
    s.session->chooseTheme(s.session->themes()[1].id);
    s.window->notices().show({.text = u"undoable"_s, .undoable = true});
    s.window->notices().show({.text = u"other"_s});
    const auto shown = [&] {
        QStringList texts;
        for (const auto &notice : s.window->notices().notices())
            texts << notice.text;
        return texts;
    };
    QVERIFY(shown().contains("undoable"_L1));
    s.session->chooseTheme(s.session->themes()[2].id);
    QVERIFY(!shown().contains("undoable"_L1)); // its button would take back the wrong thing
    QVERIFY2(shown().contains("other"_L1), qPrintable(shown().join(u"/"_s)));
}

void TestMainWindow::noticesAreAsHighAsTheirText_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("wide") << 1200;
    QTest::newRow("narrow") << 700;
}

void TestMainWindow::noticesAreAsHighAsTheirText()
{
    QFETCH(int, width);
    const WindowStage s;
    s.window->resize(width, 700);
    auto &area = s.window->notices();
    area.show({.text = u"Short."_s});
    area.show({.kind = Notice::Kind::Success, .text = u"Short."_s, .undoable = true});
    area.show({.kind = Notice::Kind::Warning, .text = u"Short."_s, .details = u"More about it."_s});
    area.show({.kind = Notice::Kind::Error, .text = u"Far too long for one line. "_s.repeated(7)});
    const auto bars = area.findChildren<look::MessageBar *>();
    QCOMPARE(bars.size(), 4);
    const int line = bars[0]->fontMetrics().height();
    QTRY_COMPARE(bars[1]->height(), bars[0]->height());
    QTRY_COMPARE(bars[2]->height(), bars[0]->height());
    const auto *text = bars[3]->findChild<QLabel *>();
    QTRY_VERIFY(text->height() >= 2 * line);
    QTRY_COMPARE(bars[3]->height(), bars[3]->heightForWidth(bars[3]->width()));
    QVERIFY2(bars[3]->height() <= text->heightForWidth(text->width()) + 2 * look::space::tiny,
             qPrintable(QString::number(bars[3]->height())));
    QCOMPARE(area.height(), bars[3]->geometry().bottom() + 1);
    // what is unfolded finds room
    auto *more = bars[2]->findChildren<QToolButton *>().front();
    const int before = bars[2]->height();
    more->click();
    QTRY_VERIFY(bars[2]->height() >= before + line);
    QCOMPARE(area.height(), bars[3]->geometry().bottom() + 1);
}

void TestMainWindow::filesDroppedWithTheMouseAreOpened_data()
{
    QTest::addColumn<bool>("onMap");
    QTest::newRow("onto the map") << true;
    QTest::newRow("onto the layer panel") << false;
}

void TestMainWindow::filesDroppedWithTheMouseAreOpened()
{
    QFETCH(bool, onMap);
    WindowStage s;
    QVERIFY(s.start({u"/first.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    s.window->setGeometry(0, 0, 640, 600);
    s.window->actions().showLayers->trigger();
    FileSource source(
        {QUrl(u"file:///second%20one.gpkg"_s), QUrl(u"file:///broken.gpkg"_s), QUrl(u"file:///third.gpkg"_s)});
    source.show();
    QVERIFY(QTest::qWaitForWindowExposed(&source));
    const QWidget *target = &s.window->canvas();
    if (!onMap)
        target = s.dock(u"left"_s)->findChild<LayerTreeView *>();
    QVERIFY(target && target->isVisible());
    auto *window = s.window->windowHandle();
    const auto place = target->mapTo(s.window.get(), target->rect().center());
    if (QGuiApplication::platformName() == "offscreen"_L1) { // which has no drags of its own
        source.result = source.dropOn(*window, place);
    } else {
        QTimer::singleShot(50, &source, [&] { // while the drag waits for the mouse in a loop of its own
            QTest::mouseMove(window, place - QPoint(3, 3));
            QTest::mouseMove(window, place);
            QTest::mouseRelease(window, Qt::LeftButton, {}, place);
        });
        QTest::mousePress(source.windowHandle(), Qt::LeftButton, {}, {30, 30});
        QTest::mouseMove(source.windowHandle(), {40, 40});
    }
    QCOMPARE(source.result, Qt::CopyAction);
    QTRY_COMPARE(s.session->tree().layerIds().size(), 3);
    QTRY_VERIFY2(s.noticeTexts().contains(u"“broken” is no map."_s), qPrintable(s.noticeTexts()));
    QVERIFY(s.session->settings().recent.contains(u"/second one.gpkg"_s));
    QVERIFY(s.session->settings().recent.contains(u"/third.gpkg"_s));
}

void TestMainWindow::commandsAreFoundByTheirWords()
{
    const WindowStage s;
    CommandSearch search(*s.window->menuBar(), s.window.get());
    search.setAttribute(Qt::WA_DeleteOnClose, false);
    auto *list = search.findChild<QListWidget *>();
    auto *edit = search.findChild<QLineEdit *>();
    QVERIFY(list->count() > 20);
    edit->setText(u"full scr"_s);
    QCOMPARE(list->count(), 1);
    QSignalSpy triggered(s.window->actions().fullScreen, &QAction::triggered);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(triggered.size(), 1);
    edit->setText(u"no such command"_s);
    QCOMPARE(list->count(), 0);
}

void TestMainWindow::closingAsksForNamedWorkspacesOnly()
{
    WindowStage s;
    QVERIFY(s.start({u"/good.gpkg"_s}));
    QTRY_COMPARE(s.session->tree().layerIds().size(), 1);
    const auto path = s.dir.filePath(u"plan.hatlas"_s);
    s.session->saveWorkspace(path);
    QTRY_COMPARE(s.session->workspacePath(), path);
    s.session->open({u"/good.gpkg"_s});
    QTRY_VERIFY(s.session->isModified());
    QVERIFY(s.window->isWindowModified());
    QVERIFY(!s.window->close());
    auto *box = s.window->findChild<QMessageBox *>();
    QVERIFY(box);
    box->button(QMessageBox::Save)->click();
    QTRY_VERIFY(!s.window->isVisible());
    const auto saved = loadWorkspace(path);
    VERIFY_RESULT(saved);
    QCOMPARE(saved->roots.size(), 2u);
}

void TestMainWindow::windowStateIsRemembered()
{
    WindowStage s;
    s.window->actions().showLayers->trigger();
    s.window->resize(1000, 700);
    QVERIFY(s.window->close()); // nothing has a name, so nothing is asked
    const auto settings = loadSettings(s.paths.settings);
    QCOMPARE(settings.leftTab, 1);
    QVERIFY(!settings.windowGeometry.isEmpty());
}

void TestMainWindow::recentFilesAreInTheMenu()
{
    WindowStage s;
    QVERIFY(!s.window->actions().recentMenu->isEnabled());
    QVERIFY(s.start({u"/good & new.gpkg"_s}));
    QTRY_COMPARE(s.window->actions().recentMenu->actions().size(), 1);
    s.window->actions().recentMenu->actions()[0]->trigger();
    QTRY_COMPARE(s.session->tree().layerIds().size(), 2);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
