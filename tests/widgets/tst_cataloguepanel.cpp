// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/catalogue/fakecatalogues.h"
#include "tests/support/testkit.h"
#include "widgets/catalogue/cataloguedetails.h"
#include "widgets/catalogue/cataloguepanel.h"
#include "widgets/catalogue/catalogueview.h"
#include "widgets/catalogue/servicedialog.h"
#include "widgets/catalogue/sourcedialog.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/searchfield.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

CatalogueTree city()
{
    auto noise = layer(u"Lärm an Straßen"_s, u"lden"_s);
    noise.abstract = u"Der Lärmindex <b>LDEN</b> an Hauptverkehrsstraßen."_s;
    noise.licence = u"dl-de/by-2-0"_s;
    noise.attribution = u"© Land Schleswig-Holstein"_s;
    noise.metadata = u"https://example.org/csw?id=1"_s;
    noise.preview = u"https://example.org/p.png"_s;
    noise.keywords = {u"Umgebungslärm"_s};
    auto trees = layer(u"Baumkataster"_s, u"baum"_s);
    trees.format = u"WFS"_s;
    trees.source->provider = u"wfs"_s;
    auto values = layer(u"Bodenrichtwerte"_s, u"brw"_s);
    values.mayBeStored = false;
    CatalogueNode model{.kind = CatalogueKind::Layer, .title = u"Stadtmodell"_s, .format = u"TileSet3D"_s};
    model.reason = u"3D content is not shown."_s;
    CatalogueNode service{.kind = CatalogueKind::Service, .title = u"Hydrogeologie"_s, .format = u"WMS"_s};
    service.source = SourceRef{.provider = u"wms"_s, .location = u"https://example.org/hydro"_s};
    CatalogueNode dataset{
        .kind = CatalogueKind::Dataset, .title = u"Einwohner nach Stadtteilen"_s, .format = u"CSV, PDF"_s};
    CatalogueNode csv{.kind = CatalogueKind::Layer, .title = u"Tabelle"_s, .format = u"CSV"_s};
    csv.source = SourceRef{.location = u"https://example.org/e.csv"_s};
    CatalogueNode pdf{.kind = CatalogueKind::Layer, .title = u"Bericht"_s, .format = u"PDF"_s};
    pdf.reason = u"no map"_s;
    pdf.page = u"https://example.org/b.pdf"_s;
    dataset.children = {csv, pdf};
    return {.nodes = {folder(u"Umwelt"_s, {noise, trees, service}), folder(u"Stadt"_s, {values, model, dataset})}};
}

struct Fixture {
    FakeCatalogues reader;
    QThreadPool pool;
    CataloguePanel panel{reader, reader, pool};
    CatalogueView *tree;
    CatalogueView *finds;
    QSignalSpy added{&panel, &CataloguePanel::addWanted};
    QSignalSpy changed{&panel, &CataloguePanel::sourcesChanged};

    Fixture()
    {
        reader.trees[u"city"_s] = city();
        reader.trees[u"https://example.org/hydro"_s] = {
            .nodes = {layer(u"Brunnen"_s, u"b"_s), layer(u"Quellen"_s, u"q"_s)}};
        tree = panel.findChild<CatalogueView *>(u"catalogueTree"_s);
        finds = panel.findChild<CatalogueView *>(u"catalogueFinds"_s);
        panel.setSources({{.id = u"city"_s, .title = u"Lübeck, Land und Bund"_s, .location = u"city"_s},
                          {.id = u"ckan"_s,
                           .title = u"Offene Daten"_s,
                           .kind = CatalogueSourceKind::Ckan,
                           .location = u"https://data.example.org/"_s},
                          {.id = u"own"_s,
                           .title = u"Eigenes Portal"_s,
                           .kind = CatalogueSourceKind::Masterportal,
                           .location = u"https://portal.example.org/"_s,
                           .own = true}});
        panel.resize(360, 780);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QTRY_COMPARE(tree->model()->rowCount(source(0)), 2);
    }
    ~Fixture()
    {
        reader.gate.release(1000);
        panel.setSources({});
        pool.waitForDone();
    }
    QModelIndex source(int row) const { return tree->model()->index(row, 0); }
    QModelIndex at(std::initializer_list<int> path) const
    {
        QModelIndex index;
        for (const int row : path)
            index = tree->model()->index(row, 0, index);
        return index;
    }
    QAction *action(const QString &text) const
    {
        for (auto *each : panel.commands())
            if (each->text().startsWith(text))
                return each;
        return nullptr;
    }
    std::vector<LayerNode> takeAdded() { return added.takeFirst().at(0).value<std::vector<LayerNode>>(); }
    void type(const QString &words)
    {
        auto *field = panel.findChild<look::SearchField *>();
        field->setFocus();
        field->clear();
        QTest::keyClicks(field, words);
        QTest::keyClick(field, Qt::Key_Return);
    }
    QString texts() const
    {
        QStringList all;
        for (const auto *each : panel.findChild<CatalogueDetails *>()->findChildren<QLabel *>())
            if (!each->isHidden())
                all << each->text();
        return all.join(u'|');
    }
    QPushButton *button(const QString &text) const
    {
        for (auto *each : panel.findChildren<QPushButton *>())
            if (each->text().startsWith(text) && each->isVisible())
                return each;
        return nullptr;
    }
};

} // namespace

class TestCataloguePanel : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { look::apply(*qApp, look::Appearance::Light); }

    void theCitysCatalogueIsOpenAtOnce()
    {
        Fixture f;
        QVERIFY(f.tree->isExpanded(f.source(0)));
        QVERIFY(!f.tree->isExpanded(f.source(1)));
        QCOMPARE(f.reader.loads, 1);
        QVERIFY(!f.action(u"Add to map"_s)->isEnabled());
    }

    void layersGoToTheMapByButtonEnterAndDoubleClick()
    {
        Fixture f;
        f.tree->expand(f.at({0, 0}));
        const auto noise = f.at({0, 0, 0});
        f.tree->setCurrentIndex(noise);
        QVERIFY(f.button(u"Add to map"_s)->isEnabled());
        f.button(u"Add to map"_s)->click();
        QCOMPARE(f.added.count(), 1);
        auto nodes = f.takeAdded();
        QCOMPARE(nodes.size(), 1u);
        QCOMPARE(nodes[0].layer->source.layer, u"lden"_s);
        QCOMPARE(nodes[0].layer->provenance.licence, u"dl-de/by-2-0"_s);
        f.tree->setFocus();
        QTest::keyClick(f.tree, Qt::Key_Return);
        QCOMPARE(f.added.count(), 1);
        f.takeAdded();
        f.tree->scrollTo(noise);
        const auto place = f.tree->visualRect(noise).center();
        QTest::mouseClick(f.tree->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(f.tree->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(f.added.count(), 1);
    }

    void aFolderComesAsAGroup()
    {
        Fixture f;
        f.tree->setCurrentIndex(f.at({0, 0}));
        QCOMPARE(f.action(u"Add"_s)->text(), u"Add 2 layers to the map"_s);
        f.action(u"Add"_s)->trigger();
        const auto nodes = f.takeAdded();
        QCOMPARE(nodes.size(), 1u);
        QCOMPARE(nodes[0].title, u"Umwelt"_s);
        QCOMPARE(nodes[0].children.size(), 2u);
    }

    void detailsSayWhatThereIsToKnowAsPlainText()
    {
        Fixture f;
        f.tree->setCurrentIndex(f.at({0, 0, 0}));
        const auto texts = f.texts();
        for (const auto &part : {u"<b>LDEN</b>"_s, u"dl-de/by-2-0"_s, u"© Land"_s, u"Umgebungslärm"_s})
            QVERIFY2(texts.contains(part), qPrintable(texts));
        for (const auto *each : f.panel.findChild<CatalogueDetails *>()->findChildren<QLabel *>())
            if (each->text().contains(u"LDEN"_s))
                QCOMPARE(each->textFormat(), Qt::PlainText);
        QTRY_COMPARE(f.reader.previews, 1);
        QSignalSpy links(&f.panel, &CataloguePanel::linkActivated);
        f.button(u"Description"_s)->click();
        QCOMPARE(links.takeFirst().at(0).toUrl(), QUrl(u"https://example.org/csw?id=1"_s));
        f.tree->setCurrentIndex(f.at({0, 1, 0}));
        QVERIFY(f.texts().contains(u"neither stored nor exported"_s));
        f.tree->setCurrentIndex(f.at({0, 1, 1}));
        QVERIFY(f.texts().contains(u"3D content"_s));
        QVERIFY(!f.action(u"Add"_s)->isEnabled());
    }

    void aResourceGoesToTheMapByOneClick()
    {
        Fixture f;
        f.tree->setCurrentIndex(f.at({0, 1, 2}));
        auto *add = f.button(u"Add"_s);
        QVERIFY(add);
        QVERIFY(add->accessibleName().contains(u"Tabelle"_s));
        add->click();
        QCOMPARE(f.takeAdded().at(0).layer->source.location, u"https://example.org/e.csv"_s);
        QSignalSpy links(&f.panel, &CataloguePanel::linkActivated);
        f.button(u"Open"_s)->click();
        QCOMPARE(links.takeFirst().at(0).toUrl(), QUrl(u"https://example.org/b.pdf"_s));
    }

    void aServiceIsUnfoldedToItsLayers()
    {
        Fixture f;
        const auto service = f.at({0, 0, 2});
        f.tree->setCurrentIndex(service);
        QCOMPARE(f.action(u"Show"_s)->text(), u"Show the service's layers"_s);
        f.action(u"Show"_s)->trigger();
        QTRY_COMPARE(f.tree->model()->rowCount(service), 2);
        QVERIFY(f.tree->isExpanded(service));
        f.tree->setCurrentIndex(f.at({0, 0, 2, 1}));
        f.action(u"Add"_s)->trigger();
        QCOMPARE(f.takeAdded().at(0).layer->source.layer, u"q"_s);
    }

    void typingFindsInAllThatIsThereAndAsksTheServers()
    {
        Fixture f;
        f.type(u"STRASSE"_s);
        QTRY_VERIFY(f.finds->isVisible());
        QCOMPARE(f.finds->model()->index(0, 0).data().toString(), u"Lärm an Straßen"_s);
        QTRY_COMPARE(f.reader.searches, 1);
        QTRY_VERIFY(f.finds->model()->rowCount() >= 3); // the server's, too, and more of it
        auto *field = f.panel.findChild<look::SearchField *>();
        QTest::keyClick(field, Qt::Key_Down);
        QVERIFY(f.finds->hasFocus());
        QTest::keyClick(f.finds, Qt::Key_Return);
        QCOMPARE(f.takeAdded().at(0).layer->source.layer, u"lden"_s);
        QTest::keyClick(f.finds, Qt::Key_Up);
        QVERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_VERIFY(f.tree->isVisible());
    }

    void aFoundFolderIsShownInTheTree()
    {
        Fixture f;
        f.type(u"umwelt"_s);
        QTRY_VERIFY(f.finds->isVisible());
        QModelIndex folder;
        for (int i = 0; i < f.finds->model()->rowCount(); ++i)
            if (f.finds->model()->index(i, 0).data().toString() == "Umwelt"_L1)
                folder = f.finds->model()->index(i, 0);
        QVERIFY(folder.isValid());
        emit f.finds->activated(folder);
        QTRY_VERIFY(f.tree->isVisible());
        QCOMPARE(f.tree->currentIndex(), f.at({0, 0}));
        QVERIFY(f.tree->isExpanded(f.at({0, 0})));
    }

    void nothingFoundIsSaid()
    {
        Fixture f;
        f.panel.setSources({f.panel.sources().front()});
        f.type(u"gibtesnicht"_s);
        QTRY_VERIFY([&] {
            for (const auto *each : f.panel.findChildren<look::EmptyState *>())
                if (each->isVisible())
                    return true;
            return false;
        }());
        f.panel.setSources({});
        QVERIFY(!f.tree->isVisible()); // nor is there anything to show
    }

    void ownSourcesAreAddedRenamedAndRemoved()
    {
        Fixture f;
        f.action(u"Add source"_s)->trigger();
        auto *dialog = f.panel.findChild<SourceDialog *>();
        QVERIFY(dialog);
        dialog->setAddress(u"nonsense"_s);
        dialog->accept();
        auto *error = dialog->findChild<look::MessageBar *>();
        QTRY_VERIFY(error->isVisible());
        QVERIFY(error->text().contains(u"no address"_s));
        f.reader.trees[u"https://example.org/wms"_s] = {.nodes = {layer(u"Neu"_s)}};
        dialog->setAddress(u"https://example.org/wms"_s);
        QVERIFY(!error->isVisible());
        dialog->accept();
        QTRY_COMPARE(f.changed.count(), 1);
        QCOMPARE(f.panel.sources().size(), 4u);
        QVERIFY(f.panel.sources()[3].own);
        QTRY_COMPARE(f.tree->currentIndex(), f.source(3));
        QVERIFY(f.tree->isExpanded(f.source(3)));
        f.action(u"Rename"_s)->trigger();
        auto *input = f.panel.findChild<QInputDialog *>();
        input->setTextValue(u" Mein  Dienst "_s);
        input->accept();
        QCOMPARE(f.panel.sources()[3].title, u"Mein Dienst"_s);
        f.tree->setCurrentIndex(f.source(3));
        f.action(u"Remove"_s)->trigger();
        QCOMPARE(f.panel.sources().size(), 3u);
        QCOMPARE(f.changed.count(), 3);
        f.tree->setCurrentIndex(f.source(0));
        QVERIFY(!f.action(u"Remove"_s)->isEnabled()); // the city's stays
        QVERIFY(f.tree->isExpanded(f.source(0))); // and as it was
    }

    void closingTheDialogEndsTheSearch()
    {
        Fixture f;
        auto *dialog = new SourceDialog(f.reader, f.pool, &f.panel);
        QSignalSpy found(dialog, &SourceDialog::found);
        dialog->setAddress(u"https://slow.example.org"_s);
        dialog->accept();
        delete dialog;
        f.pool.waitForDone(); // the wait ends without the gate
        QCOMPARE(found.count(), 0);
    }

    void theListOfSourcesIsExportedAndImported()
    {
        Fixture f;
        const QTemporaryDir folder;
        const auto path = folder.filePath(u"quellen.json"_s);
        f.action(u"Export"_s)->trigger();
        auto *save = f.panel.findChild<QFileDialog *>();
        emit save->fileSelected(path);
        delete save;
        f.tree->setCurrentIndex(f.source(2));
        f.action(u"Remove"_s)->trigger();
        QCOMPARE(f.panel.sources().size(), 2u);
        QSignalSpy failed(&f.panel, &CataloguePanel::failed);
        f.action(u"Import"_s)->trigger();
        auto *open = f.panel.findChild<QFileDialog *>();
        emit open->fileSelected(path);
        QCOMPARE(f.panel.sources().size(), 3u);
        QCOMPARE(f.panel.sources()[2].location, u"https://portal.example.org/"_s);
        QCOMPARE(failed.count(), 0);
        emit open->fileSelected(path + u".missing"_s);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].value<Error>().kind, ErrorKind::NotReadable);
        delete open;
    }

    void manyLayersAreAddedOnlyOnRequest()
    {
        Fixture f;
        std::vector<CatalogueNode> many;
        for (int i = 0; i < 100; ++i)
            many.push_back(layer(u"Ebene %1"_s.arg(i)));
        f.reader.trees[u"https://portal.example.org/"_s] = {.nodes = {folder(u"Alles"_s, many)}};
        f.tree->expand(f.source(2));
        QTRY_COMPARE(f.tree->model()->rowCount(f.at({2, 0})), 100);
        f.tree->setCurrentIndex(f.at({2, 0}));
        f.action(u"Add"_s)->trigger();
        QCOMPARE(f.added.count(), 0);
        auto *question = f.panel.findChild<QMessageBox *>();
        QVERIFY(question);
        for (auto *each : question->buttons())
            if (question->buttonRole(each) == QMessageBox::AcceptRole)
                each->click();
        QCOMPARE(f.added.count(), 1);
    }

    void aServiceOfAFoundDatasetOffersItsLayers()
    {
        FakeCatalogues reader;
        QThreadPool pool;
        reader.trees[u"https://example.org/wms"_s] = {.nodes = {layer(u"A"_s, u"a"_s), layer(u"B"_s, u"b"_s)}};
        CatalogueNode service{.kind = CatalogueKind::Service, .title = u"Dienst"_s, .licence = u"CC0-1.0"_s};
        service.source = SourceRef{.provider = u"wms"_s, .location = u"https://example.org/wms"_s};
        service.mayBeStored = false;
        ServiceDialog dialog(service, reader, pool);
        QSignalSpy chosen(&dialog, &ServiceDialog::chosen);
        dialog.show();
        auto *view = dialog.findChild<CatalogueView *>();
        QTRY_COMPARE(view->model()->rowCount(view->model()->index(0, 0)), 2);
        QTRY_COMPARE(view->currentIndex().data().toString(), u"A"_s);
        emit view->activated(view->currentIndex());
        QCOMPARE(chosen.count(), 1);
        const auto nodes = chosen[0][0].value<std::vector<CatalogueNode>>();
        QCOMPARE(nodes.size(), 1u);
        QCOMPARE(nodes[0].licence, u"CC0-1.0"_s);
        QVERIFY(!nodes[0].mayBeStored); // what the dataset forbids stays forbidden
    }

    void picturesOfThePanel_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("words");
        QTest::newRow("light") << false << QString();
        QTest::newRow("dark") << true << QString();
        QTest::newRow("light-search") << false << u"strasse"_s;
    }
    /** With HANSEATLAS_PICTURES=<folder> they are written there. */
    void picturesOfThePanel()
    {
        QFETCH(bool, dark);
        QFETCH(QString, words);
        look::apply(*qApp, dark ? look::Appearance::Dark : look::Appearance::Light);
        Fixture f;
        f.tree->expand(f.at({0, 0}));
        f.tree->expand(f.at({0, 1}));
        f.tree->setCurrentIndex(f.at({0, 0, 0}));
        if (!words.isEmpty()) {
            f.type(words);
            QTRY_VERIFY(f.finds->model()->rowCount() >= 3);
            f.finds->setCurrentIndex(f.finds->model()->index(0, 0));
        }
        QTRY_VERIFY(f.reader.previews > 0);
        QTest::qWait(50);
        const auto picture = f.panel.grab().toImage();
        QVERIFY(!picture.isNull());
        const auto background = picture.pixelColor(2, 2);
        QCOMPARE(background.lightness() < 128, dark);
        if (const auto folder = qEnvironmentVariable("HANSEATLAS_PICTURES"); !folder.isEmpty())
            QVERIFY(picture.save(folder + u"/catalogue-%1.png"_s.arg(QString::fromUtf8(QTest::currentDataTag()))));
        look::apply(*qApp, look::Appearance::Light);
    }
};

QTEST_MAIN(TestCataloguePanel)
#include "tst_cataloguepanel.moc"
