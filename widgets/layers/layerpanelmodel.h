// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/map/legend.h"
#include "layers/model/job.h"

#include <QAbstractProxyModel>

#include <map>

namespace hanseatlas
{

/** The layer tree as the panel shows it: each layer with a legend of several lines has them as its children, so that
 *  keyboard, selection and screen readers reach them. Lines of classes are checkable; a check becomes a request.
 *  Everything else is the tree's. GUI thread. */
class LayerPanelModel final : public QAbstractProxyModel
{
    Q_OBJECT
public:
    enum Role { IsLegendRole = Qt::UserRole + 100 };

    /** The tree outlives the model. */
    explicit LayerPanelModel(LayerTree &tree, QObject *parent = nullptr);
    ~LayerPanelModel() override;

    /** The node of a row; for a line of the legend its layer. Null for no row. */
    QUuid nodeId(const QModelIndex &index) const;
    QModelIndex indexOf(const QUuid &node) const;
    const Layer *layer(const QModelIndex &index) const;
    /** The line of a legend row; null for other rows. Valid until the model changes. */
    const LegendEntry *legendEntry(const QModelIndex &index) const;
    /** All lines, also of a legend that needs no rows of its own. */
    const std::vector<LegendEntry> &legend(const QUuid &layer) const;
    /** Grows when the layer's legend changes: for pictures that are kept. */
    int legendRevision(const QUuid &layer) const;
    /** Is the layer's legend a picture that nobody has asked for yet? */
    bool wantsPicture(const QUuid &layer) const;
    /** Asks for it, behind the GUI; also where it failed before. Nothing happens where it is here or under way. */
    void fetchPicture(const QUuid &layer, double pixelsPerMm);
    void setPool(QThreadPool &pool) { m_pool = &pool; } ///< where it is asked for; outlives the model

    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override { return rowCount(parent) > 0; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QModelIndex buddy(const QModelIndex &index) const override { return index; } ///< the tree knows no legend rows
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    void editRequested(const hanseatlas::TreeChange &change);

private:
    struct Item;
    struct Place {
        QModelIndex parent; ///< of the tree
        int row = -1;
    };

    Item *itemOf(const QModelIndex &index) const;
    Item *itemOf(const QUuid &id) const;
    bool isLegend(const QModelIndex &index) const;
    static int lines(const Item &item);
    void showPicture(const QUuid &layer, const Result<QImage> &picture);
    void add(const std::vector<LayerNode> &nodes);
    void prune();
    void refresh(const QUuid &id);
    void watchTree();
    Place dropPlace(int row, const QModelIndex &parent) const;
    QString pictureText(const QUuid &layer) const; ///< for people who do not see it, or not yet
    QVariant legendData(const LegendEntry &entry, const QUuid &layer, int role) const;

    LayerTree &m_tree;
    QThreadPool *m_pool = QThreadPool::globalInstance();
    std::map<QUuid, std::unique_ptr<Item>> m_items; ///< their addresses are in the indexes
};

} // namespace hanseatlas
