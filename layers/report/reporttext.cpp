// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/report/reporttext.h"

#include "layers/measures/duties.h"
#include "layers/measures/measurejson.h"
#include "layers/report/reporttexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Part = ReportTemplate::Part;

namespace
{

constexpr int mostChanges = 400; ///< lines in the list of changes; how many more is said

/** Writes the document piece by piece; everything but its own markup is escaped. */
class Writer
{
public:
    explicit Writer(QString &html)
        : m_html(html)
    {
    }
    void heading(int level, const QString &text, bool newPage = false)
    {
        m_html += u"<h%1%2>%3</h%1>\n"_s.arg(level).arg(newPage ? u" style=\"page-break-before:always\""_s : QString(),
                                                        text.toHtmlEscaped());
    }
    void paragraph(const QString &text) { m_html += u"<p>%1</p>\n"_s.arg(text.toHtmlEscaped()); }
    void small(const QString &text) { m_html += u"<p class=\"small\">%1</p>\n"_s.arg(text.toHtmlEscaped()); }

    struct Cell {
        QString text;
        bool right = false; ///< numbers
    };
    /** `right`: columns of numbers. */
    void tableBegin(const QStringList &titles, const QList<int> &widths, const QList<int> &right = {})
    {
        m_html += u"<table width=\"100%\" cellspacing=\"0\" cellpadding=\"4\"><thead><tr>"_s;
        for (qsizetype i = 0; i < titles.size(); ++i)
            m_html += u"<th align=\"%1\" width=\"%2%\">%3</th>"_s.arg(right.contains(i) ? u"right"_s : u"left"_s)
                          .arg(widths.value(i))
                          .arg(titles[i].toHtmlEscaped());
        m_html += u"</tr></thead>\n"_s;
    }
    void row(const QList<Cell> &cells)
    {
        m_html += u"<tr>"_s;
        for (const auto &cell : cells)
            m_html += (cell.right ? u"<td align=\"right\">"_s : u"<td>"_s) + cell.text.toHtmlEscaped() + u"</td>"_s;
        m_html += u"</tr>\n"_s;
    }
    void tableEnd() { m_html += u"</table>\n"_s; }

private:
    QString &m_html;
};

QString noData()
{
    return ReportTexts::tr("no data");
}

QString number(const std::optional<double> &value, int decimals = 1)
{
    return value ? QLocale().toString(*value, 'f', decimals) : noData();
}

QString change(const ReportScore &score)
{
    if (!score.score || !score.before)
        return u"–"_s;
    const double difference = *score.score - *score.before;
    const auto text = QLocale().toString(std::abs(difference), 'f', 1);
    return difference < -0.05 ? u"−"_s + text : difference > 0.05 ? u"+"_s + text : u"±"_s + text;
}

QString day(const QDate &date)
{
    return QLocale().toString(date, QLocale::ShortFormat);
}

void writeTitle(Writer &out, const ReportTemplate &form, const ReportInput &input)
{
    out.heading(1, form.title);
    if (!form.subtitle.isEmpty())
        out.paragraph(form.subtitle);
    out.paragraph(ReportTexts::tr("State of %1").arg(day(input.day)));
    if (input.since.isValid())
        out.paragraph(ReportTexts::tr("Changes since %1").arg(day(input.since)));
    out.paragraph(form.publisher);
    if (!form.contact.isEmpty())
        out.paragraph(form.contact);
    if (!input.facts.title.isEmpty())
        out.small(ReportTexts::tr("On the ground of “%1”.").arg(input.facts.title));
}

void writeIndex(Writer &out, const ReportInput &input)
{
    out.heading(2, ReportTexts::tr("The index"), input.index.has_value());
    if (!input.index) {
        out.paragraph(ReportTexts::tr("This report holds no index."));
        return;
    }
    const auto &index = *input.index;
    out.paragraph(
        index.whole.score
            ? ReportTexts::tr("The index stands at %1 of 100. It rests on %2 % of the values that it should know.")
                  .arg(number(index.whole.score), QLocale().toString(qRound(index.whole.coverage * 100)))
            : ReportTexts::tr("Too little is known for an index yet: %1 % of the values that it should know.")
                  .arg(QLocale().toString(qRound(index.whole.coverage * 100))));
    if (!index.method.isEmpty())
        out.paragraph(index.method);
    out.tableBegin(
        {ReportTexts::tr("Goal"), ReportTexts::tr("Score"), ReportTexts::tr("Change"), ReportTexts::tr("Coverage")},
        {52, 16, 16, 16}, {1, 2, 3});
    for (const auto &goal : index.goals)
        out.row({{goal.title},
                 {number(goal.score), true},
                 {change(goal), true},
                 {QLocale().toString(qRound(goal.coverage * 100)) + u" %"_s, true}});
    out.tableEnd();
    out.heading(3, ReportTexts::tr("Indicators"));
    out.tableBegin({ReportTexts::tr("Indicator"), ReportTexts::tr("Value"), ReportTexts::tr("Target"),
                    ReportTexts::tr("Score"), ReportTexts::tr("Period")},
                   {46, 18, 12, 10, 14}, {1, 2, 3});
    for (const auto &one : index.indicators) {
        const auto title = one.demo ? ReportTexts::tr("%1 (demonstration data)").arg(one.title) : one.title;
        out.row({{title},
                 {one.value ? number(one.value, 2) + u' ' + one.unit : noData(), true},
                 {one.target ? number(one.target, 1) : u"–"_s, true},
                 {one.score ? number(one.score, 0) : u"–"_s, true},
                 {one.period}});
    }
    out.tableEnd();
}

void writePhases(Writer &out, const PhaseCounts &counts)
{
    out.paragraph(
        counts.meanProgress
            ? ReportTexts::tr("%n measure(s); of %1 somebody has reported. Mean progress of those that state one: "
                              "%2 %.",
                              nullptr, counts.all)
                  .arg(counts.reported)
                  .arg(number(counts.meanProgress, 0))
            : ReportTexts::tr("%n measure(s); of %1 somebody has reported.", nullptr, counts.all).arg(counts.reported));
}

void writeOverview(Writer &out, const ReportInput &input)
{
    out.heading(2, ReportTexts::tr("The measures"), true);
    writePhases(out, phaseCounts(input.measures));
    out.tableBegin({ReportTexts::tr("Field of action"), ReportTexts::tr("Measures"), ReportTexts::tr("Reported"),
                    ReportTexts::tr("Done"), ReportTexts::tr("Progress")},
                   {44, 16, 14, 12, 14}, {1, 2, 3, 4});
    for (const auto &field : input.facts.fields) {
        const auto counts = phaseCounts(input.measures, field.number);
        out.row({{u"%1  %2"_s.arg(field.number).arg(field.title)},
                 {QString::number(counts.all), true},
                 {QString::number(counts.reported), true},
                 {QString::number(counts.byPhase[int(MeasurePhase::Done)]), true},
                 {counts.meanProgress ? number(counts.meanProgress, 0) + u" %"_s : u"–"_s, true}});
    }
    out.tableEnd();
}

void writeFields(Writer &out, const ReportTemplate &form, const ReportInput &input)
{
    for (const auto &field : input.facts.fields) {
        if (!form.fields.isEmpty() && !form.fields.contains(field.number))
            continue;
        out.heading(2, u"%1  %2"_s.arg(field.number).arg(field.title), true);
        writePhases(out, phaseCounts(input.measures, field.number));
        out.tableBegin({ReportTexts::tr("No."), ReportTexts::tr("Measure"), ReportTexts::tr("Lead"),
                        ReportTexts::tr("Phase"), ReportTexts::tr("Progress")},
                       {9, 42, 23, 14, 12}, {4});
        for (const auto &measure : input.measures) {
            if (measure.field == field.number)
                out.row({{measure.number},
                         {measure.title},
                         {measure.lead},
                         {measure.phase == MeasurePhase::NotReported ? ReportTexts::tr("no report yet")
                                                                     : phaseTitle(measure.phase)},
                         {measure.progress ? QString::number(*measure.progress) + u" %"_s : u"–"_s, true}});
        }
        out.tableEnd();
    }
}

void writeChanges(Writer &out, const ReportInput &input)
{
    out.heading(2, ReportTexts::tr("What has changed"), true);
    if (input.changes.isEmpty()) {
        out.paragraph(input.since.isValid()
                          ? ReportTexts::tr("Nothing has been changed since %1.").arg(day(input.since))
                          : ReportTexts::tr("Nothing has been changed yet."));
        return;
    }
    out.tableBegin(
        {ReportTexts::tr("Day"), ReportTexts::tr("Measure"), ReportTexts::tr("What"), ReportTexts::tr("Who")},
        {16, 14, 46, 24});
    const auto shown = std::min<qsizetype>(input.changes.size(), mostChanges);
    for (qsizetype i = input.changes.size() - shown; i < input.changes.size(); ++i) {
        const auto &row = input.changes[i];
        const auto *field = measureField(row.field.field);
        out.row({{day(row.at.toLocalTime().date())},
                 {row.number},
                 {field ? fieldTitle(*field) : row.field.field},
                 {row.person}});
    }
    out.tableEnd();
    if (shown < input.changes.size())
        out.small(ReportTexts::tr("The newest are listed; %n earlier one(s) are left out.", nullptr,
                                  int(input.changes.size() - shown)));
}

QString dutyText(const Duty &duty)
{
    switch (duty.kind) {
    case Duty::Kind::EndOverdue:
        return ReportTexts::tr("should have ended: %1").arg(duty.subject);
    case Duty::Kind::MilestoneOverdue:
        return ReportTexts::tr("milestone overdue: %1").arg(duty.subject);
    case Duty::Kind::ReportMissing:
        return ReportTexts::tr("report missing: %1").arg(duty.subject);
    }
    return {};
}

void writeDuties(Writer &out, const ReportInput &input)
{
    out.heading(2, ReportTexts::tr("What is overdue"), true);
    const auto duties = dutiesOf(input.measures, input.day);
    qsizetype missing = 0;
    QList<const Duty *> dated;
    for (const auto &duty : duties) {
        if (duty.kind == Duty::Kind::ReportMissing)
            ++missing;
        else
            dated.append(&duty);
    }
    out.paragraph(ReportTexts::tr("Of %n measure(s) a status report is missing.", nullptr, int(missing)));
    if (dated.isEmpty()) {
        out.paragraph(ReportTexts::tr("No date has passed."));
        return;
    }
    out.tableBegin({ReportTexts::tr("Lead"), ReportTexts::tr("No."), ReportTexts::tr("What"), ReportTexts::tr("Since")},
                   {26, 10, 48, 16});
    for (const auto *duty : std::as_const(dated))
        out.row({{duty->lead}, {duty->number}, {dutyText(*duty)}, {day(duty->since)}});
    out.tableEnd();
}

void writeSources(Writer &out, const ReportInput &input)
{
    out.heading(2, ReportTexts::tr("Sources and gaps"), true);
    if (!input.measuresSource.isEmpty())
        out.paragraph(ReportTexts::tr("Measures: %1").arg(input.measuresSource));
    if (!input.index)
        return;
    QStringList gaps;
    out.tableBegin({ReportTexts::tr("Indicator"), ReportTexts::tr("Source"), ReportTexts::tr("Licence")}, {40, 40, 20});
    for (const auto &one : input.index->indicators) {
        if (one.value)
            out.row({{one.title}, {one.source}, {one.licence}});
        else
            gaps.append(one.title);
    }
    out.tableEnd();
    if (gaps.isEmpty())
        return;
    out.heading(3, ReportTexts::tr("No data yet"));
    out.paragraph(gaps.join(u"; "_s) + u'.');
}

QJsonValue jsonNumber(const std::optional<double> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonObject jsonScore(const ReportScore &score)
{
    return {{u"title"_s, score.title},
            {u"score"_s, jsonNumber(score.score)},
            {u"before"_s, jsonNumber(score.before)},
            {u"coverage"_s, score.coverage}};
}

} // namespace

PhaseCounts phaseCounts(const QList<Measure> &measures, int field)
{
    PhaseCounts counts{.byPhase = QList<int>(phaseCount, 0), .meanProgress = {}};
    double sum = 0;
    int stated = 0;
    for (const auto &measure : measures) {
        if (field != 0 && measure.field != field)
            continue;
        ++counts.all;
        ++counts.byPhase[int(measure.phase)];
        counts.reported += measure.phase != MeasurePhase::NotReported;
        if (measure.progress) {
            sum += *measure.progress;
            ++stated;
        }
    }
    if (stated > 0)
        counts.meanProgress = sum / stated;
    return counts;
}

QString reportHtml(const ReportTemplate &form, const ReportInput &input)
{
    QString html;
    Writer out(html);
    writeTitle(out, form, input);
    for (const auto part : form.parts) {
        switch (part) {
        case Part::Index:
            writeIndex(out, input);
            break;
        case Part::Overview:
            writeOverview(out, input);
            break;
        case Part::Fields:
            writeFields(out, form, input);
            break;
        case Part::Changes:
            writeChanges(out, input);
            break;
        case Part::Duties:
            writeDuties(out, input);
            break;
        case Part::Sources:
            writeSources(out, input);
            break;
        }
    }
    return html;
}

QByteArray reportJson(const ReportTemplate &form, const ReportInput &input)
{
    QJsonArray fields;
    for (const auto &field : input.facts.fields) {
        const auto counts = phaseCounts(input.measures, field.number);
        QJsonObject phases;
        for (int i = 0; i < phaseCount; ++i) {
            const auto key = phaseKey(MeasurePhase(i));
            phases[key.isEmpty() ? u"notReported"_s : key] = counts.byPhase[i];
        }
        fields.append(QJsonObject{{u"number"_s, field.number},
                                  {u"title"_s, field.title},
                                  {u"measures"_s, counts.all},
                                  {u"phases"_s, phases},
                                  {u"meanProgress"_s, jsonNumber(counts.meanProgress)}});
    }
    QJsonObject root{{u"format"_s, u"hanseatlas-report-data"_s},
                     {u"version"_s, 1},
                     {u"title"_s, form.title},
                     {u"publisher"_s, form.publisher},
                     {u"date"_s, input.day.toString(Qt::ISODate)},
                     {u"fields"_s, fields}};
    if (input.since.isValid())
        root[u"since"_s] = input.since.toString(Qt::ISODate);
    if (input.index) {
        QJsonArray goals, indicators;
        for (const auto &goal : input.index->goals)
            goals.append(jsonScore(goal));
        for (const auto &one : input.index->indicators)
            indicators.append(QJsonObject{{u"id"_s, one.id},
                                          {u"title"_s, one.title},
                                          {u"unit"_s, one.unit},
                                          {u"value"_s, jsonNumber(one.value)},
                                          {u"target"_s, jsonNumber(one.target)},
                                          {u"score"_s, jsonNumber(one.score)},
                                          {u"period"_s, one.period},
                                          {u"source"_s, one.source},
                                          {u"licence"_s, one.licence},
                                          {u"demo"_s, one.demo}});
        root[u"index"_s] = QJsonObject{{u"whole"_s, jsonScore(input.index->whole)},
                                       {u"method"_s, input.index->method},
                                       {u"goals"_s, goals},
                                       {u"indicators"_s, indicators}};
    }
    return QJsonDocument(root).toJson();
}

} // namespace hanseatlas
