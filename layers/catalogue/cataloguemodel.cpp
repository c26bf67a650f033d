// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguemodel.h"

#include "layers/catalogue/cataloguetexts.h"

#include <algorithm>
#include <exception>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

/** A row. Its node lies here for sources and hints, else in the tree that a source or service above has loaded. */
struct CatalogueModel::Row {
    Row *parent = nullptr;
    int number = 0; ///< among its parent's rows
    CatalogueNode own;
    const CatalogueNode *node = nullptr; ///< nullptr: `own`
    SearchText text;
    QByteArray path;
    std::vector<std::unique_ptr<Row>> rows;

    // of sources and services
    std::optional<CatalogueSource> source;
    CatalogueState state = CatalogueState::Idle;
    std::unique_ptr<Latest> job;
    std::vector<std::shared_ptr<const CatalogueTree>> trees; ///< the pages that the rows' nodes lie in
    int nextPage = -1;

    CatalogueAction action = CatalogueAction::None; ///< of hints

    const CatalogueNode &shown() const { return node ? *node : own; }
    bool loads() const { return source || shown().kind == CatalogueKind::Service; }
};

/** What a job brings along: the tree, and its rows, which are made where it does not matter how long that takes. */
struct CatalogueModel::Loaded {
    std::shared_ptr<const CatalogueTree> tree;
    std::vector<std::unique_ptr<Row>> rows;

    static std::unique_ptr<Row> makeRow(const CatalogueNode &node, const QByteArray &path)
    {
        auto row = std::make_unique<Row>();
        row->node = &node;
        row->text = searchTextOf(node);
        row->path = path;
        const auto inner = path.isEmpty() ? row->text.title : path + '\n' + row->text.title;
        for (const auto &child : node.children) {
            row->rows.push_back(makeRow(child, inner));
            row->rows.back()->parent = row.get();
            row->rows.back()->number = int(row->rows.size()) - 1;
        }
        return row;
    }

    static Loaded of(CatalogueTree tree, const QByteArray &path)
    {
        Loaded loaded{.tree = std::make_shared<const CatalogueTree>(std::move(tree))};
        for (const auto &node : loaded.tree->nodes)
            loaded.rows.push_back(makeRow(node, path));
        return loaded;
    }
};

CatalogueDrag::CatalogueDrag(std::vector<CatalogueNode> dragged)
    : nodes(std::move(dragged))
{
    setData(type(), "1"); // the nodes themselves do not leave the program
}

QString CatalogueDrag::type()
{
    return u"application/x-hanseatlas-catalogue"_s;
}

CatalogueModel::CatalogueModel(const CatalogueReader &reader, QThreadPool &pool, QObject *parent)
    : QAbstractItemModel(parent)
    , m_reader(reader)
    , m_pool(pool)
{
}

CatalogueModel::~CatalogueModel() = default;

/** Row by row, so that views keep what is unfolded. */
void CatalogueModel::setSources(std::vector<CatalogueSource> sources)
{
    const auto isSame = [](const CatalogueSource &a, const CatalogueSource &b) {
        return a.id == b.id && a.kind == b.kind && a.location == b.location && a.provider == b.provider;
    };
    for (int i = int(m_sources.size()) - 1; i >= 0; --i) {
        const auto &old = *m_sources[std::size_t(i)]->source;
        if (std::ranges::any_of(sources, [&](const auto &source) { return isSame(source, old); }))
            continue;
        beginRemoveRows({}, i, i);
        const auto gone = std::move(m_sources[std::size_t(i)]); // its job ends with it
        m_sources.erase(m_sources.begin() + i);
        renumber();
        endRemoveRows();
    }
    for (int i = 0; i < int(sources.size()); ++i) {
        const auto known = std::find_if(m_sources.begin() + i, m_sources.end(),
                                        [&](const auto &row) { return isSame(*row->source, sources[std::size_t(i)]); });
        const int from = int(known - m_sources.begin());
        const bool isNew = known == m_sources.end();
        if (isNew) {
            beginInsertRows({}, i, i);
            m_sources.insert(m_sources.begin() + i, std::make_unique<Row>());
        } else if (from > i) {
            beginMoveRows({}, from, from, {}, i);
            std::rotate(m_sources.begin() + i, known, known + 1);
        }
        auto &row = *m_sources[std::size_t(i)];
        row.own.title = sources[std::size_t(i)].title;
        row.own.abstract = sources[std::size_t(i)].location;
        if (row.own.abstract.startsWith(u':'))
            row.own.abstract.clear(); // a place within the program
        row.source = std::move(sources[std::size_t(i)]);
        renumber();
        if (isNew)
            endInsertRows();
        else if (from > i)
            endMoveRows();
        emit dataChanged(index(i, 0), index(i, 0));
    }
}

void CatalogueModel::renumber()
{
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        m_sources[i]->number = int(i);
}

std::vector<CatalogueSource> CatalogueModel::sources() const
{
    std::vector<CatalogueSource> sources;
    for (const auto &row : m_sources)
        sources.push_back(*row->source);
    return sources;
}

const CatalogueSource *CatalogueModel::sourceOf(const QModelIndex &index) const
{
    auto *row = rowOf(index);
    while (row && row->parent)
        row = row->parent;
    return row ? &*row->source : nullptr;
}

QModelIndex CatalogueModel::indexOfSource(const QString &id) const
{
    const auto found = std::ranges::find_if(m_sources, [&](const auto &row) { return row->source->id == id; });
    return found == m_sources.end() ? QModelIndex() : indexOfRow(found->get());
}

const CatalogueNode *CatalogueModel::node(const QModelIndex &index) const
{
    const auto *row = rowOf(index);
    return row ? &row->shown() : nullptr;
}

CatalogueNode CatalogueModel::collect(const Row &row)
{
    auto node = row.shown();
    if (row.rows.empty())
        return node;
    node.children.clear();
    for (const auto &inner : row.rows)
        if (inner->node)
            node.children.push_back(collect(*inner));
    return node;
}

CatalogueNode CatalogueModel::collected(const QModelIndex &index) const
{
    const auto *row = rowOf(index);
    return row ? collect(*row) : CatalogueNode();
}

int CatalogueModel::count(const Row &row)
{
    int sum = row.shown().canBeShown() ? 1 : 0;
    for (const auto &inner : row.rows)
        sum += count(*inner);
    return row.shown().kind == CatalogueKind::Dataset ? std::min(sum, 1) : sum;
}

int CatalogueModel::layersBelow(const QModelIndex &index) const
{
    const auto *row = rowOf(index);
    return row ? count(*row) : 0;
}

QStringList CatalogueModel::pathOf(const QModelIndex &index) const
{
    QStringList path;
    for (auto outer = index.parent(); outer.isValid(); outer = outer.parent())
        path.prepend(outer.data().toString());
    return path;
}

// ---- loading

void CatalogueModel::load(const QModelIndex &index)
{
    auto *row = rowOf(index);
    if (!row)
        return;
    if (row->action == CatalogueAction::Load) { // a hint
        auto &holder = *row->parent;
        if (holder.state == CatalogueState::Failed)
            start(holder, CatalogueAge::Fresh);
        else if (holder.nextPage > 0 && holder.state == CatalogueState::Ready)
            start(holder, CatalogueAge::Fresh, holder.nextPage);
        return;
    }
    if (row->loads() && row->state == CatalogueState::Idle)
        start(*row, CatalogueAge::Kept);
}

void CatalogueModel::reload(const QModelIndex &index)
{
    if (auto *row = rowOf(index); row && row->loads())
        start(*row, CatalogueAge::Fresh);
}

void CatalogueModel::loadAll()
{
    for (const auto &row : m_sources)
        if (!row->source->isSearchedThere() && row->state == CatalogueState::Idle)
            start(*row, CatalogueAge::Kept);
}

bool CatalogueModel::isLoading() const
{
    return std::ranges::any_of(m_sources, [](const auto &row) { return row->state == CatalogueState::Loading; });
}

void CatalogueModel::start(Row &row, CatalogueAge age, int page)
{
    if (!row.job)
        row.job = std::make_unique<Latest>();
    auto path = row.path;
    if (!row.source)
        path += (path.isEmpty() ? "" : "\n") + row.text.title;
    auto work = [&reader = m_reader, source = row.source, ref = row.shown().source, age, page, path,
                 title = row.shown().title](CancelToken token) -> Result<Loaded> {
        try {
            auto tree = page > 0 ? reader.search(*source, {.page = page}, token)
                : source         ? reader.load(*source, age, token)
                                 : reader.layersOf(*ref, age, token);
            return tree.transform([&](CatalogueTree &read) { return Loaded::of(std::move(read), path); });
        } catch (const std::exception &e) {
            return failure(ErrorKind::Internal, CatalogueTexts::tr("“%1” could not be read.").arg(title), {},
                           QString::fromLocal8Bit(e.what()));
        }
    };
    if (row.trees.empty()) { // else what is there stays until the new is
        std::vector<std::unique_ptr<Row>> waiting;
        waiting.push_back(std::make_unique<Row>());
        waiting.back()->own = hint(CatalogueTexts::tr("Loading …"));
        replaceChildren(row, std::move(waiting));
    }
    setState(row, CatalogueState::Loading);
    row.job->run(m_pool, std::move(work),
                 [this, &row, age, page](Result<Loaded> loaded) { take(row, std::move(loaded), age, page); });
}

void CatalogueModel::take(Row &row, Result<Loaded> loaded, CatalogueAge age, int page)
{
    const auto makeHint = [](const QString &text, CatalogueAction action = CatalogueAction::None,
                             const QString &note = {}) {
        auto made = std::make_unique<Row>();
        made->own = hint(text);
        made->own.abstract = note;
        made->action = action;
        return made;
    };
    if (!loaded) {
        const auto &error = loaded.error();
        if (row.trees.empty()) {
            std::vector<std::unique_ptr<Row>> rows;
            rows.push_back(makeHint(error.what, CatalogueAction::Load, error.hint));
            replaceChildren(row, std::move(rows));
        }
        setState(row, row.trees.empty() ? CatalogueState::Failed : CatalogueState::Ready);
        emit this->loaded(indexOfRow(&row));
        return;
    }
    const auto tree = loaded->tree;
    const bool same = page == 0 && row.trees.size() == 1 && row.trees.front()->nodes == tree->nodes
        && row.trees.front()->notes == tree->notes;
    row.nextPage = tree->nextPage;
    if (!same) {
        auto rows = std::move(loaded->rows);
        for (const auto &note : tree->notes)
            rows.push_back(makeHint(note));
        if (tree->nextPage > 0)
            rows.push_back(makeHint(tree->total > 0 ? CatalogueTexts::tr("Show more of %1 datasets").arg(tree->total)
                                                    : CatalogueTexts::tr("Show more"),
                                    CatalogueAction::Load));
        if (rows.empty())
            rows.push_back(makeHint(CatalogueTexts::tr("There is nothing in it.")));
        if (page > 0) {
            append(row, std::move(rows));
        } else {
            const auto old = std::exchange(row.trees, {}); // nodes of the old rows, until these are gone
            replaceChildren(row, std::move(rows));
        }
        row.trees.push_back(tree);
    }
    setState(row, CatalogueState::Ready);
    emit this->loaded(indexOfRow(&row));
    if (age == CatalogueAge::Kept && tree->old)
        start(row, CatalogueAge::Fresh);
}

void CatalogueModel::replaceChildren(Row &row, std::vector<std::unique_ptr<Row>> children)
{
    const auto index = indexOfRow(&row);
    if (!row.rows.empty()) {
        beginRemoveRows(index, 0, int(row.rows.size()) - 1);
        const auto gone = std::exchange(row.rows, {}); // jobs in it end with it
        endRemoveRows();
    }
    append(row, std::move(children));
}

void CatalogueModel::append(Row &row, std::vector<std::unique_ptr<Row>> children)
{
    const auto index = indexOfRow(&row);
    if (!row.rows.empty() && row.rows.back()->action == CatalogueAction::Load) { // the offer of what comes now
        const int last = int(row.rows.size()) - 1;
        beginRemoveRows(index, last, last);
        row.rows.pop_back();
        endRemoveRows();
    }
    if (children.empty())
        return;
    const int first = int(row.rows.size());
    beginInsertRows(index, first, first + int(children.size()) - 1);
    for (auto &child : children) {
        child->parent = &row;
        child->number = int(row.rows.size());
        row.rows.push_back(std::move(child));
    }
    endInsertRows();
}

void CatalogueModel::setState(Row &row, CatalogueState state)
{
    row.state = state;
    const auto index = indexOfRow(&row);
    emit dataChanged(index, index, {CatalogueStateRole, CatalogueNoteRole});
}

// ---- searching

std::vector<CatalogueModel::Searchable> CatalogueModel::searchables() const
{
    std::vector<Searchable> found;
    const auto visit = [&](const auto &self, const Row &row) -> void {
        if (row.node && row.node->kind != CatalogueKind::Hint)
            found.push_back({row.node, &row.text, &row.path, &row});
        // the resources of a dataset are found with it
        if (!row.node || row.node->kind != CatalogueKind::Dataset)
            for (const auto &inner : row.rows)
                self(self, *inner);
    };
    for (const auto &row : m_sources)
        visit(visit, *row);
    return found;
}

QModelIndex CatalogueModel::indexOf(const void *row) const
{
    return indexOfRow(static_cast<const Row *>(row));
}

// ---- rows

CatalogueModel::Row *CatalogueModel::rowOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Row *>(index.internalPointer()) : nullptr;
}

QModelIndex CatalogueModel::indexOfRow(const Row *row) const
{
    return row ? createIndex(row->number, 0, row) : QModelIndex();
}

QModelIndex CatalogueModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto *holder = rowOf(parent);
    return indexOfRow((holder ? holder->rows : m_sources)[std::size_t(row)].get());
}

QModelIndex CatalogueModel::parent(const QModelIndex &child) const
{
    const auto *row = rowOf(child);
    return row ? indexOfRow(row->parent) : QModelIndex();
}

int CatalogueModel::rowCount(const QModelIndex &parent) const
{
    const auto *row = rowOf(parent);
    return int(row ? row->rows.size() : m_sources.size());
}

int CatalogueModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool CatalogueModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0 || canFetchMore(parent);
}

bool CatalogueModel::canFetchMore(const QModelIndex &parent) const
{
    const auto *row = rowOf(parent);
    return row && row->loads() && row->state == CatalogueState::Idle && row->rows.empty();
}

void CatalogueModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        load(parent);
}

QVariant CatalogueModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = *rowOf(index);
    if (role == CatalogueStateRole)
        return int(row.state);
    if (role == CatalogueActionRole && row.action != CatalogueAction::None)
        return int(row.action);
    if (row.source && role == CatalogueIconRole)
        return row.source->kind == CatalogueSourceKind::Service ? u"layers"_s : u"database"_s;
    if (role == CatalogueIconRole && row.action == CatalogueAction::Load)
        return row.parent->state == CatalogueState::Failed ? u"refresh"_s : u"more"_s;
    return rowData(row.shown(), role);
}

QStringList CatalogueModel::mimeTypes() const
{
    return {CatalogueDrag::type()};
}

QMimeData *CatalogueModel::mimeData(const QModelIndexList &indexes) const
{
    std::vector<CatalogueNode> nodes;
    for (const auto &index : indexes)
        nodes.push_back(collected(index));
    return new CatalogueDrag(std::move(nodes));
}

Qt::ItemFlags CatalogueModel::flags(const QModelIndex &index) const
{
    const auto *row = rowOf(index);
    if (!row)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (count(*row) > 0)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

} // namespace hanseatlas
