// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/apppaths.h"
#include "layers/map/workspace.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

/** The real program with a home of its own. */
struct Program {
    explicit Program(const QString &home)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HANSEATLAS_HOME"_s, home);
        // An administrator's catalogue that names no services: no test asks the real ones.
        const auto config = home + u"/system"_s;
        QDir().mkpath(config + u"/hanseatlas"_s);
        QFile catalogue(config + u"/hanseatlas/catalogue.json"_s);
        if (catalogue.open(QIODevice::WriteOnly))
            catalogue.write(R"({"format": "hanseatlas-catalogue", "version": 1, "title": "Test"})");
        environment.insert(u"XDG_CONFIG_DIRS"_s, config);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setProgram(QStringLiteral(HANSEATLAS_PROGRAM));
    }
    bool run(const QStringList &arguments)
    {
        process.setArguments(arguments);
        process.start();
        const bool ended = process.waitForFinished(310000);
        output = QString::fromUtf8(process.readAll());
        return ended && process.exitStatus() == QProcess::NormalExit;
    }
    QProcess process;
    QString output;
};

QString writeGeoJson(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"},
            "geometry":{"type":"Polygon","coordinates":[[[10.6,53.8],[10.8,53.8],[10.8,53.9],[10.6,53.9],[10.6,53.8]]]}}]})");
    return path;
}

} // namespace

class TestStartup : public QObject
{
    Q_OBJECT

private slots:
    void selfTestDrawsAndEndsWithZero();
    void benchmarkSaysHowLongItTook();
    void screenshotsAreSaved();
    void themesLookAsBefore_data();
    void themesLookAsBefore();
    void wrongOptionsEndWithAWord();
    void workSurvivesAKill();

private:
    QTemporaryDir m_home; ///< with the demo city after the first test
};

void TestStartup::selfTestDrawsAndEndsWithZero()
{
    Program program(m_home.path());
    QVERIFY2(program.run({u"--self-test"_s}), qPrintable(program.output));
    QVERIFY2(program.process.exitCode() == 0, qPrintable(program.output));
}

void TestStartup::benchmarkSaysHowLongItTook()
{
    Program program(m_home.path());
    QVERIFY(program.run({u"--benchmark-start"_s}));
    static const QRegularExpression line(u"window (\\d+) ms, view complete (\\d+) ms, all layers (\\d+) ms"_s);
    const auto match = line.match(program.output);
    QVERIFY2(match.hasMatch(), qPrintable(program.output));
    QVERIFY(match.captured(1).toInt() <= match.captured(2).toInt());
    QVERIFY(match.captured(2).toInt() <= match.captured(3).toInt());
}

void TestStartup::screenshotsAreSaved()
{
    Program program(m_home.path());
    const auto file = m_home.filePath(u"pictures/noise.png"_s);
    QVERIFY2(program.run({u"--screenshot"_s, file, u"--size"_s, u"900x600"_s, u"--theme"_s, u"noise"_s,
                          u"--appearance"_s, u"dark"_s}),
             qPrintable(program.output));
    const QImage picture(file);
    QCOMPARE(picture.size(), QSize(900, 600));
}

void TestStartup::themesLookAsBefore_data()
{
    QTest::addColumn<QString>("centre");
    QTest::addColumn<QString>("scale");
    const auto oldTown = u"611600,5969900"_s, cemetery = u"609024,5972216"_s, plan = u"613700,5969900"_s;
    QTest::newRow("heat") << oldTown << u"40000"_s;
    QTest::newRow("noise") << oldTown << u"40000"_s;
    QTest::newRow("heavyrain") << oldTown << u"40000"_s;
    QTest::newRow("graves") << cemetery << u"1500"_s;
    QTest::newRow("bplans") << plan << u"8000"_s;
    QTest::newRow("social") << oldTown << u"15000"_s;
}

void TestStartup::themesLookAsBefore()
{
    QFETCH(QString, centre);
    QFETCH(QString, scale);
    const auto theme = QString::fromLatin1(QTest::currentDataTag());
    const auto file = m_home.filePath(u"theme.png"_s);
    Program program(m_home.path());
    // Without labels: fonts differ from machine to machine.
    QVERIFY2(program.run({u"render"_s, u"--theme"_s, theme, u"--centre"_s, centre, u"--scale"_s, scale, u"--size"_s,
                          u"300x200"_s, u"--no-labels"_s, u"--out"_s, file}),
             qPrintable(program.output));
    QCOMPARE(test::compareGolden(QImage(file), u"themes/"_s + theme, 12, 0.02), QString());
}

void TestStartup::wrongOptionsEndWithAWord()
{
    Program program(m_home.path());
    QVERIFY(program.run({u"--nonsense"_s}));
    QVERIFY(program.process.exitCode() != 0);
    QVERIFY(program.output.contains(u"nonsense"_s));
}

void TestStartup::workSurvivesAKill()
{
    const auto paths = AppPaths::below(m_home.path());
    const auto file = writeGeoJson(m_home.filePath(u"mine.geojson"_s));
    const auto copies = [&] { return QDir(paths.recovery()).entryInfoList({u"*.hatlas"_s}, QDir::Files); };
    const auto holdsMine = [&] {
        for (const auto &copy : copies()) {
            if (const auto workspace = loadWorkspace(copy.filePath()); workspace && !workspace->roots.empty()) {
                const auto &first = workspace->roots.front();
                if (first.layer && first.layer->source.location == file)
                    return true;
            }
        }
        return false;
    };
    {
        Program program(m_home.path());
        program.process.setArguments({file});
        program.process.start();
        QTRY_VERIFY_WITH_TIMEOUT(holdsMine(), 90000);
        program.process.kill();
        QVERIFY(program.process.waitForFinished());
        QCOMPARE(program.process.exitStatus(), QProcess::CrashExit);
    }
    QVERIFY(holdsMine());
    Program again(m_home.path());
    QVERIFY2(again.run({u"--self-test"_s}), qPrintable(again.output));
    QVERIFY(copies().isEmpty()); // ended in order
    const auto last = loadWorkspace(paths.lastSession());
    VERIFY_RESULT(last);
    QVERIFY(last->roots.front().layer);
    QCOMPARE(last->roots.front().layer->source.location, file);
}

QTEST_GUILESS_MAIN(TestStartup)
#include "tst_startup.moc"
