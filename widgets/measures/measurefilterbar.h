// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"
#include "layers/measures/measuremodel.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QMenu;

namespace hanseatlas::look
{
class SearchField;
}

namespace hanseatlas
{

class MeasureWork;

/** Which measures are shown and how they are grouped; filters can be kept by name. */
class MeasureFilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit MeasureFilterBar(const MeasureWork &work, QWidget *parent = nullptr);

    MeasureFilter filter() const;
    void setFilter(const MeasureFilter &filter);
    MeasureGrouping grouping() const;
    const QList<SavedFilter> &saved() const { return m_saved; }
    void setSaved(const QList<SavedFilter> &saved);
    void saveAs(const QString &name); ///< one of the same name is replaced

signals:
    void filterChanged(const hanseatlas::MeasureFilter &filter);
    void groupingChanged(hanseatlas::MeasureGrouping grouping);
    void savedChanged();
    void downPressed(); ///< the focus is to go to the list below

private:
    void fill();
    void fillMenu();
    void askName();
    QComboBox *choice(const QString &name);

    const MeasureWork &m_work;
    look::SearchField *m_search;
    QComboBox *m_grouping, *m_field, *m_lead, *m_stage, *m_phase;
    QCheckBox *m_overdue;
    QMenu *m_menu;
    QList<SavedFilter> m_saved;
    MeasureFilter m_rest; ///< what has no control here, from a kept filter
};

} // namespace hanseatlas
