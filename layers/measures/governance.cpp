// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/governance.h"
#include "layers/measures/measuretexts.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

std::unexpected<Error> refused(const QString &why)
{
    return failure(ErrorKind::Invalid, why);
}

/** What the check found: the points stand with the step "checklist" that came last, or with this one. */
QStringList pointsMet(const QList<GovernanceStep> &before, const GovernanceStep &step)
{
    return step.checklist.isEmpty() && !before.isEmpty() ? before.last().checklist : step.checklist;
}

Status needsMet(const QList<GovernanceStep> &before, const GovernanceStep &step, const GovernanceStage &stage)
{
    const bool anyPoint = !pointsMet(before, step).isEmpty();
    if (stage.checklist == GovernanceStage::Checklist::NonePointMet && anyPoint)
        return refused(
            MeasureTexts::tr("“%1” needs that no point of the checklist is met; one or more are.").arg(stage.title));
    if (stage.checklist == GovernanceStage::Checklist::SomePointMet && !anyPoint)
        return refused(MeasureTexts::tr("“%1” needs that a point of the checklist is met; none is.").arg(stage.title));
    for (const auto &office : stage.votes) {
        if (step.votes.value(office, Vote::None) != Vote::Yes)
            return refused(MeasureTexts::tr("“%1” needs the consent of %2.").arg(stage.title, office));
    }
    return {};
}

} // namespace

Status stepAllowed(const QList<GovernanceStep> &before, const GovernanceStep &step, const StrategyFacts &facts)
{
    const auto *stage = facts.stage(step.stage);
    if (!stage)
        return refused(MeasureTexts::tr("The governance process has no stage “%1”.").arg(step.stage.left(40)));
    if (!step.date.isValid())
        return refused(MeasureTexts::tr("The step to “%1” needs a date.").arg(stage->title));
    if (step.person.trimmed().isEmpty())
        return refused(MeasureTexts::tr("The step to “%1” needs the person who took it.").arg(stage->title));
    if (before.isEmpty()) {
        if (stage != &facts.stages.first() && step.note.trimmed().isEmpty())
            return refused(MeasureTexts::tr("A measure that begins at “%1” needs a note that says from where that is "
                                            "known.")
                               .arg(stage->title));
        return {};
    }
    const auto &last = before.last();
    const auto *from = facts.stage(last.stage);
    if (!from || !from->next.contains(step.stage))
        return refused(
            MeasureTexts::tr("“%1” does not lead to “%2”.").arg(from ? from->title : last.stage, stage->title));
    if (step.date < last.date)
        return refused(
            MeasureTexts::tr("The step to “%1” must not be older than the one before it.").arg(stage->title));
    return needsMet(before, step, *stage);
}

Result<QList<GovernanceStep>> withStep(const QList<GovernanceStep> &before, const GovernanceStep &step,
                                       const StrategyFacts &facts)
{
    if (const auto allowed = stepAllowed(before, step, facts); !allowed)
        return std::unexpected(allowed.error());
    return before + QList{step};
}

QStringList nextStages(const Measure &measure, const StrategyFacts &facts)
{
    QStringList all;
    const auto *now = facts.stage(measure.stage());
    for (const auto &stage : facts.stages) {
        if (measure.governance.isEmpty() || (now && now->next.contains(stage.id)))
            all.append(stage.id);
    }
    return all;
}

} // namespace hanseatlas
