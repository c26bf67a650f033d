// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"
#include "layers/model/dimension.h"
#include "layers/model/feature.h"
#include "layers/model/featureset.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QDateTime>
#include <QImage>
#include <QJsonObject>
#include <QObject>
#include <QSize>
#include <QStringList>

#include <atomic>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

/** The ports through which layers get their data. All calls block and may be made from any thread, several at once. */
namespace hanseatlas
{

/** Names a layer's data: comparable, stored in workspaces and theme files. */
struct SourceRef {
    /** "file" (also for an address of which is not known yet what answers there), "xplan", "wms", "wmts", "xyz", "wfs",
     * "oaf" (OGC API Features), "mvt" (vector tiles), "postgis", "download" (a file at a web address). */
    QString provider = QStringLiteral("file");
    QString location; ///< path or URL; a path inside the demo city starts with "demo:"
    QString layer; ///< name of the layer in it; "" = the only or first one
    QJsonObject options; ///< corrections: {"encoding": "ISO-8859-1", "crs": "EPSG:31467"}

    bool operator==(const SourceRef &) const = default;
    bool isRemote() const; ///< it may take a server's time to open
    /** Goes into files: secrets in the location are left out, whoever forgot to take them. */
    QJsonObject toJson() const;
    static SourceRef fromJson(const QJsonObject &json);
};

/** Where data comes from and what one may do with it; travels with it to legend, feature panel and exports. */
struct Provenance {
    QString source; ///< e.g. "Hansestadt Lübeck, Bereich Stadtgrün"
    QString licence; ///< e.g. "dl-de/by-2-0"
    QString attribution; ///< the text that the licence wants shown; empty: the source
    QDateTime dataTime; ///< when the data was true or last changed; invalid = unknown
    bool personal = false; ///< personal data: kept out of caches and exports unless the user decides
    bool demo = false; ///< made up; map and exports must say "Demonstrationsdaten"

    bool operator==(const Provenance &) const = default;
    QJsonObject toJson() const;
    static Provenance fromJson(const QJsonObject &json);
};

enum class LayerKind { Vector, Raster, Table };

/** What a raster's numbers are. */
enum class RasterKind { Colour, Values };

/** One layer of a source, as the open dialog, the CLI and the layer tree need it. */
struct LayerDescription {
    QString name; ///< as in the source
    QString title; ///< for people; empty: the name
    QString group; ///< suggested group in the layer tree, e.g. a plan's name; may be empty
    LayerKind kind = LayerKind::Vector;
    std::vector<GeometryKind> geometryKinds; ///< which occur, by declaration or by look; several = mixed
    QString geometryType; ///< as declared, e.g. "MultiPolygon Z"; for people
    qint64 featureCount = -1; ///< -1 = not known without reading all
    Crs crs; ///< invalid = unknown
    bool crsGuessed = false; ///< not stated by the file, taken by a rule that `notes` names
    Extent extent; ///< in `crs`; empty = nothing in it or not known
    QList<Field> fields;
    QString encoding; ///< of texts, where the format leaves it open; may be empty
    RasterKind rasterKind = RasterKind::Colour;
    QSize rasterSize; ///< pixels; rasters only
    int bands = 0; ///< rasters only
    double noData = qQNaN(); ///< of band 1; NaN = none
    double minimum = qQNaN(), maximum = qQNaN(); ///< of band 1, perhaps approximate; NaN = unknown
    double minScale = 0, maxScale = 0; ///< largest and smallest denominator at which there is anything; 0 = no limit
    bool suggested = true; ///< false: nobody would miss it, as a whole whose parts are here, too
    QStringList notes; ///< what the reader repaired, guessed or left out; for people
    Provenance provenance; ///< as far as the file tells
    std::vector<LayerDimension> dimensions; ///< along which it can be asked for, time first
    QDateTime fetched; ///< when its state came from its server; invalid: not from one, or not yet
    QJsonObject style; ///< a style that came with the file, in our form (layers/map/style.h); may be empty
    /** E.g. a plan's header: {"Name": …, "Rechtsstand": …}; shown in the properties. Values are texts or lists of
     * texts; a list "order", where there is one, names the keys as they should be read (and is not shown itself). */
    QJsonObject metadata;
};

struct SourceDescription {
    QString title; ///< e.g. the file name
    QString format; ///< for people, e.g. "GeoPackage"
    std::vector<LayerDescription> layers;
    QStringList notes;
    /** The layers that come on the map where nobody is asked. */
    void keepSuggested();
    std::optional<SourceRef> ref; ///< what to keep instead of the ref that was asked, now that it is known what it is
};

/** What of a layer is wanted. */
struct FeatureQuery {
    Crs crs; ///< of the answer; invalid = the source's own
    std::optional<Extent> extent; ///< in `crs`; only features that touch it
    QStringList fields; ///< the columns to bring along; unknown names are ignored
    qint64 limit = -1; ///< at most so many; -1 = all
};

/** Vector data. */
class FeatureSource
{
public:
    virtual ~FeatureSource() = default;
    virtual LayerDescription description() const = 0;
    /** The packed snapshot that layers are drawn from. Broken features are left out and counted in its notes. */
    virtual Result<FeatureSetPtr> read(const FeatureQuery &query, CancelToken token,
                                       const Progress &progress = {}) const = 0;
    /** Single features by their ids, with all fields and full precision, in `crs` (invalid: the source's own).
     *  Ids that are gone are left out. */
    virtual Result<std::vector<Feature>> features(std::span<const qint64> ids, const Crs &crs,
                                                  CancelToken token) const = 0;
    /** Of a source that is kept from a server: fetches it anew. Where it fails, the old state stands. Blocking. */
    virtual Status refresh(CancelToken, const Progress & = {}) const { return {}; }
    /** All features of the query one after another, with all fields (`fields` of the query is not looked at) and full
     *  precision, in no particular order; visit() returning false ends it without error. For exports: nothing is held
     * but the feature at hand. This form goes through read() and features() and so holds the packed snapshot; sources
     * that can do better override it. */
    virtual Status stream(const FeatureQuery &query, const std::function<bool(Feature &)> &visit, CancelToken token,
                          const Progress &progress = {}) const;
};

struct RasterQuery {
    Crs crs; ///< of extent and answer
    Extent extent; ///< what the answer covers
    QSize size; ///< pixels of the answer
    bool smooth = true; ///< interpolate colours and values (never set for classes)
    /** For sources that have to fetch: true waits until everything has come (sheets, exports); false answers at once
     *  with what is at hand, goes on fetching and tells it by arrivals(). */
    bool wait = true;
    /** What is on the screen altogether, of which `extent` is a part, in `crs`; empty = the same. What lies outside it
     * needs not be fetched any more. */
    Extent view = {};
    /** Of the answer, where it is shown or printed, so that what is drawn for it has lines and texts of the right size;
     * 0 = as on a screen of 96 dpi. */
    double pixelsPerMm = 0;
    Dimensions dimensions = {}; ///< chosen ones; see LayerDescription::dimensions
    std::vector<Dimensions> upcoming = {}; ///< what is likely to be asked for next, of the same view; fetched last
};

/** A piece of a raster, resampled: either a picture or numbers. */
struct RasterBlock {
    QImage image; ///< Colour: ARGB32_Premultiplied, transparent where there is no data
    std::vector<float> values; ///< Values: row by row from the north-west, NaN where there is no data
    QSize size;
    QString damage; ///< for people: why parts are empty that should not be, and what is shown; "" = all is well
};

/** Tells that a source has more to show than a moment ago. Emitted from any thread. */
class Arrivals final : public QObject
{
    Q_OBJECT
public:
    std::atomic_int pending = 0; ///< how much is under way
signals:
    void arrived();
};

/** What a server says of a place on its map. */
struct PlaceInfo {
    struct Object {
        QString layer; ///< as the server names it; may be empty
        QString id; ///< may be empty
        QList<QPair<QString, QString>> values; ///< name and text, in the server's order
    };
    std::vector<Object> objects;
    QString text; ///< plain, as it came
    QString html; ///< made safe to show: no scripts, nothing that is loaded from elsewhere
    bool isEmpty() const { return objects.empty() && text.isEmpty() && html.isEmpty(); }
};

class RasterSource
{
public:
    virtual ~RasterSource() = default;
    virtual LayerDescription description() const = 0;
    /** Uses overviews; outside the raster the answer is transparent or NaN. */
    virtual Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const = 0;
    /** The value(s) of all bands at a place, NaN where there is none. */
    virtual Result<std::vector<double>> valuesAt(PointXY place, const Crs &crs, CancelToken token) const = 0;
    /** Does a server know more of a place than the picture shows? */
    virtual bool answersPlaces() const { return false; }
    /** Asks it; takes as long as the server does. `unitsPerPixel`: size of a pixel of the map, in units of `crs`.
     * Unsupported where there is nobody to ask. */
    virtual Result<PlaceInfo> infoAt(PointXY place, const Crs &crs, double unitsPerPixel, const Dimensions &dimensions,
                                     CancelToken token) const;
    /** Is there a picture that explains the map? */
    virtual bool hasLegend() const { return false; }
    /** That picture, as its server sends it; takes as long as the server does, unless it is kept already. Its device
     *  pixel ratio says how fine it is: at 1, its pixels are those of a screen of 96 dpi. `pixelsPerMm` as in
     * RasterQuery. Unsupported where there is none. */
    virtual Result<QImage> legend(double pixelsPerMm, CancelToken token) const;
    /** What it has is out of date: it asks its server anew when it is drawn next, and shows the old till then. */
    virtual void refresh() const { }
    /** When the oldest part of what was shown last was fetched from its server. Invalid: not from a server, or nothing
     * has come yet. */
    virtual QDateTime fetchedAt() const { return {}; }
    /** Of a source that fetches while it is drawn; lives as long as the source. Null: all is there at once. */
    virtual const Arrivals *arrivals() const { return nullptr; }
};

using OpenedSource = std::variant<std::shared_ptr<const FeatureSource>, std::shared_ptr<const RasterSource>>;

/** Opens what a SourceRef names. Implemented by datasources, given to the session. */
class SourceOpener
{
public:
    virtual ~SourceOpener() = default;
    /** What is in there: quick, reads no more than it must. `location` as in SourceRef. */
    virtual Result<SourceDescription> inspect(const SourceRef &ref, CancelToken token) const = 0;
    virtual Result<OpenedSource> open(const SourceRef &ref, CancelToken token) const = 0;
    /** What to keep instead of a ref that came from outside: passwords and tokens in its address are put aside, and
     *  options.credentials names them. Quick; any thread. */
    virtual SourceRef withoutSecrets(const SourceRef &ref) const { return ref; }
};

} // namespace hanseatlas
