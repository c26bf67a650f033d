// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/webfiles.h"

#include "datasources/files/fileopener.h"
#include "datasources/live/layerdescriptions.h"
#include "datasources/live/livetexts.h"
#include "datasources/net/redact.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QScopeGuard>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qint64 biggestFile = 512LL << 20; ///< it is held in memory while it comes
constexpr qint64 mostBytes = 2LL << 30;
const auto noteName = u"about.json"_s;

/** What is known of a copy; beside it. */
struct Note {
    QString name; ///< of the file
    QDateTime fetched, lastModified;
    QByteArray etag;

    static std::optional<Note> in(const QString &folder)
    {
        QFile file(folder + u'/' + noteName);
        if (!file.open(QIODevice::ReadOnly) || file.size() > 64 * 1024)
            return {};
        const auto json = QJsonDocument::fromJson(file.readAll()).object();
        const auto time = [&](const QString &key) {
            return QDateTime::fromString(json[key].toString(), Qt::ISODateWithMs);
        };
        Note note{.name = QFileInfo(json[u"name"_s].toString()).fileName(),
                  .fetched = time(u"fetched"_s),
                  .lastModified = time(u"lastModified"_s),
                  .etag = QByteArray::fromBase64(json[u"etag"_s].toString().toLatin1())};
        const bool there = !note.name.isEmpty() && QFileInfo::exists(folder + u'/' + note.name);
        return there ? std::optional(note) : std::nullopt;
    }
    bool write(const QString &folder) const
    {
        QSaveFile file(folder + u'/' + noteName);
        const QJsonObject json{{u"name"_s, name},
                               {u"fetched"_s, fetched.toString(Qt::ISODateWithMs)},
                               {u"lastModified"_s, lastModified.toString(Qt::ISODateWithMs)},
                               {u"etag"_s, QString::fromLatin1(etag.toBase64())}};
        const auto bytes = QJsonDocument(json).toJson();
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    }
};

const QStringList &suffixes()
{
    static const QStringList known{u"geojson"_s, u"json"_s, u"gpkg"_s, u"zip"_s, u"shp"_s,   u"csv"_s, u"tsv"_s,
                                   u"kml"_s,     u"kmz"_s,  u"gml"_s,  u"xml"_s, u"gpx"_s,   u"fgb"_s, u"tif"_s,
                                   u"tiff"_s,    u"asc"_s,  u"dxf"_s,  u"txt"_s, u"sqlite"_s};
    return known;
}

/** For addresses that do not end like a file: by what the server says it is. */
QString suffixOf(const HttpAnswer &answer)
{
    static const QHash<QString, QString> byType{{u"application/geo+json"_s, u"geojson"_s},
                                                {u"application/vnd.geo+json"_s, u"geojson"_s},
                                                {u"application/json"_s, u"json"_s},
                                                {u"text/csv"_s, u"csv"_s},
                                                {u"application/zip"_s, u"zip"_s},
                                                {u"application/x-zip-compressed"_s, u"zip"_s},
                                                {u"application/geopackage+sqlite3"_s, u"gpkg"_s},
                                                {u"application/x-sqlite3"_s, u"gpkg"_s},
                                                {u"application/vnd.google-earth.kml+xml"_s, u"kml"_s},
                                                {u"application/vnd.google-earth.kmz"_s, u"kmz"_s},
                                                {u"application/gml+xml"_s, u"gml"_s},
                                                {u"application/xml"_s, u"gml"_s},
                                                {u"text/xml"_s, u"gml"_s},
                                                {u"application/gpx+xml"_s, u"gpx"_s},
                                                {u"image/tiff"_s, u"tif"_s}};
    const auto &body = answer.body;
    if (body.startsWith("PK\x03\x04"))
        return u"zip"_s;
    if (body.startsWith("SQLite format 3"))
        return u"gpkg"_s;
    return byType.value(answer.contentType, u"txt"_s);
}

/** A harmless name, with the ending that tells what it is. */
QString fileNameOf(const HttpAnswer &answer, const QUrl &asked)
{
    auto name = asked.fileName();
    std::ranges::replace_if(name, [](QChar c) { return !(c.isLetterOrNumber() || u"._-"_s.contains(c)); }, u'_');
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    name = name.right(80);
    if (!suffixes().contains(QFileInfo(name).suffix().toLower()))
        name = (name.isEmpty() ? u"data"_s : name) + u'.' + suffixOf(answer);
    return name == noteName ? u"data-"_s + name : name;
}

bool isPage(const HttpAnswer &answer)
{
    const auto head = answer.body.first(std::min<qsizetype>(answer.body.size(), 512)).trimmed().toLower();
    return head.startsWith("<!doctype html") || head.startsWith("<html");
}

/** Written beside the old file and put in its place at once: who reads the old one goes on reading it. Where there is
 * an old one, only what can be opened replaces it. */
Status writeFile(const QString &folder, const QString &name, const QByteArray &body, bool replaces,
                 const CancelToken &token)
{
    const auto aside = folder + u"/new"_s; // under its own name, by which the library knows what it is
    const auto path = aside + u'/' + name;
    QDir(aside).removeRecursively();
    const auto tidy = qScopeGuard([&aside] { QDir(aside).removeRecursively(); });
    if (replaces && QDir().mkpath(aside)) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.flush())
            return failure(ErrorKind::Storage, {}, {}, file.errorString());
        file.close();
        const auto sound = FileOpener().inspect({.location = path}, token);
        // Others (Unsupported) may be known elsewhere in the program
        if (!sound && (sound.error().kind == ErrorKind::Malformed || sound.error().kind == ErrorKind::TooLarge))
            return std::unexpected(sound.error());
    }
    QSaveFile file(folder + u'/' + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit())
        return failure(ErrorKind::Storage, {}, {}, file.errorString());
    return {};
}

QString hashOf(const SourceRef &ref)
{
    const auto key = ref.location + u'|' + ref.options["credentials"_L1].toString();
    return QString::fromLatin1(QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex().first(32));
}

/** Layers of a copy are those of the address. */
SourceRef localRef(const SourceRef &ref, const QString &path)
{
    auto local = ref;
    local.provider = u"file"_s;
    local.location = path;
    return local;
}

/** Vector data of a copy. */
class WebFeatures final : public FeatureSource
{
public:
    WebFeatures(std::shared_ptr<const FeatureSource> inner, std::shared_ptr<WebFiles> files, SourceRef ref,
                QDateTime fetched)
        : m_inner(std::move(inner))
        , m_files(std::move(files))
        , m_ref(std::move(ref))
        , m_fetched(std::move(fetched))
    {
    }
    LayerDescription description() const override
    {
        auto description = m_inner->description();
        const QMutexLocker lock(&m_mutex);
        description.fetched = m_fetched;
        return description;
    }
    Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token, const Progress &progress) const override
    {
        return m_inner->read(query, token, progress);
    }
    Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &crs, CancelToken token) const override
    {
        return m_inner->features(ids, crs, token);
    }
    Status stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                  const Progress &progress) const override
    {
        return m_inner->stream(query, visit, token, progress);
    }
    Status refresh(CancelToken token, const Progress &progress) const override
    {
        return m_files->get(m_ref, true, token, progress).transform([this](const WebFiles::Copy &copy) {
            const QMutexLocker lock(&m_mutex);
            m_fetched = copy.fetched; // the reader sees by itself that the file is another
        });
    }

private:
    const std::shared_ptr<const FeatureSource> m_inner;
    const std::shared_ptr<WebFiles> m_files;
    const SourceRef m_ref;
    mutable QMutex m_mutex;
    mutable QDateTime m_fetched;
};

} // namespace

WebFiles::WebFiles(std::shared_ptr<ServiceAccess> access, QString folder)
    : m_access(std::move(access))
    , m_folder(std::move(folder))
{
}

WebFiles::~WebFiles() = default;

bool WebFiles::looksLikeFile(const QString &location)
{
    const QUrl url(location);
    const auto suffix = QFileInfo(url.path()).suffix().toLower();
    // What may as well be a document of a service or of a map style is looked at first
    return !url.hasQuery() && suffixes().contains(suffix) && suffix != "json"_L1 && suffix != "xml"_L1;
}

WebFiles::Place WebFiles::placeOf(const SourceRef &ref)
{
    const auto options = ServiceOptions::of(ref);
    const bool lasting = options.mayBeStored && !options.personal && !m_folder.isEmpty();
    return {(lasting ? m_folder : m_temporary.path()) + u'/' + hashOf(ref), lasting};
}

/** The least used go first. */
void WebFiles::makeRoom(const QString &keep) const
{
    struct Kept {
        QString folder;
        QDateTime used;
        qint64 bytes = 0;
    };
    std::vector<Kept> all;
    qint64 sum = 0;
    for (const auto &entry : QDir(m_folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        Kept kept{entry.filePath(), QFileInfo(entry.filePath() + u'/' + noteName).lastModified(), 0};
        for (const auto &file : QDir(kept.folder).entryInfoList(QDir::Files))
            kept.bytes += file.size();
        sum += kept.bytes;
        all.push_back(std::move(kept));
    }
    std::ranges::sort(all, {}, &Kept::used);
    for (const auto &kept : all) {
        if (sum <= mostBytes)
            return;
        if (kept.folder == keep)
            continue;
        QDir(kept.folder).removeRecursively();
        sum -= kept.bytes;
    }
}

Status WebFiles::fetch(const SourceRef &ref, const Place &place, std::optional<Copy> old, const CancelToken &token,
                       const Progress &progress) const
{
    const auto options = ServiceOptions::of(ref);
    HttpRequest request{.url = QUrl(ref.location), .sizeLimit = biggestFile};
    request.timeouts.firstByte = std::chrono::minutes(2); // some portals make the file when it is asked for
    request.credentials = options.credentials;
    request.source = redacted(QUrl(ref.location));
    if (const auto note = old ? Note::in(place.folder) : std::nullopt) {
        request.etag = note->etag;
        request.lastModified = note->lastModified;
    }
    const auto answer = m_access->client().send(request, token, progress);
    if (!answer)
        return std::unexpected(answer.error());
    auto note = Note::in(place.folder).value_or(Note());
    note.fetched = answer->received;
    if (!answer->notModified) {
        if (isPage(*answer))
            return failure(ErrorKind::Unsupported,
                           LiveTexts::tr("A web page came from “%1”, and no file.").arg(request.source),
                           LiveTexts::tr("Look on the page for the address of the file itself."));
        const auto name = fileNameOf(*answer, answer->url);
        // Who reads the old one looks where it was, also when a redirect leads to another name now
        const bool sameKind = QFileInfo(name).suffix() == QFileInfo(note.name).suffix();
        note = {sameKind ? note.name : name, answer->received, answer->lastModified, answer->etag};
        if (!QDir().mkpath(place.folder))
            return failure(ErrorKind::Storage,
                           LiveTexts::tr("There is no place for the file of “%1”.").arg(request.source), {},
                           place.folder);
        const auto written = writeFile(place.folder, note.name, answer->body, old.has_value(), token);
        if (!written && written.error().kind == ErrorKind::Storage)
            return failure(ErrorKind::Storage,
                           LiveTexts::tr("The file of “%1” could not be written.").arg(request.source),
                           LiveTexts::tr("Make room on the disk."), written.error().detail);
        if (!written)
            return written;
    }
    if (!note.write(place.folder))
        return failure(ErrorKind::Storage, LiveTexts::tr("The file of “%1” could not be written.").arg(request.source),
                       LiveTexts::tr("Make room on the disk."), place.folder);
    if (place.lasting)
        makeRoom(place.folder);
    return {};
}

Result<WebFiles::Copy> WebFiles::get(const SourceRef &ref, bool anew, const CancelToken &token,
                                     const Progress &progress)
{
    const auto place = placeOf(ref);
    std::shared_ptr<QMutex> busy;
    {
        const QMutexLocker lock(&m_mutex);
        auto &known = m_busy[place.folder];
        if (!known)
            known = std::make_shared<QMutex>();
        busy = known;
    }
    while (!busy->tryLock(50)) {
        if (token.stop_requested())
            return cancelled();
    }
    const std::unique_lock lock(*busy, std::adopt_lock);
    const auto copy = [&]() -> std::optional<Copy> {
        const auto note = Note::in(place.folder);
        return note ? std::optional(Copy{place.folder + u'/' + note->name, note->fetched}) : std::nullopt;
    };
    const auto old = copy();
    if (old && !anew)
        return *old;
    if (const auto status = fetch(ref, place, old, token, progress); !status)
        return std::unexpected(status.error());
    return *copy();
}

Result<OpenedSource> openWebFile(const std::shared_ptr<WebFiles> &files, const SourceOpener &opener,
                                 const SourceRef &ref, const CancelToken &token)
{
    const auto copy = files->get(ref, false, token);
    if (!copy)
        return std::unexpected(copy.error());
    auto opened = opener.open(localRef(ref, copy->path), token);
    if (!opened)
        return opened;
    if (const auto *features = std::get_if<std::shared_ptr<const FeatureSource>>(&*opened))
        return std::make_shared<const WebFeatures>(*features, files, ref, copy->fetched);
    return opened;
}

Result<SourceDescription> inspectWebFile(WebFiles &files, const SourceOpener &opener, const SourceRef &ref,
                                         const CancelToken &token)
{
    const auto copy = files.get(ref, true, token);
    if (!copy)
        return std::unexpected(copy.error());
    auto description = opener.inspect(localRef(ref, copy->path), token);
    if (!description)
        return description;
    description->ref = refAs(ref, u"download"_s);
    for (auto &layer : description->layers) {
        layer.fetched = copy->fetched;
        if (layer.provenance.source.isEmpty())
            layer.provenance.source = QUrl(ref.location).host();
    }
    return description;
}

} // namespace hanseatlas
