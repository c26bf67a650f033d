// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/searchfield.h"

#include "widgets/look/look.h"

#include <QAction>
#include <QKeyEvent>
#include <QTimerEvent>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

SearchField::SearchField(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    addAction(icon(u"search"_s, Tint::Secondary), QLineEdit::LeadingPosition);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            search();
        else
            m_delay.start(150, this);
    });
    connect(this, &QLineEdit::returnPressed, this, &SearchField::search);
}

void SearchField::search()
{
    m_delay.stop();
    const auto wanted = text().trimmed();
    if (wanted == m_last)
        return;
    m_last = wanted;
    emit searched(wanted);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        clear();
    else if (event->key() == Qt::Key_Down)
        emit downPressed();
    else
        QLineEdit::keyPressEvent(event);
}

void SearchField::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_delay.timerId())
        search();
    else
        QLineEdit::timerEvent(event);
}

} // namespace hanseatlas::look
