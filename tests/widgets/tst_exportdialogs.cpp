// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/mapscenes.h"
#include "tests/support/testkit.h"
#include "widgets/print/geopackagedialog.h"
#include "widgets/print/imagedialog.h"
#include "widgets/print/pathfield.h"
#include "widgets/print/pdfdialog.h"
#include "widgets/print/sheetpreview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QThread>
#include <QTreeView>

#include <atomic>

using namespace hanseatlas;
using namespace hanseatlas::test;
using namespace Qt::StringLiterals;

namespace
{

Viewport canvasView()
{
    Viewport view{.centre = {611000, 5970000}, .resolution = 2, .size = {1200, 800}};
    return view;
}

QPushButton *exportButton(const QDialog &dialog)
{
    for (auto *button : dialog.findChild<QDialogButtonBox *>()->buttons()) {
        if (dialog.findChild<QDialogButtonBox *>()->buttonRole(button) == QDialogButtonBox::AcceptRole)
            return qobject_cast<QPushButton *>(button);
    }
    return nullptr;
}

} // namespace

class TestExportDialogs : public QObject
{
    Q_OBJECT

private slots:
    void sheetBeginsWithTheWholeView()
    {
        PdfDialog dialog(sampleScene(), canvasView(), u"Town"_s, m_folder.path(), m_pool);
        dialog.show();
        auto *preview = dialog.findChild<SheetPreview *>();
        QTRY_VERIFY(!preview->picture().isNull() && !preview->isDrawing());
        QTRY_VERIFY(dialog.choice().layout.scale >= 10000);
        const auto choice = dialog.choice();
        const auto frame = arrange(choice.layout, sampleScene()).viewport.extent();
        QVERIFY(frame.contains(canvasView().extent()));
        QCOMPARE(choice.layout.title, u"Town"_s);
        QCOMPARE(choice.layout.orientation, QPageLayout::Landscape);
        QCOMPARE(choice.path, m_folder.filePath(u"Town.pdf"_s));
        QVERIFY(exportButton(dialog)->isEnabled());
    }

    void previewIsTheSheet()
    {
        PdfDialog dialog(sampleScene(), canvasView(), u"Town"_s, m_folder.path(), m_pool);
        dialog.show();
        auto *preview = dialog.findChild<SheetPreview *>();
        QSignalSpy drawn(preview, &SheetPreview::drawn);
        QTRY_VERIFY(drawn.count() > 0 && dialog.choice().layout == preview->sheet());
        QTRY_VERIFY(!preview->isDrawing());
        QTest::qWait(200);
        QTRY_VERIFY(!preview->isDrawing());
        auto expected = QImage(preview->picture().size(), QImage::Format_ARGB32_Premultiplied);
        expected.fill(Qt::white);
        QPainter painter(&expected);
        const double perMm = expected.width() / sheetSize(preview->sheet()).width();
        painter.scale(perMm, perMm);
        VERIFY_RESULT(paintSheet(painter, preview->sheet(), sampleScene(), true, {}));
        painter.end();
        qint64 wrong = 0;
        for (int y = 0; y < expected.height(); ++y) {
            for (int x = 0; x < expected.width(); ++x)
                wrong += qAbs(qGray(expected.pixel(x, y)) - qGray(preview->picture().pixel(x, y))) > 40;
        }
        QVERIFY2(wrong < qint64(expected.width()) * expected.height() / 50, qPrintable(QString::number(wrong)));
    }

    void legendsOfServicesComeIntoThePreview()
    {
        std::atomic_bool answers = false, onGuiThread = false;
        std::atomic_int asked = 0;
        auto scene = sampleScene();
        const auto slow = explainedLayer(u"Rain"_s, [&](double, const CancelToken &token) -> Result<QImage> {
            ++asked;
            onGuiThread = onGuiThread || QThread::currentThread() == qApp->thread();
            while (!answers && !token.stop_requested())
                QThread::msleep(5);
            return linedLegend(300, 20);
        });
        const auto broken = explainedLayer(u"Wind"_s, [](double, const CancelToken &) -> Result<QImage> {
            return failure(ErrorKind::Network, u"Nobody answers."_s);
        });
        scene.layers.push_back(broken);
        scene.layers.push_back(slow);
        PdfDialog dialog(scene, canvasView(), u"Town"_s, m_folder.path(), m_pool);
        auto *preview = dialog.findChild<SheetPreview *>();
        QSignalSpy drawn(preview, &SheetPreview::drawn);
        dialog.show();
        QTRY_VERIFY(asked == 1 && drawn.count() > 0); // the sheet does not wait for it
        const auto red = [&] {
            const auto &picture = preview->picture();
            int count = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    count += picture.pixelColor(x, y) == QColor(Qt::red);
            return count;
        };
        QCOMPARE(red(), 0);
        answers = true;
        QTRY_VERIFY(red() > 0);
        QTRY_VERIFY(!drawn.last().at(1).toStringList().isEmpty());
        QCOMPARE(drawn.last().at(1).toStringList(), QStringList{u"Wind: without its legend. Nobody answers."_s});
        QVERIFY(!onGuiThread);
        QCOMPARE(asked, 1);
        // The frame has become smaller, and still holds what it was made for.
        LegendPictures legends;
        legends.byLayer[slow.id] = linedLegend(300, 20);
        QTRY_VERIFY(arrange(dialog.choice().layout, scene, legends).viewport.extent().contains(canvasView().extent()));
    }

    void wishesReachTheJob()
    {
        PdfDialog dialog(sampleScene(), canvasView(), u"Town"_s, m_folder.path(), m_pool);
        dialog.show();
        auto *preview = dialog.findChild<SheetPreview *>();
        QTRY_VERIFY(!preview->picture().isNull());
        const auto boxes = dialog.findChildren<QComboBox *>();
        const auto paper = std::ranges::find_if(
            boxes, [](QComboBox *box) { return box->findText(u"A3"_s, Qt::MatchStartsWith) >= 0; });
        QVERIFY(paper != boxes.end());
        (*paper)->setCurrentIndex((*paper)->findText(u"A3"_s, Qt::MatchStartsWith));
        emit(*paper)->activated((*paper)->currentIndex());
        QCOMPARE(dialog.choice().layout.paper, QPageSize::A3);
        for (auto *box : dialog.findChildren<QCheckBox *>())
            box->click();
        QVERIFY(!dialog.choice().layout.legend);
        QVERIFY(!dialog.choice().layout.grid);
        auto *title = dialog.findChildren<QLineEdit *>().front();
        title->selectAll();
        QTest::keyClicks(title, u"Green town"_s);
        QCOMPARE(dialog.choice().layout.title, u"Green town"_s);
        QCOMPARE(dialog.choice().path, m_folder.filePath(u"Green_town.pdf"_s));
        for (auto *button : dialog.findChildren<QRadioButton *>()) {
            if (!button->isChecked())
                button->click();
        }
        QCOMPARE(dialog.choice().layout.orientation, QPageLayout::Portrait);
        QTRY_COMPARE(preview->sheet(), dialog.choice().layout);
    }

    void draggingAndKeysMoveTheMap()
    {
        SheetPreview preview(sampleScene(), m_pool);
        preview.resize(600, 450);
        PrintLayout layout;
        layout.centre = {611000, 5970000};
        preview.setSheet(layout);
        preview.show();
        QTRY_VERIFY(!preview.picture().isNull());
        QSignalSpy changed(&preview, &SheetPreview::layoutChanged);
        const auto map = arrange(layout, sampleScene()).map;
        const double perMm = std::min((600 - 40) / 297.0, (450 - 40) / 210.0);
        const QPoint middle = preview.rect().center();
        QTest::mousePress(&preview, Qt::LeftButton, {}, middle);
        QTest::mouseMove(&preview, middle + QPoint(40, 0));
        QTest::mouseRelease(&preview, Qt::LeftButton, {}, middle + QPoint(40, 0));
        QCOMPARE(changed.count(), 1);
        const double moved = 611000 - preview.sheet().centre.x; // the map went right, so its middle went west
        QVERIFY2(std::abs(moved - 40 / perMm * 5) < 1, qPrintable(QString::number(moved)));
        QVERIFY(!map.isEmpty());
        QTest::keyClick(&preview, Qt::Key_Plus);
        QCOMPARE(preview.sheet().scale, 4000);
        QTest::keyClick(&preview, Qt::Key_Minus);
        QTest::keyClick(&preview, Qt::Key_Minus);
        QCOMPARE(preview.sheet().scale, 7500);
        const auto before = preview.sheet().centre;
        QTest::keyClick(&preview, Qt::Key_Up);
        QVERIFY(preview.sheet().centre.y > before.y);
    }

    void closingWhileThePreviewIsDrawnIsHarmless()
    {
        for (int i = 0; i < 5; ++i) {
            PdfDialog dialog(sampleScene(40), canvasView(), u"Town"_s, m_folder.path(), m_pool);
            dialog.show();
            QTest::qWait(70 + 10 * i);
        }
        m_pool.waitForDone();
    }

    void personalLayersNeedTheSwitch()
    {
        auto graves = kilometre();
        graves.id = QUuid::createUuid();
        graves.provenance.personal = true;
        auto hidden = kilometre();
        hidden.id = QUuid::createUuid();
        hidden.visible = false;
        const auto land = blocks(3);
        GeoPackageDialog dialog({graves, land, hidden}, m_folder.path());
        dialog.show();
        QCOMPARE(dialog.choice().layers, QList{land.id});
        auto *personal = dialog.findChild<QCheckBox *>();
        QVERIFY(personal->isVisible());
        personal->click();
        QCOMPARE(dialog.choice().layers, (QList{graves.id, land.id}));
        QVERIFY(dialog.choice().includePersonal);
        auto *model = dialog.findChild<QTreeView *>()->model();
        for (int i = 0; i < model->rowCount(); ++i)
            model->setData(model->index(i, 0), Qt::Unchecked, Qt::CheckStateRole);
        QVERIFY(!personal->isVisible());
        QVERIFY(!exportButton(dialog)->isEnabled());
    }

    void picturesKeepTheViewsShape()
    {
        ImageDialog dialog(canvasView(), m_folder.path());
        dialog.show();
        auto choice = dialog.choice();
        QCOMPARE(choice.view, canvasView());
        auto *width = dialog.findChildren<QSpinBox *>().front();
        width->setValue(2400);
        choice = dialog.choice();
        QCOMPARE(choice.view.size, QSizeF(2400, 1600));
        QCOMPARE(choice.view.resolution, 1.0);
        QVERIFY(std::abs(choice.view.scale() - canvasView().scale()) < 0.01 * canvasView().scale()); // signs grow along
        auto *format = dialog.findChild<QComboBox *>();
        format->setCurrentIndex(1);
        emit format->activated(1);
        QVERIFY(dialog.choice().path.endsWith(".jpg"_L1));
    }

    void pathsAreCheckedBeforeTheWork()
    {
        PathField field(u"Save"_s, u"PDF (*.pdf)"_s, u"pdf"_s);
        field.setPath({});
        QVERIFY(!field.isUsable());
        field.setPath(u"/no/such/folder/a.pdf"_s);
        QVERIFY(!field.isUsable());
        field.setPath(u"relative.pdf"_s);
        QVERIFY(!field.isUsable());
        field.setPath(m_folder.filePath(u"a"_s));
        QVERIFY(field.isUsable());
        QCOMPARE(field.path(), m_folder.filePath(u"a.pdf"_s));
    }

private:
    QTemporaryDir m_folder;
    QThreadPool m_pool;
};

QTEST_MAIN(TestExportDialogs)
#include "tst_exportdialogs.moc"
