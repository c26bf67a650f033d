// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notice.h"

#include <QHash>
#include <QWidget>

class QAction;
class QVBoxLayout;

namespace hanseatlas::look
{
class MessageBar;
}

namespace hanseatlas
{

/** Notices at the top of the map: they never take the focus; good news goes away by itself, errors stay until read.
 * Lies over its parent and keeps to the middle of its top edge. */
class NoticeArea final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int most = 4; ///< older ones make room

    /** `undo` is offered by notices that can be undone. */
    NoticeArea(QAction *undo, QWidget *parent);
    void show(const Notice &notice);
    void dismiss(const QString &topic); ///< what it said is over
    /** Other changes have come: the buttons would take back something else. */
    void dismissUndoable();
    QList<Notice> notices() const { return m_notices; }

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void drop(look::MessageBar *bar);
    void place();

    QAction *m_undo;
    QVBoxLayout *m_layout;
    QList<look::MessageBar *> m_bars; ///< beside m_notices
    QList<Notice> m_notices;
};

} // namespace hanseatlas
