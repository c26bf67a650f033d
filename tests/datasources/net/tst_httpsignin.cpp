// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/netfixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

ServedReply challenge(const ServedRequest &request)
{
    const auto good = "Basic " + QByteArray("me:ge heim").toBase64();
    return request.header("Authorization") == good
        ? ServedReply{.body = "welcome"}
        : ServedReply{.status = 401, .body = "who?", .headers = {{"WWW-Authenticate", "Basic realm=\"Staff\""}}};
}

/** A keychain that is locked. */
class LockedCredentials final : public Credentials
{
public:
    Result<std::optional<Credential>> find(const QString &, CancelToken) const override
    {
        return failure(ErrorKind::NotReadable, u"locked"_s);
    }
    Status store(const QString &, const Credential &, CancelToken) override { return {}; }
    Status remove(const QString &, CancelToken) override { return {}; }
};

} // namespace

class TestHttpSignIn : public QObject
{
    Q_OBJECT

    std::shared_ptr<MemoryCredentials> credentials;

private slots:
    void init()
    {
        credentials = std::make_shared<MemoryCredentials>();
        VERIFY_RESULT(credentials->store(u"good"_s, {CredentialKind::Basic, u"me"_s, u"ge heim"_s}, {}));
        VERIFY_RESULT(credentials->store(u"wrong"_s, {CredentialKind::Basic, u"me"_s, u"falsch"_s}, {}));
        VERIFY_RESULT(credentials->store(u"bearer"_s, {CredentialKind::Bearer, {}, u"abc.def"_s}, {}));
        VERIFY_RESULT(credentials->store(u"key"_s, {CredentialKind::Header, u"X-Api-Key"_s, u"abc"_s}, {}));
        VERIFY_RESULT(credentials->store(u"evil"_s, {CredentialKind::Header, u"X-Key"_s, u"abc\r\nHost: b"_s}, {}));
    }

    void whoHasThePasswordComesIn()
    {
        LoopbackServer server;
        server.on("/x", challenge);
        HttpClient client({}, credentials);
        const auto answer = client.get({.url = server.url(u"/x"_s), .credentials = u"good"_s}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->body, "welcome"_ba);
        QCOMPARE(server.count("/x"), 1);
    }

    void aPasswordInTheAddressIsSentAndNotShown()
    {
        LoopbackServer server;
        server.on("/x", challenge);
        HttpClient client;
        auto url = server.url(u"/x"_s);
        url.setUserName(u"me"_s);
        url.setPassword(u"ge heim"_s);
        const auto answer = client.get({.url = url}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->url, server.url(u"/x"_s));
        QCOMPARE(client.log().exchanges().front().url, server.url(u"/x"_s).toString());
    }

    void parametersAreSentAndNeitherLoggedNorToldBack()
    {
        LoopbackServer server;
        server.on("/x", [](const ServedRequest &request) {
            return request.target == "/x?map=1&token=ge%2Fheim" ? ServedReply{.body = "welcome"}
                                                                : ServedReply{.status = 401};
        });
        VERIFY_RESULT(
            credentials->store(u"token"_s, {CredentialKind::Parameters, {}, {}, {{u"token"_s, u"ge/heim"_s}}}, {}));
        HttpClient client({}, credentials);
        auto url = server.url(u"/x"_s);
        url.setQuery(u"map=1"_s);
        const auto answer = client.get({.url = url, .credentials = u"token"_s}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->url, url);
        const auto logged = client.log().exchanges();
        QCOMPARE(logged.size(), 1U);
        QVERIFY(!logged.front().url.contains("heim"_L1));
        url.setQuery(u"map=1&token=old"_s);
        VERIFY_RESULT(client.get({.url = url, .credentials = u"token"_s}, {}));
    }

    void withoutOrWithAWrongOneTheErrorSaysSo_data()
    {
        QTest::addColumn<QString>("key");
        QTest::newRow("none") << QString();
        QTest::newRow("unknown") << u"unknown"_s;
        QTest::newRow("wrong") << u"wrong"_s;
    }
    void withoutOrWithAWrongOneTheErrorSaysSo()
    {
        QFETCH(QString, key);
        LoopbackServer server;
        server.on("/x", challenge);
        HttpClient client({}, credentials);
        const auto answer = client.get({.url = server.url(u"/x"_s), .credentials = key}, {});
        VERIFY_FAILS(answer, ErrorKind::NotReadable);
        QCOMPARE(answer.error().what.contains("does not accept"_L1), key == "wrong"_L1);
        QVERIFY(!answer.error().hint.isEmpty());
        QVERIFY2(!toText(answer.error()).contains("falsch"_L1), qPrintable(toText(answer.error())));
        QCOMPARE(server.count("/x"), 1); // asked once: three wrong ones lock many an account
    }

    void dataForWhoIsNotSignedInAreRefusedAsWell()
    {
        LoopbackServer server;
        server.on("/x", challenge);
        HttpClient client({}, credentials);
        VERIFY_FAILS(client.post({.url = server.url(u"/x"_s), .body = "<Insert/>"}, {}), ErrorKind::NotReadable);
        VERIFY_RESULT(client.post({.url = server.url(u"/x"_s), .body = "<Insert/>", .credentials = u"good"_s}, {}));
        QCOMPARE(server.count("/x"), 2);
    }

    void tokensAndKeysAreSent()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client({}, credentials);
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s), .credentials = u"bearer"_s}, {}));
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s), .credentials = u"key"_s}, {}));
        QCOMPARE(server.requests()[0].header("Authorization"), "Bearer abc.def"_ba);
        QCOMPARE(server.requests()[1].header("X-Api-Key"), "abc"_ba);
        QVERIFY(server.requests()[1].header("Authorization").isEmpty());
    }

    void aSecretWithALineBreakIsNotSent()
    {
        LoopbackServer server;
        HttpClient client({}, credentials);
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s), .credentials = u"evil"_s}, {}), ErrorKind::Invalid);
        QCOMPARE(server.connections(), 0);
    }

    void aLockedKeychainIsTold()
    {
        LoopbackServer server;
        HttpClient client({}, std::make_shared<LockedCredentials>());
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s), .credentials = u"good"_s}, {}), ErrorKind::NotReadable);
        QCOMPARE(server.connections(), 0);
    }

    void noOneElseIsToldThePassword()
    {
        LoopbackServer server(2);
        if (!server.isListening())
            QSKIP("the system has one loopback address only");
        server.onOther([&server](const ServedRequest &request) {
            return request.path() == "/x"
                ? ServedReply{.status = 302, .headers = {{"Location", server.url(u"/y"_s, 1).toEncoded()}}}
                : ServedReply{.body = "ok"};
        });
        HttpClient client({}, credentials);
        const auto answer =
            client.get({.url = server.url(u"/x"_s), .headers = {{"X-Api-Key", "abc"}}, .credentials = u"good"_s}, {});
        VERIFY_RESULT(answer);
        const auto seen = server.requests();
        QCOMPARE(seen.size(), 2u);
        QVERIFY(!seen[0].header("Authorization").isEmpty());
        QVERIFY(!seen[0].header("X-Api-Key").isEmpty());
        QCOMPARE(seen[1].host, 1);
        QVERIFY(seen[1].header("Authorization").isEmpty());
        QVERIFY(seen[1].header("X-Api-Key").isEmpty());
        QVERIFY(seen[1].header("Referer").isEmpty());
    }

    void onTheSameHostARedirectKeepsIt()
    {
        LoopbackServer server;
        server.on("/a", ServedReply{.status = 301, .headers = {{"Location", "/x"}}});
        server.on("/x", challenge);
        HttpClient client({}, credentials);
        VERIFY_RESULT(client.get({.url = server.url(u"/a"_s), .credentials = u"good"_s}, {}));
    }

    void noRequestInheritsThePasswordOfAnother()
    {
        LoopbackServer server;
        server.on("/x", challenge);
        HttpClient client({}, credentials);
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s), .credentials = u"good"_s}, {}));
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::NotReadable);
    }
};

QTEST_GUILESS_MAIN(TestHttpSignIn)
#include "tst_httpsignin.moc"
