// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QBasicTimer>

namespace hanseatlas::look
{

/** A line to search or filter with: a magnifying glass, a clear button, Escape empties it. */
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(const QString &placeholder = {}, QWidget *parent = nullptr);

signals:
    /** The trimmed text, a moment after the last key (150 ms), at once when it was emptied or Return was pressed. */
    void searched(const QString &text);
    /** Down key: the field above a list hands the focus on. */
    void downPressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void search();

    QBasicTimer m_delay;
    QString m_last;
};

} // namespace hanseatlas::look
