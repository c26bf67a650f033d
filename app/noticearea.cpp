// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/noticearea.h"

#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"

#include <QAction>
#include <QEvent>
#include <QVBoxLayout>

namespace hanseatlas
{

namespace
{

constexpr int shownFor = 7000; // ms, for what went well
constexpr int widest = 620;

look::MessageBar::Kind kindOf(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::Success:
        return look::MessageBar::Kind::Success;
    case Notice::Kind::Warning:
        return look::MessageBar::Kind::Warning;
    case Notice::Kind::Error:
        return look::MessageBar::Kind::Error;
    case Notice::Kind::Info:
        break;
    }
    return look::MessageBar::Kind::Info;
}

} // namespace

NoticeArea::NoticeArea(QAction *undo, QWidget *parent)
    : QWidget(parent)
    , m_undo(undo)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(look::space::tiny);
    parent->installEventFilter(this);
    hide();
}

void NoticeArea::show(const Notice &notice)
{
    if (!notice.topic.isEmpty()) {
        for (qsizetype i = m_notices.size() - 1; i >= 0; --i) {
            if (m_notices[i].topic == notice.topic)
                drop(m_bars[i]);
        }
    }
    while (m_bars.size() >= most)
        drop(m_bars.front());
    auto *bar = new look::MessageBar(kindOf(notice.kind), notice.text, this);
    bar->setDetails(notice.details);
    bar->setClosable(true);
    if (notice.kind == Notice::Kind::Success || notice.kind == Notice::Kind::Info)
        bar->setTimeout(shownFor);
    if (notice.undoable)
        bar->addButton(m_undo);
    if (notice.action)
        bar->addButton(notice.action);
    connect(bar, &look::MessageBar::closed, this, [this, bar] { drop(bar); });
    m_layout->addWidget(bar);
    m_bars.append(bar);
    m_notices.append(notice);
    QWidget::show();
    raise();
    place();
}

void NoticeArea::dismiss(const QString &topic)
{
    for (qsizetype i = m_notices.size() - 1; i >= 0; --i) {
        if (m_notices[i].topic == topic)
            drop(m_bars[i]);
    }
}

void NoticeArea::dismissUndoable()
{
    for (qsizetype i = m_notices.size() - 1; i >= 0; --i) {
        if (m_notices[i].undoable)
            drop(m_bars[i]);
    }
}

void NoticeArea::drop(look::MessageBar *bar)
{
    const auto i = m_bars.indexOf(bar);
    if (i < 0)
        return;
    m_bars.removeAt(i);
    m_notices.removeAt(i);
    m_layout->removeWidget(bar);
    bar->hide();
    bar->deleteLater(); // may be called by its own signal
    setVisible(!m_bars.isEmpty());
    place();
}

void NoticeArea::place()
{
    const auto box = parentWidget()->rect();
    const int width = std::min(widest, box.width() - 2 * look::space::large);
    setFixedWidth(std::max(width, 120));
    resize(this->width(),
           m_layout->heightForWidth(this->width())); // adjustSize() would take the height of another width
    move(box.center().x() - this->width() / 2, look::space::medium);
}

bool NoticeArea::event(QEvent *event)
{
    const bool known = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) // details were unfolded
        place();
    return known;
}

bool NoticeArea::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace hanseatlas
