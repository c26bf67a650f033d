// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/map/identify.h"

#include <QAbstractItemModel>

namespace hanseatlas
{

/** What was found at a place as a tree: layers, below them their objects. */
class FoundModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;
    void setFound(Found found);
    const Found &found() const { return m_found; }

    /** Null for a layer's row. */
    const FoundFeature *featureAt(const QModelIndex &index) const;
    const FoundLayer *layerAt(const QModelIndex &index) const; ///< the layer, or the object's
    /** The object before or after `index` in the order of the tree, over the borders of layers; invalid at the ends. */
    QModelIndex nextFeature(const QModelIndex &index, int step) const;
    /** Its place among all objects, from 0; -1 for a layer's row. */
    int numberOf(const QModelIndex &index) const;
    QModelIndex featureIndex(int number) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    Found m_found;
};

} // namespace hanseatlas
