// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuresharing.h"

#include "app/session.h"
#include "datasources/database/databasesession.h"
#include "datasources/live/databaseservices.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/measures/measuresync.h"
#include "datasources/measures/sharedmeasurestore.h"

#include <QSettings>
#include <QUrl>

#include <chrono>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hanseatlas
{

namespace
{

constexpr auto soon = 400ms; ///< after an edit; several in a row go together
constexpr qsizetype longestName = 120;
constexpr auto regularly = 10s; ///< for the changes of others
constexpr auto addressKey = "measures/store"_L1, signInKey = "measures/storeSignIn"_L1,
               personKey = "measures/person"_L1;

Result<DatabaseLogin> loginOf(const StoreSetting &setting, const std::shared_ptr<ServiceAccess> &network,
                              const CancelToken &token)
{
    const auto address = DatabaseAddress::fromText(setting.address);
    if (!address)
        return failure(ErrorKind::Invalid,
                       MeasureSharing::tr("“%1” is no address of a database.").arg(setting.address.left(200)));
    return network ? databaseLogin(*address, setting.key, *network, token) : DatabaseLogin{*address, {}};
}

} // namespace

StoreSetting StoreSetting::load(const QString &settingsFile)
{
    const QSettings file(settingsFile, QSettings::IniFormat);
    StoreSetting setting{.address = file.value(addressKey).toString(),
                         .key = file.value(signInKey).toString(),
                         .person = file.value(personKey).toString().simplified().left(longestName)};
    if (!DatabaseAddress::fromText(setting.address))
        setting.address.clear();
    return setting;
}

void StoreSetting::save(const QString &settingsFile) const
{
    QSettings file(settingsFile, QSettings::IniFormat);
    file.setValue(addressKey, address);
    file.setValue(signInKey, key);
    file.setValue(personKey, person);
}

QString measuresFile(const AppPaths &paths)
{
    const auto setting = StoreSetting::load(paths.settings);
    return setting.address.isEmpty() ? paths.measures() : paths.sharedMeasures(setting.address);
}

StoreChoice StoreSetting::choice() const
{
    const auto where = DatabaseAddress::fromText(address);
    if (!where)
        return {.person = person};
    return {.person = person,
            .isShared = true,
            .host = where->host,
            .database = where->database,
            .user = where->user,
            .port = where->port,
            .verified = where->sslMode == "verify-full"_L1,
            .password = {}};
}

Result<StoreSetting> settingOf(const StoreChoice &choice, const StoreSetting &before, ServiceAccess *network)
{
    if (!choice.isShared)
        return StoreSetting{.person = choice.person};
    const DatabaseAddress address{.host = choice.host,
                                  .port = choice.port,
                                  .database = choice.database,
                                  .user = choice.user,
                                  .sslMode = choice.verified ? u"verify-full"_s : QString()};
    StoreSetting setting{.address = address.toText(), .key = {}, .person = choice.person};
    const auto read = DatabaseAddress::fromText(setting.address);
    if (!read || *read != address)
        return failure(ErrorKind::Invalid, MeasureSharing::tr("Server, database or user cannot be what they are."),
                       MeasureSharing::tr("Check them for mistakes in writing."));
    if (choice.password.isEmpty()) {
        if (before.address == setting.address)
            setting.key = before.key;
        return setting;
    }
    if (!network)
        return setting;
    auto url = QUrl(setting.address);
    url.setPassword(choice.password, QUrl::DecodedMode);
    auto secret = url.toString(QUrl::FullyEncoded);
    setting.key = network->keepSecrets(secret);
    return setting;
}

Result<bool> trySharedStore(const StoreSetting &setting, const StoreChoice &choice, const QList<Measure> &first,
                            const StrategyFacts &facts, const ChangeNote &note,
                            const std::shared_ptr<ServiceAccess> &network, const CancelToken &token)
{
    const auto login = loginOf(setting, network, token);
    if (!login)
        return std::unexpected(login.error());
    using Missing = SharedMeasureStore::Missing;
    const auto store = SharedMeasureStore::open(*login, facts, choice.make ? Missing::Make : Missing::Refuse, token);
    if (!store && store.error().kind == ErrorKind::NotFound && !choice.make)
        return DatabaseSession::open(*login, token).transform([](const auto &) { return false; });
    if (!store)
        return std::unexpected(store.error());
    if (!(*store)->isNew())
        return true;
    ChangeSet all;
    for (const auto &measure : first)
        all.changes.append(createMeasure(measure));
    const auto saved = (*store)->save(all, note, token, {});
    return saved ? Result<bool>(true) : std::unexpected(saved.error());
}

/** What the job works with; one job at a time. */
struct MeasureSharing::Link {
    StoreSetting setting;
    StrategyFacts facts;
    QString file; ///< of what was last the same
    std::shared_ptr<MeasureStore> copy;
    std::shared_ptr<ServiceAccess> network;
    std::mutex mutex;
    std::unique_ptr<MeasureSync> sync;
    std::unique_ptr<SharedMeasureStore> shared;

    Status connect(const CancelToken &token)
    {
        if (!sync) {
            auto opened = MeasureSync::open(file);
            if (!opened)
                return std::unexpected(opened.error());
            sync = *std::move(opened);
        }
        if (shared)
            return {};
        const auto login = loginOf(setting, network, token);
        if (!login)
            return std::unexpected(login.error());
        auto opened = SharedMeasureStore::open(*login, facts, SharedMeasureStore::Missing::Refuse, token);
        if (!opened)
            return std::unexpected(opened.error());
        shared = *std::move(opened);
        return {};
    }
};

struct MeasureSharing::Done {
    Status status;
    SyncOutcome outcome;
    QList<StoredMeasure> measures; ///< where some have arrived
};

MeasureSharing::MeasureSharing(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soon);
    m_regularly.setInterval(regularly);
    connect(&m_soon, &QTimer::timeout, this, &MeasureSharing::syncNow);
    connect(&m_regularly, &QTimer::timeout, this, &MeasureSharing::syncNow);
    connect(&session, &Session::settingsChanged, this, [this] {
        if (isShared() && !m_session.isOffline() && !m_state.problem.what.isEmpty())
            syncSoon(); // perhaps online again
    });
}

MeasureSharing::~MeasureSharing()
{
    m_job.cancel();
}

void MeasureSharing::begin(const StoreSetting &setting, std::shared_ptr<MeasureStore> copy, StrategyFacts facts)
{
    end();
    m_link = std::make_shared<Link>();
    m_link->setting = setting;
    m_link->facts = std::move(facts);
    m_link->file = m_session.paths().sharedMeasures(setting.address) + ".base"_L1;
    m_link->copy = std::move(copy);
    m_link->network = m_session.network();
    m_state = {};
    if (const auto address = DatabaseAddress::fromText(setting.address))
        m_state.store = address->title();
    emit stateChanged(m_state);
    m_regularly.start();
    syncNow();
}

void MeasureSharing::end()
{
    m_job.cancel();
    m_soon.stop();
    m_regularly.stop();
    m_link.reset();
    m_open.clear();
    m_decided.clear();
    m_again = false;
    m_state = {};
    emit stateChanged(m_state);
}

void MeasureSharing::syncSoon()
{
    if (isShared())
        m_soon.start();
}

void MeasureSharing::syncNow()
{
    sync();
}

void MeasureSharing::decide(const MergeDecisions &decisions)
{
    m_decided = decisions;
    syncNow();
}

void MeasureSharing::sync()
{
    if (!m_link)
        return;
    if (m_job.isRunning()) {
        m_again = true;
        return;
    }
    if (m_session.isOffline()) {
        m_state.problem = {ErrorKind::Network, tr("The program works offline."), {}, {}};
        emit stateChanged(m_state);
        return;
    }
    m_state.isRunning = true;
    emit stateChanged(m_state);
    const auto work = [link = m_link, decided = m_decided,
                       note = ChangeNote{m_person, QDateTime::currentDateTimeUtc(), {}}](CancelToken token) -> Done {
        const std::lock_guard lock(link->mutex);
        if (const auto connected = link->connect(token); !connected)
            return {std::unexpected(connected.error()), {}, {}};
        auto outcome = link->sync->run(*link->copy, *link->shared, decided, note, token);
        if (!outcome)
            return {std::unexpected(outcome.error()), {}, {}};
        if (outcome->received == 0)
            return {{}, *std::move(outcome), {}};
        auto measures = link->copy->read({}, {});
        if (!measures)
            return {std::unexpected(measures.error()), *std::move(outcome), {}};
        return {{}, *std::move(outcome), *std::move(measures)};
    };
    m_job.run(m_session.workPool(), work, [this](const Done &done) { show(done); });
}

void MeasureSharing::show(const Done &done)
{
    m_state.isRunning = false;
    if (done.status) {
        m_state.problem = {};
        m_state.lastSame = QDateTime::currentDateTime();
        m_open = done.outcome.open;
        m_state.toDecide = int(m_open.size());
        m_decided.clear();
        if (!done.measures.isEmpty())
            emit arrived(done.measures);
        if (!done.outcome.kept.isEmpty())
            emit kept(done.outcome.kept);
    } else
        m_state.problem = done.status.error();
    emit stateChanged(m_state);
    if (std::exchange(m_again, false))
        syncSoon();
}

} // namespace hanseatlas
