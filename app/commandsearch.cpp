// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandsearch.h"

#include "widgets/look/look.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

void collect(const QList<QAction *> &actions, const QString &path, QList<std::pair<QString, QAction *>> &out)
{
    for (auto *action : actions) {
        auto text = action->text();
        text.replace("&&"_L1, "\1"_L1).remove(u'&').replace(u'\1', u'&');
        const auto full = path.isEmpty() ? text : u"%1 › %2"_s.arg(path, text);
        if (action->menu())
            collect(action->menu()->actions(), full, out);
        else if (!action->isSeparator() && !text.isEmpty())
            out.append({full, action});
    }
}

} // namespace

QList<std::pair<QString, QAction *>> commandsOf(const QMenuBar &menus)
{
    QList<std::pair<QString, QAction *>> found;
    collect(menus.actions(), {}, found);
    return found;
}

CommandSearch::CommandSearch(const QMenuBar &menus, QWidget *parent)
    : QDialog(parent, Qt::Dialog)
    , m_edit(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setWindowTitle(tr("Find a command"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(look::space::large, look::space::large, look::space::large, look::space::large);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    m_edit->setPlaceholderText(tr("What would you like to do?"));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const auto &[path, action] : commandsOf(menus))
        m_commands.append({path, action});
    connect(m_edit, &QLineEdit::textChanged, this, &CommandSearch::filter);
    connect(m_edit, &QLineEdit::returnPressed, this, &CommandSearch::run);
    connect(m_list, &QListWidget::itemActivated, this, &CommandSearch::run);
    filter({});
}

void CommandSearch::filter(const QString &text)
{
    const auto words = text.split(u' ', Qt::SkipEmptyParts);
    m_list->clear();
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        const auto &[path, action] = m_commands[i];
        const bool fits =
            std::ranges::all_of(words, [&](const QString &w) { return path.contains(w, Qt::CaseInsensitive); });
        if (!fits || !action || !action->isEnabled())
            continue;
        const auto keys = action->shortcut().toString(QKeySequence::NativeText);
        auto *item =
            new QListWidgetItem(action->icon(), keys.isEmpty() ? path : u"%1   (%2)"_s.arg(path, keys), m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
}

void CommandSearch::run()
{
    const auto *item = m_list->currentItem();
    if (!item)
        return;
    const auto action = m_commands[item->data(Qt::UserRole).toLongLong()].action;
    accept();
    if (action)
        action->trigger();
}

bool CommandSearch::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        if (step != 0 && m_list->count() > 0) {
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace hanseatlas
