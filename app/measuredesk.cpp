// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuredesk.h"

#include "app/measurestorechange.h"
#include "app/noticearea.h"
#include "app/session.h"
#include "app/windowprogress.h"
#include "datasources/measures/localmeasurestore.h"
#include "datasources/measures/measureexport.h"
#include "layers/measures/measureplace.h"
#include "widgets/look/filedialog.h"
#include "widgets/measures/changelist.h"
#include "widgets/measures/conflictdialog.h"
#include "widgets/measures/importpreview.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurepage.h"
#include "widgets/measures/measurewindow.h"
#include "widgets/measures/measurework.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct OpenedMeasures {
    std::shared_ptr<MeasureStore> store; ///< null: only the strategy's own measures can be shown
    QList<StoredMeasure> measures;
    Status status;
    QString problem;
};

QList<StoredMeasure> shipped()
{
    QList<StoredMeasure> all;
    if (const auto read = measuresFromJson(bytesOf(u":/strategy/measures.json"_s), u"measures.json"_s)) {
        for (const auto &measure : *read)
            all.append({measure, 0});
    }
    return all;
}

/** Opens the store and fills a new one, unless it is the copy of another. Where that fails the strategy's measures can
 * at least be read. */
OpenedMeasures openMeasures(const QString &path, bool isCopy, const StrategyFacts &facts, const ChangeNote &note,
                            const CancelToken &token)
{
    OpenedMeasures opened;
    const auto failed = [&opened](const Error &error) {
        opened.status = std::unexpected(error);
        opened.store.reset();
        opened.measures = shipped();
        return opened;
    };
    QDir().mkpath(QFileInfo(path).absolutePath());
    auto store = LocalMeasureStore::open(path, facts);
    if (!store)
        return failed(store.error());
    opened.problem = (*store)->problem();
    const bool isNew = (*store)->isNew();
    opened.store = std::shared_ptr<MeasureStore>(std::move(*store));
    auto measures = opened.store->read(token, {});
    if (measures && measures->isEmpty() && isNew && !isCopy) {
        ChangeSet first;
        for (const auto &stored : shipped())
            first.changes.append(createMeasure(stored.measure));
        if (const auto saved = opened.store->save(first, note, token, {}); !saved)
            return failed(saved.error());
        measures = opened.store->read(token, {});
    }
    if (!measures)
        return failed(measures.error());
    opened.measures = *std::move(measures);
    return opened;
}

QString userName()
{
    const auto name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.isEmpty() ? MeasureDesk::tr("unknown") : name;
}

} // namespace

MeasureDesk::MeasureDesk(Session &session, NoticeArea &notices, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_notices(notices)
    , m_parent(window)
    , m_sharing(session)
{
    connectSharing();
}

MeasureDesk::~MeasureDesk()
{
    m_job.cancel();
    if (m_window)
        m_window->close(); // takes over what is still in a field, and is remembered
    delete m_window; // it borrows the work
}

MeasureWindow *MeasureDesk::window() const
{
    return m_window;
}

MeasureWork *MeasureDesk::work()
{
    if (prepare() && !m_work->store() && !m_job.isRunning())
        openStore();
    return m_work.get();
}

void MeasureDesk::takePlace(const Geometry &geometry)
{
    if (!m_window)
        return;
    if (geometry.isEmpty())
        return m_window->showError({ErrorKind::Invalid,
                                    tr("Nothing is chosen on the map."),
                                    tr("Click on an object of the map, then choose this again."),
                                    {}});
    if (const auto taken = m_window->page().takePlace(placeWkb(geometry)); !taken)
        m_window->showError(taken.error());
}

void MeasureDesk::setMarksShown(bool shown)
{
    m_marksShown = shown;
    if (m_window)
        m_window->setOnMap(shown);
}

bool MeasureDesk::prepare()
{
    if (m_work)
        return true;
    auto facts = strategyFromJson(bytesOf(u":/strategy/strategy.json"_s), u"strategy.json"_s);
    if (!facts) {
        m_notices.show(Notice::of(facts.error(), u"measures"_s));
        return false;
    }
    m_work = std::make_unique<MeasureWork>(*std::move(facts));
    connect(m_work.get(), &MeasureWork::changed, &m_sharing, &MeasureSharing::syncSoon);
    connect(m_work.get(), &MeasureWork::reset, &m_sharing, &MeasureSharing::syncSoon);
    return true;
}

void MeasureDesk::show(int view)
{
    if (!prepare())
        return;
    if (!m_window) {
        m_window = new MeasureWindow(*m_work, m_parent);
        m_window->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_window, &MeasureWindow::closing, this, &MeasureDesk::remember);
        connect(m_window, &MeasureWindow::importWanted, this, &MeasureDesk::askImport);
        connect(m_window, &MeasureWindow::exportWanted, this, &MeasureDesk::askExport);
        connect(m_window, &MeasureWindow::openDataWanted, this, &MeasureDesk::askOpenData);
        connect(&m_window->page(), &MeasurePage::placeWanted, this, &MeasureDesk::placeWanted);
        connect(&m_window->page(), &MeasurePage::placeShown, this, [this] {
            if (const auto *measure = m_window->page().measure())
                emit placeShown(placeGeometry(measure->place.wkb).value_or(Geometry()), measure->place.district);
        });
        connect(&m_window->changes(), &ChangeList::csvWanted, this, &MeasureDesk::saveChanges);
        m_window->setOnMap(m_marksShown);
        connect(m_window, &MeasureWindow::marksWanted, this, &MeasureDesk::marksWanted);
        connect(&m_window->filterBar(), &MeasureFilterBar::filterChanged, this, &MeasureDesk::filterChanged);
        connect(m_window, &MeasureWindow::storeWanted, this, &MeasureDesk::askStore);
        connect(&m_window->storeLine(), &StoreLine::tryWanted, &m_sharing, &MeasureSharing::syncNow);
        connect(&m_window->storeLine(), &StoreLine::decisionWanted, this, &MeasureDesk::askDecisions);
        m_window->storeLine().setState(m_sharing.state());
        connect(m_window, &MeasureWindow::cancelWanted, this, [this] {
            m_job.cancel();
            m_window->setBusy({});
            reread(); // a save may have been done just before
        });
        recall();
        if (!m_work->store())
            openStore();
        m_window->show();
    }
    if (view >= 0)
        m_window->showView(view);
    m_window->raise();
    m_window->activateWindow();
}

void MeasureDesk::openStore()
{
    if (m_window)
        m_window->setBusy(tr("Opening the measures…"));
    const auto setting = StoreSetting::load(m_session.paths().settings);
    m_work->setPerson(setting.person.isEmpty() ? userName() : setting.person);
    m_sharing.setPerson(m_work->person());
    const bool isCopy = !setting.address.isEmpty();
    const auto path = measuresFile(m_session.paths());
    const auto work = [path, isCopy, facts = m_work->facts(), note = m_work->note(tr("Digital Strategy"))](
                          CancelToken token) { return openMeasures(path, isCopy, facts, note, token); };
    m_sharing.end();
    m_job.run(m_session.workPool(), work, [this, setting](const OpenedMeasures &opened) {
        m_work->setStore(opened.store);
        m_work->setMeasures(opened.measures);
        if (opened.store && !setting.address.isEmpty())
            m_sharing.begin(setting, opened.store, m_work->facts());
        if (!m_window)
            return;
        m_window->setBusy({});
        if (!opened.status)
            m_window->showError(opened.status.error());
        else if (!opened.problem.isEmpty())
            m_window->showError({ErrorKind::Malformed, opened.problem, {}, {}});
        if (m_work->current().isEmpty() && !opened.measures.isEmpty())
            m_work->setCurrent(opened.measures.first().measure.number);
    });
}

void MeasureDesk::reread()
{
    if (!m_work->store())
        return;
    const auto work = [store = m_work->store()](CancelToken token) { return store->read(token, {}); };
    m_job.run(m_session.workPool(), work, [this](const Result<QList<StoredMeasure>> &measures) {
        if (measures)
            m_work->setMeasures(*measures);
        else if (m_window)
            m_window->showError(measures.error());
    });
}

void MeasureDesk::connectSharing()
{
    connect(&m_sharing, &MeasureSharing::stateChanged, this, [this](const SharingState &state) {
        if (m_window)
            m_window->storeLine().setState(state);
    });
    connect(&m_sharing, &MeasureSharing::arrived, this, [this](const QList<StoredMeasure> &measures) {
        m_work->arrive(measures);
        if (m_work->current().isEmpty() && !measures.isEmpty())
            m_work->setCurrent(measures.first().measure.number);
    });
    connect(&m_sharing, &MeasureSharing::kept, this, [this](const QStringList &numbers) {
        if (m_window)
            m_window->showMessage(
                tr("Removed by one and changed by another, therefore kept: %1").arg(numbers.mid(0, 10).join(u", "_s)));
    });
}

void MeasureDesk::askStore()
{
    auto *change = new MeasureStoreChange(m_session, *m_work, m_window);
    connect(change, &MeasureStoreChange::changed, this, &MeasureDesk::openStore);
}

void MeasureDesk::askDecisions()
{
    if (m_sharing.open().isEmpty())
        return;
    QHash<QString, QString> titles;
    for (const auto &one : m_sharing.open()) {
        if (const auto *stored = m_work->find(one.conflict.number))
            titles.insert(one.conflict.number, stored->measure.title);
    }
    auto *dialog = new ConflictDialog(m_sharing.open(), titles, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_sharing.decide(dialog->decisions()); });
    dialog->open();
}

void MeasureDesk::askImport()
{
    auto *dialog = look::fileDialog(m_window, tr("Import measures"), {});
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Tables and files of measures (*.csv *.xlsx *.ods *.gpkg *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MeasureDesk::importFrom);
    dialog->open();
}

void MeasureDesk::importFrom(const QString &path)
{
    const auto text = tr("Reading %1…").arg(QFileInfo(path).fileName());
    m_window->setBusy(text);
    const auto work = [path, measures = m_work->measures(), facts = m_work->facts(),
                       progress = progressIn(m_window, text)](CancelToken token) {
        return previewImport(path, measures, facts, token, progress);
    };
    m_job.run(m_session.workPool(), work, [this, path](const Result<MeasureImport> &found) { previewed(path, found); });
}

void MeasureDesk::previewed(const QString &path, const Result<MeasureImport> &found)
{
    if (!m_window)
        return;
    m_window->setBusy({});
    if (!found)
        return m_window->showError(found.error());
    ImportPreview::Found shown{.file = QFileInfo(path).fileName(),
                               .changes = found->changes,
                               .created = found->created,
                               .changed = found->changed,
                               .unchanged = found->unchanged,
                               .unknownColumns = found->unknownColumns,
                               .problems = {},
                               .problemCount = found->problemCount};
    for (const auto &problem : found->problems)
        shown.problems << tr("Row %1, %2: %3").arg(QLocale().toString(problem.row), problem.column, problem.text);
    auto *preview = new ImportPreview(shown, m_window);
    connect(preview, &QDialog::accepted, this, [this, path, changes = found->changes] { takeOver(path, changes); });
    preview->open();
}

/** In one transaction; where somebody changed the same measures meanwhile nothing is written. */
void MeasureDesk::takeOver(const QString &path, const ChangeSet &changes)
{
    struct Taken {
        Status status;
        QList<StoredMeasure> measures;
    };
    const auto text = tr("Import of %1").arg(QFileInfo(path).fileName());
    m_window->setBusy(text);
    const auto work = [changes, store = m_work->store(), note = m_work->note(text),
                       progress = progressIn(m_window, text)](CancelToken token) -> Taken {
        const auto outcome = store->save(changes, note, token, progress);
        if (!outcome)
            return {std::unexpected(outcome.error()), {}};
        if (!outcome->isWritten())
            return {failure(ErrorKind::Invalid, tr("The measures were changed meanwhile. Import the file again.")), {}};
        auto measures = store->read({}, {}); // written is written: no way back from here
        if (!measures)
            return {std::unexpected(measures.error()), {}};
        return {{}, *std::move(measures)};
    };
    m_job.run(m_session.workPool(), work, [this, text, changes](const Taken &taken) {
        if (taken.status)
            m_work->adopt(changes, taken.measures, text);
        if (!m_window)
            return;
        m_window->setBusy({});
        if (taken.status)
            m_window->showMessage(tr("%n measure(s) were taken over.", nullptr, int(changes.changes.size())));
        else if (taken.status.error().kind != ErrorKind::Cancelled)
            m_window->showError(taken.status.error());
    });
}

void MeasureDesk::askExport()
{
    auto *dialog = look::saveDialog(m_window, tr("Export measures"),
                                    {tr("Excel table (*.xlsx)"), tr("OpenDocument table (*.ods)"), tr("CSV (*.csv)"),
                                     tr("GeoPackage (*.gpkg)"), tr("Measures as JSON (*.json)")},
                                    tr("Measures"));
    connect(dialog, &QFileDialog::fileSelected, this, &MeasureDesk::exportTo);
    dialog->open();
}

void MeasureDesk::exportTo(const QString &path)
{
    write(path,
          [path](const QList<Measure> &all, const CancelToken &token) { return exportMeasures(path, all, token); });
}

void MeasureDesk::askOpenData()
{
    auto *dialog = look::saveDialog(m_window, tr("Export measures as open data"),
                                    {tr("CSV with its description (*.csv)")}, u"massnahmen-digitale-strategie"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &MeasureDesk::exportOpenData);
    dialog->open();
}

void MeasureDesk::exportOpenData(const QString &path)
{
    const OpenDataNote note{.publisher = u"Hansestadt Lübeck"_s,
                            .licence = u"https://www.govdata.de/dl-de/by-2-0"_s,
                            .modified = m_work->today()};
    write(path, [path, note](const QList<Measure> &all, const CancelToken &token) {
        return hanseatlas::exportOpenData(path, all, note, token);
    });
}

void MeasureDesk::saveChanges(const QByteArray &csv)
{
    auto *dialog =
        look::saveDialog(m_window, tr("Save changes as CSV"), {tr("CSV (*.csv)")}, tr("Changes of the measures"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, csv](const QString &path) {
        write(path, [path, csv](const QList<Measure> &, const CancelToken &) -> Status {
            QSaveFile file(path);
            if (file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit())
                return {};
            return failure(ErrorKind::Storage, MeasureDesk::tr("“%1” could not be written.").arg(path),
                           MeasureDesk::tr("See whether the folder has room and may be written."), file.errorString());
        });
    });
    dialog->open();
}

/** In the pool, and told when it is done. */
void MeasureDesk::write(const QString &path, const std::function<Status(const QList<Measure> &, CancelToken)> &writer)
{
    QList<Measure> all;
    for (const auto &stored : m_work->measures())
        all.append(stored.measure);
    const auto name = QFileInfo(path).fileName();
    m_window->setBusy(tr("Writing %1…").arg(name));
    const auto work = [writer, all](CancelToken token) { return writer(all, token); };
    m_job.run(m_session.workPool(), work, [this, name](const Status &status) {
        if (!m_window)
            return;
        m_window->setBusy({});
        if (status)
            m_window->showMessage(tr("Written: %1").arg(name));
        else
            m_window->showError(status.error());
    });
}

/** Beside the program's settings, in their file: geometry and kept filters. */
void MeasureDesk::remember()
{
    QSettings file(m_session.paths().settings, QSettings::IniFormat);
    file.setValue("measures/geometry"_L1, m_window->saveGeometry());
    file.setValue("measures/visited"_L1, QDateTime::currentDateTimeUtc());
    QJsonArray filters;
    for (const auto &filter : m_window->filterBar().saved())
        filters.append(toJson(filter));
    file.setValue("measures/filters"_L1, QJsonDocument(filters).toJson(QJsonDocument::Compact));
}

void MeasureDesk::recall()
{
    const QSettings file(m_session.paths().settings, QSettings::IniFormat);
    m_window->restoreGeometry(file.value("measures/geometry"_L1).toByteArray());
    m_window->changes().setLastVisit(file.value("measures/visited"_L1).toDateTime());
    QList<SavedFilter> filters;
    for (const auto &json : QJsonDocument::fromJson(file.value("measures/filters"_L1).toByteArray()).array()) {
        if (const auto filter = savedFilterFromJson(json.toObject()))
            filters.append(*filter);
    }
    m_window->filterBar().setSaved(filters);
    connect(&m_window->filterBar(), &MeasureFilterBar::savedChanged, this, &MeasureDesk::remember);
}

} // namespace hanseatlas
