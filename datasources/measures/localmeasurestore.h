// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

#include <memory>
#include <mutex>

namespace hanseatlas
{

class StoreConnection;

/** The measures of one user: a SQLite file of its own. Every save is one transaction that is on the disk when it
 *  returns; other programs may read and write the same file at the same time. */
class LocalMeasureStore final : public MeasureStore
{
public:
    /** Makes the file where there is none. A file that is damaged or none of ours is kept beside its place, and
     *  problem() says so. */
    static Result<std::unique_ptr<LocalMeasureStore>> open(const QString &path, StrategyFacts facts);
    ~LocalMeasureStore() override;

    bool isNew() const { return m_isNew; } ///< made by open(): the strategy's measures may be put in

    Result<QList<StoredMeasure>> read(const CancelToken &token, const Progress &progress) const override;
    Result<SaveOutcome> save(const ChangeSet &changes, const ChangeNote &note, const CancelToken &token,
                             const Progress &progress) override;
    Result<QList<MeasureHistoryRow>> history(const HistoryQuery &query, const CancelToken &token) const override;
    QString problem() const override { return m_problem; }

private:
    LocalMeasureStore(std::unique_ptr<StoreConnection> connection, StrategyFacts facts);

    const std::unique_ptr<StoreConnection> m_connection;
    const StrategyFacts m_facts;
    mutable std::mutex m_mutex; ///< of the connection
    QString m_problem;
    bool m_isNew = false;
};

} // namespace hanseatlas
