// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/container.h"

#include "datasources/files/filekind.h"
#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <cpl_vsi.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostMembers = 200; ///< data sets of one folder or archive
constexpr int mostEntries = 20000; ///< files looked at
constexpr int deepestFolder = 4;
constexpr qint64 largestMember = 8LL * 1024 * 1024 * 1024; ///< bytes when unpacked
constexpr qint64 harmless = 64LL * 1024 * 1024; ///< below it, no packing ratio is suspicious
constexpr qint64 highestRatio = 250; ///< zlib reaches 1000 on zeros, geodata rarely 30

bool isHidden(const QString &name)
{
    return name.startsWith("__MACOSX/"_L1) || name.contains("/."_L1) || name.startsWith(u'.');
}

/** "tif" of "dop.tif", whatever its case; world files and other company are no data of their own. */
bool isData(const QString &name)
{
    return dataSuffixes().contains(QFileInfo(name).suffix().toLower());
}

void limit(Members &result)
{
    std::ranges::sort(result.members, {}, &Member::name);
    if (result.members.size() <= mostMembers)
        return;
    result.notes.append(
        FileTexts::tr("There are %1 files; only the first %2 are listed.").arg(result.members.size()).arg(mostMembers));
    result.members.resize(mostMembers);
}

} // namespace

Result<Members> archiveMembers(const QString &file, CancelToken token)
{
    const GdalErrors errors;
    Members result;
    const auto name = QFileInfo(file).fileName();
    const auto root = u"/vsizip/{"_s + file + u'}';
    auto *directory = VSIOpenDir(root.toUtf8().constData(), -1, nullptr);
    if (!directory)
        return failure(ErrorKind::Malformed, FileTexts::tr("The archive “%1” is damaged or incomplete.").arg(name),
                       FileTexts::tr("Get the file once more, or unpack it yourself and open what is inside."),
                       errors.text());
    const auto packed = QFileInfo(file).size();
    qint64 unpacked = 0;
    int entries = 0, nested = 0;
    bool tooLarge = false;
    while (const auto *entry = VSIGetNextDirEntry(directory)) {
        if (token.stop_requested()) {
            VSICloseDir(directory);
            return cancelled();
        }
        const auto entryName = QString::fromUtf8(entry->pszName);
        const auto size = entry->bSizeKnown ? qint64(entry->nSize) : 0;
        unpacked += size;
        tooLarge = tooLarge || ++entries > mostEntries || size > largestMember
            || (unpacked > harmless && unpacked / std::max<qint64>(1, packed) > highestRatio);
        if (tooLarge)
            break;
        if (VSI_ISDIR(entry->nMode) || isHidden(entryName) || !isData(entryName))
            continue;
        if (entryName.endsWith(".zip"_L1, Qt::CaseInsensitive))
            ++nested;
        else
            result.members.push_back({root + u'/' + entryName, file, entryName});
    }
    VSICloseDir(directory);
    if (tooLarge)
        return failure(
            ErrorKind::TooLarge,
            FileTexts::tr("The archive “%1” would unpack to far more than any geodata needs and was not opened.")
                .arg(name),
            FileTexts::tr("If you trust it, unpack it yourself and open what is inside."));
    if (nested > 0)
        result.notes.append(QCoreApplication::translate("Container", "%n archive(s) inside the archive were left out.",
                                                        nullptr, nested));
    limit(result);
    return result;
}

Result<Members> folderMembers(const QString &folder, CancelToken token)
{
    Members result;
    const QDir root(folder);
    if (!QFileInfo(folder).isReadable() || !QFileInfo(folder).isExecutable())
        return failure(ErrorKind::NotReadable, FileTexts::tr("The folder “%1” may not be read.").arg(folder),
                       FileTexts::tr("Ask its owner for the right to read it."));
    QDirIterator files(folder, QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    for (int entries = 0; files.hasNext(); ++entries) {
        if (token.stop_requested())
            return cancelled();
        const auto path = files.next();
        const auto name = root.relativeFilePath(path);
        if (entries > mostEntries) {
            result.notes.append(FileTexts::tr("The folder holds very many files; not all of them were looked at."));
            break;
        }
        if (name.count(u'/') > deepestFolder || isHidden(name) || !isData(name))
            continue;
        result.members.push_back({path, path, name});
    }
    limit(result);
    return result;
}

} // namespace hanseatlas
