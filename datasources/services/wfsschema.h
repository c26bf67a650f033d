// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/feature.h"
#include "layers/model/result.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace hanseatlas
{

/** A property of a feature type, as a schema declares it. */
struct WfsField {
    QString name; ///< without prefix
    QString type; ///< the XML type: "string", "gml:PointPropertyType", "" for a structure of its own
    FieldType fieldType = FieldType::Text;
    bool geometry = false;
    QString geometryType; ///< "Point", "MultiSurface" …; "Geometry" where anything may come; "" for others
    bool structure = false; ///< has elements of its own: no plain column
    bool required = false;
    bool repeated = false; ///< may occur several times
    int maximumLength = 0; ///< characters; 0 = not stated
    QStringList allowed; ///< the values it may have; empty = any
    QString description; ///< xsd:documentation

    bool operator==(const WfsField &) const = default;
};

struct WfsTypeSchema {
    QString name; ///< of the feature's element, without prefix
    QString typeName; ///< of the named complex type; "" where it has none
    std::vector<WfsField> fields; ///< inherited ones of the same schema first
    bool incomplete = false; ///< built on a type that is not in this document

    const WfsField *geometry() const; ///< the first; nullptr = a table
};

struct WfsSchema {
    QString targetNamespace;
    std::vector<WfsTypeSchema> types; ///< all features of the schema, in its order
};

/** The answer to DescribeFeatureType. */
Result<WfsSchema> parseWfsSchema(QByteArrayView bytes);
const WfsTypeSchema *findType(const WfsSchema &schema, const QString &localName);

} // namespace hanseatlas
