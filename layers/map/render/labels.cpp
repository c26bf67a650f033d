// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/render/labels.h"

#include "layers/map/render/anchors.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double margin = 200; ///< device pixels around the view whose labels compete too
constexpr double sameTextApart = 260; ///< device pixels between equal texts of a layer of lines or polygons
constexpr double lineRepeat = 700; ///< device pixels of line for each of its labels

/** Widths of texts by a table of single characters: kerning is lost, time is not. */
class TextMeasure
{
public:
    explicit TextMeasure(const LabelStyle &style)
        : m_font(QGuiApplication::font())
    {
        if (!style.family.isEmpty())
            m_font.setFamily(style.family);
        m_font.setPixelSize(reference);
        m_font.setBold(style.bold);
        m_font.setItalic(style.italic);
        const QFontMetricsF metrics(m_font);
        for (int c = 0; c < tableSize; ++c)
            m_advance[c] = float(metrics.horizontalAdvance(QChar(c)) / reference);
        m_other = float(metrics.horizontalAdvance(u'ß') / reference);
        m_height = (metrics.ascent() + metrics.descent()) / reference;
    }
    /** In ems */
    double width(const QString &text) const
    {
        float sum = 0;
        for (const auto c : text)
            sum += c.unicode() < tableSize ? m_advance[c.unicode()] : m_other;
        return double(sum);
    }
    double height() const { return m_height; }

private:
    static constexpr int tableSize = 384; // Latin with its extensions
    static constexpr int reference = 64;
    QFont m_font;
    std::array<float, tableSize> m_advance{};
    float m_other = 1;
    double m_height = 1.2;
};

/** What is taken already, in a grid of cells. */
class Occupied
{
public:
    explicit Occupied(QSizeF view)
        : m_columns(int((view.width() + 2 * margin) / cell) + 1)
        , m_rows(int((view.height() + 2 * margin) / cell) + 1)
        , m_cells(std::size_t(m_columns) * std::size_t(m_rows))
    {
    }
    bool isFree(const QRectF &box) const
    {
        bool free = true;
        forCells(box, [&](std::size_t c) {
            for (const auto &other : m_cells[c])
                free = free && !other.intersects(box);
        });
        return free;
    }
    void take(const QRectF &box)
    {
        forCells(box, [&](std::size_t c) { m_cells[c].push_back(box); });
    }

private:
    static constexpr double cell = 48;
    template <class Visit>
    void forCells(const QRectF &box, Visit visit) const
    {
        auto column = [&](double x) { return std::clamp(int((x + margin) / cell), 0, m_columns - 1); };
        auto row = [&](double y) { return std::clamp(int((y + margin) / cell), 0, m_rows - 1); };
        for (int y = row(box.top()); y <= row(box.bottom()); ++y)
            for (int x = column(box.left()); x <= column(box.right()); ++x)
                visit(std::size_t(y) * std::size_t(m_columns) + std::size_t(x));
    }
    int m_columns, m_rows;
    std::vector<std::vector<QRectF>> m_cells;
};

struct Candidate {
    std::uint32_t layer = 0;
    std::uint32_t feature = 0;
    int priority = 0;
    float size = 0; ///< area or length; points: 0
    std::uint64_t chance = 0; ///< the id, scattered: a fair order among equals
};

std::uint64_t scattered(std::uint64_t id)
{
    id = (id ^ (id >> 30)) * 0xbf58476d1ce4e5b9ULL;
    id = (id ^ (id >> 27)) * 0x94d049bb133111ebULL;
    return id ^ (id >> 31);
}

bool wins(const Candidate &a, const Candidate &b)
{
    return std::tuple(-a.priority, -int(a.layer), -a.size, a.chance)
        < std::tuple(-b.priority, -int(b.layer), -b.size, b.chance);
}

/** At most one candidate for each cell of a grid that lies fixed on the map: bounds the work for layers of any size. */
void collect(const PreparedScene &scene, std::uint32_t layerIndex, std::vector<Candidate> &candidates,
             CancelToken token)
{
    const auto &layer = scene.layers[layerIndex];
    const auto &set = *layer.set;
    const auto &style = layer.layer->style.label;
    const auto transform = DeviceTransform::of(set.quantisation, scene.view);
    const double em = style.size * scene.view.pixelsPerMm;
    const QRectF all(QPointF(0, 0), scene.view.size);
    const auto box = transform.reach(all.adjusted(-margin, -margin, margin, margin));
    const double step = transform.pixelsPerStep;
    const double cellWidth = std::max(1.0, em * 1.6 / step), cellHeight = std::max(1.0, em * 0.8 / step);
    const double smallest = em * 0.3 / step; // polygons less wide than this are specks that no label helps
    const auto *column = set.column(style.field);
    QHash<std::pair<qint64, qint64>, std::size_t> best;
    for (const auto &[from, to] : set.runs(box)) {
        if (token.stop_requested())
            return;
        for (auto i = from; i < to; ++i) {
            const auto &b = set.boxes[i];
            if (!b.intersects(box) || layer.symbolOf(i) < 0 || column->isNull(i))
                continue;
            const bool polygon = set.kinds[i] == GeometryKind::Polygon;
            if (polygon && double(set.areas[i]) < smallest * smallest)
                continue;
            const Candidate candidate{layerIndex, i, style.priority, set.areas[i],
                                      scattered(std::uint64_t(set.ids[i]))};
            const std::pair key{qint64(std::floor((double(b.xMin) + b.xMax) / 2 / cellWidth)),
                                qint64(std::floor((double(b.yMin) + b.yMax) / 2 / cellHeight))};
            const auto found = best.constFind(key);
            if (found == best.constEnd()) {
                best.insert(key, candidates.size());
                candidates.push_back(candidate);
            } else if (wins(candidate, candidates[*found])) {
                candidates[*found] = candidate;
            }
        }
    }
}

/** A line on the device with the length up to each point. */
struct MeasuredLine {
    std::vector<QPointF> points;
    std::vector<double> lengths;

    MeasuredLine(const FeatureSet &set, std::size_t feature, const DeviceTransform &transform)
    {
        double longest = -1;
        for (auto r = set.firstRing[feature]; r < set.firstRing[feature + 1]; ++r) {
            std::vector<QPointF> line;
            std::vector<double> upTo;
            for (auto v = set.firstVertex[r]; v < set.firstVertex[r + 1]; ++v) {
                const auto p = transform.map(set.vertices[v]);
                upTo.push_back(
                    line.empty() ? 0 : upTo.back() + std::hypot(p.x() - line.back().x(), p.y() - line.back().y()));
                line.push_back(p);
            }
            if (!line.empty() && upTo.back() > longest) {
                longest = upTo.back();
                points.swap(line);
                lengths.swap(upTo);
            }
        }
    }
    double length() const { return lengths.empty() ? 0 : lengths.back(); }
    QPointF at(double s) const
    {
        const auto next = std::ranges::upper_bound(lengths, s);
        if (next == lengths.begin())
            return points.front();
        if (next == lengths.end())
            return points.back();
        const auto i = std::size_t(next - lengths.begin());
        const double part = (s - lengths[i - 1]) / (lengths[i] - lengths[i - 1]);
        return points[i - 1] + (points[i] - points[i - 1]) * part;
    }
};

class Placer
{
public:
    explicit Placer(const PreparedScene &scene)
        : m_scene(scene)
        , m_occupied(scene.view.size)
    {
        for (const auto &layer : scene.layers) {
            m_transforms.push_back(layer.set ? DeviceTransform::of(layer.set->quantisation, scene.view)
                                             : DeviceTransform());
            m_measures.emplace_back();
            if (layer.hasLabels)
                m_measures.back().emplace(layer.layer->style.label);
        }
    }

    void place(const Candidate &candidate)
    {
        const auto &layer = m_scene.layers[candidate.layer];
        const auto &set = *layer.set;
        m_style = &layer.layer->style.label;
        m_layer = candidate.layer;
        const auto text = labelText(*set.column(m_style->field), candidate.feature);
        if (text.isEmpty())
            return;
        const double em = m_style->size * m_scene.view.pixelsPerMm;
        const auto &measure = *m_measures[candidate.layer];
        m_size = {measure.width(text) * em, measure.height() * em};
        m_halo = m_style->haloWidth * m_scene.view.pixelsPerMm;
        const auto kind = set.kinds[candidate.feature];
        if (kind == GeometryKind::Line && m_style->alongLine) {
            placeAlong(MeasuredLine(set, candidate.feature, m_transforms[candidate.layer]), text);
            return;
        }
        const auto anchor = anchorOf(set, candidate.feature);
        const auto &t = m_transforms[candidate.layer];
        const auto at = t.map(anchor.x, anchor.y);
        if (kind == GeometryKind::Point)
            placeAtPoint(at, text, layer.symbols[std::size_t(layer.symbolOf(candidate.feature))]);
        else if (!tooNear(text, at))
            put(text,
                at
                    - QPointF(0,
                              kind == GeometryKind::Line ? m_size.height() * 0.6
                                                         : m_style->offset * m_scene.view.pixelsPerMm),
                0);
    }

    std::vector<PlacedLabel> take() { return std::move(m_placed); }

private:
    bool put(const QString &text, QPointF centre, double angle)
    {
        const QSizeF size(m_size.width() + 2 * m_halo, m_size.height() * 0.85 + 2 * m_halo);
        std::vector<QRectF> boxes;
        if (std::abs(angle) < 4) {
            boxes.emplace_back(centre - QPointF(size.width(), size.height()) / 2, size);
        } else { // a chain of squares along the text
            const int n = std::max(1, int(std::ceil(size.width() / size.height())));
            const double turn = angle * std::numbers::pi / 180;
            const QPointF along(std::cos(turn), std::sin(turn));
            for (int i = 0; i < n; ++i) {
                const auto middle = centre + along * ((i + 0.5) / n - 0.5) * (size.width() - size.height());
                boxes.emplace_back(middle - QPointF(size.height(), size.height()) / 2,
                                   QSizeF(size.height(), size.height()));
            }
        }
        const QRectF area = QRectF(QPointF(0, 0), m_scene.view.size).adjusted(-margin, -margin, margin, margin);
        for (const auto &box : boxes)
            if (!area.contains(box) || !m_occupied.isFree(box))
                return false;
        for (const auto &box : boxes)
            m_occupied.take(box);
        m_placed.push_back({text, m_style, m_scene.layers[m_layer].layer->opacity, centre, angle, m_size.width()});
        m_sameText[{m_layer, text}].push_back(centre);
        return true;
    }

    bool tooNear(const QString &text, QPointF at) const
    {
        const auto found = m_sameText.constFind({m_layer, text});
        return found != m_sameText.constEnd() && std::ranges::any_of(*found, [&](QPointF other) {
                   return std::hypot(other.x() - at.x(), other.y() - at.y()) < sameTextApart;
               });
    }

    /** Above the marker, else right, left or below of it. */
    void placeAtPoint(QPointF at, const QString &text, const Symbol *symbol)
    {
        const double px = m_scene.view.pixelsPerMm;
        double radius = 0, top = 0;
        for (const auto &marker : symbol->markers) {
            const double half = marker.size * px / 2;
            radius = std::max(radius, half);
            top = std::max(top, marker.shape == Marker::Shape::Pin ? half * 2.9 : half);
        }
        const double w = m_size.width() / 2, h = m_size.height() / 2;
        if (radius == 0) {
            put(text, at - QPointF(0, m_style->offset * px), 0);
            return;
        }
        const double gap = std::max(m_style->offset, 0.3) * px;
        (void)(put(text, at + QPointF(0, -top - gap - h * 0.8), 0) || put(text, at + QPointF(radius + gap + w, 0), 0)
               || put(text, at + QPointF(-radius - gap - w, 0), 0)
               || put(text, at + QPointF(0, radius + gap + h * 0.8), 0));
    }

    /** Straight text where the line is straight enough for it; long lines get several. */
    void placeAlong(const MeasuredLine &line, const QString &text)
    {
        const double length = line.length(), width = m_size.width();
        if (length < width * 1.1)
            return;
        const int repeats = std::clamp(int(length / lineRepeat), 1, 200);
        const double shift = std::max(width / 3, m_size.height());
        for (int i = 0; i < repeats; ++i) {
            const double middle = (i + 0.5) * length / repeats;
            for (const double by : {0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0}) {
                const double s = middle + by * shift;
                if (s - width / 2 < 0 || s + width / 2 > length)
                    continue;
                const auto a = line.at(s - width / 2), b = line.at(s + width / 2), m = line.at(s);
                const double chord = std::hypot(b.x() - a.x(), b.y() - a.y());
                if (chord < width * 0.95)
                    continue;
                double angle = std::atan2(b.y() - a.y(), b.x() - a.x()) * 180 / std::numbers::pi;
                angle = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
                const auto centre = ((a + b) / 2 + m) / 2;
                if (tooNear(text, centre) || put(text, centre, std::abs(angle) < 1 ? 0 : angle))
                    break;
            }
        }
    }

    const PreparedScene &m_scene;
    Occupied m_occupied;
    std::vector<DeviceTransform> m_transforms;
    std::vector<std::optional<TextMeasure>> m_measures;
    QHash<std::pair<std::uint32_t, QString>, std::vector<QPointF>> m_sameText;
    std::vector<PlacedLabel> m_placed;
    const LabelStyle *m_style = nullptr;
    std::uint32_t m_layer = 0;
    QSizeF m_size;
    double m_halo = 0;
};

} // namespace

QString labelText(const Column &column, std::size_t feature)
{
    const auto value = column.value(feature);
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    switch (column.field.type) {
    case FieldType::Integer:
        return locale.toString(value.toLongLong());
    case FieldType::Real: {
        const double number = value.toDouble();
        return locale.toString(std::round(number * 100) / 100, 'g', std::abs(number) < 1e6 ? 8 : 12);
    }
    case FieldType::Date:
        return locale.toString(QDate::fromString(value.toString(), Qt::ISODate), QLocale::ShortFormat);
    case FieldType::Boolean:
    case FieldType::Binary:
        return {};
    default:
        return value.toString().simplified();
    }
}

std::vector<PlacedLabel> placeLabels(const PreparedScene &scene, CancelToken token)
{
    std::vector<Candidate> candidates;
    for (std::uint32_t i = 0; i < scene.layers.size(); ++i)
        if (scene.layers[i].hasLabels)
            collect(scene, i, candidates, token);
    if (candidates.empty() || token.stop_requested())
        return {};
    std::ranges::sort(candidates, wins);
    Placer placer(scene);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (i % 256 == 0 && token.stop_requested())
            return {};
        placer.place(candidates[i]);
    }
    return placer.take();
}

QImage labelOverlay(const PreparedScene &scene, CancelToken token)
{
    const auto labels = placeLabels(scene, token);
    if (labels.empty())
        return {};
    QImage overlay(scene.view.size.toSize(), QImage::Format_ARGB32_Premultiplied);
    if (overlay.isNull())
        return {};
    overlay.fill(Qt::transparent);
    QPainter painter(&overlay);
    drawLabels(painter, labels, scene.view.pixelsPerMm, false);
    return overlay;
}

} // namespace hanseatlas
