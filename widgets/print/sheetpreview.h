// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/printlayout.h"
#include "layers/model/job.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace hanseatlas
{

/** Shows a sheet as it will be printed: the same code draws it, off the GUI thread. Legends that servers draw
 * come in one after another; a place is kept for them. The map in its frame can be moved
 * by the mouse or the arrow keys, and its scale stepped by the wheel or + and -. */
class SheetPreview final : public QWidget
{
    Q_OBJECT
public:
    SheetPreview(MapScene scene, QThreadPool &pool, QWidget *parent = nullptr);

    const PrintLayout &sheet() const { return m_layout; }
    void setSheet(const PrintLayout &layout);
    /** Moves and scales the map so that the frame holds the box; layoutChanged() tells when. */
    void fit(const Extent &box);
    /** The picture that is shown now; null before the first. */
    const QImage &picture() const { return m_picture; }
    bool isDrawing() const { return m_drawing.isRunning(); }

    QSize sizeHint() const override { return {640, 520}; }
    QSize minimumSizeHint() const override { return {280, 240}; }

signals:
    /** By the mouse, the keys or fit(): the map's middle or scale. */
    void layoutChanged(const hanseatlas::PrintLayout &layout);
    /** A new picture is there; what the sheet has no room for, and what could not be drawn. */
    void drawn(const hanseatlas::PrintGeometry &geometry, const QStringList &problems);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Drawn {
        Status status;
        QImage picture;
        PrintGeometry geometry;
        QStringList problems;
    };
    void draw();
    void fetchNextLegend();
    QRectF sheetBox() const; ///< logical pixels of this widget
    double pixelsPerMm() const;
    QRectF mapBox() const;
    void moveMap(QPointF pixels);
    void stepScale(int steps);
    void change(const PrintLayout &layout);

    MapScene m_scene;
    QThreadPool &m_pool;
    PrintLayout m_layout;
    QImage m_picture;
    PrintGeometry m_geometry; ///< of m_picture
    QString m_error;
    QPointF m_dragFrom, m_shift; ///< the map's picture is shown moved by m_shift until the new one is there
    bool m_dragging = false;
    QTimer m_delay;
    std::optional<Extent> m_fitted; ///< what the frame was made to hold, until the map is moved by hand
    LegendPictures m_legends; ///< as far as they have come
    QStringList m_legendProblems;
    std::size_t m_nextLegend = 0; ///< counts the scene's layers
    Latest m_drawing, m_fitting, m_fetching;
};

} // namespace hanseatlas
