// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/net/keychaincredentials.h"

#include "datasources/net/nettexts.h"

#include <qt6keychain/keychain.h>

#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** What a keychain job came to. */
struct Outcome {
    QKeychain::Error error = QKeychain::NoError;
    QString message;
    QByteArray data;
};

/** Where a worker waits for the job, which runs on another thread. */
struct Waiting {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::optional<Outcome> outcome;

    void finish(Outcome result)
    {
        {
            const std::scoped_lock lock(mutex);
            outcome = std::move(result);
        }
        changed.notify_all();
    }
};

std::unexpected<Error> refused(const Outcome &outcome)
{
    const auto what = outcome.error == QKeychain::NoBackendAvailable || outcome.error == QKeychain::NotImplemented
        ? NetTexts::tr("There is no keychain on this computer in which sign-ins could be kept.")
        : NetTexts::tr("The keychain does not give the sign-in.");
    return failure(ErrorKind::NotReadable, what, NetTexts::tr("Unlock the keychain of the system and try again."),
                   outcome.message);
}

} // namespace

struct KeychainCredentials::Private {
    QString service;
    std::mutex mutex;
    std::unique_ptr<QObject> home = std::make_unique<QObject>(); ///< guarded; on the thread that runs the jobs
    std::stop_source closed;
    MemoryCredentials known; ///< what was found: a map of tiles must not ask for each

    template <class Job>
    Result<Outcome> run(const QString &key, const CancelToken &token, std::function<void(Job &)> prepare = {})
    {
        auto waiting = std::make_shared<Waiting>();
        {
            const std::scoped_lock lock(mutex);
            if (!home)
                return cancelled();
            const auto start = [waiting, key, prepare, name = service, parent = home.get()] {
                auto *job = new Job(name, parent); // deletes itself
                job->setKey(key);
                job->setInsecureFallback(false);
                if (prepare)
                    prepare(*job);
                QObject::connect(job, &QKeychain::Job::finished, job, [waiting, job] {
                    Outcome outcome{job->error(), job->errorString(), {}};
                    if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
                        outcome.data = job->binaryData();
                    waiting->finish(std::move(outcome));
                });
                job->start();
            };
            QMetaObject::invokeMethod(home.get(), start, Qt::QueuedConnection);
        }
        std::stop_source stop;
        const std::stop_callback byCaller(token, [&stop] { stop.request_stop(); });
        const std::stop_callback byEnd(closed.get_token(), [&stop] { stop.request_stop(); });
        std::unique_lock lock(waiting->mutex);
        if (!waiting->changed.wait(lock, stop.get_token(), [&] { return waiting->outcome.has_value(); }))
            return cancelled();
        return *waiting->outcome;
    }
};

KeychainCredentials::KeychainCredentials(QString service)
    : d(std::make_shared<Private>())
{
    d->service = std::move(service);
}

KeychainCredentials::~KeychainCredentials()
{
    d->closed.request_stop();
    std::unique_ptr<QObject> home;
    const std::scoped_lock lock(d->mutex);
    home = std::move(d->home);
}

bool KeychainCredentials::isAvailable()
{
    return QKeychain::isAvailable();
}

Result<std::optional<Credential>> KeychainCredentials::find(const QString &key, CancelToken token) const
{
    const auto shared = d;
    if (auto known = shared->known.find(key, token); known && *known)
        return known;
    const auto outcome = shared->run<QKeychain::ReadPasswordJob>(key, token);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->error == QKeychain::EntryNotFound)
        return std::nullopt;
    if (outcome->error != QKeychain::NoError)
        return refused(*outcome);
    auto credential = Credential::fromJson(outcome->data);
    if (credential)
        (void)shared->known.store(key, *credential, token);
    return credential;
}

Status KeychainCredentials::store(const QString &key, const Credential &credential, CancelToken token)
{
    const auto shared = d;
    const auto outcome = shared->run<QKeychain::WritePasswordJob>(
        key, token, [json = credential.toJson()](QKeychain::WritePasswordJob &job) { job.setBinaryData(json); });
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->error != QKeychain::NoError)
        return refused(*outcome);
    return shared->known.store(key, credential, token);
}

Status KeychainCredentials::remove(const QString &key, CancelToken token)
{
    const auto shared = d;
    const auto outcome = shared->run<QKeychain::DeletePasswordJob>(key, token);
    if (!outcome)
        return std::unexpected(outcome.error());
    (void)shared->known.remove(key, token);
    const bool gone = outcome->error == QKeychain::NoError || outcome->error == QKeychain::EntryNotFound;
    return gone ? Status() : refused(*outcome);
}

} // namespace hanseatlas
