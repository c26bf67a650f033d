// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wfs.h"
#include "layers/model/extent.h"

#include <QString>
#include <QVariant>

#include <variant>
#include <vector>

namespace hanseatlas
{

enum class Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

struct FieldComparison {
    QString field;
    Comparison comparison = Comparison::Equal;
    QVariant value; ///< text, number, boolean, date or date with time
    bool matchCase = true; ///< texts only
};
struct FieldBetween {
    QString field;
    QVariant from, to; ///< both included
};
struct FieldLike {
    QString field;
    QString pattern; ///< * = any characters, ? = one, \ = the next one as it is
    bool matchCase = false;
};
struct FieldIsNull {
    QString field;
};
struct FieldInBox {
    QString field; ///< of the geometry; may be empty: the type's only one
    Extent extent; ///< east before north
    QString crs; ///< as the server spells it
    std::optional<bool> northFirst; ///< against the rule of the spelling, for servers that do not obey it
};

struct FilterRule;
enum class Junction { And, Or, Not };
/** Not negates all of its parts together: nothing of them may be true. */
struct FilterGroup {
    Junction junction = Junction::And;
    std::vector<FilterRule> parts;
};
/** Which features are asked for. */
struct FilterRule {
    std::variant<std::monostate, FieldComparison, FieldBetween, FieldLike, FieldIsNull, FieldInBox, FilterGroup> rule;

    bool isEmpty() const { return std::holds_alternative<std::monostate>(rule); }
};

/** The <Filter> element: FES 2.0 for WFS 2.0, Filter Encoding 1.1 or 1.0 before; "" for an empty rule. `namespaces` are
 * declared on it, so that prefixes in field names mean something: {prefix, URI}. */
QString filterXml(const FilterRule &filter, WfsVersion version,
                  const std::vector<std::pair<QString, QString>> &namespaces = {});

/** The same in CQL2 text, for OGC API Features. */
QString filterCql2(const FilterRule &filter);

/** How a value is written in filters: dates in ISO 8601, numbers without locale. */
QString filterValue(const QVariant &value);

} // namespace hanseatlas
