// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/maptime.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <limits>
#include <optional>

namespace hanseatlas
{

namespace
{

template <class Fits>
const LayerDimension *firstDimension(const Layer &layer, Fits fits)
{
    if (!layer.data)
        return nullptr;
    const auto &all = layer.data->description.dimensions;
    const auto found = std::ranges::find_if(all, fits);
    return found == all.end() ? nullptr : &*found;
}

/** That is chosen, else what the service shows by itself. */
qint64 instantOf(const Layer &layer, const LayerDimension &time)
{
    const auto place = time.values.indexOf(layer.dimensions.value(time.name));
    return place < 0 ? time.standardInstant() : time.instants[std::size_t(place)];
}

} // namespace

const LayerDimension *dimensionOf(const Layer &layer, const QString &name)
{
    return firstDimension(layer, [&](const LayerDimension &dimension) { return dimension.name == name; });
}

const LayerDimension *timeOf(const Layer &layer)
{
    return firstDimension(layer, &LayerDimension::isTime);
}

std::vector<qint64> timeSteps(std::span<const Layer> layers)
{
    std::vector<qint64> steps;
    for (const auto &layer : layers) {
        if (const auto *time = timeOf(layer))
            steps.insert(steps.end(), time->instants.begin(), time->instants.end());
    }
    std::ranges::sort(steps);
    const auto doubles = std::ranges::unique(steps);
    steps.erase(doubles.begin(), doubles.end());
    return steps;
}

Dimensions choiceAt(const Layer &layer, qint64 instant)
{
    auto choice = layer.dimensions;
    if (const auto *time = timeOf(layer))
        choice.insert(time->name, time->valueAt(instant));
    return choice;
}

Dimensions choiceWithoutTime(const Layer &layer)
{
    auto choice = layer.dimensions;
    if (const auto *time = timeOf(layer))
        choice.remove(time->name);
    return choice;
}

qint64 shownInstant(std::span<const Layer> layers)
{
    std::optional<qint64> chosen, standard;
    for (const auto &layer : layers) {
        const auto *time = timeOf(layer);
        if (!time)
            continue;
        auto &latest = layer.dimensions.contains(time->name) ? chosen : standard;
        latest = std::max(latest.value_or(std::numeric_limits<qint64>::min()), instantOf(layer, *time));
    }
    return chosen.value_or(standard.value_or(0));
}

bool hasChosenTime(std::span<const Layer> layers)
{
    return std::ranges::any_of(layers, [](const Layer &layer) {
        const auto *time = timeOf(layer);
        return time && layer.dimensions.contains(time->name);
    });
}

std::vector<LayerDimension> otherDimensions(std::span<const Layer> layers)
{
    std::vector<LayerDimension> others;
    for (const auto &layer : layers) {
        if (!layer.data)
            continue;
        for (const auto &dimension : layer.data->description.dimensions) {
            if (dimension.isTime())
                continue;
            const auto known = std::ranges::find(others, dimension.name, &LayerDimension::name);
            if (known == others.end()) {
                others.push_back(dimension);
                continue;
            }
            known->values += dimension.values;
            known->values.removeDuplicates();
        }
    }
    return others;
}

QString instantText(std::span<const Layer> layers, qint64 instant)
{
    QString written;
    for (const auto &layer : layers) {
        const auto *time = timeOf(layer);
        const auto place = time ? std::ranges::find(time->instants, instant) : std::vector<qint64>::const_iterator();
        if (!time || place == time->instants.end())
            continue;
        const auto value = time->values[place - time->instants.begin()];
        if (value.size() > written.size()) // the most exact one
            written = value;
    }
    constexpr int asYear = 4, asMonth = 7; // "2024", "2024-05"
    const auto utc = QDateTime::fromMSecsSinceEpoch(instant, QTimeZone::UTC);
    const QLocale locale;
    if (written.contains(u'T'))
        return locale.toString(utc.toLocalTime(), QLocale::ShortFormat);
    if (written.size() == asYear)
        return QString::number(utc.date().year()); // no separators of thousands
    if (written.size() == asMonth)
        return locale.toString(utc.date(), QStringLiteral("MMMM yyyy"));
    return locale.toString(utc.date(), QLocale::ShortFormat);
}

} // namespace hanseatlas
