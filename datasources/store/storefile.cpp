// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/storefile_p.h"
#include "datasources/store/storeschema_p.h"
#include "datasources/store/storetexts.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QLoggingCategory>

#include <sqlite3.h>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <cerrno>
#include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

Q_LOGGING_CATEGORY(lcStore, "hanseatlas.store")

constexpr qint64 quicklyCheckedWhole = 200LL * 1024 * 1024;
constexpr qint64 suspectProcess = 0; // what a session leaves that met damage

enum class Verdict { Sound, Damaged, Foreign, Newer };

bool isRunning(qint64 process)
{
#ifdef Q_OS_WIN
    const HANDLE handle = OpenProcess(SYNCHRONIZE, FALSE, DWORD(process));
    const bool running = handle && WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
    if (handle)
        CloseHandle(handle);
    return running;
#else
    return ::kill(pid_t(process), 0) == 0 || errno == EPERM;
#endif
}

/** Which sessions ended without saying so? */
struct DeadSessions {
    std::vector<qint64> ids;
    bool suspect = false;
};

DeadSessions deadSessions(StoreConnection &connection)
{
    DeadSessions dead;
    StoreQuery query(connection, "SELECT id, process FROM store_sessions LIMIT 1000");
    while (query.next()) {
        const auto process = query.number(1);
        if (process > suspectProcess && isRunning(process))
            continue;
        dead.ids.push_back(query.number(0));
        dead.suspect |= process <= suspectProcess;
    }
    return dead;
}

bool saysOk(StoreQuery query)
{
    return query.next() && query.text(0) == "ok"_L1;
}

/** All of the file costs a second per gigabyte; of a big one only the tables that describe, unless it is suspect. */
bool passesCheck(StoreConnection &connection, bool whole)
{
    if (whole)
        return saysOk({connection, "PRAGMA quick_check(1)"});
    return saysOk({connection, "PRAGMA quick_check(store_datasets)"})
        && saysOk({connection, "PRAGMA quick_check(store_items)"});
}

void lookForDamage(StoreConnection &connection, const QString &path)
{
    const auto dead = deadSessions(connection);
    if (dead.ids.empty() || connection.fault())
        return;
    qCInfo(lcStore, "The last session did not end in order; the store is checked");
    const bool whole = dead.suspect || QFileInfo(path).size() <= quicklyCheckedWhole;
    if (!passesCheck(connection, whole)) {
        connection.setFault({SQLITE_CORRUPT, u"quick_check found damage"_s});
        return;
    }
    for (const auto id : dead.ids)
        StoreQuery(connection, "DELETE FROM store_sessions WHERE id = ?", id).run();
}

/** Are the tables there, as this version knows them? */
void lookAtTables(StoreConnection &connection)
{
    StoreQuery(connection,
               "SELECT key, title, service, layer, crs, provenance, contact, items, bytes, held FROM store_datasets "
               "LIMIT 1")
        .run();
    StoreQuery(
        connection,
        "SELECT dataset, key, size, used, fetched, expires, content_type, etag, last_modified, holds FROM store_items "
        "LIMIT 1")
        .run();
    StoreQuery(connection, "SELECT item FROM store_blobs LIMIT 1").run();
    StoreQuery(
        connection,
        "SELECT id, dataset, fields, crs, geometry_type, kinds, xmin, ymin, xmax, ymax, count, received, matched, "
        "complete, notes, size, used, fetched, expires, etag, last_modified FROM store_features LIMIT 1")
        .run();
    StoreQuery(connection, "SELECT id FROM store_leftovers LIMIT 1").run();
    StoreQuery(connection, "SELECT id, key, document FROM store_packages LIMIT 1").run();
    StoreQuery(connection, "SELECT package, item, own FROM store_held_items LIMIT 1").run();
    StoreQuery(connection, "SELECT package, dataset, own FROM store_held_features LIMIT 1").run();
}

Verdict verdictOn(StoreConnection &connection, const QString &path)
{
    const int application = readApplicationId(connection);
    const int version = readVersion(connection);
    if (connection.fault())
        return Verdict::Damaged;
    if (application != storeApplicationId)
        return Verdict::Foreign;
    if (version > storeVersion)
        return Verdict::Newer;
    migrateStore(connection, storeMigrations(), storeVersion);
    connection.execute("PRAGMA journal_mode = WAL");
    lookAtTables(connection);
    lookForDamage(connection, path);
    return connection.fault() ? Verdict::Damaged : Verdict::Sound;
}

QString asideName(const QString &path)
{
    const QFileInfo info(path);
    const auto date = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    const auto base = info.dir().filePath(info.completeBaseName() + u".broken-"_s + date);
    auto name = base + u".sqlite"_s;
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = u"%1-%2.sqlite"_s.arg(base).arg(i);
    return name;
}

/** "" where it could not be moved. */
QString moveAside(const QString &path)
{
    const auto aside = asideName(path);
    if (!QFileInfo(path).isDir() ? !QFile::rename(path, aside) : !QDir().rename(path, aside))
        return {};
    for (const auto &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::rename(path + suffix, aside + suffix);
    return aside;
}

QString problemText(Verdict verdict, const QString &path, const QString &aside)
{
    const auto file = QDir::toNativeSeparators(path), kept = QDir::toNativeSeparators(aside);
    switch (verdict) {
    case Verdict::Newer:
        return StoreTexts::tr("The store of service data %1 was written by a newer version of the program. It is kept "
                              "as %2; a new one was begun.")
            .arg(file, kept);
    case Verdict::Foreign:
        return StoreTexts::tr("The file %1 is no store of service data. It is kept as %2; a new one was begun.")
            .arg(file, kept);
    default:
        return StoreTexts::tr("The store of service data %1 was damaged. It is kept as %2; a new one was begun.")
            .arg(file, kept);
    }
}

std::unexpected<Error> cannotWrite(const QString &path, const QString &detail)
{
    return failure(
        ErrorKind::Storage,
        StoreTexts::tr("The store of service data %1 could not be opened or made.").arg(QDir::toNativeSeparators(path)),
        StoreTexts::tr("See whether the disk has room and may be written."), detail);
}

/** Made beside its place and moved there when it is whole: no other program sees half of it. */
Status makeFile(const QString &path)
{
    const auto work = path + u".new"_s;
    for (const auto &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u"-journal"_s}) {
        QFile::remove(work + suffix);
        if (!suffix.isEmpty())
            QFile::remove(path + suffix); // left of one that is gone; would be taken for the new one's
    }
    {
        auto connection = StoreConnection::open(work, StoreConnection::Mode::New);
        if (!connection)
            return cannotWrite(path, connection.error().message);
        if (!makeStore(**connection)) {
            const auto fault = *(*connection)->takeFault();
            connection->reset();
            QFile::remove(work);
            return fault.isFull() ? std::unexpected(storeError(fault)) : cannotWrite(path, fault.message);
        }
    }
    QFile::setPermissions(work, QFile::ReadOwner | QFile::WriteOwner);
    if (!QFile::rename(work, path))
        return cannotWrite(path, u"rename"_s);
    return {};
}

struct Looked {
    std::unique_ptr<StoreConnection> connection; ///< none: the file must go aside
    Verdict verdict = Verdict::Sound;
};

Result<Looked> lookAtFile(const QString &path)
{
    if (QFileInfo(path).isDir())
        return Looked{nullptr, Verdict::Foreign};
    auto connection = StoreConnection::open(path, StoreConnection::Mode::Existing);
    const auto verdict = connection ? verdictOn(**connection, path) : Verdict::Damaged;
    if (verdict == Verdict::Sound)
        return Looked{std::move(*connection), verdict};
    const auto fault = !connection ? connection.error() : (*connection)->fault().value_or(SqlFault{});
    if (fault.isDisk()) // not the content's fault: leave it where it is
        return fault.isFull() || fault.isBusy() ? Result<Looked>(std::unexpected(storeError(fault)))
                                                : cannotWrite(path, fault.message);
    qCWarning(lcStore) << "The store cannot be used:" << fault.message;
    return Looked{nullptr, verdict};
}

Result<OpenedStoreFile> openLocked(const QString &path)
{
    OpenedStoreFile opened;
    if (QFileInfo(path).exists() || QFileInfo(path).isSymLink()) {
        auto looked = lookAtFile(path);
        if (!looked)
            return std::unexpected(looked.error());
        if (!looked->connection) {
            const auto aside = moveAside(path);
            if (aside.isEmpty())
                return cannotWrite(path, u"rename"_s);
            opened.problem = problemText(looked->verdict, path, aside);
        }
        opened.connection = std::move(looked->connection);
    }
    if (!opened.connection) {
        if (const auto made = makeFile(path); !made)
            return std::unexpected(made.error());
        auto looked = lookAtFile(path);
        if (!looked || !looked->connection)
            return looked ? cannotWrite(path, u"new file"_s) : std::unexpected(looked.error());
        opened.connection = std::move(looked->connection);
    }
    return opened;
}

} // namespace

Result<OpenedStoreFile> openStoreFile(const QString &path)
{
    const auto folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return cannotWrite(path, u"mkpath"_s);
    // One at a time: another program must not make, change or set aside what we look at.
    QLockFile lock(path + u".lock"_s);
    lock.setStaleLockTime(60'000);
    if (!lock.tryLock(30'000))
        return cannotWrite(path, u"lock file: %1"_s.arg(int(lock.error())));
    return openLocked(path);
}

qint64 markSession(StoreConnection &connection)
{
    StoreQuery mark(connection, "INSERT INTO store_sessions (process, started) VALUES (?, ?) RETURNING id",
                    qint64(QCoreApplication::applicationPid()), QDateTime::currentDateTimeUtc());
    const auto session = mark.next() ? mark.number(0) : 0;
    return mark.run() ? session : 0;
}

void closeStoreFile(StoreConnection &connection, qint64 session, bool suspect)
{
    connection.takeFault();
    if (suspect)
        StoreQuery(connection, "INSERT INTO store_sessions (process, started) VALUES (?, ?)", suspectProcess,
                   QDateTime::currentDateTimeUtc())
            .run();
    if (session != 0)
        StoreQuery(connection, "DELETE FROM store_sessions WHERE id = ?", session).run();
}

} // namespace hanseatlas
