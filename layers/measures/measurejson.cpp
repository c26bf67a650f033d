// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/measures/measurejson.h"
#include "layers/measures/measuretexts.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::array fields{
    MeasureField{"number", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Number"), CellKind::Text},
    MeasureField{"title", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Title"), CellKind::Text},
    MeasureField{"description", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Description"), CellKind::Text},
    MeasureField{"field", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Field of action"), CellKind::Whole},
    MeasureField{"parent", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Part of"), CellKind::Text},
    MeasureField{"lead", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Lead"), CellKind::Text},
    MeasureField{"partners", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Partners"), CellKind::List},
    MeasureField{"concepts", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Concepts"), CellKind::List},
    MeasureField{"resolutions", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Resolutions"), CellKind::List},
    MeasureField{"class", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Class"), CellKind::Text},
    MeasureField{"goals", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Goals"), CellKind::Weights},
    MeasureField{"dimensions", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Dimensions"), CellKind::Weights},
    MeasureField{"governance", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Governance stages"), CellKind::Json},
    MeasureField{"phase", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Phase"), CellKind::Phase},
    MeasureField{"progress", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Progress (%)"), CellKind::Whole},
    MeasureField{"start", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Start"), CellKind::Date},
    MeasureField{"end", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "End"), CellKind::Date},
    MeasureField{"milestones", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Milestones and tasks"), CellKind::Json},
    MeasureField{"budget", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Budget (EUR)"), CellKind::Money},
    MeasureField{"funding", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Funding"), CellKind::Json},
    MeasureField{"risks", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Risks"), CellKind::Json},
    MeasureField{"links", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Links"), CellKind::Json},
    MeasureField{"place", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Place"), CellKind::Place},
    MeasureField{"reports", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Status reports"), CellKind::Json},
    MeasureField{"attachments", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Attachments"), CellKind::Json},
};

struct PhaseName {
    const char *key;
    const char *title;
};
constexpr std::array<PhaseName, phaseCount> phases{{
    {"notReported", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Running or planned, no report yet")},
    {"notStarted", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Not started")},
    {"planning", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Planning")},
    {"implementation", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Implementation")},
    {"running", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "In operation")},
    {"paused", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Paused")},
    {"done", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Done")},
    {"stopped", QT_TRANSLATE_NOOP("hanseatlas::MeasureTexts", "Stopped")},
}};

constexpr std::array linkKinds{"page", "layer", "sensor", "indicator"};
constexpr std::array votes{"none", "yes", "no"};
constexpr std::array placeKinds{"none", "city", "district", "geometry"};

/** Only what says something is written. */
void put(QJsonObject &json, QLatin1StringView key, const QString &value)
{
    if (!value.isEmpty())
        json[key] = value;
}

void put(QJsonObject &json, QLatin1StringView key, const QDate &value)
{
    if (value.isValid())
        json[key] = value.toString(Qt::ISODate);
}

void put(QJsonObject &json, QLatin1StringView key, const QStringList &value)
{
    if (!value.isEmpty())
        json[key] = QJsonArray::fromStringList(value);
}

void put(QJsonObject &json, QLatin1StringView key, const QMap<QString, double> &weights)
{
    QJsonObject object;
    for (const auto &[id, weight] : weights.asKeyValueRange())
        object[id] = weight;
    if (!object.isEmpty())
        json[key] = object;
}

template <class T>
void put(QJsonObject &json, QLatin1StringView key, const QList<T> &values, QJsonObject (*write)(const T &))
{
    QJsonArray array;
    for (const auto &value : values)
        array.append(write(value));
    if (!array.isEmpty())
        json[key] = array;
}

QJsonObject writeStep(const GovernanceStep &step)
{
    QJsonObject json{{u"stage"_s, step.stage}};
    put(json, "date"_L1, step.date);
    put(json, "person"_L1, step.person);
    put(json, "note"_L1, step.note);
    put(json, "checklist"_L1, step.checklist);
    QJsonObject given;
    for (const auto &[office, vote] : step.votes.asKeyValueRange())
        given[office] = QLatin1StringView(votes[std::size_t(vote)]);
    if (!given.isEmpty())
        json["votes"_L1] = given;
    return json;
}

QJsonObject writeMilestone(const Milestone &milestone)
{
    QJsonObject json{{u"title"_s, milestone.title}};
    put(json, "due"_L1, milestone.due);
    put(json, "done"_L1, milestone.done);
    put(json, "responsible"_L1, milestone.responsible);
    if (milestone.task)
        json["task"_L1] = true;
    return json;
}

QJsonObject writeFunding(const Funding &funding)
{
    return {{u"source"_s, funding.source}, {u"cents"_s, funding.cents}};
}

QJsonObject writeRisk(const Risk &risk)
{
    QJsonObject json{{u"title"_s, risk.title}, {u"probability"_s, risk.probability}, {u"impact"_s, risk.impact}};
    put(json, "answer"_L1, risk.answer);
    return json;
}

QJsonObject writeLink(const MeasureLink &link)
{
    QJsonObject json{{u"kind"_s, QLatin1StringView(linkKinds[std::size_t(link.kind)])}, {u"target"_s, link.target}};
    put(json, "title"_L1, link.title);
    return json;
}

QJsonObject writeReport(const StatusReport &report)
{
    QJsonObject json{{u"id"_s, report.id}, {u"at"_s, report.at.toUTC().toString(Qt::ISODateWithMs)}};
    put(json, "person"_L1, report.person);
    put(json, "text"_L1, report.text);
    put(json, "withdraws"_L1, report.withdraws);
    if (report.phase != MeasurePhase::NotReported)
        json["phase"_L1] = phaseKey(report.phase);
    if (report.progress)
        json["progress"_L1] = *report.progress;
    return json;
}

QJsonObject writeAttachment(const MeasureAttachment &attachment)
{
    QJsonObject json{{u"reference"_s, attachment.reference}};
    put(json, "title"_L1, attachment.title);
    return json;
}

void putPlace(QJsonObject &json, const MeasurePlace &place)
{
    if (place.kind == MeasurePlace::Kind::None)
        return;
    QJsonObject object{{u"kind"_s, QLatin1StringView(placeKinds[std::size_t(place.kind)])}};
    put(object, "district"_L1, place.district);
    if (!place.wkb.isEmpty())
        object["wkb"_L1] = QString::fromLatin1(place.wkb.toHex());
    json["place"_L1] = object;
}

/** Takes members out one by one and remembers the first that is wrong. */
class Members
{
public:
    Members(const QJsonObject &json, QString path, QString &problem)
        : m_json(json)
        , m_path(std::move(path))
        , m_problem(problem)
    {
    }
    ~Members()
    {
        if (!m_json.isEmpty())
            wrong(m_json.begin().key());
    }
    Members(const Members &) = delete;
    Members &operator=(const Members &) = delete;

    void take(QLatin1StringView key, QString &value)
    {
        const auto json = m_json.take(key);
        if (json.isString())
            value = json.toString();
        else if (!json.isUndefined())
            wrong(key);
    }
    void take(QLatin1StringView key, bool &value)
    {
        const auto json = m_json.take(key);
        if (json.isBool())
            value = json.toBool();
        else if (!json.isUndefined())
            wrong(key);
    }
    void take(QLatin1StringView key, QDate &value)
    {
        QString text;
        take(key, text);
        value = text.isEmpty() ? QDate() : QDate::fromString(text, Qt::ISODate);
        if (!text.isEmpty() && !value.isValid())
            wrong(key);
    }
    void take(QLatin1StringView key, QDateTime &value)
    {
        QString text;
        take(key, text);
        value = QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
        if (!text.isEmpty() && !value.isValid())
            wrong(key);
    }
    void take(QLatin1StringView key, std::optional<qint64> &value)
    {
        const auto json = m_json.take(key);
        if (json.isUndefined())
            return;
        constexpr qint64 none = std::numeric_limits<qint64>::min();
        const auto whole = json.toInteger(none); // none where it is no number, or no whole one
        if (whole == none)
            wrong(key);
        else
            value = whole;
    }
    void take(QLatin1StringView key, qint64 &value)
    {
        std::optional<qint64> read;
        take(key, read);
        value = read.value_or(value);
    }
    void take(QLatin1StringView key, std::optional<int> &value)
    {
        std::optional<qint64> read;
        take(key, read);
        if (read && *read != int(*read))
            wrong(key);
        else if (read)
            value = int(*read);
    }
    void take(QLatin1StringView key, int &value)
    {
        std::optional<int> read;
        take(key, read);
        value = read.value_or(value);
    }
    void take(QLatin1StringView key, QStringList &value)
    {
        for (const auto &entry : array(key)) {
            if (!entry.isString())
                wrong(key);
            value.append(entry.toString());
        }
    }
    void take(QLatin1StringView key, QMap<QString, double> &weights)
    {
        const auto members = object(key);
        for (auto it = members.begin(); it != members.end(); ++it) {
            if (!it->isDouble())
                wrong(key);
            weights[it.key()] = it->toDouble();
        }
    }
    void take(QLatin1StringView key, MeasurePhase &phase)
    {
        QString text;
        take(key, text);
        const auto read = text.isEmpty() ? MeasurePhase::NotReported : phaseFromKey(text);
        if (!read)
            wrong(key);
        phase = read.value_or(MeasurePhase::NotReported);
    }
    template <class Enum, std::size_t count>
    void take(QLatin1StringView key, Enum &value, const std::array<const char *, count> &names)
    {
        QString text;
        take(key, text);
        value = named<Enum>(key, text, names);
    }
    template <class Enum, std::size_t count>
    Enum named(QLatin1StringView key, const QString &text, const std::array<const char *, count> &names)
    {
        for (std::size_t i = 0; i < count; ++i) {
            if (text == QLatin1StringView(names[i]))
                return Enum(i);
        }
        wrong(key);
        return Enum(0);
    }
    template <class T>
    void take(QLatin1StringView key, QList<T> &values, void (*read)(Members &, T &))
    {
        int row = 0;
        for (const auto &entry : array(key)) {
            if (!entry.isObject())
                wrong(key);
            Members members(entry.toObject(), u"%1%2[%3]."_s.arg(m_path, key).arg(row++), m_problem);
            T value;
            read(members, value);
            values.append(value);
        }
    }
    QJsonObject object(QLatin1StringView key)
    {
        const auto json = m_json.take(key);
        if (!json.isUndefined() && !json.isObject())
            wrong(key);
        return json.toObject();
    }
    void wrong(const QString &key)
    {
        if (m_problem.isEmpty())
            m_problem = m_path + key;
    }
    QString &problem() { return m_problem; }

private:
    QJsonArray array(QLatin1StringView key)
    {
        const auto json = m_json.take(key);
        if (!json.isUndefined() && !json.isArray())
            wrong(key);
        return json.toArray();
    }

    QJsonObject m_json;
    QString m_path;
    QString &m_problem;
};

void readStep(Members &members, GovernanceStep &step)
{
    members.take("stage"_L1, step.stage);
    members.take("date"_L1, step.date);
    members.take("person"_L1, step.person);
    members.take("note"_L1, step.note);
    members.take("checklist"_L1, step.checklist);
    const auto given = members.object("votes"_L1);
    for (auto it = given.begin(); it != given.end(); ++it)
        step.votes[it.key()] = members.named<Vote>("votes"_L1, it->toString(), votes);
}

void readMilestone(Members &members, Milestone &milestone)
{
    members.take("title"_L1, milestone.title);
    members.take("due"_L1, milestone.due);
    members.take("done"_L1, milestone.done);
    members.take("responsible"_L1, milestone.responsible);
    members.take("task"_L1, milestone.task);
}

void readFunding(Members &members, Funding &funding)
{
    members.take("source"_L1, funding.source);
    members.take("cents"_L1, funding.cents);
}

void readRisk(Members &members, Risk &risk)
{
    members.take("title"_L1, risk.title);
    members.take("probability"_L1, risk.probability);
    members.take("impact"_L1, risk.impact);
    members.take("answer"_L1, risk.answer);
}

void readLink(Members &members, MeasureLink &link)
{
    members.take("kind"_L1, link.kind, linkKinds);
    members.take("target"_L1, link.target);
    members.take("title"_L1, link.title);
}

void readReport(Members &members, StatusReport &report)
{
    members.take("id"_L1, report.id);
    members.take("at"_L1, report.at);
    members.take("person"_L1, report.person);
    members.take("text"_L1, report.text);
    members.take("withdraws"_L1, report.withdraws);
    members.take("phase"_L1, report.phase);
    members.take("progress"_L1, report.progress);
}

void readAttachment(Members &members, MeasureAttachment &attachment)
{
    members.take("reference"_L1, attachment.reference);
    members.take("title"_L1, attachment.title);
}

void readPlace(Members &members, MeasurePlace &place)
{
    const auto json = members.object("place"_L1);
    if (json.isEmpty())
        return;
    Members parts(json, u"place."_s, members.problem());
    QString hex;
    parts.take("kind"_L1, place.kind, placeKinds);
    parts.take("district"_L1, place.district);
    parts.take("wkb"_L1, hex);
    place.wkb = QByteArray::fromHex(hex.toLatin1());
    if (place.wkb.toHex() != hex.toLatin1())
        parts.wrong(u"wkb"_s);
}

} // namespace

std::span<const MeasureField> measureFields()
{
    return fields;
}

const MeasureField *measureField(QStringView key)
{
    const auto it =
        std::ranges::find_if(fields, [key](const auto &field) { return key == QLatin1StringView(field.key); });
    return it == fields.end() ? nullptr : &*it;
}

QString fieldTitle(const MeasureField &field)
{
    return MeasureTexts::tr(field.title);
}

QString phaseKey(MeasurePhase phase)
{
    return QString::fromLatin1(phases[std::size_t(phase)].key);
}

std::optional<MeasurePhase> phaseFromKey(const QString &key)
{
    for (std::size_t i = 0; i < phases.size(); ++i) {
        if (key == QLatin1StringView(phases[i].key))
            return MeasurePhase(i);
    }
    return std::nullopt;
}

QString phaseTitle(MeasurePhase phase)
{
    return MeasureTexts::tr(phases[std::size_t(phase)].title);
}

QJsonObject toJson(const Measure &m)
{
    QJsonObject json;
    put(json, "number"_L1, m.number);
    put(json, "title"_L1, m.title);
    put(json, "description"_L1, m.description);
    if (m.field != 0)
        json["field"_L1] = m.field;
    put(json, "parent"_L1, m.parent);
    put(json, "lead"_L1, m.lead);
    put(json, "partners"_L1, m.partners);
    put(json, "concepts"_L1, m.concepts);
    put(json, "resolutions"_L1, m.resolutions);
    put(json, "class"_L1, m.measureClass);
    put(json, "goals"_L1, m.goals);
    put(json, "dimensions"_L1, m.dimensions);
    put(json, "governance"_L1, m.governance, writeStep);
    if (m.phase != MeasurePhase::NotReported)
        json["phase"_L1] = phaseKey(m.phase);
    if (m.progress)
        json["progress"_L1] = *m.progress;
    put(json, "start"_L1, m.start);
    put(json, "end"_L1, m.end);
    put(json, "milestones"_L1, m.milestones, writeMilestone);
    if (m.budgetCents)
        json["budget"_L1] = *m.budgetCents;
    put(json, "funding"_L1, m.funding, writeFunding);
    put(json, "risks"_L1, m.risks, writeRisk);
    put(json, "links"_L1, m.links, writeLink);
    putPlace(json, m.place);
    put(json, "reports"_L1, m.reports, writeReport);
    put(json, "attachments"_L1, m.attachments, writeAttachment);
    return json;
}

Result<Measure> measureFromJson(const QJsonObject &json)
{
    Measure m;
    QString problem;
    {
        Members members(json, {}, problem);
        members.take("number"_L1, m.number);
        members.take("title"_L1, m.title);
        members.take("description"_L1, m.description);
        members.take("field"_L1, m.field);
        members.take("parent"_L1, m.parent);
        members.take("lead"_L1, m.lead);
        members.take("partners"_L1, m.partners);
        members.take("concepts"_L1, m.concepts);
        members.take("resolutions"_L1, m.resolutions);
        members.take("class"_L1, m.measureClass);
        members.take("goals"_L1, m.goals);
        members.take("dimensions"_L1, m.dimensions);
        members.take("governance"_L1, m.governance, readStep);
        members.take("phase"_L1, m.phase);
        members.take("progress"_L1, m.progress);
        members.take("start"_L1, m.start);
        members.take("end"_L1, m.end);
        members.take("milestones"_L1, m.milestones, readMilestone);
        members.take("budget"_L1, m.budgetCents);
        members.take("funding"_L1, m.funding, readFunding);
        members.take("risks"_L1, m.risks, readRisk);
        members.take("links"_L1, m.links, readLink);
        readPlace(members, m.place);
        members.take("reports"_L1, m.reports, readReport);
        members.take("attachments"_L1, m.attachments, readAttachment);
    }
    if (!problem.isEmpty())
        return failure(ErrorKind::Malformed,
                       MeasureTexts::tr("Measure %1: the value of “%2” is not one that can be read.")
                           .arg(m.number, problem.left(80)));
    return m;
}

} // namespace hanseatlas
