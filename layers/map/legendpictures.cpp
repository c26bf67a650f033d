// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/printlayout.h"
#include "layers/map/printlegend_p.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>
#include <span>

namespace hanseatlas
{

Result<LegendPictures> fetchLegends(const std::vector<Layer> &layers, int dpi, const CancelToken &token,
                                    QStringList *problems)
{
    LegendPictures pictures;
    for (const auto &layer : layers | std::views::reverse) {
        const auto source = legendSource(layer);
        if (!source)
            continue;
        if (token.stop_requested())
            return cancelled();
        const auto picture = source->legend(dpi / 25.4, token);
        if (picture && !picture->isNull()) {
            // As cutsOf() reads it; it is looked at often
            pictures.byLayer[layer.id] = picture->convertToFormat(QImage::Format_ARGB32_Premultiplied);
        } else if (!picture && picture.error().kind == ErrorKind::Cancelled) {
            return std::unexpected(picture.error());
        } else if (problems) {
            *problems << QCoreApplication::translate("PrintLegend", "%1: without its legend. %2")
                             .arg(layer.title, picture ? QString() : picture.error().what)
                             .trimmed();
        }
    }
    return pictures;
}

std::vector<int> cutsOf(const QImage &picture, int least)
{
    const auto pixels = picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    const int width = pixels.width(), height = pixels.height();
    if (width < 1 || height < 1)
        return {};
    // A row shows nothing where all of it is as the corner. Frames and ramps have no such rows and stay whole.
    const auto row = [&](int y) { return std::span(reinterpret_cast<const QRgb *>(pixels.constScanLine(y)), width); };
    const auto background = row(0).front();
    std::vector<int> cuts{0};
    int shown = -1; // the last row that shows something
    for (int y = 0; y < height; ++y) {
        if (std::ranges::all_of(row(y), [&](QRgb pixel) { return pixel == background; }))
            continue;
        const int cut = (shown + 1 + y) / 2;
        if (shown >= 0 && y - shown > 2 && cut - cuts.back() >= least && height - cut >= least)
            cuts.push_back(cut);
        shown = y;
    }
    cuts.push_back(height);
    return cuts;
}

} // namespace hanseatlas
