// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"

#include <QAbstractListModel>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QListView;
class QMenu;

namespace hanseatlas
{

class MeasureWork;

/** The measures of one stage, as cards: what is dropped here wants to come to this stage. */
class StageModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr const char *mimeType = "application/x-hanseatlas-measure";

    explicit StageModel(QString stage, QObject *parent = nullptr);

    const QString &stage() const { return m_stage; } ///< id; "" = none was reported
    void setMeasures(QList<Measure> measures);
    const Measure *measure(int row) const;
    int rowOf(const QString &number) const; ///< -1: not here

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    /** Moves nothing itself: the step is asked for. */
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    void moveWanted(const QString &number, const QString &stage);

private:
    const QString m_stage;
    QList<Measure> m_measures;
};

/** The governance process as a board: a column for each stage. Cards are dragged, or moved with the menu or
 *  Ctrl+Left and Ctrl+Right. */
class MeasureBoard final : public QWidget
{
    Q_OBJECT
public:
    explicit MeasureBoard(MeasureWork &work, QWidget *parent = nullptr);

    void setFilter(const MeasureFilter &filter);
    StageModel *column(const QString &stage) const; ///< null: there is none
    /** The menu of a card: the stages that may follow. */
    void fillMenu(QMenu &menu, const QString &number);

signals:
    /** The measure is chosen already. */
    void stepWanted(const QString &stage);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< arrows go from column to column
    void showEvent(QShowEvent *event) override;

private:
    struct Column {
        StageModel *model = nullptr;
        QListView *view = nullptr;
        QLabel *count = nullptr;
    };
    void addColumn(const QString &stage, const QString &title, const QString &note, QHBoxLayout *layout);
    void load();
    void move(const QString &number, const QString &stage);
    void followCurrent();

    MeasureWork &m_work;
    MeasureFilter m_filter;
    QList<Column> m_columns;
    bool m_stale = true; ///< filled when it is seen
    bool m_following = false;
};

} // namespace hanseatlas
