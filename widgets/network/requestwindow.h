// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QAbstractItemModel;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QStackedLayout;
class QTreeView;

namespace hanseatlas
{

namespace look
{
class SearchField;
}

/** What was asked of servers and what came of it, for those who want to know why a map is slow or empty. Stays open
 *  beside the map. */
class RequestWindow final : public QDialog
{
    Q_OBJECT
public:
    /** `requests` outlives the window; its column `addressColumn` takes the room that is left. `failedRole` and
     * `sortRole` are roles of it. removeRows() of all rows empties the log. */
    struct Source {
        QAbstractItemModel *requests = nullptr;
        int questionColumn = 0; ///< as wide as wanted, since questions may be long
        int addressColumn = 0;
        int failedRole = 0;
        int sortRole = 0;
    };
    explicit RequestWindow(const Source &source, QWidget *parent = nullptr);
    ~RequestWindow() override;

private:
    class Rows;
    void copyChosen() const;
    void updateCount();

    const Source m_source;
    Rows *m_rows;
    look::SearchField *m_search;
    QTreeView *m_view;
    QStackedLayout *m_stack;
    QLabel *m_count;
    QPushButton *m_clear;
};

} // namespace hanseatlas
