// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/sheets.h"
#include "widgets/look/look.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHash>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTextStream>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace hanseatlas;

namespace
{

struct Sheet {
    QString name;
    QWidget *(*make)();
};

const QList<Sheet> &sheets()
{
    static const QList<Sheet> all{{u"colors"_s, gallery::colors},     {u"type"_s, gallery::type},
                                  {u"icons"_s, gallery::icons},       {u"symbols"_s, gallery::symbols},
                                  {u"controls"_s, gallery::controls}, {u"views"_s, gallery::views},
                                  {u"notices"_s, gallery::notices}};
    return all;
}

/** The same picture in at most 256 of its colours: of those that are alike only the most frequent one, so that rare
 *  colours (the icon of a warning) keep theirs. The files are a third of the size. */
QImage frugal(const QImage &picture)
{
    const auto full = picture.convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < full.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(full.constScanLine(y));
        for (int x = 0; x < full.width(); ++x)
            ++counts[line[x]];
    }
    struct Family {
        QRgb color = 0;
        int most = 0;
        int all = 0;
    };
    QHash<QRgb, Family> families;
    for (const auto &[color, count] : counts.asKeyValueRange()) {
        auto &family = families[color & 0xFFF0F0F0];
        family.all += count;
        if (std::pair(count, color) > std::pair(family.most, family.color)) {
            family.color = color;
            family.most = count;
        }
    }
    auto sorted = families.values();
    std::sort(sorted.begin(), sorted.end(),
              [](const Family &a, const Family &b) { return std::pair(a.all, a.color) > std::pair(b.all, b.color); });
    QList<QRgb> table;
    for (const auto &family : std::as_const(sorted)) {
        if (table.size() < 256)
            table.append(family.color);
    }
    return full.convertToFormat(QImage::Format_Indexed8, table, Qt::ThresholdDither | Qt::AvoidDither);
}

bool savePictures(QApplication &app, const QString &folder)
{
    QDir().mkpath(folder);
    for (const auto appearance : {look::Appearance::Light, look::Appearance::Dark}) {
        look::apply(app, appearance);
        for (const auto &sheet : sheets()) {
            const std::unique_ptr<QWidget> page(sheet.make());
            page->setAttribute(Qt::WA_DontShowOnScreen);
            page->setAttribute(Qt::WA_KeyboardFocusChange);
            page->show();
            page->adjustSize();
            const auto file = QDir(folder).filePath(
                u"look-%1-%2.png"_s.arg(sheet.name, appearance == look::Appearance::Dark ? u"dark"_s : u"light"_s));
            if (!frugal(page->grab().toImage()).save(file, "PNG", 0)) {
                QTextStream(stderr) << "cannot write " << file << '\n';
                return false;
            }
            QTextStream(stdout) << file << '\n';
        }
    }
    return true;
}

/** The mark in the sizes that desktops ask for. */
bool saveMark(const QString &folder)
{
    QDir().mkpath(folder);
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256, 512})
        if (!look::appIcon()
                 .pixmap(QSize(size, size), 1.0)
                 .save(QDir(folder).filePath(u"hanseatlas-%1.png"_s.arg(size)), "PNG", 0))
            return false;
    return true;
}

QWidget *window(QApplication &app)
{
    auto *window = new QWidget;
    window->setWindowTitle(u"Hanseatlas: look"_s);
    window->setWindowIcon(look::appIcon());
    auto *switcher = new QComboBox;
    switcher->addItem(look::icon(u"system"_s), u"System"_s);
    switcher->addItem(look::icon(u"light"_s), u"Light"_s);
    switcher->addItem(look::icon(u"dark"_s), u"Dark"_s);
    QObject::connect(switcher, &QComboBox::currentIndexChanged, &app,
                     [&app](int index) { look::apply(app, look::Appearance(index)); });
    auto *tabs = new QTabWidget;
    for (const auto &sheet : sheets()) {
        auto *area = new QScrollArea;
        area->setFrameShape(QFrame::NoFrame);
        area->setWidgetResizable(true);
        area->setWidget(sheet.make());
        tabs->addTab(area, sheet.name);
    }
    auto *layout = new QVBoxLayout(window);
    layout->addWidget(switcher, 0, Qt::AlignRight);
    layout->addWidget(tabs);
    window->resize(1100, 800);
    return window;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Shows all parts of the look, or writes their pictures."_s);
    parser.addHelpOption();
    parser.addOption({u"out"_s, u"Write the pictures into this folder and end."_s, u"folder"_s});
    parser.addOption(
        {u"mark"_s, u"Write the program's mark as PNG in all sizes into this folder and end."_s, u"folder"_s});
    parser.addOption({u"dark"_s, u"Start dark."_s});
    parser.addOption({u"page"_s, u"Start with this page."_s, u"number"_s});
    parser.process(app);
    look::apply(app, parser.isSet(u"dark"_s) ? look::Appearance::Dark : look::Appearance::Light);
    if (parser.isSet(u"mark"_s))
        return saveMark(parser.value(u"mark"_s)) ? 0 : 1;
    if (parser.isSet(u"out"_s))
        return savePictures(app, parser.value(u"out"_s)) ? 0 : 1;
    const std::unique_ptr<QWidget> shown(window(app));
    shown->findChild<QTabWidget *>()->setCurrentIndex(parser.value(u"page"_s).toInt());
    shown->show();
    return QApplication::exec();
}
