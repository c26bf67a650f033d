// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/dataset.h"

#include "datasources/files/filebytes.h"
#include "datasources/files/filetexts.h"
#include "datasources/files/gdalsetup.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_pam.h>
#include <ogr_srs_api.h>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

std::vector<const char *> pointers(const QList<QByteArray> &texts)
{
    std::vector<const char *> result;
    for (const auto &text : texts)
        result.push_back(text.constData());
    result.push_back(nullptr);
    return result;
}

QList<QByteArray> utf8(const QStringList &texts)
{
    QList<QByteArray> result;
    for (const auto &text : texts)
        result.append(text.toUtf8());
    return result;
}

/** A file of the same name with another ending, whatever its case; "" if there is none. */
QString sibling(const QFileInfo &file, const QString &suffix)
{
    for (const auto &spelling : {suffix, suffix.toUpper()}) {
        const auto path = file.dir().filePath(file.completeBaseName() + u'.' + spelling);
        if (QFileInfo::exists(path))
            return path;
    }
    return {};
}

/** Lets GDAL build the index of a Shapefile in a folder of ours, where links stand for the user's files. */
Status stageShapefile(DatasetSpec &spec)
{
    const QFileInfo file(spec.file);
    auto stage = std::make_shared<QTemporaryDir>(QDir::tempPath() + u"/hanseatlas-shp-XXXXXX"_s);
    if (!stage->isValid())
        return failure(
            ErrorKind::Storage,
            FileTexts::tr("The index file (.shx) of “%1” is missing, and no new one could be made.").arg(spec.name),
            FileTexts::tr("Check whether there is free space for temporary files."), stage->errorString());
    for (const auto &suffix : {u"shp"_s, u"dbf"_s, u"prj"_s, u"cpg"_s}) {
        const auto from = suffix == "shp"_L1 ? file.absoluteFilePath() : sibling(file, suffix);
        const auto to = stage->filePath(file.completeBaseName() + u'.' + suffix);
        if (!from.isEmpty() && !QFile::link(from, to))
            QFile::copy(from, to);
    }
    spec.path = stage->filePath(file.completeBaseName() + u".shp"_s);
    spec.stage = std::move(stage);
    spec.rebuildShapeIndex = true;
    spec.notes.append(
        FileTexts::tr("The index file (.shx) is missing; it was rebuilt for reading, the folder was left as it is."));
    return {};
}

/** A shape on its own is no list of objects to the library: a copy in a folder of ours makes it the only one. */
Status stageBareShape(DatasetSpec &spec)
{
    constexpr qint64 most = 16 * 1024 * 1024;
    static const QByteArrayList shapes{"Point",         "MultiPoint",     "LineString",      "Curve",   "MultiCurve",
                                       "MultiSurface",  "CompositeCurve", "Polygon",         "Surface", "MultiPolygon",
                                       "MultiGeometry", "Ring",           "CompositeSurface"};
    const FileBytes file(spec.path);
    const auto root = file.size > 0 ? rootElement(file.at(0, 4096)) : QByteArray();
    if (!shapes.contains(root) || file.size > most)
        return {};
    auto text = file.at(0, qsizetype(file.size));
    const auto prologue = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    const auto start = text.mid(prologue, 5) == "<?xml" ? text.indexOf("?>") + 2 : prologue;
    const auto declared = text.first(start).toLower();
    if (declared.contains("encoding") && !declared.contains("utf-8"))
        return {};
    text = text.sliced(start);
    auto stage = std::make_shared<QTemporaryDir>(QDir::tempPath() + u"/hanseatlas-gml-XXXXXX"_s);
    QFile copy(stage->filePath(QFileInfo(spec.name).completeBaseName() + u".gml"_s));
    const QByteArray before = "<gml:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml/3.2\"><gml:featureMember>"
                              "<Shape><geometryProperty>",
                     after = "</geometryProperty></Shape></gml:featureMember></gml:FeatureCollection>";
    // a ring is a curve of curves, but only the latter is known as a shape of its own
    if (root == "Ring")
        text.replace("Ring>", "CompositeCurve>")
            .replace("Ring ", "CompositeCurve ")
            .replace("Ring\n", "CompositeCurve\n");
    text.replace("LinearCompositeCurve", "LinearRing");
    if (!stage->isValid() || !copy.open(QIODevice::WriteOnly) || copy.write(before + text + after) < 0)
        return failure(ErrorKind::Storage, FileTexts::tr("“%1” could not be prepared for reading.").arg(spec.name),
                       FileTexts::tr("Check whether there is free space for temporary files."), copy.errorString());
    spec.path = copy.fileName();
    spec.stage = std::move(stage);
    spec.notes.append(FileTexts::tr("The file holds a single shape and no list of objects."));
    return {};
}

/** SQLite would put -wal and -shm files beside a database that was last used in that mode. */
bool wouldLeaveTraces(const QString &file)
{
    QFile database(file);
    if (!database.open(QIODevice::ReadOnly))
        return false;
    const auto head = database.read(20);
    const bool writeAhead = head.size() == 20 && head[18] == 2;
    return writeAhead && QFileInfo(file + u"-wal"_s).size() == 0;
}

} // namespace

void DatasetCloser::operator()(void *dataset) const
{
    const GdalErrors errors;
    // What was only computed from a file that was only read must not end up in a file beside it.
    auto *opened = GDALDataset::FromHandle(dataset);
    if (auto *auxiliary = dynamic_cast<GDALPamDataset *>(opened); auxiliary && opened->GetAccess() == GA_ReadOnly)
        auxiliary->SetPamFlags(auxiliary->GetPamFlags() | GPF_NOSAVE);
    GDALClose(dataset);
}

FileStamp FileStamp::of(const QString &file)
{
    FileStamp stamp;
    const QFileInfo info(file);
    if (!info.exists())
        return stamp;
    stamp.size = info.isDir() ? 0 : info.size();
    stamp.modified = info.lastModified().toMSecsSinceEpoch();
#ifdef Q_OS_UNIX
    struct stat status;
    if (::stat(QFile::encodeName(file).constData(), &status) == 0)
        stamp.inode = quint64(status.st_ino);
#endif
    const QFileInfo log(file + u"-wal"_s);
    if (log.size() > 0) { // an idle reader may make and remove an empty one
        stamp.sideSize = log.size();
        stamp.sideModified = log.lastModified().toMSecsSinceEpoch();
    }
    if (info.suffix().compare("shp"_L1, Qt::CaseInsensitive) == 0) {
        const QFileInfo table(sibling(info, u"dbf"_s));
        stamp.sideSize = table.size();
        stamp.sideModified = table.exists() ? table.lastModified().toMSecsSinceEpoch() : 0;
    }
    return stamp;
}

bool isKnownEncoding(const QString &name)
{
    const GdalErrors errors;
    const auto bytes = name.toLatin1();
    return CPLCanRecode("abc", bytes.constData(), CPL_ENC_UTF8) || QStringDecoder(bytes.constData()).isValid();
}

Result<DatasetSpec> datasetSpec(const FileKind &kind, const QString &path, const QString &file, const QString &name,
                                const QJsonObject &options)
{
    DatasetSpec spec{.kind = kind, .path = path, .file = file, .name = name, .openOptions = kind.openOptions};
    const bool plain = path == file;
    const bool isShape = kind.drivers.contains("ESRI Shapefile"_L1);
    if (plain && isShape && kind.format == "Shapefile"_L1) {
        if (sibling(QFileInfo(file), u"shx"_s).isEmpty()) {
            if (const auto staged = stageShapefile(spec); !staged)
                return std::unexpected(staged.error());
        }
        if (sibling(QFileInfo(file), u"dbf"_s).isEmpty())
            spec.notes.append(
                FileTexts::tr("The table (.dbf) of this Shapefile is missing: there are shapes without attributes."));
    }
    if (plain && kind.format == "GML"_L1) {
        if (const auto staged = stageBareShape(spec); !staged)
            return std::unexpected(staged.error());
    }
    const bool isDatabase = kind.drivers.contains("GPKG"_L1) || kind.drivers.contains("SQLite"_L1);
    if (plain && isDatabase && wouldLeaveTraces(file)) // works with the SQLite driver, too, though it does not list it
        spec.openOptions.append(u"IMMUTABLE=YES"_s);
    const auto encoding = options[u"encoding"_s].toString();
    if (!encoding.isEmpty() && !isKnownEncoding(encoding))
        return failure(
            ErrorKind::Invalid,
            FileTexts::tr("“%1” is no encoding in which the texts of “%2” could be read.").arg(encoding, name),
            FileTexts::tr("Choose e.g. UTF-8, ISO-8859-1 or Windows-1252."));
    if (!encoding.isEmpty() && (isShape || kind.drivers.contains("DXF"_L1)))
        spec.openOptions.append(u"ENCODING="_s + encoding);
    return spec;
}

Error unreadableContent(const DatasetSpec &spec, const QString &detail)
{
    return {ErrorKind::Malformed,
            FileTexts::tr("“%1” is damaged or incomplete and cannot be read as %2.").arg(spec.name, spec.kind.format),
            FileTexts::tr("Get the file once more, or open it in the program that it comes from."), detail};
}

Result<DatasetPtr> openDataset(const DatasetSpec &spec, unsigned flags, const QStringList &moreOptions)
{
    GdalErrors errors;
    const auto drivers = utf8(spec.kind.drivers);
    const auto options = utf8(spec.openOptions + moreOptions);
    const auto driverPointers = pointers(drivers), optionPointers = pointers(options);
    if (spec.rebuildShapeIndex)
        CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", "YES");
    DatasetPtr dataset(GDALOpenEx(spec.path.toUtf8().constData(), flags | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                  driverPointers.data(), optionPointers.data(), nullptr));
    if (spec.rebuildShapeIndex)
        CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", nullptr);
    if (dataset)
        return dataset;
    const bool foreign = spec.kind.drivers.size() > 1 && errors.text().contains("not recognized"_L1);
    if (foreign && spec.kind.format == "GeoJSON"_L1)
        return failure(ErrorKind::Unsupported,
                       FileTexts::tr("“%1” is JSON, but of no kind that holds geodata.").arg(spec.name), {},
                       errors.text());
    return std::unexpected(unreadableContent(spec, errors.text()));
}

DatasetPool::DatasetPool(DatasetSpec spec, unsigned flags, QStringList moreOptions)
    : m_spec(std::move(spec))
    , m_flags(flags)
    , m_moreOptions(std::move(moreOptions))
{
}

Result<DatasetPool::Lease> DatasetPool::lease()
{
    int generation = 0;
    {
        const std::lock_guard lock(m_mutex);
        generation = m_generation;
        if (!m_idle.empty()) {
            auto dataset = std::move(m_idle.back());
            m_idle.pop_back();
            return Lease(*this, std::move(dataset), generation);
        }
    }
    auto dataset = openDataset(m_spec, m_flags, m_moreOptions);
    if (!dataset)
        return std::unexpected(dataset.error());
    return Lease(*this, std::move(*dataset), generation);
}

DatasetPool::Lease::~Lease()
{
    if (!m_dataset)
        return;
    // formats that are read whole when opened hold all of it: worth keeping one of while small
    const bool small = QFileInfo(m_pool->m_spec.file).size() < 32 * 1024 * 1024;
    const std::size_t most = m_pool->m_spec.kind.cheapToReopen ? 4 : small ? 1 : 0;
    const std::lock_guard lock(m_pool->m_mutex);
    if (m_generation == m_pool->m_generation && m_pool->m_idle.size() < most)
        m_pool->m_idle.push_back(std::move(m_dataset));
}

void DatasetPool::drop()
{
    std::vector<DatasetPtr> old;
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    old.swap(m_idle);
}

Crs toCrs(void *handle)
{
    auto reference = static_cast<OGRSpatialReferenceH>(handle);
    if (!reference)
        return {};
    const GdalErrors errors;
    const auto name = QString::fromUtf8(OSRGetName(reference));
    if (name.startsWith("Undefined"_L1, Qt::CaseInsensitive) || OSRIsLocal(reference))
        return {};
    const std::unique_ptr<void, void (*)(void *)> flat(OSRClone(reference),
                                                       [](void *r) { OSRDestroySpatialReference(r); });
    if (OSRIsCompound(flat.get()))
        OSRStripVertical(flat.get());
    const char *authority = OSRGetAuthorityName(flat.get(), nullptr), *code = OSRGetAuthorityCode(flat.get(), nullptr);
    if (authority && code) {
        const auto known = Crs::fromText(QString::fromUtf8(authority) + u':' + QString::fromUtf8(code));
        if (known.isValid())
            return known;
    }
    int count = 0, *confidence = nullptr;
    auto **matches = OSRFindMatches(flat.get(), nullptr, &count, &confidence);
    Crs found;
    if (count > 0 && confidence[0] >= 90) {
        authority = OSRGetAuthorityName(matches[0], nullptr);
        code = OSRGetAuthorityCode(matches[0], nullptr);
        if (authority && code)
            found = Crs::fromText(QString::fromUtf8(authority) + u':' + QString::fromUtf8(code));
    }
    OSRFreeSRSArray(matches);
    CPLFree(confidence);
    if (found.isValid())
        return found;
    char *wkt = nullptr;
    const char *const wkt2[] = {"FORMAT=WKT2_2019", nullptr};
    if (OSRExportToWktEx(flat.get(), &wkt, wkt2) == OGRERR_NONE && wkt)
        found = Crs::fromText(QString::fromUtf8(wkt));
    CPLFree(wkt);
    return found;
}

bool isUndefinedGeographic(void *handle)
{
    auto reference = static_cast<OGRSpatialReferenceH>(handle);
    return reference && OSRIsGeographic(reference)
        && QString::fromUtf8(OSRGetName(reference)).startsWith("Undefined"_L1, Qt::CaseInsensitive);
}

bool comesNorthFirst(void *handle)
{
    auto reference = static_cast<OGRSpatialReferenceH>(handle);
    if (!reference)
        return false;
    int count = 0;
    const int *mapping = OSRGetDataAxisToSRSAxisMapping(reference, &count);
    const bool registerNorthFirst = OSREPSGTreatsAsLatLong(reference) || OSREPSGTreatsAsNorthingEasting(reference);
    return registerNorthFirst && count >= 2 && mapping[0] == 1;
}

} // namespace hanseatlas
