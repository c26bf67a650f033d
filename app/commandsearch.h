// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QPointer>

class QAction;
class QLineEdit;
class QListWidget;
class QMenuBar;

namespace hanseatlas
{

/** Finds commands of the menu by a few letters of their name and runs the chosen one. */
class CommandSearch final : public QDialog
{
    Q_OBJECT
public:
    CommandSearch(const QMenuBar &menus, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void run();

    struct Command {
        QString path; ///< "View › Appearance › Dark"
        QPointer<QAction> action;
    };
    QList<Command> m_commands;
    QLineEdit *m_edit;
    QListWidget *m_list;
};

/** All actions of a menu bar that do something, with the names of their menus. */
QList<std::pair<QString, QAction *>> commandsOf(const QMenuBar &menus);

} // namespace hanseatlas
