// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace hanseatlas::look
{

/** A raised surface with a quiet edge that holds what belongs together. */
class Card : public QFrame
{
    Q_OBJECT
public:
    /** An empty title shows none. */
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /** Where the content goes, below the title. */
    QVBoxLayout *content() const { return m_content; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QVBoxLayout *m_content;
};

} // namespace hanseatlas::look
