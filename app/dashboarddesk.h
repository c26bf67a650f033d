// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/districtlayer.h"
#include "datasources/index/indeximport.h"
#include "layers/model/job.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

class QWidget;

namespace hanseatlas
{

class DashboardWindow;
class DashboardWork;
class MeasureDesk;
class NoticeArea;
class Session;
struct IndexPlace;
struct ReportInput;

/** The window of the Smart City Index and what stands behind it: the user's store of values, import, report, the
 * outlines of the Stadtteile, and what the window remembers. Nothing is opened before the window is wanted. GUI thread.
 */
class DashboardDesk final : public QObject
{
    Q_OBJECT
public:
    DashboardDesk(Session &session, MeasureDesk &measures, NoticeArea &notices, QWidget *window);
    ~DashboardDesk() override; ///< cancels what is under way

    void show(int dashboard = -1); ///< -1: as it was
    DashboardWindow *window() const; ///< null: closed
    DashboardWork *work() const { return m_work.get(); } ///< null: not opened yet
    void importFrom(const QString &path); ///< shows what would change
    void writeReport(const QString &path);
    void writeTemplate(const QString &path); ///< CSV with all indicators that wait for values
    /** The indicators that come from layers, of those layers that are on the map; stored as values of the running
     * period. */
    void workOutLayers();
    void setDemo(bool on);
    /** The source whose areas are the Stadtteile; remembered. */
    void setDistricts(const SourceRef &ref);

signals:
    void layerWanted(const QString &title);

private:
    bool prepare();
    void connectWindow();
    void refresh(); ///< reads values and measures anew
    void readStore();
    void readAreas();
    void askImport();
    void previewed(const Result<IndexImport> &found, const QString &path);
    void takeOver(IndexDelivery delivery);
    void askReport();
    void askTemplate();
    void askDistricts();
    void showOnMap(const QString &indicator);
    void showMeasures(const IndexPlace &place, const QString &lead);
    bool demoIsOnMap() const;
    void remember();
    void recall();

    Session &m_session;
    MeasureDesk &m_measures;
    NoticeArea &m_notices;
    QWidget *m_parent;
    std::unique_ptr<DashboardWork> m_work;
    std::shared_ptr<IndexStore> m_store; ///< null: not opened, or it could not be
    IndexRecords m_records; ///< of the store
    std::vector<DistrictArea> m_areas;
    QPointer<DashboardWindow> m_window;
    QTimer m_refresh; ///< measures change many at once
    bool m_demo = false;
    Latest m_job; ///< opening, import or report: one at a time
    Latest m_reading;
    Latest m_mapping;
};

} // namespace hanseatlas
