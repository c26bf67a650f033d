// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/challenge_p.h"
#include "datasources/net/httpsignin.h"
#include "tests/datasources/net/netfixture.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** A keychain that counts who asks, and can be taken away. */
class Keychain final : public Credentials
{
public:
    Result<std::optional<Credential>> find(const QString &key, CancelToken token) const override
    {
        ++asked;
        if (locked)
            return failure(ErrorKind::NotReadable, u"locked"_s);
        return kept.find(key, token);
    }
    Status store(const QString &key, const Credential &credential, CancelToken token) override
    {
        return locked ? failure(ErrorKind::NotReadable, u"locked"_s) : kept.store(key, credential, token);
    }
    Status remove(const QString &key, CancelToken token) override { return kept.remove(key, token); }

    MemoryCredentials kept;
    mutable std::atomic<int> asked = 0;
    std::atomic<bool> locked = false;
};

ServedReply wantsBasic(const ServedRequest &request, const QByteArray &user = "me:ge heim",
                       const QByteArray &realm = "Staff")
{
    return request.header("Authorization") == "Basic " + user.toBase64()
        ? ServedReply{.body = "welcome"}
        : ServedReply{.status = 401,
                      .body = "who?",
                      .headers = {{"WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\""}}};
}

QByteArray md5(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Md5).toHex();
}

/** As RFC 7616 has it, by hand. */
ServedReply wantsDigest(const ServedRequest &request)
{
    const auto header = QString::fromUtf8(request.header("Authorization"));
    const auto value = [&header](const QString &name) {
        const QRegularExpression pattern(u"\\b%1=\"?([^\",]*)\"?"_s.arg(name));
        return pattern.match(header).captured(1).toUtf8();
    };
    const auto ha1 = md5("me:Archive:ge heim");
    const auto ha2 = md5(request.method + ':' + value(u"uri"_s));
    const auto expected =
        md5(ha1 + ":abc:" + value(u"nc"_s) + ':' + value(u"cnonce"_s) + ':' + value(u"qop"_s) + ':' + ha2);
    if (header.startsWith("Digest "_L1) && value(u"response"_s) == expected)
        return {.body = "welcome"};
    return {.status = 401,
            .body = "who?",
            .headers = {{"WWW-Authenticate", "Digest realm=\"Archive\", nonce=\"abc\", qop=\"auth\", algorithm=MD5"}}};
}

/** Client, keychain and list, as the program has them. */
struct Stage {
    explicit Stage(std::shared_ptr<Keychain> k = std::make_shared<Keychain>())
        : keychain(std::move(k))
        , signIns(std::make_shared<SignIns>(std::make_shared<SessionCredentials>(keychain), list()))
        , client({.retry = {.retries = 0}, .signIns = signIns}, keychain)
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
    QString list() const { return dir.filePath(u"sign-ins.json"_s); }
    int asked()
    {
        const std::scoped_lock lock(mutex);
        return int(questions.size());
    }
    Result<HttpAnswer> get(const QUrl &url) { return client.get({.url = url}, {}); }
    Status enter(const SignInEntry &entry) { return door.signIn(questions.last(), entry, {}, {}); }

    QTemporaryDir dir;
    std::mutex mutex;
    QList<SignInQuestion> questions;
    std::shared_ptr<Keychain> keychain;
    std::shared_ptr<SignIns> signIns;
    HttpClient client;
    HttpSignIn door;
};

SignInEntry password(const QString &secret, bool remember = true)
{
    return {.user = u"me"_s, .secret = secret, .remember = remember};
}

} // namespace

class TestSignIns : public QObject
{
    Q_OBJECT

private slots:
    void challengesAreRead_data()
    {
        QTest::addColumn<QByteArrayList>("headers");
        QTest::addColumn<QStringList>("schemes");
        QTest::addColumn<QString>("realm");
        QTest::addColumn<bool>("handshakeInTheOpen");
        const auto row = [](const char *name, const QByteArrayList &headers, const QStringList &schemes,
                            const QString &realm,
                            bool handshake) { QTest::newRow(name) << headers << schemes << realm << handshake; };
        row("basic", {"Basic realm=\"Staff, all\""}, {u"basic"_s}, u"Staff, all"_s, false);
        row("quotes in it", {"Basic realm=\"a \\\"b\\\"\""}, {u"basic"_s}, u"a \"b\""_s, false);
        row("no quotes", {"basic Realm=x"}, {u"basic"_s}, u"x"_s, false);
        row("no realm", {"Negotiate"}, {u"negotiate"_s}, {}, true);
        row("two headers", {"Negotiate", "NTLM"}, {u"negotiate"_s, u"ntlm"_s}, {}, true);
        row("two in one", {"Digest realm=\"D\", nonce=\"x==\", Basic realm=\"B\""}, {u"digest"_s, u"basic"_s}, u"D"_s,
            true);
        row("token68", {"Negotiate YII==, Basic realm=\"B\""}, {u"negotiate"_s, u"basic"_s}, u"B"_s, false);
        row("nothing", {}, {}, {}, false);
        row("nonsense", {"=,=\"", ",,,"}, {}, {}, false);
    }
    void challengesAreRead()
    {
        QFETCH(QByteArrayList, headers);
        HttpHeaders given;
        for (const auto &header : headers)
            given.append({"www-authenticate", header});
        const auto challenge = parseChallenge(given, "WWW-Authenticate");
        QTEST(challenge.schemes, "schemes");
        QTEST(challenge.realm, "realm");
        QTEST(needsHandshake(challenge, false), "handshakeInTheOpen");
    }

    void placesAreNamedAsPeopleKnowThem()
    {
        QCOMPARE(SignInPlace::of(QUrl(u"HTTPS://Maps.Example/x"_s)).server, u"https://maps.example:443"_s);
        QCOMPARE(SignInPlace::of(QUrl(u"https://maps.example:443/x"_s)).host(), u"maps.example"_s);
        QCOMPARE(SignInPlace::of(QUrl(u"http://maps.example:8080"_s)).host(), u"maps.example:8080"_s);
        QCOMPARE(SignInPlace::of(QUrl(u"http://[::1]:80/"_s)).server, u"http://[::1]:80"_s);
        QCOMPARE(SignInPlace::of(QUrl(u"http://a/"_s), u" a\n b "_s).realm, u"a b"_s);
    }

    void manyRequestsRaiseOneQuestionAndNoneOfThemWaits()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        std::vector<std::future<Result<HttpAnswer>>> calls;
        for (int i = 0; i < 12; ++i)
            calls.push_back(sendLater(stage.client, {.url = server.url(u"/maps/%1"_s.arg(i))}));
        for (auto &call : calls) {
            const auto answer = call.get();
            VERIFY_FAILS(answer, ErrorKind::NotReadable);
            QVERIFY2(answer.error().what.contains("wants a sign-in"_L1), qPrintable(answer.error().what));
            QVERIFY(!answer.error().hint.isEmpty());
        }
        QCOMPARE(stage.asked(), 1);
        QCOMPARE(stage.questions.front().place, SignInPlace::of(server.url(), u"Staff"_s));
        QVERIFY(!stage.questions.front().refused);
    }

    void whatIsTakenIsSentFromThenOn()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/maps/wms"_s)), ErrorKind::NotReadable);
        const auto wrong = stage.enter(password(u"falsch"_s));
        VERIFY_FAILS(wrong, ErrorKind::NotReadable);
        QVERIFY2(wrong.error().what.contains("does not accept"_L1), qPrintable(wrong.error().what));
        QVERIFY(stage.signIns->kept().isEmpty());
        QVERIFY(!QFile::exists(stage.list()));
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/maps/wms"_s))); // asked, answered
        const auto before = server.requests().size();
        VERIFY_RESULT(stage.get(server.url(u"/maps/tiles/1"_s)));
        QCOMPARE(server.requests().size(), before + 1); // not asked first any more
        QCOMPARE(stage.asked(), 1);
        for (const auto &exchange : stage.client.log().exchanges())
            QVERIFY(!exchange.url.contains("heim"_L1));
    }

    void itIsKeptForTheNextStartWithoutItsSecretInTheList()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        QFile list(stage.list());
        QVERIFY(list.open(QIODevice::ReadOnly));
        const auto text = list.readAll();
        QVERIFY2(text.contains("\"me\"") && text.contains("Staff"), text.constData());
        QVERIFY(!text.contains("heim") && !text.contains(QByteArray("me:ge heim").toBase64()));

        const auto again =
            std::make_shared<SignIns>(std::make_shared<SessionCredentials>(stage.keychain), stage.list());
        QCOMPARE(again->kept(), stage.signIns->kept());
        HttpClient client({.signIns = again});
        VERIFY_RESULT(client.get({.url = server.url(u"/wms"_s)}, {}));

        VERIFY_RESULT(again->forget(again->kept().front(), {}));
        QVERIFY(again->kept().isEmpty());
        VERIFY_FAILS(client.get({.url = server.url(u"/wms"_s)}, {}), ErrorKind::NotReadable);
        const SignIns third(std::make_shared<SessionCredentials>(stage.keychain), stage.list());
        QVERIFY(third.kept().isEmpty());
    }

    void forThisRunOnlyNothingIsWritten()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s, false)));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        QCOMPARE(stage.signIns->kept().size(), 1);
        QVERIFY(!stage.signIns->kept().front().lasting);
        QCOMPARE(stage.keychain->kept.find(stage.questions.front().place.key(), {})->has_value(), false);
        const SignIns next(std::make_shared<SessionCredentials>(stage.keychain), stage.list());
        QVERIFY(next.kept().isEmpty());
    }

    void aLockedKeychainIsToldAndTheSignInHoldsTillTheEnd()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        stage.keychain->locked = true;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 1);
        const auto kept = stage.enter(password(u"ge heim"_s));
        VERIFY_FAILS(kept, ErrorKind::NotReadable);
        QVERIFY(!kept.error().what.isEmpty());
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        QVERIFY(!stage.signIns->kept().front().lasting);
    }

    void whatIsNoLongerTakenIsNotSentAgainAndAskedForAnew()
    {
        LoopbackServer server;
        std::atomic<bool> moved = false;
        server.onOther(
            [&moved](const ServedRequest &request) { return wantsBasic(request, moved ? "me:neu" : "me:ge heim"); });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        moved = true;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 2);
        QVERIFY(stage.questions.last().refused);
        const auto sent = [&] {
            return std::ranges::count_if(server.requests(), [](const ServedRequest &request) {
                return !request.header("Authorization").isEmpty();
            });
        };
        const auto before = sent();
        for (int i = 0; i < 5; ++i)
            VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        QCOMPARE(sent(), before); // five wrong ones would lock an account
        VERIFY_RESULT(stage.enter(password(u"neu"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
    }

    void whoDismissedIsNotAskedBeforeHeTriesAgain()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        stage.signIns->dismiss(stage.questions.front().place);
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 1);
        stage.signIns->askAgain(SignInPlace::of(server.url()).server);
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 2);
    }

    void realmsAndHostsAreAskedForOnTheirOwn()
    {
        LoopbackServer server(2);
        if (!server.isListening())
            QSKIP("there is only one loopback address");
        server.onOther([](const ServedRequest &request) {
            const bool inner = request.path().startsWith("/inner/");
            return wantsBasic(request, inner ? "me:innen" : "me:ge heim", inner ? "Inner" : "Staff");
        });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        VERIFY_FAILS(stage.get(server.url(u"/inner/wms"_s)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 2);
        QVERIFY(!stage.questions.last().refused); // it was never meant for there
        VERIFY_RESULT(stage.enter(password(u"innen"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/inner/wms"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s, 1)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 3);
        for (const auto &request : server.requests())
            QVERIFY(request.host == 0 || request.header("Authorization").isEmpty());
    }

    void aRedirectToAnotherHostTakesNothingAlong()
    {
        LoopbackServer server(2);
        if (!server.isListening())
            QSKIP("there is only one loopback address");
        server.on("/other", ServedReply{.body = "open"});
        server.on("/wms", [&server](const ServedRequest &request) {
            auto reply = wantsBasic(request);
            if (reply.status == 200)
                reply = {.status = 302, .headers = {{"Location", server.url(u"/other"_s, 1).toEncoded()}}};
            return reply;
        });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms"_s)), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        QVERIFY(server.requests().back().header("Authorization").isEmpty());
    }

    void digestIsAnsweredByQt()
    {
        LoopbackServer server;
        server.onOther(wantsDigest);
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/wms?a=b"_s)), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 1);
        VERIFY_FAILS(stage.enter(password(u"falsch"_s)), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        for (int i = 0; i < 3; ++i) {
            const auto answer = stage.get(server.url(u"/wms?a=%1"_s.arg(i)));
            VERIFY_RESULT(answer);
            QCOMPARE(answer->body, "welcome"_ba);
        }
        for (const auto &request : server.requests())
            QVERIFY(!request.header("Authorization").startsWith("Basic"));
        QCOMPARE(stage.asked(), 1);
    }

    void aTokenIsSentAsOne()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) {
            return request.header("Authorization") == "Bearer abc.def"
                ? ServedReply{.body = "welcome"}
                : ServedReply{.status = 401, .headers = {{"WWW-Authenticate", "Bearer realm=\"API\""}}};
        });
        Stage stage;
        VERIFY_FAILS(stage.get(server.url(u"/x"_s)), ErrorKind::NotReadable);
        VERIFY_FAILS(stage.enter({.way = SignInWay::Token, .secret = u"abc"_s}), ErrorKind::NotReadable);
        VERIFY_FAILS(stage.enter({.way = SignInWay::Token, .secret = u"abc\r\nHost: b"_s}), ErrorKind::Invalid);
        VERIFY_RESULT(stage.enter({.way = SignInWay::Token, .secret = u" abc.def\n"_s}));
        VERIFY_RESULT(stage.get(server.url(u"/x"_s)));
    }

    void aProxyIsSignedInTo()
    {
        LoopbackServer proxy;
        proxy.onOther([](const ServedRequest &request) {
            return request.header("Proxy-Authorization") == "Basic " + QByteArray("me:ge heim").toBase64()
                ? ServedReply{.body = "by proxy"}
                : ServedReply{
                      .status = 407, .body = "who?", .headers = {{"Proxy-Authenticate", "Basic realm=\"Proxy\""}}};
        });
        qputenv("http_proxy", proxy.url(QString()).toEncoded());
        const auto end = qScopeGuard([] { qunsetenv("http_proxy"); });
        Stage stage;
        const QUrl url(u"http://geo.luebeck.example/wms"_s);
        const auto refused = stage.get(url);
        VERIFY_FAILS(refused, ErrorKind::NotReadable);
        QVERIFY2(refused.error().what.contains("proxy"_L1), qPrintable(refused.error().what));
        VERIFY_FAILS(stage.get(url), ErrorKind::NotReadable);
        QCOMPARE(stage.asked(), 1);
        QVERIFY(stage.questions.front().place.isProxy());
        QCOMPARE(stage.questions.front().place.host(), u"127.0.0.1:%1"_s.arg(proxy.url().port()));
        const auto wrong = stage.enter(password(u"falsch"_s));
        VERIFY_FAILS(wrong, ErrorKind::NotReadable);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        VERIFY_RESULT(stage.get(url));
        VERIFY_RESULT(stage.get(QUrl(u"http://other.luebeck.example/wms"_s)));
        QCOMPARE(stage.asked(), 1);
        HttpClient next(
            {.retry = {.retries = 0},
             .signIns = std::make_shared<SignIns>(std::make_shared<SessionCredentials>(stage.keychain), stage.list())});
        const auto answer = next.get({.url = url}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->body, "by proxy"_ba);
        for (const auto &request : proxy.requests())
            QVERIFY(request.header("Authorization").isEmpty());
    }

    void whatIsEnteredForAServerIsGoodForAllOfIt()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        const SignInQuestion byHand{.place = SignInPlace::of(server.url()), .url = server.url(u"/wms"_s)};
        VERIFY_FAILS(stage.door.signIn(byHand, password(u"falsch"_s), {}, {}), ErrorKind::NotReadable);
        VERIFY_RESULT(stage.door.signIn(byHand, password(u"ge heim"_s), {}, {}));
        VERIFY_RESULT(stage.get(server.url(u"/wms"_s)));
        QCOMPARE(stage.asked(), 0);
    }

    void aWrongSignInOfTheLayerGivesWayToTheOneEntered()
    {
        LoopbackServer server;
        server.onOther([](const ServedRequest &request) { return wantsBasic(request); });
        Stage stage;
        VERIFY_RESULT(stage.keychain->kept.store(u"old"_s, {CredentialKind::Basic, u"me"_s, u"falsch"_s}, {}));
        const HttpRequest request{.url = server.url(u"/wms"_s), .credentials = u"old"_s};
        VERIFY_FAILS(stage.client.get(request, {}), ErrorKind::NotReadable);
        QVERIFY(stage.questions.last().refused);
        VERIFY_RESULT(stage.enter(password(u"ge heim"_s)));
        VERIFY_RESULT(stage.client.get(request, {}));
        VERIFY_RESULT(stage.client.get(request, {}));
        const auto wrong = "Basic " + QByteArray("me:falsch").toBase64();
        QCOMPARE(std::ranges::count_if(server.requests(),
                                       [&](const ServedRequest &r) { return r.header("Authorization") == wrong; }),
                 1);
    }
};

QTEST_GUILESS_MAIN(TestSignIns)
#include "tst_signins.moc"
