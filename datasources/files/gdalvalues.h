// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/wkb.h"
#include "layers/model/feature.h"

#include <QVariant>

/** @internal From GDAL's features to our values. Handles are void * so that the header stands alone. */
namespace hanseatlas
{

/** Texts of files that promise UTF-8 and do not keep it are read as Latin-1. */
QString textOf(const char *bytes, qsizetype size);

FieldType fieldTypeOf(void *fieldDefinition);
QList<Field> fieldsOf(void *layerDefinition);
QVariant valueOf(void *feature, int field, FieldType type);

/** Appends the feature's geometry to the buffer. */
WkbOutcome geometryOf(void *feature, std::uint32_t row, ShapeBuffer &buffer);

/** "MultiPolygon Z" for a wkb type code, "" for none and for unknown. */
QString geometryTypeName(unsigned type);
/** GeometryKind::None where the type leaves it open. */
GeometryKind geometryKindOf(unsigned type);

} // namespace hanseatlas
