// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/treecommands.h"

#include <QUndoStack>

#include <utility>

namespace hanseatlas
{
namespace
{

constexpr int sliderId = 0x6f70; // any number will do that no other mergeable command has
constexpr qint64 sliderPause = 1000; // ms; a longer one begins a new step

/** The node, if the change sets nothing but its opacity. */
QUuid opacityOnly(const LayerTree &tree, const TreeChange &change)
{
    const auto *set = std::get_if<TreeChange::Set>(&change.what);
    const auto *node = set ? tree.find(set->node.id) : nullptr;
    if (!node)
        return {};
    if (!node->layer || !set->node.layer) {
        const auto &a = *node, &b = set->node;
        return a.title == b.title && a.visible == b.visible && a.theme == b.theme && a.opacity != b.opacity ? node->id
                                                                                                            : QUuid();
    }
    const auto &a = *node->layer, &b = *set->node.layer;
    const bool same = a.title == b.title && a.visible == b.visible && a.theme == b.theme && a.labels == b.labels
        && a.minScale == b.minScale && a.maxScale == b.maxScale && a.explanation == b.explanation
        && a.provenance == b.provenance && a.source == b.source && a.style == b.style;
    return same && a.opacity != b.opacity ? node->id : QUuid();
}

} // namespace

TreeCommand::TreeCommand(LayerTree &tree, TreeChange inverse, const QUuid &slider)
    : QUndoCommand(inverse.text)
    , m_tree(tree)
    , m_other(std::move(inverse))
    , m_slider(slider)
{
    m_age.start();
}

void TreeCommand::redo()
{
    if (!std::exchange(m_first, false))
        turn();
}

int TreeCommand::id() const
{
    return m_slider.isNull() ? -1 : sliderId;
}

bool TreeCommand::mergeWith(const QUndoCommand *other)
{
    const auto &next = static_cast<const TreeCommand &>(*other); // of our id, so of our kind
    if (next.m_slider != m_slider || m_age.elapsed() > sliderPause)
        return false;
    m_age.restart();
    return true; // what takes this one back goes behind both
}

void TreeCommand::turn()
{
    auto back = m_tree.apply(m_other);
    if (back)
        m_other = *std::move(back);
    else
        setObsolete(true); // someone changed the tree without the stack: better to drop the step than to break the tree
}

TreeEditor::TreeEditor(LayerTree &tree, QUndoStack &stack, QObject *parent)
    : QObject(parent)
    , m_tree(tree)
    , m_stack(stack)
{
    connect(&tree, &LayerTree::editRequested, this, [this](const TreeChange &change) { apply(change); });
}

bool TreeEditor::apply(TreeChange change)
{
    const auto slider = opacityOnly(m_tree, change);
    auto inverse = m_tree.apply(std::move(change));
    if (!inverse) {
        emit failed(inverse.error());
        return false;
    }
    m_stack.push(new TreeCommand(m_tree, *std::move(inverse), slider));
    return true;
}

} // namespace hanseatlas
