// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/offline/offlinekeeper.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

class QWidget;

namespace hanseatlas
{

class AreaChoice;
class FeaturePanel;
class MapCanvas;
class NoticeArea;
class OfflineChoice;
class OfflineWindow;
class Session;
struct MapOutline;

/** Takes layers along for work without a network: the dialog, the list, and the fetching behind them, which goes on
 *  when both are closed. While the list is open, the map shows what is covered and how old it is. GUI thread. */
class OfflineDesk final : public QObject
{
    Q_OBJECT
public:
    OfflineDesk(Session &session, MapCanvas &canvas, const FeaturePanel &features, NoticeArea &notices,
                QWidget *window);
    ~OfflineDesk() override; ///< pauses what is under way

    void showList();
    OfflineChoice *showChoice();

private:
    struct Running {
        std::stop_source stop;
        double progress = 0;
    };
    void offerAreas(AreaChoice &area);
    void readObjects(const QUuid &layer);
    void drawBox();
    void takeBox(const Geometry &box);
    OfflinePackage packageOf(const OfflineChoice &choice) const;
    void estimate(OfflineChoice &choice);
    void fetch(OfflinePackage package, OfflineKeeper::Scope scope);
    void ended(const QString &id, const QString &title, const Status &status);
    void refresh();
    void show();
    void outline();
    const KeptPackage *find(const QString &id) const;

    Session &m_session;
    MapCanvas &m_canvas;
    const FeaturePanel &m_features;
    NoticeArea &m_notices;
    QWidget *m_window;
    std::unique_ptr<OfflineKeeper> m_keeper; ///< null where there is no network
    QPointer<OfflineWindow> m_list;
    QPointer<OfflineChoice> m_choice;
    QTimer m_ageing; ///< what is shown grows old
    std::vector<KeptPackage> m_kept;
    QHash<QString, std::shared_ptr<Running>> m_running; ///< by id
    QThreadPool m_pool; ///< who waits for servers keeps no other work waiting
    Latest m_estimating, m_objects, m_reading;
};

} // namespace hanseatlas
