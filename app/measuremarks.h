// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/measures/measurefilter.h"
#include "layers/measures/measuremap.h"
#include "layers/model/crs.h"
#include "layers/model/job.h"
#include "widgets/map/mapcanvas.h"
#include "widgets/map/mapoverlay.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace hanseatlas
{

class MeasureWork;
class Session;

/** Measures as marks on the map: the colour is the field of action, the sign the phase, a number says how many stand so
 *  close that they share a mark. What is chosen here is chosen in the measures' window, and the other way round. GUI
 *  thread. */
class MeasureMarks final : public QObject, public MapOverlay
{
    Q_OBJECT
public:
    MeasureMarks(Session &session, MapCanvas &canvas, QObject *parent = nullptr);
    ~MeasureMarks() override;

    /** From now on; `work` must live as long. Reads the Stadtteile once. */
    void show(MeasureWork &work);
    void hide();
    void setFilter(const MeasureFilter &filter); ///< only what passes has a mark
    const std::vector<MeasureMark> &marks(const Viewport &view, double density);

    void paint(QPainter &painter, const Viewport &view, double density) override;
    bool click(const Viewport &view, const QPointF &place) override;
    QString tipAt(const Viewport &view, const QPointF &place) const override;

signals:
    void chosen(const QString &number);
    void severalMeant(const QStringList &numbers); ///< that share the mark that was clicked

private:
    void readDistricts();
    void collect();
    const MeasureMark *markAt(const Viewport &view, const QPointF &place) const;

    Session &m_session;
    const QPointer<MapCanvas> m_canvas; ///< null at the end of the window
    QPointer<MeasureWork> m_work;
    MeasureFilter m_filter;
    QHash<QString, PointXY> m_districts;
    std::vector<MeasureSpot> m_spots; ///< in the working CRS
    std::vector<MeasureSpot> m_placed; ///< in m_crs
    std::vector<MeasureMark> m_marks; ///< for m_crs and m_distance
    Crs m_crs;
    double m_distance = 0; ///< in units of m_crs; 0 = to be made anew
    double m_density = 1;
    Latest m_reading;
};

} // namespace hanseatlas
