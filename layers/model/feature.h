// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <QList>
#include <QString>
#include <QVariant>

namespace hanseatlas
{

enum class FieldType { Text, Integer, Real, Boolean, Date, Time, DateTime, Binary };

/** A column of a layer. */
struct Field {
    QString name; ///< as in the source
    QString title; ///< for people; empty: the name
    FieldType type = FieldType::Text;
    QString unit; ///< e.g. "dB(A)"; may be empty

    QString caption() const { return title.isEmpty() ? name : title; }
    bool operator==(const Field &) const = default;
};

/** One object with all it has, in full precision. */
struct Feature {
    qint64 id = 0; ///< the source's own number, stable as long as the file is
    QVariantList values; ///< one per field of the layer; invalid QVariant = null
    Geometry geometry; ///< in the CRS that was asked for
};

} // namespace hanseatlas
