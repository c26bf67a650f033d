// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dashboarddesk.h"

#include "app/layerindicators.h"
#include "app/measuredesk.h"
#include "app/noticearea.h"
#include "app/offlineareas.h"
#include "app/session.h"
#include "app/windowprogress.h"
#include "datasources/demo/demoindex.h"
#include "datasources/report/reportwriter.h"
#include "layers/index/measurevalues.h"
#include "layers/report/reportindex.h"
#include "layers/report/reporttemplate.h"
#include "widgets/charts/charttable.h"
#include "widgets/dashboard/dashboardwindow.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/dashboard/valueimportdialog.h"
#include "widgets/look/filedialog.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurewindow.h"
#include "widgets/measures/measurework.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSettings>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto geometryKey = "dashboard/geometry"_L1, boardsKey = "dashboard/boards"_L1,
               currentKey = "dashboard/current"_L1, reportKey = "dashboard/lastReport"_L1;
constexpr auto topic = "dashboard"_L1; ///< of notices

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct ReadRecords {
    std::shared_ptr<IndexStore> store; ///< null: it could not be opened
    IndexRecords records;
    Status status;
};

/** Opens the store where it is not open yet, and reads it. */
ReadRecords readRecords(std::shared_ptr<IndexStore> store, const QString &path, const CancelToken &token)
{
    ReadRecords read{.store = std::move(store), .records = {}, .status = {}};
    if (!read.store) {
        auto opened = IndexStore::open(path);
        if (!opened) {
            read.status = std::unexpected(opened.error());
            return read;
        }
        read.store = std::move(*opened);
    }
    auto records = read.store->read(token);
    if (records)
        read.records = *std::move(records);
    else
        read.status = std::unexpected(records.error());
    return read;
}

QString person()
{
    return qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
}

} // namespace

DashboardDesk::DashboardDesk(Session &session, MeasureDesk &measures, NoticeArea &notices, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_measures(measures)
    , m_notices(notices)
    , m_parent(window)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(0);
    connect(&m_refresh, &QTimer::timeout, this, &DashboardDesk::refresh);
}

DashboardDesk::~DashboardDesk()
{
    m_job.cancel();
    m_reading.cancel();
    m_mapping.cancel();
    if (m_window)
        m_window->close(); // is remembered
    delete m_window; // it borrows the work
}

DashboardWindow *DashboardDesk::window() const
{
    return m_window;
}

bool DashboardDesk::prepare()
{
    if (m_work)
        return true;
    auto *measures = m_measures.work();
    const auto own = m_session.paths().indicators();
    const auto path = QFileInfo::exists(own) ? own : u":/strategy/index/indicators.json"_s;
    auto definition = indexFromJson(bytesOf(path), QFileInfo(path).fileName());
    if (!definition)
        m_notices.show(Notice::of(definition.error(), topic));
    if (!measures || !definition)
        return false;
    m_work = std::make_unique<DashboardWork>(*std::move(definition), measures->facts());
    for (const auto signal : {&MeasureWork::reset})
        connect(measures, signal, &m_refresh, qOverload<>(&QTimer::start));
    connect(measures, &MeasureWork::changed, &m_refresh, qOverload<>(&QTimer::start));
    connect(m_work.get(), &DashboardWork::measuresWanted, this, &DashboardDesk::showMeasures);
    connect(m_work.get(), &DashboardWork::mapWanted, this, &DashboardDesk::showOnMap);
    connect(m_work.get(), &DashboardWork::layerWanted, this, &DashboardDesk::layerWanted);
    return true;
}

void DashboardDesk::show(int dashboard)
{
    if (!prepare())
        return;
    if (!m_window) {
        m_window = new DashboardWindow(*m_work, m_parent);
        m_window->setAttribute(Qt::WA_DeleteOnClose);
        recall();
        connectWindow();
        m_demo = m_demo && demoIsOnMap();
        m_window->setDemo(demoIsOnMap(), m_demo);
        readStore();
        readAreas();
        m_window->show();
    }
    if (dashboard >= 0 && dashboard < m_window->dashboards().size())
        m_window->showDashboard(dashboard);
    m_window->raise();
    m_window->activateWindow();
}

void DashboardDesk::connectWindow()
{
    connect(m_window, &DashboardWindow::closing, this, &DashboardDesk::remember);
    connect(m_window, &DashboardWindow::dashboardsChanged, this, &DashboardDesk::remember);
    connect(m_window, &DashboardWindow::importWanted, this, &DashboardDesk::askImport);
    connect(m_window, &DashboardWindow::templateWanted, this, &DashboardDesk::askTemplate);
    connect(m_window, &DashboardWindow::reportWanted, this, &DashboardDesk::askReport);
    connect(m_window, &DashboardWindow::layersWanted, this, &DashboardDesk::workOutLayers);
    connect(m_window, &DashboardWindow::areasWanted, this, &DashboardDesk::askDistricts);
    connect(m_window, &DashboardWindow::demoWanted, this, &DashboardDesk::setDemo);
    connect(m_window, &DashboardWindow::cancelWanted, this, [this] {
        m_job.cancel();
        m_window->setBusy({});
        readStore(); // a delivery may have been done just before
    });
}

bool DashboardDesk::demoIsOnMap() const
{
    const auto ids = m_session.tree().layerIds();
    return std::ranges::any_of(ids, [&](const QUuid &id) {
        const auto *node = m_session.tree().find(id);
        return node && node->layer && node->layer->source.location.startsWith("demo:"_L1);
    });
}

void DashboardDesk::setDemo(bool on)
{
    m_demo = on && demoIsOnMap();
    if (m_window)
        m_window->setDemo(demoIsOnMap(), m_demo);
    refresh();
    readAreas();
}

void DashboardDesk::refresh()
{
    const auto *measures = m_measures.work();
    if (!m_work || !measures)
        return;
    QList<Measure> all;
    for (const auto &stored : measures->measures())
        all.append(stored.measure);
    if (m_demo)
        m_work->setInput(demoIndexRecords(m_work->definition(), m_work->today()), demoMeasures(all, m_work->today()),
                         true);
    else
        m_work->setInput(m_records, all, false);
}

void DashboardDesk::readStore()
{
    const auto work = [store = m_store, path = m_session.paths().index()](CancelToken token) {
        return readRecords(store, path, token);
    };
    m_job.run(m_session.workPool(), work, [this](const ReadRecords &read) {
        m_store = read.store;
        m_records = read.records;
        refresh();
        if (!m_window)
            return;
        if (!read.status)
            m_window->showError(read.status.error());
        else if (!m_store->problem().isEmpty())
            m_window->showError({ErrorKind::Malformed, m_store->problem(), {}, {}});
    });
}

// Stadtteile

void DashboardDesk::setDistricts(const SourceRef &ref)
{
    QSettings(m_session.paths().settings, QSettings::IniFormat)
        .setValue(districtSetting, QJsonDocument(ref.toJson()).toJson(QJsonDocument::Compact));
    readAreas();
}

void DashboardDesk::readAreas()
{
    const QSettings file(m_session.paths().settings, QSettings::IniFormat);
    auto ref = SourceRef::fromJson(QJsonDocument::fromJson(file.value(districtSetting).toByteArray()).object());
    if (m_demo) // the names of the made-up values are those of the demo city
        ref = {.location = u"demo:city.gpkg"_s, .layer = u"stadtteile"_s};
    if (ref.location.isEmpty())
        return;
    const auto work = [opener = &m_session.opener(), ref](CancelToken token) {
        return readDistricts(*opener, ref, token);
    };
    m_reading.run(m_session.workPool(), work, [this](Result<std::vector<DistrictArea>> areas) {
        if (areas) {
            m_areas = *std::move(areas);
            m_work->setShapes(shapesOf(m_areas));
        } else if (m_window) {
            m_window->showError(areas.error());
        }
    });
}

void DashboardDesk::askDistricts()
{
    const auto layers = layersOfAreas(m_session.tree());
    if (layers.empty())
        return m_window->showError({ErrorKind::Invalid,
                                    tr("There is no layer with areas on the map."),
                                    tr("Add the layer of the Stadtteile to the map first."),
                                    {}});
    QStringList titles;
    for (const auto &layer : layers)
        titles << layer.title;
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Layer of the Stadtteile"));
    dialog->setLabelText(tr("Which layer of the map has the Stadtteile? Their names must be those of the values."));
    dialog->setComboBoxItems(titles);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, layers, titles](const QString &title) {
        const auto number = titles.indexOf(title);
        const auto *node = number < 0 ? nullptr : m_session.tree().find(layers[std::size_t(number)].id);
        if (node && node->layer)
            setDistricts(node->layer->source);
    });
    dialog->open();
}

/** The Stadtteile with what they reach, as a layer of the map. */
void DashboardDesk::showOnMap(const QString &indicator)
{
    const auto *view = m_work->view();
    if (!view || m_areas.empty()) {
        if (m_window)
            m_window->showError({ErrorKind::Invalid,
                                 tr("The outlines of the Stadtteile are not known."),
                                 tr("Choose their layer in the menu “Values”."),
                                 {}});
        return;
    }
    const auto &overview = view->overview;
    const auto month = QLocale().toString(firstDayOf(overview.question.month), u"MMMM yyyy"_s);
    DistrictScores scores{.title = u"%1, %2"_s.arg(m_work->definition().title, month),
                          .demo = m_demo,
                          .source = m_work->definition().title};
    const auto &all = m_work->definition().indicators;
    const auto number = std::ranges::find(all, indicator, &Indicator::id) - all.begin();
    if (number < all.size()) {
        const auto &one = all[number];
        scores.title = u"%1, %2"_s.arg(one.title, month);
        scores.unit = one.unit;
        for (qsizetype i = 0; i < overview.areas.size(); ++i) {
            const auto cell = view->cube->at(int(number), int(i) + 1, overview.question.month);
            scores.values.append({overview.areas[i], std::isnan(cell.value) ? std::nullopt : std::optional(cell.value),
                                  valueText(cell.value, one.unit)});
        }
    } else {
        for (std::size_t i = 0; i < overview.districts.index.size(); ++i) {
            const double score = overview.districts.index[i];
            scores.values.append({overview.areas[qsizetype(i)], std::isnan(score) ? std::nullopt : std::optional(score),
                                  valueText(score, tr("points"))});
        }
    }
    const auto path =
        QDir(m_session.paths().data)
            .filePath(u"index/stadtteile-%1-%2.geojson"_s.arg(indicator.isEmpty() ? u"index"_s : indicator)
                          .arg(overview.question.month));
    const auto work = [path, areas = m_areas, scores](CancelToken) { return writeDistricts(path, areas, scores); };
    m_mapping.run(m_session.workPool(), work, [this, path, scores](const Status &status) {
        if (status) {
            m_session.add({}, {districtNode(path, scores)});
            if (m_window)
                m_window->showMessage(tr("“%1” lies on the map now.").arg(scores.title));
        } else if (m_window) {
            m_window->showError(status.error());
        }
    });
}

void DashboardDesk::showMeasures(const IndexPlace &place, const QString &lead)
{
    m_measures.show(0);
    auto *window = m_measures.window();
    if (!window)
        return;
    MeasureFilter filter;
    if (place.field != 0)
        filter.fields = {place.field};
    if (!place.goal.isEmpty())
        filter.goals = {place.goal};
    if (!lead.isEmpty())
        filter.leads = {lead};
    window->filterBar().setFilter(filter);
}

// Values

void DashboardDesk::askImport()
{
    auto *dialog = look::fileDialog(m_window, tr("Import values"), {});
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv *.xlsx *.ods *.gpkg)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &DashboardDesk::importFrom);
    dialog->open();
}

void DashboardDesk::importFrom(const QString &path)
{
    const auto text = tr("Reading %1…").arg(QFileInfo(path).fileName());
    m_window->setBusy(text);
    const auto work = [path, definition = m_work->definition(), known = m_records,
                       progress = progressIn(m_window, text)](CancelToken token) {
        return previewIndexImport(path, definition, known, {.person = person()}, token, progress);
    };
    m_job.run(m_session.workPool(), work, [this, path](const Result<IndexImport> &found) { previewed(found, path); });
}

void DashboardDesk::previewed(const Result<IndexImport> &found, const QString &path)
{
    if (!m_window)
        return;
    m_window->setBusy({});
    if (!found)
        return m_window->showError(found.error());
    const auto &would = found->preview;
    ValueImportDialog::Found shown{.file = QFileInfo(path).fileName(),
                                   .added = would.added,
                                   .corrected = would.corrected,
                                   .removed = would.removed,
                                   .unchanged = would.unchanged,
                                   .unknownColumns = found->unknownColumns,
                                   .problems = {},
                                   .problemCount = found->problemCount};
    for (const auto &problem : found->problems)
        shown.problems << tr("Row %1, %2: %3").arg(QLocale().toString(problem.row), problem.column, problem.text);
    auto *dialog = new ValueImportDialog(shown, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog, delivery = found->delivery]() mutable {
        delivery.origin.source = dialog->source();
        delivery.origin.licence = dialog->licence();
        takeOver(std::move(delivery));
    });
    dialog->open();
}

/** In one transaction. */
void DashboardDesk::takeOver(IndexDelivery delivery)
{
    if (!m_store)
        return m_window->showError({ErrorKind::Storage, tr("The store of values is not open."), {}, {}});
    delivery.origin.at = QDateTime::currentDateTimeUtc();
    m_window->setBusy(tr("Taking over values…"));
    const auto work = [store = m_store, delivery = std::move(delivery)](CancelToken token) {
        return store->deliver(delivery, token);
    };
    m_job.run(m_session.workPool(), work, [this](const Result<IndexDelivered> &delivered) {
        if (m_window) {
            m_window->setBusy({});
            if (delivered)
                m_window->showMessage(tr("%n value(s) were taken over.", nullptr,
                                         int(delivered->added + delivered->corrected + delivered->removed)));
            else if (delivered.error().kind != ErrorKind::Cancelled)
                m_window->showError(delivered.error());
        }
        readStore();
    });
}

void DashboardDesk::workOutLayers()
{
    std::vector<LayerIndicator> works;
    QStringList missing;
    for (const auto &one : m_work->definition().indicators) {
        if (one.source.kind != IndicatorSource::Kind::Layer)
            continue;
        const auto ids = m_session.tree().layerIds();
        const auto found = std::ranges::find_if(ids, [&](const QUuid &id) {
            const auto &layer = *m_session.tree().find(id)->layer;
            return layer.title.compare(one.source.what, Qt::CaseInsensitive) == 0 && layer.data
                && !layer.data->isRaster();
        });
        if (found == ids.end()) {
            missing << one.source.what;
            continue;
        }
        const auto &layer = *m_session.tree().find(*found)->layer;
        works.push_back(
            {one, layer.title, layer.provenance, std::get<std::shared_ptr<const FeatureSource>>(layer.data->source)});
    }
    if (m_areas.empty() || works.empty() || !m_store)
        return m_window->showError(
            {ErrorKind::Invalid,
             !m_store              ? tr("The store of values is not open.")
                 : m_areas.empty() ? tr("The outlines of the Stadtteile are not known.")
                 : missing.isEmpty()
                 ? tr("No indicator comes from a layer.")
                 : tr("None of the layers that indicators come from is on the map: %1").arg(missing.join(u", "_s)),
             m_areas.empty() ? tr("Choose their layer in the menu “Values”.") : QString(),
             {}});
    const auto text = tr("Working out values…");
    m_window->setBusy(text);
    const auto work = [works = std::move(works), areas = m_areas, month = monthOf(m_work->today()), store = m_store,
                       progress = progressIn(m_window, text)](CancelToken token) {
        return workOutIndicators(works, areas, person(), month, *store, token, progress);
    };
    m_job.run(m_session.workPool(), work, [this, missing](const WorkedOut &out) {
        if (m_window) {
            m_window->setBusy({});
            auto notes = out.notes;
            if (!missing.isEmpty())
                notes << tr("Not on the map: %1").arg(missing.join(u", "_s));
            if (out.status)
                m_window->showMessage(tr("%n value(s) were worked out.", nullptr, int(out.values)) + u' '
                                      + notes.join(u' '));
            else if (out.status.error().kind != ErrorKind::Cancelled)
                m_window->showError(out.status.error());
        }
        readStore();
    });
}

void DashboardDesk::askTemplate()
{
    auto *dialog =
        look::saveDialog(m_window, tr("Empty table of values"), {tr("CSV (*.csv)")}, tr("Values of indicators"));
    connect(dialog, &QFileDialog::fileSelected, this, &DashboardDesk::writeTemplate);
    dialog->open();
}

void DashboardDesk::writeTemplate(const QString &path)
{
    using Kind = IndicatorSource::Kind;
    // The names that the import knows, so not translated
    ChartTable table{.title = {},
                     .columns = {{.title = u"Indikator"_s},
                                 {.title = u"Titel"_s},
                                 {.title = u"Einheit"_s},
                                 {.title = u"Stadtteil"_s},
                                 {.title = u"Zeitraum"_s},
                                 {.title = u"Wert"_s}},
                     .rows = {}};
    const int last = monthOf(m_work->today());
    for (const auto &one : m_work->definition().indicators) {
        if (one.source.kind == Kind::Measures || one.source.kind == Kind::Formula)
            continue;
        const auto day = firstDayOf(periodStart(last, one.period));
        const auto period = one.period == "year"_L1 ? QString::number(day.year())
            : one.period == "quarter"_L1            ? u"%1-Q%2"_s.arg(day.year()).arg(day.month() / 3 + 1)
                                                    : day.toString(u"yyyy-MM"_s);
        table.rows.append({one.id, one.title, one.unit, QString(), period, QString()});
    }
    QSaveFile file(path);
    const auto csv = table.toCsv();
    if (file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit())
        return m_window->showMessage(tr("Written: %1").arg(QFileInfo(path).fileName()));
    m_window->showError({ErrorKind::Storage, tr("“%1” could not be written.").arg(QDir::toNativeSeparators(path)),
                         tr("See whether the folder has room and may be written."), file.errorString()});
}

// Report

void DashboardDesk::askReport()
{
    auto *dialog = look::saveDialog(
        m_window, tr("Smart City report"),
        {tr("PDF (*.pdf)"), tr("JSON for the open data portal (*.json)"), tr("CSV for the open data portal (*.csv)")},
        tr("Smart City report %1").arg(m_work->today().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &DashboardDesk::writeReport);
    dialog->open();
}

void DashboardDesk::writeReport(const QString &path)
{
    const auto *view = m_work->view();
    const auto *measures = m_measures.work();
    if (!view || !measures)
        return;
    ReportInput input{.facts = m_work->facts(), .day = m_work->today(), .index = {}};
    for (const auto &stored : measures->measures())
        input.measures.append(stored.measure);
    input.measuresSource = tr("the measures of Hanseatlas");
    input.since = QDate::fromString(
        QSettings(m_session.paths().settings, QSettings::IniFormat).value(reportKey).toString(), Qt::ISODate);
    QStringList notes;
    const auto values = valuesFromCube(m_work->definition(), *view->cube, m_work->records(),
                                       view->overview.question.month, input.measuresSource);
    auto index = reportIndex(m_work->definition(), m_work->facts(), values, notes);
    if (!index)
        return m_window->showError(index.error());
    input.index = *std::move(index);
    const auto name = QFileInfo(path).fileName();
    const auto text = tr("Writing %1…").arg(name);
    m_window->setBusy(text);
    const auto work = [path, input, store = measures->store(),
                       progress = progressIn(m_window, text)](CancelToken token) mutable {
        if (store) {
            auto changes =
                store->history({.since = input.since.isValid() ? input.since.startOfDay() : QDateTime()}, token);
            if (!changes)
                return Status(std::unexpected(changes.error()));
            input.changes = *std::move(changes);
        }
        return hanseatlas::writeReport(path, standardTemplate(), input, token, progress);
    };
    m_job.run(m_session.workPool(), work, [this, name](const Status &status) {
        if (!m_window)
            return;
        m_window->setBusy({});
        if (!status)
            return status.error().kind == ErrorKind::Cancelled ? void() : m_window->showError(status.error());
        QSettings(m_session.paths().settings, QSettings::IniFormat)
            .setValue(reportKey, m_work->today().toString(Qt::ISODate));
        m_window->showMessage(tr("Written: %1").arg(name));
    });
}

/** Beside the program's settings, in their file. */
void DashboardDesk::remember()
{
    QSettings file(m_session.paths().settings, QSettings::IniFormat);
    file.setValue(geometryKey, m_window->isFullScreen() ? file.value(geometryKey) : m_window->saveGeometry());
    QJsonArray boards;
    for (const auto &board : m_window->dashboards())
        boards.append(toJson(board));
    file.setValue(boardsKey, QJsonDocument(boards).toJson(QJsonDocument::Compact));
    file.setValue(currentKey, m_window->current());
}

void DashboardDesk::recall()
{
    const QSettings file(m_session.paths().settings, QSettings::IniFormat);
    m_window->restoreGeometry(file.value(geometryKey).toByteArray());
    QList<Dashboard> boards;
    for (const auto &json : QJsonDocument::fromJson(file.value(boardsKey).toByteArray()).array()) {
        if (const auto board = dashboardFromJson(json.toObject()))
            boards.append(*board);
    }
    if (!boards.isEmpty())
        m_window->setDashboards(boards, file.value(currentKey).toInt());
}

} // namespace hanseatlas
