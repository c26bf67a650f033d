// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/labels.h"

#include <QCache>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QMutex>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QFont fontOf(const LabelStyle &style, int pixelSize)
{
    auto font = QGuiApplication::font();
    if (!style.family.isEmpty())
        font.setFamily(style.family);
    font.setPixelSize(std::max(1, pixelSize));
    font.setBold(style.bold);
    font.setItalic(style.italic);
    return font;
}

/** Where the baseline starts for text whose middle is at (0, 0). */
QPointF baseline(const QFontMetricsF &metrics, const QString &text)
{
    return {-metrics.horizontalAdvance(text) / 2, (metrics.ascent() - metrics.descent()) / 2};
}

bool hasHalo(const LabelStyle &style)
{
    return style.haloWidth > 0 && style.halo.isValid() && style.halo.alpha() > 0;
}

/** The painter stands on the label's centre, turned. Its font size is in its own units. */
void drawText(QPainter &painter, const QString &text, const LabelStyle &style, const QFont &font, double halo)
{
    const QFontMetricsF metrics(font);
    const auto start = baseline(metrics, text);
    if (hasHalo(style)) {
        QPainterPath outline;
        outline.addText(start, font, text);
        painter.strokePath(outline, QPen(style.halo, 2 * halo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    painter.setFont(font);
    painter.setPen(style.color);
    painter.drawText(start, text);
}

/** Pictures of labels with their halo: the same words come again with every picture of the map. Guarded by its mutex;
 * lives as long as the program, as fonts do, and holds at most 24 MB. */
struct WordCache {
    QMutex mutex;
    QCache<QString, QImage> words{24 << 10}; ///< cost in kB
};

WordCache &wordCache()
{
    static WordCache cache;
    return cache;
}

QImage wordPicture(const PlacedLabel &label, double pixelsPerMm)
{
    const auto &style = *label.style;
    const int pixelSize = std::max(1, int(std::lround(style.size * pixelsPerMm)));
    const double angle = std::round(label.angle); // a degree more or less is not seen
    const auto key = u"%1|%2|%3|%4|%5|%6|%7|"_s.arg(pixelSize)
                         .arg(angle)
                         .arg(style.color.rgba())
                         .arg(hasHalo(style) ? style.halo.rgba() : 0)
                         .arg(style.haloWidth * pixelsPerMm)
                         .arg(int(style.bold) + 2 * int(style.italic))
                         .arg(style.family)
        + label.text;
    auto &cache = wordCache();
    {
        const QMutexLocker lock(&cache.mutex);
        if (const auto *found = cache.words.object(key))
            return *found;
    }
    const auto font = fontOf(style, pixelSize);
    const QFontMetricsF metrics(font);
    const double halo = hasHalo(style) ? style.haloWidth * pixelsPerMm : 0;
    const double w = metrics.horizontalAdvance(label.text) + 2 * halo + 4, h = metrics.height() + 2 * halo + 2;
    QTransform turn;
    turn.rotate(angle);
    const auto box = turn.mapRect(QRectF(-w / 2, -h / 2, w, h));
    const int width = int(std::ceil(box.width() / 2)) * 2, height = int(std::ceil(box.height() / 2)) * 2;
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {};
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(width / 2.0, height / 2.0);
    painter.rotate(angle);
    drawText(painter, label.text, style, font, halo);
    painter.end();
    const QMutexLocker lock(&cache.mutex);
    cache.words.insert(key, new QImage(image), std::max<qsizetype>(1, image.sizeInBytes() >> 10)); // the cache owns it
    return image;
}

} // namespace

void drawLabels(QPainter &painter, std::span<const PlacedLabel> labels, double pixelsPerMm, bool asText)
{
    // The last placed has the least right, so it is drawn first
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        painter.setOpacity(label->opacity);
        if (!asText) {
            const auto picture = wordPicture(*label, pixelsPerMm);
            painter.drawImage(QPoint(int(std::lround(label->centre.x())) - picture.width() / 2,
                                     int(std::lround(label->centre.y())) - picture.height() / 2),
                              picture);
            continue;
        }
        constexpr int reference = 64; // sizes of fonts are whole numbers, those of labels are not
        const auto font = fontOf(*label->style, reference);
        const double em = label->style->size * pixelsPerMm;
        painter.save();
        painter.translate(label->centre);
        painter.rotate(label->angle);
        painter.scale(em / reference, em / reference);
        drawText(painter, label->text, *label->style, font, label->style->haloWidth * pixelsPerMm * reference / em);
        painter.restore();
    }
    painter.setOpacity(1);
}

} // namespace hanseatlas
