// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measurecheck.h"
#include "layers/measures/governance.h"
#include "layers/measures/measurenumber.h"
#include "layers/measures/measuretexts.h"

#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestTitle = 1000;
constexpr qsizetype longestText = 200'000;
constexpr qsizetype mostEntries = 2000; ///< of one list
constexpr qsizetype largestPlace = 16 * 1024 * 1024;
constexpr qint64 mostCents = 100'000'000'000'000; ///< a billion of thousands of euros: a slip of the hand

class Findings
{
public:
    Findings(const Measure &measure, const StrategyFacts &facts)
        : m(measure)
        , m_facts(facts)
    {
        texts();
        topics();
        times();
        money();
        process();
        references();
    }
    QList<MeasureFinding> all;

private:
    void add(QLatin1StringView field, const QString &text) { all.append({m.number, field, text}); }

    void text(QLatin1StringView field, const QString &value, qsizetype most)
    {
        if (value.size() > most)
            add(field, MeasureTexts::tr("The text is longer than %1 characters.").arg(most));
    }

    template <class T>
    void count(QLatin1StringView field, const T &list)
    {
        if (list.size() > mostEntries)
            add(field, MeasureTexts::tr("There are more than %1 entries.").arg(mostEntries));
    }

    void texts()
    {
        if (!MeasureNumber::parse(m.number))
            add("number"_L1,
                MeasureTexts::tr("“%1” is no number of a measure, such as 4.10.1.").arg(m.number.left(40)));
        if (m.title.trimmed().isEmpty())
            add("title"_L1, MeasureTexts::tr("The title is missing."));
        text("title"_L1, m.title, longestTitle);
        text("description"_L1, m.description, longestText);
        text("lead"_L1, m.lead, longestTitle);
        count("partners"_L1, m.partners);
        count("concepts"_L1, m.concepts);
        count("resolutions"_L1, m.resolutions);
        static const QRegularExpression resolution(u"^VO/[0-9]{4}/[0-9]{5}(-[0-9]{2}){0,2}$"_s);
        for (const auto &number : m.resolutions) {
            if (!resolution.match(number).hasMatch())
                add("resolutions"_L1,
                    MeasureTexts::tr("“%1” is no number of a resolution, such as VO/2020/08509.").arg(number.left(40)));
        }
    }

    void weights(QLatin1StringView field, const QMap<QString, double> &weights, const QList<StrategyTopic> &known)
    {
        for (const auto &[id, weight] : weights.asKeyValueRange()) {
            if (std::ranges::find(known, id, &StrategyTopic::id) == known.end())
                add(field, MeasureTexts::tr("The strategy has no “%1”.").arg(id.left(40)));
            if (!std::isfinite(weight) || weight <= 0 || weight > 1000)
                add(field, MeasureTexts::tr("The weight of “%1” must be above 0 and at most 1000.").arg(id.left(40)));
        }
    }

    void topics()
    {
        if (m.field != 0 && !m_facts.field(m.field))
            add("field"_L1, MeasureTexts::tr("The strategy has no field of action %1.").arg(m.field));
        if (!m.measureClass.isEmpty()
            && std::ranges::find(m_facts.classes, m.measureClass, &StrategyTopic::id) == m_facts.classes.end())
            add("class"_L1, MeasureTexts::tr("The strategy has no “%1”.").arg(m.measureClass.left(40)));
        weights("goals"_L1, m.goals, m_facts.goals);
        weights("dimensions"_L1, m.dimensions, m_facts.dimensions);
    }

    void percent(QLatin1StringView field, const std::optional<int> &value)
    {
        if (value && (*value < 0 || *value > 100))
            add(field, MeasureTexts::tr("%1 % is not between 0 and 100.").arg(*value));
    }

    void date(QLatin1StringView field, const QDate &value)
    {
        if (value.isValid() && (value.year() < 1990 || value.year() > 2199))
            add(field, MeasureTexts::tr("The year %1 is not one of a measure.").arg(value.year()));
    }

    void times()
    {
        percent("progress"_L1, m.progress);
        date("start"_L1, m.start);
        date("end"_L1, m.end);
        if (m.start.isValid() && m.end.isValid() && m.end < m.start)
            add("end"_L1, MeasureTexts::tr("The end lies before the start."));
        count("milestones"_L1, m.milestones);
        for (const auto &milestone : m.milestones) {
            if (milestone.title.trimmed().isEmpty())
                add("milestones"_L1, MeasureTexts::tr("A milestone has no title."));
            date("milestones"_L1, milestone.due);
            date("milestones"_L1, milestone.done);
        }
    }

    void money()
    {
        if (m.budgetCents && (*m.budgetCents < 0 || *m.budgetCents > mostCents))
            add("budget"_L1, MeasureTexts::tr("The amount of money is negative or too large."));
        count("funding"_L1, m.funding);
        for (const auto &funding : m.funding) {
            if (funding.cents < 0 || funding.cents > mostCents)
                add("funding"_L1, MeasureTexts::tr("The amount of money is negative or too large."));
        }
        count("risks"_L1, m.risks);
        for (const auto &risk : m.risks) {
            if (risk.probability < 1 || risk.probability > 5 || risk.impact < 1 || risk.impact > 5)
                add("risks"_L1, MeasureTexts::tr("Probability and impact of a risk are 1 to 5."));
        }
    }

    void process()
    {
        count("governance"_L1, m.governance);
        for (qsizetype i = 0; i < std::min(m.governance.size(), mostEntries); ++i) {
            const auto allowed = stepAllowed(m.governance.first(i), m.governance[i], m_facts);
            if (!allowed)
                add("governance"_L1, allowed.error().what);
        }
        count("reports"_L1, m.reports);
        QSet<QString> ids;
        for (const auto &report : m.reports) {
            if (report.id.isEmpty() || ids.contains(report.id) || !report.at.isValid())
                add("reports"_L1, MeasureTexts::tr("A status report needs a name of its own and a time."));
            if (!report.withdraws.isEmpty() && !ids.contains(report.withdraws))
                add("reports"_L1, MeasureTexts::tr("A status report withdraws one that there is not."));
            ids.insert(report.id);
            percent("reports"_L1, report.progress);
            text("reports"_L1, report.text, longestText);
        }
    }

    void references()
    {
        count("links"_L1, m.links);
        for (const auto &link : m.links) {
            const QUrl url(link.target, QUrl::StrictMode);
            const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
            if (link.target.isEmpty())
                add("links"_L1, MeasureTexts::tr("A link leads nowhere."));
            else if (link.kind == MeasureLink::Kind::Page && (!web || url.host().isEmpty()))
                add("links"_L1, MeasureTexts::tr("“%1” is no address of a web page.").arg(link.target.left(80)));
        }
        count("attachments"_L1, m.attachments);
        const auto &place = m.place;
        if (place.kind == MeasurePlace::Kind::District && place.district.isEmpty())
            add("place"_L1, MeasureTexts::tr("The district is not named."));
        if ((place.kind == MeasurePlace::Kind::Geometry && place.wkb.size() < 9) || place.wkb.size() > largestPlace)
            add("place"_L1, MeasureTexts::tr("The place on the map cannot be read."));
    }

    const Measure &m;
    const StrategyFacts &m_facts;
};

} // namespace

QList<MeasureFinding> findingsOf(const Measure &measure, const StrategyFacts &facts)
{
    return Findings(measure, facts).all;
}

QList<MeasureFinding> treeFindings(const QHash<QString, QString> &parents, const QStringList &asked)
{
    QList<MeasureFinding> findings;
    for (const auto &number : asked) {
        QSet<QString> way{number};
        for (auto above = parents.value(number); !above.isEmpty(); above = parents.value(above)) {
            if (!parents.contains(above)) {
                if (parents.value(number) == above) // else it is told where it stands
                    findings.append(
                        {number, u"parent"_s, MeasureTexts::tr("There is no measure “%1”.").arg(above.left(40))});
                break;
            }
            if (way.contains(above)) {
                findings.append({number, u"parent"_s,
                                 MeasureTexts::tr("It is part of itself: the way up leads to “%1” again.").arg(above)});
                break;
            }
            way.insert(above);
        }
    }
    return findings;
}

Status noFindings(const QList<MeasureFinding> &findings)
{
    if (findings.isEmpty())
        return {};
    const auto &first = findings.first();
    QStringList all;
    for (const auto &finding : findings.first(std::min<qsizetype>(findings.size(), 20)))
        all.append(u"%1, %2: %3"_s.arg(finding.number, finding.field, finding.text));
    return failure(ErrorKind::Invalid, MeasureTexts::tr("Measure %1: %2").arg(first.number.left(40), first.text),
                   MeasureTexts::tr("Nothing was written. Correct it and try again."), all.join(u'\n'));
}

} // namespace hanseatlas
