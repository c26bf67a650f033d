// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/index/formula.h"
#include "layers/index/indexscores.h"

#include <QDate>
#include <QMap>

/** What is measured, and how the index is made of it: read from resources/strategy/index or a file of the same form. */
namespace hanseatlas
{

/** Where an indicator's values come from. */
struct IndicatorSource {
    enum class Kind {
        None, ///< nobody delivers it yet
        Measures, ///< of the measures: `operation` "progress" or "reported", of a `field` or a `goal`, else of all
        Series, ///< a stored time series, named by `what`
        Layer, ///< of the layer with the title `what`: `operation` "count", "area", "share" or "mean" of `column`
        Table, ///< a column of a table: `what`
        Formula, ///< of other indicators
    };
    Kind kind = Kind::None;
    QString what;
    QString operation;
    QString column;
    int field = 0;
    QString goal;
    Formula formula;
};

struct Indicator {
    enum class Level { City, District };
    QString id; ///< letters, digits, _ and .
    QString title;
    QString note; ///< how it is meant, in own words
    QString unit;
    bool lessIsBetter = false;
    IndicatorSource source;
    QString period; ///< "month", "quarter" or "year"
    std::optional<double> target;
    QDate targetDate; ///< invalid: none
    std::optional<double> low, high; ///< goalposts
    Level level = Level::City;
    QMap<QString, double> goals; ///< id → weight > 0
    QList<int> fields; ///< of action
    QStringList codes; ///< "SDG 11.6.2", "ISO 37120 8.1"
    QString licence;
    QString responsible; ///< the unit in charge; "" = not settled
};

struct IndexDefinition {
    QString title;
    QString note; ///< on the whole, for people: e.g. that goalposts are preliminary
    int revision = 1; ///< counts up when the method changes, so that series are not compared across it
    IndexMethod method;
    QList<IndexGoal> goals;
    QList<Indicator> indicators;

    const Indicator *indicator(const QString &id) const; ///< null: unknown
};

/** Malformed, with the indicator's id, where something is missing, unknown or comes twice, where goalposts are equal, a
 *  goal is unknown, or formulas go in a circle or name what there is not. `name`: of the file. */
Result<IndexDefinition> indexFromJson(const QByteArray &json, const QString &name);

/** For the calculation: a part per indicator and goal, called "indicator/goal". */
IndexSetup setupOf(const IndexDefinition &definition);

/** Ids so that each comes after those that its formula needs. */
QStringList orderOfFormulas(const IndexDefinition &definition);

} // namespace hanseatlas
