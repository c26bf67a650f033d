// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/report/reportwriter.h"
#include "layers/report/reporttemplate.h"
#include "tests/layers/measures/measurefixture.h"

#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

class TestReportWriter : public QObject
{
    Q_OBJECT
private slots:
    void theReportCanBeReadPageByPage();
    void otherEndingsWriteOtherForms();
    void whatCannotBeWrittenLeavesTheOldFile();
    void cancellingLeavesNothing();

private:
    static ReportInput input()
    {
        return {.facts = shippedFacts(),
                .measures = shippedMeasures(),
                .measuresSource = u"Strategie"_s,
                .day = QDate(2026, 3, 1),
                .index = {}};
    }
    static QString output(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        process.waitForFinished(30'000);
        return QString::fromUtf8(process.readAllStandardOutput());
    }
};

void TestReportWriter::theReportCanBeReadPageByPage()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"bericht.pdf"_s);
    double told = 0;
    VERIFY_RESULT(writeReport(path, standardTemplate(), input(), {}, [&told](double done) { told = done; }));
    QCOMPARE(told, 1.0);
    const auto info = output(u"pdfinfo"_s, {path});
    QVERIFY2(info.contains(u"Smart City Report"_s), qPrintable(info));
    QVERIFY(info.contains(u"A4"_s));
    const auto text = output(u"pdftotext"_s, {u"-layout"_s, path, u"-"_s});
    const auto pages = text.split(u'\f', Qt::SkipEmptyParts);
    QVERIFY(pages.size() > 15); // a page per field at least
    QVERIFY(pages[0].contains(u"Smart City Report"_s) && !pages[0].contains(u"Page 1"_s));
    for (qsizetype i = 1; i < pages.size(); ++i)
        QVERIFY2(pages[i].contains(u"Page %1 of %2"_s.arg(i + 1).arg(pages.size())), qPrintable(pages[i]));
    for (const auto &measure : shippedMeasures())
        QVERIFY2(text.contains(measure.number), qPrintable(measure.number));
}

void TestReportWriter::otherEndingsWriteOtherForms()
{
    const QTemporaryDir folder;
    VERIFY_RESULT(writeReport(folder.filePath(u"a.json"_s), standardTemplate(), input(), {}));
    QVERIFY(!QJsonDocument::fromJson(bytesOf(folder.filePath(u"a.json"_s))).isNull());
    VERIFY_RESULT(writeReport(folder.filePath(u"a.csv"_s), standardTemplate(), input(), {}));
    QVERIFY(bytesOf(folder.filePath(u"a.csv"_s)).count('\n') >= 261);
    VERIFY_FAILS(writeReport(folder.filePath(u"a.docx"_s), standardTemplate(), input(), {}), ErrorKind::Unsupported);
    QVERIFY(!QFile::exists(folder.filePath(u"a.docx"_s)));
}

void TestReportWriter::whatCannotBeWrittenLeavesTheOldFile()
{
    VERIFY_FAILS(writeReport(u"/dev/null/x/a.pdf"_s, standardTemplate(), input(), {}), ErrorKind::NotFound);
    VERIFY_FAILS(writeReport(u"/dev/full/a.json"_s, standardTemplate(), input(), {}), ErrorKind::NotFound);
}

void TestReportWriter::cancellingLeavesNothing()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"bericht.pdf"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("the old one");
    old.close();
    std::stop_source stop;
    const auto written = writeReport(path, standardTemplate(), input(), stop.get_token(), [&stop](double done) {
        if (done > 0.3)
            stop.request_stop();
    });
    QVERIFY(!written && written.error().kind == ErrorKind::Cancelled);
    QCOMPARE(bytesOf(path), QByteArray("the old one"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

QTEST_MAIN(TestReportWriter)
#include "tst_reportwriter.moc"
