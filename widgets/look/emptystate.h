// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace hanseatlas::look
{

class IconLabel;

/** What a view shows when it has nothing to show: an icon, a sentence, and what can be done now. */
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    /** `icon`: a name for look::icon(). `title` may be empty. */
    explicit EmptyState(const QString &icon = {}, const QString &title = {}, const QString &text = {},
                        QWidget *parent = nullptr);

    void setIcon(const QString &icon);
    void setTitle(const QString &title);
    void setText(const QString &text);
    /** A push button for the action, which stays the caller's. The first one may be the default one. */
    void addButton(QAction *action, bool primary = false);

private:
    IconLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace hanseatlas::look
