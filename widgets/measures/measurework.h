// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"
#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

#include <QObject>
#include <QThreadPool>
#include <QUndoStack>

#include <memory>

namespace hanseatlas
{

/** What all views of the measures share: the measures themselves, which one is looked at, and the way to change them.
 *  A change is written into the store before any view shows it, so what is seen is on the disk. GUI thread. */
class MeasureWork final : public QObject
{
    Q_OBJECT
public:
    explicit MeasureWork(StrategyFacts facts, QObject *parent = nullptr);
    ~MeasureWork() override;

    /** Without one nothing can be changed. Another one forgets what could be undone in the one before. */
    void setStore(std::shared_ptr<MeasureStore> store);
    const std::shared_ptr<MeasureStore> &store() const { return m_store; }
    bool isWritable() const { return m_store != nullptr; }
    void setMeasures(QList<StoredMeasure> measures); ///< sorted by number, as a store gives them
    void setPerson(const QString &person); ///< who changes
    const QString &person() const { return m_person; }
    void setToday(const QDate &today);
    const QDate &today() const { return m_today; }

    const StrategyFacts &facts() const { return m_facts; }
    const QList<StoredMeasure> &measures() const { return m_measures; }
    const StoredMeasure *find(const QString &number) const; ///< null: there is none
    QList<Measure> passing(const MeasureFilter &filter) const;
    QStringList leads() const; ///< sorted by name
    QString current() const { return m_current; } ///< number; "" = none
    void setCurrent(const QString &number);

    QUndoStack &undoStack() { return m_undo; }
    QThreadPool &pool() { return m_pool; } ///< for reading; waited for at the end

    /** Written, shown, and can be taken back. Fails with what is wrong; then nothing has changed. `text`: of the entry
     *  in the list of changes. */
    Status edit(const Measure &before, const Measure &after, const QString &text);
    Status apply(const ChangeSet &changes, const QString &text);
    /** What somebody has already written for us, such as an import in another thread; can be taken back. */
    void adopt(const ChangeSet &changes, QList<StoredMeasure> measures, const QString &text);
    /** What others have changed, already in the store. What is on the way to be undone stays. */
    void arrive(QList<StoredMeasure> measures);
    ChangeNote note(const QString &occasion = {}) const;

signals:
    void reset(); ///< other measures
    void changed(const QString &number);
    void currentChanged(const QString &number);
    void failed(const hanseatlas::Error &error); ///< for people

private:
    friend class MeasureCommand;
    Result<ChangeSet> write(ChangeSet changes, const QString &occasion);
    Result<ChangeSet> rebasedOn(const ChangeSet &changes, const QList<MeasureConflict> &conflicts) const;
    void show(const ChangeSet &changes, const QHash<QString, qint64> &versions);
    void reread();

    const StrategyFacts m_facts;
    std::shared_ptr<MeasureStore> m_store;
    QList<StoredMeasure> m_measures;
    QString m_current;
    QString m_person;
    QDate m_today;
    QUndoStack m_undo;
    QThreadPool m_pool;
};

} // namespace hanseatlas
