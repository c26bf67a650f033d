// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/netfixture.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestHttpRecorder : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        qunsetenv("HANSEATLAS_RECORD_DIR");
    }

    void exchangesBecomeFilesWithoutSecrets()
    {
        LoopbackServer server;
        server.on(
            "/x",
            {.body =
                 R"({"next": "http://a.example/?token=geheim1&page=2", "access_token": "geheim4", "key2": "geheim3"})",
             .headers = {{"Content-Type", "application/json"}, {"Set-Cookie", "sid=geheim5"}}});
        const auto credentials = std::make_shared<MemoryCredentials>();
        VERIFY_RESULT(credentials->store(u"a"_s, {CredentialKind::Bearer, {}, u"geheim3"_s}, {}));
        const auto dir = m_dir->filePath(u"new/records"_s);
        qputenv("HANSEATLAS_RECORD_DIR", dir.toUtf8());
        HttpClient client({}, credentials);
        VERIFY_RESULT(client.post({.url = server.url(u"/x?token=geheim1&a=1"_s),
                                   .body = "user=me&password=geheim2",
                                   .contentType = "application/x-www-form-urlencoded",
                                   .credentials = u"a"_s},
                                  {}));
        const auto files = QDir(dir).entryList(QDir::Files, QDir::Name);
        QCOMPARE(files, (QStringList{u"0001-127.0.0.1.body"_s, u"0001-127.0.0.1.json"_s, u"0001-127.0.0.1.request"_s}));
        for (const auto &file : files) {
            const auto content = contentOf(dir + u'/' + file);
            QVERIFY2(!content.isEmpty(), qPrintable(file));
            QVERIFY2(!content.contains("geheim"), content);
        }
        const auto json = QJsonDocument::fromJson(contentOf(dir + "/0001-127.0.0.1.json"_L1)).object();
        QCOMPARE(json["answer"_L1]["status"_L1].toInt(), 200);
        QCOMPARE(json["request"_L1]["method"_L1].toString(), u"POST"_s);
        QVERIFY(json["request"_L1]["url"_L1].toString().endsWith("&a=1"_L1));
        QVERIFY(contentOf(dir + "/0001-127.0.0.1.body"_L1).contains("page=2"));
    }

    void anEarlierRecordingStays()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "second"});
        QFile earlier(m_dir->filePath(u"0001-127.0.0.1.json"_s));
        QVERIFY(earlier.open(QIODevice::WriteOnly) && earlier.write("first") == 5);
        earlier.close();
        HttpClient client({.recordDir = m_dir->path()});
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s)}, {}));
        QCOMPARE(contentOf(earlier.fileName()), "first"_ba);
        QCOMPARE(contentOf(m_dir->filePath(u"0002-127.0.0.1.body"_s)), "second"_ba);
    }

    void aFolderThatCannotBeWrittenDoesNoHarm()
    {
        LoopbackServer server;
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client({.recordDir = u"/dev/null/records"_s});
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot record"_s));
        VERIFY_RESULT(client.get({.url = server.url(u"/x"_s)}, {}));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestHttpRecorder)
#include "tst_httprecorder.moc"
