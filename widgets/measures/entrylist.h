// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/card.h"

#include <QStringList>

class QAction;
class QHBoxLayout;
class QLabel;
class QTreeWidget;

namespace hanseatlas
{

/** A card with a short table and what can be done with its rows. As high as its rows, up to a limit. */
class EntryList final : public look::Card
{
    Q_OBJECT
public:
    /** `nothing`: said where there are no rows. */
    EntryList(const QString &title, const QStringList &columns, const QString &nothing, QWidget *parent = nullptr);

    QAction *addButton(const QString &icon, const QString &text); ///< always enabled while editable
    QAction *addRowButton(const QString &icon, const QString &text); ///< needs a chosen row
    void setRows(const QList<QStringList> &rows);
    void setEditable(bool editable);
    int currentRow() const; ///< -1: none

signals:
    void activated(int row);

private:
    void updateActions();

    QTreeWidget *m_table;
    QLabel *m_nothing;
    QHBoxLayout *m_buttons;
    QList<QAction *> m_actions, m_rowActions;
    bool m_editable = true;
};

} // namespace hanseatlas
