// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/layerpanel.h"

#include "widgets/layers/layerdelegate.h"
#include "widgets/layers/layeredits.h"
#include "widgets/layers/layerpanelmodel.h"
#include "widgets/layers/layertreeview.h"
#include "widgets/layers/treecommands.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/searchfield.h"

#include <QAction>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QToolButton *toolButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setIconSize({iconSize, iconSize});
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QString scaleText(double denominator)
{
    return u"1:"_s + QLocale().toString(denominator, 'f', 0);
}

} // namespace

LayerPanel::LayerPanel(LayerTree &tree, TreeEditor &editor, QWidget *parent)
    : QWidget(parent)
    , m_tree(tree)
    , m_editor(editor)
    , m_model(new LayerPanelModel(tree, this))
    , m_view(new LayerTreeView)
{
    setAcceptDrops(true);
    setFocusProxy(m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new LayerDelegate(*m_model, m_view));
    m_view->setAccessibleName(tr("Layers"));
    createCommands();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHeader());
    layout->addWidget(createBody(), 1);
    layout->addWidget(createFooter());
    watchModel();
    expandAsStored();
    updateEmptiness();
    updateState();
}

LayerPanel::~LayerPanel()
{
    // the children go after this, and not without a word
    m_view->selectionModel()->disconnect(this);
    m_view->disconnect(this);
    m_model->disconnect(this);
}

QWidget *LayerPanel::createHeader()
{
    auto *header = new QWidget;
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(space::medium, space::small, space::small, space::small);
    row->setSpacing(space::tiny);
    m_search = new SearchField(tr("Find a layer"));
    m_search->setAccessibleName(tr("Find a layer"));
    row->addWidget(m_search, 1);
    row->addWidget(toolButton(m_add));
    auto *more = toolButton(new QAction(icon(u"more"_s), tr("More for layers"), this));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMenu(m_menu);
    more->setProperty("noMenuArrow", true);
    row->addWidget(more);
    connect(m_search, &SearchField::searched, this, &LayerPanel::filter);
    connect(m_search, &SearchField::downPressed, this, [this] {
        m_view->setFocus();
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_model->index(0, 0));
    });
    return header;
}

QWidget *LayerPanel::createBody()
{
    auto *body = new QWidget;
    m_stack = new QStackedLayout(body);
    m_nothing = new EmptyState(u"layers"_s, tr("No layers yet"),
                               tr("Drop files here, or add a layer from a file. A theme map brings its own layers."));
    m_nothing->addButton(m_add, true);
    m_notFound = new EmptyState(u"search"_s, {}, tr("No layer has this name."));
    for (auto *page :
         {static_cast<QWidget *>(m_view), static_cast<QWidget *>(m_nothing), static_cast<QWidget *>(m_notFound)})
        m_stack->addWidget(page);
    return body;
}

QWidget *LayerPanel::createFooter()
{
    m_footer = new QWidget;
    auto *layout = new QVBoxLayout(m_footer);
    layout->setContentsMargins(space::medium, space::tiny, space::small, space::small);
    layout->setSpacing(space::tiny);
    auto *opacity = new QHBoxLayout;
    opacity->setSpacing(space::small);
    auto *caption = secondaryLabel(tr("&Opacity"), Type::Caption);
    m_opacity = new QSlider(Qt::Horizontal);
    m_opacity->setRange(0, 100);
    m_opacity->setPageStep(10);
    m_opacity->setAccessibleName(tr("Opacity of the chosen layer in percent"));
    caption->setBuddy(m_opacity);
    m_percent = secondaryLabel({}, Type::Caption);
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_percent->setMinimumWidth(QFontMetrics(look::font(Type::Caption)).horizontalAdvance(u"100 %"_s) + space::tiny);
    opacity->addWidget(caption);
    opacity->addWidget(m_opacity, 1);
    opacity->addWidget(m_percent);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(space::tiny);
    for (auto *action : {m_up, m_down, m_group, m_zoom, m_properties})
        buttons->addWidget(toolButton(action));
    buttons->addStretch();
    buttons->addWidget(toolButton(m_remove));
    layout->addLayout(opacity);
    layout->addLayout(buttons);
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) {
        m_tree.setData(m_tree.indexOf(current()), percent / 100.0, LayerTree::OpacityRole);
    });
    return m_footer;
}

QAction *LayerPanel::command(const QString &iconName, const QString &text, const QKeySequence &keys,
                             void (LayerPanel::*slot)())
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut); // of the list: a line that is being edited needs its keys itself
    connect(action, &QAction::triggered, this, slot);
    m_view->addAction(action);
    m_commands << action;
    return action;
}

void LayerPanel::createCommands()
{
    auto separate = [this] {
        m_commands << new QAction(this);
        m_commands.back()->setSeparator(true);
    };
    m_add = new QAction(icon(u"layer-add"_s), tr("Add layers …"), this); // its shortcut is the program's "Open"
    connect(m_add, &QAction::triggered, this, &LayerPanel::addRequested);
    m_commands << m_add;
    m_group = command(u"group-add"_s, tr("Group"), Qt::CTRL | Qt::Key_G, &LayerPanel::groupSelected);
    m_duplicate = command(u"duplicate"_s, tr("Duplicate"), Qt::CTRL | Qt::Key_D, &LayerPanel::duplicateSelected);
    m_rename = command(u"rename"_s, tr("Rename"), Qt::Key_F2, &LayerPanel::renameCurrent);
    m_remove = command(u"remove"_s, tr("Remove"), Qt::Key_Delete, &LayerPanel::removeSelected);
    separate();
    m_toggle = command(u"eye"_s, tr("Show or hide"), Qt::Key_Space, &LayerPanel::toggleSelected);
    m_up = command(u"up"_s, tr("Move up"), Qt::CTRL | Qt::Key_Up, &LayerPanel::moveUp);
    m_down = command(u"down"_s, tr("Move down"), Qt::CTRL | Qt::Key_Down, &LayerPanel::moveDown);
    m_scale = new QAction(icon(u"scale"_s), tr("Visible at scales"), this);
    m_scale->setMenu(createScaleMenu());
    m_commands << m_scale;
    separate();
    m_zoom = command(u"zoom-to"_s, tr("Zoom to layer"), Qt::CTRL | Qt::SHIFT | Qt::Key_L, &LayerPanel::zoomToSelected);
    m_reload = command(u"refresh"_s, tr("Read again"), Qt::CTRL | Qt::SHIFT | Qt::Key_R, &LayerPanel::reloadSelected);
    m_properties = command(u"properties"_s, tr("Properties …"), Qt::ALT | Qt::Key_Return, &LayerPanel::openProperties);
    separate();
    m_showAll = command(u"eye"_s, tr("Show all layers"), {}, &LayerPanel::showAll);
    m_hideAll = command(u"eye-off"_s, tr("Hide all layers"), {}, &LayerPanel::hideAll);
    m_fold = command(u"legend"_s, tr("Fold or unfold all legends"), Qt::CTRL | Qt::SHIFT | Qt::Key_F,
                     &LayerPanel::foldLegends);
    m_menu = new QMenu(this);
    m_menu->addActions(m_commands);
}

QMenu *LayerPanel::createScaleMenu()
{
    auto *menu = new QMenu(this);
    auto *always = menu->addAction(tr("At every scale"), this, [this] {
        edit(edits::change(m_tree, selected(), [](Layer &layer) { layer.minScale = layer.maxScale = 0; }));
    });
    auto *out = menu->addAction(QString(), this, [this] { setScaleLimit(&Layer::minScale, m_tree.scale()); });
    auto *in = menu->addAction(QString(), this, [this] { setScaleLimit(&Layer::maxScale, m_tree.scale()); });
    connect(menu, &QMenu::aboutToShow, this, [this, always, out, in] {
        const auto now = scaleText(m_tree.scale());
        out->setText(tr("From the scale now (%1) inwards").arg(now));
        in->setText(tr("From the scale now (%1) outwards").arg(now));
        for (auto *action : {out, in})
            action->setEnabled(m_tree.scale() > 0);
        always->setEnabled(!selected().isEmpty());
    });
    return menu;
}

void LayerPanel::setScaleLimit(double Layer::*limit, double value)
{
    edit(edits::change(m_tree, selected(), [&](Layer &layer) { layer.*limit = value; }));
}

void LayerPanel::watchModel()
{
    connect(m_model, &LayerPanelModel::editRequested, this,
            [this](const TreeChange &change) { m_editor.apply(change); });
    const auto *delegate = qobject_cast<LayerDelegate *>(m_view->itemDelegate());
    connect(delegate, &LayerDelegate::againRequested, this,
            [this](const QModelIndex &index) { emit reloadRequested(m_model->nodeId(index)); });
    // Queued: it comes while the row is painted
    connect(delegate, &LayerDelegate::pictureWanted, this, &LayerPanel::fetchPicture, Qt::QueuedConnection);
    connect(m_view, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (m_model->layer(index))
            fetchPicture(m_model->nodeId(index)); // once more, where it failed
    });
    connect(m_view, &LayerTreeView::filesDropped, this, &LayerPanel::filesDropped);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (!m_model->legendEntry(index))
            openProperties();
    });
    connect(m_view, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &place) { m_menu->popup(m_view->viewport()->mapToGlobal(place)); });
    auto keepFolding = [this](bool expanded) {
        return [this, expanded](const QModelIndex &index) {
            if (!m_restoring)
                m_tree.setExpanded(m_model->nodeId(index), expanded);
        };
    };
    connect(m_view, &QTreeView::expanded, this, keepFolding(true));
    connect(m_view, &QTreeView::collapsed, this, keepFolding(false));
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LayerPanel::updateState);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        updateState();
        emit currentLayerChanged(current());
    });
    auto changed = [this] {
        expandAsStored();
        if (!m_filter.isEmpty())
            filter(m_filter);
        updateEmptiness();
        updateState();
    };
    connect(m_model, &LayerPanelModel::rowsInserted, this, changed);
    connect(m_model, &LayerPanelModel::rowsRemoved, this, changed);
    connect(m_model, &LayerPanelModel::rowsMoved, this, changed);
    connect(m_model, &LayerPanelModel::modelReset, this, changed);
    connect(m_model, &LayerPanelModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &) {
        updateState();
        if (!m_restoring && m_filter.isEmpty()) {
            m_restoring = true;
            if (const auto stored = from.data(LayerTree::ExpandedRole); stored.isValid() && m_model->rowCount(from) > 0)
                m_view->setExpanded(from, stored.toBool());
            m_restoring = false;
        }
    });
}

void LayerPanel::fetchPicture(const QUuid &layer)
{
    m_model->fetchPicture(layer, 96 / 25.4 * devicePixelRatioF());
}

void LayerPanel::setPool(QThreadPool &pool)
{
    m_model->setPool(pool);
}

void LayerPanel::expandAsStored(const QModelIndex &parent)
{
    const bool outermost = !std::exchange(m_restoring, true);
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const auto index = m_model->index(row, 0, parent);
        if (m_model->rowCount(index) > 0)
            m_view->setExpanded(index, index.data(LayerTree::ExpandedRole).toBool());
        expandAsStored(index);
    }
    if (outermost)
        m_restoring = false;
}

void LayerPanel::filter(const QString &text)
{
    m_filter = text;
    m_view->setDragEnabled(text.isEmpty()); // among hidden rows nobody can tell where a layer would land
    m_restoring = true;
    const bool any = filterRows({}, text);
    m_restoring = false;
    if (text.isEmpty())
        expandAsStored();
    m_stack->setCurrentWidget(m_tree.roots().empty() ? static_cast<QWidget *>(m_nothing)
                                  : any              ? static_cast<QWidget *>(m_view)
                                                     : m_notFound);
}

/** Shows the rows whose title has the text, all that is in them, and the way to them. */
bool LayerPanel::filterRows(const QModelIndex &parent, const QString &text)
{
    bool any = false;
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const auto index = m_model->index(row, 0, parent);
        const bool self = text.isEmpty() || index.data().toString().contains(text, Qt::CaseInsensitive);
        const bool below = filterRows(index, self ? QString() : text);
        m_view->setRowHidden(row, parent, !self && !below);
        if (!self && below)
            m_view->expand(index);
        any = any || self || below;
    }
    return any;
}

void LayerPanel::updateEmptiness()
{
    const bool empty = m_tree.roots().empty();
    if (empty)
        m_stack->setCurrentWidget(m_nothing);
    else if (m_filter.isEmpty())
        m_stack->setCurrentWidget(m_view);
    m_footer->setVisible(!empty);
    m_search->setEnabled(!empty);
}

void LayerPanel::updateState()
{
    const auto ids = selected();
    const bool any = !ids.isEmpty();
    for (auto *action : {m_duplicate, m_remove, m_toggle, m_scale, m_properties, m_zoom, m_reload})
        action->setEnabled(any);
    m_rename->setEnabled(!current().isNull());
    m_up->setEnabled(!edits::isEmpty(edits::step(m_tree, ids, -1)));
    m_down->setEnabled(!edits::isEmpty(edits::step(m_tree, ids, 1)));
    for (auto *action : {m_showAll, m_hideAll, m_fold})
        action->setEnabled(!m_tree.roots().empty());
    updateOpacity();
}

void LayerPanel::updateOpacity()
{
    const auto opacity = m_tree.indexOf(current()).data(LayerTree::OpacityRole);
    const QSignalBlocker blocker(m_opacity);
    m_opacity->setEnabled(opacity.isValid());
    m_opacity->setValue(opacity.isValid() ? qRound(opacity.toDouble() * 100) : 100);
    m_percent->setText(opacity.isValid() ? tr("%1 %").arg(m_opacity->value()) : QString());
}

QUuid LayerPanel::current() const
{
    return m_model->nodeId(m_view->currentIndex());
}

QList<QUuid> LayerPanel::selected() const
{
    QList<QUuid> ids;
    for (const auto &index : m_view->selectionModel()->selectedRows())
        ids << m_model->nodeId(index);
    return edits::withoutNested(m_tree, ids);
}

void LayerPanel::select(const QUuid &node)
{
    const auto index = m_model->indexOf(node);
    // whatever keys are held down
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void LayerPanel::edit(TreeChange change)
{
    if (!edits::isEmpty(change))
        m_editor.apply(std::move(change));
}

void LayerPanel::groupSelected()
{
    QUuid group;
    edit(edits::group(m_tree, selected(), tr("New group"), &group));
    select(group);
    m_view->expand(m_model->indexOf(group));
    renameCurrent();
}

void LayerPanel::renameCurrent()
{
    const auto index = m_model->indexOf(current());
    // whatever keys are held down
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->edit(index);
}

void LayerPanel::removeSelected()
{
    edit(edits::remove(selected()));
}

void LayerPanel::duplicateSelected()
{
    edit(edits::duplicate(m_tree, selected()));
}

void LayerPanel::toggleSelected()
{
    const auto index = m_view->currentIndex();
    const auto state = index.data(Qt::CheckStateRole);
    if (!state.isValid())
        return;
    const bool show = state.toInt() != Qt::Checked;
    if (m_model->legendEntry(index))
        m_model->setData(index, show ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
    else
        edit(edits::show(m_tree, selected(), show));
}

void LayerPanel::moveUp()
{
    edit(edits::step(m_tree, selected(), -1));
    m_view->scrollTo(m_view->currentIndex());
}

void LayerPanel::moveDown()
{
    edit(edits::step(m_tree, selected(), 1));
    m_view->scrollTo(m_view->currentIndex());
}

void LayerPanel::zoomToSelected()
{
    if (const auto extent = extentOf(m_tree, selected(), m_crs); !extent.isEmpty())
        emit zoomRequested(extent, m_crs);
}

void LayerPanel::openProperties()
{
    if (!current().isNull())
        emit propertiesRequested(current());
}

void LayerPanel::reloadSelected()
{
    for (const auto &id : selected()) {
        if (m_tree.find(id)->layer)
            emit reloadRequested(id);
    }
}

void LayerPanel::showAll()
{
    edit(edits::showAll(m_tree, true));
}

void LayerPanel::hideAll()
{
    edit(edits::showAll(m_tree, false));
}

void LayerPanel::foldLegends()
{
    const auto ids = m_tree.layerIds();
    const bool anyOpen =
        std::ranges::any_of(ids, [this](const QUuid &id) { return m_view->isExpanded(m_model->indexOf(id)); });
    for (const auto &id : ids)
        m_view->setExpanded(m_model->indexOf(id), !anyOpen);
}

void LayerPanel::dragEnterEvent(QDragEnterEvent *event)
{
    if (!filesIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void LayerPanel::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    emit filesDropped(filesIn(event->mimeData()));
}

} // namespace hanseatlas
