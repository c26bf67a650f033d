// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/store/storedfeatures.h"
#include "layers/model/job.h"
#include "layers/model/result.h"
#include "layers/model/source.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace hanseatlas
{

/** What a service has sent, as it came, with what is needed to ask whether it is still true. */
struct StoredItem {
    QByteArray bytes;
    QString contentType;
    QDateTime fetched; ///< UTC: when the server last said so (also by "not modified")
    QDateTime expires; ///< UTC; invalid = the server did not say
    QByteArray etag;
    QDateTime lastModified;
};

/** A dataset: one layer of one service as it is asked for (style, CRS, dimensions), or one service's documents. */
struct StoredDataset {
    QString key; ///< made by the caller, without secrets; stable over time
    QString title;
    QString service; ///< the address, redacted
    QString layer;
    QString crs;
    Provenance provenance; ///< personal data is never written; see mayStore()
    QString contact;
    bool mayBeStored =
        true; ///< false: may be viewed, but not kept (licence); lives in memory only, until the program ends
};

struct StoreLimits {
    qint64 bytes = 4LL * 1024 * 1024 * 1024; ///< of what may be thrown away
    qint64 memoryBytes = 64LL * 1024 * 1024; ///< of what may not be stored
};

/** What the store holds of a dataset. */
struct StoredSize {
    StoredDataset dataset;
    qint64 items = 0;
    qint64 features = 0;
    qint64 bytes = 0;
    QDateTime oldest, newest; ///< when its items and features were fetched
    qint64 keptBytes = 0; ///< of that, belongs to packages: never thrown away
};

/** Something that is kept for work without a network, described by whoever keeps it. */
struct StoredPackage {
    QString key;
    QByteArray document;
};

/** What a package holds. */
struct StoredPackageSize {
    qint64 items = 0; ///< and tables of features
    qint64 features = 0;
    qint64 bytes = 0;
    QDateTime oldest, newest; ///< when they were fetched
};

/** For each key what is known of the item, without its bytes; nothing where it is not there. */
using HeldItems = std::vector<std::optional<StoredItem>>;

/** The user's own copy of what services have sent: one SpatiaLite database (WAL), so that maps open at once with the
 *  last known state and go on without a network.
 *
 *  All functions may be called from any thread, several at once, and block for a look-up's time; each call has a
 *  connection to itself. Writes are gathered and committed together by a thread of the store within 200 ms; readers
 *  see what was put at once (also what is not on disk yet). Who puts faster than the disk takes it waits. Several
 *  programs may share the file.
 *
 *  A write that failed (disk full) loses only itself: the old state stands, and the next put or flush() says so once,
 *  with ErrorKind::Storage, and does nothing else. What may not be stored (mayBeStored, personal) stays in memory, as
 *  far as there is room; when a dataset becomes such, what is on the disk of it is overwritten.
 */
class ServiceStore
{
public:
    /** Opens or makes the file; older versions are migrated, a newer one or a broken one is kept aside under another
     * name and a new one begun: problem() says so then. Fails only where nothing can be written. */
    static Result<std::shared_ptr<ServiceStore>> open(const QString &path, const StoreLimits &limits = {});
    ~ServiceStore(); ///< writes what is left

    QString problem() const; ///< what happened at open(), for people; "" = nothing

    // Datasets
    /** New, or its description brought up to date: its items stay, unless mayBeStored or personal change. */
    Status putDataset(const StoredDataset &dataset);
    Result<std::optional<StoredDataset>> dataset(const QString &key) const;
    Result<std::vector<StoredSize>> datasets() const; ///< by title; writes first what is pending
    Status removeDataset(const QString &key); ///< with all its items; waits for the disk. No error where there is none

    // Items: images by grid cell ("12/-3/45"), and documents (capabilities, legends, feature types, pages of features)
    Result<std::optional<StoredItem>> item(const QString &dataset, const QString &key) const;
    /** NotFound where the dataset was not put (or is removed), TooLarge above 256 MB, Invalid for an empty or overlong
     *  key. `heldBy`: the package that it comes for, which then holds it; "" = none. */
    Status putItem(const QString &dataset, const QString &key, const StoredItem &item, const QString &heldBy = {});
    /** All of them, or none: a reader sees the old state or the new one. `replaceAll`: other items of the dataset go.
     */
    Status putItems(const QString &dataset, const std::vector<std::pair<QString, StoredItem>> &items,
                    bool replaceAll = false);
    /** New dates ("not modified"); nothing happens where the item is not there any more. */
    Status touch(const QString &dataset, const QString &key, const QDateTime &fetched, const QDateTime &expires);
    Status removeItem(const QString &dataset, const QString &key);
    /** Of these keys, which are there; for estimates and covered areas. */
    Result<std::vector<bool>> contains(const QString &dataset, const std::vector<QString> &keys) const;

    // Features: one table for each dataset, with a spatial index
    /** All of them in the place of those that are there: a reader sees the old state or the new one. Waits until they
     *  are written (what may not be stored: until they are in memory). NotFound as for putItem(), Storage, Cancelled;
     * in all these cases the old state stands. Ids are the rows' places, counted from 1. */
    Status putFeatures(const QString &dataset, StoredFeatures features, FeatureRows rows, CancelToken token);
    /** "Not modified". */
    Status touchFeatures(const QString &dataset, const QDateTime &fetched, const QDateTime &expires);
    Result<std::optional<StoredFeatures>> storedFeatures(const QString &dataset) const;
    /** As FeatureSource::read(); features without geometry are not in it. NotFound where nothing is stored. */
    Result<FeatureSetPtr> readFeatures(const QString &dataset, const FeatureQuery &query, CancelToken token,
                                       const Progress &progress = {}) const;
    Result<std::vector<Feature>> featuresById(const QString &dataset, std::span<const qint64> ids, const Crs &crs,
                                              CancelToken token) const;
    /** As FeatureSource::stream(), in the order of the ids; all of one state. */
    Status streamFeatures(const QString &dataset, const FeatureQuery &query,
                          const std::function<bool(Feature &)> &visit, CancelToken token,
                          const Progress &progress = {}) const;

    // Packages: what they hold is never thrown away to make room. These wait for the disk.
    Status putPackage(const StoredPackage &package); ///< new, or its description brought up to date
    Result<std::vector<StoredPackage>> packages() const; ///< the oldest first
    /** NotFound where there is none. Counts every item: for many, it takes a moment. */
    Result<StoredPackageSize> packageSize(const QString &package) const;
    /** What came for it goes with it, unless another package holds it; what was there before stays as long as there is
     *  room. No error where there is none. */
    Status removePackage(const QString &package);
    /** Those that are there are held from now on. NotFound where there is no such dataset, Invalid where it may not be
     * stored; where there is no such package, nothing is held. */
    Result<HeldItems> hold(const QString &package, const QString &dataset, const std::vector<QString> &keys);
    /** The dataset's features, those that are there and those that are yet to come. Errors as of hold(). */
    Status holdFeatures(const QString &package, const QString &dataset);

    // Care
    Status flush(); ///< returns when all that was put is on disk
    /** Throws away what is due and gives free room back to the disk; others may go on meanwhile. Cancelled. */
    Status compact(CancelToken token);
    qint64 bytes() const; ///< of all items, about

private:
    struct Private;
    explicit ServiceStore(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas
