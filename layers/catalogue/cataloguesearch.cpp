// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/cataloguesearch.h"

#include "layers/catalogue/cataloguetexts.h"

#include <algorithm>
#include <exception>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostHits = 2000; ///< nobody reads further; a word more helps

bool hasTheme(const CatalogueNode &node, const CatalogueModel::Searchable &found, const QByteArray &theme)
{
    return theme.isEmpty() || found.path->contains(theme) || found.text->keywords.contains(theme)
        || folded(node.title) == theme;
}

} // namespace

struct CatalogueSearch::Hit {
    const CatalogueNode *node = nullptr; ///< in the catalogue, or in one of the answers
    QModelIndex origin; ///< in the catalogue
    QString note;
    CatalogueNode own; ///< hints
    CatalogueAction action = CatalogueAction::None;
    Asked *asked = nullptr;
    int score = 0;

    const CatalogueNode &shown() const { return node ? *node : own; }
};

/** A source that is searched there. */
struct CatalogueSearch::Asked {
    CatalogueSource source;
    Latest job;
    std::vector<std::shared_ptr<const CatalogueTree>> answers;
    int page = 0;
};

bool hasFormat(const CatalogueNode &node, const QString &format)
{
    if (format.isEmpty() || node.format.contains(format, Qt::CaseInsensitive))
        return true;
    return std::ranges::any_of(node.children, [&](const auto &child) { return hasFormat(child, format); });
}

CatalogueSearch::CatalogueSearch(CatalogueModel &catalogue, const CatalogueReader &reader, QThreadPool &pool,
                                 QObject *parent)
    : QAbstractItemModel(parent)
    , m_catalogue(catalogue)
    , m_reader(reader)
    , m_pool(pool)
{
    m_again.setSingleShot(true);
    m_again.setInterval(0);
    connect(&m_again, &QTimer::timeout, this, &CatalogueSearch::searchAgain);
    // Hits point into the catalogue: they go before it changes and come back afterwards
    connect(&m_catalogue, &QAbstractItemModel::rowsAboutToBeRemoved, this, &CatalogueSearch::forgetLocal);
    connect(&m_catalogue, &QAbstractItemModel::rowsAboutToBeMoved, this, &CatalogueSearch::forgetLocal);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_catalogue, signal, &m_again, qOverload<>(&QTimer::start));
    connect(&m_catalogue, &QAbstractItemModel::rowsMoved, &m_again, qOverload<>(&QTimer::start));
}

CatalogueSearch::~CatalogueSearch() = default;

std::vector<CatalogueSearch::Hit> CatalogueSearch::localHits() const
{
    struct Found {
        int score;
        qsizetype length;
        const CatalogueModel::Searchable *row;
    };
    const auto words = searchWords(m_query.words);
    std::vector<Found> found;
    const auto rows = m_catalogue.searchables();
    const auto theme = folded(m_query.theme);
    for (const auto &row : rows) {
        int score = words.isEmpty() ? 0 : searchScore(*row.text, *row.path, words);
        if (score > 0 && row.node->kind != CatalogueKind::Folder)
            score += row.node->reason.isEmpty() ? 3 : 1; // what can be had comes first
        if (score > 0 && hasFormat(*row.node, m_query.format) && hasTheme(*row.node, row, theme))
            found.push_back({score, row.node->title.size(), &row});
    }
    const auto better = [](const Found &a, const Found &b) {
        return std::pair(-a.score, a.length) < std::pair(-b.score, b.length);
    };
    std::ranges::stable_sort(found, better); // else in the catalogue's order
    if (found.size() > mostHits)
        found.resize(mostHits);
    std::vector<Hit> hits;
    hits.reserve(found.size());
    for (const auto &each : found) {
        const auto origin = m_catalogue.indexOf(each.row->row);
        const auto path = m_catalogue.pathOf(origin).join(u" › "_s);
        const auto &reason = each.row->node->reason;
        hits.push_back({.node = each.row->node,
                        .origin = origin,
                        .note = reason.isEmpty() ? path : reason + u" · "_s + path,
                        .score = each.score});
    }
    return hits;
}

void CatalogueSearch::search(const CatalogueQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    m_query.page = 0;
    beginResetModel();
    m_hits = localHits();
    m_local = int(m_hits.size());
    m_asked.clear(); // what was asked is not wanted any more
    if (!searchWords(m_query.words).isEmpty()) {
        for (auto &source : m_catalogue.sources()) {
            if (!source.isSearchedThere())
                continue;
            m_asked.push_back(std::make_unique<Asked>());
            m_asked.back()->source = std::move(source);
        }
    }
    endResetModel();
    for (const auto &asked : m_asked)
        ask(*asked, 0);
    emit changed();
}

void CatalogueSearch::searchAgain()
{
    if (searchWords(m_query.words).isEmpty())
        return;
    beginResetModel();
    m_hits.erase(m_hits.begin(), m_hits.begin() + m_local);
    auto hits = localHits();
    m_local = int(hits.size());
    m_hits.insert(m_hits.begin(), std::make_move_iterator(hits.begin()), std::make_move_iterator(hits.end()));
    endResetModel();
    emit changed();
}

void CatalogueSearch::forgetLocal()
{
    if (m_local == 0)
        return;
    beginResetModel();
    m_hits.erase(m_hits.begin(), m_hits.begin() + m_local);
    m_local = 0;
    endResetModel();
}

void CatalogueSearch::ask(Asked &asked, int page)
{
    asked.page = page;
    auto query = m_query;
    query.page = page;
    auto work = [&reader = m_reader, source = asked.source, query](CancelToken token) -> Result<CatalogueTree> {
        try {
            return reader.search(source, query, token);
        } catch (const std::exception &e) {
            return failure(ErrorKind::Internal, CatalogueTexts::tr("“%1” could not be searched.").arg(source.title), {},
                           QString::fromLocal8Bit(e.what()));
        }
    };
    asked.job.run(m_pool, std::move(work), [this, &asked](const Result<CatalogueTree> &tree) { take(asked, tree); });
    emit changed();
}

void CatalogueSearch::take(Asked &asked, const Result<CatalogueTree> &tree)
{
    const auto title = asked.source.title;
    std::vector<Hit> more;
    const auto addHint = [&](const QString &text, const QString &note, CatalogueAction action) {
        more.push_back({.note = note, .own = hint(text), .action = action, .asked = &asked});
    };
    if (!tree) {
        addHint(tree.error().what, title, CatalogueAction::Load);
    } else {
        const auto answer = std::make_shared<const CatalogueTree>(*tree);
        asked.answers.push_back(answer);
        for (const auto &node : answer->nodes)
            more.push_back({.node = &node, .note = title, .asked = &asked});
        for (const auto &note : answer->notes)
            addHint(note, title, CatalogueAction::None);
        if (answer->nextPage > 0) {
            asked.page = answer->nextPage;
            addHint(CatalogueTexts::tr("Show more of %1 datasets").arg(answer->total), title, CatalogueAction::Load);
        }
    }
    if (!more.empty()) {
        const int first = int(m_hits.size());
        beginInsertRows({}, first, first + int(more.size()) - 1);
        m_hits.insert(m_hits.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        endInsertRows();
    }
    emit changed();
}

void CatalogueSearch::load(const QModelIndex &index)
{
    const auto *hit = hitOf(index);
    if (!hit || index.parent().isValid() || hit->action != CatalogueAction::Load || !hit->asked)
        return;
    auto &asked = *hit->asked;
    auto &changing = m_hits[std::size_t(index.row())]; // stays as a divider: what comes is put at the end
    changing.own.title = CatalogueTexts::tr("Asked again");
    changing.action = CatalogueAction::None;
    emit dataChanged(index, index);
    ask(asked, asked.page);
}

bool CatalogueSearch::isAsking() const
{
    return std::ranges::any_of(m_asked, [](const auto &asked) { return asked->job.isRunning(); });
}

int CatalogueSearch::found() const
{
    return int(std::ranges::count_if(m_hits, [](const Hit &hit) { return hit.node != nullptr; }));
}

QStringList CatalogueSearch::themes() const
{
    QStringList all;
    for (const auto &asked : m_asked)
        for (const auto &answer : asked->answers)
            all += answer->themes;
    all.removeDuplicates();
    return all;
}

QStringList CatalogueSearch::formats() const
{
    QStringList all;
    for (const auto &asked : m_asked)
        for (const auto &answer : asked->answers)
            all += answer->formats;
    all.removeDuplicates();
    return all;
}

// ---- rows: level one has id 0, the resources of a hit have its number + 1

const CatalogueSearch::Hit *CatalogueSearch::hitOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const auto number = index.internalId() > 0 ? index.internalId() - 1 : quintptr(index.row());
    return number < m_hits.size() ? &m_hits[number] : nullptr;
}

const CatalogueNode *CatalogueSearch::node(const QModelIndex &index) const
{
    const auto *hit = hitOf(index);
    if (!hit)
        return nullptr;
    return index.internalId() > 0 ? &hit->shown().children[std::size_t(index.row())] : &hit->shown();
}

QModelIndex CatalogueSearch::inCatalogue(const QModelIndex &index) const
{
    const auto *hit = hitOf(index);
    if (!hit || !hit->origin.isValid())
        return {};
    return index.internalId() > 0 ? m_catalogue.index(index.row(), 0, hit->origin) : hit->origin;
}

QModelIndex CatalogueSearch::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : quintptr(0));
}

QModelIndex CatalogueSearch::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(int(child.internalId() - 1), 0, quintptr(0));
}

int CatalogueSearch::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_hits.size());
    const auto *found = parent.internalId() == 0 ? node(parent) : nullptr;
    return found && found->kind == CatalogueKind::Dataset ? int(found->children.size()) : 0;
}

int CatalogueSearch::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant CatalogueSearch::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &hit = *hitOf(index);
    const bool top = index.internalId() == 0;
    if (top && (role == CatalogueNoteRole || role == Qt::AccessibleDescriptionRole))
        return hit.note;
    if (top && role == CatalogueActionRole && hit.action != CatalogueAction::None)
        return int(hit.action);
    return rowData(*node(index), role);
}

Qt::ItemFlags CatalogueSearch::flags(const QModelIndex &index) const
{
    const auto *found = node(index);
    if (!found)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (layerCount(*found) > 0)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList CatalogueSearch::mimeTypes() const
{
    return {CatalogueDrag::type()};
}

QMimeData *CatalogueSearch::mimeData(const QModelIndexList &indexes) const
{
    std::vector<CatalogueNode> nodes;
    for (const auto &index : indexes) {
        const auto origin = inCatalogue(index);
        nodes.push_back(origin.isValid() ? m_catalogue.collected(origin) : *node(index));
    }
    return new CatalogueDrag(std::move(nodes));
}

} // namespace hanseatlas
