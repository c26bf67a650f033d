// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/entrylist.h"

#include "widgets/look/look.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace hanseatlas
{

using namespace look;

namespace
{
constexpr int mostRows = 8; ///< more are scrolled
} // namespace

EntryList::EntryList(const QString &title, const QStringList &columns, const QString &nothing, QWidget *parent)
    : Card({}, parent)
    , m_table(new QTreeWidget)
    , m_nothing(secondaryLabel(nothing))
{
    auto *head = new QHBoxLayout;
    head->setSpacing(space::tiny);
    head->addWidget(label(title, Type::Heading), 1);
    m_buttons = new QHBoxLayout;
    head->addLayout(m_buttons);
    content()->addLayout(head);
    m_table->setHeaderLabels(columns);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setAccessibleName(title);
    m_table->setHeaderHidden(columns.size() == 1);
    m_table->header()->setStretchLastSection(false);
    for (int i = 0; i < columns.size(); ++i)
        m_table->header()->setSectionResizeMode(i, i == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    m_nothing->setWordWrap(true);
    content()->addWidget(m_table);
    content()->addWidget(m_nothing);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &EntryList::updateActions);
    connect(m_table, &QTreeWidget::itemActivated, this, [this] { emit activated(currentRow()); });
    setRows({});
}

QAction *EntryList::addButton(const QString &icon, const QString &text)
{
    auto *action = new QAction(look::icon(icon), text, this);
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    m_buttons->addWidget(button);
    m_actions.append(action);
    updateActions();
    return action;
}

QAction *EntryList::addRowButton(const QString &icon, const QString &text)
{
    auto *action = addButton(icon, text);
    m_rowActions.append(action);
    updateActions();
    return action;
}

void EntryList::setRows(const QList<QStringList> &rows)
{
    const int before = currentRow();
    m_table->clear();
    for (const auto &row : rows) {
        auto *item = new QTreeWidgetItem(m_table, row);
        for (int i = 0; i < row.size(); ++i)
            item->setToolTip(i, row[i].toHtmlEscaped());
    }
    if (before >= 0 && before < rows.size())
        m_table->setCurrentItem(m_table->topLevelItem(before));
    const int shown = int(std::min<qsizetype>(rows.size(), mostRows));
    const int row = std::max(rowHeight, m_table->sizeHintForRow(0));
    const int header = m_table->isHeaderHidden() ? 0 : m_table->header()->sizeHint().height();
    m_table->setFixedHeight(header + shown * row + 4);
    m_table->setVisible(!rows.isEmpty());
    m_nothing->setVisible(rows.isEmpty());
    updateActions();
}

void EntryList::setEditable(bool editable)
{
    m_editable = editable;
    updateActions();
}

int EntryList::currentRow() const
{
    return m_table->currentItem() ? m_table->indexOfTopLevelItem(m_table->currentItem()) : -1;
}

void EntryList::updateActions()
{
    for (auto *action : std::as_const(m_actions))
        action->setEnabled(m_editable && (!m_rowActions.contains(action) || currentRow() >= 0));
}

} // namespace hanseatlas
