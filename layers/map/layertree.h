// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layer.h"
#include "layers/map/renderer.h"

#include <QAbstractItemModel>

#include <memory>
#include <variant>
#include <functional>

namespace hanseatlas
{

/** A node of the layer tree as a value: a group with children, or a layer. First child = topmost on the map. */
struct LayerNode {
    QUuid id;
    QString title; ///< groups; layers carry their own
    bool visible = true; ///< groups
    double opacity = 1; ///< groups; multiplies into their layers'
    bool expanded = true;
    QString theme; ///< groups: id of the theme that brought it
    std::optional<Layer> layer; ///< set: a layer, and no children
    std::vector<LayerNode> children;
};

/** Calls visit for each node and what is below it, topmost first. */
void forEachNode(const std::vector<LayerNode> &nodes, const std::function<void(const LayerNode &)> &visit);

/** Calls visit for each layer that is switched on and whose groups are, topmost first. */
void forEachVisibleLayer(const std::vector<LayerNode> &nodes, const std::function<void(const Layer &)> &visit);

/** One change to the tree. apply() returns the change that takes it back. */
struct TreeChange {
    struct Insert {
        QUuid parent; ///< null = top level
        int row = 0; ///< -1 or past the end = last
        LayerNode node;
    };
    struct Remove {
        QUuid node;
    };
    struct Move {
        QUuid node;
        QUuid parent;
        int row = 0; ///< counted as if the node were gone
    };
    /** Replaces all that the user sets of a layer or group: not data, state and children, nor what is unfolded. */
    struct Set {
        LayerNode node;
    };
    /** The whole tree: opening a workspace. */
    struct Replace {
        std::vector<LayerNode> nodes;
    };
    /** All or nothing, in order. */
    struct Batch {
        std::vector<TreeChange> changes;
    };
    std::variant<Insert, Remove, Move, Set, Replace, Batch> what;
    QString text; ///< for the undo menu: "Hide layer"
};

/** The layer tree: the only writer of layer state. GUI thread.
 *
 *  Columns: one. Roles beside Qt's own: LayerIdRole (groups too), IsGroupRole, StateRole, OutOfScaleRole, ErrorRole,
 * TroubleRole, FetchedRole, and two that may be set: OpacityRole and ExpandedRole (of the legend or the group).
 * Checkable, editable (rename), movable by drag and drop within itself. Edits from views become TreeChanges by
 * editRequested(), so that undo sees them all; who owns the undo stack applies them.
 */
class LayerTree final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        LayerIdRole = Qt::UserRole + 1,
        IsGroupRole,
        StateRole,
        OutOfScaleRole,
        ErrorRole, ///< why it failed; "" = it did not
        TroubleRole, ///< what its picture lacks; "" = nothing
        FetchedRole, ///< QDateTime: when what is shown came from its server; invalid = not from one
        OpacityRole,
        ExpandedRole
    };

    explicit LayerTree(QObject *parent = nullptr);
    ~LayerTree() override;

    /** Applies a change and returns its inverse; a change that names a missing node is an error and does nothing. */
    Result<TreeChange> apply(TreeChange change);

    const std::vector<LayerNode> &roots() const { return m_roots; }
    const LayerNode *find(const QUuid &id) const;
    QModelIndex indexOf(const QUuid &id) const;
    QUuid idOf(const QModelIndex &index) const;
    QList<QUuid> layerIds() const; ///< all layers, topmost first

    /** Whether children or legend are unfolded: saved, but no edit, not undone and untouched by TreeChange::Set. */
    void setExpanded(const QUuid &id, bool expanded);

    /** Data and state, which are no edits: not undone. Unknown ids are ignored (removed while loading). A layer that is
     *  removed lets go of its data; taking the removal back loads it again. */
    void setLoading(const QUuid &id);
    void setData(const QUuid &id, LayerDataPtr data);
    void setFailed(const QUuid &id, const Error &error);

    /** The chosen values along the layer's dimensions, and those that are likely to be chosen next. Saved, but no edit:
     * like the view, not undone. */
    void setDimensions(const QUuid &id, const Dimensions &dimensions, std::vector<Dimensions> upcoming = {});
    /** What the picture of a layer lacks, for people; "" = nothing. */
    void setTrouble(const QUuid &id, const QString &trouble);

    /** The visible layers that have data, bottom first, with groups' visibility and opacity multiplied in. While a new
     *  style waits for its classes, the layer comes with the style that fits the classes it has. */
    MapScene scene() const;
    /** The map's scale, for the out-of-scale state. */
    void setScale(double denominator);
    double scale() const { return m_scale; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    void editRequested(const hanseatlas::TreeChange &change);
    void sceneChanged(); ///< anything that changes the picture
    void layersChanged(); ///< layers came, went, or got another source: something may need loading

private:
    struct Private;
    std::unique_ptr<Private> d;
    std::vector<LayerNode> m_roots;
    double m_scale = 0;
};

/** Whether the two give each feature the same class, so that classify() need not run again. */
bool sameClasses(const Style &a, const Style &b);

} // namespace hanseatlas
