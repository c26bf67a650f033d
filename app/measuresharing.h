// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/apppaths.h"
#include "datasources/database/databaselogin.h"
#include "layers/measures/measuremerge.h"
#include "layers/measures/strategyfacts.h"
#include "layers/model/job.h"
#include "widgets/measures/storedialog.h"
#include "widgets/measures/storeline.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace hanseatlas
{

class ServiceAccess;
class Session;

/** Which store the user has chosen, as it is remembered. No password: that is with the sign-ins. */
struct StoreSetting {
    QString address; ///< postgresql://…; "" = only on this computer
    QString key; ///< of the sign-ins; "" = none

    QString person; ///< as the history calls the user; "" = as the system does

    static StoreSetting load(const QString &settingsFile);
    void save(const QString &settingsFile) const;
    StoreChoice choice() const; ///< for the dialog
};

/** The file with the measures that this computer works with: the user's own, or the copy of the shared ones. */
QString measuresFile(const AppPaths &paths);

/** What a choice leads to. A password goes to the sign-ins. Invalid where it makes no address. */
Result<StoreSetting> settingOf(const StoreChoice &choice, const StoreSetting &before, ServiceAccess *network);

/** Whether the shared store can be used as it is chosen; where that is wanted it is set up and filled with `first`.
 *  False: the database is there, but holds no measures, and none are to be made. Blocking. */
Result<bool> trySharedStore(const StoreSetting &setting, const StoreChoice &choice, const QList<Measure> &first,
                            const StrategyFacts &facts, const ChangeNote &note,
                            const std::shared_ptr<ServiceAccess> &network, const CancelToken &token);

/** Keeps the copy of the measures on this computer and the shared store the same while the program runs: soon after
 *  every change here, and every few seconds for those of others. GUI thread; the work is done in the pool. */
class MeasureSharing final : public QObject
{
    Q_OBJECT
public:
    explicit MeasureSharing(Session &session, QObject *parent = nullptr);
    ~MeasureSharing() override; ///< what has not been sent is sent the next time

    void begin(const StoreSetting &setting, std::shared_ptr<MeasureStore> copy, StrategyFacts facts);
    void end();
    void setPerson(const QString &person) { m_person = person; }
    bool isShared() const { return m_link != nullptr; }
    void syncSoon(); ///< something has changed here
    void syncNow();
    void decide(const MergeDecisions &decisions);
    const SharingState &state() const { return m_state; }
    const QList<SharedConflict> &open() const { return m_open; }

signals:
    void stateChanged(const hanseatlas::SharingState &state);
    void arrived(const QList<hanseatlas::StoredMeasure> &measures); ///< all; the copy has them already
    void kept(const QStringList &numbers); ///< removed on one side, changed on the other

private:
    struct Link;
    struct Done;
    void sync();
    void show(const Done &done);

    Session &m_session;
    QString m_person;
    std::shared_ptr<Link> m_link; ///< shared with the job that may still run
    SharingState m_state;
    QList<SharedConflict> m_open;
    MergeDecisions m_decided; ///< not yet carried out
    bool m_again = false; ///< something has changed while it was running
    QTimer m_soon, m_regularly;
    Latest m_job;
};

} // namespace hanseatlas
