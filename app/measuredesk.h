// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/measuresharing.h"
#include "datasources/measures/measureimport.h"
#include "layers/model/geometry.h"
#include "layers/model/job.h"

#include <QObject>
#include <QPointer>

#include <memory>

class QWidget;

namespace hanseatlas
{

struct MeasureFilter;
class MeasureWindow;
class MeasureWork;
class NoticeArea;
class Session;

/** The measures' window and what stands behind it: the user's store, which gets the strategy's measures at its first
 *  opening, import, export, and what the window remembers. Nothing is opened before the window is wanted. GUI thread.
 */
class MeasureDesk final : public QObject
{
    Q_OBJECT
public:
    MeasureDesk(Session &session, NoticeArea &notices, QWidget *window);
    ~MeasureDesk() override; ///< cancels what is under way

    void show(int view = -1); ///< -1: as it was
    MeasureWindow *window() const; ///< null: closed
    /** The measures, whose store is opened when they are asked for first; null where the strategy cannot be read. */
    MeasureWork *work();
    void setMarksShown(bool shown);
    /** The chosen measure works there from now on. A geometry in the working CRS. */
    void takePlace(const Geometry &geometry);

signals:
    void placeWanted(); ///< takePlace() with what is chosen on the map, or nothing
    void marksWanted(bool shown);
    void filterChanged(const hanseatlas::MeasureFilter &filter); ///< of what is in sight
    /** "" = the whole city or not stated; geometry: in the working CRS, empty where a Stadtteil is meant. */
    void placeShown(const hanseatlas::Geometry &geometry, const QString &district);

public:
    void importFrom(const QString &path); ///< shows what would change
    void exportTo(const QString &path);
    /** CSV and its description as JSON-LD beside it, without what is internal. */
    void exportOpenData(const QString &path);

private:
    bool prepare();
    void openStore();
    void connectSharing();
    void askStore();
    void askDecisions();
    void reread();
    void askImport();
    void previewed(const QString &path, const Result<MeasureImport> &found);
    void takeOver(const QString &path, const ChangeSet &changes);
    void askExport();
    void askOpenData();
    void write(const QString &path, const std::function<Status(const QList<Measure> &, CancelToken)> &work);
    void saveChanges(const QByteArray &csv);
    void remember();
    void recall();

    Session &m_session;
    NoticeArea &m_notices;
    QWidget *m_parent;
    bool m_marksShown = false;
    MeasureSharing m_sharing;
    std::unique_ptr<MeasureWork> m_work;
    QPointer<MeasureWindow> m_window;
    Latest m_job; ///< opening, import or export: one at a time
};

} // namespace hanseatlas
