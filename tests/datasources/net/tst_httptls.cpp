// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/net/netfixture.h"

#include <QFile>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QStandardPaths>
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

/** A certificate that vouches for itself, for an address. */
LoopbackServer::Tls selfSigned(const QString &address)
{
    const QTemporaryDir dir;
    const auto key = dir.filePath(u"key.pem"_s);
    const auto certificate = dir.filePath(u"certificate.pem"_s);
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                   u"/CN=test"_s, u"-addext"_s, u"subjectAltName=IP:"_s + address, u"-keyout"_s, key, u"-out"_s,
                   certificate});
    if (!openssl.waitForFinished())
        return {};
    return {.certificate = contentOf(certificate), .key = contentOf(key)};
}

} // namespace

class TestHttpTls : public QObject
{
    Q_OBJECT

    QSslConfiguration m_original;

    static void trust(const LoopbackServer::Tls &tls)
    {
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.addCaCertificate(QSslCertificate(tls.certificate));
        QSslConfiguration::setDefaultConfiguration(configuration);
    }

private slots:
    void initTestCase()
    {
        if (!QSslSocket::supportsSsl())
            QSKIP("Qt has no TLS here");
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("openssl is not installed");
        m_original = QSslConfiguration::defaultConfiguration();
    }
    void cleanup() { QSslConfiguration::setDefaultConfiguration(m_original); }

    void aCertificateThatNobodyVouchesForIsRefused()
    {
        LoopbackServer server(selfSigned(u"127.0.0.1"_s));
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client;
        const auto answer = client.get({.url = server.url(u"/x"_s)}, {});
        VERIFY_FAILS(answer, ErrorKind::Network);
        QVERIFY2(answer.error().what.contains("prove"_L1), qPrintable(answer.error().what));
        QVERIFY(!answer.error().detail.isEmpty());
        QCOMPARE(server.requests().size(), 0u);
    }

    void aCertificateForAnotherHostIsRefused()
    {
        const auto tls = selfSigned(u"127.0.0.9"_s);
        trust(tls);
        LoopbackServer server(tls);
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::Network);
        QCOMPARE(server.requests().size(), 0u);
    }

    void whomTheSystemTrustsWeTrust()
    {
        const auto tls = selfSigned(u"127.0.0.1"_s);
        trust(tls);
        LoopbackServer server(tls);
        server.on("/x", ServedReply{.body = "ok"});
        HttpClient client;
        const auto answer = client.get({.url = server.url(u"/x"_s)}, {});
        VERIFY_RESULT(answer);
        QCOMPARE(answer->body, "ok"_ba);
    }

    void halfABodyIsNeverASuccess()
    {
        const auto tls = selfSigned(u"127.0.0.1"_s);
        trust(tls);
        LoopbackServer server(tls);
        const QByteArray hundred(100, 'x');
        server.on("/chunks", {.body = hundred, .piece = 10, .chunked = true, .cutAfter = 50});
        server.on("/length", {.body = hundred, .cutAfter = 50});
        HttpClient client({.retry = {.retries = 0}});
        for (int i = 0; i < 10; ++i) {
            VERIFY_FAILS(client.get({.url = server.url(u"/chunks"_s)}, {}), ErrorKind::Network);
            VERIFY_FAILS(client.get({.url = server.url(u"/length"_s)}, {}), ErrorKind::Network);
        }
    }

    void nothingGoesFromEncryptedToOpen()
    {
        const auto tls = selfSigned(u"127.0.0.1"_s);
        trust(tls);
        LoopbackServer open;
        open.on("/y", ServedReply{.body = "ok"});
        LoopbackServer server(tls);
        server.on("/x", ServedReply{.status = 302, .headers = {{"Location", open.url(u"/y"_s).toEncoded()}}});
        open.on("/up", ServedReply{.status = 302, .headers = {{"Location", server.url(u"/z"_s).toEncoded()}}});
        server.on("/z", ServedReply{.body = "safe"});
        HttpClient client;
        VERIFY_FAILS(client.get({.url = server.url(u"/x"_s)}, {}), ErrorKind::Network);
        QCOMPARE(open.count("/y"), 0);
        const auto up = client.get({.url = open.url(u"/up"_s)}, {});
        VERIFY_RESULT(up);
        QCOMPARE(up->body, "safe"_ba);
    }
};

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_httptls.moc"
