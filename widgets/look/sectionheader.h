// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace hanseatlas::look
{

/** The head of a section in a panel or dialog: a title, at the right quiet buttons for what can be done with it. */
class SectionHeader : public QWidget
{
    Q_OBJECT
public:
    explicit SectionHeader(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /** A second, quiet line; "" shows none. */
    void setNote(const QString &note);
    /** A tool button for the action, which stays the caller's. */
    void addButton(QAction *action);

private:
    QLabel *m_title;
    QLabel *m_note;
    QHBoxLayout *m_buttons;
};

} // namespace hanseatlas::look
