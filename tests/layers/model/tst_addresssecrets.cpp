// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/addresssecrets.h"
#include "layers/model/source.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

class TestAddressSecrets : public QObject
{
    Q_OBJECT

private slots:
    void secretsAreTakenAndTheRestStaysToTheLetter_data()
    {
        using Pairs = QList<std::pair<QString, QString>>;
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("password");
        QTest::addColumn<Pairs>("parameters");
        const auto row = [](const char *name, const char *address, const char *left, const char *user,
                            const char *password, const Pairs &parameters = {}) {
            QTest::newRow(name) << QString::fromUtf8(address) << QString::fromUtf8(left) << QString::fromUtf8(user)
                                << QString::fromUtf8(password) << parameters;
        };
        row("nothing", "https://a.example/wms?map=x&layers=b", "https://a.example/wms?map=x&layers=b", "", "");
        row("user and password", "https://me:pw@a.example:8443/x", "https://a.example:8443/x", "me", "pw");
        row("only a user", "http://me@a.example/", "http://a.example/", "me", "");
        row("an at sign in the password", "http://me:a@b@c.example/", "http://c.example/", "me", "a@b");
        row("encoded", "http://m%40e:p%3Aw@a.example/", "http://a.example/", "m@e", "p:w");
        row("an at sign in the path", "http://a.example/x@y?q=a@b", "http://a.example/x@y?q=a@b", "", "");
        row("in capitals", "HTTPS://me:pw@a.example/", "HTTPS://a.example/", "me", "pw");
        row("a token alone", "https://a.example/x?token=abc", "https://a.example/x", "", "", {{u"token"_s, u"abc"_s}});
        row("a token between", "https://a.example/x?a=1&access_token=a%2Fb&b=%20#c", "https://a.example/x?a=1&b=%20#c",
            "", "", {{u"access_token"_s, u"a/b"_s}});
        row("two of them", "https://a.example/x?apikey=1&Key=2", "https://a.example/x", "", "",
            {{u"apikey"_s, u"1"_s}, {u"Key"_s, u"2"_s}});
        row("both kinds", "https://me:pw@a.example/x?sig=1", "https://a.example/x", "me", "pw", {{u"sig"_s, u"1"_s}});
        row("tiles", "https://a.example/{z}/{x}/{y}.png?key=k1", "https://a.example/{z}/{x}/{y}.png", "", "",
            {{u"key"_s, u"k1"_s}});
        row("a placeholder", "https://a.example/{z}?key={key}", "https://a.example/{z}?key={key}", "", "");
        row("an empty one", "https://a.example/?token=", "https://a.example/?token=", "", "");
        row("a name that only looks like one", "https://a.example/?keyword=a&design=b",
            "https://a.example/?keyword=a&design=b", "", "");
        row("a file", "/data/me:pw@x?token=1", "/data/me:pw@x?token=1", "", "");
        row("no address", "", "", "", "");
    }
    void secretsAreTakenAndTheRestStaysToTheLetter()
    {
        QFETCH(QString, address);
        QFETCH(QString, left);
        QFETCH(QString, user);
        QFETCH(QString, password);
        using Pairs = QList<std::pair<QString, QString>>;
        QFETCH(Pairs, parameters);
        QCOMPARE(withoutSecrets(address), left);
        const auto secrets = takeSecrets(address);
        QCOMPARE(address, left);
        QCOMPARE(secrets.user, user);
        QCOMPARE(secrets.password, password);
        QCOMPARE(secrets.parameters, parameters);
        QVERIFY(takeSecrets(address).isEmpty());
    }

    void noSourceIsWrittenWithThem()
    {
        const SourceRef ref{.provider = u"wms"_s, .location = u"https://me:geheim@a.example/x?token=geheim&map=1"_s};
        const auto json = QJsonDocument(QJsonObject{{u"source"_s, ref.toJson()}}).toJson();
        QVERIFY(!json.contains("geheim"));
        QCOMPARE(SourceRef::fromJson(ref.toJson()).location, u"https://a.example/x?map=1"_s);
    }
};

QTEST_GUILESS_MAIN(TestAddressSecrets)
#include "tst_addresssecrets.moc"
