// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"
#include "app/noticearea.h"
#include "app/signindesk.h"
#include "datasources/opener/opener.h"
#include "tests/datasources/live/livefixture.h"
#include "widgets/look/messagebar.h"
#include "widgets/signin/signindialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

/** A map service with some layers, for who has the password. */
struct GuardedWms {
    GuardedWms()
    {
        server.on("/wms", [this](const ServedRequest &request) {
            if (request.header("Authorization") != "Basic " + QByteArray("me:open").toBase64())
                return ServedReply{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"Maps\""}}};
            const QUrlQuery query(QUrl::fromEncoded(request.target).query());
            if (query.queryItemValue(u"REQUEST"_s) == "GetMap"_L1)
                return ServedReply{.body = paintedMap(query), .headers = {{"Content-Type", "image/png"}}};
            return ServedReply{
                .body = capabilities(server.url(u"/wms"_s).toEncoded(), layerXml("heat", "Hitze") + layerXml("b", "B")),
                .headers = {{"Content-Type", "text/xml"}}};
        });
    }
    LoopbackServer server;
};

struct Stage {
    explicit Stage(const std::shared_ptr<Credentials> &credentials)
    {
        const auto paths = AppPaths::below(home.path());
        auto access = std::make_shared<ServiceAccess>(
            ServiceAccess::Options{.storePath = paths.serviceStore(), .signInList = paths.signIns()}, credentials);
        DemoCityKeeper::Maker demo{.isReady = [](const QString &) { return true; },
                                   .make = [](const QString &, CancelToken, const Progress &) { return Status(); }};
        session = std::make_unique<Session>(paths,
                                            Services{.network = access,
                                                     .opener = std::make_unique<Opener>(paths.demo(), access),
                                                     .demo = std::move(demo)});
        window = std::make_unique<MainWindow>(*session);
        window->show();
    }
    void addLayers(const QUrl &url)
    {
        std::vector<LayerNode> nodes;
        for (const auto &name : {u"heat"_s, u"b"_s}) {
            Layer layer;
            layer.title = name;
            layer.source = {.provider = u"wms"_s, .location = url.toString(), .layer = name};
            nodes.push_back({.id = QUuid::createUuid(), .title = name, .layer = layer});
        }
        session->add({}, nodes);
    }
    int count(LayerState state)
    {
        int number = 0;
        for (const auto &id : session->tree().layerIds()) {
            const auto &layer = *session->tree().find(id)->layer;
            number += layer.source.provider == "wms"_L1 && layer.state == state;
        }
        return number;
    }
    QList<Notice> questions() const
    {
        auto all = window->notices().notices();
        all.removeIf([](const Notice &notice) { return !notice.action; });
        return all;
    }
    SignInDialog *dialog() const { return window->findChild<SignInDialog *>(); }
    void enter(const QString &password) const
    {
        const auto fields = dialog()->findChildren<QLineEdit *>();
        QTest::keyClicks(fields[0], fields[0]->text().isEmpty() ? u"me"_s : QString());
        fields[1]->setText(password);
        dialog()->accept();
    }

    QTemporaryDir home;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

} // namespace

class TestSignInDesk : public QObject
{
    Q_OBJECT

private slots:
    void oneNoticeForAllLayersAndWhoSignsInGetsThemAll()
    {
        GuardedWms wms;
        const auto keychain = std::make_shared<MemoryCredentials>();
        Stage stage(keychain);
        QSignalSpy started(stage.session.get(), &Session::started);
        stage.session->start({}, u"en"_s);
        QVERIFY(started.wait(20000));
        stage.addLayers(wms.server.url(u"/wms"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stage.count(LayerState::Failed), 2, 20000);
        QTRY_COMPARE(stage.questions().size(), 1);
        QVERIFY(!stage.dialog()); // nothing stands over the map
        const auto &layer = *stage.session->tree().find(stage.session->tree().layerIds().front())->layer;
        QVERIFY2(layer.error.what.contains("wants a sign-in"_L1), qPrintable(layer.error.what));

        stage.questions().front().action->trigger();
        QVERIFY(stage.dialog() && stage.dialog()->isVisible());
        stage.enter(u"falsch"_s);
        auto *error = stage.dialog()->findChild<look::MessageBar *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 20000);
        QVERIFY2(error->text().contains("does not accept"_L1), qPrintable(error->text()));
        stage.enter(u"open"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!stage.dialog(), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(stage.count(LayerState::Ready), 2, 20000);
        QCOMPARE(stage.questions().size(), 0);

        auto *page = stage.window->findChild<QTreeWidget *>();
        stage.window->showPanel(u"signins"_s);
        page = stage.window->findChild<QTreeWidget *>();
        QVERIFY(page);
        QCOMPARE(page->topLevelItemCount(), 1);
        QCOMPARE(page->topLevelItem(0)->text(1), u"me"_s);
        QFile list(stage.session->paths().signIns());
        QVERIFY(list.open(QIODevice::ReadOnly));
        QVERIFY(!list.readAll().contains("open"));
    }

    void anAddressThatCouldNotBeOpenedIsOpenedThen()
    {
        GuardedWms wms;
        Stage stage(std::make_shared<MemoryCredentials>());
        QSignalSpy started(stage.session.get(), &Session::started);
        stage.session->start({wms.server.url(u"/wms"_s).toString()}, u"en"_s);
        QVERIFY(started.wait(20000));
        QTRY_COMPARE_WITH_TIMEOUT(stage.questions().size(), 1, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!stage.session->openQueue().isBusy(), 20000);
        QTRY_COMPARE(stage.window->notices().notices().size(), 1); // not a second one that says the same
        stage.questions().front().action->trigger();
        QSignalSpy wanted(&stage.session->openQueue(), &OpenQueue::choiceWanted);
        stage.enter(u"open"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!wanted.isEmpty() || stage.count(LayerState::Ready) > 0, 20000);
    }

    void whoCancelsIsNotAskedBeforeHeReadsTheLayerAgain()
    {
        GuardedWms wms;
        Stage stage(std::make_shared<MemoryCredentials>());
        QSignalSpy started(stage.session.get(), &Session::started);
        stage.session->start({}, u"en"_s);
        QVERIFY(started.wait(20000));
        stage.addLayers(wms.server.url(u"/wms"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stage.questions().size(), 1, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(stage.count(LayerState::Failed), 2, 20000);
        stage.questions().front().action->trigger();
        stage.dialog()->reject();
        QCOMPARE(stage.questions().size(), 0);
        const auto id = stage.session->tree().layerIds().front();
        const auto reload = [&] {
            const int before = wms.server.count("/wms");
            stage.session->loader().reload(id);
            return QTest::qWaitFor(
                [&] { return wms.server.count("/wms") > before && !stage.session->loader().isBusy(); }, 20000);
        };
        QVERIFY(reload());
        QTest::qWait(50);
        QCOMPARE(stage.questions().size(), 0);
        stage.window->signIn().askAgain(id);
        QVERIFY(reload());
        QTRY_COMPARE_WITH_TIMEOUT(stage.questions().size(), 1, 20000);
    }
};

QTEST_MAIN(TestSignInDesk)
#include "tst_signindesk.moc"
