// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/model/result.h"

#include <QByteArrayList>
#include <QJsonObject>
#include <QSet>

namespace hanseatlas
{

/** Which measures are shown: all conditions that are set must hold; within one, any of its values. */
struct MeasureFilter {
    QString text; ///< each word must stand somewhere in the measure
    QSet<int> fields;
    QSet<QString> leads;
    QSet<QString> stages; ///< "" = without a stage
    QSet<MeasurePhase> phases;
    QSet<QString> goals; ///< "" = without a goal
    bool overdueOnly = false;

    bool isEmpty() const { return *this == MeasureFilter(); }
    bool operator==(const MeasureFilter &) const = default;
};

/** A filter with a name, for keeping. */
struct SavedFilter {
    QString name;
    MeasureFilter filter;
    bool operator==(const SavedFilter &) const = default;
};

QJsonObject toJson(const SavedFilter &filter);
Result<SavedFilter> savedFilterFromJson(const QJsonObject &json);

/** All texts of a measure, folded for the search: case, accents and umlauts do not count. */
QByteArray searchedText(const Measure &measure);
/** All conditions but the text, which is looked for in searchedText(). */
bool matches(const MeasureFilter &filter, const Measure &measure, const QDate &today);
bool containsAll(const QByteArray &searched, const QByteArrayList &words);

} // namespace hanseatlas
