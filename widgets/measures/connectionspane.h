// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"

#include <QWidget>

class QLabel;

namespace hanseatlas
{

class ConnectionsView;
class MeasureWork;

/** The diagram of the measures that pass the filter, with its choice in words below. Choosing a measure in it chooses
 * it everywhere. */
class ConnectionsPane final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionsPane(MeasureWork &work, QWidget *parent = nullptr);

    void setFilter(const MeasureFilter &filter);
    ConnectionsView &view() { return *m_view; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void choose();

    MeasureWork &m_work;
    ConnectionsView *m_view;
    QLabel *m_summary;
    MeasureFilter m_filter;
    bool m_stale = true; ///< hidden when something changed
};

} // namespace hanseatlas
