// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/catalogue/cataloguepanel.h"

#include "layers/catalogue/cataloguelayers.h"
#include "widgets/catalogue/cataloguedetails.h"
#include "widgets/catalogue/catalogueview.h"
#include "widgets/catalogue/servicedialog.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/searchfield.h"
#include "widgets/look/sectionheader.h"
#include "widgets/look/spinner.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int askAbove = 60; ///< layers at once: more is rarely meant

int countLayers(const std::vector<CatalogueNode> &nodes)
{
    int sum = 0;
    for (const auto &node : nodes)
        sum += node.kind == CatalogueKind::Dataset ? std::min(1, layerCount(node)) : layerCount(node);
    return sum;
}

} // namespace

CataloguePanel::CataloguePanel(const CatalogueReader &reader, const CatalogueDetector &detector, QThreadPool &pool,
                               QWidget *parent)
    : QWidget(parent)
    , m_reader(reader)
    , m_detector(detector)
    , m_pool(pool)
    , m_model(new CatalogueModel(reader, pool, this))
    , m_search(new CatalogueSearch(*m_model, reader, pool, this))
{
    createActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHeader());
    layout->addWidget(createSearch());
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(createViews());
    m_details = new CatalogueDetails(m_reader, m_pool);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({360, 280});
    layout->addWidget(splitter, 1);
    layout->addWidget(createBottom());
    setFocusProxy(m_field);
    connectViews();
    showState();
    updateActions();
}

CataloguePanel::~CataloguePanel() = default;

void CataloguePanel::createActions()
{
    const auto make = [this](const QString &iconName, const QString &text, auto slot) {
        auto *action = new QAction(icon(iconName), text, this);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_add = make(u"layer-add"_s, tr("Add to map"), &CataloguePanel::addSelected);
    m_addSource = make(u"plus"_s, tr("Add source …"), &CataloguePanel::askForSource);
    m_rename = make(u"rename"_s, tr("Rename source …"), &CataloguePanel::renameSource);
    m_remove = make(u"remove"_s, tr("Remove source"), &CataloguePanel::removeSource);
    m_refresh = make(u"refresh"_s, tr("Read source again"), &CataloguePanel::refreshSource);
    m_import = make(u"open"_s, tr("Import list of sources …"), &CataloguePanel::importSources);
    m_export = make(u"save-as"_s, tr("Export list of sources …"), &CataloguePanel::exportSources);
    for (auto *action : {m_addSource, m_import})
        action->setEnabled(false);
    for (const auto &[action, key] :
         {std::pair(m_rename, Qt::Key_F2), {m_remove, Qt::Key_Delete}, {m_refresh, Qt::Key_F5}}) {
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
    }
}

QList<QAction *> CataloguePanel::commands() const
{
    return {m_add, m_addSource, m_rename, m_remove, m_refresh, m_import, m_export};
}

QWidget *CataloguePanel::createHeader()
{
    auto *menu = new QMenu(this);
    menu->addActions({m_rename, m_remove, m_refresh});
    menu->addSeparator();
    menu->addActions({m_import, m_export});
    auto *more = new QAction(icon(u"more"_s), tr("More for the catalogue"), this);
    more->setMenu(menu);
    connect(more, &QAction::triggered, this,
            [this, menu] { menu->popup(mapToGlobal(QPoint(width() - menu->sizeHint().width(), 40))); });
    auto *header = new SectionHeader(tr("Catalogue"));
    header->addButton(m_addSource);
    header->addButton(more);
    header->setContentsMargins(space::medium, space::tiny, space::small, space::tiny);
    return header;
}

QWidget *CataloguePanel::createSearch()
{
    auto *bar = new QWidget;
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(space::medium, 0, space::medium, space::small);
    column->setSpacing(space::small);
    m_field = new SearchField(tr("Search layers and data"));
    m_field->setAccessibleName(tr("Search the catalogue"));
    column->addWidget(m_field);
    m_filters = new QWidget;
    auto *row = new QHBoxLayout(m_filters);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    m_format = new QComboBox;
    m_format->setAccessibleName(tr("Narrow by format"));
    m_format->addItem(tr("All formats"), QString());
    for (const auto *format :
         {u"WMS", u"WMTS", u"WFS", u"OGC API Features", u"GeoJSON", u"CSV", u"Shapefile", u"GeoPackage"})
        m_format->addItem(QString::fromUtf16(format), QString::fromUtf16(format));
    m_theme = new QComboBox;
    m_theme->setAccessibleName(tr("Narrow by theme"));
    m_theme->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_spinner = new Spinner;
    m_count = secondaryLabel({}, Type::Caption);
    row->addWidget(m_format);
    row->addWidget(m_theme, 1);
    row->addStretch();
    row->addWidget(m_spinner);
    row->addWidget(m_count);
    column->addWidget(m_filters);
    return bar;
}

QWidget *CataloguePanel::createViews()
{
    auto *body = new QWidget;
    m_stack = new QStackedLayout(body);
    m_tree = new CatalogueView(false);
    m_tree->setObjectName("catalogueTree");
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Catalogue"));
    m_finds = new CatalogueView(true);
    m_finds->setObjectName("catalogueFinds");
    m_finds->setModel(m_search);
    m_finds->setAccessibleName(tr("Found in the catalogue"));
    auto *empty = new EmptyState(u"layers"_s, tr("No sources yet"),
                                 tr("Add a geoportal, a catalogue or a service by its address."));
    empty->addButton(m_addSource, true);
    m_nothing = new EmptyState(u"search"_s, tr("Nothing found"), {});
    for (auto *widget : {static_cast<QWidget *>(m_tree), static_cast<QWidget *>(m_finds), static_cast<QWidget *>(empty),
                         static_cast<QWidget *>(m_nothing)})
        m_stack->addWidget(widget);
    m_tree->addActions({m_add, m_rename, m_remove, m_refresh});
    m_finds->addActions({m_add});
    return body;
}

QWidget *CataloguePanel::createBottom()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::medium, space::small, space::medium, space::medium);
    m_addButton = actionButton(m_add);
    setPrimary(m_addButton);
    row->addWidget(m_addButton, 1);
    return bar;
}

void CataloguePanel::connectViews()
{
    connect(m_field, &SearchField::searched, this, &CataloguePanel::startSearch);
    connect(m_format, &QComboBox::activated, this, &CataloguePanel::startSearch);
    connect(m_theme, &QComboBox::activated, this, &CataloguePanel::startSearch);
    connect(m_field, &SearchField::downPressed, this, [this] {
        auto *shown = view();
        if (!shown->currentIndex().isValid())
            shown->setCurrentIndex(shown->model()->index(0, 0));
        shown->setFocus();
    });
    for (auto *each : {m_tree, m_finds}) {
        connect(each, &CatalogueView::leftUpwards, m_field, qOverload<>(&QWidget::setFocus));
        connect(each, &QTreeView::activated, this, &CataloguePanel::activate);
        connect(each, &QTreeView::clicked, this, [this](const QModelIndex &index) {
            if (CatalogueAction(index.data(CatalogueActionRole).toInt()) == CatalogueAction::Load)
                activate(index);
        });
        connect(each->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
            showDetails();
            updateActions();
        });
        connect(each->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
            showDetails();
            updateActions();
        });
    }
    connect(m_tree, &QTreeView::expanded, m_model, &CatalogueModel::load);
    connect(m_model, &CatalogueModel::loaded, this, [this] {
        showDetails();
        updateActions();
    });
    connect(m_search, &CatalogueSearch::changed, this, &CataloguePanel::showState);
    connect(m_details, &CatalogueDetails::addRequested, this,
            [this](const CatalogueNode &resource) { add({resource}); });
    connect(m_details, &CatalogueDetails::linkActivated, this, &CataloguePanel::linkActivated);
}

// ---- what is shown

bool CataloguePanel::isSearching() const
{
    return !m_search->query().words.isEmpty();
}

CatalogueView *CataloguePanel::view() const
{
    return isSearching() ? m_finds : m_tree;
}

void CataloguePanel::setSources(std::vector<CatalogueSource> sources)
{
    m_model->setSources(std::move(sources));
    for (auto *action : {m_addSource, m_import})
        action->setEnabled(true); // before, a change would lose what was not known yet
    unfoldFirst();
    showState();
    showDetails();
    updateActions();
}

/** The city's own, when it is looked at first. */
void CataloguePanel::unfoldFirst()
{
    if (!m_isFresh || !isVisible() || m_model->rowCount() == 0)
        return;
    m_isFresh = false;
    m_tree->expand(m_model->index(0, 0));
}

void CataloguePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    unfoldFirst();
}

std::vector<CatalogueSource> CataloguePanel::sources() const
{
    return m_model->sources();
}

void CataloguePanel::search(const QString &words)
{
    m_field->setText(words);
    startSearch();
}

void CataloguePanel::startSearch()
{
    const auto words = m_field->text().trimmed();
    if (!words.isEmpty())
        m_model->loadAll(); // what is not read cannot be found
    m_search->search(
        {.words = words, .theme = m_theme->currentData().toString(), .format = m_format->currentData().toString()});
    showState();
}

void CataloguePanel::showState()
{
    const bool searching = isSearching();
    const int found = m_search->found();
    m_filters->setVisible(searching);
    m_spinner->setVisible(searching && (m_search->isAsking() || m_model->isLoading()));
    m_count->setText(tr("%n found", nullptr, found));
    updateThemes();
    const bool waits = m_search->isAsking() || m_model->isLoading();
    if (m_model->rowCount() == 0)
        m_stack->setCurrentIndex(2);
    else if (searching && m_search->rowCount() == 0 && !waits)
        m_stack->setCurrentIndex(3);
    else
        m_stack->setCurrentIndex(searching ? 1 : 0);
    m_nothing->setText(tr("Nothing in the catalogue fits “%1”.").arg(m_field->text().trimmed().toHtmlEscaped()));
    showDetails();
    updateActions();
}

/** Themes that sources offer stay to be chosen from while one of them is chosen. */
void CataloguePanel::updateThemes()
{
    const auto themes = m_search->themes();
    const auto chosen = m_theme->currentData().toString();
    if (m_theme->count() == 0 || (chosen.isEmpty() && m_theme->count() != themes.size() + 1)) {
        m_theme->clear();
        m_theme->addItem(tr("All themes"), QString());
        for (const auto &theme : themes)
            m_theme->addItem(theme, theme);
    }
    m_theme->setVisible(m_theme->count() > 1);
}

CatalogueNode CataloguePanel::nodeAt(const QModelIndex &index) const
{
    if (index.model() == m_model)
        return m_model->collected(index);
    const auto row = m_search->inCatalogue(index);
    if (row.isValid())
        return m_model->collected(row);
    const auto *node = m_search->node(index);
    return node ? *node : CatalogueNode();
}

void CataloguePanel::showDetails()
{
    const auto index = view()->currentIndex();
    const auto rows = view()->selectionModel()->selectedRows().size();
    const bool shown =
        index.isValid() && rows <= 1 && CatalogueKind(index.data(CatalogueKindRole).toInt()) != CatalogueKind::Hint;
    if (!shown) {
        m_details->clear();
        return;
    }
    auto node = index.model() == m_model ? *m_model->node(index) : *m_search->node(index);
    if (node.kind != CatalogueKind::Dataset)
        node.children.clear(); // of a folder nothing is shown of what is in it
    m_details->show(node);
}

void CataloguePanel::updateActions()
{
    int layers = 0;
    bool service = false;
    for (const auto &index : view()->selectionModel()->selectedRows()) {
        const auto row = index.model() == m_model ? index : m_search->inCatalogue(index);
        if (row.isValid())
            layers += m_model->layersBelow(row);
        else if (const auto *node = m_search->node(index))
            layers += std::min(1, layerCount(*node));
        service = service || CatalogueKind(index.data(CatalogueKindRole).toInt()) == CatalogueKind::Service;
    }
    m_add->setEnabled(layers > 0 || service);
    m_add->setText(layers > 1                   ? tr("Add %n layers to the map", nullptr, layers)
                       : service && layers == 0 ? tr("Show the service's layers")
                                                : tr("Add to map"));
    const auto *source = isSearching() ? nullptr : chosenSource();
    m_rename->setEnabled(source && source->own);
    m_remove->setEnabled(source && source->own);
    m_refresh->setEnabled(source);
    const auto all = m_model->sources();
    m_export->setEnabled(std::ranges::any_of(all, &CatalogueSource::own));
}

// ---- what is done

void CataloguePanel::activate(const QModelIndex &index)
{
    switch (CatalogueAction(index.data(CatalogueActionRole).toInt())) {
    case CatalogueAction::Add:
        return add({nodeAt(index)});
    case CatalogueAction::Load:
        return index.model() == m_model ? m_model->load(index) : m_search->load(index);
    case CatalogueAction::Unfold:
        break;
    case CatalogueAction::None:
        return;
    }
    const bool dataset = CatalogueKind(index.data(CatalogueKindRole).toInt()) == CatalogueKind::Dataset;
    if (index.model() == m_model || dataset)
        view()->setExpanded(index, !view()->isExpanded(index));
    else if (const auto row = m_search->inCatalogue(index); row.isValid())
        reveal(row);
    else
        add({nodeAt(index)}); // a service in a dataset that was found
}

void CataloguePanel::reveal(const QModelIndex &row)
{
    const QPersistentModelIndex shown = row;
    m_field->clear(); // back to the tree
    m_search->search({});
    showState();
    for (auto outer = QModelIndex(shown); outer.isValid(); outer = outer.parent())
        m_tree->expand(outer);
    m_tree->setCurrentIndex(shown);
    m_tree->scrollTo(shown, QAbstractItemView::PositionAtTop);
    m_tree->setFocus();
}

void CataloguePanel::addSelected()
{
    std::vector<CatalogueNode> nodes;
    auto rows = view()->selectionModel()->selectedRows();
    for (const auto &index : rows) {
        const bool inside = std::ranges::any_of(rows, [&](QModelIndex other) { // its folder is chosen, too
            for (auto outer = index.parent(); outer.isValid(); outer = outer.parent())
                if (outer == other)
                    return true;
            return false;
        });
        if (!inside)
            nodes.push_back(nodeAt(index));
    }
    if (nodes.size() == 1 && nodes.front().kind == CatalogueKind::Service && layerCount(nodes.front()) == 0) {
        const auto index = rows.front();
        const auto row = index.model() == m_model ? index : m_search->inCatalogue(index);
        if (row.isValid())
            return reveal(row);
    }
    add(std::move(nodes));
}

void CataloguePanel::add(std::vector<CatalogueNode> nodes)
{
    if (nodes.size() == 1 && nodes.front().kind == CatalogueKind::Service && layerCount(nodes.front()) == 0) {
        auto *dialog = new ServiceDialog(nodes.front(), m_reader, m_pool, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ServiceDialog::chosen, this, &CataloguePanel::emitLayers);
        dialog->open();
        return;
    }
    const int count = countLayers(nodes);
    if (count <= askAbove)
        return emitLayers(nodes);
    auto *question = new QMessageBox(QMessageBox::Question, tr("Add layers"),
                                     tr("Add %n layers to the map?", nullptr, count), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    auto *yes = question->addButton(tr("Add"), QMessageBox::AcceptRole);
    connect(yes, &QAbstractButton::clicked, this, [this, nodes = std::move(nodes)] { emitLayers(nodes); });
    question->open();
}

void CataloguePanel::emitLayers(const std::vector<CatalogueNode> &nodes)
{
    std::vector<const CatalogueNode *> chosen;
    for (const auto &node : nodes)
        chosen.push_back(&node);
    const auto made = layerNodes(chosen, m_seed);
    m_seed += countLayers(nodes);
    if (!made.empty())
        emit addWanted(made);
}

} // namespace hanseatlas
