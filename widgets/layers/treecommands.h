// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUndoCommand>

class QUndoStack;

namespace hanseatlas
{

/** A change to the layer tree on an undo stack. It is done already when it is pushed. */
class TreeCommand final : public QUndoCommand
{
public:
    /** `inverse`: what takes it back, as LayerTree::apply() has returned it. The tree outlives the command.
     *  `slider`: the node whose opacity alone was changed; such commands merge while they follow close on each other.
     */
    TreeCommand(LayerTree &tree, TreeChange inverse, const QUuid &slider = {});

    void undo() override { turn(); }
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    void turn();

    LayerTree &m_tree;
    TreeChange m_other; ///< undone: what does it; done: what takes it back
    QUuid m_slider;
    QElapsedTimer m_age;
    bool m_first = true;
};

/** The one door for edits of the layer tree: what comes through here can be undone. Takes the views' requests too. */
class TreeEditor final : public QObject
{
    Q_OBJECT
public:
    TreeEditor(LayerTree &tree, QUndoStack &stack, QObject *parent = nullptr);

    /** Does the change and puts it on the stack; one that cannot be done is not, and failed() says why. */
    bool apply(TreeChange change);

    LayerTree &tree() const { return m_tree; }

signals:
    void failed(const hanseatlas::Error &error);

private:
    LayerTree &m_tree;
    QUndoStack &m_stack;
};

} // namespace hanseatlas
