// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/sheetpreview.h"

#include "widgets/look/look.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double margin = 20; ///< around the sheet, logical pixels

Viewport inMillimetres(const PrintGeometry &geometry)
{
    auto view = geometry.viewport;
    view.resolution *= view.pixelsPerMm;
    view.size = geometry.map.size();
    view.pixelsPerMm = 1;
    return view;
}

} // namespace

SheetPreview::SheetPreview(MapScene scene, QThreadPool &pool, QWidget *parent)
    : QWidget(parent)
    , m_scene(std::move(scene))
    , m_pool(pool)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Preview of the sheet"));
    setAccessibleDescription(tr("Arrow keys move the map, plus and minus change the scale."));
    setToolTip(tr("Drag the map to move it, turn the wheel to change its scale."));
    setMouseTracking(true);
    m_delay.setSingleShot(true);
    m_delay.setInterval(60);
    connect(&m_delay, &QTimer::timeout, this, &SheetPreview::draw);
    m_legends.awaited =
        std::ranges::any_of(m_scene.layers, [](const Layer &layer) { return bool(legendSource(layer)); });
}

void SheetPreview::setSheet(const PrintLayout &layout)
{
    if (layout == m_layout && !m_picture.isNull())
        return;
    if (layout.centre != m_layout.centre || layout.scale != m_layout.scale)
        m_fitted.reset();
    m_layout = layout;
    m_delay.start();
    update();
    if (m_layout.legend && m_legends.awaited && !m_fetching.isRunning())
        fetchNextLegend();
}

/** One at a time, topmost first, so that no slow server takes all threads, and all others are seen before it. */
void SheetPreview::fetchNextLegend()
{
    const auto count = m_scene.layers.size();
    while (m_nextLegend < count && !legendSource(m_scene.layers[count - 1 - m_nextLegend]))
        ++m_nextLegend;
    m_legends.awaited = m_nextLegend < count;
    if (!m_legends.awaited)
        return;
    struct Fetched {
        Result<LegendPictures> pictures;
        QStringList problems;
    };
    m_fetching.run(
        m_pool,
        [layer = m_scene.layers[count - 1 - m_nextLegend], dpi = m_layout.dpi](const CancelToken &token) {
            Fetched fetched;
            fetched.pictures = fetchLegends({layer}, dpi, token, &fetched.problems);
            return fetched;
        },
        [this](Fetched fetched) {
            if (fetched.pictures)
                m_legends.byLayer.merge(fetched.pictures->byLayer);
            m_legendProblems << fetched.problems;
            ++m_nextLegend;
            fetchNextLegend();
            m_delay.start();
            if (m_fitted) // the legend's size is the frame's
                fit(*m_fitted);
        });
}

void SheetPreview::fit(const Extent &box)
{
    m_fitted = box;
    m_fitting.run(
        m_pool,
        [layout = m_layout, scene = m_scene, legends = m_legends, box](CancelToken) {
            return fitted(layout, scene, box, legends);
        },
        [this, box](PrintLayout layout) {
            auto wanted = m_layout; // whatever else was changed meanwhile stays
            wanted.centre = layout.centre;
            wanted.scale = layout.scale;
            change(wanted);
            m_fitted = box;
        });
}

void SheetPreview::change(const PrintLayout &layout)
{
    setSheet(layout);
    emit layoutChanged(m_layout);
}

double SheetPreview::pixelsPerMm() const
{
    const auto sheet = sheetSize(m_layout);
    return std::max(0.1, std::min((width() - 2 * margin) / sheet.width(), (height() - 2 * margin) / sheet.height()));
}

QRectF SheetPreview::sheetBox() const
{
    const auto size = sheetSize(m_layout) * pixelsPerMm();
    return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()};
}

QRectF SheetPreview::mapBox() const
{
    const double scale = pixelsPerMm();
    return QRectF(m_geometry.map.topLeft() * scale, m_geometry.map.size() * scale).translated(sheetBox().topLeft());
}

void SheetPreview::draw()
{
    const auto perMm = pixelsPerMm() * devicePixelRatioF();
    m_drawing.run(
        m_pool,
        [layout = m_layout, scene = m_scene, legends = m_legends, problems = m_legendProblems,
         perMm](CancelToken token) {
            Drawn drawn{.geometry = arrange(layout, scene, legends)};
            drawn.picture = QImage((drawn.geometry.sheet * perMm).toSize(), QImage::Format_ARGB32_Premultiplied);
            drawn.picture.fill(Qt::white);
            QPainter painter(&drawn.picture);
            painter.scale(perMm, perMm);
            RenderNotes notes;
            drawn.status = paintSheet(painter, layout, scene, true, token, &notes, legends);
            drawn.problems = layout.legend ? problems + notes.problems : notes.problems;
            return drawn;
        },
        [this](Drawn drawn) {
            m_error = drawn.status ? QString() : drawn.status.error().what;
            if (drawn.status) {
                m_picture = std::move(drawn.picture);
                m_geometry = drawn.geometry;
                if (!m_dragging)
                    m_shift = {};
                emit this->drawn(m_geometry, drawn.problems);
            }
            update();
        });
}

void SheetPreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.fillRect(rect(), look::tokens().sunken);
    const auto sheet = sheetBox();
    painter.setPen(Qt::NoPen);
    for (int i = 3; i > 0; --i) { // a soft shadow
        painter.setBrush(QColor(0, 0, 0, 14));
        painter.drawRoundedRect(sheet.adjusted(-i, -i + 2, i, i + 2), i, i);
    }
    painter.fillRect(sheet, Qt::white);
    if (!m_picture.isNull()) {
        painter.drawImage(sheet, m_picture);
        if (!m_shift.isNull()) {
            painter.save();
            painter.setClipRect(mapBox());
            painter.fillRect(mapBox(), Qt::white);
            painter.drawImage(sheet.translated(m_shift), m_picture);
            painter.restore();
        }
    }
    const bool first = m_picture.isNull();
    if (!m_error.isEmpty() || first) {
        painter.setPen(QColor(82, 96, 109));
        painter.setFont(look::font(look::Type::Body));
        painter.drawText(sheet.adjusted(16, 16, -16, -16), int(Qt::AlignCenter) | Qt::TextWordWrap,
                         first && m_error.isEmpty() ? tr("The preview is being drawn …") : m_error);
    }
    if (hasFocus()) {
        painter.setPen(QPen(look::tokens().focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), look::radius, look::radius);
    }
}

void SheetPreview::resizeEvent(QResizeEvent *)
{
    m_delay.start();
}

void SheetPreview::moveMap(QPointF pixels)
{
    const auto view = inMillimetres(m_geometry);
    auto layout = m_layout;
    layout.centre = view.panned(pixels / pixelsPerMm()).centre;
    change(layout);
}

void SheetPreview::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !mapBox().contains(event->position()))
        return;
    m_dragging = true;
    m_dragFrom = event->position();
    m_shift = {};
    setCursor(Qt::ClosedHandCursor);
}

void SheetPreview::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging) {
        m_shift = event->position() - m_dragFrom;
        update();
        return;
    }
    setCursor(mapBox().contains(event->position()) ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void SheetPreview::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragging || event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    setCursor(Qt::OpenHandCursor);
    if (!m_shift.isNull())
        moveMap(m_shift);
}

void SheetPreview::stepScale(int steps)
{
    auto layout = m_layout;
    for (int i = 0; i < std::abs(steps); ++i) {
        if (steps < 0) {
            layout.scale = roundScale(layout.scale * 1.01);
        } else { // the next one below
            double lower = layout.scale;
            for (double guess = layout.scale * 0.99; lower >= layout.scale && guess > 1; guess *= 0.97)
                lower = roundScale(guess);
            layout.scale = std::max(1.0, lower);
        }
    }
    if (layout.scale != m_layout.scale)
        change(layout);
}

void SheetPreview::wheelEvent(QWheelEvent *event)
{
    if (const int steps = event->angleDelta().y() / 120; steps != 0)
        stepScale(steps);
    event->accept();
}

void SheetPreview::keyPressEvent(QKeyEvent *event)
{
    const double step = 10 * pixelsPerMm();
    switch (event->key()) {
    case Qt::Key_Left:
        return moveMap({step, 0});
    case Qt::Key_Right:
        return moveMap({-step, 0});
    case Qt::Key_Up:
        return moveMap({0, step});
    case Qt::Key_Down:
        return moveMap({0, -step});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return stepScale(1);
    case Qt::Key_Minus:
        return stepScale(-1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void SheetPreview::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace hanseatlas
