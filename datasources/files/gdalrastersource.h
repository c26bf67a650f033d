// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/gdalorigin.h"
#include "datasources/files/rasterlayer.h"

#include <atomic>
#include <mutex>

namespace hanseatlas
{

/** @internal A raster that GDAL reads. When the file is replaced, the next call opens it anew. */
class GdalRasterSource final : public RasterSource, public GdalBacked
{
public:
    /** @param layer the raster's name in its file; @param openOptions choose it there */
    static Result<std::shared_ptr<const GdalRasterSource>> open(DatasetSpec spec, QString layer,
                                                                QStringList openOptions, QJsonObject options);

    LayerDescription description() const override;
    Result<RasterBlock> read(const RasterQuery &query, CancelToken token) const override;
    Result<std::vector<double>> valuesAt(PointXY place, const Crs &crs, CancelToken token) const override;
    std::optional<GdalOrigin> gdalOrigin() const override;

private:
    /** A small copy of a large raster that has no overviews: made once, when it is first seen from afar. */
    struct Reduced {
        std::mutex mutex; ///< one thread at a time makes or reads it
        bool tried = false;
        DatasetPtr dataset;
        double factor = 1; ///< raster pixels per pixel of the copy
        QString damage; ///< as of RasterBlock
    };
    /** A grid written as text, in memory: made when it is first read. */
    struct TextCopy {
        std::mutex mutex; ///< one thread at a time makes or reads it
        bool tried = false;
        bool damaged = false;
        DatasetPtr dataset;
    };
    struct State {
        FileStamp stamp;
        std::unique_ptr<DatasetPool> pool;
        RasterLayer facts;
        bool wantsReduced = false;
        mutable Reduced reduced;
        bool isText = false;
        mutable TextCopy text;
        mutable std::atomic<int> soundRows = -1; ///< of a raster read from the top that is damaged; -1 = seems whole
    };
    using StatePtr = std::shared_ptr<const State>;

    GdalRasterSource(DatasetSpec spec, QString layer, QStringList openOptions, QJsonObject options);
    Result<StatePtr> load() const;
    Result<StatePtr> current() const;
    Result<RasterBlock> piece(const State &state, const QRectF &window, QSize size, bool smooth,
                              const CancelToken &token) const;
    Result<RasterBlock> direct(const State &state, const QRectF &window, QSize size, bool smooth,
                               const CancelToken &token) const;
    Result<RasterBlock> aboveDamage(const State &state, const QRectF &window, QSize size, bool smooth,
                                    const CancelToken &token) const;
    /** Null where the raster is no text, or cannot be read; to be used under `text.mutex`. */
    static void *textCopy(const State &state, const CancelToken &token);
    Result<RasterBlock> aligned(const State &state, const RasterQuery &query, const CancelToken &token) const;
    Result<RasterBlock> resampled(const State &state, const RasterQuery &query, const CancelToken &token) const;

    const DatasetSpec m_spec;
    const QString m_layer;
    const QStringList m_openOptions;
    const QJsonObject m_options;
    mutable std::mutex m_mutex;
    mutable StatePtr m_state;
};

} // namespace hanseatlas
