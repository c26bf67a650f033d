// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaselogin.h"
#include "layers/measures/measurestore.h"
#include "layers/measures/strategyfacts.h"

#include <memory>
#include <mutex>

namespace hanseatlas
{

class DatabaseSession;

/** The measures of several people: the schema `hanseatlas` of a PostgreSQL database, with or without PostGIS. A save is
 *  one transaction; whoever saves a row that has another version by now gets the conflict, field by field. A connection
 *  that broke is made anew at the next call. */
class SharedMeasureStore final : public MeasureStore
{
public:
    enum class Missing { Refuse, Make };

    /** Errors of DatabaseSession; NotFound where the database holds no measures and none are to be made; Unsupported
     *  where a newer version of the program has made them. An older schema is brought to the present one. */
    static Result<std::unique_ptr<SharedMeasureStore>> open(const DatabaseLogin &login, StrategyFacts facts,
                                                            Missing missing, const CancelToken &token);
    ~SharedMeasureStore() override;

    bool isNew() const { return m_isNew; } ///< made by open(): the strategy's measures may be put in

    Result<QList<StoredMeasure>> read(const CancelToken &token, const Progress &progress) const override;
    Result<SaveOutcome> save(const ChangeSet &changes, const ChangeNote &note, const CancelToken &token,
                             const Progress &progress) override;
    Result<QList<MeasureHistoryRow>> history(const HistoryQuery &query, const CancelToken &token) const override;
    QString problem() const override { return {}; }

private:
    SharedMeasureStore(std::unique_ptr<DatabaseSession> session, StrategyFacts facts);
    Status connect(const CancelToken &token) const;

    const DatabaseLogin m_login;
    const StrategyFacts m_facts;
    mutable std::mutex m_mutex; ///< of the session
    mutable std::unique_ptr<DatabaseSession> m_session;
    bool m_isNew = false;
};

} // namespace hanseatlas
