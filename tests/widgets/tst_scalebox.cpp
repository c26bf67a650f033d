// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/map/coordinatetext.h"
#include "widgets/map/scalebox.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace hanseatlas;
using namespace Qt::StringLiterals;

class TestScaleBox : public QObject
{
    Q_OBJECT

private slots:
    void readsScalesAsPeopleWriteThem_data();
    void readsScalesAsPeopleWriteThem();
    void refusesWhatIsNoScale_data();
    void refusesWhatIsNoScale();
    void typingAndEnterChoosesTheScale();
    void nonsenseChangesNothing();
    void escapeBringsTheScaleBack();
    void aMovingMapDoesNotDisturbTyping();
    void theListChooses();
};

void TestScaleBox::readsScalesAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("locale");
    QTest::addColumn<double>("scale");
    const std::pair<const char16_t *, double> rows[] = {
        {u"1:5000", 5000},     {u"1 : 5000", 5000}, {u"5000", 5000},   {u"1:5 000", 5000},
        {u"1:5.000", 5000},    {u"1:5,000", 5000},  {u"1/2500", 2500}, {u"1:25\u202F000", 25000},
        {u"1:1.000.000", 1e6}, {u"1:5'000", 5000},  {u" 1:500 ", 500}, {u"1:10", 10}};
    for (const auto *locale : {u"de_DE", u"en_GB", u"C"}) {
        for (const auto &[text, scale] : rows) {
            const auto t = QString::fromUtf16(text), l = QString::fromUtf16(locale);
            QTest::addRow("%s in %s", qPrintable(t), qPrintable(l)) << t << l << scale;
        }
    }
    QTest::newRow("decimal comma") << u"1:1234,5"_s << u"de_DE"_s << 1234.5;
    QTest::newRow("decimal point") << u"1:1234.5"_s << u"en_GB"_s << 1234.5;
}

void TestScaleBox::readsScalesAsPeopleWriteThem()
{
    QFETCH(QString, text);
    QFETCH(QString, locale);
    QFETCH(double, scale);
    const auto read = parseScale(text, QLocale(locale));
    QVERIFY(read);
    QCOMPARE(*read, scale);
}

void TestScaleBox::refusesWhatIsNoScale_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text : {u"", u"abc", u"1:", u"0", u"-5000", u"1:0,5", u"1:5000m", u"1e400", u"nan", u"inf"})
        QTest::newRow(qPrintable(QString::fromUtf16(text))) << QString::fromUtf16(text);
}

void TestScaleBox::refusesWhatIsNoScale()
{
    QFETCH(QString, text);
    QVERIFY(!parseScale(text, QLocale(u"de_DE"_s)));
}

void TestScaleBox::typingAndEnterChoosesTheScale()
{
    ScaleBox box;
    QSignalSpy chosen(&box, &ScaleBox::scaleChosen);
    box.setScale(10000);
    box.lineEdit()->selectAll();
    QTest::keyClicks(box.lineEdit(), u"1:2500"_s);
    QTest::keyClick(box.lineEdit(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toDouble(), 2500.0);
    QCOMPARE(box.scale(), 2500.0);
}

void TestScaleBox::nonsenseChangesNothing()
{
    ScaleBox box;
    QSignalSpy chosen(&box, &ScaleBox::scaleChosen);
    box.setScale(10000);
    box.lineEdit()->selectAll();
    QTest::keyClicks(box.lineEdit(), u"big"_s);
    QTest::keyClick(box.lineEdit(), Qt::Key_Return);
    QVERIFY(chosen.isEmpty());
    QCOMPARE(box.scale(), 10000.0);
}

void TestScaleBox::escapeBringsTheScaleBack()
{
    ScaleBox box;
    box.setScale(10000);
    const auto text = box.currentText();
    box.lineEdit()->selectAll();
    QTest::keyClicks(box.lineEdit(), u"77"_s);
    QTest::keyClick(box.lineEdit(), Qt::Key_Escape);
    QCOMPARE(box.currentText(), text);
}

void TestScaleBox::aMovingMapDoesNotDisturbTyping()
{
    ScaleBox box;
    box.show();
    QVERIFY(QTest::qWaitForWindowActive(&box));
    box.setScale(10000);
    box.lineEdit()->setFocus();
    box.lineEdit()->selectAll();
    QTest::keyClicks(box.lineEdit(), u"77"_s);
    box.setScale(9000);
    QCOMPARE(box.currentText(), u"77"_s);
}

void TestScaleBox::theListChooses()
{
    ScaleBox box;
    QSignalSpy chosen(&box, &ScaleBox::scaleChosen);
    emit box.activated(0);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toDouble(), box.itemData(0).toDouble());
}

QTEST_MAIN(TestScaleBox)
#include "tst_scalebox.moc"
