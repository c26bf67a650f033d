// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/live/layerdimensions.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace hanseatlas
{

namespace
{

/** Instants of all the values, or none: an axis where one is no time cannot be put in order as time. */
std::optional<QHash<QString, qint64>> instantsOf(const QStringList &values)
{
    QHash<QString, qint64> instants;
    for (const auto &value : values) {
        const auto time = parseDimensionTime(value);
        if (!time)
            return {};
        instants.insert(value, time->toMSecsSinceEpoch());
    }
    return instants;
}

void sortTimes(LayerDimension &dimension)
{
    auto &values = dimension.values;
    values.removeAll(u"current"); // what is chosen when nothing is
    values.removeAll(u"present");
    const auto instants = instantsOf(values);
    if (!instants)
        return;
    std::ranges::stable_sort(values, {}, [&](const QString &value) { return instants->value(value); });
    for (const auto &value : std::as_const(values))
        dimension.instants.push_back(instants->value(value));
}

void sortNumbers(QStringList &values)
{
    auto isNumber = [](const QString &text) {
        bool ok = false;
        text.toDouble(&ok);
        return ok;
    };
    if (std::ranges::all_of(values, isNumber))
        std::ranges::stable_sort(values, {}, [](const QString &text) { return text.toDouble(); });
}

std::vector<LayerDimension> inOrder(std::vector<LayerDimension> dimensions)
{
    std::erase_if(dimensions, [](const auto &dimension) { return dimension.values.isEmpty(); });
    std::ranges::stable_partition(dimensions, [](const auto &dimension) { return dimension.isTime(); });
    return dimensions;
}

} // namespace

std::vector<LayerDimension> dimensionsOf(const std::vector<WmsDimension> &dimensions)
{
    std::vector<LayerDimension> all;
    for (const auto &dimension : dimensions) {
        LayerDimension own{.name = dimension.name,
                           .unit = dimension.isTime()           ? QString()
                               : dimension.unitSymbol.isEmpty() ? dimension.units
                                                                : dimension.unitSymbol,
                           .standard = dimension.defaultValue,
                           .values = dimensionValues(dimension),
                           .instants = {}};
        dimension.isTime() ? sortTimes(own) : sortNumbers(own.values);
        all.push_back(std::move(own));
    }
    return inOrder(std::move(all));
}

std::vector<LayerDimension> dimensionsOf(const std::vector<WmtsDimension> &dimensions)
{
    std::vector<LayerDimension> all;
    for (const auto &dimension : dimensions) {
        // WMTS says nothing of the kind of values; services list single values and, against the standard, ranges
        const bool time = dimension.id.compare(u"time", Qt::CaseInsensitive) == 0;
        WmsDimension listed{.name = time ? QStringLiteral("time") : dimension.id};
        listed.items = parseDimensionItems(dimension.values.join(u','), time);
        LayerDimension own{.name = dimension.id,
                           .unit = time ? QString() : dimension.unit,
                           .standard = dimension.defaultValue,
                           .values = dimensionValues(listed),
                           .instants = {}};
        time ? sortTimes(own) : sortNumbers(own.values);
        all.push_back(std::move(own));
    }
    return inOrder(std::move(all));
}

} // namespace hanseatlas
