// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace hanseatlas
{

class PropertyPage;
class TreeEditor;

/** All about one layer or group; what was changed is applied as one step that can be undone. Closes by itself when the
 *  layer is removed. */
class LayerProperties final : public QDialog
{
    Q_OBJECT
public:
    /** The tree and its editor outlive the dialog. A node that is not there gives an empty dialog that closes at once.
     */
    LayerProperties(LayerTree &tree, TreeEditor &editor, const QUuid &node, QWidget *parent = nullptr);

    QUuid node() const { return m_id; }
    /** What the map shows, for pages that offer it as an area. */
    void setView(const Extent &extent, const Crs &crs);
    void showPage(const QString &name); ///< "general", "source", "display", "fields", "metadata", "provenance"
    /** Whether there was something to apply. */
    bool apply();
    void accept() override;

signals:
    void reloadRequested(const QUuid &layer);

private:
    void addPage(const QString &name, const QString &icon, const QString &title, PropertyPage *page);
    void createPages(const LayerNode &node);
    void refresh();
    void setEdited(bool edited);
    const LayerNode *current() const { return m_tree.find(m_id); }

    LayerTree &m_tree;
    TreeEditor &m_editor;
    QUuid m_id;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QPushButton *m_apply;
    QList<PropertyPage *> m_pages;
    bool m_edited = false;
};

} // namespace hanseatlas
