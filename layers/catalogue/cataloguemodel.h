// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguereader.h"
#include "layers/catalogue/cataloguerow.h"
#include "layers/catalogue/searchtext.h"

#include <QAbstractItemModel>
#include <QMimeData>

#include <memory>

namespace hanseatlas
{

/** Nodes on their way by drag and drop, within the program. */
class CatalogueDrag final : public QMimeData
{
    Q_OBJECT
public:
    explicit CatalogueDrag(std::vector<CatalogueNode> nodes);
    std::vector<CatalogueNode> nodes;
    static QString type(); ///< for hasFormat()
};

/** The catalogue's tree: sources, in them folders, services, datasets and layers. GUI thread.
 *
 *  A source, and a service in it, is read when it is opened first: what was kept at once, then, where that is old, what
 *  the server says now. While it is read, a hint stands in it; where that failed, a hint with the reason, to try again.
 *  Roles: CatalogueRole.
 */
class CatalogueModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    /** Both live until the pool's work has ended. */
    CatalogueModel(const CatalogueReader &reader, QThreadPool &pool, QObject *parent = nullptr);
    ~CatalogueModel() override;

    /** What stays the same keeps what it has loaded. */
    void setSources(std::vector<CatalogueSource> sources);
    std::vector<CatalogueSource> sources() const;
    /** The source that a row is, or lies in; nullptr for no row. */
    const CatalogueSource *sourceOf(const QModelIndex &index) const;
    bool isSource(const QModelIndex &index) const { return index.isValid() && !index.parent().isValid(); }
    QModelIndex indexOfSource(const QString &id) const;

    /** nullptr for no row. Good until the model changes. */
    const CatalogueNode *node(const QModelIndex &index) const;
    /** The node with all that has been loaded below it. */
    CatalogueNode collected(const QModelIndex &index) const;
    /** Layers at and below the row that are loaded and can be shown. */
    int layersBelow(const QModelIndex &index) const;
    /** The names of what it lies in, from the source on. */
    QStringList pathOf(const QModelIndex &index) const;

    /** Reads the row, if it is a source or a service that has not been read; of a hint that offers it, the row that it
     *  stands in, again or its next page. */
    void load(const QModelIndex &index);
    /** Asks for the row anew; what it has stays until then. */
    void reload(const QModelIndex &index);
    /** All sources that can be had as a whole, so that they can be searched. */
    void loadAll();
    bool isLoading() const; ///< any of them

    /** What the search goes through: all rows with a node of their own but hints and sources. */
    struct Searchable {
        const CatalogueNode *node;
        const SearchText *text;
        const QByteArray *path; ///< folded
        const void *row; ///< for indexOf()
    };
    std::vector<Searchable> searchables() const;
    QModelIndex indexOf(const void *row) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /** The rows as a CatalogueDrag. */
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

signals:
    /** A source or service has been read, or could not be. */
    void loaded(const QModelIndex &index);

private:
    struct Row;
    struct Loaded;
    Row *rowOf(const QModelIndex &index) const;
    static CatalogueNode collect(const Row &row);
    static int count(const Row &row);
    QModelIndex indexOfRow(const Row *row) const;
    void start(Row &row, CatalogueAge age, int page = 0);
    void take(Row &row, Result<Loaded> loaded, CatalogueAge age, int page);
    void replaceChildren(Row &row, std::vector<std::unique_ptr<Row>> children);
    void append(Row &row, std::vector<std::unique_ptr<Row>> children);
    void renumber();
    void setState(Row &row, CatalogueState state);

    const CatalogueReader &m_reader;
    QThreadPool &m_pool;
    std::vector<std::unique_ptr<Row>> m_sources;
};

} // namespace hanseatlas
