// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/layers/correctionfields.h"
#include "widgets/layers/opendialog.h"
#include "widgets/layers/sourcemodel.h"
#include "widgets/look/messagebar.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTreeView>
#include <QUrl>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

namespace
{

SourceDescription city()
{
    SourceDescription source{.title = u"city.gpkg"_s, .format = u"GeoPackage"_s};
    LayerDescription trees{.name = u"trees"_s,
                           .title = u"Bäume"_s,
                           .geometryKinds = {GeometryKind::Point},
                           .geometryType = u"Point"_s,
                           .featureCount = 1234,
                           .crs = Crs::working()};
    trees.extent = {600000, 5960000, 610000, 5970000};
    trees.fields = {{.name = u"art"_s, .title = u"Baumart"_s}};
    LayerDescription areas{.name = u"areas"_s, .geometryKinds = {GeometryKind::Polygon}, .crs = Crs::working()};
    areas.crsGuessed = true;
    areas.notes = {u"The CRS was guessed."_s};
    source.layers = {areas, trees, {.name = u"list"_s, .kind = LayerKind::Table}};
    return source;
}

class FakeOpener final : public SourceOpener
{
public:
    Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token) const override
    {
        ++looks;
        if (ref.location.contains("slow"_L1)) {
            while (!gate.tryAcquire(1, 5)) {
                if (token.stop_requested())
                    return cancelled();
            }
        }
        if (ref.location.contains("broken"_L1) && ref.options.isEmpty())
            return failure(ErrorKind::Malformed, u"The file is cut."_s, u"Get it again."_s);
        if (ref.location.contains("throws"_L1))
            throw std::runtime_error("ouch");
        auto source = city();
        if (ref.options.contains(u"crs"_s)) {
            for (auto &layer : source.layers)
                layer.crs = Crs::fromText(ref.options[u"crs"_s].toString());
        }
        return source;
    }
    Result<OpenedSource> open(const SourceRef &, CancelToken) const override
    {
        return failure(ErrorKind::Internal, u"not asked for"_s);
    }
    mutable std::atomic_int looks = 0;
    mutable QSemaphore gate;
};

struct Fixture {
    FakeOpener opener;
    QThreadPool pool;
    std::unique_ptr<OpenDialog> dialog;
    SourceModel *model;
    QTreeView *view;
    QPushButton *ok = nullptr;

    explicit Fixture(const QStringList &recent = {})
        : dialog(std::make_unique<OpenDialog>(opener, pool, QStringList{u"All (*)"_s}, recent))
        , model(dialog->findChild<SourceModel *>())
        , view(dialog->findChild<QTreeView *>())
    {
        auto *box = dialog->findChild<QDialogButtonBox *>();
        for (auto *button : box->buttons()) {
            if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
                ok = qobject_cast<QPushButton *>(button);
        }
        dialog->show();
    }
    ~Fixture()
    {
        dialog.reset();
        pool.waitForDone();
    }
    void check(int source, int layer, bool on)
    {
        const auto index = model->index(layer, 0, model->index(source, 0));
        QVERIFY(model->setData(index, on ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole));
    }
    QString texts() const
    {
        QStringList all;
        for (const auto *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'|');
    }
};

QStringList titles(const std::vector<LayerNode> &nodes)
{
    QStringList result;
    for (const auto &node : nodes) {
        result << (node.layer ? node.layer->title : u'[' + node.title + u']');
        result += titles(node.children);
    }
    return result;
}

} // namespace

class tst_OpenDialog : public QObject
{
    Q_OBJECT
private slots:
    void theModelHoldsUnderRandomUse();
    void layersAreShownWithWhatTheyAre();
    void onlyWhatIsCheckedIsAdded();
    void nothingCheckedCannotBeAdded();
    void aBrokenFileSaysWhyAndTheOthersGoOn();
    void exceptionsAreErrors();
    void guessesAreSaid();
    void anotherCrsIsLookedIntoAgain();
    void aCrsThatDoesNotExistIsRefused();
    void numbersAreEnoughForACrs();
    void theSameFileComesOnce();
    void filesCanBeDropped();
    void recentFilesAreOffered();
    void deleteTakesAFileOffTheList();
    void theDialogNeverWaits();
};

void tst_OpenDialog::theModelHoldsUnderRandomUse()
{
    SourceModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(3);
    QList<int> ids;
    for (int i = 0; i < 200; ++i) {
        const int id = ids.isEmpty() ? 77 : ids[random.bounded(ids.size())];
        switch (random.bounded(5)) {
        case 0:
            ids << model.add({.location = u"/f%1"_s.arg(i)});
            break;
        case 1:
            model.remove(id);
            break;
        case 2:
            model.setRef(id, {.location = u"/g%1"_s.arg(i)});
            break;
        case 3:
            model.setFound(id, failure(ErrorKind::Malformed, u"no"_s));
            break;
        default:
            model.setFound(id, city());
        }
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.rowCount(model.index(row, 0)) > 0)
                model.setData(model.index(0, 0, model.index(row, 0)), random.bounded(2) ? Qt::Checked : Qt::Unchecked,
                              Qt::CheckStateRole);
        }
    }
}

void tst_OpenDialog::layersAreShownWithWhatTheyAre()
{
    Fixture f;
    f.dialog->addLocations({u"/data/city.gpkg"_s});
    const auto source = f.model->index(0, 0);
    QCOMPARE(source.data().toString(), u"city.gpkg"_s);
    QTRY_COMPARE(f.model->rowCount(source), 3);
    auto text = [&](int row, int column) { return f.model->index(row, column, source).data().toString(); };
    QCOMPARE(f.model->index(0, SourceModel::Kind).data().toString(), u"GeoPackage"_s);
    QCOMPARE(text(1, SourceModel::Title), u"Bäume"_s);
    QCOMPARE(text(1, SourceModel::Kind), u"Points (Point)"_s);
    QCOMPARE(text(1, SourceModel::Count), QLocale().toString(1234));
    QCOMPARE(text(1, SourceModel::CrsColumn), u"EPSG:25832"_s);
    QCOMPARE(text(2, SourceModel::Kind), u"Table without places"_s);
    f.view->setCurrentIndex(f.model->index(1, 0, source));
    QVERIFY2(f.texts().contains(u"Baumart"_s), qPrintable(f.texts()));
    QVERIFY(f.texts().contains(QLocale().toString(600000)));
}

void tst_OpenDialog::onlyWhatIsCheckedIsAdded()
{
    Fixture f;
    f.dialog->addLocations({u"/data/city.gpkg"_s, u"/data/other.gpkg"_s});
    QTRY_COMPARE(f.model->chosenCount(), 6);
    f.check(0, 2, false);
    f.check(1, 0, false);
    f.check(1, 1, false);
    f.check(1, 2, false);
    f.ok->click();
    QCOMPARE(f.dialog->result(), int(QDialog::Accepted));
    QCOMPARE(titles(f.dialog->nodes()), (QStringList{u"[city.gpkg]"_s, u"Bäume"_s, u"areas"_s}));
    QCOMPARE(f.dialog->locations(), QStringList{u"/data/city.gpkg"_s});
    const auto node = f.dialog->nodes()[0].children[0];
    QCOMPARE(node.layer->source.location, u"/data/city.gpkg"_s);
    QCOMPARE(node.layer->source.layer, u"trees"_s);
}

void tst_OpenDialog::nothingCheckedCannotBeAdded()
{
    Fixture f;
    QVERIFY(!f.ok->isEnabled());
    f.dialog->addLocations({u"/data/city.gpkg"_s});
    QTRY_VERIFY(f.ok->isEnabled());
    for (int i = 0; i < 3; ++i)
        f.check(0, i, false);
    QVERIFY(!f.ok->isEnabled());
    f.check(0, 1, true);
    QVERIFY(f.ok->isEnabled());
}

void tst_OpenDialog::aBrokenFileSaysWhyAndTheOthersGoOn()
{
    Fixture f;
    f.dialog->addLocations({u"/data/broken.gpkg"_s, u"/data/city.gpkg"_s});
    QTRY_COMPARE(f.model->chosenCount(), 3);
    f.view->setCurrentIndex(f.model->index(0, 0));
    auto *error = f.dialog->findChild<look::MessageBar *>();
    QTRY_VERIFY(error->isVisible());
    QVERIFY(error->text().contains(u"The file is cut."_s));
    f.ok->click();
    QCOMPARE(f.dialog->locations(), QStringList{u"/data/city.gpkg"_s});
}

void tst_OpenDialog::exceptionsAreErrors()
{
    Fixture f;
    f.dialog->addLocations({u"/data/throws.gpkg"_s});
    QTRY_VERIFY(f.model->sources()[0].found.has_value());
    VERIFY_FAILS(*f.model->sources()[0].found, ErrorKind::Internal);
}

void tst_OpenDialog::guessesAreSaid()
{
    Fixture f;
    f.dialog->addLocations({u"/data/city.gpkg"_s});
    QTRY_COMPARE(f.model->chosenCount(), 3);
    f.view->setCurrentIndex(f.model->index(0, 0, f.model->index(0, 0)));
    QVERIFY2(f.texts().contains(u"(guessed)"_s), qPrintable(f.texts()));
    QVERIFY(f.texts().contains(u"The CRS was guessed."_s));
}

void tst_OpenDialog::anotherCrsIsLookedIntoAgain()
{
    Fixture f;
    f.dialog->addLocations({u"/data/city.gpkg"_s});
    QTRY_COMPARE(f.model->chosenCount(), 3);
    f.check(0, 2, false);
    f.view->setCurrentIndex(f.model->index(0, 0, f.model->index(0, 0)));
    auto *combo = f.dialog->findChild<CorrectionFields *>()->findChild<QComboBox *>();
    combo->setCurrentIndex(combo->findData(u"EPSG:31467"_s));
    QTRY_COMPARE(f.model->chosenCount(), 2); // what was unchecked stays so
    QCOMPARE(f.opener.looks.load(), 2);
    const auto nodes = f.dialog->nodes();
    QCOMPARE(nodes[0].children[0].layer->source.options, (QJsonObject{{u"crs"_s, u"EPSG:31467"_s}}));
    QCOMPARE(f.model->index(0, SourceModel::CrsColumn, f.model->index(0, 0)).data().toString(), u"EPSG:31467"_s);
}

void tst_OpenDialog::aCrsThatDoesNotExistIsRefused()
{
    CorrectionFields fields;
    QSignalSpy changed(&fields, &CorrectionFields::changed);
    fields.show({}, {});
    auto *combo = fields.findChild<QComboBox *>();
    combo->setEditText(u"Nowhere"_s);
    emit combo->lineEdit()->editingFinished();
    QVERIFY(!fields.isValid());
    QCOMPARE(changed.size(), 0);
    QCOMPARE(fields.corrected({{u"other"_s, 1}}), (QJsonObject{{u"other"_s, 1}}));
}

void tst_OpenDialog::numbersAreEnoughForACrs()
{
    CorrectionFields fields;
    fields.show({{u"encoding"_s, u"CP850"_s}}, {});
    auto *combo = fields.findChild<QComboBox *>();
    combo->setEditText(u"5677"_s);
    emit combo->lineEdit()->editingFinished();
    QVERIFY(fields.isValid());
    QCOMPARE(fields.corrected({}), (QJsonObject{{u"crs"_s, u"EPSG:5677"_s}, {u"encoding"_s, u"CP850"_s}}));
    fields.show({}, {});
    QCOMPARE(fields.corrected({{u"crs"_s, u"EPSG:1"_s}}), QJsonObject());
}

void tst_OpenDialog::theSameFileComesOnce()
{
    Fixture f;
    f.dialog->addLocations({u"/data/city.gpkg"_s, u"/data/city.gpkg"_s});
    f.dialog->addLocations({u"/data/city.gpkg"_s});
    QCOMPARE(f.model->rowCount(), 1);
}

void tst_OpenDialog::filesCanBeDropped()
{
    Fixture f;
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(u"/data/city.gpkg"_s)});
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(f.dialog.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({20, 20}, Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(f.dialog.get(), &drop);
    QTRY_COMPARE(f.model->chosenCount(), 3);
}

void tst_OpenDialog::recentFilesAreOffered()
{
    Fixture f({u"/data/old.gpkg"_s});
    auto *menu = f.dialog->findChild<QMenu *>();
    QCOMPARE(menu->actions().size(), 1);
    menu->actions().first()->trigger();
    QTRY_COMPARE(f.model->chosenCount(), 3);
    QCOMPARE(f.dialog->folder(), u"/data"_s);
}

void tst_OpenDialog::deleteTakesAFileOffTheList()
{
    Fixture f;
    f.dialog->addLocations({u"/data/city.gpkg"_s, u"/data/slow.gpkg"_s});
    QTRY_COMPARE(f.model->chosenCount(), 3);
    f.view->setFocus();
    f.view->setCurrentIndex(f.model->index(1, 0)); // still being looked into
    QVERIFY(QTest::qWaitForWindowActive(f.dialog.get()));
    QTest::keyClick(f.view, Qt::Key_Delete);
    QCOMPARE(f.model->rowCount(), 1);
    QTest::keyClick(f.view, Qt::Key_Delete);
    QCOMPARE(f.model->rowCount(), 0);
    QVERIFY(!f.ok->isEnabled());
}

void tst_OpenDialog::theDialogNeverWaits()
{
    Fixture f;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10; ++i)
        f.dialog->addLocations({u"/data/slow %1.gpkg"_s.arg(i)});
    QVERIFY(timer.elapsed() < 500);
    QCOMPARE(f.model->index(0, SourceModel::Kind).data().toString(), u"Looking into it …"_s);
    timer.restart();
    f.dialog.reset(); // closing does not wait either
    QVERIFY(timer.elapsed() < 500);
    f.dialog = std::make_unique<OpenDialog>(f.opener, f.pool, QStringList(), QStringList());
}

QTEST_MAIN(tst_OpenDialog)
#include "tst_opendialog.moc"
