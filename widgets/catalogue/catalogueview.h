// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace hanseatlas
{

/** The view of the catalogue and of what was found in it; rows can be dragged out. */
class CatalogueView final : public QTreeView
{
    Q_OBJECT
public:
    explicit CatalogueView(bool twoLines, QWidget *parent = nullptr);

signals:
    void leftUpwards(); ///< Up in the first row: the focus goes back to the search

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace hanseatlas
