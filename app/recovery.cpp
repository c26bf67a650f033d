// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recovery.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto suffix = ".hatlas"_L1;

QString lockOf(const QString &path)
{
    return path.chopped(suffix.size()) + ".lock"_L1;
}

} // namespace

Recovery::Recovery(const QString &folder, QThreadPool &pool, std::function<Workspace()> snapshot, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_path(folder + u'/' + QUuid::createUuid().toString(QUuid::Id128) + suffix)
    , m_pool(pool)
    , m_snapshot(std::move(snapshot))
    , m_forgotten(std::make_shared<std::atomic_bool>(false))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::write);
}

Recovery::~Recovery() = default;

void Recovery::changed()
{
    if (!m_timer.isActive()) // not put off by further changes
        m_timer.start();
}

bool Recovery::hold()
{
    if (m_lock)
        return true;
    if (!QDir().mkpath(m_folder))
        return false;
    m_lock = std::make_unique<QLockFile>(lockOf(m_path));
    m_lock->setStaleLockTime(0); // held by a process that lives, however long
    if (m_lock->tryLock(0))
        return true;
    m_lock.reset();
    return false;
}

void Recovery::write()
{
    if (m_writing) {
        m_timer.start();
        return;
    }
    if (!hold()) {
        if (!std::exchange(m_failed, true))
            emit failed({ErrorKind::Storage,
                         tr("The safety copy of your work cannot be written to “%1”.").arg(m_folder),
                         tr("Save your workspace now and then."),
                         {}});
        return;
    }
    m_writing = true;
    const auto work = [workspace = m_snapshot(), path = m_path, forgotten = m_forgotten]() -> Status {
        if (forgotten->load())
            return {};
        auto status = saveWorkspace(workspace, path);
        if (forgotten->load())
            QFile::remove(path);
        return status;
    };
    QtConcurrent::run(&m_pool, work).then(this, [this](Status status) {
        m_writing = false;
        if (!status && !std::exchange(m_failed, true))
            emit failed(status.error());
        else if (status) {
            m_failed = false;
            dropAdopted();
        }
    });
}

void Recovery::forget()
{
    m_timer.stop();
    m_forgotten->store(true);
    m_forgotten = std::make_shared<std::atomic_bool>(false);
    QFile::remove(m_path);
    dropAdopted();
}

void Recovery::dropAdopted()
{
    if (!m_adopted.isEmpty())
        QFile::remove(std::exchange(m_adopted, {}));
}

std::optional<Recovery::Left> Recovery::takeLeft(const QString &folder)
{
    const auto files = QDir(folder).entryInfoList({u'*' + suffix}, QDir::Files, QDir::Time);
    for (const auto &file : files) {
        QLockFile lock(lockOf(file.filePath()));
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0))
            continue; // another window that runs
        if (auto workspace = loadWorkspace(file.filePath())) // others wait for the next start
            return Left{file.filePath(), std::move(*workspace)};
    }
    return {};
}

} // namespace hanseatlas
