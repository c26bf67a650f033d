// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/style.h"

#include "layers/map/colorramp.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** -1, 0, 1; numbers by value where both are numbers, else texts. */
int compare(const Column &column, std::size_t feature, const QVariant &with)
{
    bool isNumber = false;
    const double wanted = with.toDouble(&isNumber);
    const double number = isNumber ? column.number(feature) : std::nan("");
    if (isNumber && !std::isnan(number))
        return number < wanted ? -1 : number > wanted ? 1 : 0;
    return column.value(feature).toString().compare(with.toString());
}

bool compares(const Filter &filter, const Column &column, std::size_t feature)
{
    using Op = Filter::Op;
    if (filter.values.isEmpty())
        return false;
    const auto &value = filter.values.front();
    switch (filter.op) {
    case Op::Equal:
        return compare(column, feature, value) == 0;
    case Op::NotEqual:
        return compare(column, feature, value) != 0;
    case Op::Less:
        return compare(column, feature, value) < 0;
    case Op::LessOrEqual:
        return compare(column, feature, value) <= 0;
    case Op::Greater:
        return compare(column, feature, value) > 0;
    case Op::GreaterOrEqual:
        return compare(column, feature, value) >= 0;
    case Op::In:
        return std::ranges::any_of(filter.values, [&](const QVariant &v) { return compare(column, feature, v) == 0; });
    case Op::Contains:
        return column.value(feature).toString().contains(value.toString(), Qt::CaseInsensitive);
    case Op::StartsWith:
        return column.value(feature).toString().startsWith(value.toString(), Qt::CaseInsensitive);
    case Op::IsNull:
        return false;
    }
    return false;
}

} // namespace

bool Filter::matches(const FeatureSet &set, std::size_t feature) const
{
    auto partMatches = [&](const Filter &part) { return part.matches(set, feature); };
    switch (kind) {
    case Kind::Always:
        return true;
    case Kind::All:
        return std::ranges::all_of(parts, partMatches);
    case Kind::Any:
        return std::ranges::any_of(parts, partMatches);
    case Kind::Not:
        return parts.empty() || !parts.front().matches(set, feature);
    case Kind::Compare:
        break;
    }
    const auto *column = set.column(field);
    const bool null = !column || column->isNull(feature);
    if (op == Op::IsNull)
        return null;
    return !null && compares(*this, *column, feature);
}

QStringList Filter::fields() const
{
    QStringList result;
    if (kind == Kind::Compare)
        result << field;
    for (const auto &part : parts)
        result += part.fields();
    return result;
}

QStringList Style::fields() const
{
    QStringList result;
    auto addRotations = [&](const Symbol &symbol) {
        for (const auto &marker : symbol.markers)
            result << marker.rotationField;
    };
    if (kind == Kind::Categorised || kind == Kind::Graduated)
        result << field;
    for (const auto &c : classes) {
        if (kind == Kind::RuleBased)
            result += c.filter.fields();
        addRotations(c.symbol);
    }
    if (otherwise)
        addRotations(*otherwise);
    result << label.field;
    result.removeAll(QString());
    result.removeDuplicates();
    return result;
}

Style Style::plain(GeometryKind kind, int seed)
{
    // Muted colours that stay apart from each other and from the base map's greys
    static constexpr QRgb hues[] = {0x4a7fb0, 0xc98a3c, 0x5f9a6b, 0xa8627a, 0x7a72b0, 0x3f989c, 0xb0694a, 0x8a8f4a};
    const QColor color = QColor::fromRgb(hues[std::size_t(std::abs(seed)) % std::size(hues)]);
    Style style;
    StyleClass only;
    switch (kind) {
    case GeometryKind::Point:
        only.symbol.markers = {Marker{.size = 2.2, .fill = color}};
        break;
    case GeometryKind::Line:
        only.symbol.strokes = {Stroke{.color = color, .width = 0.5, .cap = Qt::RoundCap}};
        break;
    case GeometryKind::Polygon:
    case GeometryKind::None: {
        auto inner = color.lighter(135);
        inner.setAlpha(190);
        only.symbol.fills = {Fill{.color = inner}};
        only.symbol.strokes = {Stroke{.color = color.darker(125), .width = 0.2}};
        if (kind == GeometryKind::None) // mixed: a symbol for each kind
            only.symbol.markers = {Marker{.size = 2.2, .fill = color}};
    }
    }
    style.classes = {only};
    return style;
}

} // namespace hanseatlas
