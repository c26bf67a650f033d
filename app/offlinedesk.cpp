// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/offlinedesk.h"

#include "app/noticearea.h"
#include "app/offlineareas.h"
#include "app/session.h"
#include "layers/map/credits.h"
#include "widgets/layers/layerage.h"
#include "widgets/map/featurepanel.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/offline/areachoice.h"
#include "widgets/offline/offlinechoice.h"
#include "widgets/offline/offlinewindow.h"

#include <QLocale>
#include <QMessageBox>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr auto drawTopic = "offline:draw"_L1; ///< of the notice
constexpr int atOnce = 2; ///< packages that are fetched at the same time

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString estimateText(const OfflineEstimate &estimate)
{
    if (estimate.requests == 0)
        return OfflineDesk::tr("All of it is there already; it will be kept.");
    const auto minutes = (estimate.seconds + 59) / 60;
    return OfflineDesk::tr("About %1 requests, %2 and %3.")
        .arg(QLocale().toString(estimate.requests), sizeText(estimate.bytes),
             estimate.seconds < 60 ? OfflineDesk::tr("less than a minute")
                                   : OfflineDesk::tr("%n minute(s)", nullptr, int(minutes)));
}

QString stateText(const OfflinePackage &package, double running)
{
    if (running >= 0)
        return OfflineDesk::tr("Fetching, %1 %").arg(int(running * 100));
    switch (package.state) {
    case OfflinePackage::State::Ready:
        return OfflineDesk::tr("complete");
    case OfflinePackage::State::Failed:
        return OfflineDesk::tr("parts are missing");
    case OfflinePackage::State::Fetching:
    case OfflinePackage::State::Paused:
        break;
    }
    return OfflineDesk::tr("paused");
}

/** For the map: what lies here, and how old it is. */
QString coverLabel(const QString &title, const QDateTime &oldest)
{
    if (!oldest.isValid())
        return title;
    if (oldest.secsTo(QDateTime::currentDateTime()) < 60)
        return OfflineDesk::tr("%1 · just fetched").arg(title);
    return OfflineDesk::tr("%1 · %2 old", "name and age, such as 3 h").arg(title, shortAge(oldest));
}

QString detailsOf(const OfflinePackage &package)
{
    QStringList lines{
        OfflineDesk::tr("Scales %1 to %2").arg(scaleText(package.largestScale), scaleText(package.smallestScale))};
    for (const auto &layer : package.layers)
        lines << u"– "_s + layer.title;
    if (!package.problem.isEmpty())
        lines << package.problem;
    return lines.join(u'\n');
}

} // namespace

OfflineDesk::OfflineDesk(Session &session, MapCanvas &canvas, const FeaturePanel &features, NoticeArea &notices,
                         QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_canvas(canvas)
    , m_features(features)
    , m_notices(notices)
    , m_window(window)
{
    m_pool.setMaxThreadCount(atOnce);
    m_ageing.setInterval(std::chrono::minutes(1));
    connect(&m_ageing, &QTimer::timeout, this, &OfflineDesk::show);
    connect(&session, &Session::crsChanged, this, &OfflineDesk::outline, Qt::QueuedConnection);
    connect(&canvas, &MapCanvas::areaDrawn, this, &OfflineDesk::takeBox);
    connect(&canvas, &MapCanvas::toolChanged, this, [this](MapCanvas::Tool tool) {
        if (!m_choice || !m_choice->isHidden() || tool == MapCanvas::Tool::AreaBox)
            return;
        m_notices.dismiss(drawTopic);
        if (m_list)
            m_list->show();
        m_choice->open(); // drawn, or not any more
    });
    if (session.hasNetwork())
        m_keeper = std::make_unique<OfflineKeeper>(session.network(), session.opener());
}

OfflineDesk::~OfflineDesk()
{
    for (const auto &running : std::as_const(m_running))
        running->stop.request_stop();
    m_estimating.cancel();
    m_objects.cancel();
    m_reading.cancel();
    m_pool.waitForDone();
    m_session.workPool().waitForDone(); // they borrow the keeper
}

const KeptPackage *OfflineDesk::find(const QString &id) const
{
    const auto found = std::ranges::find_if(m_kept, [&](const KeptPackage &kept) { return kept.package.id == id; });
    return found == m_kept.end() ? nullptr : &*found;
}

void OfflineDesk::showList()
{
    if (!m_keeper)
        return;
    if (m_list) {
        m_list->raise();
        return m_list->activateWindow();
    }
    m_list = new OfflineWindow(m_window);
    m_list->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_list, &OfflineWindow::addWanted, this, &OfflineDesk::showChoice);
    connect(m_list, &OfflineWindow::fetchWanted, this, [this](const QString &id) {
        if (const auto *kept = find(id))
            fetch(kept->package,
                  kept->package.state == OfflinePackage::State::Ready ? OfflineKeeper::Scope::Everything
                                                                      : OfflineKeeper::Scope::Missing);
    });
    connect(m_list, &OfflineWindow::pauseWanted, this, [this](const QString &id) {
        if (const auto running = m_running.value(id))
            running->stop.request_stop();
    });
    connect(m_list, &OfflineWindow::removeWanted, this, [this](const QString &id) {
        const auto work = [keeper = m_keeper.get(), id](CancelToken) { return keeper->remove(id); };
        m_reading.run(m_session.workPool(), work, [this](const Status &status) {
            if (!status)
                m_notices.show(Notice::of(status.error(), u"offline"_s));
            refresh();
        });
    });
    connect(m_list, &OfflineWindow::currentChanged, this, &OfflineDesk::outline);
    m_ageing.start();
    connect(m_list, &OfflineWindow::zoomWanted, this, [this](const QString &id) {
        if (const auto *kept = find(id))
            m_canvas.zoomTo(kept->package.area, Crs::working());
    });
    connect(m_list, &QObject::destroyed, this, [this] {
        m_ageing.stop();
        m_canvas.setOutlines({});
    });
    m_list->show();
    refresh();
}

OfflineChoice *OfflineDesk::showChoice()
{
    if (!m_keeper)
        return nullptr;
    if (m_choice) {
        m_choice->open();
        return m_choice;
    }
    const auto view = m_canvas.viewport();
    const auto transform = Transform::create(view.crs, Crs::working());
    auto *choice = new OfflineChoice(offlineCandidates(m_session.tree(), m_session.themes()),
                                     transform ? transform->forward(view.extent()) : Extent(), view.scale(), m_window);
    m_choice = choice;
    choice->setAttribute(Qt::WA_DeleteOnClose);
    offerAreas(choice->area());
    connect(choice, &OfflineChoice::changed, this, [this, choice] { estimate(*choice); });
    connect(choice, &QDialog::accepted, this, [this, choice] {
        auto package = packageOf(*choice);
        package.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        package.created = QDateTime::currentDateTimeUtc();
        if (package.title.isEmpty())
            package.title = tr("Without a name");
        fetch(std::move(package), OfflineKeeper::Scope::Missing);
        showList();
    });
    choice->open();
    return choice;
}

void OfflineDesk::offerAreas(AreaChoice &area)
{
    const auto *chosen = m_features.chosen();
    const auto transform = Transform::create(m_features.found().crs, Crs::working());
    if (chosen && transform && chosen->geometry.kind == GeometryKind::Polygon) {
        auto shape = chosen->geometry;
        transform->forward(std::span(shape.points));
        area.offerObject({chosen->title, std::move(shape)});
    }
    area.offerLayers(layersOfAreas(m_session.tree()));
    connect(&area, &AreaChoice::objectsWanted, this, &OfflineDesk::readObjects);
    connect(&area, &AreaChoice::boxWanted, this, &OfflineDesk::drawBox);
}

void OfflineDesk::readObjects(const QUuid &id)
{
    const auto *node = m_session.tree().find(id);
    if (!node || !node->layer)
        return;
    const auto work = [layer = *node->layer](CancelToken token) { return areasOf(layer, token); };
    m_objects.run(m_session.workPool(), work,
                  [shown = QPointer(m_choice), id](Result<std::vector<AreaChoice::Object>> objects) {
                      if (!shown)
                          return;
                      if (objects)
                          shown->area().setObjects(id, *std::move(objects));
                      else
                          shown->area().setObjects(id, {}, objects.error().what);
                  });
}

void OfflineDesk::drawBox()
{
    m_choice->hide();
    if (m_list)
        m_list->hide();
    m_canvas.setTool(MapCanvas::Tool::AreaBox);
    m_canvas.setFocus();
    m_notices.show({.text = tr("Draw a rectangle on the map with the mouse. Esc leads back."), .topic = drawTopic});
}

void OfflineDesk::takeBox(const Geometry &box)
{
    const auto transform = Transform::create(m_canvas.viewport().crs, Crs::working());
    if (!m_choice || !transform)
        return;
    auto there = box;
    transform->forward(std::span(there.points));
    m_choice->area().setBox(there);
}

OfflinePackage OfflineDesk::packageOf(const OfflineChoice &choice) const
{
    const auto wish = choice.wish();
    OfflinePackage package{.id = u"estimate"_s,
                           .title = wish.title,
                           .layers = {},
                           .area = wish.area,
                           .shape = wish.shape,
                           .largestScale = wish.largestScale,
                           .smallestScale = wish.smallestScale};
    for (const auto &layer : wish.layers)
        package.layers.push_back({layer.title, layer.source});
    return package;
}

void OfflineDesk::estimate(OfflineChoice &choice)
{
    const auto work = [keeper = m_keeper.get(), package = packageOf(choice)](CancelToken token) {
        return keeper->estimate(package, token);
    };
    m_estimating.run(m_session.workPool(), work, [shown = QPointer(&choice)](const Result<OfflineEstimate> &estimate) {
        if (!shown)
            return;
        if (estimate)
            shown->setEstimate(estimateText(*estimate), true);
        else
            shown->setEstimate(estimate.error().what, false);
    });
}

void OfflineDesk::fetch(OfflinePackage package, OfflineKeeper::Scope scope)
{
    const auto id = package.id;
    if (m_running.contains(id))
        return;
    const auto running = std::make_shared<Running>();
    m_running.insert(id, running);
    // It waits for them in its destructor
    m_pool.start([this, keeper = m_keeper.get(), package = std::move(package), scope, running]() mutable {
        const auto token = running->stop.get_token();
        const auto progress = [this, id = package.id](double fraction) {
            QMetaObject::invokeMethod(
                this,
                [this, id, fraction] {
                    if (const auto known = m_running.value(id))
                        known->progress = fraction;
                    if (m_list)
                        m_list->setProgress(id, fraction);
                },
                Qt::QueuedConnection);
        };
        const auto status = keeper->fetch(package, scope, token, progress);
        QMetaObject::invokeMethod(
            this, [this, id = package.id, title = package.title, status] { ended(id, title, status); },
            Qt::QueuedConnection);
    });
    refresh();
}

void OfflineDesk::ended(const QString &id, const QString &title, const Status &status)
{
    m_running.remove(id);
    if (status)
        m_notices.show({.kind = Notice::Kind::Success,
                        .text = tr("Kept for work without network: %1").arg(title),
                        .topic = u"offline:"_s + id});
    else if (status.error().kind != ErrorKind::Cancelled)
        m_notices.show(Notice::of(status.error(), u"offline:"_s + id));
    refresh();
}

void OfflineDesk::refresh()
{
    const auto work = [keeper = m_keeper.get()](CancelToken) { return keeper->list(); };
    m_reading.run(m_session.workPool(), work, [this](Result<std::vector<KeptPackage>> kept) {
        if (!kept)
            return m_notices.show(Notice::of(kept.error(), u"offline"_s));
        m_kept = *std::move(kept);
        show();
    });
}

void OfflineDesk::show()
{
    if (!m_list)
        return;
    QList<OfflineWindow::Entry> entries;
    for (const auto &[package, size] : m_kept) {
        const auto running = m_running.value(package.id);
        entries.append({.id = package.id,
                        .title = package.title,
                        .state = stateText(package, running ? running->progress : -1),
                        .size = sizeText(size.bytes),
                        .age = shortAge(size.oldest),
                        .details = detailsOf(package),
                        .running = running != nullptr,
                        .complete = package.state == OfflinePackage::State::Ready});
    }
    m_list->setEntries(entries);
    outline();
}

/** The covered areas of all packages. */
void OfflineDesk::outline()
{
    const auto transform = Transform::create(Crs::working(), m_canvas.viewport().crs);
    if (!m_list || !transform)
        return m_canvas.setOutlines({});
    std::vector<MapOutline> outlines;
    for (const auto &[package, size] : m_kept) {
        MapOutline outline{package.outline(), coverLabel(package.title, size.oldest), package.id == m_list->current()};
        transform->forward(std::span(outline.area.points));
        outlines.push_back(std::move(outline));
    }
    std::ranges::stable_partition(outlines, [](const MapOutline &outline) { return !outline.chosen; });
    m_canvas.setOutlines(std::move(outlines));
}

} // namespace hanseatlas
