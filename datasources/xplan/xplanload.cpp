// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanload.h"

#include "datasources/xplan/xplantexts.h"

#include <QCollator>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 largestFile = 1LL << 30;
constexpr qint64 lookBytes = 1 << 16;
constexpr qsizetype mostFiles = 20000;

bool mentionsNamespace(QByteArray start)
{
    start.replace('\0', QByteArray()); // UTF-16 becomes readable enough
    return start.contains("xplanung.de/xplangml") || start.contains("XPlanAuszug");
}

bool isPattern(const QString &location)
{
    return location.contains(u'*') || location.contains(u'?') || location.contains(u'[');
}

Result<QByteArray> startOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable, XplanTexts::tr("“%1” cannot be read.").arg(QFileInfo(path).fileName()),
                       XplanTexts::tr("Check the permissions of the file."), file.errorString());
    return file.read(lookBytes);
}

Status loadPlain(const QString &path, const XplanOptions &options, XplanContent &content, const CancelToken &token)
{
    QFile file(path);
    const auto name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotReadable, XplanTexts::tr("“%1” cannot be read.").arg(name),
                       XplanTexts::tr("Check the permissions of the file."), file.errorString());
    if (file.size() > largestFile)
        return failure(ErrorKind::TooLarge, XplanTexts::tr("“%1” is too large for a plan.").arg(name));
    auto document = parseXplan(file, name, options, token);
    if (!document)
        return std::unexpected(document.error());
    content.notes += document->notes;
    content.documents.push_back(std::move(*document));
    return {};
}

/** Scans and documents that a plan names by file name should lie in the archive with it. */
void noteMissingFiles(const XplanContent &content, std::size_t firstDocument, const ArchiveContents &archive,
                      QStringList &notes)
{
    QStringList missing;
    for (std::size_t d = firstDocument; d < content.documents.size(); ++d) {
        for (const auto &plan : content.documents[d].plans) {
            for (const auto &reference : plan.references) {
                const auto &url = reference.url;
                if (url.isEmpty() || url.contains("://"_L1))
                    continue;
                const auto wanted = QFileInfo(QUrl::fromPercentEncoding(url.toUtf8())).fileName();
                const bool found = std::ranges::any_of(archive.others, [&](const QString &member) {
                    return QFileInfo(member).fileName().compare(wanted, Qt::CaseInsensitive) == 0;
                });
                if (!found)
                    missing.append(url);
            }
        }
    }
    missing.removeDuplicates();
    if (!missing.isEmpty())
        notes.append(XplanTexts::tr("%n document(s) that the plan names are not in the archive, such as “%1”.", nullptr,
                                    int(missing.size()))
                         .arg(missing.front()));
}

Status loadArchive(const QString &path, const XplanOptions &options, const ArchiveLimits &limits, XplanContent &content,
                   const CancelToken &token)
{
    const auto name = QFileInfo(path).fileName();
    const auto listed = listArchive(path, limits);
    if (!listed)
        return std::unexpected(listed.error());
    if (!listed->archives.isEmpty()) {
        const auto text = XplanTexts::tr("“%1” holds another archive, “%2”; archives in archives are not opened.")
                              .arg(name, listed->archives.front());
        if (listed->plans.isEmpty())
            return failure(ErrorKind::Unsupported, text, XplanTexts::tr("Unpack it first."));
        content.notes.append(text);
    }
    if (listed->plans.isEmpty())
        return failure(ErrorKind::Malformed, XplanTexts::tr("“%1” holds no XPlanGML file.").arg(name));
    const auto firstDocument = content.documents.size();
    std::vector<Error> errors;
    const auto status = readArchive(
        path, listed->plans, limits, -1,
        [&](const QString &member, const QByteArray &bytes) {
            if (member.endsWith(".xml"_L1, Qt::CaseInsensitive)
                && !mentionsNamespace(bytes.first(std::min<qsizetype>(lookBytes, bytes.size()))))
                return true;
            auto document =
                parseXplan(bytes, listed->plans.size() == 1 ? name : QFileInfo(member).fileName(), options, token);
            if (document) {
                content.notes += document->notes;
                content.documents.push_back(std::move(*document));
            } else {
                errors.push_back(document.error());
            }
            return !token.stop_requested();
        },
        token);
    if (token.stop_requested())
        return cancelled();
    if (!status)
        return status;
    if (content.documents.size() == firstDocument)
        return errors.empty() ? failure(ErrorKind::Malformed, XplanTexts::tr("“%1” holds no XPlanGML file.").arg(name))
                              : std::unexpected(errors.front());
    for (const auto &error : errors)
        content.notes.append(error.what);
    noteMissingFiles(content, firstDocument, *listed, content.notes);
    return {};
}

QStringList filesIn(const QDir &folder, const QStringList &patterns, bool lookInside)
{
    QStringList paths;
    for (const auto &info : folder.entryInfoList(patterns, QDir::Files, QDir::NoSort)) {
        const bool mustLook = lookInside && info.suffix().compare("gml"_L1, Qt::CaseInsensitive) != 0;
        if (!mustLook || mentionsXplan(info.filePath()))
            paths.append(info.filePath());
        if (paths.size() >= mostFiles)
            break;
    }
    QCollator collator(QLocale(QLocale::German));
    collator.setNumericMode(true);
    std::ranges::sort(paths, collator);
    return paths;
}

} // namespace

Result<XplanFiles> findXplanFiles(const QString &location)
{
    const QFileInfo info(location);
    if (info.isFile())
        return XplanFiles{.title = info.fileName(), .paths = {location}};
    XplanFiles files{.several = true};
    if (info.isDir()) {
        if (!info.isReadable() || !info.isExecutable())
            return failure(ErrorKind::NotReadable,
                           XplanTexts::tr("The folder “%1” cannot be read.").arg(info.fileName()),
                           XplanTexts::tr("Check its permissions."));
        files.title = QDir(location).dirName();
        files.paths = filesIn(QDir(location), {u"*.gml"_s, u"*.zip"_s, u"*.xml"_s}, true);
    } else if (isPattern(location)) {
        const QDir folder(info.path());
        files.title = folder.dirName();
        files.paths = filesIn(folder, {info.fileName()}, false);
    } else {
        return failure(ErrorKind::NotFound, XplanTexts::tr("“%1” does not exist.").arg(location));
    }
    if (files.paths.isEmpty())
        return failure(ErrorKind::NotFound, XplanTexts::tr("There are no plans in “%1”.").arg(files.title));
    return files;
}

QString stampOf(const XplanFiles &files)
{
    QStringList parts;
    for (const auto &path : files.paths) {
        const QFileInfo info(path);
        parts.append(u"%1|%2|%3"_s.arg(info.canonicalFilePath())
                         .arg(info.size())
                         .arg(info.lastModified(QTimeZone::UTC).toMSecsSinceEpoch()));
    }
    return parts.join(u'\n');
}

bool mentionsXplan(const QString &path)
{
    const auto start = startOf(path);
    if (!start)
        return false;
    if (!isZip(*start))
        return mentionsNamespace(*start);
    const auto listed = listArchive(path);
    if (!listed)
        return false;
    bool found = false;
    (void)readArchive(path, listed->plans.first(std::min<qsizetype>(20, listed->plans.size())), {}, lookBytes,
                      [&](const QString &, const QByteArray &bytes) {
                          found = mentionsNamespace(bytes);
                          return !found;
                      },
                      {});
    return found;
}

Status loadXplanFile(const QString &path, const XplanOptions &options, const ArchiveLimits &limits,
                     XplanContent &content, CancelToken token)
{
    const auto start = startOf(path);
    if (!start)
        return std::unexpected(start.error());
    return isZip(*start) ? loadArchive(path, options, limits, content, token)
                         : loadPlain(path, options, content, token);
}

Status loadXplanFiles(const QStringList &paths, const XplanOptions &options, const ArchiveLimits &limits,
                      XplanContent &content, CancelToken token)
{
    std::optional<Error> first;
    for (const auto &path : paths) {
        if (token.stop_requested())
            return cancelled();
        if (const auto status = loadXplanFile(path, options, limits, content, token); !status) {
            if (status.error().kind == ErrorKind::Cancelled)
                return status;
            content.notes.append(status.error().what);
            first = first ? first : status.error();
        }
    }
    if (content.documents.empty() && first)
        return std::unexpected(*first);
    return {};
}

} // namespace hanseatlas
