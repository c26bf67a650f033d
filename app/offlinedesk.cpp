// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/offlinedesk.h"

#include "app/noticearea.h"
#include "app/session.h"
#include "layers/map/credits.h"
#include "widgets/layers/layerage.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/offline/offlinechoice.h"
#include "widgets/offline/offlinewindow.h"

#include <QLocale>
#include <QMessageBox>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

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

OfflineDesk::OfflineDesk(Session &session, MapCanvas &canvas, NoticeArea &notices, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_canvas(canvas)
    , m_notices(notices)
    , m_window(window)
{
    m_pool.setMaxThreadCount(atOnce);
    if (session.hasNetwork())
        m_keeper = std::make_unique<OfflineKeeper>(session.network(), session.opener());
}

OfflineDesk::~OfflineDesk()
{
    for (const auto &running : std::as_const(m_running))
        running->stop.request_stop();
    m_estimating.cancel();
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
    connect(m_list, &OfflineWindow::zoomWanted, this, [this](const QString &id) {
        if (const auto *kept = find(id))
            m_canvas.zoomTo(kept->package.area, Crs::working());
    });
    connect(m_list, &QObject::destroyed, this, [this] { m_canvas.setHighlight({}); });
    m_list->show();
    refresh();
}

OfflineChoice *OfflineDesk::showChoice()
{
    if (!m_keeper)
        return nullptr;
    std::vector<OfflineChoice::Candidate> candidates;
    QList<QUuid> visible;
    forEachVisibleLayer(m_session.tree().roots(), [&](const Layer &layer) { visible << layer.id; });
    for (const auto &id : m_session.tree().layerIds()) {
        const auto &layer = *m_session.tree().find(id)->layer;
        if (layer.source.isRemote())
            candidates.push_back({layer.title, layer.source, visible.contains(id)});
    }
    const auto view = m_canvas.viewport();
    const auto transform = Transform::create(view.crs, Crs::working());
    auto *choice = new OfflineChoice(std::move(candidates), transform ? transform->forward(view.extent()) : Extent(),
                                     view.scale(), m_window);
    choice->setAttribute(Qt::WA_DeleteOnClose);
    connect(choice, &OfflineChoice::changed, this, [this, choice] { estimate(*choice); });
    connect(choice, &QDialog::accepted, this, [this, choice] {
        const auto wish = choice->wish();
        OfflinePackage package{.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                               .title = wish.title.isEmpty() ? tr("Without a name") : wish.title,
                               .layers = {},
                               .area = wish.area,
                               .largestScale = wish.largestScale,
                               .smallestScale = wish.smallestScale,
                               .created = QDateTime::currentDateTimeUtc()};
        for (const auto &layer : wish.layers)
            package.layers.push_back({layer.title, layer.source});
        fetch(std::move(package), OfflineKeeper::Scope::Missing);
        showList();
    });
    choice->open();
    return choice;
}

void OfflineDesk::estimate(OfflineChoice &choice)
{
    const auto wish = choice.wish();
    OfflinePackage package{.id = u"estimate"_s,
                           .title = wish.title,
                           .layers = {},
                           .area = wish.area,
                           .largestScale = wish.largestScale,
                           .smallestScale = wish.smallestScale};
    for (const auto &layer : wish.layers)
        package.layers.push_back({layer.title, layer.source});
    const auto work = [keeper = m_keeper.get(), package](CancelToken token) {
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
    outline(m_list->current());
}

/** The covered area of the package. */
void OfflineDesk::outline(const QString &id)
{
    const auto *kept = find(id);
    const auto transform = Transform::create(Crs::working(), m_canvas.viewport().crs);
    if (!kept || !transform)
        return m_canvas.setHighlight({});
    const auto &e = kept->package.area;
    Geometry box{GeometryKind::Polygon,
                 {{e.xMin, e.yMin}, {e.xMax, e.yMin}, {e.xMax, e.yMax}, {e.xMin, e.yMax}, {e.xMin, e.yMin}},
                 {5}};
    transform->forward(std::span(box.points));
    m_canvas.setHighlight({std::move(box)});
}

} // namespace hanseatlas
