// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"
#include "datasources/exchange/geopackagewriter.h"
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

struct Run {
    int code = -1;
    QString out, err;
};

struct NoOpener final : SourceOpener {
    Result<SourceDescription> inspect(const SourceRef &, CancelToken) const override
    {
        return failure(ErrorKind::NotFound, u"none"_s);
    }
    Result<OpenedSource> open(const SourceRef &, CancelToken) const override
    {
        return failure(ErrorKind::NotFound, u"none"_s);
    }
};

} // namespace

/** Starts the real program, as a script does. */
class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        auto graves = kilometre();
        graves.title = u"Graves"_s;
        VERIFY_RESULT(writeGeoPackage({.layers = {blocks(5), graves}, .path = path(u"town.gpkg"_s)}, NoOpener(), {}));
    }

    void helpExplainsEveryCommand()
    {
        const auto help = run({u"--help"_s});
        QCOMPARE(help.code, exitcode::ok);
        QVERIFY(help.err.isEmpty());
        for (const auto &command : {u"info"_s, u"render"_s, u"export"_s, u"demo"_s, u"tour"_s, u"report"_s}) {
            QVERIFY2(help.out.contains(u"hanseatlas "_s + command), qPrintable(help.out));
            const auto own = run({command, u"--help"_s});
            QCOMPARE(own.code, exitcode::ok);
            QVERIFY(own.out.startsWith(u"hanseatlas "_s + command));
            QCOMPARE(run({u"help"_s, command}).out, own.out);
        }
        QVERIFY(run({u"render"_s, u"--help"_s}).out.contains("--scale"_L1));
        const auto version = run({u"--version"_s});
        QCOMPARE(version.code, exitcode::ok);
        QVERIFY(version.out.startsWith("hanseatlas "_L1));
    }

    void infoSaysWhatIsInAFile()
    {
        const auto plain = run({u"info"_s, path(u"town.gpkg"_s)});
        QCOMPARE(plain.code, exitcode::ok);
        QVERIFY(plain.out.contains("Land_use"_L1));
        const auto json = run({u"info"_s, path(u"town.gpkg"_s), u"--json"_s});
        QCOMPARE(json.code, exitcode::ok);
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(json.out.toUtf8(), &error);
        QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
        QJsonObject layer;
        for (const auto &entry : document[u"layers"_s].toArray()) {
            if (entry[u"name"_s] == u"Land_use"_s)
                layer = entry.toObject();
        }
        QCOMPARE(layer[u"featureCount"_s].toInt(), 400);
        QCOMPARE(layer[u"crs"_s].toString(), u"EPSG:25832"_s);
        QCOMPARE(layer[u"kind"_s].toString(), u"vector"_s);
        QCOMPARE(layer[u"extent"_s].toArray().size(), 4);
        QCOMPARE(layer[u"extent"_s][0].toDouble(), 610500.0);
        QStringList fields;
        for (const auto &field : layer[u"fields"_s].toArray())
            fields << field[u"name"_s].toString() + u':' + field[u"type"_s].toString();
        QCOMPARE(fields, (QStringList{u"use:integer"_s, u"name:text"_s}));
    }

    void aReportTakesItsMeasuresFromAFile()
    {
        QFile table(path(u"measures.csv"_s));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("number,title,field,progress\r\n1.1,Glasfaser,1,40\r\n");
        table.close();
        const auto made = run({u"report"_s, u"--measures"_s, table.fileName(), u"--out"_s, path(u"report.json"_s)});
        QVERIFY2(made.code == exitcode::ok, qPrintable(made.err));
        QFile file(path(u"report.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto json = QJsonDocument::fromJson(file.readAll());
        QCOMPARE(json[u"fields"_s][0][u"measures"_s].toInt(), 1);
        QCOMPARE(json[u"fields"_s][0][u"meanProgress"_s].toDouble(), 40.0);
        QCOMPARE(json[u"index"_s][u"indicators"_s][0][u"value"_s].toDouble(), 40.0); // progress of the first field
        QVERIFY(json[u"index"_s][u"indicators"_s][1][u"value"_s].isNull()); // nobody has reported on the second
        QVERIFY(json[u"index"_s][u"whole"_s][u"coverage"_s].toDouble() < 0.2);
        QCOMPARE(run({u"report"_s}).code, exitcode::usage);
        QCOMPARE(run({u"report"_s, u"--out"_s, path(u"r.pdf"_s), u"--since"_s, u"gestern"_s}).code, exitcode::usage);
        QCOMPARE(run({u"report"_s, u"--out"_s, path(u"r.pdf"_s), u"--measures"_s, path(u"none.csv"_s)}).code,
                 exitcode::notFound);
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("number,title,field,progress\r\n1.1,Glasfaser,1,400\r\n");
        table.close();
        const auto bad = run({u"report"_s, u"--out"_s, path(u"r.pdf"_s), u"--measures"_s, table.fileName()});
        QCOMPARE(bad.code, exitcode::badContent);
        QVERIFY2(bad.err.contains("progress"_L1), qPrintable(bad.err));
        QVERIFY(!QFile::exists(path(u"r.pdf"_s)));
    }

    void renderDrawsAndTakesTimes()
    {
        const auto drawn = run({u"render"_s, path(u"town.gpkg"_s), u"--out"_s, path(u"map.png"_s), u"--size"_s,
                                u"640x480"_s, u"--centre"_s, u"611020,5970020"_s, u"--scale"_s, u"2000"_s,
                                u"--repeat"_s, u"3"_s, u"--timings"_s, path(u"t.json"_s)});
        QVERIFY2(drawn.code == exitcode::ok, qPrintable(drawn.err));
        QCOMPARE(drawn.out.trimmed(), path(u"map.png"_s));
        const QImage image(path(u"map.png"_s));
        QCOMPARE(image.size(), QSize(640, 480));
        QVERIFY(image.pixelColor(320, 240) != QColor(Qt::white));
        QFile timings(path(u"t.json"_s));
        QVERIFY(timings.open(QIODevice::ReadOnly));
        const auto json = QJsonDocument::fromJson(timings.readAll());
        QCOMPARE(json[u"drawSeconds"_s].toArray().size(), 3);
        QCOMPARE(json[u"features"_s].toInt(), 401);
        QVERIFY(std::abs(json[u"scale"_s].toDouble() - 2000) < 0.01);
    }

    void exportsWriteTheirFiles()
    {
        const auto town = path(u"town.gpkg"_s);
        const auto pdf = run({u"export"_s, u"pdf"_s, town, u"--out"_s, path(u"sheet.pdf"_s), u"--paper"_s, u"A3"_s,
                              u"--portrait"_s, u"--title"_s, u"Town"_s});
        QVERIFY2(pdf.code == exitcode::ok, qPrintable(pdf.err));
        QFile file(path(u"sheet.pdf"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.read(5) == "%PDF-");
        const auto gpkg = run({u"export"_s, u"gpkg"_s, town, u"--out"_s, path(u"part.gpkg"_s), u"--extent"_s,
                               u"611010,5970010,611080,5970080"_s});
        QVERIFY2(gpkg.code == exitcode::ok, qPrintable(gpkg.err));
        const auto info = QJsonDocument::fromJson(run({u"info"_s, path(u"part.gpkg"_s), u"--json"_s}).out.toUtf8());
        qint64 features = 0;
        for (const auto &layer : info[u"layers"_s].toArray())
            features += layer[u"featureCount"_s].toInteger();
        QCOMPARE(features, 4);
        const auto png = run({u"export"_s, u"png"_s, town, u"--out"_s, path(u"picture.png"_s)});
        QVERIFY2(png.code == exitcode::ok, qPrintable(png.err));
        QVERIFY(QFile::exists(path(u"picture.pgw"_s)));
    }

    void mistakesHaveExitCodesAndWords_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QFile broken(path(u"broken.gpkg"_s));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("this is no database");
        broken.close();
        const auto town = path(u"town.gpkg"_s), out = path(u"never.png"_s);
        QTest::addRow("unknown option") << QStringList{u"info"_s, town, u"--nonsense"_s} << exitcode::usage;
        QTest::addRow("no source") << QStringList{u"info"_s} << exitcode::usage;
        QTest::addRow("no out") << QStringList{u"render"_s, town} << exitcode::usage;
        QTest::addRow("nothing to draw") << QStringList{u"render"_s, u"--out"_s, out} << exitcode::usage;
        QTest::addRow("bad scale") << QStringList{u"render"_s, town, u"--out"_s, out, u"--scale"_s, u"big"_s}
                                   << exitcode::usage;
        QTest::addRow("bad extent") << QStringList{u"render"_s, town, u"--out"_s, out, u"--extent"_s, u"1,2,3"_s}
                                    << exitcode::usage;
        QTest::addRow("bad size") << QStringList{u"render"_s, town, u"--out"_s, out, u"--size"_s, u"0x10"_s}
                                  << exitcode::usage;
        QTest::addRow("unknown crs") << QStringList{u"render"_s, town, u"--out"_s, out, u"--crs"_s, u"EPSG:1"_s}
                                     << exitcode::usage;
        QTest::addRow("export what") << QStringList{u"export"_s, u"dxf"_s, town, u"--out"_s, out} << exitcode::usage;
        QTest::addRow("wrong ending") << QStringList{u"export"_s, u"pdf"_s, town, u"--out"_s, out} << exitcode::usage;
        QTest::addRow("onto itself") << QStringList{u"export"_s, u"gpkg"_s, town, u"--out"_s, town} << exitcode::usage;
        QTest::addRow("bad paper") << QStringList{u"export"_s, u"pdf"_s, town, u"--out"_s, out, u"--paper"_s, u"B5"_s}
                                   << exitcode::usage;
        QTest::addRow("missing file") << QStringList{u"info"_s, path(u"missing.gpkg"_s)} << exitcode::notFound;
        QTest::addRow("missing theme") << QStringList{u"render"_s, u"--theme"_s, u"nonsense"_s, u"--out"_s, out}
                                       << exitcode::notFound;
        QTest::addRow("missing workspace")
            << QStringList{u"render"_s, u"--workspace"_s, path(u"no.hatlas"_s), u"--out"_s, out} << exitcode::notFound;
        QTest::addRow("missing folder") << QStringList{u"render"_s, town, u"--out"_s, path(u"no/such/map.png"_s)}
                                        << exitcode::notFound;
        QTest::addRow("broken file") << QStringList{u"info"_s, path(u"broken.gpkg"_s)} << exitcode::badContent;
        QTest::addRow("strange picture") << QStringList{u"render"_s, town, u"--out"_s, path(u"map.gif"_s)}
                                         << exitcode::usage;
    }

    void mistakesHaveExitCodesAndWords()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const auto result = run(arguments);
        QVERIFY2(result.code == code, qPrintable(u"%1: %2"_s.arg(result.code).arg(result.err)));
        QVERIFY(result.err.size() > 10);
        QVERIFY2(result.out.isEmpty(), qPrintable(result.out));
        QVERIFY(!QFile::exists(path(u"never.png"_s)));
    }

    void inGermanTooNumbersAreForMachines()
    {
        const auto json = run({u"info"_s, path(u"town.gpkg"_s), u"--json"_s, u"--language"_s, u"de"_s});
        QCOMPARE(json.code, exitcode::ok);
        QVERIFY(QJsonDocument::fromJson(json.out.toUtf8()).isObject());
    }

    void helpAndMistakesAreInGermanWhereThePersonIs()
    {
        const auto german = [this](QStringList arguments) { return run(arguments << u"--language"_s << u"de"_s); };
        QVERIFY(german({u"--help"_s}).out.contains(u"Ohne Fenster"_s));
        const auto help = german({u"render"_s, u"--help"_s}).out;
        QVERIFY2(help.contains(u"Zeichnet eine Karte"_s) && help.contains(u"Optionen:"_s)
                     && help.contains(u"Maßstabszahl"_s),
                 qPrintable(help));
        QVERIFY2(!help.contains(u"Usual"_s) && !help.contains(u"Options"_s), qPrintable(help));
        QVERIFY(german({u"info"_s, path(u"town.gpkg"_s)}).out.contains(u"2 Ebenen"_s));
        QVERIFY(german({u"render"_s, path(u"town.gpkg"_s)}).err.contains(u"--out"_s));
        // … also those about the window
        const auto unknown = german({u"--nonsense"_s});
        QCOMPARE(unknown.code, exitcode::usage);
        QVERIFY2(unknown.err.startsWith(u"hanseatlas: "_s) && unknown.err.contains(u"hanseatlas --help"_s)
                     && !unknown.err.contains(u"nknown"_s),
                 qPrintable(unknown.err));
        QVERIFY(german({u"--size"_s, u"small"_s}).err.contains(u"--size braucht"_s));
        QVERIFY(run({u"--language=de"_s, u"--scale"_s, u"0"_s}).err.contains(u"--scale braucht"_s));
        QCOMPARE(run({u"info"_s, path(u"town.gpkg"_s)}).out.contains(u"2 layers"_s), true);
    }

#ifdef Q_OS_UNIX
    void interruptedItLeavesNothing()
    {
        QDir(m_folder.path()).mkdir(u"city"_s);
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(HANSEATLAS_PROGRAM), {u"demo"_s, path(u"city/demo"_s)});
        QVERIFY(process.waitForStarted());
        QTest::qWait(1500);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), exitcode::cancelled);
        QCOMPARE(QDir(path(u"city"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden),
                 QStringList());
    }
#endif

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HANSEATLAS_HOME"_s, path(u"home"_s));
        environment.remove(u"DISPLAY"_s);
        return environment;
    }
    Run run(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(HANSEATLAS_PROGRAM), arguments);
        if (!process.waitForFinished(120000))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
