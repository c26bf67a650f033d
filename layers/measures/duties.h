// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"

/** What is to be done, derived from the measures and the day. */
namespace hanseatlas
{

struct Duty {
    enum class Kind {
        EndOverdue, ///< the measure should have ended
        MilestoneOverdue,
        ReportMissing, ///< none ever, or none for long
    };
    Kind kind = Kind::ReportMissing;
    QString lead; ///< who has to do it; "" = nobody is named
    QString number;
    QString subject; ///< the milestone's title; else the measure's
    QDate since; ///< the day it was due; invalid: there was no day
    bool operator==(const Duty &) const = default;
};

struct DutyRules {
    int reportEveryDays = 180;
    QDate firstReportBy; ///< until then nobody who never reported is reminded; invalid: at once
};

/** Sorted by lead, then oldest first; what is finished owes nothing. `today` is given from outside. */
QList<Duty> dutiesOf(const QList<Measure> &measures, const QDate &today, const DutyRules &rules = {});

bool isOverdue(const Measure &measure, const QDate &today); ///< its end or one of its milestones

/** The newest report that holds; null: none. */
const StatusReport *newestReport(const Measure &measure);

} // namespace hanseatlas
