// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/sheets.h"
#include "widgets/look/look.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTextStream>
#include <QTimer>
#include <QVBoxLayout>

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
            if (!page->grab().toImage().convertToFormat(QImage::Format_RGB32).save(file, "PNG", 0)) {
                QTextStream(stderr) << "cannot write " << file << '\n';
                return false;
            }
            QTextStream(stdout) << file << '\n';
        }
    }
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
    parser.addOption({u"dark"_s, u"Start dark."_s});
    parser.addOption({u"page"_s, u"Start with this page."_s, u"number"_s});
    parser.process(app);
    look::apply(app, parser.isSet(u"dark"_s) ? look::Appearance::Dark : look::Appearance::Light);
    if (parser.isSet(u"out"_s))
        return savePictures(app, parser.value(u"out"_s)) ? 0 : 1;
    const std::unique_ptr<QWidget> shown(window(app));
    shown->findChild<QTabWidget *>()->setCurrentIndex(parser.value(u"page"_s).toInt());
    shown->show();
    return QApplication::exec();
}
