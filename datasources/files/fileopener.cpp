// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/fileopener.h"

#include "datasources/files/fileinspect.h"
#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** The location as a file or folder of this machine that exists. */
Result<QFileInfo> localPath(const QString &location)
{
    static const QRegularExpression remote(u"^(?:[A-Za-z][A-Za-z0-9+.-]+://|/vsi|\\\\\\\\\\?\\\\)"_s);
    if (remote.match(location).hasMatch())
        return failure(ErrorKind::Unsupported,
                       FileTexts::tr("“%1” is an address in a network and no file.").arg(location),
                       FileTexts::tr("Save the data as a file first, then open the file."));
    const QFileInfo info(location);
    if (location.isEmpty() || !info.exists())
        return failure(ErrorKind::NotFound, FileTexts::tr("“%1” does not exist.").arg(location),
                       FileTexts::tr("Check whether it was moved, renamed or is on a drive that is not connected."));
    if (!info.isFile() && !info.isDir())
        return failure(ErrorKind::Unsupported, FileTexts::tr("“%1” is neither a file nor a folder.").arg(location));
    if (!info.isReadable())
        return failure(ErrorKind::NotReadable, FileTexts::tr("“%1” may not be read.").arg(location),
                       FileTexts::tr("Ask its owner for the right to read it."));
    return QFileInfo(info.absoluteFilePath());
}

/** The files of a folder or an archive; nothing for a plain file. */
Result<std::optional<Members>> contents(const QFileInfo &info, CancelToken token)
{
    if (info.isDir()) {
        auto members = folderMembers(info.filePath(), token);
        if (!members)
            return std::unexpected(members.error());
        return std::optional(std::move(*members));
    }
    const auto kind = fileKind(info.filePath(), info.fileName());
    if (!kind)
        return std::unexpected(kind.error());
    if (kind->reader != FileKind::Reader::Archive)
        return std::optional<Members>();
    auto members = archiveMembers(info.filePath(), token);
    if (!members)
        return std::unexpected(members.error());
    return std::optional(std::move(*members));
}

Error nothingInside(const QFileInfo &info)
{
    return {ErrorKind::Unsupported,
            FileTexts::tr("“%1” contains no data that can be shown on a map.").arg(info.fileName()),
            {},
            {}};
}

/** The layer's name within its container. */
QString nameInside(const Member &member, const LayerDescription &layer, bool only)
{
    return only ? member.name : member.name + u'|' + layer.name;
}

} // namespace

FileOpener::FileOpener()
{
    initGdal();
}

Result<SourceDescription> FileOpener::inspect(const SourceRef &ref, CancelToken token) const
{
    const auto info = localPath(ref.location);
    if (!info)
        return std::unexpected(info.error());
    const auto members = contents(*info, token);
    if (!members)
        return std::unexpected(members.error());
    SourceDescription description{.title = info->fileName()};
    if (!*members) {
        auto file = inspectFile({info->filePath(), info->filePath(), info->fileName()}, ref.options, token);
        if (!file)
            return std::unexpected(file.error());
        description.format = file->format;
        description.layers = std::move(file->layers);
        description.notes = file->notes;
        return description;
    }
    description.format = info->isDir() ? FileTexts::tr("Folder") : FileTexts::tr("ZIP archive");
    description.notes = (*members)->notes;
    std::optional<Error> problem;
    for (const auto &member : (*members)->members) {
        if (token.stop_requested())
            return cancelled();
        auto file = inspectFile(member, ref.options, token);
        if (!file) { // the others may be fine
            description.notes.append(file.error().what);
            problem = file.error();
            continue;
        }
        const bool only = file->layers.size() == 1;
        for (auto &layer : file->layers) {
            if (layer.title.isEmpty())
                layer.title = layer.name;
            if ((*members)->members.size() > 1)
                layer.group = QFileInfo(description.title).completeBaseName();
            layer.name = nameInside(member, layer, only);
            description.layers.push_back(std::move(layer));
        }
    }
    if (description.layers.empty())
        return std::unexpected((*members)->members.size() == 1 && problem ? *problem : nothingInside(*info));
    return description;
}

Result<OpenedSource> FileOpener::open(const SourceRef &ref, CancelToken token) const
{
    const auto info = localPath(ref.location);
    if (!info)
        return std::unexpected(info.error());
    const auto members = contents(*info, token);
    if (!members)
        return std::unexpected(members.error());
    if (!*members)
        return openFile({info->filePath(), info->filePath(), info->fileName()}, ref.layer, ref.options, token);
    const auto &inside = (*members)->members;
    if (inside.empty())
        return std::unexpected(nothingInside(*info));
    for (const auto &member : inside) {
        if (ref.layer == member.name)
            return openFile(member, {}, ref.options, token);
        if (ref.layer.startsWith(member.name + u'|'))
            return openFile(member, ref.layer.mid(member.name.size() + 1), ref.options, token);
    }
    if (ref.layer.isEmpty() || inside.size() == 1)
        return openFile(inside.front(), ref.layer, ref.options, token);
    return failure(ErrorKind::NotFound, FileTexts::tr("“%1” contains no layer “%2”.").arg(info->fileName(), ref.layer));
}

} // namespace hanseatlas
