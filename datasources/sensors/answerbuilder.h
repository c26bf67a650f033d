// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/sensors/reading.h"

namespace hanseatlas
{

inline constexpr qsizetype mostThings = 200'000; ///< in one answer
inline constexpr qsizetype mostDatastreams = 2'000; ///< of one Thing
inline constexpr qsizetype mostObservations = 1'000'000; ///< in one answer
inline constexpr qsizetype mostProperties = 100; ///< of one Thing

/** Gathers an answer and keeps its limits: what is beyond them is counted and left out. */
class AnswerBuilder
{
public:
    explicit AnswerBuilder(const ReadingRules &rules)
        : m_rules(rules)
    {
    }

    const ReadingRules &rules() const { return m_rules; }
    FaultTally &faults() { return m_answer.faults; }

    void add(Thing thing); ///< without id: a broken message
    /** One value; broken ones are counted. The same time and value again is a duplicate. */
    void observe(const QString &stream, const QJsonValue &value, const QJsonValue &time,
                 Quality quality = Quality::Unchecked);
    void observe(const QString &stream, const Observation &observation);
    bool full() const { return m_count >= mostObservations; }

    SensorAnswer take(); ///< ends it

private:
    ReadingRules m_rules;
    SensorAnswer m_answer;
    qsizetype m_count = 0;
};

/** Plain members of an object into what people are told of a Thing; objects in it with their path ("owner.name"). */
void addProperties(QHash<QString, QString> &properties, const QJsonObject &object, const QString &prefix = {});

} // namespace hanseatlas
