// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/featurepanel.h"

#include "layers/map/credits.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/sectionheader.h"
#include "widgets/map/attributemodel.h"
#include "widgets/map/foundmodel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QTreeView>
#include <QVBoxLayout>

#include <set>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double tolerance = 6; // logical pixels around the click

/** A label that shows data: plain, wrapping, to be selected by mouse and keyboard. */
QLabel *dataLabel(look::Type type, QWidget *parent)
{
    auto *label = look::label({}, type, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

FeaturePanel::FeaturePanel(LayerTree &tree, QThreadPool &pool, QWidget *parent)
    : QWidget(parent)
    , m_tree(tree)
    , m_pool(pool)
    , m_model(new FoundModel(this))
    , m_attributes(new AttributeModel(this))
    , m_pages(new QStackedWidget(this))
{
    constexpr int servers = 64;
    m_waitPool.setMaxThreadCount(servers);
    createActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    m_pages->addWidget(
        new look::EmptyState(u"identify"_s, tr("Nothing chosen"), tr("Click on the map to see what is there."), this));
    m_pages->addWidget(createAnswer());
    showCurrent();
}

FeaturePanel::~FeaturePanel() = default;

const Found &FeaturePanel::found() const
{
    return m_model->found();
}

const FoundFeature *FeaturePanel::chosen() const
{
    return m_model->featureAt(current());
}

void FeaturePanel::createActions()
{
    const auto make = [this](const QString &icon, const QString &text, auto slot) {
        auto *action = new QAction(look::icon(icon), text, this);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_previous = make(u"chevron-up"_s, tr("Previous object"), [this] { step(-1); });
    m_next = make(u"chevron-down"_s, tr("Next object"), [this] { step(1); });
    m_zoom = make(u"zoom-to"_s, tr("Zoom to object"), [this] { zoomToCurrent(); });
    m_copyAll = make(u"copy"_s, tr("Copy all attributes"), [this] { copyAll(); });
    m_copyValue = make({}, tr("Copy value"), [this] { copySelection(false); });
    m_copyRow = make({}, tr("Copy row"), [this] { copySelection(true); });
    m_open = make({}, tr("Open link"), [this] { openLink(m_table->currentIndex()); });
}

QWidget *FeaturePanel::createAnswer()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new look::SectionHeader({}, page);
    m_header->setContentsMargins(look::space::medium, look::space::tiny, look::space::small, look::space::tiny);
    for (auto *action : {m_previous, m_next, m_zoom, m_copyAll})
        m_header->addButton(action);
    layout->addWidget(m_header);

    m_list = new QTreeView(page);
    m_list->setModel(m_model);
    setFocusProxy(m_list);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(look::space::medium);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Objects at this place"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &FeaturePanel::showCurrent);

    auto *splitter = new QSplitter(Qt::Vertical, page);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(createDetails());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({280, 420});
    layout->addWidget(splitter, 1);
    return page;
}

QWidget *FeaturePanel::createDetails()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(look::space::medium, look::space::medium, look::space::medium, look::space::medium);
    layout->setSpacing(look::space::tiny);
    m_layerTitle = look::secondaryLabel({}, look::Type::Caption, page);
    m_layerTitle->setTextFormat(Qt::PlainText);
    m_layerTitle->setWordWrap(true);
    m_title = dataLabel(look::Type::Heading, page);
    m_personal = look::label(personalWarning(), look::Type::Caption, page);
    m_personal->setWordWrap(true);
    m_table = new QTableView(page);
    m_table->setModel(m_attributes);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->viewport()->setAutoFillBackground(false); // part of the panel, no field in it
    m_table->setShowGrid(false);
    m_table->setWordWrap(true);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("Attributes"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(AttributeModel::CaptionColumn, QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(AttributeModel::ValueColumn, QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->installEventFilter(this);
    connect(m_table, &QTableView::clicked, this, &FeaturePanel::openLink);
    connect(m_table, &QTableView::customContextMenuRequested, this, &FeaturePanel::tableMenu);
    m_page = new QTextBrowser(page);
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->viewport()->setAutoFillBackground(false);
    m_page->setOpenLinks(false);
    m_page->setSearchPaths({}); // nothing is loaded from anywhere
    m_page->setAccessibleName(tr("Answer of the service"));
    connect(m_page, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        if (url.scheme() == "https"_L1 || url.scheme() == "http"_L1)
            emit linkActivated(url);
    });
    m_notes = look::secondaryLabel({}, look::Type::Caption, page);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    m_provenance = look::secondaryLabel({}, look::Type::Caption, page);
    m_provenance->setTextFormat(Qt::PlainText);
    m_provenance->setWordWrap(true);
    m_provenance->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (auto *widget : std::initializer_list<QWidget *>{m_layerTitle, m_title, m_personal})
        layout->addWidget(widget);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_page, 1);
    layout->addWidget(m_notes);
    layout->addWidget(m_provenance);
    return page;
}

void FeaturePanel::identify(const Viewport &view, const QPointF &place)
{
    const double reach = tolerance * view.pixelsPerMm * 25.4 / 96;
    m_servers.clear();
    m_order.clear();
    auto scene = m_tree.scene();
    scene.wait = false;
    auto work = [scene, view, place, reach](CancelToken token) -> Result<Found> {
        try {
            return hanseatlas::identify(scene, view, place, reach, token);
        } catch (const std::exception &e) {
            return failure(ErrorKind::Internal, tr("The objects could not be read."), {},
                           QString::fromLocal8Bit(e.what()));
        }
    };
    m_asking.run(m_pool, std::move(work), [this, scene, view, place](Result<Found> found) {
        askServers(scene, view, place);
        present(found ? std::move(*found) : Found{view.toMap(place), view.crs, {}});
    });
}

/** Each on its own: a slow one holds up none of the others. */
void FeaturePanel::askServers(const MapScene &scene, const Viewport &view, const QPointF &place)
{
    for (const auto &layer : scene.layers)
        m_order.prepend(layer.id);
    for (const auto &layer : layersToAsk(scene, view)) {
        auto &job = *m_servers.emplace_back(std::make_unique<Latest>());
        job.run(
            m_waitPool, [layer, view, place](CancelToken token) { return identifyByServer(layer, view, place, token); },
            [this](const std::vector<FoundLayer> &layers) {
                auto found = m_model->found();
                for (const auto &answer : layers) {
                    const auto rank = [&](const FoundLayer &l) { return m_order.indexOf(l.id); };
                    const auto at = std::ranges::upper_bound(found.layers, rank(answer), {}, rank);
                    found.layers.insert(at, answer);
                }
                if (layers.empty())
                    tellCount();
                else
                    fill(std::move(found));
            });
    }
}

void FeaturePanel::clear()
{
    m_asking.cancel();
    m_servers.clear();
    present({});
}

void FeaturePanel::present(Found found)
{
    fill(std::move(found));
    emit answered(m_model->found());
}

/** What was chosen stays chosen. */
void FeaturePanel::fill(Found found)
{
    const auto *layer = m_model->layerAt(current());
    const auto *feature = m_model->featureAt(current());
    const auto chosenLayer = layer ? layer->id : QUuid();
    const auto chosenRow = feature ? current().row() : -1;
    m_model->setFound(std::move(found));
    m_list->expandAll();
    auto chosen = m_model->featureIndex(0);
    for (int row = 0; row < m_model->rowCount() && chosenRow >= 0 && m_list->hasFocus(); ++row) {
        const auto parent = m_model->index(row, 0);
        if (m_model->layerAt(parent)->id == chosenLayer && chosenRow < m_model->rowCount(parent))
            chosen = m_model->index(chosenRow, 0, parent);
    }
    if (chosen.isValid())
        m_list->setCurrentIndex(chosen);
    else if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
    m_list->setVisible(m_model->found().size() > 1 || m_model->rowCount() > 1);
    tellCount();
    showCurrent();
}

void FeaturePanel::tellCount()
{
    const auto waiting = int(std::ranges::count_if(m_servers, [](const auto &job) { return job->isRunning(); }));
    auto title = tr("Objects here: %1").arg(locale().toString(int(m_model->found().size())));
    if (waiting > 0)
        title += u" · "_s + tr("asking %n service(s) …", nullptr, waiting);
    m_header->setTitle(title);
    m_pages->setCurrentIndex(m_model->found().layers.empty() && waiting == 0 ? 0 : 1);
}

QModelIndex FeaturePanel::current() const
{
    return m_list->currentIndex();
}

void FeaturePanel::showCurrent()
{
    const auto *feature = m_model->featureAt(current());
    const auto *layer = m_model->layerAt(current());
    m_previous->setEnabled(m_model->nextFeature(current(), -1).isValid());
    m_next->setEnabled(m_model->nextFeature(current(), 1).isValid() && current().isValid());
    m_zoom->setEnabled(feature && !feature->geometry.isEmpty());
    m_copyAll->setEnabled(feature);
    m_layerTitle->setText(feature ? layer->title : QString());
    m_title->setText(feature ? feature->title : layer ? layer->title : QString());
    m_personal->setVisible(layer && layer->provenance.personal);
    const bool page = feature && !feature->html.isEmpty();
    m_table->setVisible(!page);
    m_page->setVisible(page);
    m_page->setHtml(page ? feature->html : QString());
    m_attributes->setObject(feature ? layer->fields : QList<Field>(), feature ? feature->values : QVariantList());
    fitColumns();
    m_notes->setText(layer ? layer->notes.join(u'\n') : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    if (layer)
        showProvenance(*layer);

    std::vector<Geometry> marked;
    if (feature && !feature->geometry.isEmpty())
        marked.push_back(feature->geometry);
    emit highlightChanged(marked);
}

void FeaturePanel::fitColumns()
{
    constexpr int least = 60, mostPercent = 45; // values need more room than captions
    m_table->resizeColumnToContents(AttributeModel::CaptionColumn);
    const int wanted = m_table->columnWidth(AttributeModel::CaptionColumn);
    const int most = std::max(least, m_table->viewport()->width() * mostPercent / 100);
    m_table->setColumnWidth(AttributeModel::CaptionColumn, std::clamp(wanted, least, most));
}

void FeaturePanel::showProvenance(const FoundLayer &layer)
{
    const auto &p = layer.provenance;
    QStringList lines;
    if (p.demo)
        lines.append(demoMark());
    if (!p.source.isEmpty())
        lines.append(tr("Source: %1").arg(p.source));
    if (!p.licence.isEmpty())
        lines.append(tr("Licence: %1").arg(p.licence));
    if (p.dataTime.isValid())
        lines.append(tr("As of %1").arg(locale().toString(p.dataTime.date(), tr("d MMM yyyy", "a date"))));
    if (lines.isEmpty())
        lines.append(tr("Source and licence are not stated."));
    m_provenance->setText(lines.join(u'\n'));
}

void FeaturePanel::step(int by)
{
    const auto next = m_model->nextFeature(current(), by);
    if (next.isValid())
        m_list->setCurrentIndex(next);
}

void FeaturePanel::zoomToCurrent()
{
    if (const auto *feature = m_model->featureAt(current()); feature && !feature->geometry.isEmpty())
        emit zoomRequested(feature->geometry.extent(), m_model->found().crs);
}

void FeaturePanel::copyAll()
{
    const auto *feature = m_model->featureAt(current());
    if (feature)
        QGuiApplication::clipboard()->setText(feature->title + u'\n' + m_attributes->allText());
}

void FeaturePanel::copySelection(bool wholeRows)
{
    auto cells = m_table->selectionModel()->selectedIndexes();
    if (cells.isEmpty() && m_table->currentIndex().isValid())
        cells.append(m_table->currentIndex());
    std::ranges::sort(cells);
    std::set<int> rows;
    QStringList lines;
    for (const auto &cell : std::as_const(cells)) {
        if (!wholeRows)
            lines.append(cell.data().toString());
        else if (rows.insert(cell.row()).second)
            lines.append(m_attributes->rowText(cell.row()));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void FeaturePanel::openLink(const QModelIndex &index)
{
    const auto url = index.data(AttributeModel::LinkRole).toUrl();
    if (url.isValid())
        emit linkActivated(url);
}

void FeaturePanel::tableMenu(const QPoint &at)
{
    if (!m_table->indexAt(at).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_table->indexAt(at).data(AttributeModel::LinkRole).isValid())
        menu->addAction(m_open);
    menu->addActions({m_copyValue, m_copyRow, m_copyAll});
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool FeaturePanel::eventFilter(QObject *watched, QEvent *event)
{
    // Before it is shown for the first time the table does not know its font.
    if (watched == m_table && (event->type() == QEvent::Resize || event->type() == QEvent::FontChange))
        fitColumns();
    if (watched == m_table && event->type() == QEvent::Show)
        QMetaObject::invokeMethod(this, &FeaturePanel::fitColumns, Qt::QueuedConnection);
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (key->matches(QKeySequence::Copy)) {
        copySelection(false);
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        openLink(m_table->currentIndex());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hanseatlas
