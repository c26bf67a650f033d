// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/sheets.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/card.h"
#include "widgets/look/elidedlabel.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/iconlabel.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/look/progressstrip.h"
#include "widgets/look/searchfield.h"
#include "widgets/look/sectionheader.h"
#include "widgets/look/spinner.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFormLayout>
#include <QGridLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSplitter>
#include <QSvgRenderer>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <functional>

using namespace Qt::StringLiterals;
using namespace hanseatlas::look;

namespace hanseatlas::gallery
{

namespace
{

QVBoxLayout *column(QWidget *page)
{
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::huge, space::huge, space::huge, space::huge);
    layout->setSpacing(space::large);
    page->setAutoFillBackground(true);
    return layout;
}

/** A widget that a function draws. */
class Painted final : public QWidget
{
public:
    Painted(QSize size, std::function<void(QPainter &, QRect)> draw)
        : m_draw(std::move(draw))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        m_draw(painter, rect());
    }

private:
    std::function<void(QPainter &, QRect)> m_draw;
};

struct NamedColor {
    const char *name;
    QColor Tokens::*color;
};

constexpr NamedColor grounds[] = {{"surface", &Tokens::surface}, {"raised", &Tokens::raised},
                                  {"sunken", &Tokens::sunken},   {"hover", &Tokens::hover},
                                  {"pressed", &Tokens::pressed}, {"selection", &Tokens::selection}};
constexpr NamedColor inks[] = {{"text", &Tokens::text},       {"secondary", &Tokens::secondary},
                               {"accent", &Tokens::accent},   {"brand", &Tokens::brand},
                               {"success", &Tokens::success}, {"warning", &Tokens::warning},
                               {"error", &Tokens::error}};

QWidget *swatch(const NamedColor &ground)
{
    return new Painted({150, 34 + 22 * int(std::size(inks))}, [ground](QPainter &painter, QRect rect) {
        const auto &t = tokens();
        const auto back = t.*ground.color;
        painter.setPen(t.border);
        painter.setBrush(back);
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        painter.setFont(font(Type::Strong));
        painter.setPen(t.text);
        painter.drawText(QPoint(12, 22), QLatin1StringView(ground.name) + u"  "_s + back.name());
        painter.setFont(font(Type::Body));
        int y = 44;
        for (const auto &ink : inks) {
            painter.setPen(t.*ink.color);
            painter.drawText(QPoint(12, y), QString::fromLatin1(ink.name));
            painter.drawText(QRect(0, y - 16, 138, 22), Qt::AlignRight | Qt::AlignVCenter,
                             QString::number(contrast(t.*ink.color, back), 'f', 1));
            y += 22;
        }
    });
}

} // namespace

QWidget *colors()
{
    auto *page = new QWidget;
    auto *layout = column(page);
    auto *grid = new QGridLayout;
    grid->setSpacing(space::medium);
    for (int i = 0; i < int(std::size(grounds)); ++i)
        grid->addWidget(swatch(grounds[i]), 0, i);
    layout->addLayout(grid);
    return page;
}

QWidget *type()
{
    auto *page = new QWidget;
    auto *layout = column(page);
    const std::pair<Type, QString> steps[] = {
        {Type::Title, u"Title: Hansestadt Lübeck"_s},
        {Type::Heading, u"Heading: Lärm am Tag, am Abend und in der Nacht"_s},
        {Type::Strong, u"Strong: 12 von 48 Maßnahmen"_s},
        {Type::Body, u"Body: Die Karte zeigt, wo es an heißen Tagen kühl bleibt."_s},
        {Type::Mono, u"Mono: 611 240,35  5 970 118,71"_s},
        {Type::Caption, u"Caption: Quelle: Demonstrationsdaten, dl-de/by-2-0, Stand 22.11.2025"_s},
    };
    for (const auto &[step, text] : steps)
        layout->addWidget(label(text, step));
    layout->addWidget(secondaryLabel(u"Secondary text explains, and is never needed to understand."_s));
    return page;
}

QWidget *icons()
{
    auto *page = new QWidget;
    auto *layout = column(page);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::small);
    grid->setVerticalSpacing(space::large);
    constexpr int columns = 10;
    int at = 0;
    for (const auto &name : iconNames()) {
        auto *cell = new QVBoxLayout;
        cell->setSpacing(2);
        cell->addWidget(new IconLabel(icon(name), 24), 0, Qt::AlignHCenter);
        auto *caption = secondaryLabel(name, Type::Caption);
        caption->setAlignment(Qt::AlignHCenter);
        caption->setMinimumWidth(88);
        cell->addWidget(caption);
        grid->addLayout(cell, at / columns, at % columns);
        ++at;
    }
    layout->addLayout(grid);
    auto *states = new QHBoxLayout;
    states->setSpacing(space::small);
    for (const auto tint : {Tint::Text, Tint::Secondary, Tint::Accent, Tint::Brand, Tint::Info, Tint::Success,
                            Tint::Warning, Tint::Error})
        states->addWidget(new IconLabel(icon(u"layers"_s, tint), 24));
    for (const int size : {16, 20, 24, 32, 48})
        states->addWidget(new IconLabel(icon(u"theme-social"_s), size));
    auto *mark = new IconLabel(appIcon(), 64);
    states->addWidget(mark);
    states->addStretch();
    layout->addLayout(states);
    return page;
}

QWidget *symbols()
{
    auto *page = new QWidget;
    auto *layout = column(page);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::small);
    grid->setVerticalSpacing(space::medium);
    const QColor fills[] = {QColor(0, 95, 150), QColor(158, 59, 47), QColor(36, 110, 72), QColor(106, 70, 130)};
    constexpr int columns = 9;
    int at = 0;
    for (const auto &file : QDir(u":/symbols"_s).entryInfoList({u"*.svg"_s}, QDir::Files, QDir::Name)) {
        QFile svg(file.filePath());
        if (!svg.open(QIODevice::ReadOnly))
            continue;
        auto picture = svg.readAll();
        picture.replace("#123456", fills[at % 4].name().toLatin1()).replace("#654321", "#ffffff");
        auto *cell = new QVBoxLayout;
        cell->setSpacing(2);
        cell->addWidget(new Painted({64, 36},
                                    [picture](QPainter &painter, QRect rect) {
                                        QSvgRenderer renderer(picture);
                                        renderer.render(&painter, QRectF(0, 2, 32, 32));
                                        renderer.render(&painter, QRectF(rect.width() - 22, 9, 17, 17));
                                    }),
                        0, Qt::AlignHCenter);
        auto *caption = secondaryLabel(file.completeBaseName(), Type::Caption);
        caption->setAlignment(Qt::AlignHCenter);
        caption->setMinimumWidth(84);
        cell->addWidget(caption);
        grid->addLayout(cell, at / columns, at % columns);
        ++at;
    }
    layout->addLayout(grid);
    return page;
}

namespace
{

QWidget *buttons()
{
    auto *card = new Card(u"Buttons"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::small);
    auto *primary = new QPushButton(u"Export"_s);
    setPrimary(primary);
    row->addWidget(primary);
    auto *withIcon = new QPushButton(icon(u"open"_s), u"Open …"_s);
    row->addWidget(withIcon);
    row->addWidget(new QPushButton(u"Cancel"_s));
    auto *flat = new QPushButton(u"Flat"_s);
    flat->setFlat(true);
    row->addWidget(flat);
    auto *off = new QPushButton(u"Disabled"_s);
    off->setEnabled(false);
    row->addWidget(off);
    auto *menu = new QPushButton(u"Menu"_s);
    menu->setMenu(new QMenu(menu));
    row->addWidget(menu);
    row->addStretch();
    card->content()->addLayout(row);

    auto *tools = new QHBoxLayout;
    tools->setSpacing(2);
    int index = 0;
    for (const auto &name : {u"hand"_s, u"identify"_s, u"measure"_s, u"zoom-box"_s, u"zoom-all"_s, u"undo"_s}) {
        auto *tool = new QToolButton;
        tool->setIcon(icon(name));
        tool->setIconSize({iconSize, iconSize});
        tool->setAutoRaise(true);
        tool->setCheckable(true);
        tool->setChecked(index == 1);
        tool->setEnabled(index != 5);
        tools->addWidget(tool);
        ++index;
    }
    auto *text = new QToolButton;
    text->setText(u"Theme"_s);
    text->setIcon(icon(u"theme-heat"_s));
    text->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    text->setPopupMode(QToolButton::InstantPopup);
    text->setMenu(new QMenu(text));
    tools->addWidget(text);
    auto *split = new QToolButton;
    split->setIcon(icon(u"export-pdf"_s));
    split->setPopupMode(QToolButton::MenuButtonPopup);
    split->setMenu(new QMenu(split));
    split->setAutoRaise(true);
    tools->addWidget(split);
    tools->addStretch();
    card->content()->addLayout(tools);
    card->content()->addStretch();
    return card;
}

QWidget *choices()
{
    auto *card = new Card(u"Choices"_s);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::huge);
    grid->setVerticalSpacing(0);
    const Qt::CheckState states[] = {Qt::Unchecked, Qt::Checked, Qt::PartiallyChecked};
    for (int i = 0; i < 3; ++i) {
        auto *box = new QCheckBox(u"Layer %1"_s.arg(i + 1));
        box->setTristate(true);
        box->setCheckState(states[i]);
        grid->addWidget(box, 0, i);
    }
    auto *off = new QCheckBox(u"Disabled"_s);
    off->setChecked(true);
    off->setEnabled(false);
    grid->addWidget(off, 0, 3);
    for (int i = 0; i < 3; ++i) {
        auto *option = new QRadioButton(u"Option %1"_s.arg(i + 1));
        option->setChecked(i == 1);
        grid->addWidget(option, 1, i);
    }
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setValue(60);
    auto *ticks = new QSlider(Qt::Horizontal);
    ticks->setTickPosition(QSlider::TicksBelow);
    ticks->setTickInterval(20);
    ticks->setEnabled(false);
    ticks->setValue(30);
    grid->setRowStretch(3, 1);
    grid->addWidget(slider, 2, 0, 1, 2);
    grid->addWidget(ticks, 2, 2, 1, 2);
    card->content()->addLayout(grid);
    return card;
}

QWidget *fields()
{
    auto *card = new Card(u"Fields"_s);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(space::large);
    auto *scale = new QComboBox;
    scale->addItems({u"1:5 000"_s, u"1:10 000"_s});
    scale->setEditable(true);
    auto *crs = new QComboBox;
    crs->addItem(icon(u"basemap"_s), u"ETRS89 / UTM 32N (EPSG:25832)"_s);
    auto *number = new QDoubleSpinBox;
    number->setSuffix(u" m"_s);
    number->setValue(12.5);
    auto *line = new QLineEdit(u"Bebauungsplan 02.13.00"_s);
    auto *readOnly = new QLineEdit(u"/home/planung/lübeck.gpkg"_s);
    readOnly->setReadOnly(true);
    auto *off = new QLineEdit(u"Disabled"_s);
    off->setEnabled(false);
    form->addRow(u"Search"_s, new SearchField(u"Street, plan, coordinate"_s));
    form->addRow(u"Title"_s, line);
    form->addRow(u"Source"_s, readOnly);
    form->addRow(u"Scale"_s, scale);
    form->addRow(u"Coordinates"_s, crs);
    form->addRow(u"Distance"_s, number);
    form->addRow(u"Note"_s, off);
    card->content()->addLayout(form);
    return card;
}

QWidget *groups()
{
    auto *card = new Card(u"Groups, tabs, progress"_s);
    auto *group = new QGroupBox(u"Page"_s);
    auto *inner = new QVBoxLayout(group);
    inner->addWidget(new QRadioButton(u"Landscape"_s));
    auto *checkable = new QGroupBox(u"With a legend"_s);
    checkable->setCheckable(true);
    auto *second = new QVBoxLayout(checkable);
    second->addWidget(new QCheckBox(u"Only what is in the map"_s));
    auto *row = new QHBoxLayout;
    row->addWidget(group);
    row->addWidget(checkable);
    card->content()->addLayout(row);
    auto *tabs = new QTabWidget;
    auto *first = new QWidget;
    auto *body = new QVBoxLayout(first);
    auto *bar = new QProgressBar;
    bar->setValue(42);
    body->addWidget(bar);
    auto *strip = new ProgressStrip(u"Making the demo city"_s);
    strip->setFraction(0.7);
    body->addWidget(strip);
    auto *busy = new QHBoxLayout;
    busy->addWidget(new Spinner(20));
    busy->addWidget(label(u"Reading buildings …"_s));
    busy->addStretch();
    body->addLayout(busy);
    tabs->addTab(first, u"General"_s);
    tabs->addTab(new QWidget, u"Style"_s);
    tabs->addTab(new QWidget, icon(u"licence"_s), u"Source"_s);
    card->content()->addWidget(tabs);
    return card;
}

} // namespace

QWidget *controls()
{
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(space::huge, space::huge, space::huge, space::huge);
    grid->setSpacing(space::large);
    auto *field = fields();
    grid->addWidget(buttons(), 0, 0);
    grid->addWidget(choices(), 1, 0);
    grid->addWidget(field, 0, 1, 2, 1);
    grid->addWidget(groups(), 2, 0, 1, 2);
    page->setAutoFillBackground(true);
    page->findChild<QPushButton *>()->setFocus();
    return page;
}

namespace
{

QWidget *layerTree()
{
    auto *tree = new QTreeWidget;
    tree->setHeaderHidden(true);
    const auto add = [](auto *parent, const QString &text, const QString &name, Qt::CheckState state) {
        auto *item = new QTreeWidgetItem(parent, {text});
        item->setIcon(0, icon(name));
        item->setCheckState(0, state);
        return item;
    };
    auto *theme = add(tree, u"Lärm"_s, u"theme-noise"_s, Qt::PartiallyChecked);
    add(theme, u"Straße, L_DEN"_s, u"polygon"_s, Qt::Checked);
    add(theme, u"Schiene, L_night"_s, u"polygon"_s, Qt::Unchecked);
    auto *base = add(tree, u"Grundkarte"_s, u"folder"_s, Qt::Checked);
    add(base, u"Gebäude"_s, u"polygon"_s, Qt::Checked);
    add(base, u"Straßen"_s, u"line"_s, Qt::Checked);
    add(base, u"Höhen"_s, u"raster"_s, Qt::Checked);
    tree->expandAll();
    tree->setCurrentItem(theme->child(0));
    tree->setMinimumSize(260, 260);
    return tree;
}

QWidget *table()
{
    auto *table = new QTableWidget(6, 3);
    table->setHorizontalHeaderLabels({u"Name"_s, u"Art"_s, u"Plätze"_s});
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    const QStringList names{u"Kita Marli"_s,      u"Kita St. Jürgen"_s, u"Beratung Moisling"_s,
                            u"Familienzentrum"_s, u"Jugendtreff"_s,     u"Tafel"_s};
    for (int i = 0; i < 6; ++i) {
        table->setItem(i, 0, new QTableWidgetItem(names[i]));
        table->setItem(i, 1, new QTableWidgetItem(i < 2 ? u"Kita"_s : u"Angebot"_s));
        auto *number = new QTableWidgetItem(QString::number(20 + 13 * i));
        number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        table->setItem(i, 2, number);
    }
    table->selectRow(2);
    table->setSortingEnabled(true);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setMinimumSize(380, 220);
    return table;
}

QMenu *fileMenu(QWidget *parent)
{
    auto *menu = new QMenu(u"File"_s, parent);
    menu->addAction(icon(u"open"_s), u"Open …"_s)->setShortcut(QKeySequence::Open);
    menu->addAction(icon(u"save"_s), u"Save"_s)->setShortcut(QKeySequence::Save);
    menu->addAction(icon(u"save-as"_s), u"Save as …"_s)->setEnabled(false);
    menu->addSeparator();
    auto *check = menu->addAction(u"Labels"_s);
    check->setCheckable(true);
    check->setChecked(true);
    auto *recent = menu->addMenu(icon(u"clock"_s), u"Recent files"_s);
    recent->addAction(u"lübeck.gpkg"_s);
    menu->addSection(u"Export"_s);
    menu->addAction(icon(u"export-pdf"_s), u"PDF …"_s)->setShortcut(QKeySequence(u"Ctrl+E"_s));
    menu->addAction(icon(u"export-gpkg"_s), u"GeoPackage …"_s);
    menu->setActiveAction(menu->actions().at(1));
    return menu;
}

} // namespace

QWidget *views()
{
    auto *page = new QWidget;
    auto *layout = column(page);
    auto *bar = new QMenuBar;
    bar->setNativeMenuBar(false);
    for (const auto &name : {u"File"_s, u"Edit"_s, u"View"_s, u"Layer"_s, u"Help"_s})
        bar->addMenu(name);
    auto *tools = new QToolBar;
    for (const auto &name :
         {u"open"_s, u"save"_s, u""_s, u"undo"_s, u"redo"_s, u""_s, u"zoom-in"_s, u"zoom-out"_s, u"zoom-all"_s}) {
        if (name.isEmpty())
            tools->addSeparator();
        else
            tools->addAction(icon(name), name);
    }
    auto *top = new QVBoxLayout;
    top->setSpacing(0);
    top->addWidget(bar);
    top->addWidget(tools);
    layout->addLayout(top);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::large);
    row->addWidget(layerTree());
    row->addWidget(table(), 1);
    auto *menu = fileMenu(page);
    auto *picture = new QLabel;
    menu->adjustSize();
    picture->setPixmap(menu->grab());
    row->addWidget(picture, 0, Qt::AlignTop);
    layout->addLayout(row);
    auto *list = new QListWidget;
    for (const auto &[name, text] : {std::pair(u"theme-heat"_s, u"Hitze"_s), std::pair(u"theme-noise"_s, u"Lärm"_s),
                                     std::pair(u"theme-graves"_s, u"Gräber"_s)})
        list->addItem(new QListWidgetItem(icon(name), text));
    list->setCurrentRow(1);
    list->setMaximumHeight(110);
    auto *text = new QPlainTextEdit(u"A text of several lines.\nIt may be changed."_s);
    text->setMaximumHeight(110);
    auto *split = new QSplitter;
    split->addWidget(list);
    split->addWidget(text);
    layout->addWidget(split);
    return page;
}

QWidget *notices()
{
    auto *page = new QWidget;
    auto *layout = column(page);
    page->setMinimumSize(760, 520);
    auto *again = new QAction(icon(u"refresh"_s), u"Try again"_s, page);
    auto *show = new QAction(u"Show layer"_s, page);
    layout->addWidget(new MessageBar(MessageBar::Kind::Info, u"This map shows demonstration data."_s));
    auto *done = new MessageBar(MessageBar::Kind::Success, u"The map was exported to Lärm.pdf."_s);
    layout->addWidget(done);
    auto *warning = new MessageBar(MessageBar::Kind::Warning, u"14 polygons are invalid. They are drawn and marked."_s);
    warning->addButton(show);
    layout->addWidget(warning);
    auto *error = new MessageBar(MessageBar::Kind::Error);
    error->setError({ErrorKind::Malformed, u"The file “plan.gml” could not be read: it ends in the middle."_s,
                     u"Copy it again from its source."_s, u"XML line 812: unexpected end of file"_s});
    error->addButton(again);
    layout->addWidget(error);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::large);
    auto *empty = new Card;
    auto *state =
        new EmptyState(u"layers"_s, u"No layers yet"_s, u"Drop files here, choose a theme map, or open a file."_s);
    state->addButton(new QAction(icon(u"open"_s), u"Open …"_s, page), true);
    state->addButton(new QAction(u"Theme maps"_s, page));
    empty->content()->addWidget(state);
    row->addWidget(empty, 1);
    auto *card = new Card;
    auto *header = new SectionHeader(u"Trinkbrunnen am Koberg"_s);
    header->setNote(u"Fountains, demonstration data"_s);
    header->addButton(new QAction(icon(u"zoom-to"_s), u"Zoom to"_s, page));
    header->addButton(new QAction(icon(u"copy"_s), u"Copy"_s, page));
    card->content()->addWidget(header);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(space::large);
    for (const auto &[name, value] :
         {std::pair(u"Operator"_s, u"Stadtwerke"_s), std::pair(u"Open"_s, u"May to October"_s),
          std::pair(u"Checked"_s, u"3 June 2025"_s)})
        form->addRow(secondaryLabel(name), label(value));
    card->content()->addLayout(form);
    card->content()->addWidget(new ElidedLabel(
        u"A line that is far too long for the place that it has got and ends early, with a tool tip"_s));
    card->content()->addStretch();
    row->addWidget(card, 1);
    layout->addLayout(row);
    return page;
}

} // namespace hanseatlas::gallery
