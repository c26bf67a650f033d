// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/offline/offlinewindow.h"

#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

OfflineWindow::OfflineWindow(QWidget *parent)
    : QDialog(parent)
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Kept for work without network"));
    resize(640, 380);
    m_list->setRootIsDecorated(false);
    m_list->setHeaderLabels({tr("Name"), tr("State"), tr("Size"), tr("Age")});
    m_list->setAccessibleName(windowTitle());
    m_list->headerItem()->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    m_list->headerItem()->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
    m_list->header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 12);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < 4; ++column)
        m_list->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    auto *middle = new QWidget;
    m_stack = new QStackedLayout(middle);
    m_stack->addWidget(m_list);
    auto *nothing = new EmptyState(u"offline"_s, tr("Nothing is kept yet"),
                                   tr("Take along what the map shows, to have it where there is no network."));
    auto *add = new QAction(tr("&Keep what the map shows…"), this);
    nothing->addButton(add, true);
    m_stack->addWidget(nothing);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    m_another = box->addButton(tr("&Keep what the map shows…"), QDialogButtonBox::ActionRole);
    m_fetch = box->addButton(tr("&Bring up to date"), QDialogButtonBox::ActionRole);
    m_remove = box->addButton(tr("&Remove"), QDialogButtonBox::ActionRole);
    for (auto *button : {m_another, m_fetch, m_remove, box->button(QDialogButtonBox::Close)})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::large);
    layout->addWidget(middle, 1);
    layout->addWidget(box);
    connect(add, &QAction::triggered, this, &OfflineWindow::addWanted);
    connect(m_another, &QPushButton::clicked, this, &OfflineWindow::addWanted);
    connect(m_fetch, &QPushButton::clicked, this, [this] {
        const auto entry = std::ranges::find(m_entries, current(), &Entry::id);
        if (entry != m_entries.end())
            entry->running ? emit pauseWanted(entry->id) : emit fetchWanted(entry->id);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] { emit removeWanted(current()); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        updateButtons();
        emit currentChanged(current());
    });
    connect(m_list, &QTreeWidget::itemDoubleClicked, this, [this] { emit zoomWanted(current()); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setEntries({});
}

QString OfflineWindow::current() const
{
    const auto *item = m_list->currentItem();
    return item ? item->data(0, Qt::UserRole).toString() : QString();
}

void OfflineWindow::setEntries(const QList<Entry> &entries)
{
    const auto chosen = current();
    m_entries = entries;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const auto &entry : entries) {
            auto *item = new QTreeWidgetItem(m_list, {entry.title, entry.state, entry.size, entry.age});
            item->setData(0, Qt::UserRole, entry.id);
            item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
            item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
            for (int column = 0; column < 4; ++column)
                item->setToolTip(column, entry.details);
            if (entry.id == chosen)
                m_list->setCurrentItem(item);
        }
        if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
            m_list->setCurrentItem(m_list->topLevelItem(0));
    }
    m_stack->setCurrentIndex(entries.isEmpty() ? 1 : 0);
    updateButtons();
    if (current() != chosen)
        emit currentChanged(current());
}

void OfflineWindow::setProgress(const QString &id, double fraction)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        auto *item = m_list->topLevelItem(i);
        if (item->data(0, Qt::UserRole).toString() == id)
            item->setText(1, tr("Fetching, %1 %").arg(int(std::clamp(fraction, 0.0, 1.0) * 100)));
    }
}

void OfflineWindow::updateButtons()
{
    const auto entry = std::ranges::find(m_entries, current(), &Entry::id);
    const bool any = entry != m_entries.end();
    for (auto *button : {m_another, m_fetch, m_remove})
        button->setVisible(!m_entries.isEmpty()); // the empty list has its own
    m_fetch->setEnabled(any);
    m_remove->setEnabled(any && !entry->running);
    m_fetch->setText(any && entry->running         ? tr("&Pause")
                         : any && !entry->complete ? tr("&Go on")
                                                   : tr("&Bring up to date"));
}

} // namespace hanseatlas
