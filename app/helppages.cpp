// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helppages.h"

#include "app/commandsearch.h"
#include "datasources/files/gdalsetup.h"
#include "layers/model/libraryversions.h"
#include "widgets/look/aboutdialog.h"
#include "widgets/look/look.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct HelpPages {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::HelpPages)
};

QDialog *createDialog(const QString &title, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(look::space::large, look::space::large, look::space::large, look::space::large);
    layout->setSpacing(look::space::medium);
    return dialog;
}

void addCloseButton(QDialog *dialog)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    dialog->layout()->addWidget(buttons);
}

QList<std::pair<QString, QString>> onTheMap()
{
    return {{HelpPages::tr("Drag"), HelpPages::tr("Move the map")},
            {HelpPages::tr("Click, Enter"), HelpPages::tr("Ask what is there")},
            {HelpPages::tr("Wheel, pinch"), HelpPages::tr("Zoom on the cursor; with Ctrl in fine steps")},
            {HelpPages::tr("Shift + drag"), HelpPages::tr("Zoom to a box")},
            {HelpPages::tr("Ctrl + drag, Shift + wheel"), HelpPages::tr("Turn the map")},
            {HelpPages::tr("Middle button, Space + drag"), HelpPages::tr("Move the map, with every tool")},
            {HelpPages::tr("Arrow keys"), HelpPages::tr("Move the map; with Shift in large steps")},
            {HelpPages::tr("+ and −, Page Up and Page Down"), HelpPages::tr("Zoom")},
            {HelpPages::tr("Home"), HelpPages::tr("Show everything")}};
}

} // namespace

void showShortcutPage(const QMenuBar &menus, QWidget *parent)
{
    auto *dialog = createDialog(HelpPages::tr("Keyboard and mouse"), parent);
    dialog->resize(560, 600);
    auto *list = new QTreeWidget(dialog);
    list->setColumnCount(2);
    list->setHeaderLabels({HelpPages::tr("Command"), HelpPages::tr("Keys")});
    list->setRootIsDecorated(false);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setStretchLastSection(false);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    const auto addHead = [&](const QString &text) {
        auto *item = new QTreeWidgetItem(list, {text});
        item->setFont(0, look::font(look::Type::Strong));
        item->setFlags(Qt::ItemIsEnabled);
    };
    addHead(HelpPages::tr("On the map"));
    for (const auto &[keys, what] : onTheMap())
        new QTreeWidgetItem(list, {what, keys});
    addHead(HelpPages::tr("In the menu"));
    for (const auto &[path, action] : commandsOf(menus)) {
        QStringList keys;
        for (const auto &sequence : action->shortcuts())
            keys.append(sequence.toString(QKeySequence::NativeText));
        if (!keys.isEmpty())
            new QTreeWidgetItem(list, {path, keys.join(u", "_s)});
    }
    dialog->layout()->addWidget(list);
    addCloseButton(dialog);
    dialog->open();
}

void showAboutPage(QWidget *parent)
{
    const look::AboutDialog::Program program{
        .name = u"Hanseatlas"_s,
        .version = QCoreApplication::applicationVersion(),
        .purpose = HelpPages::tr("A desktop GIS and dashboard for the Hansestadt Lübeck: "
                                 "see the city, ask it, and hand the result on."),
        .licence = HelpPages::tr("Free software under the GNU General Public License, version 3 or later. "
                                 "It comes without any warranty."),
        .components = {{u"Qt"_s, QString::fromLatin1(qVersion()), u"LGPL 3"_s, QUrl(u"https://www.qt.io/"_s)},
                       {u"GDAL"_s, gdalVersion(), u"MIT"_s, QUrl(u"https://gdal.org/"_s)},
                       {u"PROJ"_s, projVersion(), u"MIT"_s, QUrl(u"https://proj.org/"_s)},
                       {u"GEOS"_s, geosVersion(), u"LGPL 2.1"_s, QUrl(u"https://libgeos.org/"_s)}}};
    auto *dialog = new look::AboutDialog(program, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace hanseatlas
