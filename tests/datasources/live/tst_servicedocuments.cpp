// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/servicedocuments.h"
#include "datasources/net/answercheck.h"
#include "tests/datasources/live/livefixture.h"

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestServiceDocuments : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void isFetchedOnceAndThenAtHand();
    void theNewestIsAskedForAndOtherwiseTheOldToldWithAReason();
    void whatIsOutOfDateIsRenewedBehind();
    void badAnswersDoNotReplaceGoodOnes();
    void nothingStoredAndNoAnswerIsAnError();
    void relativeAddressesAreOfTheOneThatAnswered();
    void offlineGivesWhatThereIsWithoutAWord();

private:
    Result<ServiceDocument> get(const QString &path, ServiceDocuments::Want want)
    {
        return m_documents->get({.url = m_server->url(path)}, m_check, want, {});
    }
    static ServedReply xml(const QByteArray &text, const QByteArray &caching = "max-age=0")
    {
        return {.body = "<a>" + text + "</a>", .headers = {{"Content-Type", "text/xml"}, {"Cache-Control", caching}}};
    }

    static constexpr auto atOnce = ServiceDocuments::Want::AtOnce, newest = ServiceDocuments::Want::Newest;
    const ServiceDocuments::Check m_check = [](const HttpAnswer &answer) {
        return checkContent(answer, ContentKind::Xml, u"the list"_s);
    };
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LoopbackServer> m_server;
    std::shared_ptr<ServiceAccess> m_access;
    std::unique_ptr<ServiceDocuments> m_documents;
};

void TestServiceDocuments::init()
{
    m_documents.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<LoopbackServer>();
    m_access = accessTo(m_folder->path());
    m_documents = std::make_unique<ServiceDocuments>(m_access);
}

void TestServiceDocuments::isFetchedOnceAndThenAtHand()
{
    m_server->on("/caps", xml("eins", "max-age=3600"));
    for (const auto want : {atOnce, atOnce, newest}) { // the server has said that it need not be asked
        const auto document = get(u"/caps"_s, want);
        VERIFY_RESULT(document);
        QCOMPARE(document->bytes, "<a>eins</a>");
        QCOMPARE(document->problem, QString());
    }
    QCOMPARE(m_server->count("/caps"), 1);
}

void TestServiceDocuments::theNewestIsAskedForAndOtherwiseTheOldToldWithAReason()
{
    m_server->on("/caps", {xml("eins"), xml("zwei"), {.status = 503}});
    QCOMPARE(get(u"/caps"_s, newest)->bytes, "<a>eins</a>");
    QCOMPARE(get(u"/caps"_s, newest)->bytes, "<a>zwei</a>");
    const auto old = get(u"/caps"_s, newest);
    VERIFY_RESULT(old);
    QCOMPARE(old->bytes, "<a>zwei</a>");
    QVERIFY(!old->problem.isEmpty());
}

void TestServiceDocuments::whatIsOutOfDateIsRenewedBehind()
{
    m_server->on("/caps", {xml("eins"), xml("zwei", "max-age=3600")});
    QCOMPARE(get(u"/caps"_s, atOnce)->bytes, "<a>eins</a>");
    QCOMPARE(get(u"/caps"_s, atOnce)->bytes, "<a>eins</a>");
    QTRY_COMPARE(get(u"/caps"_s, atOnce)->bytes, "<a>zwei</a>");
    QCOMPARE(m_server->count("/caps"), 2);
}

void TestServiceDocuments::badAnswersDoNotReplaceGoodOnes()
{
    m_server->on("/caps", {xml("gut"), {.body = "<html><body>Anmeldung</body></html>"}});
    QCOMPARE(get(u"/caps"_s, newest)->bytes, "<a>gut</a>");
    const auto document = get(u"/caps"_s, newest);
    VERIFY_RESULT(document);
    QCOMPARE(document->bytes, "<a>gut</a>");
    QVERIFY(!document->problem.isEmpty());
    QCOMPARE(get(u"/caps"_s, atOnce)->bytes, "<a>gut</a>");
}

void TestServiceDocuments::nothingStoredAndNoAnswerIsAnError()
{
    m_server->on("/caps", {.status = 404});
    VERIFY_FAILS(get(u"/caps"_s, atOnce), ErrorKind::NotFound);
    m_server->on("/page", {.body = "<html></html>"});
    VERIFY_FAILS(get(u"/page"_s, newest), ErrorKind::Malformed);
    m_access->setOffline(true);
    VERIFY_FAILS(get(u"/other"_s, newest), ErrorKind::Network);
}

void TestServiceDocuments::relativeAddressesAreOfTheOneThatAnswered()
{
    m_server->on("/old", {.status = 302, .headers = {{"Location", "/new/caps"}}});
    m_server->on("/new/caps", xml("da"));
    for (const auto want : {newest, atOnce})
        QCOMPARE(get(u"/old"_s, want)->url.path(), u"/new/caps"_s);
}

void TestServiceDocuments::offlineGivesWhatThereIsWithoutAWord()
{
    m_server->on("/caps", xml("gut"));
    VERIFY_RESULT(get(u"/caps"_s, newest));
    m_access->setOffline(true);
    const auto document = get(u"/caps"_s, newest);
    VERIFY_RESULT(document);
    QCOMPARE(document->bytes, "<a>gut</a>");
    QCOMPARE(document->problem, QString());
    QCOMPARE(m_server->count("/caps"), 1);
}

QTEST_GUILESS_MAIN(TestServiceDocuments)
#include "tst_servicedocuments.moc"
