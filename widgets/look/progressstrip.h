// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QProgressBar;
class QToolButton;

namespace hanseatlas::look
{

class ElidedLabel;

/** One line that says what is going on, how far it is, and can end it. */
class ProgressStrip : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressStrip(const QString &text = {}, QWidget *parent = nullptr);

    void setText(const QString &text);
    /** 0 … 1; negative: the amount is unknown. */
    void setFraction(double fraction);
    void setCancellable(bool cancellable);

signals:
    /** Once; the button is disabled then, until the next setText() or setFraction(0). */
    void cancelled();

private:
    ElidedLabel *m_text;
    QProgressBar *m_bar;
    QToolButton *m_cancel;
};

} // namespace hanseatlas::look
