// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/strategyfacts.h"

#include <QSet>

/** Measures along the time: which rows there are, and where days lie. Pure functions. */
namespace hanseatlas
{

struct TimelineRow {
    enum class Kind {
        Field, ///< heads the measures of a field of action
        Undated, ///< heads those that have neither dates nor milestones
        Measure,
    };
    Kind kind = Kind::Measure;
    int field = 0; ///< of action; -1: Undated and what it heads
    QString title;
    int count = 0; ///< headings: of measures below
    bool open = true; ///< headings: whether these are shown
    const Measure *measure = nullptr; ///< Measure; lives in the list that was given
    bool operator==(const TimelineRow &) const = default;
};

/** Fields in the strategy's order, in them the measures as they come; headings whose number is in `closed` (-1:
 * Undated) are shut. */
QList<TimelineRow> timelineRows(const QList<Measure> &measures, const StrategyFacts &facts, const QSet<int> &closed);

bool isDated(const Measure &measure); ///< it has a start, an end or a milestone with a day

/** From the first to the last day that any of them names and `today`, with some room at both sides; whole years. */
std::pair<QDate, QDate> timelineSpan(const QList<Measure> &measures, const QDate &today);

/** Days along a line. */
struct TimelineScale {
    static constexpr double widest = 12, narrowest = 0.05; ///< pixels of a day
    QDate first; ///< at 0
    double day = 0.5; ///< pixels
    double x(const QDate &date) const { return double(first.daysTo(date)) * day; }
    QDate at(double x) const; ///< the day that lies there
    bool operator==(const TimelineScale &) const = default;
};

struct TimelineTick {
    QDate day;
    QString text; ///< "" = too narrow for one
    bool major = false; ///< begins a year
    bool operator==(const TimelineTick &) const = default;
};

/** Beginnings of years, and where there is room of quarters or months, from `from` to `to`. */
QList<TimelineTick> timelineTicks(const TimelineScale &scale, const QDate &from, const QDate &to);

} // namespace hanseatlas
