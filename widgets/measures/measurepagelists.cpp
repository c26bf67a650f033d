// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of a measure's page: each entry is asked for in a dialog of its own.
#include "widgets/measures/measurepage.h"

#include "layers/measures/duties.h"
#include "layers/measures/governance.h"
#include "layers/measures/measurejson.h"
#include "widgets/look/look.h"
#include "widgets/measures/askdialog.h"
#include "widgets/measures/entrylist.h"
#include "widgets/measures/importpreview.h"
#include "widgets/measures/measurework.h"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QSet>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Kind = AskDialog::Kind;

constexpr int mostHistory = 500; ///< rows that are read

QString dateText(const QDate &date)
{
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : QString();
}

QString money(qint64 cents)
{
    return QLocale().toString(double(cents) / 100, 'f', 2) + u" €"_s;
}

QString oneLine(const QString &text)
{
    return text.simplified();
}

QString historyText(const MeasureHistoryRow &row)
{
    if (row.kind == MeasureChange::Kind::Create)
        return MeasurePage::tr("taken up");
    if (row.kind == MeasureChange::Kind::Remove)
        return MeasurePage::tr("removed");
    const auto *field = measureField(row.field.field);
    const auto title = field ? fieldTitle(*field) : row.field.field;
    const auto before = shortValue(row.field.before), after = shortValue(row.field.after);
    if (before.isEmpty())
        return u"%1: %2"_s.arg(title, after);
    return u"%1: %2 → %3"_s.arg(title, before, after.isEmpty() ? u"–"_s : after);
}

} // namespace

void MeasurePage::createLists()
{
    const auto add = [this](EntryList *&list, const QString &title, const QStringList &columns,
                            const QString &nothing) {
        list = new EntryList(title, columns, nothing);
        m_column->addWidget(list);
    };
    const auto on = [this](QAction *action, auto function) { connect(action, &QAction::triggered, this, function); };
    add(m_milestones, tr("Milestones and tasks"), {tr("Title"), tr("Due"), tr("Done")}, tr("None are set."));
    on(m_milestones->addButton(u"plus"_s, tr("Add…")), [this] { askMilestone(-1); });
    on(m_milestones->addRowButton(u"edit"_s, tr("Change…")), [this] { askMilestone(m_milestones->currentRow()); });
    on(m_milestones->addRowButton(u"remove"_s, tr("Remove")), [this] {
        auto after = *measure();
        after.milestones.removeAt(m_milestones->currentRow());
        save(after, u"milestones"_s, tr("Remove a milestone of %1").arg(after.number));
    });
    connect(m_milestones, &EntryList::activated, this, &MeasurePage::askMilestone);
    add(m_funding, tr("Funding"), {tr("Source"), tr("Amount")}, tr("None is stated."));
    on(m_funding->addButton(u"plus"_s, tr("Add…")), [this] { askFunding(); });
    on(m_funding->addRowButton(u"remove"_s, tr("Remove")), [this] {
        auto after = *measure();
        after.funding.removeAt(m_funding->currentRow());
        save(after, u"funding"_s, tr("Remove funding of %1").arg(after.number));
    });
    add(m_risks, tr("Risks"), {tr("Risk"), tr("Weight"), tr("Answer")}, tr("None are stated."));
    on(m_risks->addButton(u"plus"_s, tr("Add…")), [this] { askRisk(-1); });
    on(m_risks->addRowButton(u"edit"_s, tr("Change…")), [this] { askRisk(m_risks->currentRow()); });
    on(m_risks->addRowButton(u"remove"_s, tr("Remove")), [this] {
        auto after = *measure();
        after.risks.removeAt(m_risks->currentRow());
        save(after, u"risks"_s, tr("Remove a risk of %1").arg(after.number));
    });
    connect(m_risks, &EntryList::activated, this, &MeasurePage::askRisk);
    add(m_links, tr("Links"), {tr("Title"), tr("Address")}, tr("There are none."));
    on(m_links->addButton(u"plus"_s, tr("Add…")), [this] { askLink(); });
    on(m_links->addRowButton(u"remove"_s, tr("Remove")), [this] {
        auto after = *measure();
        after.links.removeAt(m_links->currentRow());
        save(after, u"links"_s, tr("Remove a link of %1").arg(after.number));
    });
    connect(m_links, &EntryList::activated, this, [this](int row) {
        const auto *m = measure();
        if (!m || row < 0 || row >= m->links.size() || m->links[row].kind != MeasureLink::Kind::Page)
            return;
        const QUrl url(m->links[row].target, QUrl::StrictMode);
        if (url.scheme() == "https"_L1 || url.scheme() == "http"_L1) // nothing else is ever started
            QDesktopServices::openUrl(url);
    });
    add(m_steps, tr("Steps of the governance process"), {tr("Stage"), tr("By"), tr("On")},
        tr("None was reported; the strategy does not tell them."));
    add(m_history, tr("History of changes"), {tr("Change"), tr("By"), tr("On")}, tr("Nothing was changed yet."));
}

void MeasurePage::fillLists(const Measure &m)
{
    QList<QStringList> rows;
    for (const auto &one : m.milestones)
        rows.append({oneLine(one.title), dateText(one.due), dateText(one.done)});
    m_milestones->setRows(std::exchange(rows, {}));
    for (const auto &one : m.funding)
        rows.append({oneLine(one.source), money(one.cents)});
    m_funding->setRows(std::exchange(rows, {}));
    for (const auto &one : m.risks)
        rows.append({oneLine(one.title), u"%1 × %2 = %3"_s.arg(one.probability).arg(one.impact).arg(one.score()),
                     oneLine(one.answer)});
    m_risks->setRows(std::exchange(rows, {}));
    for (const auto &one : m.links)
        rows.append({oneLine(one.title.isEmpty() ? one.target : one.title), oneLine(one.target)});
    m_links->setRows(std::exchange(rows, {}));
    for (const auto &step : std::views::reverse(m.governance)) {
        const auto *stage = m_work.facts().stage(step.stage);
        const auto title = stage ? stage->title : step.stage;
        rows.append({step.note.isEmpty() ? title : u"%1 – %2"_s.arg(title, oneLine(step.note)), oneLine(step.person),
                     dateText(step.date)});
    }
    m_steps->setRows(std::exchange(rows, {}));
    QSet<QString> withdrawn;
    for (const auto &report : m.reports)
        withdrawn.insert(report.withdraws);
    for (const auto &report : std::views::reverse(m.reports)) {
        auto text = report.withdraws.isEmpty() ? phaseTitle(report.phase) : tr("A report was withdrawn");
        if (report.progress)
            text += tr(", %1 %").arg(*report.progress);
        if (!report.text.isEmpty())
            text += u" – "_s + oneLine(report.text);
        if (withdrawn.contains(report.id))
            text = tr("Withdrawn: %1").arg(text);
        rows.append({text, oneLine(report.person), dateText(report.at.toLocalTime().date())});
    }
    m_reports->setRows(rows);
    fillPlaceAndAttachments(m);
    for (auto *list : {m_milestones, m_funding, m_risks, m_links, m_reports})
        list->setEditable(m_work.isWritable());
}

void MeasurePage::readHistory()
{
    m_history->setRows({});
    if (!m_work.store())
        return;
    // In the pool: a history may be long, and the file may be busy. A late answer is dropped.
    const auto asked = ++m_asked;
    m_work.pool().start([store = m_work.store(), number = m_work.current(), asked, page = QPointer(this)] {
        const auto history = store->history({.number = number, .since = {}, .most = mostHistory}, {});
        QMetaObject::invokeMethod(
            qApp,
            [history, asked, page] {
                if (!page || page->m_asked != asked)
                    return;
                if (!history)
                    return emit page->refused(history.error().what);
                QList<QStringList> rows;
                qint64 taken = -1;
                for (const auto &row : std::views::reverse(*history)) {
                    const bool whole = row.kind != MeasureChange::Kind::Edit;
                    if (whole && row.change == taken)
                        continue; // one line says it
                    taken = whole ? row.change : -1;
                    rows.append({historyText(row), row.person, dateText(row.at.toLocalTime().date())});
                }
                page->m_history->setRows(rows);
            },
            Qt::QueuedConnection);
    });
}

AskDialog *MeasurePage::askMilestone(int row)
{
    const auto *m = measure();
    if (!m || row >= m->milestones.size())
        return nullptr;
    const auto old = row < 0 ? Milestone() : m->milestones[row];
    const auto take = [this, row, number = m->number](const QVariantList &a) -> Status {
        if (!measure() || measure()->number != number || row >= measure()->milestones.size())
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        const Milestone milestone{a[0].toString(), a[1].toDate(), a[2].toDate(), a[3].toString(), a[4].toBool()};
        if (row < 0)
            after.milestones.append(milestone);
        else
            after.milestones[row] = milestone;
        for (const auto &finding : findingsOf(after, m_work.facts())) {
            if (finding.field == "milestones"_L1)
                return failure(ErrorKind::Invalid, finding.text);
        }
        return m_work.edit(Measure(*measure()), after, tr("Milestone of %1").arg(number));
    };
    auto *dialog = new AskDialog(row < 0 ? tr("Add milestone or task") : tr("Change milestone or task"), m->title,
                                 {{.label = tr("Title"), .value = old.title},
                                  {.label = tr("Due"), .kind = Kind::Date, .value = old.due},
                                  {.label = tr("Done"), .kind = Kind::Date, .value = old.done},
                                  {.label = tr("Responsible"), .value = old.responsible},
                                  {.label = tr("A task, no milestone"), .kind = Kind::Check, .value = old.task}},
                                 take, this);
    dialog->open();
    return dialog;
}

AskDialog *MeasurePage::askRisk(int row)
{
    const auto *m = measure();
    if (!m || row >= m->risks.size())
        return nullptr;
    const auto old = row < 0 ? Risk() : m->risks[row];
    const auto take = [this, row, number = m->number](const QVariantList &a) -> Status {
        if (a[0].toString().isEmpty())
            return failure(ErrorKind::Invalid, tr("The risk needs a name."));
        if (!measure() || measure()->number != number || row >= measure()->risks.size())
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        const Risk risk{a[0].toString(), a[1].toInt(), a[2].toInt(), a[3].toString()};
        if (row < 0)
            after.risks.append(risk);
        else
            after.risks[row] = risk;
        return m_work.edit(Measure(*measure()), after, tr("Risk of %1").arg(number));
    };
    auto *dialog = new AskDialog(
        row < 0 ? tr("Add risk") : tr("Change risk"), m->title,
        {{.label = tr("Risk"), .value = old.title},
         {.label = tr("Probability (1–5)"), .kind = Kind::Number, .value = old.probability, .least = 1, .most = 5},
         {.label = tr("Impact (1–5)"), .kind = Kind::Number, .value = old.impact, .least = 1, .most = 5},
         {.label = tr("Answer"), .kind = Kind::Text, .value = old.answer}},
        take, this);
    dialog->open();
    return dialog;
}

AskDialog *MeasurePage::askLink()
{
    const auto *m = measure();
    if (!m)
        return nullptr;
    const auto take = [this, number = m->number](const QVariantList &a) -> Status {
        if (!measure() || measure()->number != number)
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        after.links.append({MeasureLink::Kind::Page, a[1].toString(), a[0].toString()});
        for (const auto &finding : findingsOf(after, m_work.facts())) {
            if (finding.field == "links"_L1)
                return failure(ErrorKind::Invalid, finding.text);
        }
        return m_work.edit(Measure(*measure()), after, tr("Link of %1").arg(number));
    };
    auto *dialog =
        new AskDialog(tr("Add link"), m->title,
                      {{.label = tr("Title")}, {.label = tr("Address"), .value = u"https://"_s}}, take, this);
    dialog->open();
    return dialog;
}

AskDialog *MeasurePage::askFunding()
{
    const auto *m = measure();
    if (!m)
        return nullptr;
    const auto take = [this, number = m->number](const QVariantList &a) -> Status {
        bool fine = false;
        const double euros = QLocale().toDouble(a[1].toString(), &fine);
        if (!fine || euros < 0 || euros > 1e12)
            return failure(ErrorKind::Invalid, tr("“%1” is no amount of money.").arg(a[1].toString().left(40)));
        if (!measure() || measure()->number != number)
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        after.funding.append({a[0].toString(), qint64(std::llround(euros * 100))});
        return m_work.edit(Measure(*measure()), after, tr("Funding of %1").arg(number));
    };
    auto *dialog = new AskDialog(tr("Add funding"), m->title,
                                 {{.label = tr("Source")}, {.label = tr("Amount in euros")}}, take, this);
    dialog->open();
    return dialog;
}

AskDialog *MeasurePage::askReport()
{
    const auto *m = measure();
    if (!m || !m_work.isWritable())
        return nullptr;
    QStringList phases;
    for (int i = 0; i < phaseCount; ++i)
        phases << phaseTitle(MeasurePhase(i));
    const auto take = [this, number = m->number](const QVariantList &a) -> Status {
        const auto person = a[3].toString();
        if (person.isEmpty())
            return failure(ErrorKind::Invalid, tr("The report needs the person who makes it."));
        if (MeasurePhase(a[0].toInt()) == MeasurePhase::NotReported)
            return failure(ErrorKind::Invalid, tr("The report needs a phase."));
        if (!measure() || measure()->number != number)
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        auto after = *measure();
        StatusReport report{.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                            .at = QDateTime::currentDateTimeUtc(),
                            .person = person,
                            .text = a[2].toString(),
                            .phase = MeasurePhase(a[0].toInt())};
        if (const int progress = a[1].toInt(); progress >= 0)
            report.progress = progress;
        after.phase = report.phase; // what is reported holds from now on
        after.progress = report.progress;
        after.reports.append(report);
        return m_work.edit(Measure(*measure()), after, tr("Report on %1").arg(number));
    };
    auto *dialog =
        new AskDialog(tr("Report on measure %1").arg(m->number), m->title,
                      {{.label = tr("Phase"), .kind = Kind::Choice, .value = int(m->phase), .choices = phases},
                       {.label = tr("Progress in % (-1: not known)"),
                        .kind = Kind::Number,
                        .value = m->progress.value_or(-1),
                        .least = -1,
                        .most = 100},
                       {.label = tr("What has happened"), .kind = Kind::Text},
                       {.label = tr("Person"), .value = m_work.person()}},
                      take, this);
    dialog->open();
    return dialog;
}

AskDialog *MeasurePage::askStep(const QString &wanted)
{
    const auto *m = measure();
    if (!m || !m_work.isWritable())
        return nullptr;
    const auto &facts = m_work.facts();
    const auto next = nextStages(*m, facts);
    if (next.isEmpty() || (!wanted.isEmpty() && !next.contains(wanted))) {
        const auto why = stepAllowed(m->governance, {wanted, m_work.today(), u"-"_s, u"-"_s, {}, {}}, facts);
        emit refused(why ? tr("No further step may follow.") : why.error().what);
        return nullptr;
    }
    QStringList titles, offices;
    for (const auto &id : next) {
        titles << facts.stage(id)->title;
        for (const auto &office : facts.stage(id)->votes) {
            if (!offices.contains(office))
                offices << office;
        }
    }
    const auto known = m->governance.isEmpty() ? QStringList() : m->governance.last().checklist;
    QList<AskDialog::Question> questions{
        {.label = tr("Stage"),
         .kind = Kind::Choice,
         .value = std::max<qsizetype>(0, next.indexOf(wanted)),
         .choices = titles},
        {.label = tr("On"), .kind = Kind::Date, .value = m_work.today()},
        {.label = tr("Person"), .value = m_work.person()},
        {.label = tr("Note"), .kind = Kind::Text},
        {.label = tr("Points of the checklist that are met"), .value = known.join(u"; "_s)}};
    for (const auto &office : offices)
        questions.append({.label = tr("%1 consents").arg(office), .kind = Kind::Check});
    const auto take = [this, next, offices, number = m->number](const QVariantList &a) -> Status {
        if (!measure() || measure()->number != number)
            return failure(ErrorKind::NotFound, tr("Measure %1 is not there any more.").arg(number));
        GovernanceStep step{next.value(a[0].toInt()), a[1].toDate(), a[2].toString(), a[3].toString(), {}, {}};
        for (const auto &point : a[4].toString().split(u';', Qt::SkipEmptyParts)) {
            if (!point.trimmed().isEmpty())
                step.checklist << point.trimmed();
        }
        for (qsizetype i = 0; i < offices.size(); ++i) {
            if (a[5 + i].toBool() && m_work.facts().stage(step.stage)->votes.contains(offices[i]))
                step.votes.insert(offices[i], Vote::Yes);
        }
        auto after = *measure();
        const auto steps = withStep(after.governance, step, m_work.facts());
        if (!steps)
            return std::unexpected(steps.error());
        after.governance = *steps;
        return m_work.edit(Measure(*measure()), after, tr("Step of %1").arg(number));
    };
    auto *dialog = new AskDialog(tr("Step of measure %1").arg(m->number), m->title, questions, take, this);
    dialog->open();
    return dialog;
}

} // namespace hanseatlas
