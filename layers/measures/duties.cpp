// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/duties.h"
#include "layers/measures/measurenumber.h"

#include <QSet>

#include <algorithm>

namespace hanseatlas
{

namespace
{

bool isLate(const Milestone &milestone, const QDate &today)
{
    return milestone.due.isValid() && milestone.due < today && !milestone.done.isValid();
}

bool endIsLate(const Measure &measure, const QDate &today)
{
    return measure.end.isValid() && measure.end < today && measure.phase != MeasurePhase::Running;
}

void addReport(const Measure &measure, const QDate &today, const DutyRules &rules, QList<Duty> &duties)
{
    Duty duty{.lead = measure.lead, .number = measure.number, .subject = measure.title};
    if (const auto *report = newestReport(measure)) {
        duty.since = report->at.date().addDays(rules.reportEveryDays);
        if (duty.since < today)
            duties.append(duty);
    } else if (!rules.firstReportBy.isValid() || rules.firstReportBy < today) {
        duty.since = rules.firstReportBy;
        duties.append(duty);
    }
}

bool dutyLess(const Duty &a, const Duty &b)
{
    if (a.lead != b.lead)
        return a.lead.isEmpty() != b.lead.isEmpty() ? b.lead.isEmpty() : a.lead.localeAwareCompare(b.lead) < 0;
    if (a.since != b.since)
        return a.since.isValid() && b.since.isValid() ? a.since < b.since : a.since.isValid();
    return numberLess(a.number, b.number);
}

} // namespace

const StatusReport *newestReport(const Measure &measure)
{
    QSet<QString> withdrawn;
    for (const auto &report : measure.reports)
        withdrawn.insert(report.withdraws);
    const StatusReport *newest = nullptr;
    for (const auto &report : measure.reports) {
        if (report.withdraws.isEmpty() && !withdrawn.contains(report.id) && (!newest || newest->at <= report.at))
            newest = &report;
    }
    return newest;
}

bool isOverdue(const Measure &measure, const QDate &today)
{
    return !measure.isFinished()
        && (endIsLate(measure, today)
            || std::ranges::any_of(measure.milestones, [&today](const auto &m) { return isLate(m, today); }));
}

QList<Duty> dutiesOf(const QList<Measure> &measures, const QDate &today, const DutyRules &rules)
{
    QList<Duty> duties;
    for (const auto &measure : measures) {
        if (measure.isFinished())
            continue;
        if (endIsLate(measure, today))
            duties.append({Duty::Kind::EndOverdue, measure.lead, measure.number, measure.title, measure.end});
        for (const auto &milestone : measure.milestones) {
            if (isLate(milestone, today))
                duties.append({Duty::Kind::MilestoneOverdue,
                               milestone.responsible.isEmpty() ? measure.lead : milestone.responsible, measure.number,
                               milestone.title, milestone.due});
        }
        addReport(measure, today, rules, duties);
    }
    std::ranges::stable_sort(duties, dutyLess);
    return duties;
}

} // namespace hanseatlas
