// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/vectortiles/tilesupply.h"

#include <QJsonObject>

namespace hanseatlas
{

/** A file of tiles (MBTiles 1.3: a database; rows count from the south). It is only read, and nothing is written
 *  beside it. */
class MbtilesFile final : public TileSupply
{
public:
    /** NotFound, NotReadable; Malformed where it is no such file. */
    static Result<std::shared_ptr<MbtilesFile>> open(const QString &path);
    ~MbtilesFile() override;

    QString format() const; ///< "pbf", "png" …: as stated, or by the look of a tile
    QString metadata(const QString &name) const; ///< as stated; "" where it is not
    QStringList layers() const; ///< of vector tiles, as stated or found in one of them
    int minZoom() const;
    int maxZoom() const;
    Extent bounds() const; ///< degrees; empty where it is not stated

    std::optional<SuppliedTile> tile(const TileAddress &address) const override;
    QString failureOf(const TileAddress &address) const override;

private:
    struct Private;
    explicit MbtilesFile(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/** Is it a file of vector tiles? Looks into the file. */
bool holdsVectorTiles(const QString &path);

/** A calm style for tiles of which nobody has said how they should look: by the names of their layers. `source` is
 *  the name of the tiles' source in it. */
QByteArray plainMapStyle(const QStringList &layers, const QString &source, const QUrl &url);

} // namespace hanseatlas
