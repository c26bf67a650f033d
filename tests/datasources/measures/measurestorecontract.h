// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurestore.h"
#include "tests/layers/measures/measurefixture.h"

#include <memory>

namespace hanseatlas::test
{

inline ChangeNote noteOf(const QString &person, int day = 1)
{
    return {person, QDateTime(QDate(2026, 1, day), QTime(12, 0), QTimeZone::UTC), QStringLiteral("Test")};
}

inline Result<SaveOutcome> saved(MeasureStore &store, const QList<MeasureChange> &changes,
                                 const ChangeNote &note = noteOf(QStringLiteral("A")))
{
    return store.save({changes}, note, {}, {});
}

inline StoredMeasure only(const MeasureStore &store)
{
    const auto all = store.read({}, {}).value();
    return all.size() == 1 ? all.first() : StoredMeasure();
}

/** What every store of measures must keep; its test inherits these slots. */
class MeasureStoreContract : public QObject
{
    Q_OBJECT
public:
    virtual void fresh() = 0; ///< an empty place
    virtual std::unique_ptr<MeasureStore> open() = 0; ///< another store on the same place; may be called by any thread

private slots:
    void theStrategysMeasuresGoInAndComeOut();
    void whatWasSavedIsThereAfterTheNextStart();
    void everyFieldOfAnEditStandsInTheHistory();
    void undoIsASaveOfTheInverse();
    void aRemovedMeasureComesBackWithItsReports();
    void twoWritersConflictFieldByField();
    void writersAtOnceLoseNothing();
    void aNumberThatIsTakenConflicts();
    void whatBreaksTheRulesWritesNothing_data();
    void whatBreaksTheRulesWritesNothing();
    void cancellingWritesNothing();
};

} // namespace hanseatlas::test
