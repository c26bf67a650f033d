// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpsignin.h"
#include "datasources/net/oauth.h"
#include "tests/datasources/net/netfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUrlQuery>

#include <thread>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** A service that lets in who brings the newest token, and the server of tokens beside it. */
struct TokenServer {
    TokenServer()
    {
        server.on("/api", [this](const ServedRequest &request) {
            const std::scoped_lock lock(mutex);
            return !good.isEmpty() && request.header("Authorization") == "Bearer " + good
                ? ServedReply{.body = "welcome"}
                : ServedReply{.status = 401, .headers = {{"WWW-Authenticate", "Bearer realm=\"API\""}}};
        });
        server.on("/token", [this](const ServedRequest &request) { return give(request); });
    }

    ServedReply give(const ServedRequest &request)
    {
        const std::scoped_lock lock(mutex);
        const QUrlQuery form(QString::fromLatin1(request.body));
        asked.append(form);
        if (reply)
            return *reply;
        const auto basic = QByteArray::fromBase64(request.header("Authorization").mid(6));
        const bool isClient = secret.isEmpty() ? form.queryItemValue(u"client_id"_s) == "atlas"_L1
                                               : basic == "atlas:" + QUrl::toPercentEncoding(secret);
        if (!isClient)
            return json("{\"error\": \"invalid_client\"}", 401);
        const auto type = form.queryItemValue(u"grant_type"_s);
        if (type == "refresh_token"_L1 && form.queryItemValue(u"refresh_token"_s) != "again"_L1)
            return json("{\"error\": \"invalid_grant\", \"error_description\": \"It has expired\"}", 400);
        if (type == "authorization_code"_L1 && !codeIsGood(form))
            return json("{\"error\": \"invalid_grant\"}", 400);
        good = "token-" + QByteArray::number(++given);
        const auto refresh = type == "client_credentials"_L1 ? QByteArray() : ", \"refresh_token\": \"again\""_ba;
        return json("{\"access_token\": \"" + good + "\", \"token_type\": \"bearer\", \"expires_in\": "
                        + QByteArray::number(seconds) + refresh + '}',
                    200);
    }

    /** As RFC 7636, 4.6, has it. */
    bool codeIsGood(const QUrlQuery &form) const
    {
        const auto verifier = form.queryItemValue(u"code_verifier"_s).toLatin1();
        const auto hash = QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        return form.queryItemValue(u"code"_s) == "c0de"_L1 && hash == challenge
            && form.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded) == redirect;
    }

    static ServedReply json(const QByteArray &body, int status)
    {
        return {.status = status, .body = body, .headers = {{"Content-Type", "application/json"}}};
    }

    /** What a browser and its user do at the address. */
    void visit(const QUrl &url)
    {
        const QUrlQuery query(url);
        const std::scoped_lock lock(mutex);
        challenge = query.queryItemValue(u"code_challenge"_s).toLatin1();
        redirect = query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded);
        state = query.queryItemValue(u"state"_s, QUrl::FullyDecoded);
        visited = url;
    }

    SignInEntry client() const
    {
        return {.way = SignInWay::ClientCredentials,
                .secret = secret,
                .oauth = {.tokenAddress = server.url(u"/token"_s).toString(), .clientId = u"atlas"_s}};
    }
    SignInEntry browser() const
    {
        auto entry = client();
        entry.way = SignInWay::AuthorizationCode;
        entry.oauth.authorizeAddress = server.url(u"/authorize?tenant=hl"_s).toString();
        entry.oauth.scope = u"maps read"_s;
        return entry;
    }
    QStringList grants()
    {
        const std::scoped_lock lock(mutex);
        QStringList types;
        for (const auto &form : asked)
            types.append(form.queryItemValue(u"grant_type"_s));
        return types;
    }

    std::mutex mutex;
    QString secret = u"ge:heim%"_s;
    QByteArray good, challenge;
    QString redirect, state;
    QUrl visited;
    int given = 0, seconds = 3600;
    std::optional<ServedReply> reply;
    QList<QUrlQuery> asked;
    LoopbackServer server; ///< the last: its handlers use the rest
};

struct Stage {
    Stage()
        : keychain(std::make_shared<MemoryCredentials>())
        , signIns(std::make_shared<SignIns>(std::make_shared<SessionCredentials>(keychain),
                                            dir.filePath(u"sign-ins.json"_s)))
        , client({.retry = {.retries = 0}, .recordDir = dir.filePath(u"recorded"_s), .signIns = signIns})
        , door(client, signIns)
    {
        QObject::connect(
            signIns.get(), &SignIns::wanted, signIns.get(),
            [this](const SignInQuestion &question) {
                const std::scoped_lock lock(mutex);
                questions.append(question);
            },
            Qt::DirectConnection);
    }
    Result<HttpAnswer> get(const TokenServer &server) { return client.get({.url = server.server.url(u"/api"_s)}, {}); }
    /** The sign-in with the browser, which does `answer` with the address it was given. */
    Status enter(const SignInEntry &entry, const std::function<void(const QUrl &)> &answer = {})
    {
        std::vector<std::jthread> browsers;
        return door.signIn(questions.last(), entry,
                           [&](const QUrl &url) { browsers.emplace_back([answer, url] { answer(url); }); }, {});
    }

    QTemporaryDir dir;
    std::mutex mutex;
    QList<SignInQuestion> questions;
    std::shared_ptr<MemoryCredentials> keychain;
    std::shared_ptr<SignIns> signIns;
    HttpClient client;
    HttpSignIn door;
};

/** What the browser sends to the program, and the page it gets. */
QByteArray send(const QString &redirect, const QByteArray &target)
{
    const QUrl url(redirect);
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    if (!socket.waitForConnected(5000))
        return {};
    socket.write("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    QByteArray page;
    while (socket.waitForReadyRead(5000))
        page += socket.readAll();
    return page + socket.readAll();
}

} // namespace

class TestOAuth : public QObject
{
    Q_OBJECT

private slots:
    void theChallengeIsThatOfTheStandard()
    {
        // RFC 7636, appendix B
        const OAuthAttempt attempt{.verifier = u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s};
        QCOMPARE(attempt.challenge(), u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s);
        QCOMPARE(OAuthAttempt::random().verifier.size(), 43);
        QVERIFY(OAuthAttempt::random().state != OAuthAttempt::random().state);
    }

    void aClientSignsInForItself()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(server.client()));
        VERIFY_RESULT(stage.get(server));
        VERIFY_RESULT(stage.get(server));
        QCOMPARE(server.given, 1);
        QCOMPARE(server.asked.front().queryItemValue(u"grant_type"_s), u"client_credentials"_s);
        QFile list(stage.dir.filePath(u"sign-ins.json"_s));
        QVERIFY(list.open(QIODevice::ReadOnly));
        const auto text = list.readAll();
        QVERIFY(text.contains("atlas") && !text.contains("heim") && !text.contains("token-1"));
    }

    void tokensAreRenewedBeforeTheirEnd()
    {
        TokenServer server;
        server.seconds = 30; // less than the minute before which they are renewed
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(server.client()));
        VERIFY_RESULT(stage.get(server));
        VERIFY_RESULT(stage.get(server));
        QVERIFY(server.given >= 2);
        QCOMPARE(stage.questions.size(), 1);
    }

    void aTokenThatEndedEarlyIsRenewedOnceForAllWhoWait()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(server.client()));
        VERIFY_RESULT(stage.get(server));
        {
            const std::scoped_lock lock(server.mutex);
            server.good = "none";
        }
        std::vector<std::future<Result<HttpAnswer>>> calls;
        for (int i = 0; i < 8; ++i)
            calls.push_back(sendLater(stage.client, {.url = server.server.url(u"/api"_s)}));
        for (auto &call : calls)
            VERIFY_RESULT(call.get());
        QCOMPARE(server.given, 2);
        QCOMPARE(stage.questions.size(), 1);
    }

    void theUserSignsInWithTheBrowserAndStaysSignedIn()
    {
        TokenServer server;
        server.secret.clear(); // a public client
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        QByteArray page;
        VERIFY_RESULT(stage.enter(server.browser(), [&](const QUrl &url) {
            server.visit(url);
            QVERIFY(send(server.redirect, "/favicon.ico").contains(" 404 "));
            page = send(server.redirect, "/?code=c0de&state=" + server.state.toLatin1());
        }));
        QVERIFY(page.contains(" 200 ") && page.contains("signed in"));
        const QUrlQuery query(server.visited);
        QCOMPARE(query.queryItemValue(u"tenant"_s), u"hl"_s);
        QCOMPARE(query.queryItemValue(u"scope"_s, QUrl::FullyDecoded), u"maps read"_s);
        QCOMPARE(query.queryItemValue(u"code_challenge_method"_s), u"S256"_s);
        QVERIFY(server.redirect.startsWith("http://127.0.0.1:"_L1));
        VERIFY_RESULT(stage.get(server));

        // The next start has the refresh token
        {
            const std::scoped_lock lock(server.mutex);
            server.good = "none";
        }
        HttpClient next({.signIns = std::make_shared<SignIns>(std::make_shared<SessionCredentials>(stage.keychain),
                                                              stage.dir.filePath(u"sign-ins.json"_s))});
        VERIFY_RESULT(next.get({.url = server.server.url(u"/api"_s)}, {}));
        QCOMPARE(server.grants().last(), u"refresh_token"_s);
    }

    void anotherPagesAnswerIsNotTaken()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        QByteArray forged;
        VERIFY_RESULT(stage.enter(server.browser(), [&](const QUrl &url) {
            server.visit(url);
            forged = send(server.redirect, "/?code=evil&state=guessed");
            send(server.redirect, "/?code=c0de&state=" + server.state.toLatin1());
        }));
        QVERIFY2(forged.contains(" 400 "), forged.constData());
        QCOMPARE(server.asked.size(), 1);
        QCOMPARE(server.asked.front().queryItemValue(u"code"_s), u"c0de"_s);
    }

    void whoDeclinesIsToldSo()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        QByteArray page;
        const auto status = stage.enter(server.browser(), [&](const QUrl &url) {
            server.visit(url);
            page = send(server.redirect,
                        "/?error=access_denied&error_description=%3Cb%3ENo+way&state=" + server.state.toLatin1());
        });
        VERIFY_FAILS(status, ErrorKind::NotReadable);
        QVERIFY2(status.error().what.contains("declined"_L1) && status.error().what.contains("No way"_L1),
                 qPrintable(status.error().what));
        QVERIFY(page.contains(" 400 ") && page.contains("&lt;b&gt;"));
        QVERIFY(server.asked.isEmpty());
        QVERIFY(stage.signIns->kept().isEmpty());
    }

    void theUserMayGiveUpWaiting()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        std::stop_source stop;
        const auto status = stage.door.signIn(
            stage.questions.last(), server.browser(), [&](const QUrl &) { stop.request_stop(); }, stop.get_token());
        QVERIFY(!status);
        QCOMPARE(status.error().kind, ErrorKind::Cancelled);
    }

    void answersOfTheTokenServer_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("refused") << 400 << "{\"error\":\"invalid_scope\",\"error_description\":\"Not for you\"}"_ba
                                 << ErrorKind::NotReadable << u"Not for you"_s;
        QTest::newRow("unknown client") << 401 << ""_ba << ErrorKind::NotReadable << u"token"_s;
        QTest::newRow("fault") << 500 << "oops"_ba << ErrorKind::Network << u"500"_s;
        QTest::newRow("a page") << 200 << "<html>"_ba << ErrorKind::Malformed << u"token"_s;
        QTest::newRow("no token") << 200 << "{\"token_type\":\"bearer\"}"_ba << ErrorKind::Malformed << u"token"_s;
        QTest::newRow("another kind") << 200 << "{\"access_token\":\"a\",\"token_type\":\"mac\"}"_ba
                                      << ErrorKind::Malformed << u"token"_s;
        QTest::newRow("line break") << 200 << "{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"bearer\"}"_ba
                                    << ErrorKind::Malformed << u"token"_s;
    }
    void answersOfTheTokenServer()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, says);
        TokenServer server;
        server.reply = TokenServer::json(body, status);
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        const auto entered = stage.enter(server.client());
        QVERIFY(!entered);
        QTEST(entered.error().kind, "kind");
        QVERIFY2(entered.error().what.contains(says), qPrintable(entered.error().what));
        QVERIFY(!toText(entered.error()).contains("heim"_L1));
        QVERIFY(stage.signIns->kept().isEmpty());
        QCOMPARE(stage.questions.size(), 1); // none for the server of tokens
    }

    void aRefusedRefreshAsksTheUserAgain()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(server.browser(), [&](const QUrl &url) {
            server.visit(url);
            send(server.redirect, "/?code=c0de&state=" + server.state.toLatin1());
        }));
        VERIFY_RESULT(stage.get(server));
        {
            const std::scoped_lock lock(server.mutex);
            server.good = "none";
            server.reply = TokenServer::json("{\"error\":\"invalid_grant\"}", 400);
        }
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        QCOMPARE(stage.questions.size(), 2);
        QVERIFY(stage.questions.last().refused);
    }

    void onlySafeAddressesGetSecrets_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("open") << u"http://login.example/token"_s;
        QTest::newRow("no web") << u"file:///etc/passwd"_s;
        QTest::newRow("nothing") << QString();
        QTest::newRow("nonsense") << u"https://"_s;
    }
    void onlySafeAddressesGetSecrets()
    {
        QFETCH(QString, address);
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        auto entry = server.client();
        entry.oauth.tokenAddress = address;
        VERIFY_FAILS(stage.enter(entry), ErrorKind::Invalid);
        entry = server.browser();
        entry.oauth.authorizeAddress = address;
        VERIFY_FAILS(stage.enter(entry, [](const QUrl &) { QFAIL("the browser was opened"); }), ErrorKind::Invalid);
        QVERIFY(server.asked.isEmpty());
    }

    void nothingOfItIsLoggedOrRecorded()
    {
        TokenServer server;
        Stage stage;
        VERIFY_FAILS(stage.get(server), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(server.browser(), [&](const QUrl &url) {
            server.visit(url);
            send(server.redirect, "/?code=c0de&state=" + server.state.toLatin1());
        }));
        VERIFY_RESULT(stage.get(server));
        QByteArray all;
        for (const auto &exchange : stage.client.log().exchanges())
            all += exchange.url.toUtf8() + exchange.error.toUtf8();
        QDir dir(stage.dir.filePath(u"recorded"_s));
        QVERIFY(!dir.entryList(QDir::Files).isEmpty());
        for (const auto &name : dir.entryList(QDir::Files)) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            all += file.readAll();
        }
        for (const auto &word : {"heim"_ba, "token-1"_ba, "c0de"_ba, "again"_ba, server.state.toLatin1()})
            QVERIFY2(!all.contains(word), word.constData());
    }
};

QTEST_GUILESS_MAIN(TestOAuth)
#include "tst_oauth.moc"
