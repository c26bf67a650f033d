// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/opener/opener.h"

#include "datasources/files/fileopener.h"
#include "datasources/live/serviceaccess.h"
#include "datasources/live/serviceopener.h"
#include "datasources/live/webfiles.h"
#include "datasources/services/servicekind.h"
#include "datasources/vectortiles/mbtilesmap.h"
#include "datasources/xplan/xplanopener.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct OpenerTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::OpenerTexts)
};

struct Kind {
    const char *title;
    QStringList suffixes;
};

QList<Kind> kinds()
{
    return {
        {QT_TRANSLATE_NOOP("Opener", "GeoPackage and SpatiaLite"), {u"gpkg"_s, u"sqlite"_s, u"db"_s}},
        {QT_TRANSLATE_NOOP("Opener", "Shapefile"), {u"shp"_s, u"dbf"_s}},
        {QT_TRANSLATE_NOOP("Opener", "GeoJSON and FlatGeobuf"), {u"geojson"_s, u"json"_s, u"fgb"_s}},
        {QT_TRANSLATE_NOOP("Opener", "GML and XPlanGML"), {u"gml"_s, u"xml"_s}},
        {QT_TRANSLATE_NOOP("Opener", "KML and GPX"), {u"kml"_s, u"kmz"_s, u"gpx"_s}},
        {QT_TRANSLATE_NOOP("Opener", "Drawings (DXF)"), {u"dxf"_s}},
        {QT_TRANSLATE_NOOP("Opener", "Tables"), {u"csv"_s, u"tsv"_s, u"txt"_s}},
        {QT_TRANSLATE_NOOP("Opener", "Pictures and aerial photographs"),
         {u"tif"_s, u"tiff"_s, u"png"_s, u"jpg"_s, u"jpeg"_s, u"webp"_s, u"jp2"_s}},
        {QT_TRANSLATE_NOOP("Opener", "Terrain grids"), {u"asc"_s, u"grd"_s, u"xyz"_s}},
        {QT_TRANSLATE_NOOP("Opener", "Map tiles"), {u"mbtiles"_s}},
        {QT_TRANSLATE_NOOP("Opener", "ZIP archives"), {u"zip"_s}},
    };
}

constexpr auto download = "download"_L1; ///< provider of files at web addresses

bool isWebAddress(const QString &location)
{
    return location.startsWith("http://"_L1, Qt::CaseInsensitive)
        || location.startsWith("https://"_L1, Qt::CaseInsensitive);
}

bool isMbtiles(const SourceRef &ref)
{
    return !ref.location.contains("://"_L1) && ref.location.endsWith(".mbtiles"_L1, Qt::CaseInsensitive);
}

bool looksLikeMapStyle(const QString &path)
{
    QFile file(path);
    return path.endsWith(".json"_L1, Qt::CaseInsensitive) && file.open(QIODevice::ReadOnly)
        && kindOfAnswer(file.read(4096)) == ServiceKind::VectorTiles;
}

QString filter(const QString &title, const QStringList &suffixes)
{
    QStringList patterns;
    for (const auto &suffix : suffixes)
        patterns.append(u"*."_s + suffix);
    return title + u" ("_s + patterns.join(u' ') + u')';
}

} // namespace

struct Opener::Private {
    QString demoFolder;
    FileOpener files;
    XplanOpener plans;
    std::shared_ptr<ServiceAccess> access;
    std::unique_ptr<ServiceOpener> services;
    std::shared_ptr<WebFiles> webFiles;
    std::function<bool(const QString &)> storingForbidden;

    bool isWebFile(const SourceRef &ref) const
    {
        return webFiles
            && (ref.provider == download
                || (ref.provider == "file"_L1 && isWebAddress(ref.location) && WebFiles::looksLikeFile(ref.location)));
    }
    bool mayBeWebFile(const SourceRef &ref, const Error &error) const
    {
        return webFiles && ref.provider == "file"_L1 && isWebAddress(ref.location)
            && error.kind == ErrorKind::Unsupported;
    }

    /** Who reads sources of this kind; an error for a kind that is not known here. */
    Result<const SourceOpener *> openerOf(const SourceRef &ref) const
    {
        if (services && ServiceOpener::knows(ref))
            return services.get();
        const auto &provider = ref.provider;
        if (provider == "xplan"_L1)
            return &plans;
        if (provider == "file"_L1)
            return &files;
        return failure(ErrorKind::Unsupported,
                       OpenerTexts::tr("This version cannot open sources of the kind “%1”.").arg(provider));
    }
};

Opener::Opener(QString demoFolder, std::shared_ptr<ServiceAccess> services,
               std::function<bool(const QString &location)> storingForbidden)
    : d(std::make_unique<Private>())
{
    d->demoFolder = std::move(demoFolder);
    d->access = services;
    d->storingForbidden = std::move(storingForbidden);
    if (services) {
        d->webFiles = std::make_shared<WebFiles>(services, services->filesFolder());
        d->services = std::make_unique<ServiceOpener>(std::move(services));
    }
}

Opener::~Opener() = default;

SourceRef Opener::resolved(SourceRef ref) const
{
    constexpr auto prefix = "demo:"_L1;
    if (ref.location.startsWith(prefix)) {
        // "demo:/../../secret" of a foreign workspace must stay inside
        const auto inside = QDir::cleanPath(u'/' + ref.location.mid(prefix.size()));
        ref.location = d->demoFolder + inside;
    }
    return ref;
}

QString Opener::providerOf(const SourceRef &ref) const
{
    if (ref.provider != "file"_L1)
        return ref.provider;
    static const QStringList plans{u"gml"_s, u"xml"_s, u"zip"_s};
    const auto path = resolved(ref).location;
    const QFileInfo info(path);
    if (info.isFile() && plans.contains(info.suffix().toLower()) && looksLikeXplan(path))
        return u"xplan"_s;
    // A layer that is named is one of the features in the tiles, as they are read elsewhere
    if (info.isFile() && ref.layer.isEmpty() && (holdsVectorTiles(path) || (d->services && looksLikeMapStyle(path))))
        return u"mvt"_s;
    return ref.provider;
}

SourceRef Opener::withoutSecrets(const SourceRef &ref) const
{
    auto clean = ref;
    if (!d->access || (!ServiceOpener::knows(ref) && ref.provider != download))
        return clean;
    const auto key = d->access->keepSecrets(clean.location);
    if (!key.isEmpty() && (clean.location != ref.location || !clean.options.contains("credentials"_L1)))
        clean.options[u"credentials"_s] = key;
    if (d->storingForbidden && d->storingForbidden(clean.location))
        clean.options[u"mayBeStored"_s] = false;
    return clean;
}

Result<SourceDescription> Opener::inspect(const SourceRef &given, CancelToken token) const
{
    auto ref = withoutSecrets(resolved(given)); // no address with secrets goes further in, whoever asks
    ref.provider = providerOf(ref);
    if (ref.provider == "mvt"_L1 && isMbtiles(ref))
        return inspectMbtilesMap(ref);
    if (d->isWebFile(ref))
        return inspectWebFile(*d->webFiles, *this, ref, token);
    auto found = d->openerOf(ref).and_then([&](const auto *opener) { return opener->inspect(ref, token); });
    if (!found && d->mayBeWebFile(ref, found.error())) { // no service: a file, perhaps
        if (auto file = inspectWebFile(*d->webFiles, *this, ref, token))
            return file;
    }
    return found;
}

Result<OpenedSource> Opener::open(const SourceRef &given, CancelToken token) const
{
    auto ref = withoutSecrets(resolved(given)); // no address with secrets goes further in, whoever asks
    ref.provider = providerOf(ref);
    if (ref.provider == "mvt"_L1 && isMbtiles(ref))
        return openMbtilesMap(ref);
    if (d->isWebFile(ref))
        return openWebFile(d->webFiles, *this, ref, token);
    auto opened = d->openerOf(ref).and_then([&](const auto *opener) { return opener->open(ref, token); });
    if (!opened && d->mayBeWebFile(ref, opened.error())) {
        if (auto file = openWebFile(d->webFiles, *this, ref, token))
            return file;
    }
    return opened;
}

QStringList openableSuffixes()
{
    QStringList suffixes;
    for (const auto &kind : kinds())
        suffixes += kind.suffixes;
    return suffixes;
}

QStringList openFilters()
{
    QStringList filters{filter(OpenerTexts::tr("All geodata"), openableSuffixes())};
    for (const auto &kind : kinds())
        filters.append(filter(OpenerTexts::tr(kind.title), kind.suffixes));
    filters.append(OpenerTexts::tr("All files (*)"));
    return filters;
}

} // namespace hanseatlas
