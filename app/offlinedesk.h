// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/offline/offlinekeeper.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

class QWidget;

namespace hanseatlas
{

class MapCanvas;
class NoticeArea;
class OfflineChoice;
class OfflineWindow;
class Session;

/** Takes layers along for work without a network: the dialog, the list, and the fetching behind them, which goes on
 *  when both are closed. The area of the package that is chosen in the list is outlined on the map. GUI thread. */
class OfflineDesk final : public QObject
{
    Q_OBJECT
public:
    OfflineDesk(Session &session, MapCanvas &canvas, NoticeArea &notices, QWidget *window);
    ~OfflineDesk() override; ///< pauses what is under way

    void showList();
    OfflineChoice *showChoice();

private:
    struct Running {
        std::stop_source stop;
        double progress = 0;
    };
    void estimate(OfflineChoice &choice);
    void fetch(OfflinePackage package, OfflineKeeper::Scope scope);
    void ended(const QString &id, const QString &title, const Status &status);
    void refresh();
    void show();
    void outline(const QString &id);
    const KeptPackage *find(const QString &id) const;

    Session &m_session;
    MapCanvas &m_canvas;
    NoticeArea &m_notices;
    QWidget *m_window;
    std::unique_ptr<OfflineKeeper> m_keeper; ///< null where there is no network
    QPointer<OfflineWindow> m_list;
    std::vector<KeptPackage> m_kept;
    QHash<QString, std::shared_ptr<Running>> m_running; ///< by id
    QThreadPool m_pool; ///< who waits for servers keeps no other work waiting
    Latest m_estimating, m_reading;
};

} // namespace hanseatlas
