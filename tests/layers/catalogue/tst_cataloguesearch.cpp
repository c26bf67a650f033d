// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguesearch.h"
#include "tests/layers/catalogue/fakecatalogues.h"
#include "tests/support/testkit.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

struct Fixture {
    FakeCatalogues reader;
    QThreadPool pool;
    CatalogueModel model{reader, pool};
    CatalogueSearch search{model, reader, pool};
    QAbstractItemModelTester tester{&search, QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit Fixture(std::vector<CatalogueNode> nodes, bool ckan = false)
    {
        reader.trees[u"a"_s] = {.nodes = std::move(nodes)};
        std::vector<CatalogueSource> sources{{.id = u"a"_s, .title = u"Stadt"_s, .location = u"a"_s}};
        if (ckan)
            sources.push_back(
                {.id = u"c"_s, .title = u"Land"_s, .kind = CatalogueSourceKind::Ckan, .location = u"ckan"_s});
        model.setSources(sources);
        QSignalSpy loaded(&model, &CatalogueModel::loaded);
        model.load(model.index(0, 0));
        if (!QTest::qWaitFor([&] { return loaded.count() > 0; }))
            qFatal("the catalogue was not read");
    }
    ~Fixture()
    {
        reader.gate.release(1000);
        search.search({});
        model.setSources({});
        pool.waitForDone();
    }
    QStringList find(const QString &words)
    {
        search.search({.words = words});
        return titles();
    }
    QStringList titles() const
    {
        QStringList all;
        for (int i = 0; i < search.rowCount(); ++i)
            all << search.index(i, 0).data().toString();
        return all;
    }
};

} // namespace

class TestCatalogueSearch : public QObject
{
    Q_OBJECT
private slots:
    void spellingsThatMeanTheSameAreTheSame_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::newRow("sharp s") << u"Straße"_s << u"STRASSE"_s;
        QTest::newRow("lower") << u"strasse"_s << u"Straße"_s;
        QTest::newRow("capital sharp s") << u"STRAẞE"_s << u"strasse"_s;
        QTest::newRow("umlaut") << u"Bäume"_s << u"baeume"_s;
        QTest::newRow("no dots") << u"Bäume"_s << u"baume"_s;
        QTest::newRow("capital umlaut") << u"ÜBERFLUTUNG"_s << u"ueberflutung"_s;
        QTest::newRow("decomposed") << u"Lu\u0308beck"_s << u"Lübeck"_s;
        QTest::newRow("accent") << u"Café"_s << u"cafe"_s;
        QTest::newRow("blanks") << u" A  b\n"_s << u"a b"_s;
    }
    void spellingsThatMeanTheSameAreTheSame()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QCOMPARE(folded(a), folded(b));
        QVERIFY(!folded(a).isEmpty());
    }

    void bestHitsComeFirst()
    {
        auto described = layer(u"Verkehr"_s, u"v"_s);
        described.abstract = u"mit Lärm an Straßen"_s;
        auto tagged = layer(u"Umgebung"_s, u"u"_s);
        tagged.keywords = {u"Lärm"_s};
        Fixture f({described, tagged, layer(u"Fluglärm"_s), layer(u"Der Lärm"_s), layer(u"Lärmkarte 2022"_s),
                   layer(u"Lärm"_s), layer(u"Luft"_s)});
        QCOMPARE(
            f.find(u"laerm"_s),
            (QStringList{u"Lärm"_s, u"Lärmkarte 2022"_s, u"Der Lärm"_s, u"Fluglärm"_s, u"Umgebung"_s, u"Verkehr"_s}));
        QCOMPARE(f.search.found(), 6);
    }

    void allWordsMustBeThere()
    {
        auto trees = layer(u"Baumkataster"_s, u"app:baum"_s);
        trees.keywords = {u"Stadtgrün"_s, u"OpenData"_s};
        Fixture f({folder(u"Natur"_s, {trees}), layer(u"Baumarten"_s, u"arten"_s)});
        QCOMPARE(f.find(u"baum gruen"_s), QStringList{u"Baumkataster"_s});
        QCOMPARE(f.find(u"baum natur"_s), QStringList{u"Baumkataster"_s}); // by the folder's name
        QCOMPARE(f.find(u"app:baum"_s), QStringList{u"Baumkataster"_s}); // by the name in the service
        QVERIFY(f.find(u"baum xyz"_s).isEmpty());
        QVERIFY(f.find(u"   "_s).isEmpty());
    }

    void hitsLeadToTheTree()
    {
        Fixture f({folder(u"Natur"_s, {layer(u"Bäume"_s)})});
        f.find(u"bäume"_s);
        const auto hit = f.search.index(0, 0);
        QCOMPARE(hit.data(CatalogueNoteRole).toString(), u"Stadt › Natur"_s);
        const auto row = f.search.inCatalogue(hit);
        QCOMPARE(row.data().toString(), u"Bäume"_s);
        QCOMPARE(f.search.node(hit), f.model.node(row));
        QCOMPARE(CatalogueAction(hit.data(CatalogueActionRole).toInt()), CatalogueAction::Add);
    }

    void formatsNarrowTheSearch()
    {
        auto file = layer(u"Bäume als Datei"_s);
        file.format = u"GeoJSON"_s;
        CatalogueNode dataset{.kind = CatalogueKind::Dataset, .title = u"Bäume"_s, .children = {file}};
        Fixture f({layer(u"Bäume WMS"_s), dataset});
        f.search.search({.words = u"bäume"_s, .format = u"GeoJSON"_s});
        QCOMPARE(f.titles(), QStringList{u"Bäume"_s});
        QCOMPARE(f.search.rowCount(f.search.index(0, 0)), 1); // a dataset holds its resources
    }

    void hitsFollowTheCatalogue()
    {
        Fixture f({layer(u"Lärm alt"_s)});
        QCOMPARE(f.find(u"lärm"_s), QStringList{u"Lärm alt"_s});
        f.reader.fresh[u"a"_s] = {.nodes = {layer(u"Lärm neu"_s)}};
        f.model.reload(f.model.index(0, 0));
        QTRY_COMPARE(f.titles(), QStringList{u"Lärm neu"_s});
        f.model.setSources({});
        QCOMPARE(f.search.rowCount(), 0); // at once: the nodes are gone
    }

    void serversAreSearchedThere()
    {
        Fixture f({layer(u"Pegel"_s)}, true);
        QCOMPARE(f.find(u"pegel"_s), QStringList{u"Pegel"_s}); // at once
        QVERIFY(f.search.isAsking());
        QTRY_VERIFY(!f.search.isAsking());
        QCOMPARE(f.titles(), (QStringList{u"Pegel"_s, u"pegel 0"_s, u"Show more of 2 datasets"_s}));
        QCOMPARE(f.search.themes(), QStringList{u"Umwelt"_s});
        const auto remote = f.search.index(1, 0);
        QCOMPARE(remote.data(CatalogueNoteRole).toString(), u"Land"_s);
        QVERIFY(!f.search.inCatalogue(remote).isValid());
        QCOMPARE(f.search.index(0, 0, remote).data().toString(), u"Resource"_s);
        f.search.load(f.search.index(2, 0));
        QTRY_COMPARE(f.search.rowCount(), 4);
        QCOMPARE(f.titles().last(), u"pegel 1"_s);
        QCOMPARE(f.search.found(), 3);
        f.search.load(f.search.index(2, 0)); // once only
        QVERIFY(!f.search.isAsking());
    }

    void aServerThatFailsSaysSoAndCanBeAskedAgain()
    {
        Fixture f({layer(u"Pegel"_s)}, true);
        f.reader.broken = true;
        f.find(u"pegel"_s);
        QTRY_VERIFY(!f.search.isAsking());
        QCOMPARE(f.titles(), (QStringList{u"Pegel"_s, u"The server does not answer."_s}));
        f.reader.broken = false;
        f.search.load(f.search.index(1, 0));
        QTRY_VERIFY(f.titles().contains(u"pegel 0"_s));
    }

    void anOlderQuestionIsNotAnswered()
    {
        Fixture f({layer(u"Pegel"_s)}, true);
        auto sources = f.model.sources();
        sources[1].location = u"slow"_s;
        f.model.setSources(sources);
        f.find(u"eins"_s);
        f.find(u"zwei"_s);
        f.reader.gate.release(2);
        QTRY_VERIFY(!f.search.isAsking());
        QVERIFY(f.titles().contains(u"zwei 0"_s));
        QVERIFY(!f.titles().contains(u"eins 0"_s));
    }

    void tenThousandLayersAreSearchedWhileTyping()
    {
        std::vector<CatalogueNode> nodes;
        for (int i = 0; i < 10000; ++i) {
            auto each = layer(u"Gewässer und Straßen im Stadtteil %1"_s.arg(i), u"layer_%1"_s.arg(i));
            each.keywords = {u"Umwelt"_s, u"Wasser"_s, u"Verkehr %1"_s.arg(i % 37)};
            each.abstract =
                u"Der Datensatz zeigt die Lage aller Gewässer und Straßen, wie sie im amtlichen Kataster geführt "
                "werden; er wird jährlich fortgeschrieben und liegt flächendeckend vor. Nummer %1."_s.arg(i);
            nodes.push_back(folder(u"Ordner"_s, {each}));
        }
        Fixture f(std::move(nodes));
        const auto rows = f.model.searchables();
        QCOMPARE(rows.size(), 20000u); // with their folders
        // Found nowhere: every text is read to its end
        for (const auto &text : {u"gewaesser kanal"_s, u"fortgeschrieben 777"_s, u"s"_s}) {
            const auto words = searchWords(text);
            qint64 best = std::numeric_limits<qint64>::max();
            int found = 0;
            for (int run = 0; run < 5; ++run) {
                found = 0;
                QElapsedTimer timer;
                timer.start();
                for (const auto &row : rows)
                    found += searchScore(*row.text, *row.path, words) > 0 ? 1 : 0;
                best = std::min(best, timer.nsecsElapsed());
            }
            qInfo("%s: %d of 10 000 in %.2f ms", qPrintable(text), found, double(best) / 1e6);
#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
            QVERIFY2(best < 120'000'000, "even with sanitizers");
#else
            QVERIFY2(best < 20'000'000, "20 ms");
#endif
        }
    }
};

QTEST_GUILESS_MAIN(TestCatalogueSearch)
#include "tst_cataloguesearch.moc"
