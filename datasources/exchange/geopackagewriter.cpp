// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/geopackagewriter.h"

#include "datasources/exchange/geopackage_p.h"
#include "datasources/exchange/targetfile.h"
#include "datasources/files/gdalsetup.h"
#include "layers/map/credits.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <cpl_conv.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct GeoPackageTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::GeoPackageTexts)
};

/** GDAL's settings of this thread while it writes. The file is flushed once, when it is whole. */
class WriteSettings
{
public:
    WriteSettings() { set("OFF", "YES"); }
    ~WriteSettings() { set(nullptr, nullptr); }
    WriteSettings(const WriteSettings &) = delete;
    WriteSettings &operator=(const WriteSettings &) = delete;

private:
    static void set(const char *synchronous, const char *threads)
    {
        CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", synchronous);
        CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", synchronous ? "MEMORY" : nullptr);
        CPLSetThreadLocalConfigOption("OGR_GPKG_ALLOW_THREADED_RTREE", threads);
    }
};

/** A folder changes with everything that is written into it, perhaps by us. */
FileStamp stampOf(const Layer &layer)
{
    const auto &file = layer.source.location;
    return QFileInfo(file).isFile() ? FileStamp::of(file) : FileStamp();
}

/** Half of an old and half of a new source would look like data. */
Status unchanged(const LayerExport &what)
{
    if (!what.stamp.exists() || what.stamp == stampOf(*what.layer))
        return {};
    return failure(
        ErrorKind::NotReadable,
        GeoPackageTexts::tr("“%1” was changed by another program while it was being exported.")
            .arg(what.layer->source.location),
        GeoPackageTexts::tr("Try again when that program is done. A file that was there before is untouched."));
}

Result<LayerExport> prepared(const Layer &layer, const GeoPackageJob &job, const SourceOpener &opener,
                             CancelToken token)
{
    LayerExport what{.layer = &layer, .stamp = stampOf(layer)};
    if (layer.data) {
        what.source = layer.data->source;
    } else {
        auto opened = opener.open(layer.source, token);
        if (!opened)
            return std::unexpected(opened.error());
        what.source = *opened;
    }
    what.description = std::visit([](const auto &source) { return source->description(); }, what.source);
    if (what.description.kind == LayerKind::Raster && what.description.rasterSize.isEmpty())
        return failure(ErrorKind::Unsupported,
                       GeoPackageTexts::tr("A map of a service has no pixels of its own that could be exported."),
                       GeoPackageTexts::tr("A PDF or a picture can hold it."));
    if (job.extent && !job.extent->isEmpty()) {
        const auto transform = Transform::create(job.extentCrs, what.description.crs);
        if (!transform)
            return std::unexpected(transform.error());
        what.extent = transform->forward(*job.extent);
    }
    return what;
}

/** How long a layer takes, in arbitrary units. */
double weight(const LayerExport &what)
{
    const auto size = what.description.rasterSize;
    if (what.description.kind == LayerKind::Raster)
        return 1 + double(size.width()) * size.height() / 20000;
    return 1 + double(std::max<qint64>(what.description.featureCount, 1000)) / 1000;
}

QString inWords(const Layer &layer, const Error &error)
{
    return u"%1: %2"_s.arg(layer.title, error.what);
}

Result<GdalDataset> createdFile(const TargetFile &target)
{
    GdalErrors errors;
    auto *driver = GDALGetDriverByName("GPKG");
    const char *options[] = {"VERSION=1.3", "DATETIME_FORMAT=UTC", nullptr};
    GdalDataset dataset(driver ? GDALCreate(driver, target.workPath().toUtf8().constData(), 0, 0, 0, GDT_Unknown,
                                            const_cast<char **>(options))
                               : nullptr);
    if (!dataset)
        return std::unexpected(writeError(target.path(), errors.text()));
    return dataset;
}

class Writer
{
public:
    Writer(const GeoPackageJob &job, const SourceOpener &opener, CancelToken token, const Progress &progress)
        : m_job(job)
        , m_opener(opener)
        , m_token(std::move(token))
        , m_progress(progress)
    {
    }

    Result<ExportReport> run();

private:
    Status prepare();
    Status writeVectors(const TargetFile &target);
    Status writeRasters(const TargetFile &target);
    /** Keeps going after a layer that cannot be read; stops for what concerns all of them. */
    Status noted(const LayerExport &what, const Error &error);
    Progress part(const LayerExport &what) const;

    const GeoPackageJob &m_job;
    const SourceOpener &m_opener;
    CancelToken m_token;
    const Progress &m_progress;
    std::vector<LayerExport> m_layers, m_written;
    ExportReport m_report;
    std::optional<Error> m_lastError;
    double m_total = 0, m_done = 0;
};

Status Writer::prepare()
{
    QStringList titles;
    for (const auto &layer : m_job.layers) {
        if (m_token.stop_requested())
            return cancelled();
        const auto source = QFileInfo(layer.source.location).canonicalFilePath();
        if (!source.isEmpty() && source == QFileInfo(m_job.path).canonicalFilePath())
            return failure(
                ErrorKind::Invalid,
                GeoPackageTexts::tr("“%1” is also a source of this map and would be overwritten.").arg(m_job.path),
                GeoPackageTexts::tr("Choose another name."));
        if (layer.provenance.personal && !m_job.includePersonal) {
            m_report.leftOut << GeoPackageTexts::tr("%1: contains personal data").arg(layer.title);
            continue;
        }
        if (!mayLeave(layer)) {
            m_report.leftOut << viewOnlyNote(layer);
            continue;
        }
        auto what = prepared(layer, m_job, m_opener, m_token);
        if (!what) {
            if (const auto status = noted({.layer = &layer}, what.error()); !status)
                return status;
            continue;
        }
        m_total += weight(*what);
        titles << layer.title;
        m_layers.push_back(std::move(*what));
    }
    const auto names = tableNames(titles);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const bool taken = titles[i].isEmpty() || titles.first(i).contains(titles[i]) || names.contains(titles[i]);
        m_layers[std::size_t(i)].table = names[i];
        m_layers[std::size_t(i)].identifier = taken ? names[i] : titles[i];
    }
    if (m_layers.empty())
        return std::unexpected(m_lastError.value_or(Error{
            ErrorKind::Invalid, GeoPackageTexts::tr("There is no layer to write."), m_report.leftOut.join(u'\n'), {}}));
    return {};
}

Status Writer::noted(const LayerExport &what, const Error &error)
{
    if (error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Storage)
        return std::unexpected(error);
    m_report.leftOut << inWords(*what.layer, error);
    m_lastError = error;
    return {};
}

Progress Writer::part(const LayerExport &what) const
{
    return [this, from = m_done, share = weight(what)](double done) {
        report(m_progress, 0.97 * (from + share * std::clamp(done, 0.0, 1.0)) / m_total);
    };
}

Status Writer::writeVectors(const TargetFile &target)
{
    auto dataset = createdFile(target);
    if (!dataset)
        return std::unexpected(dataset.error());
    for (auto &what : m_layers) {
        if (what.description.kind == LayerKind::Raster)
            continue;
        what.path = target.workPath();
        what.targetPath = target.path();
        const auto count = writeVectorLayer(dataset->get(), what, m_token, part(what), m_report.notes);
        m_done += weight(what);
        if (const auto same = unchanged(what); !same)
            return same;
        if (count) {
            m_report.tables.push_back({what.layer->title, what.table, *count});
            m_written.push_back(what);
        } else if (const auto status = noted(what, count.error()); !status) {
            return status;
        }
    }
    GdalErrors errors;
    if (GDALClose(dataset->release()) != CE_None || errors.failed())
        return std::unexpected(writeError(target.path(), errors.text()));
    return {};
}

Status Writer::writeRasters(const TargetFile &target)
{
    for (auto &what : m_layers) {
        if (what.description.kind != LayerKind::Raster)
            continue;
        what.path = target.workPath();
        what.targetPath = target.path();
        const auto status = writeRasterLayer(what, m_token, part(what), m_report.notes);
        m_done += weight(what);
        if (const auto same = unchanged(what); !same)
            return same;
        if (status) {
            m_report.tables.push_back({what.layer->title, what.table, -1});
            m_written.push_back(what);
        } else if (const auto stop = noted(what, status.error()); !stop) {
            return stop;
        }
    }
    return {};
}

Result<ExportReport> Writer::run()
{
    const WriteSettings settings;
    auto target = TargetFile::create(m_job.path);
    if (!target)
        return std::unexpected(target.error());
    m_report.path = target->path();
    if (const auto status = prepare(); !status)
        return std::unexpected(status.error());
    if (const auto status = writeVectors(*target); !status)
        return std::unexpected(status.error());
    if (const auto status = writeRasters(*target); !status)
        return std::unexpected(status.error());
    if (m_written.empty())
        return std::unexpected(*m_lastError);
    if (const auto status = finishTables(m_written, target->workPath(), target->path()); !status)
        return std::unexpected(status.error());
    if (m_token.stop_requested())
        return cancelled();
    if (const auto status = target->commit(); !status)
        return std::unexpected(status.error());
    m_report.bytes = QFileInfo(target->path()).size();
    report(m_progress, 1);
    return m_report;
}

} // namespace

int ProgressBridge::call(double done, const char *, void *self)
{
    const auto *bridge = static_cast<ProgressBridge *>(self);
    report(bridge->progress, done);
    return bridge->token.stop_requested() ? FALSE : TRUE;
}

QStringList tableNames(const QStringList &titles)
{
    static const QRegularExpression odd(u"[^\\p{L}\\p{N}_-]+"_s),
        reserved(u"^(gpkg|sqlite|rtree|ogr)_"_s, QRegularExpression::CaseInsensitiveOption);
    QStringList names, taken{u"layer_styles"_s};
    for (const auto &title : titles) {
        auto base = title.normalized(QString::NormalizationForm_C).replace(odd, u"_"_s).left(60);
        while (base.startsWith(u'_'))
            base.removeFirst();
        while (base.endsWith(u'_'))
            base.chop(1);
        if (base.isEmpty())
            base = u"layer"_s;
        if (base.contains(reserved) || base.front().isDigit())
            base.prepend(u"layer_"_s);
        auto name = base;
        for (int i = 2; taken.contains(name, Qt::CaseInsensitive); ++i)
            name = u"%1_%2"_s.arg(base).arg(i);
        taken << name;
        names << name;
    }
    return names;
}

Result<ExportReport> writeGeoPackage(const GeoPackageJob &job, const SourceOpener &opener, CancelToken token,
                                     const Progress &progress)
{
    initGdal();
    return Writer(job, opener, std::move(token), progress).run();
}

} // namespace hanseatlas
