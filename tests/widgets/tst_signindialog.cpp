// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/messagebar.h"
#include "widgets/signin/signindialog.h"
#include "widgets/signin/signinpage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QTreeWidget>

#include <atomic>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::test;

namespace
{

/** Lets in who knows "open"; waits for ever for "slow"; sends "browser" to the browser. */
class Door final : public SignInDoor
{
public:
    Status signIn(const SignInQuestion &question, const SignInEntry &given,
                  const std::function<void(const QUrl &)> &openBrowser, CancelToken token) override
    {
        const std::scoped_lock lock(mutex);
        asked = question;
        entry = given;
        if (given.way == SignInWay::AuthorizationCode)
            openBrowser(QUrl(u"https://login.example/?state=x"_s));
        while (given.secret == "slow"_L1) {
            if (token.stop_requested())
                return cancelled();
            QThread::msleep(5);
        }
        if (given.secret == "throw"_L1)
            throw std::runtime_error("a fault in a library");
        return given.secret == "open"_L1
            ? Status()
            : failure(ErrorKind::NotReadable, u"“maps.example” does not accept this sign-in."_s, u"Check it."_s);
    }
    Status forget(const KeptSignIn &gone, CancelToken) override
    {
        if (gone.user == "locked"_L1)
            return failure(ErrorKind::NotReadable, u"The keychain is locked."_s);
        list.removeOne(gone);
        return {};
    }
    QList<KeptSignIn> kept() const override { return list; }
    bool hasKeychain() const override { return keychain; }

    std::mutex mutex;
    SignInQuestion asked;
    SignInEntry entry;
    QList<KeptSignIn> list;
    bool keychain = true;
};

SignInQuestion question(const QString &url = u"https://maps.example/wms"_s)
{
    return {.place = SignInPlace::of(QUrl(url), u"Staff"_s), .url = QUrl(url)};
}

QLineEdit *field(const QDialog &dialog, const QString &caption)
{
    for (auto *form : dialog.findChildren<QFormLayout *>())
        for (int row = 0; row < form->rowCount(); ++row) {
            const auto *name = form->itemAt(row, QFormLayout::LabelRole);
            auto *edit = form->itemAt(row, QFormLayout::FieldRole)->widget();
            const auto text = name ? qobject_cast<QLabel *>(name->widget())->text().remove(u'&') : QString();
            if (text == caption && form->isRowVisible(row))
                return qobject_cast<QLineEdit *>(edit) ? qobject_cast<QLineEdit *>(edit)
                                                       : edit->findChild<QLineEdit *>();
        }
    return nullptr;
}

QPushButton *primary(const QDialog &dialog)
{
    for (auto *button : dialog.findChildren<QPushButton *>())
        if (look::isPrimary(button))
            return button;
    return nullptr;
}

QString allTexts(const QWidget &widget)
{
    QStringList texts;
    for (const auto *label : widget.findChildren<QLabel *>())
        if (!label->isHidden())
            texts.append(label->text());
    return texts.join(u'|');
}

} // namespace

class TestSignInDialog : public QObject
{
    Q_OBJECT

    std::shared_ptr<Door> door;
    QThreadPool pool;

private slots:
    void init() { door = std::make_shared<Door>(); }
    void cleanup() { pool.waitForDone(); }

    void itSaysWhoAsksAndWhereTheAnswerIsKept()
    {
        SignInDialog dialog(question(), door, pool);
        const auto texts = allTexts(dialog);
        QVERIFY2(texts.contains("maps.example"_L1) && texts.contains("Staff"_L1), qPrintable(texts));
        QVERIFY(texts.contains("keychain of the system"_L1));
        QVERIFY(!texts.contains("not encrypted"_L1));
        auto *remember = dialog.findChild<QCheckBox *>();
        QVERIFY(remember->isChecked() && remember->isEnabled());
        remember->setChecked(false);
        QVERIFY(allTexts(dialog).contains("until the program ends"_L1));
        QVERIFY(!dialog.entry().remember);
    }

    void withoutAKeychainNothingIsPromised()
    {
        door->keychain = false;
        SignInDialog dialog(question(), door, pool);
        QVERIFY(!dialog.findChild<QCheckBox *>()->isChecked());
        QVERIFY(!dialog.findChild<QCheckBox *>()->isEnabled());
        QVERIFY(allTexts(dialog).contains("no keychain"_L1));
        QVERIFY(!dialog.entry().remember);
    }

    void anOpenConnectionIsWarnedOf()
    {
        SignInDialog dialog(question(u"http://maps.example/wms"_s), door, pool);
        QVERIFY(allTexts(dialog).contains("not encrypted"_L1));
    }

    void whatTheServerCallsItselfIsPlainText()
    {
        auto asked = question();
        asked.place.realm = u"<b>Staff</b> <img src='http://evil.example/'>"_s;
        SignInDialog dialog(asked, door, pool);
        for (const auto *label : dialog.findChildren<QLabel *>())
            if (label->text().contains("<b>"_L1))
                QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(allTexts(dialog).contains("<b>Staff</b>"_L1));
    }

    void aWrongPasswordIsSaidInTheDialogAndTheRightOneClosesIt()
    {
        SignInDialog dialog(question(), door, pool);
        QSignalSpy done(&dialog, &SignInDialog::signedIn);
        dialog.show();
        QVERIFY(!primary(dialog)->isEnabled());
        QTest::keyClicks(field(dialog, u"User:"_s), u"me"_s);
        QTest::keyClicks(field(dialog, u"Password:"_s), u"falsch"_s);
        QCOMPARE(field(dialog, u"Password:"_s)->echoMode(), QLineEdit::Password);
        QTest::mouseClick(primary(dialog), Qt::LeftButton);
        auto *error = dialog.findChild<look::MessageBar *>();
        QTRY_VERIFY(error->isVisible());
        QVERIFY2(error->text().contains("does not accept"_L1), qPrintable(error->text()));
        QVERIFY(dialog.isVisible());
        QCOMPARE(done.size(), 0);
        field(dialog, u"Password:"_s)->setText(u"open"_s);
        QVERIFY(!error->isVisible());
        QTest::keyClick(field(dialog, u"Password:"_s), Qt::Key_Return);
        QTRY_COMPARE(done.size(), 1);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(door->entry.user, u"me"_s);
        QCOMPARE(door->asked, question());
    }

    void eachWayAsksForWhatItNeeds_data()
    {
        QTest::addColumn<SignInWay>("way");
        QTest::addColumn<QStringList>("fields");
        QTest::newRow("password") << SignInWay::Password << QStringList{u"User:"_s, u"Password:"_s};
        QTest::newRow("token") << SignInWay::Token << QStringList{u"Token:"_s};
        QTest::newRow("browser") << SignInWay::AuthorizationCode
                                 << QStringList{u"Sign-in address:"_s, u"Token address:"_s, u"Client ID:"_s,
                                                u"Client secret:"_s, u"Scope:"_s};
        QTest::newRow("client") << SignInWay::ClientCredentials
                                << QStringList{u"Token address:"_s, u"Client ID:"_s, u"Client secret:"_s, u"Scope:"_s};
        QTest::newRow("certificate") << SignInWay::Certificate << QStringList{u"File:"_s, u"Pass phrase:"_s};
    }
    void eachWayAsksForWhatItNeeds()
    {
        QFETCH(SignInWay, way);
        QFETCH(QStringList, fields);
        SignInDialog dialog(question(), door, pool);
        dialog.setWay(way);
        int shown = 0;
        auto *form = dialog.findChild<QFormLayout *>();
        for (int row = 0; row < form->rowCount(); ++row)
            shown += form->isRowVisible(row);
        QCOMPARE(shown, fields.size() + 1); // and the way
        for (const auto &name : fields) {
            QVERIFY2(field(dialog, name), qPrintable(name));
            field(dialog, name)->setText(u"open"_s);
        }
        QVERIFY(primary(dialog)->isEnabled());
        QCOMPARE(dialog.entry().way, way);
        QSignalSpy done(&dialog, &SignInDialog::signedIn);
        QSignalSpy browser(&dialog, &SignInDialog::browserWanted);
        dialog.accept();
        QTRY_COMPARE(done.size(), way == SignInWay::Certificate ? 0 : 1); // its "secret" is the pass phrase, too
        QCOMPARE(browser.size(), way == SignInWay::AuthorizationCode ? 1 : 0);
    }

    void closingEndsWhatIsUnderWay()
    {
        auto dialog = std::make_unique<SignInDialog>(question(), door, pool);
        field(*dialog, u"User:"_s)->setText(u"me"_s);
        field(*dialog, u"Password:"_s)->setText(u"slow"_s);
        dialog->accept();
        QVERIFY(!primary(*dialog)->isEnabled());
        dialog.reset();
        QVERIFY(pool.waitForDone(5000));
    }

    void whatIsThrownIsAnErrorInTheDialog()
    {
        SignInDialog dialog(question(), door, pool);
        dialog.show();
        field(dialog, u"User:"_s)->setText(u"me"_s);
        field(dialog, u"Password:"_s)->setText(u"throw"_s);
        dialog.accept();
        QTRY_VERIFY(dialog.findChild<look::MessageBar *>()->isVisible());
        QVERIFY(primary(dialog)->isEnabled());
    }

    void byHandAnAddressIsEntered()
    {
        SignInDialog dialog({}, door, pool);
        field(dialog, u"User:"_s)->setText(u"me"_s);
        field(dialog, u"Password:"_s)->setText(u"open"_s);
        QVERIFY(!primary(dialog)->isEnabled());
        for (const auto &bad : {u"maps.example"_s, u"file:///etc/passwd"_s, u"https://"_s}) {
            field(dialog, u"Address:"_s)->setText(bad);
            QVERIFY2(!primary(dialog)->isEnabled(), qPrintable(bad));
        }
        field(dialog, u"Address:"_s)->setText(u"https://other.example:8443/wms?x=y"_s);
        QSignalSpy done(&dialog, &SignInDialog::signedIn);
        dialog.accept();
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(door->asked.place.server, u"https://other.example:8443"_s);
    }

    void thePageListsWithoutSecretsAndRemoves()
    {
        door->list = {{.place = question().place, .user = u"me"_s, .lasting = true},
                      {.place = {u"proxy://proxy.example:3128"_s, {}}, .user = u"locked"_s, .lasting = true},
                      {.place = {u"https://cert.example:443"_s, {}},
                       .way = SignInWay::Certificate,
                       .certificateFile = u"/home/me/me.p12"_s}};
        SignInPage page(door, pool);
        page.show();
        auto *list = page.findChild<QTreeWidget *>();
        QCOMPARE(list->topLevelItemCount(), 3);
        QCOMPARE(list->topLevelItem(0)->text(0), u"maps.example – Staff"_s);
        QCOMPARE(list->topLevelItem(0)->text(1), u"me"_s);
        QVERIFY(list->topLevelItem(1)->text(0).contains("proxy.example:3128"_L1));
        QCOMPARE(list->topLevelItem(2)->text(1), u"me.p12"_s);
        page.removeSelected();
        QTRY_COMPARE(list->topLevelItemCount(), 2);
        page.removeSelected(); // the keychain does not let it go
        QTRY_VERIFY(page.findChild<look::MessageBar *>()->isVisible());
        QCOMPARE(list->topLevelItemCount(), 2);
        door->list.clear();
        page.refresh();
        QVERIFY(!list->isVisible());
        QVERIFY(allTexts(page).contains("No sign-in is kept"_L1));
    }
};

QTEST_MAIN(TestSignInDialog)
#include "tst_signindialog.moc"
