// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/framecache.h"

#include "layers/map/render/labels.h"
#include "layers/map/render/tiles.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace hanseatlas
{

namespace
{

Error noPicture()
{
    return {
        ErrorKind::TooLarge,
        QCoreApplication::translate("hanseatlas::Renderer", "There is not enough memory for a picture of this size."),
        {},
        {}};
}

/** Whole device pixels by which the picture of `to` is moved against that of `from`; nothing if they share no pixel
 * grid. */
std::optional<QPoint> wholeShift(const Viewport &from, const Viewport &to)
{
    if (!(from.crs == to.crs) || from.resolution != to.resolution || from.rotation != to.rotation
        || from.pixelsPerMm != to.pixelsPerMm || from.size != to.size)
        return {};
    const auto shift = to.toDevice(from.centre) - QPointF(to.size.width() / 2, to.size.height() / 2);
    if (std::abs(shift.x()) > to.size.width() || std::abs(shift.y()) > to.size.height())
        return {};
    const QPoint whole = shift.toPoint();
    constexpr double close =
        0.02; // of a pixel: not to be seen, and panning does not add it up as views are aligned anew
    if (std::abs(shift.x() - whole.x()) > close || std::abs(shift.y() - whole.y()) > close)
        return {};
    return whole;
}

/** What of the view the moved old picture does not cover: up to two strips. */
std::vector<QRect> uncovered(const QRect &view, QPoint shift)
{
    std::vector<QRect> strips;
    const auto kept = view.intersected(view.translated(shift));
    if (kept.isEmpty())
        return {view};
    if (kept.top() > view.top())
        strips.emplace_back(view.left(), view.top(), view.width(), kept.top() - view.top());
    if (kept.bottom() < view.bottom())
        strips.emplace_back(view.left(), kept.bottom() + 1, view.width(), view.bottom() - kept.bottom());
    if (kept.left() > view.left())
        strips.emplace_back(view.left(), kept.top(), kept.left() - view.left(), kept.height());
    if (kept.right() < view.right())
        strips.emplace_back(kept.right() + 1, kept.top(), view.right() - kept.right(), kept.height());
    return strips;
}

void moveInto(QImage &target, const QImage &source, QPoint shift)
{
    QPainter painter(&target);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.drawImage(shift, source);
}

} // namespace

QImage Frame::flattened() const
{
    if (labels.isNull())
        return geometry;
    auto image = geometry;
    QPainter painter(&image);
    painter.drawImage(0, 0, labels);
    return image;
}

Viewport alignedTo(const Viewport &view, const Viewport &last)
{
    auto result = view;
    if (!(view.crs == last.crs) || view.resolution != last.resolution || view.rotation != last.rotation
        || view.pixelsPerMm != last.pixelsPerMm || view.size != last.size)
        return result;
    const QPointF middle(view.size.width() / 2, view.size.height() / 2);
    const auto shift = view.toDevice(last.centre) - middle;
    const QPointF whole(std::round(shift.x()), std::round(shift.y()));
    result.centre = last.panned(whole).centre;
    return result;
}

void paintPreview(QPainter &painter, const Frame &frame, const Viewport &view)
{
    const QRectF all(QPointF(0, 0), view.size);
    if (frame.isNull() || !(frame.viewport.crs == view.crs)) {
        painter.fillRect(all, frame.background);
        return;
    }
    const auto shift = wholeShift(frame.viewport, view);
    const double factor = frame.viewport.resolution / view.resolution;
    const auto place = view.toDevice(frame.viewport.toMap({0, 0}));
    const QRectF covered = shift ? QRectF(QPointF(*shift), QSizeF(frame.geometry.size())) : QRectF();
    if (!covered.contains(all))
        painter.fillRect(all, frame.background);
    painter.save();
    if (shift) {
        painter.translate(*shift);
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.translate(place);
        painter.rotate(view.rotation - frame.viewport.rotation);
        painter.scale(factor, factor);
    }
    painter.drawImage(0, 0, frame.geometry);
    if (!frame.labels.isNull())
        painter.drawImage(0, 0, frame.labels);
    painter.restore();
}

Result<Frame> renderFrame(const FrameRequest &request, QThreadPool &pool, CancelToken token,
                          const std::function<void(const Frame &)> &partial)
{
    const auto &view = request.viewport;
    const QSize size = view.size.toSize();
    Frame frame{.viewport = view,
                .revision = request.revision,
                .background = request.scene.background,
                .geometry = {},
                .labels = {},
                .notes = {}};
    if (size.isEmpty())
        return failure(
            ErrorKind::Invalid,
            QCoreApplication::translate("hanseatlas::Renderer", "A picture must have a width and a height."));
    frame.geometry = QImage(size, QImage::Format_ARGB32_Premultiplied);
    if (frame.geometry.isNull())
        return std::unexpected(noPicture());
    const QRect all(QPoint(0, 0), size);
    std::vector<QRect> regions{all};
    const auto &last = request.last;
    if (!last.isNull() && last.revision == request.revision && last.geometry.size() == size) {
        if (const auto shift = wholeShift(last.viewport, view)) {
            regions = uncovered(all, *shift);
            moveInto(frame.geometry, last.geometry, *shift);
            frame.notes = last.notes;
        }
    }
    QRect region;
    for (const auto &r : regions)
        region |= r;
    const auto prepared = prepare(request.scene, view, region, &pool, token, &frame.notes);
    if (!prepared)
        return std::unexpected(prepared.error());
    frame.notes.problems.removeDuplicates();
    std::function<void(const QImage &)> tell;
    if (partial && regions.front() == all)
        tell = [&](const QImage &soFar) {
            auto incomplete = frame;
            incomplete.geometry = soFar;
            partial(incomplete);
        };
    if (regions.front() == all)
        frame.geometry.fill(request.scene.background);
    if (const auto drawn =
            drawTiles(*prepared, request.scene.background, frame.geometry, {0, 0}, regions, pool, token, tell);
        !drawn)
        return std::unexpected(drawn.error());
    if (request.scene.labels)
        frame.labels = labelOverlay(*prepared, token);
    if (token.stop_requested())
        return cancelled();
    return frame;
}

Result<QImage> renderImage(const MapScene &scene, const Viewport &viewport, QThreadPool &pool, CancelToken token,
                           const std::function<void(const QImage &)> &partial, RenderNotes *notes)
{
    std::function<void(const Frame &)> tell;
    if (partial)
        tell = [&](const Frame &frame) { partial(frame.geometry); };
    auto frame = renderFrame({.scene = scene, .revision = 0, .viewport = viewport, .last = {}}, pool, token, tell);
    if (!frame)
        return std::unexpected(frame.error());
    if (notes)
        *notes = frame->notes;
    return frame->flattened();
}

} // namespace hanseatlas
