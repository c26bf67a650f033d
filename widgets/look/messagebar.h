// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace hanseatlas::look
{

class IconLabel;

/** A quiet notice above or in a view: what happened, more on request, what can be done, and a way to close it. It never
 *  takes the focus and never blocks. */
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Success, Warning, Error };

    explicit MessageBar(Kind kind = Kind::Info, const QString &text = {}, QWidget *parent = nullptr);

    Kind kind() const { return m_kind; }
    QString text() const;
    void setMessage(Kind kind, const QString &text);
    /** The sentence, the hint beside it, the detail behind "Details". */
    void setError(const Error &error);
    /** Shown below on request; "" takes the button away. */
    void setDetails(const QString &details);
    /** A button for the action, which stays the caller's. */
    void addButton(QAction *action);
    void removeButtons();
    void setClosable(bool closable);
    /** Goes away by itself after this time, unless the mouse is on it or the details are open; 0 = stays. */
    void setTimeout(int milliseconds);

signals:
    /** By the user or by its time-out; the bar has hidden itself. */
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void close();

    Kind m_kind;
    IconLabel *m_icon;
    QLabel *m_text;
    QLabel *m_details;
    QHBoxLayout *m_buttons;
    QToolButton *m_more;
    QToolButton *m_close;
    int m_timeout = 0;
    int m_timer = 0;
};

} // namespace hanseatlas::look
