// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databasefilter.h"

#include "datasources/services/servicecrs.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

template <class... Calls>
struct Visitor : Calls... {
    using Calls::operator()...;
};

QString signOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal:
        return u"="_s;
    case Comparison::NotEqual:
        return u"<>"_s;
    case Comparison::Less:
        return u"<"_s;
    case Comparison::LessOrEqual:
        return u"<="_s;
    case Comparison::Greater:
        return u">"_s;
    case Comparison::GreaterOrEqual:
        return u">="_s;
    }
    return u"="_s;
}

QString literal(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QMetaType::Int:
    case QMetaType::LongLong:
    case QMetaType::Double:
        return filterValue(value);
    default: // dates as texts, which the database turns into the column's type
        return quotedText(filterValue(value));
    }
}

/** * and ? as SQL has them; what SQL takes for its own is escaped. */
QString likePattern(const QString &pattern)
{
    QString sql;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        auto c = pattern[i];
        if (c == u'*') {
            sql += u'%';
            continue;
        }
        if (c == u'?') {
            sql += u'_';
            continue;
        }
        if (c == u'\\' && i + 1 < pattern.size())
            c = pattern[++i];
        if (c == u'%' || c == u'_' || c == u'!')
            sql += u'!';
        sql += c;
    }
    return quotedText(sql) + " ESCAPE '!'"_L1;
}

QString groupText(const FilterGroup &group)
{
    QStringList parts;
    for (const auto &part : group.parts) {
        if (const auto text = databaseFilter(part); !text.isEmpty())
            parts << u'(' + text + u')';
    }
    if (parts.isEmpty())
        return {};
    if (group.junction == Junction::Not)
        return "NOT ("_L1 + parts.join(" OR "_L1) + u')';
    return parts.join(group.junction == Junction::And ? " AND "_L1 : " OR "_L1);
}

} // namespace

QString quotedName(const QString &name)
{
    auto quoted = name;
    quoted.remove(QChar(0));
    return u'"' + quoted.replace(u'"', "\"\""_L1) + u'"';
}

QString quotedText(const QString &text)
{
    auto quoted = text;
    quoted.remove(QChar(0));
    return u'\'' + quoted.replace(u'\'', "''"_L1) + u'\'';
}

QString databaseFilter(const FilterRule &rule)
{
    return std::visit(
        Visitor{[](std::monostate) { return QString(); },
                [](const FieldComparison &test) {
                    return quotedName(test.field) + u' ' + signOf(test.comparison) + u' ' + literal(test.value);
                },
                [](const FieldBetween &test) {
                    return quotedName(test.field) + " BETWEEN "_L1 + literal(test.from) + " AND "_L1 + literal(test.to);
                },
                [](const FieldLike &test) {
                    return quotedName(test.field) + "::text"_L1 + (test.matchCase ? " LIKE "_L1 : " ILIKE "_L1)
                        + likePattern(test.pattern);
                },
                [](const FieldIsNull &test) { return quotedName(test.field) + " IS NULL"_L1; },
                [](const FieldInBox &test) {
                    const auto name = quotedName(test.field);
                    // A number where it is known: else the spatial index is of no use
                    bool known = false;
                    const auto srid = QString::number(test.crs.toInt(&known));
                    return name + " && ST_MakeEnvelope("_L1 + boxText(test.extent, false) + ", "_L1
                        + (known ? srid : "ST_SRID("_L1 + name + u')') + u')';
                },
                [](const FilterGroup &group) { return groupText(group); }},
        rule.rule);
}

} // namespace hanseatlas
