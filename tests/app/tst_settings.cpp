// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/apppaths.h"
#include "app/settings.h"
#include "app/startoptions.h"
#include "tests/support/testkit.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSavedIsRead();
    void aMissingOrBrokenFileGivesDefaults();
    void recentFilesAreUniqueAndFew();
    void oneFolderHoldsAllWhereItIsNamed();
    void optionsAreRead();
    void wrongOptionsAreErrors_data();
    void wrongOptionsAreErrors();
};

void TestSettings::whatIsSavedIsRead()
{
    const QTemporaryDir dir;
    const auto path = dir.filePath(u"sub/settings.ini"_s);
    Settings settings;
    settings.windowGeometry = "abc";
    settings.leftTab = 1;
    settings.recent = {u"/a/ä ö.gpkg"_s, u"/b,c.shp"_s};
    settings.crs = 25833;
    settings.coordinates = u"EPSG:4326 dms"_s;
    settings.appearance = u"dark"_s;
    settings.language = u"de"_s;
    settings.openFolder = u"/a"_s;
    settings.exportFolder = u"/b"_s;
    QVERIFY(saveSettings(settings, path));
    QVERIFY(loadSettings(path) == settings);
}

void TestSettings::aMissingOrBrokenFileGivesDefaults()
{
    const QTemporaryDir dir;
    QVERIFY(loadSettings(dir.filePath(u"none.ini"_s)) == Settings());
    QFile file(dir.filePath(u"broken.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[look]\nappearance=purple\nlanguage=xx\n[map]\ncrs=many\n\xff\xfe[[[");
    file.close();
    const auto settings = loadSettings(file.fileName());
    QCOMPARE(settings.appearance, u"system"_s);
    QCOMPARE(settings.language, u"system"_s);
    QVERIFY(!saveSettings(settings, dir.path())); // a folder
}

void TestSettings::recentFilesAreUniqueAndFew()
{
    Settings settings;
    for (int i = 0; i < 30; ++i)
        settings.remember(QString::number(i));
    settings.remember(u"25"_s);
    QCOMPARE(settings.recent.size(), Settings::mostRecent);
    QCOMPARE(settings.recent[0], u"25"_s);
    QCOMPARE(settings.recent[1], u"29"_s);
    QCOMPARE(settings.recent.count(u"25"_s), 1);
}

void TestSettings::oneFolderHoldsAllWhereItIsNamed()
{
    qputenv("HANSEATLAS_HOME", "/somewhere");
    const auto paths = AppPaths::standard();
    qunsetenv("HANSEATLAS_HOME");
    for (const auto &path :
         {paths.settings, paths.data, paths.demo(), paths.themes(), paths.recovery(), paths.lastSession()})
        QVERIFY2(path.startsWith(u"/somewhere/"_s), qPrintable(path));
    QVERIFY(!AppPaths::standard().data.startsWith(u"/somewhere"_s));
}

void TestSettings::optionsAreRead()
{
    const auto options =
        parseStartOptions({u"hanseatlas"_s, u"--screenshot"_s, u"a.png"_s, u"--size"_s, u"800x600"_s, u"--theme"_s,
                           u"noise"_s, u"--appearance"_s, u"dark"_s, u"b.gpkg"_s, u"https://example.org/c.tif"_s});
    VERIFY_RESULT(options);
    QCOMPARE(options->screenshot, u"a.png"_s);
    QCOMPARE(options->size, QSize(800, 600));
    QCOMPARE(options->theme, u"noise"_s);
    QCOMPARE(options->files,
             (QStringList{QDir::current().absoluteFilePath(u"b.gpkg"_s), u"https://example.org/c.tif"_s}));
    QVERIFY(options->ends());
    QVERIFY(!parseStartOptions({u"hanseatlas"_s})->ends());
}

void TestSettings::wrongOptionsAreErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--nonsense"_s};
    QTest::newRow("size without x") << QStringList{u"--size"_s, u"800"_s};
    QTest::newRow("tiny") << QStringList{u"--size"_s, u"8x8"_s};
    QTest::newRow("half a place") << QStringList{u"--centre"_s, u"611600"_s};
    QTest::newRow("no scale") << QStringList{u"--scale"_s, u"large"_s};
    QTest::newRow("no value") << QStringList{u"--screenshot"_s};
}

void TestSettings::wrongOptionsAreErrors()
{
    QFETCH(QStringList, arguments);
    arguments.prepend(u"hanseatlas"_s);
    const auto options = parseStartOptions(arguments);
    VERIFY_FAILS(options, ErrorKind::Invalid);
    QVERIFY(!options.error().hint.isEmpty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
