// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapsymbols.h"

#include "datasources/vectortiles/maptexts.h"
#include "datasources/vectortiles/symbollines.h"
#include "datasources/vectortiles/symbolspace_p.h"
#include "datasources/vectortiles/tileclip.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr std::size_t mostOfLayer = 20'000; ///< symbols that are tried; the rest found no room anyway
constexpr std::size_t mostGathered = 10 * mostOfLayer;
constexpr double areaNamesApart = 500; ///< pixels of the style; of an area each tile has a part
constexpr double mostTextSize = 200, mostIconScale = 20;

/** What a symbol shows, worked out for its feature. */
struct Content {
    QString text, icon;
    TextForm form;
    double sortKey = 0;
    MapContext context; ///< its feature
};

/** A symbol that looks for a place. */
struct Candidate {
    std::size_t content = 0;
    QPointF place;
    double angle = 0; ///< radians, of the line at the place
    std::ptrdiff_t line = -1; ///< the text runs along this one
    double along = 0; ///< where on it
};

struct AnchorSide {
    double x = 0, y = 0; ///< -1, 0, 1: which side of the symbol is at its place
};

AnchorSide sideOf(const QString &anchor)
{
    AnchorSide side;
    side.x = anchor.contains("left"_L1) ? -1 : anchor.contains("right"_L1) ? 1 : 0;
    side.y = anchor.contains("top"_L1) ? -1 : anchor.contains("bottom"_L1) ? 1 : 0;
    return side;
}

QString transformed(const QString &text, const QString &how)
{
    return how == "uppercase"_L1 ? text.toUpper() : how == "lowercase"_L1 ? text.toLower() : text;
}

QPointF pointOf(const std::vector<double> &numbers)
{
    return numbers.size() == 2 ? QPointF(numbers[0], numbers[1]) : QPointF();
}

QRectF round(QPointF middle, QSizeF size)
{
    return {middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height()};
}

/** The symbols of one layer: gathers, then places them. */
class LayerSymbols
{
public:
    LayerSymbols(const MapFrame &frame, const MapStyleLayer &layer, std::size_t number, const MapSprite &sprite,
                 TextSetter &setter)
        : m_frame(frame)
        , m_layer(layer)
        , m_number(number)
        , m_sprite(sprite)
        , m_setter(setter)
        , m_constant{.zoom = frame.zoom}
        , m_placement(layer.text(MapProperty::SymbolPlacement, m_constant))
        , m_spacing(std::max(20.0, layer.number(MapProperty::SymbolSpacing, m_constant)) * frame.ratio)
        , m_sight(QRectF(QPointF(), frame.size))
    {
        const auto alignment = layer.text(MapProperty::TextRotationAlignment, m_constant);
        m_textTurns = alignsWithMap(alignment);
        m_iconTurns = alignsWithMap(layer.text(MapProperty::IconRotationAlignment, m_constant));
    }

    void gather(std::span<const PlacedTile> tiles, const CancelToken &token)
    {
        for (const auto &tile : tiles) {
            const auto *layer = tile.tile ? tile.tile->layer(m_layer.sourceLayer) : nullptr;
            for (std::size_t i = 0; layer && i < layer->features.size(); ++i) {
                if (m_candidates.size() > mostGathered || (i % 256 == 0 && token.stop_requested()))
                    return;
                const MapContext context{.zoom = m_frame.zoom, .layer = layer, .feature = &layer->features[i]};
                if (m_layer.filter(context).toTruth())
                    add(tile, context);
            }
        }
        alongLines();
        std::ranges::stable_sort(m_candidates, {},
                                 [this](const Candidate &c) { return m_contents[c.content].sortKey; });
        if (m_candidates.size() > mostOfLayer)
            m_candidates.resize(mostOfLayer);
    }

    void place(SymbolSpace &space, std::vector<PlacedSymbol> &into, const CancelToken &token)
    {
        for (const auto &candidate : m_candidates) {
            if (token.stop_requested())
                return;
            if (!isInSight(candidate.place) || isRepeated(candidate))
                continue;
            if (auto symbol = placed(candidate, space)) {
                m_shown[m_contents[candidate.content].text].push_back(candidate.place);
                into.push_back(*std::move(symbol));
            }
        }
    }

private:
    bool alignsWithMap(const QString &alignment) const
    {
        return alignment == "map"_L1 || (alignment == "auto"_L1 && m_placement != "point"_L1);
    }

    std::optional<std::size_t> contentOf(const MapContext &context)
    {
        using enum MapProperty;
        Content content{.context = context};
        content.text = transformed(m_layer.text(TextField, context), m_layer.text(TextTransform, context)).trimmed();
        content.icon = m_layer.text(IconImage, context);
        if (!m_sprite.icon(content.icon))
            content.icon.clear();
        if (content.text.isEmpty() && content.icon.isEmpty())
            return {};
        const double size = std::clamp(m_layer.number(TextSize, context), 0.0, mostTextSize) * m_frame.ratio;
        if (size < 1 && content.icon.isEmpty())
            return {};
        const auto justify = m_layer.text(TextJustify, context);
        content.form = {.fonts = m_layer.texts(TextFont, context),
                        .size = size,
                        .maxWidth = std::max(0.0, m_layer.number(TextMaxWidth, context)) * size,
                        .lineHeight = std::clamp(m_layer.number(TextLineHeight, context), 0.5, 4.0),
                        .spacing = std::clamp(m_layer.number(TextLetterSpacing, context), -0.5, 5.0) * size,
                        .justify = justify == "left"_L1 ? -1
                            : justify == "right"_L1     ? 1
                                                        : 0};
        content.sortKey = m_layer.number(SymbolSortKey, context);
        m_contents.push_back(std::move(content));
        return m_contents.size() - 1;
    }

    void add(const PlacedTile &tile, const MapContext &context)
    {
        const auto content = contentOf(context);
        if (!content)
            return;
        if (m_placement == "point"_L1 || context.feature->type == TileGeometry::Point)
            return addPlaces(tile, context, *content);
        const double units = context.layer->extent;
        // Not only what is in sight, or names would wander along when the map is moved
        const QRectF box(tile.part.topLeft() * units, tile.part.size() * units);
        const bool closed = context.feature->type == TileGeometry::Polygon;
        for (quint32 i = 0; i < context.feature->parts; ++i) {
            clippedLines(context.layer->part(*context.feature, i), closed, box, [&](const auto &line) {
                Polyline places;
                for (const auto &p : line)
                    places.push_back(tile.plane.map(p.x() / units, p.y() / units));
                m_lines[lineKey(*content)].emplace_back(*content, std::move(places));
            });
        }
    }

    /** Lines of the same name and icon may be one street. */
    QString lineKey(std::size_t content) const { return m_contents[content].text + u'\n' + m_contents[content].icon; }

    void addPlaces(const PlacedTile &tile, const MapContext &context, std::size_t content)
    {
        const double units = context.layer->extent;
        const auto &feature = *context.feature;
        const auto inTile = [&](QPointF p) {
            return tile.part.contains(p) && p.x() < tile.part.right() && p.y() < tile.part.bottom();
        };
        if (feature.type == TileGeometry::Point) {
            for (const auto &p : context.layer->part(feature, 0)) {
                const QPointF place(p.x / units, p.y / units);
                if (inTile(place)) // a neighbour has it, too
                    m_candidates.push_back({.content = content, .place = tile.plane.map(place.x(), place.y())});
            }
            return;
        }
        // the ring or line that reaches farthest
        std::span<const TilePoint> largest;
        double farthest = -1;
        for (quint32 i = 0; i < feature.parts; ++i) {
            const auto part = context.layer->part(feature, i);
            const auto [west, east] = std::ranges::minmax(part, {}, &TilePoint::x);
            const auto [north, south] = std::ranges::minmax(part, {}, &TilePoint::y);
            const double reach = double(east.x - west.x) + double(south.y - north.y);
            if (std::exchange(farthest, std::max(farthest, reach)) < reach)
                largest = part;
        }
        Polyline line;
        for (const auto &p : largest)
            line.push_back(tile.plane.map(p.x / units, p.y / units));
        const LineWalk walk(line);
        const auto place = feature.type == TileGeometry::Polygon ? insidePoint(line) : walk.at(walk.length() / 2);
        m_candidates.push_back({.content = content, .place = place});
        m_repeating = true; // each tile has its part
    }

    void alongLines()
    {
        for (auto it = m_lines.begin(); it != m_lines.end(); ++it) {
            std::vector<Polyline> lines;
            for (auto &[content, line] : it->second)
                lines.push_back(std::move(line));
            const auto content = it->second.front().first;
            for (auto &line : mergedLines(std::move(lines), 1.5 * m_frame.ratio)) {
                m_walked.push_back(std::move(line));
                anchors(content, std::ptrdiff_t(m_walked.size()) - 1);
            }
        }
        m_repeating = m_repeating || !m_lines.empty();
    }

    void anchors(std::size_t content, std::ptrdiff_t number)
    {
        const LineWalk walk(m_walked[std::size_t(number)]);
        const auto &what = m_contents[content];
        const bool runs = m_textTurns && !what.text.isEmpty();
        const double needed = runs ? textLength(what) : m_spacing / 4;
        if (walk.length() < needed || !(walk.length() > 0) || m_candidates.size() > mostGathered)
            return;
        const bool once = m_placement == "line-center"_L1;
        const int count = once ? 1 : std::clamp(int(walk.length() / std::max(m_spacing, needed * 1.5)), 1, 200);
        for (int i = 0; i < count; ++i) {
            const double along = walk.length() * (i + 0.5) / count;
            const double reach = std::min(walk.length() / 2, 10 * m_frame.ratio);
            m_candidates.push_back({.content = content,
                                    .place = walk.at(along),
                                    .angle = walk.angle(along - reach, along + reach),
                                    .line = runs ? number : -1,
                                    .along = along});
        }
    }

    double textLength(const Content &content)
    {
        double length = 0;
        for (const auto &letter : m_setter.letters(content.text, content.form))
            length += letter.advance;
        return length;
    }

    bool isInSight(QPointF place) const
    {
        const double around = 300 * m_frame.ratio;
        return m_sight.adjusted(-around, -around, around, around).contains(place);
    }

    /** The same name again too near, as tiles cut streets and areas. */
    bool isRepeated(const Candidate &candidate) const
    {
        const auto &content = m_contents[candidate.content];
        const auto shown = m_shown.constFind(content.text);
        if (!m_repeating || shown == m_shown.cend())
            return false;
        const double apart = m_placement == "point"_L1 ? areaNamesApart * m_frame.ratio
                                                       : m_spacing * (content.text.isEmpty() ? 0.3 : 0.7);
        return std::ranges::any_of(*shown, [&](QPointF other) {
            return std::hypot(other.x() - candidate.place.x(), other.y() - candidate.place.y()) < apart;
        });
    }

    std::optional<PlacedSymbol> placed(const Candidate &candidate, SymbolSpace &space)
    {
        using enum MapProperty;
        const auto &content = m_contents[candidate.content];
        PlacedSymbol symbol{.layer = m_number, .name = content.text};
        std::vector<QRectF> textBoxes, iconBoxes;
        bool hasText = !content.text.isEmpty() && content.form.size >= 1, hasIcon = !content.icon.isEmpty();
        const bool fits = hasIcon && m_layer.text(IconTextFit, content.context) != "none"_L1;
        if (hasText && !setText(candidate, space, symbol, textBoxes)) {
            if (!hasIcon || fits || !m_layer.truth(TextOptional, content.context))
                return {};
            hasText = false;
        }
        if (hasIcon && !setIcon(candidate, space, fits && hasText, symbol, iconBoxes)) {
            if (!hasText || !m_layer.truth(IconOptional, content.context))
                return {};
            hasIcon = false;
            symbol.icon.clear();
        }
        if (!hasText && !hasIcon)
            return {};
        if (!hasText) {
            symbol.text.clear();
            textBoxes.clear();
        }
        for (const auto &box : textBoxes) {
            symbol.bounds |= box;
            if (!m_layer.truth(TextIgnorePlacement, content.context))
                space.take(box);
        }
        for (const auto &box : iconBoxes) {
            symbol.bounds |= box;
            if (!m_layer.truth(IconIgnorePlacement, content.context))
                space.take(box);
        }
        return symbol;
    }

    bool setText(const Candidate &candidate, const SymbolSpace &space, PlacedSymbol &symbol, std::vector<QRectF> &boxes)
    {
        using enum MapProperty;
        const auto &context = m_contents[candidate.content].context;
        const double opacity = std::clamp(m_layer.number(TextOpacity, context), 0.0, 1.0);
        const auto faded = [opacity](QColor color) {
            color.setAlphaF(color.alphaF() * float(opacity));
            return color;
        };
        symbol.color = faded(m_layer.color(TextColor, context));
        symbol.halo = faded(m_layer.color(TextHaloColor, context));
        symbol.haloWidth = std::clamp(m_layer.number(TextHaloWidth, context), 0.0, 20.0) * m_frame.ratio;
        const double padding = std::clamp(m_layer.number(TextPadding, context), 0.0, 100.0) * m_frame.ratio;
        const bool always = m_layer.truth(TextAllowOverlap, context);
        if (candidate.line >= 0)
            return runAlong(candidate, padding, always ? nullptr : &space, symbol, boxes);
        auto anchors = m_layer.texts(TextVariableAnchor, context);
        if (anchors.isEmpty())
            anchors = {m_layer.text(TextAnchor, context)};
        for (const auto &anchor : anchors.first(std::min<qsizetype>(anchors.size(), 9))) {
            const auto turn = standAt(candidate, anchor, padding, boxes);
            if (!always && !space.isFree(boxes))
                continue;
            const auto &content = m_contents[candidate.content];
            symbol.text = turn.map(m_setter.shape(content.text, formAt(content, anchor)).path);
            return true;
        }
        return false;
    }

    TextForm formAt(const Content &content, const QString &anchor) const
    {
        auto form = content.form;
        if (m_layer.text(MapProperty::TextJustify, content.context) == "auto"_L1)
            form.justify = int(sideOf(anchor).x);
        return form;
    }

    /** How the text has to be moved and turned. */
    QTransform standAt(const Candidate &candidate, const QString &anchor, double padding, std::vector<QRectF> &boxes)
    {
        using enum MapProperty;
        const auto &content = m_contents[candidate.content];
        const auto side = sideOf(anchor);
        const auto size = m_setter.size(content.text, content.form);
        auto offset = pointOf(m_layer.numbers(TextOffset, content.context));
        if (const double reach = m_layer.number(TextRadialOffset, content.context); reach != 0) {
            const double along = side.x != 0 && side.y != 0 ? reach / std::numbers::sqrt2 : reach;
            offset = {-side.x * along, -side.y * along};
        }
        const auto translate = pointOf(m_layer.numbers(TextTranslate, content.context)) * m_frame.ratio;
        const auto middle =
            QPointF(-side.x * size.width() / 2, -side.y * size.height() / 2) + offset * content.form.size;
        QTransform turn =
            QTransform::fromTranslate(candidate.place.x() + translate.x(), candidate.place.y() + translate.y());
        turn.rotate(m_layer.number(TextRotate, content.context));
        turn.translate(middle.x(), middle.y());
        boxes = {turn.mapRect(round({}, size)).adjusted(-padding, -padding, padding, padding)};
        return turn;
    }

    /** `space`: what must be free; null: nothing need be. */
    bool runAlong(const Candidate &candidate, double padding, const SymbolSpace *space, PlacedSymbol &symbol,
                  std::vector<QRectF> &boxes)
    {
        using enum MapProperty;
        const auto &content = m_contents[candidate.content];
        const auto letters = m_setter.letters(content.text, content.form);
        double length = 0;
        for (const auto &letter : letters)
            length += letter.advance;
        auto line = m_walked[std::size_t(candidate.line)];
        double from = candidate.along - length / 2;
        const double whole = LineWalk(line).length();
        if (from < 0 || from + length > whole)
            return false;
        const auto across = LineWalk(line).at(from + length) - LineWalk(line).at(from);
        if (m_layer.truth(TextKeepUpright, content.context) && across.x() < 0) {
            std::ranges::reverse(line);
            from = whole - from - length;
        }
        const LineWalk walk(line);
        const double most = m_layer.number(TextMaxAngle, content.context) * std::numbers::pi / 180;
        const double aside = pointOf(m_layer.numbers(TextOffset, content.context)).y() * content.form.size;
        double last = 0, at = from;
        bool first = true;
        std::vector<QTransform> turns;
        for (const auto &letter : letters) {
            const double angle = walk.angle(at, at + std::max(letter.advance, content.form.size / 2));
            if (!first && std::abs(std::remainder(angle - last, 2 * std::numbers::pi)) > most)
                return false;
            const auto place = walk.at(at);
            QTransform turn = QTransform::fromTranslate(place.x(), place.y());
            turn.rotateRadians(angle);
            turn.translate(0, aside);
            turns.push_back(turn);
            boxes.push_back(turn.mapRect(QRectF(0, -content.form.size / 2, letter.advance, content.form.size))
                                .adjusted(-padding, -padding, padding, padding));
            last = angle;
            at += letter.advance;
            first = false;
        }
        if (space && !space->isFree(boxes))
            return false;
        for (std::size_t i = 0; i < letters.size(); ++i)
            symbol.text.addPath(turns[i].scale(letters[i].scale, letters[i].scale).map(*letters[i].path));
        symbol.text.setFillRule(Qt::WindingFill);
        return true;
    }

    bool setIcon(const Candidate &candidate, const SymbolSpace &space, bool fits, PlacedSymbol &symbol,
                 std::vector<QRectF> &boxes)
    {
        using enum MapProperty;
        const auto &content = m_contents[candidate.content];
        const auto &context = content.context;
        const double scale = std::clamp(m_layer.number(IconSize, context), 0.0, mostIconScale) * m_frame.ratio;
        auto size = m_sprite.icon(content.icon)->size() * scale;
        const auto side = sideOf(m_layer.text(IconAnchor, context));
        const auto offset = pointOf(m_layer.numbers(IconOffset, context)) * scale;
        symbol.icon = content.icon;
        symbol.iconPlace = candidate.place;
        symbol.iconBox = round(QPointF(-side.x * size.width() / 2, -side.y * size.height() / 2) + offset, size);
        symbol.iconAngle =
            m_layer.number(IconRotate, context) + (m_iconTurns ? candidate.angle * 180 / std::numbers::pi : 0);
        if (fits)
            fitToText(context, symbol);
        symbol.iconOpacity = std::clamp(m_layer.number(IconOpacity, context), 0.0, 1.0);
        symbol.iconColor = m_layer.color(IconColor, context);
        const double padding = std::clamp(m_layer.number(IconPadding, context), 0.0, 100.0) * m_frame.ratio;
        QTransform turn = QTransform::fromTranslate(symbol.iconPlace.x(), symbol.iconPlace.y());
        turn.rotate(symbol.iconAngle);
        boxes = {turn.mapRect(symbol.iconBox).adjusted(-padding, -padding, padding, padding)};
        return m_layer.truth(IconAllowOverlap, context) || space.isFree(boxes);
    }

    /** As shields of roads grow with their number. */
    void fitToText(const MapContext &context, PlacedSymbol &symbol) const
    {
        using enum MapProperty;
        const auto how = m_layer.text(IconTextFit, context);
        const auto pads = m_layer.numbers(IconTextFitPadding, context);
        const auto pad = [&](std::size_t i) { return i < pads.size() ? pads[i] * m_frame.ratio : 0.0; };
        const auto text = symbol.text.boundingRect().adjusted(-pad(3), -pad(0), pad(1), pad(2));
        auto box = symbol.iconBox;
        if (how == "width"_L1 || how == "both"_L1) {
            box.setWidth(text.width());
            box.moveLeft(-text.width() / 2);
        }
        if (how == "height"_L1 || how == "both"_L1) {
            box.setHeight(text.height());
            box.moveTop(-text.height() / 2);
        }
        symbol.iconBox = box;
        symbol.iconPlace = text.center();
        symbol.iconAngle = 0;
    }

    const MapFrame &m_frame;
    const MapStyleLayer &m_layer;
    const std::size_t m_number;
    const MapSprite &m_sprite;
    TextSetter &m_setter;
    const MapContext m_constant;
    const QString m_placement;
    const double m_spacing;
    const QRectF m_sight;
    bool m_textTurns = false, m_iconTurns = false, m_repeating = false;
    std::vector<Content> m_contents;
    std::vector<Candidate> m_candidates;
    std::map<QString, std::vector<std::pair<std::size_t, Polyline>>> m_lines; ///< by lineKey()
    std::vector<Polyline> m_walked;
    QHash<QString, std::vector<QPointF>> m_shown;
};

} // namespace

std::vector<PlacedSymbol> placeSymbols(const MapFrame &frame, const MapStyle &style, const MapSprite &sprite,
                                       const PlacedTiles &tiles, const CancelToken &token)
{
    std::vector<PlacedSymbol> symbols;
    SymbolSpace space(64 * frame.ratio);
    TextSetter setter;
    for (std::size_t i = style.layers.size(); i-- > 0;) {
        const auto &layer = style.layers[i];
        const auto source = tiles.find(layer.source);
        if (layer.type != MapLayerType::Symbol || !isDrawnAt(layer, frame.zoom) || source == tiles.end())
            continue;
        if (token.stop_requested())
            break;
        LayerSymbols of(frame, layer, i, sprite, setter);
        of.gather(source->second, token);
        of.place(space, symbols, token);
    }
    return symbols;
}

void paintSymbols(QPainter &painter, std::span<const PlacedSymbol> symbols, std::size_t layer, const MapSprite &sprite,
                  QPointF offset)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.translate(offset);
    const auto sight = painter.transform().inverted().mapRect(QRectF(painter.viewport()));
    for (const auto &symbol : symbols) {
        if (symbol.layer != layer || !symbol.bounds.adjusted(-20, -20, 20, 20).intersects(sight))
            continue;
        if (const auto *icon = symbol.icon.isEmpty() ? nullptr : sprite.icon(symbol.icon)) {
            painter.save();
            painter.translate(symbol.iconPlace);
            painter.rotate(symbol.iconAngle);
            painter.setOpacity(symbol.iconOpacity);
            painter.drawImage(symbol.iconBox, sprite.image(*icon, symbol.iconColor));
            painter.restore();
        }
        if (symbol.haloWidth > 0 && symbol.halo.alpha() > 0) {
            // Round corners of a thin halo nobody sees, but they take most of the time
            const auto join = symbol.haloWidth < 2 ? Qt::BevelJoin : Qt::RoundJoin;
            painter.strokePath(symbol.text, QPen(symbol.halo, 2 * symbol.haloWidth, Qt::SolidLine, Qt::FlatCap, join));
        }
        if (!symbol.text.isEmpty())
            painter.fillPath(symbol.text, symbol.color);
    }
    painter.restore();
}

} // namespace hanseatlas
