// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <QByteArray>
#include <QByteArrayView>

/** @internal Geometries as SpatiaLite stores them: a box, then the coordinates; exported for unit tests only. */
namespace hanseatlas
{

constexpr qsizetype blobSridOffset = 2; ///< where the number of the reference system stands: four bytes, little endian

/** Appends the geometry, which must not be empty, with 0 as its reference system. Returns its box. */
Extent appendFeatureBlob(const Geometry &geometry, QByteArray &to);

/** The box alone; empty where this is none of ours. */
Extent blobExtent(QByteArrayView blob);

/** `geometry` is overwritten: its memory is used again. False where the bytes are no geometry of the plane. */
bool readFeatureBlob(QByteArrayView blob, Geometry &geometry);

} // namespace hanseatlas
