// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplandocument.h"

#include "layers/model/source.h"

#include <memory>
#include <vector>

namespace hanseatlas
{

/** A layer made of XPlanGML objects: its description, and per feature the values and where the geometry is kept. */
struct XplanTable {
    struct Row {
        qint64 id = 0;
        const Geometry *geometry = nullptr; ///< owned by the documents beside this table
        Crs crs;
        QVariantList values; ///< one per field of the description
    };
    LayerDescription description;
    std::vector<Row> rows;

    /** Fills CRS (the most frequent one), extent, count and geometry kinds from the rows. */
    void describeRows();
};

/** A read file, or what was collected of several, with the layers that it offers. Immutable once made. */
struct XplanContent {
    QString title;
    std::vector<XplanDocument> documents;
    std::vector<Geometry> geometries; ///< made for the tables, not in a document
    std::vector<XplanTable> tables; ///< topmost first
    QStringList notes;

    const XplanTable *table(const QString &layer) const; ///< "" = the first; nullptr if there is none of that name
    std::size_t bytes() const; ///< memory held, roughly
};
using XplanContentPtr = std::shared_ptr<const XplanContent>;

/** The features of a table, in whatever CRS is asked for. */
std::shared_ptr<const FeatureSource> tableSource(XplanContentPtr content, const XplanTable *table);

} // namespace hanseatlas
