// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/barlist.h"
#include "widgets/charts/indexwheel.h"
#include "widgets/charts/trendchart.h"
#include "widgets/dashboard/dashboardtile.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/dashboard/indicatorface.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMenu>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using Kind = DashboardTileSpec::Kind;

namespace
{

struct TileTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::TileTexts)
};

constexpr qsizetype mostMovers = 12;

std::optional<double> known(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

QString points(double value)
{
    return QLocale().toString(value, 'f', 1);
}

QString signedPoints(double value)
{
    return (value > 0 ? u"+"_s : u""_s) + points(value);
}

/** Shows it now and whenever there is another view. */
template <class Show>
void follow(ChartTile *tile, DashboardWork &work, Show show)
{
    const auto refresh = [tile, &work, show] {
        if (const auto *view = work.view()) {
            show(*view);
            tile->refresh();
        }
    };
    QObject::connect(&work, &DashboardWork::viewChanged, tile, refresh);
    refresh();
}

// The wheel

IndexWheelData wheelOf(const DashboardView &view, const StrategyFacts &facts)
{
    const auto &overview = view.overview;
    IndexWheelData data{.title = overview.definition.title,
                        .score = overview.now.index.empty() ? std::nullopt : known(overview.now.index[0]),
                        .coverage = overview.now.coverage.empty() ? 0 : overview.now.coverage[0],
                        .sectors = {}};
    for (qsizetype i = 0; i < overview.definition.goals.size(); ++i) {
        const auto &id = overview.definition.goals[i].id;
        const auto *goal = facts.goal(id);
        IndexWheelData::Sector sector{.goal = id,
                                      .title = goal ? goal->title : id,
                                      .score = known(overview.now.goals[std::size_t(i)]),
                                      .coverage = overview.now.goalCoverage[std::size_t(i)],
                                      .cells = {}};
        for (const auto &cell : overview.cells) {
            const auto *field = facts.field(cell.field);
            if (cell.goal == id)
                sector.cells.append(
                    {cell.field, field ? field->title : QString::number(cell.field), known(cell.score), cell.coverage});
        }
        data.sectors.append(sector);
    }
    return data;
}

ChartTile *wheelTile(const QString &title, DashboardWork &work)
{
    auto *wheel = new IndexWheel;
    auto *tile = new ChartTile(title, wheel, [wheel] { return wheel->table(); });
    QObject::connect(wheel, &IndexWheel::chosen, &work,
                     [&work](const QString &goal, int field) { work.setPlace({goal, field, {}}); });
    follow(tile, work, [tile, wheel, &work](const DashboardView &view) {
        wheel->setData(wheelOf(view, work.facts()));
        auto note = TileTexts::tr("%1 of %2 indicators have data")
                        .arg(QLocale().toString(view.withData), QLocale().toString(view.overview.indicators.size()));
        if (view.band && !std::isnan(view.band->low))
            note += u" · "_s
                + TileTexts::tr("between %1 and %2 with other weights and means")
                      .arg(points(view.band->low), points(view.band->high));
        tile->setNote(note);
    });
    return tile;
}

// Courses

qint64 timeOf(int month)
{
    return QDateTime(firstDayOf(month), QTime(0, 0), QTimeZone::UTC).toMSecsSinceEpoch();
}

std::vector<TrendSeries::Point> pointsOf(std::span<const double> values, int first)
{
    std::vector<TrendSeries::Point> all;
    bool begun = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        begun |= !std::isnan(values[i]);
        if (begun)
            all.push_back({.time = timeOf(first + int(i)), .value = values[i]});
    }
    return all;
}

/** Of an indicator: its values in its unit. */
bool showIndicatorCourse(TrendChart &chart, const DashboardView &view, const DashboardWork &work, const QString &id)
{
    const auto &all = work.definition().indicators;
    const auto number = std::ranges::find(all, id, &Indicator::id) - all.begin();
    if (number == all.size())
        return false;
    const auto &one = all[number];
    const int area = int(view.cube->areas().indexOf(view.overview.question.area));
    std::optional<TrendTarget> target;
    if (one.target)
        target = {*one.target, one.targetDate};
    std::vector<TrendSeries::Point> course;
    for (const auto &[month, value] : view.cube->course(int(number), area))
        course.push_back({.time = timeOf(month), .value = value});
    const bool known = !course.empty();
    chart.setSeries(one.title, one.unit, {{one.title, std::move(course)}}, target);
    return known;
}

/** Of the index, or of a goal beside it. */
bool showIndexCourse(TrendChart &chart, const DashboardView &view, const DashboardWork &work, const QString &goal)
{
    const auto &overview = view.overview;
    std::vector<TrendSeries> series{{overview.definition.title, pointsOf(overview.index, overview.first)}};
    const auto number =
        std::ranges::find(overview.definition.goals, goal, &IndexGoal::id) - overview.definition.goals.begin();
    if (!goal.isEmpty() && number < overview.definition.goals.size()) {
        const auto months = overview.index.size();
        const auto *topic = work.facts().goal(goal);
        series.insert(
            series.begin(),
            {topic ? topic->title : goal,
             pointsOf(std::span(overview.goals).subspan(std::size_t(number) * months, months), overview.first)});
    }
    const bool known = !series.front().points.empty();
    const auto title = series.front().title;
    chart.setSeries(title, TileTexts::tr("points"), std::move(series));
    return known;
}

ChartTile *trendTile(const QString &title, const QString &subject, DashboardWork &work)
{
    auto *chart = new TrendChart;
    auto *tile = new ChartTile(title, chart, [chart] { return chart->table(); });
    follow(tile, work, [chart, tile, subject, &work](const DashboardView &view) {
        const bool known = showCourse(*chart, view, work, subject);
        tile->setNote(known ? QString() : TileTexts::tr("no data yet"));
    });
    return tile;
}

ChartTile *indicatorTile(const QString &title, const QString &id, DashboardWork &work)
{
    auto *face = new IndicatorFace;
    auto *tile = new ChartTile(title, face, [face] { return face->table(); });
    QObject::connect(face, &IndicatorFace::chosen, &work, [&work, id] { work.setPlace({{}, 0, id}); });
    follow(tile, work, [face, id](const DashboardView &view) {
        const auto &all = view.overview.definition.indicators;
        const auto number = std::ranges::find(all, id, &Indicator::id) - all.begin();
        if (number == all.size())
            return face->showNothing(TileTexts::tr("not part of what the filter asks for"));
        const auto &state = view.overview.indicators[number];
        const int area = int(view.cube->areas().indexOf(view.overview.question.area));
        auto course = view.cube->course(state.number, area);
        std::erase_if(course, [&](const auto &one) { return one.first > view.overview.question.month; });
        face->show(all[number], state, std::move(course));
    });
    return tile;
}

// Lists

ChartTile *listTile(const QString &title, const QString &valueTitle, const QString &unit, DashboardWork &work,
                    const std::function<void(BarList &, ChartTile &, const DashboardView &)> &fill,
                    const std::function<void(const QString &)> &choose)
{
    auto *list = new BarList;
    list->setAccessibleName(title);
    auto *tile = new ChartTile(title, list, [=] { return list->table(title, valueTitle, unit); });
    QObject::connect(list, &BarList::chosen, &work, choose);
    follow(tile, work, [list, tile, fill](const DashboardView &view) { fill(*list, *tile, view); });
    return tile;
}

void fillIndicators(BarList &list, ChartTile &tile, const DashboardView &view)
{
    QList<BarRow> rows;
    const auto &overview = view.overview;
    for (qsizetype i = 0; i < overview.indicators.size(); ++i) {
        const auto &one = overview.definition.indicators[i];
        const auto &state = overview.indicators[i];
        rows.append({.title = one.title,
                     .note = std::isnan(state.now.value) ? QString() : valueText(state.now.value, one.unit),
                     .value = known(state.score),
                     .text = std::isnan(state.score) ? QString() : points(state.score),
                     .key = one.id});
    }
    list.setRows(rows, 100, TileTexts::tr("No indicator is asked for."));
    tile.setNote(TileTexts::tr("%1 of %2 have data")
                     .arg(QLocale().toString(view.withData), QLocale().toString(overview.indicators.size())));
}

void fillProgress(BarList &list, ChartTile &tile, const DashboardView &view, const StrategyFacts &facts)
{
    QList<BarRow> rows;
    qsizetype reported = 0;
    for (const auto &field : facts.fields) {
        int count = 0, told = 0, stated = 0;
        double sum = 0;
        for (const auto &measure : view.measures) {
            if (measure.field != field.number)
                continue;
            ++count;
            told += measure.phase != MeasurePhase::NotReported;
            stated += measure.progress.has_value();
            sum += measure.progress.value_or(0);
        }
        if (count == 0)
            continue;
        reported += told;
        rows.append({.title = field.title,
                     .note = TileTexts::tr("%1 of %2 reported").arg(told).arg(count),
                     .value = stated > 0 ? std::optional(sum / stated) : std::nullopt,
                     .text = stated > 0 ? QLocale().toString(qRound(sum / stated)) + u"\u202f%"_s : QString(),
                     .key = QString::number(field.number)});
    }
    list.setRows(rows, 100, TileTexts::tr("There are no measures."));
    tile.setNote(TileTexts::tr("%1 of %2 measures have a status")
                     .arg(QLocale().toString(reported), QLocale().toString(view.measures.size())));
}

void fillMovers(BarList &list, ChartTile &tile, const DashboardView &view)
{
    const auto &overview = view.overview;
    QList<qsizetype> order;
    for (qsizetype i = 0; i < overview.indicators.size(); ++i) {
        const double effect = overview.indicators[i].effect;
        if (!std::isnan(effect) && effect != 0)
            order.append(i);
    }
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [&](qsizetype i) { return std::abs(overview.indicators[i].effect); });
    QList<BarRow> rows;
    for (const auto i : order.first(std::min(order.size(), mostMovers))) {
        const double effect = overview.indicators[i].effect;
        rows.append({.title = overview.definition.indicators[i].title,
                     .value = effect,
                     .text = signedPoints(effect),
                     .mood = effect > 0 ? BarRow::Mood::Good : BarRow::Mood::Bad,
                     .key = overview.definition.indicators[i].id});
    }
    if (const double rest = overview.change.availability; std::abs(rest) >= 0.05 && !std::isnan(overview.change.change))
        rows.append({.title = TileTexts::tr("other indicators have data than before"),
                     .value = rest,
                     .text = signedPoints(rest),
                     .mood = BarRow::Mood::Quiet});
    list.setRows(rows, 0, TileTexts::tr("Nothing moved, or too little is known of one of the two times."));
    const auto since = QLocale().toString(firstDayOf(overview.question.month - overview.question.back), u"MMMM yyyy"_s);
    tile.setNote(std::isnan(overview.change.change)
                     ? TileTexts::tr("since %1").arg(since)
                     : TileTexts::tr("since %1: %2 points").arg(since, signedPoints(overview.change.change)));
}

/** By lead: who is asked, and for how much. */
void fillOverdue(BarList &list, ChartTile &tile, const DashboardView &view)
{
    QList<BarRow> rows;
    for (qsizetype i = 0; i < view.duties.size();) { // they come by lead
        const auto &lead = view.duties[i].lead;
        qsizetype count = 0, late = 0;
        for (; i < view.duties.size() && view.duties[i].lead == lead; ++i) {
            ++count;
            late += view.duties[i].kind != Duty::Kind::ReportMissing;
        }
        rows.append({.title = lead.isEmpty() ? TileTexts::tr("nobody is named") : lead,
                     .note = late > 0 ? TileTexts::tr("%1 overdue").arg(late) : TileTexts::tr("reports are missing"),
                     .value = double(count),
                     .text = QLocale().toString(count),
                     .mood = late > 0 ? BarRow::Mood::Bad : BarRow::Mood::Quiet,
                     .key = lead.isEmpty() ? u" "_s : lead});
    }
    std::ranges::stable_sort(rows, std::ranges::greater(), [](const BarRow &row) { return *row.value; });
    list.setRows(rows, 0, TileTexts::tr("Nothing is overdue, and no report is missing."));
    tile.setNote(TileTexts::tr("%n thing(s) to do", nullptr, int(view.duties.size())));
}

void fillFreshness(BarList &list, ChartTile &tile, const DashboardView &view)
{
    using State = IndexFreshness::State;
    const auto count = [&](State state) {
        return double(std::ranges::count(view.freshness, state, &IndexFreshness::state));
    };
    const auto row = [&](State state, const QString &title, BarRow::Mood mood) {
        return BarRow{
            .title = title, .value = count(state), .text = QLocale().toString(int(count(state))), .mood = mood};
    };
    QList<BarRow> rows{row(State::Current, TileTexts::tr("current"), BarRow::Mood::Good),
                       row(State::Late, TileTexts::tr("late"), BarRow::Mood::Plain),
                       row(State::Old, TileTexts::tr("out of date"), BarRow::Mood::Bad),
                       row(State::None, TileTexts::tr("no data"), BarRow::Mood::Quiet)};
    for (const auto &one : view.freshness) {
        const auto *indicator = view.overview.definition.indicator(one.indicator);
        if (one.state == State::Late || one.state == State::Old)
            rows.append(
                {.title = indicator->title, .text = periodText(one.month, indicator->period), .key = indicator->id});
    }
    list.setRows(rows, double(view.freshness.size()), {});
    tile.setNote(TileTexts::tr("of the values, beside how often they should come"));
}

// Stadtteile

ChartTile *districtTile(const QString &title, DashboardWork &work)
{
    auto *map = new DistrictMap;
    auto *tile = new ChartTile(title, map, [map, title] { return map->table(title); });
    QObject::connect(map, &DistrictMap::chosen, &work, [&work](const QString &name) {
        auto question = work.question();
        question.area = name;
        work.setQuestion(question);
    });
    QObject::connect(&work, &DashboardWork::shapesChanged, map, [map, &work] { map->setShapes(work.shapes()); });
    map->setShapes(work.shapes());
    follow(tile, work, [map, tile](const DashboardView &view) {
        const auto &overview = view.overview;
        QList<DistrictValue> values;
        for (std::size_t i = 0; i < overview.districts.index.size(); ++i) {
            const double score = overview.districts.index[i];
            DistrictValue one{overview.areas[qsizetype(i)], known(score), {}};
            if (!std::isnan(score)) {
                one.text = TileTexts::tr("%1 points, rank %2").arg(points(score)).arg(overview.districts.rank[i]);
                if (i < view.districtBands.size() && view.districtBands[i].bestRank > 0)
                    one.text += TileTexts::tr(" (%1 to %2 with other weights)")
                                    .arg(view.districtBands[i].bestRank)
                                    .arg(view.districtBands[i].worstRank);
            }
            values.append(one);
        }
        map->setValues(values);
        map->setChosen(overview.question.area);
        tile->setNote(TileTexts::tr("of the %n indicator(s) that are known by Stadtteil", nullptr,
                                    int(overview.districtDefinition.indicators.size())));
    });
    tile->menu()->addAction(TileTexts::tr("Show on the map"), &work, [&work] { emit work.mapWanted({}); });
    return tile;
}

} // namespace

bool showCourse(TrendChart &chart, const DashboardView &view, const DashboardWork &work, const QString &subject)
{
    return work.definition().indicator(subject) ? showIndicatorCourse(chart, view, work, subject)
                                                : showIndexCourse(chart, view, work, subject);
}

QString tileTitle(const DashboardTileSpec &spec, const DashboardWork &work)
{
    const auto *indicator = work.definition().indicator(spec.subject);
    const auto *goal = work.facts().goal(spec.subject);
    const auto subject = indicator ? indicator->title : goal ? goal->title : spec.subject;
    switch (spec.kind) {
    case Kind::Wheel:
        return work.definition().title;
    case Kind::Trend:
        return subject.isEmpty() ? TileTexts::tr("The index over time") : subject;
    case Kind::Indicator:
        return subject;
    case Kind::Indicators:
        return TileTexts::tr("Indicators");
    case Kind::Measures:
        return TileTexts::tr("Progress of the measures");
    case Kind::Movers:
        return TileTexts::tr("What moved the index");
    case Kind::Districts:
        return TileTexts::tr("The index by Stadtteil");
    case Kind::Overdue:
        return TileTexts::tr("To do");
    case Kind::Freshness:
        return TileTexts::tr("Freshness of the data");
    }
    return {};
}

QList<DashboardTileSpec> tilesToAdd()
{
    return {{Kind::Wheel, {}, 2, 2},    {Kind::Trend, {}, 2, 1},    {Kind::Indicators, {}, 2, 2},
            {Kind::Measures, {}, 1, 2}, {Kind::Movers, {}, 1, 1},   {Kind::Districts, {}, 2, 2},
            {Kind::Overdue, {}, 1, 1},  {Kind::Freshness, {}, 1, 2}};
}

ChartTile *dashboardTile(const DashboardTileSpec &spec, DashboardWork &work, QWidget *parent)
{
    const auto title = tileTitle(spec, work);
    const auto explain = [&work](const QString &id) { work.setPlace({{}, 0, id}); };
    ChartTile *tile = nullptr;
    switch (spec.kind) {
    case Kind::Wheel:
        tile = wheelTile(title, work);
        break;
    case Kind::Trend:
        tile = trendTile(title, spec.subject, work);
        break;
    case Kind::Indicator:
        tile = indicatorTile(title, spec.subject, work);
        break;
    case Kind::Indicators:
        tile = listTile(title, TileTexts::tr("Score"), TileTexts::tr("points"), work, fillIndicators, explain);
        break;
    case Kind::Measures:
        tile = listTile(
            title, TileTexts::tr("Progress"), u"%"_s, work,
            [&work](BarList &list, ChartTile &one, const DashboardView &view) {
                fillProgress(list, one, view, work.facts());
            },
            [&work](const QString &field) { work.setPlace({{}, field.toInt(), {}}); });
        break;
    case Kind::Movers:
        tile =
            listTile(title, TileTexts::tr("Change of the index"), TileTexts::tr("points"), work, fillMovers, explain);
        break;
    case Kind::Districts:
        tile = districtTile(title, work);
        break;
    case Kind::Overdue:
        tile = listTile(title, TileTexts::tr("To do"), {}, work, fillOverdue,
                        [&work](const QString &lead) { emit work.measuresWanted({}, lead.trimmed()); });
        break;
    case Kind::Freshness:
        tile = listTile(title, TileTexts::tr("Number"), {}, work, fillFreshness, explain);
        break;
    }
    tile->setParent(parent);
    return tile;
}

} // namespace hanseatlas
