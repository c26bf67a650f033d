// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/messagebar.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/iconlabel.h"
#include "widgets/look/look.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimerEvent>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{

QIcon iconOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Info:
        return icon(u"info"_s, Tint::Info);
    case MessageBar::Kind::Success:
        return icon(u"success"_s, Tint::Success);
    case MessageBar::Kind::Warning:
        return icon(u"warning"_s, Tint::Warning);
    case MessageBar::Kind::Error:
        return icon(u"error"_s, Tint::Error);
    }
    return {};
}

std::pair<QColor, QColor> colorsOf(MessageBar::Kind kind, const Tokens &t)
{
    switch (kind) {
    case MessageBar::Kind::Info:
        return {t.infoSoft, t.info};
    case MessageBar::Kind::Success:
        return {t.successSoft, t.success};
    case MessageBar::Kind::Warning:
        return {t.warningSoft, t.warning};
    case MessageBar::Kind::Error:
        return {t.errorSoft, t.error};
    }
    return {t.infoSoft, t.info};
}

QLabel *selectableLabel()
{
    auto *text = new QLabel;
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return text;
}

} // namespace

MessageBar::MessageBar(Kind kind, const QString &text, QWidget *parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_icon(new IconLabel({}, iconSize))
    , m_text(selectableLabel())
    , m_details(selectableLabel())
    , m_buttons(new QHBoxLayout)
    , m_more(new QToolButton)
    , m_close(new QToolButton)
{
    m_more->setText(tr("Details"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_close->setIcon(icon(u"close"_s));
    m_close->setIconSize({smallIconSize, smallIconSize});
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());

    auto *row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addStrut(controlHeight); // the same height with buttons and without
    m_text->setContentsMargins(0, space::tiny, 0, space::tiny);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_more);
    row->addWidget(m_close);
    m_buttons->setSpacing(space::small);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::medium, space::tiny, space::tiny, space::tiny);
    layout->setSpacing(space::tiny);
    layout->addLayout(row);
    layout->addWidget(m_details);
    m_details->setContentsMargins(iconSize + space::small, 0, space::small, space::small);
    setType(m_details, Type::Caption);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_more, &QToolButton::toggled, m_details, &QWidget::setVisible);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::close);
    setDetails({});
    setMessage(kind, text);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::setMessage(Kind kind, const QString &text)
{
    m_kind = kind;
    m_icon->setIcon(iconOf(kind));
    m_text->setText(text);
    setAccessibleName(text);
    update();
}

void MessageBar::setError(const Error &error)
{
    setMessage(Kind::Error, error.hint.isEmpty() ? error.what : error.what + u' ' + error.hint);
    setDetails(error.detail);
}

void MessageBar::setDetails(const QString &details)
{
    m_details->setText(details);
    m_more->setChecked(false);
    m_more->setVisible(!details.isEmpty());
    m_details->hide();
}

void MessageBar::addButton(QAction *action)
{
    auto *button = actionButton(action, this);
    m_buttons->addWidget(button);
}

void MessageBar::removeButtons()
{
    while (auto *item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::setTimeout(int milliseconds)
{
    m_timeout = milliseconds;
    if (m_timer)
        killTimer(m_timer);
    m_timer = milliseconds > 0 ? startTimer(milliseconds) : 0;
}

void MessageBar::close()
{
    if (m_timer)
        killTimer(m_timer);
    m_timer = 0;
    hide();
    emit closed();
}

void MessageBar::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    if (m_timeout > 0)
        setTimeout(m_timeout);
}

void MessageBar::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer && !underMouse() && !m_more->isChecked())
        close();
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_close->isHidden())
        close();
    else
        QFrame::keyPressEvent(event);
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const auto [soft, strong] = colorsOf(m_kind, tokens(isDark(palette())));
    auto edge = strong;
    edge.setAlphaF(0.35f);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(edge);
    painter.setBrush(soft);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace hanseatlas::look
