// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/keychaincredentials.h"
#include "tests/support/testkit.h"

#include <future>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace std::chrono_literals;

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void eachKindHasItsHeader()
    {
        const auto basic = Credential{CredentialKind::Basic, u"jürgen"_s, u"a:b"_s}.header();
        QCOMPARE(basic.first, "Authorization"_ba);
        QCOMPARE(QByteArray::fromBase64(basic.second.mid(6)), u"jürgen:a:b"_s.toUtf8());
        QCOMPARE((Credential{CredentialKind::Bearer, {}, u"abc"_s}.header().second), "Bearer abc"_ba);
        const auto own = Credential{CredentialKind::Header, u"X-Api-Key"_s, u"abc"_s}.header();
        QCOMPARE(own.first, "X-Api-Key"_ba);
        QCOMPARE(own.second, "abc"_ba);
    }

    void theyComeBackFromTheirStoredForm()
    {
        for (const auto kind : {CredentialKind::Basic, CredentialKind::Bearer, CredentialKind::Header}) {
            const Credential credential{kind, u"jürgen \"x\""_s, u"ge{heim"_s};
            QCOMPARE(Credential::fromJson(credential.toJson()), std::optional(credential));
        }
        QVERIFY(!Credential::fromJson("{}"));
        QVERIFY(!Credential::fromJson("geheim"));
        QVERIFY(!Credential::fromJson({}));
    }

    void parametersComeBackToo()
    {
        const Credential credential{CredentialKind::Parameters, {}, {}, {{u"token"_s, u"a\"b"_s}, {u"key"_s, {}}}};
        QCOMPARE(Credential::fromJson(credential.toJson()), std::optional(credential));
        QVERIFY(credential.header().first.isEmpty());
    }

    void whatCameInTheSessionIsKnownAtOnceAndKeptBehind()
    {
        const auto behind = std::make_shared<MemoryCredentials>();
        const Credential credential{CredentialKind::Basic, u"me"_s, u"geheim"_s};
        SessionCredentials credentials(behind);
        credentials.remember(u"a"_s, credential);
        QCOMPARE(*credentials.find(u"a"_s, {}), std::optional(credential));
        QTRY_COMPARE(*behind->find(u"a"_s, {}), std::optional(credential));
        VERIFY_RESULT(credentials.remove(u"a"_s, {}));
        QVERIFY(!*credentials.find(u"a"_s, {}));
        QVERIFY(!*behind->find(u"a"_s, {}));
        SessionCredentials alone(nullptr);
        alone.remember(u"a"_s, credential);
        QCOMPARE(*alone.find(u"a"_s, {}), std::optional(credential));
    }

    void inMemoryTheyLastUntilRemoved()
    {
        MemoryCredentials credentials;
        const auto none = credentials.find(u"a"_s, {});
        VERIFY_RESULT(none);
        QVERIFY(!*none);
        const Credential credential{CredentialKind::Basic, u"me"_s, u"geheim"_s};
        VERIFY_RESULT(credentials.store(u"a"_s, credential, {}));
        QCOMPARE(*credentials.find(u"a"_s, {}), std::optional(credential));
        VERIFY_RESULT(credentials.remove(u"a"_s, {}));
        VERIFY_RESULT(credentials.remove(u"a"_s, {}));
        QVERIFY(!*credentials.find(u"a"_s, {}));
    }

    void withoutAKeychainTheReasonIsTold()
    {
        if (KeychainCredentials::isAvailable())
            QSKIP("there is a keychain, and a test must not write into it");
        KeychainCredentials credentials;
        auto found = std::async(std::launch::async, [&] { return credentials.find(u"a"_s, {}); });
        auto stored = std::async(std::launch::async, [&] { return credentials.store(u"a"_s, {}, {}); });
        QTRY_VERIFY(found.wait_for(0s) == std::future_status::ready
                    && stored.wait_for(0s) == std::future_status::ready);
        VERIFY_FAILS(found.get(), ErrorKind::NotReadable);
        VERIFY_FAILS(stored.get(), ErrorKind::NotReadable);
    }

    void whoWaitsForTheKeychainCanStop()
    {
        KeychainCredentials credentials; // this thread runs its jobs, and does not run its loop
        std::stop_source stop;
        auto found = std::async(std::launch::async, [&] { return credentials.find(u"a"_s, stop.get_token()); });
        QVERIFY(found.wait_for(50ms) == std::future_status::timeout);
        stop.request_stop();
        QVERIFY(found.wait_for(5s) == std::future_status::ready);
        QCOMPARE(found.get().error().kind, ErrorKind::Cancelled);
    }

    void whoWaitsEndsWithTheObject()
    {
        std::future<Result<std::optional<Credential>>> found;
        {
            auto credentials = std::make_shared<KeychainCredentials>();
            found = std::async(std::launch::async, [raw = credentials.get()] { return raw->find(u"a"_s, {}); });
            QVERIFY(found.wait_for(50ms) == std::future_status::timeout);
        }
        QVERIFY(found.wait_for(5s) == std::future_status::ready);
        QCOMPARE(found.get().error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
