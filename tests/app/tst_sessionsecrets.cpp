// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"
#include "datasources/opener/opener.h"
#include "tests/datasources/live/livefixture.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

const auto secret = "s3cr3tword"_ba;

/** A map service that lets in who has the password, or the token. */
struct GuardedWms {
    GuardedWms()
    {
        server.on("/wms", [this](const ServedRequest &request) {
            const QUrlQuery query(QUrl::fromEncoded(request.target).query());
            const bool signedIn = request.header("Authorization") == "Basic " + ("me:" + secret).toBase64()
                || query.queryItemValue(u"token"_s) == QString::fromLatin1(secret);
            if (!signedIn)
                return ServedReply{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"Maps\""}}};
            if (query.queryItemValue(u"REQUEST"_s) == "GetMap"_L1)
                return ServedReply{.body = paintedMap(query), .headers = {{"Content-Type", "image/png"}}};
            return ServedReply{.body = capabilities(server.url(u"/wms"_s).toEncoded(), layerXml("heat", "Hitze")),
                               .headers = {{"Content-Type", "text/xml"}}};
        });
    }
    QString address(const QString &way) const
    {
        auto url = server.url(u"/wms"_s);
        if (way == "token"_L1)
            return url.toString() + u"?token="_s + QString::fromLatin1(secret);
        url.setUserName(u"me"_s);
        url.setPassword(QString::fromLatin1(secret));
        return url.toString(QUrl::FullyEncoded);
    }
    LoopbackServer server;
};

/** The files below the folder that hold the secret. */
QStringList tellTales(const QString &folder)
{
    QStringList found;
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(secret))
            found.append(file.fileName());
    }
    return found;
}

std::unique_ptr<Session> sessionIn(const QString &folder, const std::shared_ptr<Credentials> &credentials,
                                   std::shared_ptr<ServiceAccess> &access)
{
    const auto paths = AppPaths::below(folder);
    access = std::make_shared<ServiceAccess>(ServiceAccess::Options{.storePath = paths.serviceStore()}, credentials);
    DemoCityKeeper::Maker demo{.isReady = [](const QString &) { return true; },
                               .make = [](const QString &, CancelToken, const Progress &) { return Status(); }};
    return std::make_unique<Session>(
        paths,
        Services{.network = access, .opener = std::make_unique<Opener>(paths.demo(), access), .demo = std::move(demo)});
}

const LayerNode *serviceLayer(Session &session)
{
    for (const auto &id : session.tree().layerIds())
        if (const auto *node = session.tree().find(id); node->layer->source.provider == "wms"_L1)
            return node;
    return nullptr;
}

bool isReady(Session &session)
{
    const auto *node = serviceLayer(session);
    return node && node->layer->state == LayerState::Ready;
}

} // namespace

class TestSessionSecrets : public QObject
{
    Q_OBJECT

private slots:
    void nothingThatIsWrittenHoldsThem_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("password") << u"password"_s;
        QTest::newRow("token") << u"token"_s;
    }
    void nothingThatIsWrittenHoldsThem()
    {
        QFETCH(QString, way);
        QTemporaryDir home;
        GuardedWms wms;
        const auto keychain = std::make_shared<MemoryCredentials>();
        std::shared_ptr<ServiceAccess> access;
        auto session = sessionIn(home.path(), keychain, access);
        QSignalSpy started(session.get(), &Session::started);
        session->start({wms.address(way)}, u"en"_s);
        QVERIFY(started.wait(20000));
        QTRY_VERIFY_WITH_TIMEOUT(isReady(*session), 20000); // the request carried it
        QTRY_VERIFY(!session->settings().recent.isEmpty());
        const auto place = home.filePath(u"mine.hatlas"_s);
        QSignalSpy saved(session.get(), &Session::workspaceSaved);
        session->saveWorkspace(place);
        QVERIFY(saved.wait(20000));
        QSignalSpy themes(session.get(), &Session::themesChanged);
        session->saveAsTheme(u"Mine"_s);
        QVERIFY(themes.wait(20000));
        for (const auto &exchange : access->client().log().exchanges())
            QVERIFY2(!exchange.url.contains(QString::fromLatin1(secret)), qPrintable(exchange.url));
        QVERIFY(!access->client().log().exchanges().empty());
        session->finish();
        session.reset();
        access.reset();
        QVERIFY(QFile::exists(AppPaths::below(home.path()).lastSession()));
        QCOMPARE(tellTales(home.path()), QStringList());

        // The next start finds the sign-in where secrets are kept
        session = sessionIn(home.path(), keychain, access);
        QSignalSpy again(session.get(), &Session::started);
        session->start({}, u"en"_s);
        QVERIFY(again.wait(20000));
        QTRY_VERIFY_WITH_TIMEOUT(isReady(*session), 20000);
    }

    void anOldWorkspaceIsCleanedWhenItIsRead()
    {
        QTemporaryDir home;
        GuardedWms wms;
        const auto place = home.filePath(u"old.hatlas"_s);
        {
            Workspace old;
            Layer layer;
            layer.source = {.provider = u"wms"_s, .location = u"http://put.here/"_s, .layer = u"heat"_s};
            layer.title = u"Heat"_s;
            old.roots.push_back({.id = QUuid::createUuid(), .title = u"Heat"_s, .layer = layer});
            VERIFY_RESULT(saveWorkspace(old, place));
            QFile file(place);
            QVERIFY(file.open(QIODevice::ReadWrite));
            auto text = file.readAll();
            QVERIFY(text.contains("http://put.here/"));
            text.replace("http://put.here/", wms.address(u"password"_s).toUtf8());
            file.resize(0);
            file.seek(0);
            file.write(text);
        }
        QCOMPARE(tellTales(home.path()).size(), 1);
        std::shared_ptr<ServiceAccess> access;
        auto session = sessionIn(home.path(), std::make_shared<MemoryCredentials>(), access);
        QSignalSpy started(session.get(), &Session::started);
        session->start({place}, u"en"_s);
        QVERIFY(started.wait(20000));
        QTRY_VERIFY_WITH_TIMEOUT(isReady(*session), 20000);
        const auto &source = serviceLayer(*session)->layer->source;
        QCOMPARE(source.location, wms.server.url(u"/wms"_s).toString());
        QVERIFY(!source.options["credentials"_L1].toString().isEmpty());
        QSignalSpy saved(session.get(), &Session::workspaceSaved);
        session->saveWorkspace(place);
        QVERIFY(saved.wait(20000));
        session->finish();
        session.reset();
        access.reset();
        QCOMPARE(tellTales(home.path()), QStringList());
    }
};

QTEST_MAIN(TestSessionSecrets)
#include "tst_sessionsecrets.moc"
