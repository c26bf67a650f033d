// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuredesk.h"

#include "app/noticearea.h"
#include "app/session.h"
#include "datasources/measures/localmeasurestore.h"
#include "widgets/measures/measurefilterbar.h"
#include "widgets/measures/measurewindow.h"
#include "widgets/measures/measurework.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
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

/** Opens the store and fills a new one. Where that fails the strategy's measures can at least be read. */
OpenedMeasures openMeasures(const QString &path, const StrategyFacts &facts, const ChangeNote &note,
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
    if (measures && measures->isEmpty() && isNew) {
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
{
}

MeasureDesk::~MeasureDesk()
{
    m_opening.cancel();
    delete m_window; // it borrows the work
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
    m_work->setPerson(userName());
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
    m_window->setBusy(tr("Opening the measures…"));
    const auto path = m_session.paths().data + "/measures.sqlite"_L1;
    const auto work = [path, facts = m_work->facts(), note = m_work->note(tr("Digital Strategy"))](CancelToken token) {
        return openMeasures(path, facts, note, token);
    };
    m_opening.run(m_session.workPool(), work, [this](const OpenedMeasures &opened) {
        m_work->setStore(opened.store);
        m_work->setMeasures(opened.measures);
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

/** Beside the program's settings, in their file: geometry and kept filters. */
void MeasureDesk::remember()
{
    QSettings file(m_session.paths().settings, QSettings::IniFormat);
    file.setValue("measures/geometry"_L1, m_window->saveGeometry());
    QJsonArray filters;
    for (const auto &filter : m_window->filterBar().saved())
        filters.append(toJson(filter));
    file.setValue("measures/filters"_L1, QJsonDocument(filters).toJson(QJsonDocument::Compact));
}

void MeasureDesk::recall()
{
    const QSettings file(m_session.paths().settings, QSettings::IniFormat);
    m_window->restoreGeometry(file.value("measures/geometry"_L1).toByteArray());
    QList<SavedFilter> filters;
    for (const auto &json : QJsonDocument::fromJson(file.value("measures/filters"_L1).toByteArray()).array()) {
        if (const auto filter = savedFilterFromJson(json.toObject()))
            filters.append(*filter);
    }
    m_window->filterBar().setSaved(filters);
    connect(&m_window->filterBar(), &MeasureFilterBar::savedChanged, this, &MeasureDesk::remember);
}

} // namespace hanseatlas
