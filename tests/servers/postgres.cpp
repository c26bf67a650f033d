// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/postgres.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <csignal>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

namespace
{

const auto chiefsPassword = u"of the test only"_s;

/** Of the newest version that has PostGIS: Debian keeps each in a folder of its own, and none of them in the path. */
QString programs()
{
    const QDir versions(u"/usr/lib/postgresql"_s);
    const QDir shared(u"/usr/share/postgresql"_s);
    const auto names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const auto &name : names) {
        if (QFile::exists(shared.filePath(name + u"/extension/postgis.control"_s)))
            return versions.filePath(name + u"/bin/"_s);
    }
    return {};
}

/** The server refuses to run as root. */
const passwd *servant()
{
    return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

struct Postgres::Private {
    QTemporaryDir folder;
    QString bin = programs();
    quint16 port = freePort();
    QProcess server;
    QString problem;

    void prepare(QProcess &process) const
    {
        const auto *user = servant();
        const auto uid = user ? user->pw_uid : ::getuid();
        const auto gid = user ? user->pw_gid : ::getgid();
        process.setWorkingDirectory(folder.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setChildProcessModifier([uid, gid] {
            if (::geteuid() == 0 && (::setgid(gid) != 0 || ::setuid(uid) != 0))
                ::_exit(1);
            ::prctl(PR_SET_PDEATHSIG, SIGQUIT); // a test that is killed leaves no server behind
        });
    }
    /** What it said if it failed. */
    QString runProgram(const QString &name, const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        prepare(process);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PGPASSWORD"_s, chiefsPassword);
        environment.insert(u"LC_ALL"_s, u"C"_s);
        process.setProcessEnvironment(environment);
        process.start(bin + name, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            return name + u": "_s + process.errorString() + u' ' + QString::fromUtf8(process.readAll());
        return {};
    }
    QString psql(const QString &database, const QString &sql) const
    {
        return runProgram(u"psql"_s,
                          {u"-X"_s, u"-q"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-h"_s, u"127.0.0.1"_s, u"-p"_s,
                           QString::number(port), u"-U"_s, u"chief"_s, u"-d"_s, database, u"-f"_s, u"-"_s},
                          sql.toUtf8());
    }
    bool tryStart()
    {
        prepare(server);
        server.start(bin + u"postgres"_s,
                     {u"-D"_s, folder.filePath(u"data"_s), u"-p"_s, QString::number(port), u"-h"_s, u"127.0.0.1"_s,
                      u"-k"_s, folder.path(), u"-c"_s, u"fsync=off"_s, u"-c"_s, u"shared_buffers=16MB"_s});
        const QDeadlineTimer deadline(20'000);
        while (server.waitForStarted(5000) && server.state() == QProcess::Running && !deadline.hasExpired()) {
            if (runProgram(u"pg_isready"_s, {u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(port)}).isEmpty()) {
                problem.clear();
                return true;
            }
            if (server.waitForFinished(50))
                break;
        }
        problem = u"postgres does not run: "_s + server.errorString() + u' ' + QString::fromUtf8(server.readAll());
        return false;
    }
    void make()
    {
        if (bin.isEmpty() || (::geteuid() == 0 && !servant())) {
            problem = u"PostgreSQL with PostGIS is missing; package postgresql-postgis"_s;
            return;
        }
        QFile password(folder.filePath(u"password"_s));
        if (!password.open(QIODevice::WriteOnly) || password.write(chiefsPassword.toUtf8()) < 0) {
            problem = password.errorString();
            return;
        }
        password.close();
        if (const auto *user = servant()) {
            for (const auto &path : {folder.path(), password.fileName()}) {
                if (::chown(QFile::encodeName(path).constData(), user->pw_uid, user->pw_gid) != 0)
                    problem = u"the folder cannot be handed over"_s;
            }
        }
        if (problem.isEmpty())
            problem =
                runProgram(u"initdb"_s,
                           {u"-D"_s, folder.filePath(u"data"_s), u"-U"_s, u"chief"_s, u"-E"_s, u"UTF8"_s,
                            u"--locale=C"_s, u"-A"_s, u"scram-sha-256"_s, u"--pwfile"_s, password.fileName(), u"-N"_s});
        if (!problem.isEmpty() || !tryStart())
            return;
        problem = psql(u"postgres"_s, u"CREATE DATABASE city"_s);
        if (problem.isEmpty())
            problem = psql(u"city"_s, u"CREATE EXTENSION postgis"_s);
    }
};

Postgres::Postgres()
    : d(std::make_unique<Private>())
{
    d->make();
}

Postgres::~Postgres()
{
    stop();
    if (::geteuid() == 0) // what the servant made is root's to clear away, too
        d->folder.remove();
}

QString Postgres::problem() const
{
    return d->problem;
}

QString Postgres::run(const QString &sql)
{
    return d->psql(u"city"_s, sql);
}

void Postgres::stop()
{
    if (d->server.state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(d->server.processId()), SIGQUIT); // immediate
    if (!d->server.waitForFinished(5000))
        d->server.kill();
    d->server.waitForFinished(5000);
}

void Postgres::freeze(bool frozen)
{
    // The backends are the server's children
    const auto server = QString::number(d->server.processId());
    QStringList processes{server};
    for (const auto &name : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        QFile stat(u"/proc/"_s + name + u"/stat"_s);
        if (stat.open(QIODevice::ReadOnly)
            && QString::fromLatin1(stat.readAll()).section(u')', -1).section(u' ', 2, 2) == server)
            processes << name;
    }
    for (const auto &process : std::as_const(processes))
        ::kill(pid_t(process.toLongLong()), frozen ? SIGSTOP : SIGCONT);
}

bool Postgres::start()
{
    return d->server.state() == QProcess::Running || d->tryStart();
}

int Postgres::port() const
{
    return d->port;
}

QString Postgres::address(const QString &user, const QString &password) const
{
    return u"postgresql://"_s + user + (password.isEmpty() ? QString() : u':' + password) + u"@127.0.0.1:"_s
        + QString::number(d->port) + u"/city"_s;
}

} // namespace hanseatlas::test
