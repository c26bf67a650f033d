// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanarchive.h"

#include "datasources/xplan/xplantexts.h"

#include <QFileInfo>
#include <QSet>

#include <zip.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using ZipPtr = std::unique_ptr<zip_t, decltype([](zip_t *zip) { zip_discard(zip); })>;
using ZipFilePtr = std::unique_ptr<zip_file_t, decltype([](zip_file_t *file) { zip_fclose(file); })>;

Result<ZipPtr> openZip(const QString &path)
{
    int code = 0;
    ZipPtr zip(zip_open(path.toUtf8().constData(), ZIP_RDONLY, &code));
    if (zip)
        return zip;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const auto detail = QString::fromUtf8(zip_error_strerror(&error));
    zip_error_fini(&error);
    const auto name = QFileInfo(path).fileName();
    if (code == ZIP_ER_NOENT)
        return failure(ErrorKind::NotFound, XplanTexts::tr("“%1” does not exist.").arg(name), {}, detail);
    if (code == ZIP_ER_OPEN || code == ZIP_ER_READ)
        return failure(ErrorKind::NotReadable, XplanTexts::tr("“%1” cannot be read.").arg(name), {}, detail);
    return failure(ErrorKind::Malformed, XplanTexts::tr("“%1” is damaged: it is not a zip archive.").arg(name),
                   XplanTexts::tr("The file may be cut off. Ask the sender for it again."), detail);
}

/** Names that would lie elsewhere once unpacked. We never unpack, but whoever makes such an archive means no good. */
bool leadsOut(const QString &name)
{
    const auto path = QString(name).replace(u'\\', u'/');
    if (path.startsWith(u'/') || (path.size() > 1 && path[1] == u':') || path.contains(QChar::Null))
        return true;
    return path.split(u'/').contains(".."_L1);
}

void sortInto(const QString &name, ArchiveContents &contents)
{
    static const QSet<QString> packed{u"zip"_s, u"7z"_s,  u"rar"_s, u"gz"_s,  u"tgz"_s, u"bz2"_s,
                                      u"xz"_s,  u"tar"_s, u"zst"_s, u"jar"_s, u"kmz"_s};
    if (name.endsWith(u'/') || name.startsWith("__MACOSX/"_L1))
        return;
    const auto suffix = QFileInfo(name).suffix().toLower();
    if (suffix == "gml"_L1 || suffix == "xml"_L1)
        contents.plans.append(name);
    else if (packed.contains(suffix))
        contents.archives.append(name);
    else
        contents.others.append(name);
}

class MemberReader
{
public:
    MemberReader(zip_t *zip, const QString &archive, const ArchiveLimits &limits, qint64 atMost,
                 const CancelToken &token)
        : m_zip(zip)
        , m_archive(archive)
        , m_limits(limits)
        , m_atMost(atMost)
        , m_token(token)
    {
    }

    Result<QByteArray> read(const QString &member);

private:
    Status tooLarge(const QString &member) const
    {
        return failure(
            ErrorKind::TooLarge,
            XplanTexts::tr("“%1” was not opened: “%2” in it unpacks to an unreasonable size.").arg(m_archive, member),
            XplanTexts::tr(
                "Such archives are made to fill memory and disk. Open it only if you trust its sender, unpacked."));
    }
    Result<QByteArray> unpack(zip_file_t *file, const QString &member, double packed);

    zip_t *m_zip;
    QString m_archive;
    const ArchiveLimits &m_limits;
    qint64 m_atMost;
    const CancelToken &m_token;
    qint64 m_total = 0;
};

Result<QByteArray> MemberReader::unpack(zip_file_t *file, const QString &member, double packed)
{
    constexpr qint64 chunk = 1 << 18;
    QByteArray bytes;
    while (m_atMost < 0 || bytes.size() < m_atMost) {
        if (m_token.stop_requested())
            return cancelled();
        const auto before = bytes.size();
        bytes.resize(before + chunk);
        const auto count = zip_fread(file, bytes.data() + before, zip_uint64_t(chunk));
        bytes.resize(before + std::max<zip_int64_t>(count, 0));
        if (count < 0)
            return failure(ErrorKind::Malformed,
                           XplanTexts::tr("“%1” is damaged: “%2” in it cannot be unpacked.").arg(m_archive, member),
                           XplanTexts::tr("Ask the sender for it again."), QString::fromUtf8(zip_file_strerror(file)));
        if (count == 0)
            break;
        m_total += count;
        const bool bomb = bytes.size() > (4 << 20) && double(bytes.size()) > m_limits.ratio * std::max(packed, 1.0);
        if (bomb || bytes.size() > m_limits.memberBytes || m_total > m_limits.totalBytes)
            return std::unexpected(tooLarge(member).error());
    }
    return bytes;
}

Result<QByteArray> MemberReader::read(const QString &member)
{
    const auto index = zip_name_locate(m_zip, member.toUtf8().constData(), ZIP_FL_ENC_GUESS);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (index < 0 || zip_stat_index(m_zip, zip_uint64_t(index), 0, &stat) != 0)
        return failure(ErrorKind::NotFound, XplanTexts::tr("“%1” has no file “%2” in it.").arg(m_archive, member));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return failure(ErrorKind::Unsupported, XplanTexts::tr("“%1” is protected by a password.").arg(m_archive),
                       XplanTexts::tr("Unpack it with the password first."));
    if (m_atMost < 0 && qint64(stat.size) > m_limits.memberBytes)
        return std::unexpected(tooLarge(member).error());
    const ZipFilePtr file(zip_fopen_index(m_zip, zip_uint64_t(index), 0));
    if (!file)
        return failure(ErrorKind::Malformed,
                       XplanTexts::tr("“%1” is damaged: “%2” in it cannot be unpacked.").arg(m_archive, member), {},
                       QString::fromUtf8(zip_strerror(m_zip)));
    return unpack(file.get(), member, double(stat.comp_size));
}

} // namespace

bool isZip(const QByteArray &start)
{
    return start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06");
}

Result<ArchiveContents> listArchive(const QString &path, const ArchiveLimits &limits)
{
    const auto zip = openZip(path);
    if (!zip)
        return std::unexpected(zip.error());
    const auto name = QFileInfo(path).fileName();
    const auto count = zip_get_num_entries(zip->get(), 0);
    if (count > limits.entries)
        return failure(ErrorKind::TooLarge,
                       XplanTexts::tr("“%1” was not opened: it holds %2 files.").arg(name).arg(count));
    ArchiveContents contents;
    for (zip_int64_t i = 0; i < count; ++i) {
        const auto *raw = zip_get_name(zip->get(), zip_uint64_t(i), ZIP_FL_ENC_GUESS);
        const auto member = QString::fromUtf8(raw ? raw : "");
        if (leadsOut(member))
            return failure(
                ErrorKind::Malformed,
                XplanTexts::tr("“%1” was not opened: the file “%2” in it would lie outside of the archive's folder.")
                    .arg(name, member),
                XplanTexts::tr("Such archives are made to overwrite files of this computer."));
        sortInto(member, contents);
    }
    contents.plans.sort(Qt::CaseInsensitive);
    return contents;
}

Status readArchive(const QString &path, const QStringList &members, const ArchiveLimits &limits, qint64 atMost,
                   const std::function<bool(const QString &, const QByteArray &)> &visit, CancelToken token)
{
    const auto zip = openZip(path);
    if (!zip)
        return std::unexpected(zip.error());
    MemberReader reader(zip->get(), QFileInfo(path).fileName(), limits, atMost, token);
    for (const auto &member : members) {
        const auto bytes = reader.read(member);
        if (!bytes)
            return std::unexpected(bytes.error());
        if (!visit(member, *bytes))
            break;
    }
    return {};
}

} // namespace hanseatlas
