// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/foundmodel.h"

#include "widgets/look/look.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

// The internal id of a layer's row is 0, that of an object's row the layer's number + 1.

void FoundModel::setFound(Found found)
{
    beginResetModel();
    m_found = std::move(found);
    endResetModel();
}

QModelIndex FoundModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(parent.isValid() ? parent.row() + 1 : 0));
}

QModelIndex FoundModel::parent(const QModelIndex &child) const
{
    return child.isValid() && child.internalId() > 0 ? createIndex(int(child.internalId()) - 1, 0, quintptr(0))
                                                     : QModelIndex();
}

int FoundModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_found.layers.size());
    if (parent.internalId() > 0 || parent.column() > 0)
        return 0;
    return int(m_found.layers[std::size_t(parent.row())].features.size());
}

int FoundModel::columnCount(const QModelIndex &) const
{
    return 1;
}

const FoundLayer *FoundModel::layerAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const auto number = index.internalId() > 0 ? std::size_t(index.internalId()) - 1 : std::size_t(index.row());
    return &m_found.layers[number];
}

const FoundFeature *FoundModel::featureAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &layerAt(index)->features[std::size_t(index.row())];
}

int FoundModel::numberOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return -1;
    int number = index.row();
    for (std::size_t i = 0; i + 1 < index.internalId(); ++i)
        number += int(m_found.layers[i].features.size());
    return number;
}

QModelIndex FoundModel::featureIndex(int number) const
{
    if (number < 0)
        return {};
    for (int i = 0; i < int(m_found.layers.size()); ++i) {
        const int count = int(m_found.layers[std::size_t(i)].features.size());
        if (number < count)
            return index(number, 0, index(i, 0));
        number -= count;
    }
    return {};
}

QModelIndex FoundModel::nextFeature(const QModelIndex &at, int step) const
{
    if (at.isValid() && at.internalId() == 0) // from a layer's row: down to its first, up to the one before
        return step > 0 ? featureIndex(numberOf(index(0, 0, at))) : featureIndex(numberOf(index(0, 0, at)) - 1);
    return featureIndex(numberOf(at) + step);
}

QVariant FoundModel::data(const QModelIndex &index, int role) const
{
    const auto *layer = layerAt(index);
    if (!layer)
        return {};
    const auto *feature = featureAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return feature ? feature->title : layer->title;
    case Qt::ToolTipRole:
        return (feature ? feature->title : layer->title).toHtmlEscaped();
    case Qt::FontRole:
        return look::font(feature ? look::Type::Body : look::Type::Caption);
    case Qt::ForegroundRole:
        return feature ? QVariant() : QVariant(look::tokens().secondary);
    default:
        return {};
    }
}

} // namespace hanseatlas
