// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measurefilter.h"
#include "layers/catalogue/searchtext.h"
#include "layers/measures/duties.h"
#include "layers/measures/measurejson.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QJsonArray sorted(const QSet<QString> &set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return QJsonArray::fromStringList(list);
}

QSet<QString> texts(const QJsonValue &array)
{
    QSet<QString> set;
    for (const auto &entry : array.toArray())
        set.insert(entry.toString());
    return set;
}

bool anyGoal(const QSet<QString> &wanted, const QMap<QString, double> &goals)
{
    return goals.isEmpty() ? wanted.contains(QString())
                           : std::ranges::any_of(goals.keys(), [&](const auto &goal) { return wanted.contains(goal); });
}

} // namespace

QJsonObject toJson(const SavedFilter &saved)
{
    const auto &filter = saved.filter;
    std::vector<int> numbers(filter.fields.begin(), filter.fields.end());
    std::ranges::sort(numbers);
    QJsonArray fields;
    for (const int number : numbers)
        fields.append(number);
    QSet<QString> phases;
    for (const auto phase : filter.phases)
        phases.insert(phaseKey(phase));
    return {{u"name"_s, saved.name},
            {u"text"_s, filter.text},
            {u"fields"_s, fields},
            {u"leads"_s, sorted(filter.leads)},
            {u"stages"_s, sorted(filter.stages)},
            {u"phases"_s, sorted(phases)},
            {u"goals"_s, sorted(filter.goals)},
            {u"overdueOnly"_s, filter.overdueOnly}};
}

Result<SavedFilter> savedFilterFromJson(const QJsonObject &json)
{
    SavedFilter saved{.name = json["name"_L1].toString()};
    if (saved.name.trimmed().isEmpty())
        return failure(ErrorKind::Malformed, MeasureTexts::tr("A saved filter has no name."));
    auto &filter = saved.filter;
    filter.text = json["text"_L1].toString();
    for (const auto &field : json["fields"_L1].toArray())
        filter.fields.insert(field.toInt());
    filter.leads = texts(json["leads"_L1]);
    filter.stages = texts(json["stages"_L1]);
    filter.goals = texts(json["goals"_L1]);
    for (const auto &key : texts(json["phases"_L1])) {
        const auto phase = phaseFromKey(key);
        if (!phase)
            return failure(ErrorKind::Malformed,
                           MeasureTexts::tr("The saved filter “%1” names a phase that there is not.").arg(saved.name));
        filter.phases.insert(*phase);
    }
    filter.overdueOnly = json["overdueOnly"_L1].toBool();
    return saved;
}

QByteArray searchedText(const Measure &measure)
{
    QStringList all{measure.number, measure.title, measure.description, measure.lead};
    all << measure.partners << measure.concepts << measure.resolutions << measure.place.district;
    for (const auto &step : measure.governance)
        all << step.person << step.note;
    for (const auto &milestone : measure.milestones)
        all << milestone.title << milestone.responsible;
    for (const auto &funding : measure.funding)
        all << funding.source;
    for (const auto &risk : measure.risks)
        all << risk.title << risk.answer;
    for (const auto &link : measure.links)
        all << link.title << link.target;
    for (const auto &report : measure.reports)
        all << report.person << report.text;
    for (const auto &attachment : measure.attachments)
        all << attachment.title << attachment.reference;
    return folded(all.join(u'\n'));
}

bool matches(const MeasureFilter &filter, const Measure &measure, const QDate &today)
{
    return (filter.fields.isEmpty() || filter.fields.contains(measure.field))
        && (filter.leads.isEmpty() || filter.leads.contains(measure.lead))
        && (filter.stages.isEmpty() || filter.stages.contains(measure.stage()))
        && (filter.phases.isEmpty() || filter.phases.contains(measure.phase))
        && (filter.goals.isEmpty() || anyGoal(filter.goals, measure.goals))
        && (!filter.overdueOnly || isOverdue(measure, today));
}

bool containsAll(const QByteArray &searched, const QByteArrayList &words)
{
    return std::ranges::all_of(words, [&searched](const auto &word) { return searched.contains(word); });
}

} // namespace hanseatlas
