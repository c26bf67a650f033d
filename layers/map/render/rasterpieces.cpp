// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/rasterpieces.h"

#include "layers/map/render/rasterpicture.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hanseatlas
{

namespace
{

constexpr int seam =
    128; ///< pixels, 11 mm at 300 dpi: so soft that half a pixel of a screen more or less does not show

/** One axis: what a piece has of the pixel. Rises over the overlap at its start, falls over that at its end. */
double shareAlong(int pixel, int from, int to, int wholeFrom, int wholeTo, int overlap)
{
    double share = 1;
    if (from > wholeFrom && pixel < from + overlap)
        share = (pixel + 0.5 - from) / overlap;
    if (to < wholeTo && pixel >= to - overlap)
        share = std::min(share, (to - pixel - 0.5) / overlap);
    return share;
}

/** Cuts a length into equal parts that overlap. */
std::vector<std::pair<int, int>> spans(int from, int length, qint64 parts, int overlap)
{
    std::vector<std::pair<int, int>> result;
    for (qint64 i = 0; i < parts; ++i) {
        const int a = int(length * i / parts), b = int(length * (i + 1) / parts);
        result.emplace_back(from + (i > 0 ? a - overlap / 2 : a), from + (i + 1 < parts ? b + overlap / 2 : b));
    }
    return result;
}

/** Parts of at most so many pixels, but none so narrow that the overlaps at its two ends would meet. */
qint64 partsOf(int length, qint64 most)
{
    const qint64 wanted = (length + std::max<qint64>(most, 1) - 1) / std::max<qint64>(most, 1);
    return std::clamp<qint64>(wanted, 1, std::max(length / (2 * seam), 1));
}

} // namespace

double RasterPiece::share(int x, int y) const
{
    return shareAlong(x, area.left(), area.left() + area.width(), whole.left(), whole.left() + whole.width(), overlap)
        * shareAlong(y, area.top(), area.top() + area.height(), whole.top(), whole.top() + whole.height(), overlap);
}

std::vector<RasterPiece> piecesOf(const QRect &whole, double rotation, qint64 pixels)
{
    if (whole.isEmpty())
        return {};
    qint64 columns = 1, rows = 1;
    if (qint64(whole.width()) * whole.height() > pixels) {
        if (rotation == 0) {
            rows = partsOf(whole.height(), pixels / whole.width());
        } else {
            const auto side = qint64(std::sqrt(double(pixels) / 2)); // the box round a turned square is twice as large
            columns = partsOf(whole.width(), side);
            rows = partsOf(whole.height(), side);
        }
    }
    std::vector<RasterPiece> pieces;
    for (const auto &[top, bottom] : spans(whole.top(), whole.height(), rows, seam))
        for (const auto &[left, right] : spans(whole.left(), whole.width(), columns, seam))
            pieces.push_back({{left, top, right - left, bottom - top}, whole, seam});
    return pieces;
}

void fadeOverlaps(QImage &image, const RasterPiece &piece, double opacity)
{
    if (piece.area == piece.whole)
        return;
    // What lets (1 - a) through as a whole must let (1 - a)^share through in each of its pieces
    auto factor = [opacity](int alpha, double share) {
        const double dense = alpha / 255.0 * opacity;
        return dense > 0 ? (1 - std::pow(1 - dense, share)) / dense : 1;
    };
    int lastAlpha = -1;
    double lastShare = 0, f = 1;
    for (int y = 0; y < image.height(); ++y) {
        auto *row = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const double share = piece.share(piece.area.left() + x, piece.area.top() + y);
            const auto pixel = row[x];
            if (share >= 1 || pixel == 0)
                continue;
            if (qAlpha(pixel) != lastAlpha || share != lastShare) {
                lastAlpha = qAlpha(pixel);
                lastShare = share;
                f = factor(lastAlpha, share);
            }
            auto faded = [f](int value) { return int(value * f + 0.5); };
            row[x] = qRgba(faded(qRed(pixel)), faded(qGreen(pixel)), faded(qBlue(pixel)), faded(qAlpha(pixel)));
        }
    }
}

Status paintRaster(QPainter &painter, const Layer &layer, const Viewport &view, bool wait, CancelToken token,
                   QStringList &problems, qint64 pixels)
{
    auto tell = [&](const QString &problem) {
        if (const auto text = layer.title + QStringLiteral(": ") + problem; !problems.contains(text))
            problems << text;
    };
    const auto whole = QRectF(QPointF(0, 0), view.size).toAlignedRect();
    painter.save();
    const auto restore = qScopeGuard([&] { painter.restore(); });
    painter.setOpacity(layer.opacity);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, layer.style.raster.smooth);
    for (const auto &piece : piecesOf(whole, view.rotation, pixels)) {
        if (token.stop_requested())
            return cancelled();
        auto picture = rasterPicture(layer, view, piece.area, wait, nullptr, token);
        if (!picture && picture.error().kind == ErrorKind::Cancelled)
            return cancelled();
        if (!picture) {
            tell(picture.error().what);
            break; // each further piece would wait for the same trouble
        }
        if (!picture->damage.isEmpty())
            tell(picture->damage);
        fadeOverlaps(picture->image, piece, layer.opacity);
        painter.drawImage(QRectF(piece.area), picture->image);
    }
    return {};
}

} // namespace hanseatlas
