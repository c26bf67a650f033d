// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguemodel.h"

#include <QTimer>

namespace hanseatlas
{

/** What a search finds, best first: in all that the catalogue has loaded, at once; in sources that are searched there,
 *  when their answers come. Datasets hold their resources. Roles: CatalogueRole; the note is where it lies. GUI thread.
 */
class CatalogueSearch final : public QAbstractItemModel
{
    Q_OBJECT
public:
    /** `reader` lives until the pool's work has ended, `catalogue` as long as this. */
    CatalogueSearch(CatalogueModel &catalogue, const CatalogueReader &reader, QThreadPool &pool,
                    QObject *parent = nullptr);
    ~CatalogueSearch() override;

    /** An empty query finds nothing. */
    void search(const CatalogueQuery &query);
    const CatalogueQuery &query() const { return m_query; }
    bool isAsking() const; ///< answers are still to come
    int found() const; ///< rows that are no hints
    QStringList themes() const; ///< that the sources offer to narrow the search by
    QStringList formats() const;

    const CatalogueNode *node(const QModelIndex &index) const;
    /** The row in the catalogue's tree; invalid for what a server has found. */
    QModelIndex inCatalogue(const QModelIndex &index) const;
    /** Of hints that offer it: more of what a server has found, or the same again. */
    void load(const QModelIndex &index);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

signals:
    void changed(); ///< what is found, or whether answers are to come

private:
    struct Hit;
    struct Asked;
    std::vector<Hit> localHits() const;
    void searchAgain();
    void forgetLocal();
    void ask(Asked &asked, int page);
    void take(Asked &asked, const Result<CatalogueTree> &tree);
    const Hit *hitOf(const QModelIndex &index) const;

    CatalogueModel &m_catalogue;
    const CatalogueReader &m_reader;
    QThreadPool &m_pool;
    CatalogueQuery m_query;
    std::vector<Hit> m_hits;
    int m_local = 0; ///< hits of the catalogue; they come first
    std::vector<std::unique_ptr<Asked>> m_asked;
    QTimer m_again; ///< gathers the catalogue's changes
};

/** Whether a node's format is what a search is narrowed to; "" = any is. */
bool hasFormat(const CatalogueNode &node, const QString &format);

} // namespace hanseatlas
