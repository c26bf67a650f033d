// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/httpsignin.h"
#include "tests/datasources/net/netfixture.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** An authority, a server and a user of its, made for this test and thrown away. */
class Authority
{
public:
    bool make()
    {
        return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                    u"/CN=Test CA"_s, u"-keyout"_s, at("ca.key"), u"-out"_s, at("ca.pem")})
            && issue("server", u"subjectAltName=IP:127.0.0.1"_s) && issue("user", u"extendedKeyUsage=clientAuth"_s)
            && run({u"pkcs12"_s, u"-export"_s, u"-inkey"_s, at("user.key"), u"-in"_s, at("user.pem"), u"-certfile"_s,
                    at("ca.pem"), u"-passout"_s, u"pass:open"_s, u"-out"_s, at("user.p12")});
    }
    QString at(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    QByteArray read(const char *name) const
    {
        QFile file(at(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    bool issue(const QByteArray &name, const QString &extension)
    {
        QFile extensions(at(name + ".ext"));
        if (!extensions.open(QIODevice::WriteOnly) || extensions.write(extension.toLatin1()) < 0)
            return false;
        extensions.close();
        return run({u"req"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s,
                    u"/CN="_s + QString::fromLatin1(name), u"-keyout"_s, at(name + ".key"), u"-out"_s,
                    at(name + ".csr")})
            && run({u"x509"_s, u"-req"_s, u"-in"_s, at(name + ".csr"), u"-CA"_s, at("ca.pem"), u"-CAkey"_s,
                    at("ca.key"), u"-CAcreateserial"_s, u"-days"_s, u"2"_s, u"-extfile"_s, at(name + ".ext"), u"-out"_s,
                    at(name + ".pem")});
    }
    static bool run(const QStringList &arguments)
    {
        QProcess openssl;
        openssl.start(u"openssl"_s, arguments);
        return openssl.waitForFinished(60000) && openssl.exitCode() == 0;
    }

    QTemporaryDir m_dir;
};

/** Lets in only who has a certificate of the authority, and says so in the way of OpenSSL, which most servers use. */
struct StrictServer {
    explicit StrictServer(const Authority &a)
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"openssl"_s,
                      {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-cert"_s, a.at("server.pem"), u"-key"_s,
                       a.at("server.key"), u"-CAfile"_s, a.at("ca.pem"), u"-Verify"_s, u"2"_s,
                       u"-verify_return_error"_s, u"-www"_s});
        QByteArray said;
        static const QRegularExpression accepting(u"ACCEPT 127\\.0\\.0\\.1:(\\d+)"_s);
        while (port == 0 && process.waitForReadyRead(10000)) {
            said += process.readAll();
            port = accepting.match(QString::fromLatin1(said)).captured(1).toInt();
        }
    }
    ~StrictServer()
    {
        process.kill();
        process.waitForFinished();
    }
    QProcess process;
    int port = 0;
};

} // namespace

class TestClientCertificates : public QObject
{
    Q_OBJECT

    std::unique_ptr<Authority> m_authority;
    QSslConfiguration m_original;

private slots:
    void initTestCase()
    {
        if (!QSslSocket::supportsSsl())
            QSKIP("Qt has no TLS here");
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty())
            QSKIP("openssl is not installed");
        m_authority = std::make_unique<Authority>();
        QVERIFY(m_authority->make());
        m_original = QSslConfiguration::defaultConfiguration();
        auto configuration = m_original;
        configuration.addCaCertificate(QSslCertificate(m_authority->read("ca.pem")));
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    void cleanupTestCase() { QSslConfiguration::setDefaultConfiguration(m_original); }

    void whoShowsItIsLetIn()
    {
        const auto &a = *m_authority;
        LoopbackServer server(LoopbackServer::Tls{
            .certificate = a.read("server.pem"), .key = a.read("server.key"), .clients = a.read("ca.pem")});
        server.on("/wms", ServedReply{.body = "welcome"});
        const auto keychain = std::make_shared<MemoryCredentials>();
        const QTemporaryDir dir;
        const auto list = dir.filePath(u"sign-ins.json"_s);
        const auto signIns = std::make_shared<SignIns>(std::make_shared<SessionCredentials>(keychain), list);
        HttpClient client({.retry = {.retries = 0}, .signIns = signIns});
        HttpSignIn door(client, signIns);
        const auto url = server.url(u"/wms"_s);
        QVERIFY(!client.get({.url = url}, {}));
        const SignInQuestion question{.place = SignInPlace::of(url), .url = url, .wantsCertificate = true};
        SignInEntry entry{.way = SignInWay::Certificate, .secret = u"falsch"_s, .certificateFile = a.at("user.p12")};
        const auto wrong = door.signIn(question, entry, {}, {});
        VERIFY_FAILS(wrong, ErrorKind::NotReadable);
        QVERIFY2(wrong.error().what.contains("user.p12"_L1), qPrintable(wrong.error().what));
        entry.certificateFile = a.at("missing.p12");
        VERIFY_FAILS(door.signIn(question, entry, {}, {}), ErrorKind::NotReadable);
        entry.certificateFile = a.at("user.p12");
        entry.secret = u"open"_s;
        VERIFY_RESULT(door.signIn(question, entry, {}, {}));
        const auto with = client.get({.url = url}, {});
        VERIFY_RESULT(with);
        QCOMPARE(with->body, "welcome"_ba);
        // The file's place is in the list, its pass phrase in the keychain, and both are there at the next start
        QFile file(list);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        QVERIFY(text.contains("user.p12") && !text.contains("open"));
        const auto again = std::make_shared<SignIns>(std::make_shared<SessionCredentials>(keychain), list);
        HttpClient next({.retry = {.retries = 0}, .signIns = again});
        VERIFY_RESULT(next.get({.url = url}, {}));
        VERIFY_RESULT(again->forget(again->kept().front(), {}));
        HttpClient third({.retry = {.retries = 0}, .signIns = again});
        QVERIFY(!third.get({.url = url}, {}));
    }

    void aServerThatWantsItHasTheUserAsked()
    {
        StrictServer server(*m_authority);
        QVERIFY(server.port > 0);
        const auto signIns = std::make_shared<SignIns>(nullptr);
        QList<SignInQuestion> questions;
        connect(
            signIns.get(), &SignIns::wanted, this, [&](const SignInQuestion &q) { questions.append(q); },
            Qt::DirectConnection);
        HttpClient client({.retry = {.retries = 0}, .signIns = signIns});
        const QUrl url(u"https://127.0.0.1:%1/wms"_s.arg(server.port));
        const auto answer = client.get({.url = url}, {});
        VERIFY_FAILS(answer, ErrorKind::NotReadable);
        QVERIFY2(answer.error().what.contains("certificate of yours"_L1), qPrintable(answer.error().what));
        QVERIFY2(questions.size() == 1, qPrintable(toText(answer.error())));
        QVERIFY(questions.front().wantsCertificate);
        QCOMPARE(questions.front().place, SignInPlace::of(url));
    }

    void otherServersDoNotSeeIt()
    {
        const auto &a = *m_authority;
        LoopbackServer server(LoopbackServer::Tls{.certificate = a.read("server.pem"), .key = a.read("server.key")});
        const auto signIns = std::make_shared<SignIns>(nullptr);
        VERIFY_RESULT(signIns->keep({.place = SignInPlace::of(QUrl(u"https://127.0.0.1:1"_s)),
                                     .way = SignInWay::Certificate,
                                     .certificateFile = a.at("user.p12")},
                                    {CredentialKind::Certificate, {}, u"open"_s}, {}));
        const auto here = signIns->certificateFor(server.url(), {});
        VERIFY_RESULT(here);
        QVERIFY(!*here);
        const auto there = signIns->certificateFor(QUrl(u"https://127.0.0.1:1/x"_s), {});
        VERIFY_RESULT(there);
        QVERIFY(*there && !(*there)->localCertificate().isNull());
        // The authorities are those of the system, beside it
        QCOMPARE((*there)->caCertificates().size(), QSslConfiguration::defaultConfiguration().caCertificates().size());
        const auto open = signIns->certificateFor(QUrl(u"http://127.0.0.1:1/x"_s), {});
        VERIFY_RESULT(open);
        QVERIFY(!*open);
    }

    /** With another folder in the place of the system's, for one process only. */
    void authoritiesOfTheSystemAreTrusted()
    {
        const auto &a = *m_authority;
        LoopbackServer server(LoopbackServer::Tls{.certificate = a.read("server.pem"), .key = a.read("server.key")});
        server.on("/x", ServedReply{.body = "ok"});
        const auto run = [&](const QString &folder, const QString &script) {
            QProcess self;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"STORE"_s, folder);
            environment.insert(u"SELF"_s, QCoreApplication::applicationFilePath());
            environment.insert(u"HANSEATLAS_TEST_ASK"_s, server.url(u"/x"_s).toString());
            environment.insert(u"ASAN_OPTIONS"_s, u"detect_leaks=0"_s);
            self.setProcessEnvironment(environment);
            self.start(u"unshare"_s, {u"-rm"_s, u"sh"_s, u"-c"_s, script});
            return self.waitForFinished(60000) ? self.exitCode() : -1;
        };
        const QTemporaryDir with, without;
        const auto mount = u"mount --bind \"$STORE\" /etc/ssl/certs"_s;
        if (run(with.path(), mount) != 0)
            QSKIP("this system does not let a test have folders of its own");
        QVERIFY(QFile::copy(a.at("ca.pem"), with.filePath(u"city.crt"_s)));
        QCOMPARE(run(with.path(), mount + u" && exec \"$SELF\""_s), 0);
        QCOMPARE(run(without.path(), mount + u" && exec \"$SELF\""_s), 1);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (const auto url = qEnvironmentVariable("HANSEATLAS_TEST_ASK"); !url.isEmpty()) {
        HttpClient client({.retry = {.retries = 0}});
        return client.get({.url = QUrl(url)}, {}) ? 0 : 1;
    }
    TestClientCertificates test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_clientcertificates.moc"
