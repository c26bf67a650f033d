// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testkit.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/card.h"
#include "widgets/look/elidedlabel.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/progressstrip.h"
#include "widgets/look/searchfield.h"
#include "widgets/look/spinner.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QDoubleSpinBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSvgRenderer>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace hanseatlas;
using namespace hanseatlas::look;

namespace
{

struct Named {
    const char *name;
    QColor Tokens::*color;
};

constexpr Named grounds[] = {{"surface", &Tokens::surface}, {"raised", &Tokens::raised},
                             {"sunken", &Tokens::sunken},   {"hover", &Tokens::hover},
                             {"pressed", &Tokens::pressed}, {"selection", &Tokens::selection}};
constexpr Named inks[] = {{"text", &Tokens::text},       {"secondary", &Tokens::secondary}, {"accent", &Tokens::accent},
                          {"link", &Tokens::link},       {"brand", &Tokens::brand},         {"info", &Tokens::info},
                          {"success", &Tokens::success}, {"warning", &Tokens::warning},     {"error", &Tokens::error}};

/** Share of the pixels that differ. */
double difference(const QImage &a, const QImage &b)
{
    if (a.size() != b.size() || a.isNull())
        return 1;
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    return double(count) / (double(a.width()) * a.height());
}

/** The darkest and most opaque colour of a picture that is one colour on nothing. */
QColor inkOf(const QPixmap &pixmap)
{
    const auto image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    QColor ink;
    int alpha = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (const auto pixel = image.pixel(x, y); qAlpha(pixel) > alpha) {
                alpha = qAlpha(pixel);
                ink = QColor(pixel);
            }
    return ink;
}

QStringList svgFiles()
{
    QStringList files;
    for (const auto &folder : {u":/icons"_s, u":/symbols"_s}) {
        QDirIterator it(folder, {u"*.svg"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files.append(it.next());
    }
    files.sort();
    return files;
}

} // namespace

class TestLook : public QObject
{
    Q_OBJECT

private slots:
    void init() { apply(*qApp, Appearance::Light); }

    void everyTextCanBeReadOnEverySurface_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void everyTextCanBeReadOnEverySurface()
    {
        QFETCH(bool, dark);
        const auto &t = tokens(dark);
        const auto check = [](const QColor &ink, const QColor &ground, const QString &pair, double least) {
            const auto value = contrast(ink, ground);
            QVERIFY2(value >= least, qPrintable(u"%1: %2"_s.arg(pair).arg(value, 0, 'f', 2)));
        };
        for (const auto &ground : grounds)
            for (const auto &ink : inks)
                check(t.*ink.color, t.*ground.color,
                      QString::fromLatin1(ink.name) + " on "_L1 + QLatin1StringView(ground.name), 4.5);
        check(t.onAccent, t.accent, u"onAccent on accent"_s, 4.5);
        check(t.onAccent, t.accentHover, u"onAccent on accentHover"_s, 4.5);
        check(t.onBrand, t.brand, u"onBrand on brand"_s, 4.5);
        const std::pair<QColor, QColor> notices[] = {
            {t.info, t.infoSoft}, {t.success, t.successSoft}, {t.warning, t.warningSoft}, {t.error, t.errorSoft}};
        for (const auto &[strong, soft] : notices) {
            check(strong, soft, u"notice "_s + soft.name(), 4.5);
            check(t.text, soft, u"text on "_s + soft.name(), 4.5);
            check(t.secondary, soft, u"secondary on "_s + soft.name(), 4.5);
        }
        for (const auto &ground : {t.surface, t.raised}) {
            check(t.outline, ground, u"outline"_s, 3);
            check(t.focus, ground, u"focus"_s, 3);
        }
    }

    void contrastIsThatOfWcag()
    {
        QCOMPARE_LE(std::abs(contrast(Qt::black, Qt::white) - 21), 0.001);
        QCOMPARE_LE(std::abs(contrast(Qt::white, Qt::white) - 1), 0.001);
        QCOMPARE_LE(std::abs(contrast(QColor(0x777777), Qt::white) - 4.478), 0.001);
    }

    void thePaletteKnowsWhetherItIsDark()
    {
        QVERIFY(!isDark(palette(tokens(false))));
        QVERIFY(isDark(palette(tokens(true))));
        QVERIFY(!isDark(QGuiApplication::palette()));
        apply(*qApp, Appearance::Dark);
        QVERIFY(isDark(QGuiApplication::palette()));
        QCOMPARE(tokens().surface, tokens(true).surface);
    }

    void everyIconIsThereInEverySize_data()
    {
        QTest::addColumn<QString>("name");
        QVERIFY(iconNames().size() >= 70);
        for (const auto &name : iconNames())
            QTest::newRow(qPrintable(name)) << name;
    }

    void everyIconIsThereInEverySize()
    {
        QFETCH(QString, name);
        const auto shown = icon(name);
        QVERIFY(!shown.isNull());
        for (const int size : {16, 20, 24, 32, 48}) {
            for (const double scale : {1.0, 1.5, 2.0}) {
                const auto pixmap = shown.pixmap(QSize(size, size), scale);
                QCOMPARE(pixmap.size(), (QSizeF(size, size) * scale).toSize());
                QVERIFY(inkOf(pixmap).isValid());
            }
        }
        // Nothing is cut off: the outermost ring of pixels at 48 is empty.
        const auto large = shown.pixmap(48).toImage();
        for (int i = 0; i < 48; ++i)
            QVERIFY(!qAlpha(large.pixel(i, 0)) && !qAlpha(large.pixel(0, i)) && !qAlpha(large.pixel(i, 47))
                    && !qAlpha(large.pixel(47, i)));
    }

    void theIconsOfTheBriefAreThere()
    {
        const auto names = iconNames();
        for (const auto *name : {"open",
                                 "save",
                                 "save-as",
                                 "new",
                                 "export-pdf",
                                 "export-gpkg",
                                 "export-image",
                                 "print",
                                 "undo",
                                 "redo",
                                 "zoom-in",
                                 "zoom-out",
                                 "zoom-box",
                                 "zoom-all",
                                 "zoom-to",
                                 "view-previous",
                                 "view-next",
                                 "hand",
                                 "identify",
                                 "measure",
                                 "rotate",
                                 "north",
                                 "fullscreen",
                                 "layers",
                                 "layer-add",
                                 "group-add",
                                 "folder",
                                 "remove",
                                 "properties",
                                 "rename",
                                 "duplicate",
                                 "more",
                                 "up",
                                 "down",
                                 "eye",
                                 "eye-off",
                                 "warning",
                                 "error",
                                 "info",
                                 "success",
                                 "refresh",
                                 "cancel",
                                 "close",
                                 "search",
                                 "filter",
                                 "settings",
                                 "help",
                                 "about",
                                 "raster",
                                 "point",
                                 "line",
                                 "polygon",
                                 "table",
                                 "personal-data",
                                 "demo",
                                 "licence",
                                 "clock",
                                 "link",
                                 "copy",
                                 "locate",
                                 "theme",
                                 "theme-heat",
                                 "theme-noise",
                                 "theme-heavyrain",
                                 "theme-graves",
                                 "theme-bplans",
                                 "theme-social",
                                 "basemap",
                                 "offline",
                                 "dark",
                                 "light",
                                 "language",
                                 "chevron-right",
                                 "chevron-down",
                                 "check",
                                 "indeterminate"})
            QVERIFY2(names.contains(QLatin1StringView(name)), name);
        QVERIFY(!appIcon().pixmap(64).isNull());
    }

    void anUnknownIconIsNull()
    {
        QVERIFY(icon(u"no-such-icon"_s).isNull());
        QVERIFY(icon({}).isNull());
    }

    void iconsFollowASwitchWhileTheProgramRuns()
    {
        const auto shown = icon(u"save"_s);
        QCOMPARE(inkOf(shown.pixmap(48)), tokens(false).text);
        apply(*qApp, Appearance::Dark);
        QCOMPARE(inkOf(shown.pixmap(48)), tokens(true).text);
        QCOMPARE(inkOf(shown.pixmap(48, QIcon::Disabled)), tokens(true).disabled);
        QCOMPARE(inkOf(shown.pixmap(48, QIcon::Normal, QIcon::On)), tokens(true).accent);
        apply(*qApp, Appearance::Light);
        QCOMPARE(inkOf(shown.pixmap(48)), tokens(false).text);
        QCOMPARE(inkOf(icon(u"save"_s, Tint::Error).pixmap(48)), tokens(false).error);
    }

    void widgetsFollowASwitchWhileTheProgramRuns()
    {
        QPushButton button(u"Export"_s);
        button.show();
        const auto light = button.grab().toImage();
        apply(*qApp, Appearance::Dark);
        QCoreApplication::sendPostedEvents();
        const auto dark = button.grab().toImage();
        QVERIFY(difference(light, dark) > 0.5);
    }

    void picturesAreSoundAndStandAlone_data()
    {
        QTest::addColumn<QString>("file");
        for (const auto &file : svgFiles())
            QTest::newRow(qPrintable(file)) << file;
    }

    void picturesAreSoundAndStandAlone()
    {
        QFETCH(QString, file);
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const auto bytes = svg.readAll();
        QVERIFY(bytes.contains("SPDX-License-Identifier"));
        QVERIFY2(bytes.size() < 8192, "an icon this large is not drawn by hand");
        static const QStringList allowed{u"svg"_s,  u"g"_s,       u"path"_s,     u"rect"_s,   u"circle"_s,
                                         u"line"_s, u"ellipse"_s, u"polyline"_s, u"polygon"_s};
        QXmlStreamReader xml(bytes);
        while (!xml.atEnd()) {
            const auto token = xml.readNext();
            QVERIFY(token != QXmlStreamReader::DTD);
            if (token != QXmlStreamReader::StartElement)
                continue;
            // No script, style, image, use, text or font can be among these.
            QVERIFY2(allowed.contains(xml.name()), qPrintable(xml.name().toString()));
            for (const auto &attribute : xml.attributes()) {
                QVERIFY(!attribute.qualifiedName().endsWith("href"_L1));
                QVERIFY(!attribute.qualifiedName().startsWith("on"_L1));
                QVERIFY(!attribute.value().contains("url("_L1));
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(QSvgRenderer(bytes).isValid());
        if (file.startsWith(":/icons"_L1) && !file.endsWith("/hanseatlas.svg"_L1)) {
            QVERIFY(bytes.contains("viewBox=\"0 0 24 24\""));
            QVERIFY2(!bytes.contains('#') || !bytes.contains("=\"#"), "icons take their colour from the palette");
        }
    }

    void symbolsTakeTheirColoursFromTheMarker_data()
    {
        QTest::addColumn<QString>("file");
        for (const auto &file : svgFiles().filter(u":/symbols/"_s))
            QTest::newRow(qPrintable(file)) << file;
    }

    void symbolsTakeTheirColoursFromTheMarker()
    {
        QFETCH(QString, file);
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        auto bytes = svg.readAll();
        QVERIFY(bytes.contains("#123456"));
        QVERIFY(bytes.contains("#654321"));
        const auto draw = [&bytes](const QByteArray &fill, const QByteArray &outline) {
            auto copy = bytes;
            copy.replace("#123456", fill).replace("#654321", outline);
            QImage image(18, 18, QImage::Format_ARGB32_Premultiplied); // 4.8 mm at 96 dpi
            image.fill(Qt::transparent);
            QPainter painter(&image);
            QSvgRenderer(copy).render(&painter);
            return image;
        };
        const auto image = draw("#005f96", "#ffffff");
        int fill = 0;
        int glyph = 0;
        for (int y = 0; y < 18; ++y)
            for (int x = 0; x < 18; ++x) {
                if (std::hypot(x - 8.5, y - 8.5) > 7.5)
                    continue; // within the outline
                const QColor c(image.pixel(x, y));
                fill += contrast(c, Qt::white) > 4;
                glyph += contrast(c, Qt::white) < 2.2;
            }
        QVERIFY2(fill > 60, qPrintable(QString::number(fill)));
        QVERIFY2(glyph >= 9, qPrintable(QString::number(glyph)));
        QVERIFY(difference(image, draw("#902020", "#ffffff")) > 0.2);
    }

    void theFocusCanBeSeen_data()
    {
        QTest::addColumn<QString>("kind");
        for (const auto *kind : {"button", "primary", "tool", "check", "radio", "line", "combo", "spin", "slider",
                                 "tab", "list", "text", "group"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void theFocusCanBeSeen()
    {
        QFETCH(QString, kind);
        for (const auto appearance : {Appearance::Light, Appearance::Dark}) {
            apply(*qApp, appearance);
            QWidget window;
            window.setAttribute(Qt::WA_KeyboardFocusChange);
            auto *layout = new QVBoxLayout(&window);
            auto *other = new QPushButton(u"Other"_s);
            auto *subject = make(kind);
            layout->addWidget(other);
            layout->addWidget(subject);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            window.activateWindow();
            other->setFocus(Qt::TabFocusReason);
            QTRY_VERIFY(other->hasFocus());
            const auto without = subject->grab().toImage();
            subject->setFocus(Qt::TabFocusReason);
            QVERIFY(subject->hasFocus());
            window.setAttribute(Qt::WA_KeyboardFocusChange);
            const auto with = subject->grab().toImage();
            const auto changed = difference(without, with) * with.width() * with.height();
            QVERIFY2(changed >= 40, qPrintable(u"%1: %2 pixels"_s.arg(kind).arg(changed)));
        }
    }

    void nothingIsSmallerThanItsText()
    {
        const auto before = QApplication::font();
        for (const double factor : {1.0, 1.5, 2.0}) {
            auto large = before;
            large.setPointSizeF(before.pointSizeF() * factor);
            QApplication::setFont(large);
            for (const auto *kind : {"button", "primary", "tool", "check", "radio", "line", "combo", "spin", "group"}) {
                const std::unique_ptr<QWidget> widget(make(QString::fromLatin1(kind)));
                widget->ensurePolished();
                const auto size = widget->sizeHint();
                const auto metrics = widget->fontMetrics();
                QVERIFY2(size.height() >= metrics.height() + 4, kind);
                QVERIFY2(size.height() >= 28, kind);
                QVERIFY2(size.width() > metrics.horizontalAdvance(u"Wall"_s), kind);
            }
            QListWidget list;
            list.addItem(u"Wall"_s);
            QVERIFY(list.sizeHintForRow(0) >= qMax(28, list.fontMetrics().height() + 4));
            QTabBar tabs;
            tabs.addTab(u"Wall"_s);
            QVERIFY(tabs.sizeHint().height() >= tabs.fontMetrics().height() + 8);
            QMenu menu;
            auto *action = menu.addAction(u"Wall\tCtrl+W"_s);
            menu.sizeHint();
            QVERIFY(menu.actionGeometry(action).height() >= qMax(28, menu.fontMetrics().height() + 4));
        }
        QApplication::setFont(before);
    }

    void stepsOfTypeFollowTheFont()
    {
        const auto before = QApplication::font();
        const std::unique_ptr<QLabel> title(look::label(u"Title"_s, Type::Title));
        QCOMPARE(title->font().pointSizeF(), before.pointSizeF() * 1.5);
        auto large = before;
        large.setPointSizeF(before.pointSizeF() * 2);
        QApplication::setFont(large);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(title->font().pointSizeF(), before.pointSizeF() * 3);
        QApplication::setFont(before);
    }

    void aLongLabelIsElidedAndSaysItAllInItsToolTip()
    {
        ElidedLabel label(u"A name that is far too long for the place it has"_s);
        label.resize(80, 20);
        QVERIFY(label.isElided());
        label.resize(label.sizeHint());
        QVERIFY(!label.isElided());
        QVERIFY(label.minimumSizeHint().width() < 60);
    }

    void aMessageShowsItsDetailsOnRequestAndCloses()
    {
        MessageBar bar;
        QSignalSpy closed(&bar, &MessageBar::closed);
        bar.setError({ErrorKind::Malformed, u"It broke."_s, u"Mend it."_s, u"line 7"_s});
        bar.show();
        QCOMPARE(bar.text(), u"It broke. Mend it."_s);
        const auto buttons = bar.findChildren<QToolButton *>();
        const auto labels = bar.findChildren<QLabel *>();
        const auto detail =
            std::find_if(labels.begin(), labels.end(), [](auto *l) { return l->text() == u"line 7"_s; });
        QVERIFY(detail != labels.end());
        QVERIFY(!(*detail)->isVisible());
        for (auto *button : buttons)
            if (button->isCheckable())
                button->click();
        QVERIFY((*detail)->isVisible());
        for (auto *button : buttons)
            if (!button->isCheckable())
                button->click();
        QCOMPARE(closed.size(), 1);
        QVERIFY(!bar.isVisible());
    }

    void aMessageWithATimeGoesByItself()
    {
        MessageBar bar(MessageBar::Kind::Success, u"Saved."_s);
        QSignalSpy closed(&bar, &MessageBar::closed);
        bar.setTimeout(20);
        bar.move(300, 300); // not under the mouse
        QCursor::setPos(0, 0);
        bar.show();
        QTRY_COMPARE(closed.size(), 1);
    }

    void aButtonFollowsItsAction()
    {
        QAction action(icon(u"open"_s), u"Open"_s);
        QSignalSpy triggered(&action, &QAction::triggered);
        const std::unique_ptr<QPushButton> button(actionButton(&action));
        QCOMPARE(button->text(), u"Open"_s);
        action.setEnabled(false);
        QVERIFY(!button->isEnabled());
        action.setEnabled(true);
        button->click();
        QCOMPARE(triggered.size(), 1);
    }

    void aStripCanBeCancelledOnce()
    {
        ProgressStrip strip(u"Reading"_s);
        QSignalSpy cancelled(&strip, &ProgressStrip::cancelled);
        auto *button = strip.findChild<QToolButton *>();
        button->click();
        button->click();
        QCOMPARE(cancelled.size(), 1);
        strip.setFraction(0.5);
        QCOMPARE(strip.findChild<QProgressBar *>()->value(), 500);
        strip.setFraction(-1);
        QCOMPARE(strip.findChild<QProgressBar *>()->maximum(), 0);
    }

    void searchWaitsForAPauseAndEscapeEmpties()
    {
        SearchField field(u"Search"_s);
        QSignalSpy searched(&field, &SearchField::searched);
        field.show();
        QTest::keyClicks(&field, u"kob"_s);
        QCOMPARE(searched.size(), 0);
        QTRY_COMPARE(searched.size(), 1);
        QCOMPARE(searched.at(0).at(0).toString(), u"kob"_s);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(searched.size(), 2);
        QVERIFY(field.text().isEmpty());
    }

    void aHiddenSpinnerAndBusyBarDoNotPaint()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *bar = new QProgressBar;
        bar->setRange(0, 0);
        layout->addWidget(bar);
        layout->addWidget(new Spinner);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(bar->findChild<QTimer *>(u"look::busy"_s));
        window.hide();
        QTest::qWait(80);
        QVERIFY(!bar->findChild<QTimer *>(u"look::busy"_s)->isActive());
    }

private:
    static QWidget *make(const QString &kind)
    {
        if (kind == "button"_L1)
            return new QPushButton(u"Wall"_s);
        if (kind == "primary"_L1) {
            auto *button = new QPushButton(u"Wall"_s);
            setPrimary(button);
            return button;
        }
        if (kind == "tool"_L1) {
            auto *tool = new QToolButton;
            tool->setText(u"Wall"_s);
            tool->setFocusPolicy(Qt::StrongFocus);
            return tool;
        }
        if (kind == "check"_L1)
            return new QCheckBox(u"Wall"_s);
        if (kind == "radio"_L1)
            return new QRadioButton(u"Wall"_s);
        if (kind == "line"_L1)
            return new QLineEdit(u"Wall"_s);
        if (kind == "combo"_L1) {
            auto *combo = new QComboBox;
            combo->addItem(u"Wall"_s);
            return combo;
        }
        if (kind == "spin"_L1) {
            auto *spin = new QDoubleSpinBox;
            spin->setSuffix(u" Wall"_s);
            return spin;
        }
        if (kind == "slider"_L1)
            return new QSlider(Qt::Horizontal);
        if (kind == "tab"_L1) {
            auto *tabs = new QTabBar;
            tabs->addTab(u"Wall"_s);
            tabs->addTab(u"Gate"_s);
            return tabs;
        }
        if (kind == "list"_L1) {
            auto *list = new QListWidget;
            list->addItems({u"Wall"_s, u"Gate"_s});
            list->setCurrentRow(0);
            return list;
        }
        if (kind == "text"_L1)
            return new QPlainTextEdit(u"Wall"_s);
        auto *group = new QGroupBox(u"Wall"_s);
        group->setCheckable(true);
        auto *layout = new QVBoxLayout(group);
        layout->addWidget(new QLabel(u"Gate"_s));
        return group;
    }
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"
