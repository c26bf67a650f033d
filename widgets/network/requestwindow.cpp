// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/network/requestwindow.h"

#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"
#include "widgets/look/searchfield.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

/** Those that fit the words and the choice; failed ones in the colour of errors. */
class RequestWindow::Rows final : public QSortFilterProxyModel
{
public:
    Rows(int failedRole, QObject *parent)
        : QSortFilterProxyModel(parent)
        , m_failedRole(failedRole)
    {
    }
    void setOnlyFailed(bool only)
    {
        m_onlyFailed = only;
        invalidateFilter();
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::ForegroundRole && index.data(m_failedRole).toBool())
            return tokens().error;
        return QSortFilterProxyModel::data(index, role);
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        if (m_onlyFailed && !sourceModel()->index(row, 0, parent).data(m_failedRole).toBool())
            return false;
        return QSortFilterProxyModel::filterAcceptsRow(row, parent);
    }

private:
    const int m_failedRole;
    bool m_onlyFailed = false;
};

RequestWindow::RequestWindow(const Source &source, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_rows(new Rows(source.failedRole, this))
    , m_search(new SearchField(tr("Search in addresses")))
    , m_view(new QTreeView)
    , m_count(secondaryLabel({}))
{
    setWindowTitle(tr("Requests to servers"));
    resize(820, 480);
    m_rows->setSourceModel(source.requests);
    m_rows->setFilterKeyColumn(source.addressColumn);
    m_rows->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_rows->setSortRole(source.sortRole);
    m_view->setModel(m_rows);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setSortingEnabled(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->sortByColumn(0, Qt::DescendingOrder);
    m_view->setAccessibleName(windowTitle());
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(source.questionColumn, QHeaderView::Interactive);
    m_view->header()->resizeSection(source.questionColumn, 200);
    m_view->header()->setSectionResizeMode(source.addressColumn, QHeaderView::Stretch);
    auto *failed = new QCheckBox(tr("Only &failed ones"));
    auto *top = new QHBoxLayout;
    top->setSpacing(space::medium);
    top->addWidget(m_search, 1);
    top->addWidget(failed);

    auto *middle = new QWidget;
    m_stack = new QStackedLayout(middle);
    m_stack->addWidget(m_view);
    m_stack->addWidget(new EmptyState(u"link"_s, tr("No requests"),
                                      tr("What layers from services ask of their servers is listed here. Passwords "
                                         "and tokens are left out.")));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setIcon(icon(u"copy"_s));
    copy->setToolTip(tr("Copies the chosen lines, or all"));
    m_clear = buttons->addButton(tr("&Empty the list"), QDialogButtonBox::ActionRole);
    for (auto *button : {copy, m_clear})
        button->setAutoDefault(false);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_count, 1);
    bottom->addWidget(buttons);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    layout->addLayout(top);
    layout->addWidget(middle, 1);
    layout->addLayout(bottom);

    connect(m_search, &SearchField::searched, m_rows, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_search, &SearchField::downPressed, m_view, qOverload<>(&QWidget::setFocus));
    connect(failed, &QCheckBox::toggled, this, [this](bool only) { m_rows->setOnlyFailed(only); });
    connect(copy, &QPushButton::clicked, this, &RequestWindow::copyChosen);
    connect(m_clear, &QPushButton::clicked, this,
            [this] { m_source.requests->removeRows(0, m_source.requests->rowCount()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_rows, signal, this, &RequestWindow::updateCount);
    connect(m_rows, &QAbstractItemModel::modelReset, this, &RequestWindow::updateCount);
    updateCount();
}

RequestWindow::~RequestWindow() = default;

void RequestWindow::copyChosen() const
{
    auto rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < m_rows->rowCount(); ++row)
            rows << m_rows->index(row, 0);
    }
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QString text;
    for (const auto &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < m_rows->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        text += cells.join(u'\t') + u'\n';
    }
    QGuiApplication::clipboard()->setText(text);
}

void RequestWindow::updateCount()
{
    const int all = m_source.requests->rowCount(), shown = m_rows->rowCount();
    m_stack->setCurrentIndex(all == 0 ? 1 : 0);
    m_clear->setEnabled(all > 0);
    m_count->setText(all == 0          ? QString()
                         : shown < all ? tr("%1 of %n requests", nullptr, all).arg(locale().toString(shown))
                                       : tr("%n request(s)", nullptr, all));
}

} // namespace hanseatlas
