// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/sensors/answerbuilder.h"

#include <QJsonObject>

#include <algorithm>
#include <bit>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct SameValue {
    std::size_t operator()(const Observation &o) const
    {
        return std::size_t(o.at) * 0x9e3779b97f4a7c15U ^ std::bit_cast<std::uint64_t>(o.value);
    }
    bool operator()(const Observation &a, const Observation &b) const { return a.at == b.at && a.value == b.value; }
};

std::int64_t dropDuplicates(Observations &observations)
{
    std::unordered_set<Observation, SameValue, SameValue> seen;
    seen.reserve(observations.size());
    return std::int64_t(std::erase_if(observations, [&](const Observation &o) { return !seen.insert(o).second; }));
}

} // namespace

void AnswerBuilder::add(Thing thing)
{
    if (thing.id.isEmpty()) {
        faults().add(Fault::BrokenMessage);
        return;
    }
    if (m_answer.things.size() >= mostThings) {
        faults().add(Fault::TooMuch);
        return;
    }
    if (thing.datastreams.size() > mostDatastreams) {
        faults().add(Fault::TooMuch, thing.datastreams.size() - mostDatastreams);
        thing.datastreams.resize(mostDatastreams);
    }
    m_answer.things.append(std::move(thing));
}

void AnswerBuilder::observe(const QString &stream, const QJsonValue &value, const QJsonValue &time, Quality quality)
{
    const auto number = readNumber(value, faults());
    if (!number)
        return;
    if (const auto span = readTime(time, m_rules, faults()))
        observe(stream, Observation{.at = span->at, .from = span->from, .value = *number, .quality = quality});
}

void AnswerBuilder::observe(const QString &stream, const Observation &observation)
{
    if (stream.isEmpty()) {
        faults().add(Fault::BrokenMessage);
        return;
    }
    if (full()) {
        faults().add(Fault::TooMuch);
        return;
    }
    ++m_count;
    m_answer.observations[stream].push_back(observation);
}

SensorAnswer AnswerBuilder::take()
{
    for (auto &observations : m_answer.observations)
        if (const auto dropped = dropDuplicates(observations); dropped > 0)
            faults().add(Fault::Duplicate, dropped);
    return std::move(m_answer);
}

void addProperties(QHash<QString, QString> &properties, const QJsonObject &object, const QString &prefix)
{
    for (auto it = object.begin(); it != object.end() && properties.size() < mostProperties; ++it) {
        const auto key = (prefix + it.key()).left(longestSensorId);
        if (it.value().isObject() && prefix.isEmpty()) // one level: beyond it nobody reads
            addProperties(properties, it.value().toObject(), key + u'.');
        else if (const auto text = readText(it.value()); !text.isEmpty())
            properties.insert(key, text);
    }
}

} // namespace hanseatlas
