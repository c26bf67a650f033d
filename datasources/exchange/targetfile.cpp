// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/targetfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStorageInfo>

#include <filesystem>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** What databases and GDAL leave beside a file. */
constexpr const char *sideSuffixes[] = {"-journal", "-wal", "-shm", ".aux.xml"};

struct TargetTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::TargetTexts)
};

void flushToDisk(QFile &file)
{
#ifdef Q_OS_UNIX
    ::fsync(file.handle());
#else
    file.flush();
#endif
}

} // namespace

Result<TargetFile> TargetFile::create(const QString &path)
{
    const QFileInfo info(path);
    const QFileInfo folder(info.absolutePath());
    if (path.isEmpty() || info.fileName().isEmpty() || info.isDir())
        return failure(ErrorKind::Invalid, TargetTexts::tr("“%1” is not a file name to write to.").arg(path));
    if (!folder.exists() || !folder.isDir())
        return failure(ErrorKind::NotFound, TargetTexts::tr("The folder “%1” does not exist.").arg(folder.filePath()));
    if (!folder.isWritable() || (info.exists() && !info.isWritable()))
        return failure(ErrorKind::NotReadable, TargetTexts::tr("“%1” may not be written.").arg(path),
                       TargetTexts::tr("Choose another folder or another name."));
    // A write-ahead log belongs to the old database; it would be played into the new one.
    if (QFileInfo(path + u"-wal"_s).size() > 0 || QFileInfo(path + u"-journal"_s).size() > 0)
        return failure(ErrorKind::Storage, TargetTexts::tr("“%1” is open in another program.").arg(path),
                       TargetTexts::tr("Close it there, or choose another name."));
    const auto work = u"%1/.%2-%3.%4"_s.arg(info.absolutePath(), info.completeBaseName(),
                                            QString::number(QRandomGenerator::system()->generate(), 36), info.suffix());
    QFile probe(work);
    if (!probe.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return std::unexpected(writeError(path, probe.errorString()));
    probe.remove();
    return TargetFile(info.absoluteFilePath(), work);
}

TargetFile::TargetFile(QString path, QString workPath)
    : m_path(std::move(path))
    , m_workPath(std::move(workPath))
{
}

TargetFile::TargetFile(TargetFile &&other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_workPath(std::exchange(other.m_workPath, {}))
{
}

TargetFile::~TargetFile()
{
    if (m_workPath.isEmpty())
        return;
    QFile::remove(m_workPath);
    for (const auto *suffix : sideSuffixes)
        QFile::remove(m_workPath + QString::fromLatin1(suffix));
}

Status TargetFile::commit()
{
    QFile file(m_workPath);
    if (!file.open(QIODevice::ReadWrite))
        return std::unexpected(writeError(m_path, file.errorString()));
    flushToDisk(file);
    file.close();
    std::error_code error;
    std::filesystem::rename(m_workPath.toStdU16String(), m_path.toStdU16String(), error);
    if (error)
        return std::unexpected(writeError(m_path, QString::fromStdString(error.message())));
    QFile::remove(m_path + u"-wal"_s); // empty ones, see create()
    QFile::remove(m_path + u"-shm"_s);
    return {};
}

bool speaksOfStorage(const QString &detail)
{
    static const QRegularExpression words(u"disk|no space|i/o error|file too large|read-?only|locked|short write"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return detail.contains(words) && !detail.contains("malformed"_L1); // "disk image is malformed": a damaged source
}

Error writeError(const QString &path, const QString &detail)
{
    const QStorageInfo storage(QFileInfo(path).absolutePath());
    const bool full = detail.contains("full"_L1) || detail.contains("No space"_L1) || detail.contains("too large"_L1)
        || (storage.isValid() && storage.bytesAvailable() < 4 * 1024 * 1024);
    return {ErrorKind::Storage,
            full ? TargetTexts::tr("“%1” could not be written: the disk is full.").arg(path)
                 : TargetTexts::tr("“%1” could not be written.").arg(path),
            full ? TargetTexts::tr("Make room or choose another disk; a file that was there before is untouched.")
                 : QString(),
            detail};
}

} // namespace hanseatlas
