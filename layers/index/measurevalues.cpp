// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/index/measurevalues.h"

#include "layers/index/indextexts.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

std::optional<double> measured(const IndicatorSource &source, const QList<Measure> &measures)
{
    double sum = 0;
    int stated = 0, all = 0;
    for (const auto &measure : measures) {
        if ((source.field != 0 && measure.field != source.field)
            || (!source.goal.isEmpty() && !measure.goals.contains(source.goal)))
            continue;
        ++all;
        if (source.operation == "reported"_L1) {
            sum += measure.phase != MeasurePhase::NotReported ? 100 : 0;
            ++stated;
        } else if (source.operation == "progress"_L1 && measure.progress) {
            sum += *measure.progress;
            ++stated;
        }
    }
    return all > 0 && stated > 0 ? std::optional(sum / stated) : std::nullopt;
}

} // namespace

QHash<QString, IndicatorValue> valuesFromMeasures(const IndexDefinition &definition, const QList<Measure> &measures,
                                                  const QString &period, const QString &source)
{
    QHash<QString, IndicatorValue> values;
    for (const auto &one : definition.indicators) {
        if (one.source.kind != IndicatorSource::Kind::Measures)
            continue;
        if (const auto value = measured(one.source, measures))
            values.insert(one.id, {*value, period, source, one.licence, false});
    }
    return values;
}

IndexValues columnOf(const IndexDefinition &definition, const QString &area,
                     const QHash<QString, IndicatorValue> &values, QStringList &notes)
{
    QHash<QString, double> known;
    const auto valueOf = [&known](const QString &id) {
        const auto it = known.constFind(id);
        return it == known.cend() ? std::nullopt : std::optional(*it);
    };
    for (const auto &id : orderOfFormulas(definition)) {
        const auto *one = definition.indicator(id);
        if (one->source.kind != IndicatorSource::Kind::Formula) {
            if (const auto it = values.constFind(id); it != values.cend())
                known.insert(id, it->value);
            continue;
        }
        const auto worked = one->source.formula.value(valueOf);
        if (!worked)
            notes.append(IndexTexts::tr("%1: %2").arg(one->title, worked.error().what));
        else if (*worked)
            known.insert(id, **worked);
    }
    IndexValues column{.areas = {area}, .values = {}};
    for (const auto &one : definition.indicators) {
        for (qsizetype i = 0; i < one.goals.size(); ++i) // as setupOf() has its parts
            column.values.push_back(known.value(one.id, std::numeric_limits<double>::quiet_NaN()));
    }
    return column;
}

} // namespace hanseatlas
