// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/map/viewport.h"
#include "layers/model/geometry.h"
#include "widgets/map/highlight.h"
#include "widgets/map/mappicture.h"
#include "widgets/map/viewhistory.h"
#include "widgets/map/viewmotion.h"

#include <QElapsedTimer>
#include <QList>
#include <QTimer>
#include <QUrl>
#include <QVariantAnimation>
#include <QWidget>

#include <deque>
#include <optional>

class QAction;
class QNativeGestureEvent;
class QPinchGesture;

namespace hanseatlas::look
{
class EmptyState;
}

namespace hanseatlas
{

class ActivityCard;
class MapOverlay;

/** The map on the screen: shows the tree's scene, and moves. Never blocks: pictures are drawn in the pool, and until
 * they are there the last one is shown moved and scaled. All views are in device pixels of the widget.
 *
 *  Mouse: left drag pans (hand tool), middle drag and Space + drag pan always, Shift + drag is the zoom box, Ctrl +
 * drag turns; the wheel zooms on the cursor, with Ctrl in fine steps, with Shift it turns. Keys: arrows, +, -, Page Up,
 * Page Down, Home. Touch: pinch. A click without a drag asks what is there.
 */
class MapCanvas final : public QWidget
{
    Q_OBJECT
public:
    /** AreaBox: a drag tells areaDrawn(), and the hand is back. */
    enum class Tool { Hand, Identify, ZoomBox, AreaBox };
    Q_ENUM(Tool)

    MapCanvas(LayerTree &tree, QThreadPool &pool, QWidget *parent = nullptr);
    ~MapCanvas() override;

    /** What is on the screen now; while the map glides this is not where it will come to rest. */
    const Viewport &viewport() const { return m_view; }
    /** Where the map will come to rest: what to save. */
    const Viewport &goal() const { return m_goal; }

    /** Centre, scale, rotation and CRS of `view`; its size and density are the canvas's own. */
    void setViewport(const Viewport &view, bool glide = false);
    /** The box as large as the window allows. Before the window is shown, done when it is. */
    void zoomTo(const Extent &box, const Crs &crs);
    void zoomToAll(); ///< all visible layers; without any, the extents of hidden ones
    void zoomBy(double factor); ///< about the centre
    void goTo(PointXY place, const Crs &crs); ///< centres, the scale stays
    void makeVisible(PointXY place); ///< map CRS; moves as little as it takes
    void setScale(double denominator);
    void setRotation(double degrees); ///< about the centre
    void setCrs(const Crs &crs); ///< the same place at the same scale
    void previousView();
    void nextView();
    bool canGoBack() const { return m_history.canGoBack(); }
    bool canGoForward() const { return m_history.canGoForward(); }

    Tool tool() const { return m_tool; }
    void setTool(Tool tool);

    /** Marks geometries, in the CRS of the map at this time. */
    void setHighlight(std::vector<Geometry> geometries);
    /** Areas with labels, in the CRS of the map at this time. */
    void setOutlines(std::vector<MapOutline> outlines);
    /** Null: none. It must outlive the canvas or be taken away; update() when it is to be painted anew. */
    void setOverlay(MapOverlay *overlay);
    /** A card in the middle of the map that says what is being made; empty text takes it away. `fraction` below 0:
     * unknown. */
    void setActivity(const QString &text, double fraction = -1);
    /** What the empty map offers, e.g. "Open…". */
    void setEmptyActions(const QList<QAction *> &actions);
    /** Others at work for the map, e.g. layers that load: the busy line runs for them too. */
    void setBusy(bool busy);
    /** Off: every movement is a jump. For tests and for people who asked their desktop for that. */
    void setAnimated(bool animated) { m_animated = animated; }
    bool isSharp() const { return m_picture.isSharp(); }
    QSize sizeHint() const override { return {960, 640}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

signals:
    void viewportChanged(const hanseatlas::Viewport &view);
    void settled(const hanseatlas::Viewport &view); ///< the map has come to rest
    void historyChanged();
    void toolChanged(hanseatlas::MapCanvas::Tool tool);
    void cursorMoved(hanseatlas::PointXY place); ///< map CRS
    void cursorLeft();
    /** A click: `place` in device pixels of `view`. */
    void identifyRequested(const hanseatlas::Viewport &view, const QPointF &place);
    /** A box of the view, in the map's CRS: turned where the map is. */
    void areaDrawn(const hanseatlas::Geometry &box);
    void filesDropped(const QList<QUrl> &urls);
    void sharp(); ///< the picture is complete
    void problemsChanged(const QStringList &problems);
    void finished(const hanseatlas::RenderNotes &notes); ///< as of MapPicture

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Drag { None, Press, Pan, Box, Turn };
    struct Sample {
        qint64 at = 0; ///< ms
        QPointF place;
    };

    // mapcanvas.cpp: where the map is
    void moveTo(Viewport goal, int milliseconds, QEasingCurve::Type easing = QEasingCurve::OutCubic);
    void present(const Viewport &view);
    void adaptToWindow(QSize oldSize, QPoint oldPlace);
    void adaptToDensity();
    static Viewport turned(Viewport view, double degrees, const QPointF &anchor);
    void settle();
    bool isMoving() const;
    double density() const { return devicePixelRatioF(); }
    QPointF toDevice(const QPointF &logical) const { return logical * density(); }

    // mapcanvasinput.cpp: how it is moved
    void beginDrag(Drag drag);
    void endDrag(QMouseEvent *event);
    void cancelDrag();
    void panTo(const QPointF &place);
    void turnTo(const QPointF &place);
    void glideOn();
    void zoomToBox();
    void tellArea();
    void zoomAbout(double factor, const QPointF &anchor, int milliseconds);
    bool nativeGesture(QNativeGestureEvent *event);
    bool pinch(QPinchGesture *gesture);
    void updateCursor();

    // mapcanvaspaint.cpp: what lies over it
    void paintOverlays(QPainter &painter);
    void paintBox(QPainter &painter);
    void paintDropFrame(QPainter &painter);
    QRectF northArrowBox() const;
    double groundMetres(); ///< true metres of one CRS unit at the centre
    void readScene();
    void updateBusy();
    void updateEmptyState();

    LayerTree &m_tree;
    MapPicture m_picture;
    Viewport m_view;
    Viewport m_goal;
    ViewMotion m_motion;
    QVariantAnimation m_animation;
    ViewHistory m_history;
    QTimer m_settleTimer;
    bool m_animated = true;
    std::optional<std::pair<Extent, Crs>> m_pendingZoom; ///< asked for before there was a window
    QPoint m_place; ///< of the canvas in its window
    QSize m_windowSize;

    Tool m_tool = Tool::Hand;
    Drag m_drag = Drag::None;
    Drag m_pressMeans = Drag::None; ///< what moving the mouse now would begin
    QPointF m_pressed; ///< device pixels
    QPointF m_mouse; ///< device pixels, at the last mouse event
    double m_turnStart = 0; ///< degrees
    std::deque<Sample> m_samples; ///< the last moments of a drag
    QElapsedTimer m_clock;
    bool m_spaceHeld = false;
    bool m_overArrow = false;
    bool m_dropping = false;

    void click();

    MapOverlay *m_overlay = nullptr;
    std::vector<Geometry> m_highlight;
    Crs m_highlightCrs;
    std::vector<MapOutline> m_outlines;
    Crs m_outlinesCrs;
    Crs m_groundCrs;
    PointXY m_groundPlace;
    double m_groundMetres = 1;
    QString m_attribution;
    QRectF m_attributionBox;
    bool m_hasDemoData = false;
    QColor m_background = Qt::white;
    QTimer m_busyTimer;
    double m_busyPhase = 0;
    bool m_showsBusy = false;
    bool m_othersBusy = false;
    bool m_keyboard = false; ///< moved by keys: a cross shows what Enter asks about
    look::EmptyState *m_empty = nullptr;
    ActivityCard *m_activity = nullptr;
    QList<QAction *> m_emptyActions;
};

} // namespace hanseatlas
