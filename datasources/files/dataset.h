// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/filekind.h"
#include "datasources/files/filestamp.h"
#include "layers/model/crs.h"

#include <QDateTime>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>
#include <mutex>
#include <vector>

/** @internal Opening, sharing and watching GDAL datasets. Included by sources of this folder only. */
namespace hanseatlas
{

struct DatasetCloser {
    void operator()(void *dataset) const;
};
using DatasetPtr = std::unique_ptr<void, DatasetCloser>; ///< a GDALDatasetH

/** All that is needed to open a dataset again and again. */
struct DatasetSpec {
    FileKind kind;
    QString path; ///< for GDAL
    QString file; ///< the file of the user that is watched: for an archive's member, the archive
    QString name; ///< of the dataset, for messages
    QStringList openOptions; ///< the kind's and more
    bool rebuildShapeIndex = false;
    std::shared_ptr<QTemporaryDir> stage; ///< holds what had to be put beside the file without touching its folder
    QStringList notes;
};

/** A name of an encoding that texts can be read in. */
bool isKnownEncoding(const QString &name);

/** Completes the spec: shape index staged where it is missing, databases opened without leaving traces.
 *  Fails where the user asks for an encoding that there is not. */
Result<DatasetSpec> datasetSpec(const FileKind &kind, const QString &path, const QString &file, const QString &name,
                                const QJsonObject &options);

/** @param flags GDAL_OF_VECTOR or GDAL_OF_RASTER */
Result<DatasetPtr> openDataset(const DatasetSpec &spec, unsigned flags, const QStringList &moreOptions = {});

/** Open handles of one dataset, each used by one thread at a time. */
class DatasetPool
{
public:
    DatasetPool(DatasetSpec spec, unsigned flags, QStringList moreOptions = {});

    /** Gives its handle back to the pool in the end. */
    class Lease
    {
    public:
        Lease(DatasetPool &pool, DatasetPtr dataset, int generation)
            : m_pool(&pool)
            , m_dataset(std::move(dataset))
            , m_generation(generation)
        {
        }
        Lease(Lease &&) = default;
        Lease &operator=(Lease &&) = delete;
        ~Lease();
        void *dataset() const { return m_dataset.get(); }
        void discard() { m_dataset.reset(); } ///< it is damaged, or in a state that must not be met again

    private:
        DatasetPool *m_pool;
        DatasetPtr m_dataset;
        int m_generation;
    };

    Result<Lease> lease();
    /** The file was replaced: handles to the old one are closed as they come back. */
    void drop();
    const DatasetSpec &spec() const { return m_spec; }

private:
    const DatasetSpec m_spec;
    const unsigned m_flags;
    const QStringList m_moreOptions;
    std::mutex m_mutex;
    std::vector<DatasetPtr> m_idle;
    int m_generation = 0;
};

/** The CRS as ours; heights are taken off. Invalid for none and for "undefined". `reference` is an
 *  OGRSpatialReferenceH. */
Crs toCrs(void *reference);
/** The file says "some geographic CRS". */
bool isUndefinedGeographic(void *reference);
/** The numbers come north first, although GDAL knows better. */
bool comesNorthFirst(void *reference);

/** The error for a file whose content GDAL did not accept. */
Error unreadableContent(const DatasetSpec &spec, const QString &detail);

} // namespace hanseatlas
