// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/printlegend_p.h"

#include "layers/map/maptime.h"
#include "layers/map/sheettext_p.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

// Millimetres at unit 1
constexpr double sampleWidth = 6.5, sampleHeight = 3.6, sampleGap = 2.0;
constexpr double columnGap = 6, leastColumn = 30, mostColumn = 56;
constexpr double headingGap = 2.6, entryGap = 0.9;
constexpr double mostPictureColumn = 76, placeHeight = 14;
constexpr double leastStrip = 2; ///< of a picture, at any unit: about a line

/** Millimetres; of a screen's pixels there are 96 to the inch. */
QSizeF trueSize(const QImage &picture)
{
    return picture.deviceIndependentSize() * 25.4 / 96;
}

/** Strips that stand below each other become one again: no viewer shows a seam then. */
std::vector<LegendBlock::Item> withWholePictures(std::vector<LegendBlock::Item> items)
{
    std::vector<LegendBlock::Item> whole;
    for (auto &item : items) {
        const bool goesOn = !whole.empty() && item.kind == LegendBlock::Item::Kind::Picture && item.joined
            && whole.back().kind == LegendBlock::Item::Kind::Picture
            && qFuzzyCompare(1 + whole.back().at.x(), 1 + item.at.x());
        if (goesOn) {
            whole.back().strip |= item.strip;
            whole.back().height += item.height;
        } else {
            whole.push_back(std::move(item));
        }
    }
    return whole;
}

SheetText headText(double unit)
{
    return SheetText(3.2 * unit, QFont::DemiBold);
}
SheetText headingText(double unit)
{
    return SheetText(2.5 * unit, QFont::DemiBold);
}
SheetText entryText(double unit)
{
    return SheetText(2.4 * unit);
}
SheetText restText(double unit)
{
    return SheetText(2.2 * unit, QFont::Normal, QColor(82, 96, 109));
}

/** "dB(A)" of the numbers that the style shows, if they have one. */
QString unitOf(const Layer &layer)
{
    if (!layer.data)
        return {};
    if (layer.data->isRaster())
        return layer.style.raster.unit;
    if (layer.style.kind != Style::Kind::Graduated)
        return {};
    for (const auto &field : layer.data->description.fields) {
        if (field.name == layer.style.field)
            return field.unit;
    }
    return {};
}

/** What is printed shows a state of its time for ever, so it says which; "" = the layer has none, or none is chosen. */
QString chosenTimeOf(const Layer &layer)
{
    const auto *time = timeOf(layer);
    if (!time || !layer.dimensions.contains(time->name))
        return {};
    const std::span only(&layer, 1);
    return instantText(only, shownInstant(only));
}

bool inScale(const LegendEntry &entry, const Style &style, double denominator)
{
    if (entry.styleClass < 0 || std::size_t(entry.styleClass) >= style.classes.size())
        return true;
    const auto &shown = style.classes[std::size_t(entry.styleClass)];
    return (shown.minScale <= 0 || denominator <= shown.minScale)
        && (shown.maxScale <= 0 || denominator >= shown.maxScale);
}

/** The picture, or the place that is kept for it; nothing where it failed. */
std::vector<LegendEntry> pictureOf(const Layer &layer, const LegendPictures &legends)
{
    const auto found = legends.byLayer.find(layer.id);
    if (found == legends.byLayer.end() && !legends.awaited)
        return {};
    LegendEntry entry{.styleClass = -1, .kind = GeometryKind::None, .isPicture = true};
    if (found != legends.byLayer.end())
        entry.picture = found->second;
    return {entry};
}

double sampleHeightOf(const LegendEntry &entry, double unit)
{
    double high = sampleHeight * unit;
    if (entry.kind == GeometryKind::Point) {
        for (const auto &marker : entry.symbol.markers)
            high = std::max(high, std::min(marker.size + 0.6, 8.0));
    }
    return high;
}

} // namespace

std::vector<LegendSection> legendSections(const MapScene &scene, const Viewport &view, const LegendPictures &legends)
{
    std::vector<LegendSection> sections;
    for (const auto &layer : scene.layers | std::views::reverse) {
        if (!layer.data || !layer.inScale(view.scale()))
            continue;
        LegendSection section{.title = layer.title, .entries = legendOf(layer, &view), .opacity = layer.opacity};
        std::erase_if(section.entries, [&](const LegendEntry &entry) {
            return !entry.visible || !inScale(entry, layer.style, view.scale());
        });
        const auto time = chosenTimeOf(layer);
        const bool drawnByServer = section.entries.empty() && legendSource(layer);
        if (drawnByServer)
            section.entries = pictureOf(layer, legends);
        if (section.entries.empty() && time.isEmpty() && !drawnByServer)
            continue;
        for (auto &entry : section.entries) {
            if (entry.title.isEmpty() && section.entries.size() > 1)
                entry.title = QCoreApplication::translate("PrintLegend", "Other");
        }
        if (section.entries.size() == 1 && section.entries.front().styleClass >= 0) {
            auto &title = section.entries.front().title;
            if (title.isEmpty() || layer.style.kind == Style::Kind::Single) {
                title = layer.title;
                section.title.clear();
            }
        }
        const auto unit = unitOf(layer);
        if (!unit.isEmpty() && !section.title.contains(unit))
            section.title += u" (%1)"_s.arg(unit);
        if (!time.isEmpty()) // where a single line bears the title, it bears the time
            (section.title.isEmpty() ? section.entries.front().title : section.title) += u" (%1)"_s.arg(time);
        sections.push_back(std::move(section));
    }
    return sections;
}

LegendSetter::LegendSetter(const std::vector<LegendSection> &sections, double unit, const Pictures &pictures)
    : m_unit(unit)
{
    const auto heading = headingText(unit), text = entryText(unit);
    const double indent = (sampleWidth + sampleGap) * unit;
    double natural = 0;
    for (const auto &section : sections) {
        natural = std::max(natural, heading.width(section.title));
        if (section.hasPicture())
            continue;
        for (const auto &entry : section.entries)
            natural = std::max(natural, indent + text.width(entry.title));
    }
    m_column = std::clamp(natural + 0.5 * unit, leastColumn * unit, mostColumn * unit);
    for (const auto &section : sections) {
        if (!section.hasPicture())
            continue;
        // One that is very wide gets more room than texts do: its own texts must stay readable.
        const double width = trueSize(section.entries.front().picture).width() * pictures.shrink;
        m_column =
            std::max(m_column, std::min({width, std::max(mostPictureColumn * unit, width * 0.6), pictures.widest}));
    }

    using Item = LegendBlock::Item;
    for (const auto &section : sections) {
        if (!section.title.isEmpty()) {
            Item item{.kind = Item::Kind::Heading, .lines = heading.lines(section.title, m_column, 4)};
            item.height = double(item.lines.size()) * heading.lineHeight() + 0.6 * unit;
            item.opens = true;
            item.alone = section.entries.empty();
            m_items.push_back(item);
        }
        bool first = true;
        for (const auto &entry : section.entries) {
            if (entry.isPicture) {
                addPicture(entry, pictures);
                continue;
            }
            Item item{
                .entry = entry, .opacity = section.opacity, .lines = text.lines(entry.title, m_column - indent, 4)};
            item.sample = sampleHeightOf(entry, unit);
            item.joined = entry.styleClass < 0 && !first && item.lines.size() <= 1;
            item.opens = first && section.title.isEmpty();
            item.height = std::max(item.sample, double(item.lines.size()) * text.lineHeight());
            m_items.push_back(item);
            first = false;
        }
    }
}

/** In strips that may stand in several columns. */
void LegendSetter::addPicture(const LegendEntry &entry, const Pictures &pictures)
{
    using Item = LegendBlock::Item;
    const auto &picture = entry.picture;
    Item item{.kind = Item::Kind::Picture, .entry = entry};
    item.opens = m_items.empty() || m_items.back().kind != Item::Kind::Heading;
    if (picture.isNull()) {
        item.width = m_column;
        item.height = placeHeight * m_unit;
        m_items.push_back(item);
        return;
    }
    const double natural = trueSize(picture).width() * pictures.shrink;
    double millimetres = std::min(natural, m_column) / picture.width(); // per pixel
    const auto cuts = cutsOf(picture, std::max(1, int(leastStrip / millimetres)));
    int highest = 1;
    for (std::size_t i = 1; i < cuts.size(); ++i)
        highest = std::max(highest, cuts[i] - cuts[i - 1]);
    millimetres = std::min(millimetres, pictures.highest / highest);
    item.width = picture.width() * millimetres;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        item.strip = QRect(0, cuts[i - 1], picture.width(), cuts[i] - cuts[i - 1]);
        item.height = item.strip.height() * millimetres;
        m_items.push_back(item);
        item.joined = true;
        item.opens = false;
    }
}

double LegendSetter::headHeight() const
{
    return headText(m_unit).lineHeight() + 1.4 * m_unit;
}

int LegendSetter::columnsIn(double width) const
{
    return std::max(0, int((width + columnGap * m_unit) / (m_column + columnGap * m_unit)));
}

LegendBlock::Item LegendSetter::restItem(int leftOut) const
{
    const auto text = restText(m_unit);
    LegendBlock::Item item{.kind = LegendBlock::Item::Kind::Rest};
    item.lines = text.lines(QCoreApplication::translate("PrintLegend", "… and %n more", nullptr, leftOut), m_column, 1);
    item.height = text.lineHeight();
    return item;
}

namespace
{

/** Of an item and what should stand in the same column. */
double togetherHeight(const std::vector<LegendBlock::Item> &items, std::size_t first)
{
    using Kind = LegendBlock::Item::Kind;
    double height = items[first].height;
    std::size_t next = first + 1;
    if (items[first].kind == Kind::Heading && !items[first].alone && next < items.size())
        height += items[next++].height;
    while (next < items.size() && items[next].kind == Kind::Picture && items[next].joined)
        height += items[next++].height;
    return height;
}

} // namespace

/** Places the items in columns of this height; returns how many there are, INT_MAX where an item is higher. */
int LegendSetter::flow(std::vector<LegendBlock::Item> &items, double height) const
{
    using Kind = LegendBlock::Item::Kind;
    const double right = m_column + columnGap * m_unit;
    int column = 0;
    double y = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto &item = items[i];
        const bool afterHeading = i > 0 && items[i - 1].kind == Kind::Heading && !items[i - 1].alone;
        // Layers of a single line stand close together, but apart from the classes of others.
        const bool apart = item.kind == Kind::Heading || (item.opens && i > 0 && !items[i - 1].opens);
        double gap = item.joined ? 0 : (apart ? headingGap : entryGap) * m_unit;
        if (y == 0 || afterHeading)
            gap = 0;
        // A heading never stands alone at the foot of a column.
        const bool keeps = item.kind == Kind::Heading && !item.alone && i + 1 < items.size();
        const double kept = keeps ? items[i + 1].height : 0;
        // Nor is a picture cut that a column holds.
        const double whole = afterHeading || item.joined ? item.height : togetherHeight(items, i);
        if (y > 0 && y + gap + (whole <= height ? whole : item.height + kept) > height) {
            ++column;
            y = gap = 0;
        }
        if (item.height + kept > height + 1e-6)
            return std::numeric_limits<int>::max();
        item.at = {column * right, y + gap};
        y += gap + item.height;
    }
    return column + 1;
}

LegendBlock LegendSetter::finished(std::vector<LegendBlock::Item> items, int columns, double height) const
{
    const double head = headHeight();
    items = withWholePictures(std::move(items));
    for (auto &item : items)
        item.at.ry() += head;
    return {.items = std::move(items),
            .size = {columns * m_column + (columns - 1) * columnGap * m_unit, head + height},
            .unit = m_unit};
}

std::optional<LegendBlock> LegendSetter::inHeight(double height, double mostWidth) const
{
    auto items = m_items;
    const int columns = flow(items, height - headHeight());
    if (columns > columnsIn(mostWidth))
        return std::nullopt;
    return finished(std::move(items), columns, height - headHeight());
}

std::optional<LegendBlock> LegendSetter::inWidth(double width, double mostHeight) const
{
    const int most = columnsIn(width);
    auto items = m_items;
    double high = mostHeight - headHeight(), low = 0;
    if (most < 1 || flow(items, high) > most)
        return std::nullopt;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool plain = items[i].kind == LegendBlock::Item::Kind::Entry;
        if (const double whole = togetherHeight(items, i); !plain && whole <= high)
            low = std::max(low, whole); // where pictures need not be cut, they are not
    }
    while (high - low > 0.2) {
        const double middle = (low + high) / 2;
        (flow(items, middle) <= most ? high : low) = middle;
    }
    const int columns = flow(items, high);
    return finished(std::move(items), columns, high);
}

LegendBlock LegendSetter::squeezed(QSizeF room) const
{
    const int most = columnsIn(room.width());
    const double height = room.height() - headHeight();
    if (most < 1 || height < restItem(1).height)
        return {};
    using Kind = LegendBlock::Item::Kind;
    auto kept = m_items;
    int leftOut = 0;
    auto items = kept;
    while (flow(items, height) > most && !kept.empty()) {
        leftOut += kept.back().kind != Kind::Heading || kept.back().alone ? 1 : 0;
        kept.pop_back();
        while (!kept.empty() && kept.back().kind == Kind::Heading && !kept.back().alone)
            kept.pop_back();
        items = kept;
        items.push_back(restItem(leftOut));
    }
    const int columns = flow(items, height);
    auto block = finished(std::move(items), std::min(columns, most), height);
    block.leftOut = leftOut;
    return block;
}

namespace
{

QColor faded(QColor color, double opacity)
{
    color.setAlphaF(float(color.alphaF() * opacity));
    return color;
}

/** The symbol as it looks under the layer's opacity. */
Symbol faded(Symbol symbol, double opacity)
{
    for (auto &fill : symbol.fills) {
        fill.color = faded(fill.color, opacity);
        if (fill.background.isValid())
            fill.background = faded(fill.background, opacity);
    }
    for (auto &stroke : symbol.strokes)
        stroke.color = faded(stroke.color, opacity);
    for (auto &marker : symbol.markers) {
        marker.fill = faded(marker.fill, opacity);
        marker.outline.color = faded(marker.outline.color, opacity);
    }
    return symbol;
}

void paintSample(QPainter &painter, const LegendBlock::Item &item, const QRectF &box)
{
    painter.save();
    if (item.entry.styleClass >= 0) {
        constexpr double fine = 20; // pixels per millimetre: symbols are drawn as finely as the map
        painter.translate(box.topLeft());
        painter.scale(1 / fine, 1 / fine);
        paintSymbol(painter, faded(item.entry.symbol, item.opacity), item.entry.kind, {{}, box.size() * fine}, fine);
        if (item.entry.kind == GeometryKind::Polygon
            && item.entry.symbol.strokes.empty()) { // pale areas end somewhere too
            painter.setPen(QPen(QColor(0, 0, 0, 60), 0.1 * fine));
            painter.setBrush(Qt::NoBrush);
            const double inset = 0.06 * box.height() * fine;
            painter.drawRect(QRectF({}, box.size() * fine).adjusted(inset, inset, -inset, -inset));
        }
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(faded(item.entry.color, item.opacity));
        painter.drawRect(box);
    }
    painter.restore();
}

void paintEntry(QPainter &painter, const LegendBlock::Item &item, QPointF at, double unit)
{
    const auto text = entryText(unit);
    const double high = double(item.lines.size()) * text.lineHeight();
    // The sample stands at the first line, or beside all of them where it is higher.
    const bool ramp = item.entry.styleClass < 0;
    const double sample = ramp ? item.height : item.sample;
    const double top = ramp ? 0 : std::max(0.0, (std::min(text.lineHeight(), item.height) - sample) / 2);
    paintSample(painter, item, {at.x(), at.y() + top, sampleWidth * unit, sample});
    const double textTop = high < item.height ? (std::min(item.height, sample) - high) / 2 : 0;
    text.drawLines(painter, at + QPointF((sampleWidth + sampleGap) * unit, std::max(0.0, textTop)), item.lines);
}

void paintPicture(QPainter &painter, const LegendBlock::Item &item, QPointF at, double unit)
{
    const QRectF box(at, QSizeF(item.width, item.height));
    painter.save();
    if (!item.entry.picture.isNull()) {
        painter.setRenderHint(QPainter::LosslessImageRendering); // it is mostly text
        painter.drawImage(box, item.entry.picture, item.strip);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(240, 243, 246));
        painter.drawRect(box);
        const auto text = restText(unit);
        const double inset = 1.5 * unit;
        text.drawLines(painter, at + QPointF(inset, inset),
                       text.lines(QCoreApplication::translate("PrintLegend", "The legend is being fetched …"),
                                  item.width - 2 * inset, 3));
    }
    painter.restore();
}

} // namespace

void paintLegend(QPainter &painter, const LegendBlock &block, QPointF topLeft)
{
    if (block.items.empty())
        return;
    using Kind = LegendBlock::Item::Kind;
    headText(block.unit).drawLines(painter, topLeft, {QCoreApplication::translate("PrintLegend", "Legend")});
    for (const auto &item : block.items) {
        const auto at = topLeft + item.at;
        switch (item.kind) {
        case Kind::Heading:
            headingText(block.unit).drawLines(painter, at, item.lines);
            break;
        case Kind::Rest:
            restText(block.unit).drawLines(painter, at, item.lines);
            break;
        case Kind::Entry:
            paintEntry(painter, item, at, block.unit);
            break;
        case Kind::Picture:
            paintPicture(painter, item, at, block.unit);
            break;
        }
    }
}

} // namespace hanseatlas
