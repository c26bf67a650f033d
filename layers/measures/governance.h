// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/strategyfacts.h"

/** The governance process: which step may follow which. */
namespace hanseatlas
{

/** May this step be the next of these? Invalid, with the reason, where not. A measure without a stage may begin at any
 *  stage, as the strategy does not tell where it stands; beyond "idea" a note must say from where that is known. */
Status stepAllowed(const QList<GovernanceStep> &before, const GovernanceStep &step, const StrategyFacts &facts);

/** The history with the step at its end. */
Result<QList<GovernanceStep>> withStep(const QList<GovernanceStep> &before, const GovernanceStep &step,
                                       const StrategyFacts &facts);

/** Ids of stages that may follow, in the order of the process; for a measure without a stage all. What a stage needs
 *  (votes, checklist) is asked later. */
QStringList nextStages(const Measure &measure, const StrategyFacts &facts);

} // namespace hanseatlas
