// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QAbstractItemModel>

#include <optional>

namespace hanseatlas
{

/** Files that may be opened, and the layers that were found in them, each with a check box: the open dialog's preview.
 *  Columns: title, kind, count, CRS. GUI thread. */
class SourceModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Title, Kind, Count, CrsColumn, ColumnCount };

    struct Source {
        int id = 0; ///< of the model's own, for good
        SourceRef ref; ///< without a layer
        std::optional<Result<SourceDescription>> found; ///< none: still being looked into
        std::vector<bool> chosen; ///< for each layer
    };

    using QAbstractItemModel::QAbstractItemModel;
    ~SourceModel() override = default;

    /** The source's id; -1 where it is there already. */
    int add(const SourceRef &ref);
    void remove(int id);
    /** It is being looked into again, perhaps with other options. */
    void setRef(int id, const SourceRef &ref);
    /** An unknown id is ignored: removed while it was looked into. */
    void setFound(int id, Result<SourceDescription> found);

    const std::vector<Source> &sources() const { return m_sources; }
    const Source *source(const QModelIndex &index) const; ///< of a source or a layer in it
    const LayerDescription *layer(const QModelIndex &index) const; ///< null for a source
    QModelIndex indexOf(int id) const;
    /** What is checked, as nodes: grouped as in nodesFor(). */
    std::vector<LayerNode> nodes() const;
    int chosenCount() const;
    static int chosenIn(const Source &source);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void choiceChanged();

private:
    int rowOf(int id) const;
    void dropLayers(int row);
    QVariant sourceData(const Source &source, int column, int role) const;
    QVariant layerData(const Source &source, int row, int column, int role) const;

    std::vector<Source> m_sources;
    int m_lastId = 0;
};

} // namespace hanseatlas
