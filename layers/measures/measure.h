// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDate>
#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

/** A measure of the Digital Strategy and its parts: values. Money is in cents, percent are 0 … 100. */
namespace hanseatlas
{

/** How far the work itself is; the steps of the decision are the governance stages. */
enum class MeasurePhase {
    NotReported, ///< running or planned, nobody has reported yet: what the strategy leaves open
    NotStarted,
    Planning,
    Implementation,
    Running, ///< in lasting operation
    Paused,
    Done,
    Stopped,
};

enum class Vote { None, Yes, No };

/** A step of the governance process: the stage that was reached. */
struct GovernanceStep {
    QString stage; ///< id of a stage, see StrategyFacts
    QDate date;
    QString person;
    QString note;
    QStringList checklist; ///< points of the checklist that are met
    QMap<QString, Vote> votes; ///< by office: CDO, CIO …
    bool operator==(const GovernanceStep &) const = default;
};

/** Something to be done by a day. */
struct Milestone {
    QString title;
    QDate due; ///< may be invalid: open
    QDate done; ///< invalid: not yet
    QString responsible;
    bool task = false; ///< one of many small steps, no milestone
    bool operator==(const Milestone &) const = default;
};

struct Funding {
    QString source; ///< e.g. "MPSC 1.2.1"
    qint64 cents = 0;
    bool operator==(const Funding &) const = default;
};

struct Risk {
    QString title;
    int probability = 1; ///< 1 … 5
    int impact = 1; ///< 1 … 5
    QString answer; ///< what is done about it
    int score() const { return probability * impact; }
    bool operator==(const Risk &) const = default;
};

struct MeasureLink {
    enum class Kind { Page, Layer, Sensor, Indicator };
    Kind kind = Kind::Page;
    QString target; ///< a web address, or the id of a layer, sensor or indicator
    QString title;
    bool operator==(const MeasureLink &) const = default;
};

struct MeasurePlace {
    enum class Kind { None, WholeCity, District, Geometry };
    Kind kind = Kind::None;
    QString district; ///< the Stadtteil's name
    QByteArray wkb; ///< in EPSG:25832
    bool operator==(const MeasurePlace &) const = default;
};

/** What was reported on a day; never changed, at most withdrawn by a later one. */
struct StatusReport {
    QString id; ///< unique in its measure
    QDateTime at; ///< UTC
    QString person;
    QString text;
    MeasurePhase phase = MeasurePhase::NotReported;
    std::optional<int> progress;
    QString withdraws; ///< id of an earlier one that does not hold any more; "" = none
    bool operator==(const StatusReport &) const = default;
};

struct MeasureAttachment {
    QString title;
    QString reference; ///< where it lies; the store keeps no files
    bool operator==(const MeasureAttachment &) const = default;
};

struct Measure {
    QString number;
    QString title;
    QString description;
    int field = 0; ///< number of the field of action; 0 = none
    QString parent; ///< number; "" = none
    QString lead;
    QStringList partners;
    QStringList concepts;
    QStringList resolutions; ///< "VO/2020/08509"
    QString measureClass; ///< id, see StrategyFacts; "" = none
    QMap<QString, double> goals; ///< id → weight > 0
    QMap<QString, double> dimensions; ///< id → weight > 0
    QList<GovernanceStep> governance; ///< oldest first
    MeasurePhase phase = MeasurePhase::NotReported;
    std::optional<int> progress;
    QDate start, end;
    QList<Milestone> milestones;
    std::optional<qint64> budgetCents;
    QList<Funding> funding;
    QList<Risk> risks;
    QList<MeasureLink> links;
    MeasurePlace place;
    QList<StatusReport> reports; ///< oldest first; only ever longer
    QList<MeasureAttachment> attachments;

    /** Of the governance process; "" = the strategy does not tell. */
    QString stage() const { return governance.isEmpty() ? QString() : governance.last().stage; }
    bool isFinished() const { return phase == MeasurePhase::Done || phase == MeasurePhase::Stopped; }
    bool operator==(const Measure &) const = default;
};

} // namespace hanseatlas
