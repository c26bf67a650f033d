// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/indexrecords.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

#include <memory>
#include <mutex>
#include <optional>

namespace hanseatlas
{

class StoreConnection;

/** Values that are brought in together, from one source. */
struct IndexDelivery {
    struct Entry {
        QString indicator; ///< id
        QString area; ///< "" = the whole city
        int month = 0; ///< the first of its period
        std::optional<double> value; ///< nothing: what was known does not hold any more
        bool operator==(const Entry &) const = default;
    };
    IndexOrigin origin;
    QList<Entry> entries;
};

struct IndexDelivered {
    qint64 added = 0, corrected = 0, removed = 0, unchanged = 0;
    bool operator==(const IndexDelivered &) const = default;
};

/** Values of indicators in one SQLite file of the user. A value that is corrected is not lost: the file keeps what was
 * said before, by whom and when. All functions block and may be called from any thread. Storage where the file fails.
 */
class IndexStore
{
public:
    /** Makes the file where there is none. A damaged one is kept aside and a new one begun; problem() tells. */
    static Result<std::unique_ptr<IndexStore>> open(const QString &path);
    ~IndexStore();

    Result<IndexRecords> read(const CancelToken &token) const;
    /** In one transaction: wholly or not at all. Invalid where a value is not finite or comes twice. */
    Result<IndexDelivered> deliver(const IndexDelivery &delivery, const CancelToken &token);
    /** What an indicator's value of a period was before it was corrected, oldest first. */
    struct Correction {
        IndexPoint point; ///< without an index of its origin
        IndexOrigin origin;
    };
    Result<QList<Correction>> corrections(const QString &indicator, const QString &area, int month) const;
    const QString &problem() const { return m_problem; } ///< met at opening, for people; "" = none

private:
    IndexStore(std::unique_ptr<StoreConnection> connection, QString path);
    Error errorNow() const; ///< of the connection's fault

    mutable std::mutex m_mutex;
    std::unique_ptr<StoreConnection> m_connection;
    QString m_path;
    QString m_problem;
};

} // namespace hanseatlas
