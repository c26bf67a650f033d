// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QPushButton;
class QStackedLayout;
class QTreeWidget;

namespace hanseatlas
{

/** What is kept for work without a network: state, size and age of each package, and what can be done with it. Stays
 *  open beside the map. Shows what it is given; what people want it tells by signals. */
class OfflineWindow final : public QDialog
{
    Q_OBJECT
public:
    struct Entry {
        QString id, title, state, size, age;
        QString details; ///< tool tip
        bool running = false;
        bool complete = false; ///< can be brought up to date; else it can go on
    };
    explicit OfflineWindow(QWidget *parent = nullptr);

    void setEntries(const QList<Entry> &entries);
    void setProgress(const QString &id, double fraction);
    QString current() const;

signals:
    void addWanted();
    void fetchWanted(const QString &id);
    void pauseWanted(const QString &id);
    void removeWanted(const QString &id);
    void currentChanged(const QString &id); ///< "" = none
    void zoomWanted(const QString &id);

private:
    void updateButtons();

    QTreeWidget *m_list;
    QStackedLayout *m_stack;
    QPushButton *m_another, *m_fetch, *m_remove;
    QList<Entry> m_entries;
};

} // namespace hanseatlas
