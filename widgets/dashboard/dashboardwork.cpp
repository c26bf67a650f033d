// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/dashboardwork.h"

#include <QCollator>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr int runs = 1000; ///< of the Monte Carlo: the bands do not move visibly with more

struct Question {
    IndexDefinition definition;
    std::shared_ptr<const IndexRecords> records;
    std::shared_ptr<const IndexCube> cube; ///< null: to be made
    QList<Measure> measures;
    QDate today;
    IndexQuestion asked;
};

struct Answer {
    std::shared_ptr<const IndexCube> cube;
    std::shared_ptr<const DashboardView> view;
    Status status;
};

/** The measures that are asked for; those of the cube are too, so that its sums are of them. */
QList<Measure> askedFor(const QList<Measure> &measures, const IndexQuestion &asked)
{
    auto some = measures;
    some.removeIf([&](const Measure &one) {
        return (asked.field != 0 && one.field != asked.field) || (!asked.lead.isEmpty() && one.lead != asked.lead);
    });
    return some;
}

/** How the index would stand with other weights and means. Without a score there is nothing to vary. */
void takeBands(DashboardView &view, const IndexCube &cube, const IndexDefinition &whole, const CancelToken &token)
{
    const auto &overview = view.overview;
    const auto bandsOf = [&](const IndexDefinition &definition, const QStringList &areas) {
        const auto values = valuesOf(definition, whole, cube, overview.question.month, areas);
        return indexUncertainty(setupOf(definition), definition.method, values,
                                {.runs = runs, .across = {Aggregation::Arithmetic, Aggregation::Geometric}}, token);
    };
    if (!overview.now.index.empty() && !std::isnan(overview.now.index[0])) {
        if (const auto bands = bandsOf(overview.definition, {overview.question.area}))
            view.band = bands->areas[0];
    }
    if (std::ranges::any_of(overview.districts.index, [](double value) { return !std::isnan(value); })) {
        if (auto bands = bandsOf(overview.districtDefinition, overview.areas))
            view.districtBands = std::move(bands->areas);
    }
}

Answer answerTo(const Question &question, const CancelToken &token)
{
    Answer answer{.cube = question.cube, .view = {}, .status = {}};
    QStringList notes;
    const auto measures =
        question.asked.lead.isEmpty() ? question.measures : askedFor(question.measures, {.lead = question.asked.lead});
    auto cube = question.cube;
    if (!cube || !question.asked.lead.isEmpty())
        cube = std::make_shared<IndexCube>(
            IndexCube::of(question.definition, *question.records, measures, question.today, notes));
    if (question.asked.lead.isEmpty())
        answer.cube = cube;
    auto overview = overviewOf(question.definition, *cube, question.asked);
    if (!overview) {
        answer.status = std::unexpected(overview.error());
        return answer;
    }
    auto view = std::make_shared<DashboardView>();
    view->cube = cube;
    view->overview = *std::move(overview);
    view->overview.notes = notes + view->overview.notes;
    view->measures = askedFor(question.measures, question.asked);
    view->duties = dutiesOf(view->measures, question.today);
    view->withData = std::ranges::count_if(view->overview.indicators,
                                           [](const IndicatorState &one) { return !std::isnan(one.now.value); });
    view->freshness = freshnessOf(question.definition, *cube, question.asked.month);
    view->freshness.removeIf(
        [&](const IndexFreshness &one) { return view->overview.definition.indicator(one.indicator) == nullptr; });
    takeBands(*view, *cube, question.definition, token);
    answer.view = std::move(view);
    return answer;
}

} // namespace

DashboardWork::DashboardWork(IndexDefinition definition, StrategyFacts facts, QObject *parent)
    : QObject(parent)
    , m_definition(std::move(definition))
    , m_facts(std::move(facts))
    , m_records(std::make_shared<IndexRecords>())
    , m_today(QDate::currentDate())
    , m_question{.month = monthOf(m_today)}
{
    m_pool.setMaxThreadCount(1);
}

DashboardWork::~DashboardWork()
{
    m_job.cancel();
    m_pool.waitForDone();
}

void DashboardWork::setInput(IndexRecords records, QList<Measure> measures, bool demo)
{
    m_records = std::make_shared<IndexRecords>(std::move(records));
    m_measures = std::move(measures);
    m_demo = demo;
    m_cube.reset();
    if (!m_question.area.isEmpty() && !areas().contains(m_question.area))
        m_question.area.clear();
    emit inputChanged();
    work();
}

void DashboardWork::setShapes(QList<DistrictShape> shapes)
{
    m_shapes = std::move(shapes);
    emit shapesChanged();
}

void DashboardWork::setToday(const QDate &today)
{
    const bool follows = m_question.month == monthOf(m_today);
    m_today = today;
    m_cube.reset();
    if (follows)
        m_question.month = monthOf(today);
    work();
}

void DashboardWork::setQuestion(const IndexQuestion &question)
{
    if (m_question == question)
        return;
    m_question = question;
    emit questionChanged();
    work();
}

void DashboardWork::setPlace(const IndexPlace &place)
{
    m_place = place;
    emit placeChanged();
}

QStringList DashboardWork::leads() const
{
    QSet<QString> names;
    for (const auto &measure : m_measures)
        names.insert(measure.lead);
    for (const auto &one : m_definition.indicators)
        names.insert(one.responsible);
    names.remove({});
    QStringList sorted(names.cbegin(), names.cend());
    QCollator collator(QLocale(QLocale::German)); // they are names of the administration
    collator.setNumericMode(true);
    std::ranges::sort(sorted, [&](const QString &a, const QString &b) { return collator.compare(a, b) < 0; });
    return sorted;
}

QStringList DashboardWork::areas() const
{
    return m_records->areas();
}

int DashboardWork::firstMonth() const
{
    int first = monthOf(m_today);
    for (const auto &series : m_records->series) {
        if (!series.points.empty())
            first = std::min(first, series.points.front().month);
    }
    for (const auto &measure : m_measures) {
        for (const auto &report : measure.reports)
            first = std::min(first, monthOf(report.at.toLocalTime().date()));
    }
    return first;
}

void DashboardWork::work()
{
    const Question question{m_definition, m_records, m_cube, m_measures, m_today, m_question};
    m_job.run(
        m_pool, [question](CancelToken token) { return answerTo(question, token); },
        [this](const Answer &answer) {
            if (answer.cube)
                m_cube = answer.cube;
            if (!answer.status)
                return emit failed(answer.status.error());
            m_view = answer.view;
            emit viewChanged();
        });
}

} // namespace hanseatlas
