// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measure.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace hanseatlas
{

struct StrategyTopic {
    QString id; ///< "O1", "D2", "it"
    QString title;
    QString note;
    QList<int> fields; ///< fields of action that the document names with it
    bool operator==(const StrategyTopic &) const = default;
};

struct FieldOfAction {
    enum class Kind { Enabler, Need };
    int number = 0;
    QString title;
    Kind kind = Kind::Enabler;
    bool operator==(const FieldOfAction &) const = default;
};

/** A stage of the governance process, and what must be so to reach it. */
struct GovernanceStage {
    enum class Checklist { Any, NonePointMet, SomePointMet };
    QString id;
    QString title;
    QString note;
    QStringList next; ///< stages that may follow
    Checklist checklist = Checklist::Any; ///< what the check before this stage must have found
    QStringList votes; ///< offices that must have said yes
    bool operator==(const GovernanceStage &) const = default;
};

struct ModelProject {
    QString title;
    QString funding;
    QString resolution;
    int field = 0;
    bool operator==(const ModelProject &) const = default;
};

/** What the strategy fixes: the same for all measures. */
struct StrategyFacts {
    QString title; ///< of the document
    QDate date;
    QStringList resolutions;
    QStringList vision;
    QStringList challenges;
    QList<StrategyTopic> dimensions;
    QList<StrategyTopic> goals;
    QList<StrategyTopic> classes;
    QList<FieldOfAction> fields;
    QList<ModelProject> modelProjects;
    QStringList checklist; ///< its points, for choosing; the document names none
    QList<GovernanceStage> stages;

    const FieldOfAction *field(int number) const; ///< null: unknown
    const GovernanceStage *stage(const QString &id) const; ///< null: unknown
    const StrategyTopic *goal(const QString &id) const; ///< null: unknown
    bool operator==(const StrategyFacts &) const = default;
};

/** Malformed also where a stage leads to one that there is not, or an id comes twice. `name`: of the file. */
Result<StrategyFacts> strategyFromJson(const QByteArray &json, const QString &name);

/** Measures of the program's own JSON, sorted by number. Malformed also where a number comes twice. */
Result<QList<Measure>> measuresFromJson(const QByteArray &json, const QString &name);
/** `source`: the member of the same name; may be empty. */
QByteArray measuresToJson(const QList<Measure> &measures, const QJsonObject &source = {});

} // namespace hanseatlas
