// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layerproperties.h"

#include "widgets/layers/displaypage.h"
#include "widgets/layers/propertypages.h"
#include "widgets/layers/selectionpage.h"
#include "widgets/layers/treecommands.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

LayerProperties::LayerProperties(LayerTree &tree, TreeEditor &editor, const QUuid &node, QWidget *parent)
    : QDialog(parent)
    , m_tree(tree)
    , m_editor(editor)
    , m_id(node)
    , m_list(new QListWidget)
    , m_stack(new QStackedWidget)
{
    resize(720, 520);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Pages"));
    m_list->setIconSize({iconSize, iconSize});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Apply | QDialogButtonBox::Cancel);
    m_apply = box->button(QDialogButtonBox::Apply);
    setPrimary(box->button(QDialogButtonBox::Ok));
    auto *body = new QHBoxLayout;
    body->setSpacing(space::large);
    body->addWidget(m_list);
    body->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::large);
    layout->addLayout(body, 1);
    layout->addWidget(box);
    connect(box, &QDialogButtonBox::accepted, this, &LayerProperties::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &LayerProperties::apply);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    if (const auto *shown = current())
        createPages(*shown);
    refresh();
    connect(&m_tree, &LayerTree::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &) {
        if (m_tree.idOf(from) == m_id && !m_edited) // what the user is writing is not taken away
            refresh();
    });
    for (auto gone : {&LayerTree::layersChanged, &LayerTree::sceneChanged}) {
        connect(&m_tree, gone, this, [this] {
            if (!current())
                reject();
        });
    }
}

void LayerProperties::createPages(const LayerNode &node)
{
    addPage(u"general"_s, u"info"_s, tr("General"), new GeneralPage);
    if (node.layer) {
        auto *source = new SourcePage;
        addPage(u"source"_s, u"database"_s, tr("Source"), source);
        connect(source, &SourcePage::reloadRequested, this, [this] { emit reloadRequested(m_id); });
    }
    if (node.layer && SelectionPage::fits(node.layer->source))
        addPage(u"selection"_s, u"filter"_s, tr("Selection"), new SelectionPage);
    addPage(u"display"_s, u"style"_s, tr("Display"), new DisplayPage);
    if (node.layer) {
        addPage(u"fields"_s, u"table"_s, tr("Fields"), new FieldsPage);
        addPage(u"metadata"_s, u"file"_s, tr("Metadata"), new MetadataPage);
        addPage(u"provenance"_s, u"licence"_s, tr("Licence"), new ProvenancePage);
    }
    m_list->setCurrentRow(0);
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + 2 * space::medium);
}

void LayerProperties::addPage(const QString &name, const QString &iconName, const QString &title, PropertyPage *page)
{
    page->setObjectName(name);
    auto *item = new QListWidgetItem(icon(iconName), title, m_list);
    item->setSizeHint(
        {QFontMetrics(m_list->font()).horizontalAdvance(title) + iconSize + space::huge, rowHeight + space::tiny});
    m_stack->addWidget(page);
    m_pages << page;
    connect(page, &PropertyPage::edited, this, [this] { setEdited(true); });
}

void LayerProperties::setView(const Extent &extent, const Crs &crs)
{
    if (auto *page = findChild<SelectionPage *>())
        page->setView(extent, crs);
}

void LayerProperties::showPage(const QString &name)
{
    for (int i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i]->objectName() == name)
            m_list->setCurrentRow(i);
    }
}

void LayerProperties::refresh()
{
    const auto *node = current();
    if (!node)
        return;
    const auto title = node->layer ? node->layer->title : node->title;
    setWindowTitle(tr("Properties of “%1”").arg(title));
    for (auto *page : std::as_const(m_pages))
        page->show(*node);
    setEdited(false);
}

void LayerProperties::setEdited(bool edited)
{
    m_edited = edited;
    m_apply->setEnabled(edited);
}

bool LayerProperties::apply()
{
    const auto *node = current();
    if (!node || !m_edited)
        return false;
    auto wanted = *node;
    wanted.children.clear();
    for (const auto *page : std::as_const(m_pages))
        page->store(wanted);
    m_edited = false; // so that the change shows
    const bool done = m_editor.apply({TreeChange::Set{std::move(wanted)}, tr("Change properties")});
    refresh();
    return done;
}

void LayerProperties::accept()
{
    apply();
    QDialog::accept();
}

} // namespace hanseatlas
