// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"
#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QDate>
#include <QString>

#include <memory>
#include <variant>
#include <vector>

namespace hanseatlas::demo
{

struct TableField {
    enum class Type { Text, Integer, Real, Boolean, Date };
    QString name;
    Type type = Type::Text;
    QString title; ///< for people, German
};
/** monostate: null */
using TableValue = std::variant<std::monostate, QString, int, double, bool, QDate>;

/** Writes the layers of a new GeoPackage in EPSG:25832, as one transaction. Belongs to one thread. The first error
 *  sticks and is what finish() returns; so does being cancelled, after which nothing more is written. */
class TableWriter
{
public:
    TableWriter(const QString &path, CancelToken token);
    ~TableWriter(); ///< without finish() nothing of worth is left

    void beginLayer(const QString &name, const QString &title, GeometryKind kind,
                    const std::vector<TableField> &fields);
    void add(const Geometry &geometry, const std::vector<TableValue> &values);
    bool failed() const; ///< or cancelled
    Status finish();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace hanseatlas::demo
