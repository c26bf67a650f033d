// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/store/userfile_p.h"
#include "datasources/store/storetexts.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

enum class Verdict { Sound, Damaged, Foreign, Newer };

std::unexpected<Error> cannotOpen(const QString &path, const QString &detail)
{
    return failure(ErrorKind::Storage,
                   StoreTexts::tr("The file %1 could not be opened or made.").arg(QDir::toNativeSeparators(path)),
                   StoreTexts::tr("See whether the disk has room and may be written."), detail);
}

Verdict verdictOn(StoreConnection &connection, const UserFileKind &kind)
{
    const int application = readApplicationId(connection), version = readVersion(connection);
    if (connection.fault())
        return Verdict::Damaged;
    if (application != kind.applicationId)
        return Verdict::Foreign;
    if (version > kind.version)
        return Verdict::Newer;
    migrateStore(connection, kind.migrations, kind.version);
    StoreQuery check(connection, "PRAGMA quick_check(1)");
    const bool good = check.next() && check.text(0) == "ok"_L1;
    for (const auto &probe : kind.probes)
        StoreQuery(connection, probe).run();
    return good && !connection.fault() ? Verdict::Sound : Verdict::Damaged;
}

/** "" where it could not be moved. */
QString moveAside(const QString &path)
{
    const QFileInfo info(path);
    const auto stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    const auto base = info.dir().filePath(u"%1.broken-%2"_s.arg(info.completeBaseName(), stamp));
    auto aside = base + u".sqlite"_s;
    for (int i = 2; QFileInfo::exists(aside); ++i)
        aside = u"%1-%2.sqlite"_s.arg(base).arg(i);
    if (!QFile::rename(path, aside))
        return {};
    for (const auto &suffix : {u"-wal"_s, u"-shm"_s}) // they belong to it: what is in them may be saved yet
        QFile::rename(path + suffix, aside + suffix);
    return aside;
}

QString problemText(Verdict verdict, const QString &path, const QString &aside)
{
    const auto file = QDir::toNativeSeparators(path), kept = QDir::toNativeSeparators(aside);
    if (verdict == Verdict::Newer)
        return StoreTexts::tr("The file %1 was written by a newer version of the program. It is kept as %2; a new one "
                              "was begun.")
            .arg(file, kept);
    if (verdict == Verdict::Foreign)
        return StoreTexts::tr("The file %1 does not hold what it should. It is kept as %2; a new one was begun.")
            .arg(file, kept);
    return StoreTexts::tr("The file %1 was damaged. It is kept as %2; a new one was begun.").arg(file, kept);
}

bool prepare(StoreConnection &connection)
{
    // FULL: what is told as saved survives a power cut, too.
    return connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
}

Result<std::unique_ptr<StoreConnection>> makeFile(const QString &path, const UserFileKind &kind)
{
    auto connection = StoreConnection::open(path, StoreConnection::Mode::New);
    if (!connection)
        return cannotOpen(path, connection.error().message);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    auto &made = **connection;
    made.execute("PRAGMA application_id = " + QByteArray::number(kind.applicationId));
    if (!migrateStore(made, kind.migrations, kind.version) || !prepare(made))
        return cannotOpen(path, made.fault()->message);
    return std::move(*connection);
}

Result<OpenedUserFile> openLocked(const QString &path, const UserFileKind &kind)
{
    OpenedUserFile opened;
    if (QFileInfo(path).exists() && QFileInfo(path).size() > 0) {
        auto connection = StoreConnection::open(path, StoreConnection::Mode::Existing);
        const auto verdict = connection ? verdictOn(**connection, kind) : Verdict::Damaged;
        if (verdict == Verdict::Sound && prepare(**connection)) {
            opened.connection = std::move(*connection);
            return opened;
        }
        const auto fault = connection ? (*connection)->fault().value_or(SqlFault{}) : connection.error();
        if (fault.isDisk()) // not the content's fault: it stays where it is
            return cannotOpen(path, fault.message);
        if (connection)
            connection->reset();
        const auto aside = moveAside(path);
        if (aside.isEmpty())
            return cannotOpen(path, u"rename"_s);
        opened.problem = problemText(verdict, path, aside);
    }
    auto made = makeFile(path, kind);
    if (!made)
        return std::unexpected(made.error());
    opened.connection = std::move(*made);
    opened.isNew = true;
    return opened;
}

} // namespace

Result<OpenedUserFile> openUserFile(const QString &path, const UserFileKind &kind)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath()) || QFileInfo(path).isDir())
        return cannotOpen(path, u"mkpath"_s);
    QLockFile lock(path + u".lock"_s); // two programs must not make or set aside the file at once
    lock.setStaleLockTime(60'000);
    if (!lock.tryLock(30'000))
        return cannotOpen(path, u"lock file: %1"_s.arg(int(lock.error())));
    return openLocked(path, kind);
}

ReadMoment::ReadMoment(StoreConnection &connection)
    : m_connection(connection)
{
    m_connection.takeFault(); // of an earlier call
    m_connection.execute("BEGIN");
}

ReadMoment::~ReadMoment()
{
    m_connection.takeFault(); // told by now
    m_connection.execute("ROLLBACK");
}

Error userFileError(const SqlFault &fault, const QString &path)
{
    if (fault.isCancelled())
        return {.kind = ErrorKind::Cancelled};
    const auto name = QFileInfo(path).fileName();
    Error error{.kind = ErrorKind::Storage, .detail = fault.message};
    if (fault.isFull()) {
        error.what = StoreTexts::tr("The disk is full: %1 cannot be written.").arg(name);
        error.hint = StoreTexts::tr("Make room on the disk. What was saved before is still there.");
    } else if (fault.isBusy()) {
        error.what = StoreTexts::tr("%1 is being written by another program.").arg(name);
        error.hint = StoreTexts::tr("Try again in a moment.");
    } else {
        error.what = StoreTexts::tr("%1 could not be read or written.").arg(name);
        error.hint = StoreTexts::tr("See whether the disk has room and may be written.");
    }
    return error;
}

} // namespace hanseatlas
