// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measuremarks.h"

#include "app/districtlayer.h"
#include "app/session.h"
#include "layers/measures/measurejson.h"
#include "widgets/look/look.h"
#include "widgets/measures/measuredelegate.h"
#include "widgets/measures/measurework.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

// Logical pixels
constexpr double radius = 11, clusterRadius = 14, edge = 2, dotRadius = 4;
constexpr double apart = 2 * clusterRadius + 2;
constexpr int mostNamed = 6; ///< in a tooltip

double radiusOf(const MeasureMark &mark)
{
    return mark.numbers.size() > 1 ? clusterRadius : radius;
}

/** A sign for how far it is, about the middle: told apart by shape, not by colour. */
QPainterPath signOf(MeasurePhase phase)
{
    QPainterPath sign;
    switch (phase) {
    case MeasurePhase::NotReported:
    case MeasurePhase::NotStarted:
        break;
    case MeasurePhase::Planning:
        sign.addEllipse(QPointF(), 3, 3);
        break;
    case MeasurePhase::Implementation:
        sign.addPolygon(QPolygonF({{-3, -5}, {5, 0}, {-3, 5}, {-3, -5}}));
        break;
    case MeasurePhase::Running:
        sign.addRect(-4, -4, 8, 8);
        break;
    case MeasurePhase::Paused:
        sign.addRect(-4, -4.5, 3, 9);
        sign.addRect(1, -4.5, 3, 9);
        break;
    case MeasurePhase::Done:
        sign.addPolygon(QPolygonF({{-5, 0}, {-1.5, 3.5}, {5, -3.5}, {3.5, -5}, {-1.5, 0.5}, {-3.5, -1.5}, {-5, 0}}));
        break;
    case MeasurePhase::Stopped:
        sign.addPolygon(QPolygonF({{-4.5, -3}, {-3, -4.5}, {4.5, 3}, {3, 4.5}, {-4.5, -3}}));
        sign.addPolygon(QPolygonF({{3, -4.5}, {4.5, -3}, {-3, 4.5}, {-4.5, 3}, {3, -4.5}}));
        break;
    }
    sign.setFillRule(Qt::WindingFill);
    return sign;
}

/** A disc in the colours of its fields, each as wide as it has measures. */
void paintDisc(QPainter &painter, const MeasureMark &mark, double r)
{
    const QRectF box(-r, -r, 2 * r, 2 * r);
    painter.setPen(Qt::NoPen);
    double start = 90 * 16;
    for (const auto &[field, count] : mark.fields) {
        const double span = -360.0 * 16 * count / double(mark.numbers.size());
        painter.setBrush(fieldColour(field));
        if (mark.fields.size() == 1)
            painter.drawEllipse(box);
        else
            painter.drawPie(box, int(std::lround(start)), int(std::lround(start + span) - std::lround(start)));
        start += span;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::white, edge));
    painter.drawEllipse(box);
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1));
    painter.drawEllipse(box.adjusted(-edge / 2, -edge / 2, edge / 2, edge / 2));
}

void paintMark(QPainter &painter, const MeasureMark &mark, bool isChosen)
{
    const double r = radiusOf(mark);
    if (isChosen) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::white, 6));
        painter.drawEllipse(QPointF(), r + 5, r + 5);
        painter.setPen(QPen(look::tokens(false).accent, 3));
        painter.drawEllipse(QPointF(), r + 5, r + 5);
    }
    paintDisc(painter, mark, r);
    if (mark.numbers.size() > 1) {
        constexpr double plate = 9; // the count is legible on every mixture of colours
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::white);
        painter.drawEllipse(QPointF(), plate, plate);
        painter.setPen(QColor(0x1c, 0x24, 0x2b));
        const auto count = mark.numbers.size() > 99 ? u"99+"_s : QString::number(mark.numbers.size());
        painter.drawText(QRectF(-r, -r, 2 * r, 2 * r), Qt::AlignCenter, count);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::white);
        painter.drawPath(signOf(mark.phase.value_or(MeasurePhase::NotReported)));
    }
    if (mark.overdue > 0) {
        painter.setPen(QPen(Qt::white, 1.5));
        painter.setBrush(look::tokens(false).error);
        painter.drawEllipse(QPointF(r * 0.75, -r * 0.75), dotRadius, dotRadius);
    }
}

} // namespace

MeasureMarks::MeasureMarks(Session &session, MapCanvas &canvas, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_canvas(&canvas)
{
}

MeasureMarks::~MeasureMarks()
{
    hide();
}

void MeasureMarks::show(MeasureWork &work)
{
    if (m_work != &work) {
        m_work = &work;
        connect(&work, &MeasureWork::reset, this, &MeasureMarks::collect);
        connect(&work, &MeasureWork::changed, this, &MeasureMarks::collect);
        connect(&work, &MeasureWork::currentChanged, m_canvas, qOverload<>(&QWidget::update));
    }
    collect();
    if (m_canvas)
        m_canvas->setOverlay(this);
    readDistricts();
}

void MeasureMarks::hide()
{
    m_reading.cancel();
    if (m_work)
        m_work->disconnect(this);
    m_work.clear();
    if (m_canvas)
        m_canvas->setOverlay(nullptr);
}

void MeasureMarks::setFilter(const MeasureFilter &filter)
{
    m_filter = filter;
    collect();
}

void MeasureMarks::readDistricts()
{
    const auto ids = m_session.tree().layerIds();
    const bool demo = std::ranges::any_of(ids, [this](const QUuid &id) {
        const auto *node = m_session.tree().find(id);
        return node && node->layer && node->layer->source.location.startsWith("demo:"_L1);
    });
    const auto ref = districtSource(m_session.paths().settings, demo);
    if (ref.location.isEmpty())
        return;
    const auto work = [opener = &m_session.opener(), ref](CancelToken token) {
        return hanseatlas::readDistricts(*opener, ref, token).transform([](const auto &areas) {
            QHash<QString, PointXY> places;
            for (const auto &area : areas)
                places.insert(area.name, labelPoint(area.shape));
            return places;
        });
    };
    m_reading.run(m_session.workPool(), work, [this](const Result<QHash<QString, PointXY>> &places) {
        if (places) // else measures of a Stadtteil have no mark; their page says where they are
            m_districts = *places;
        collect();
    });
}

void MeasureMarks::collect()
{
    if (!m_work)
        return;
    const auto place = [this](const QString &name) {
        const auto it = m_districts.constFind(name);
        return it != m_districts.cend() ? std::optional(*it) : std::nullopt;
    };
    m_spots = measureSpots(m_work->passing(m_filter), place, m_work->today());
    m_distance = 0;
    m_crs = {};
    if (m_canvas)
        m_canvas->update();
}

const std::vector<MeasureMark> &MeasureMarks::marks(const Viewport &view, double density)
{
    m_density = density;
    if (m_crs != view.crs) {
        m_crs = view.crs;
        m_placed = m_spots;
        m_distance = 0;
        if (const auto transform = Transform::create(Crs::working(), view.crs)) {
            for (auto &spot : m_placed) {
                if (transform->forward(std::span(&spot.place, 1)) != 0)
                    spot.place = {std::nan(""), std::nan("")}; // beyond the map: no mark
            }
        }
    }
    // In steps of a quarter: while the map glides, marks do not part and join at every frame.
    const double wanted = apart * density * view.resolution;
    const double distance = std::exp2(std::ceil(std::log2(wanted) * 4) / 4);
    if (m_distance != distance) {
        m_distance = distance;
        m_marks = clusterSpots(m_placed, distance);
    }
    return m_marks;
}

void MeasureMarks::paint(QPainter &painter, const Viewport &view, double density)
{
    painter.setRenderHint(QPainter::Antialiasing);
    auto font = look::font(look::Type::Caption);
    font.setBold(true);
    painter.setFont(font);
    const QRectF seen(QPointF(), QSizeF(view.size) / density);
    const auto draw = [&](const MeasureMark &mark, bool isChosen) {
        const auto at = view.toDevice(mark.place) / density;
        if (!seen.adjusted(-apart, -apart, apart, apart).contains(at))
            return;
        painter.save();
        painter.translate(at);
        paintMark(painter, mark, isChosen);
        painter.restore();
    };
    const auto current = m_work ? m_work->current() : QString();
    const MeasureMark *chosen = nullptr;
    for (const auto &mark : marks(view, density)) {
        if (!current.isEmpty() && mark.numbers.contains(current))
            chosen = &mark;
        else
            draw(mark, false);
    }
    if (chosen)
        draw(*chosen, true); // on top
}

const MeasureMark *MeasureMarks::markAt(const Viewport &view, const QPointF &place) const
{
    if (m_crs != view.crs)
        return nullptr;
    const MeasureMark *found = nullptr;
    double least = apart;
    for (const auto &mark : m_marks) {
        const auto away = (view.toDevice(mark.place) - place) / m_density;
        const double distance = std::hypot(away.x(), away.y());
        if (distance <= radiusOf(mark) + edge && distance < least) {
            least = distance;
            found = &mark;
        }
    }
    return found;
}

bool MeasureMarks::click(const Viewport &view, const QPointF &place)
{
    const auto *mark = markAt(view, place);
    if (!mark)
        return false;
    const auto numbers = mark->numbers; // what is told may make the marks anew
    if (numbers.size() == 1)
        emit chosen(numbers.first());
    else
        emit severalMeant(numbers);
    return true;
}

QString MeasureMarks::tipAt(const Viewport &view, const QPointF &place) const
{
    const auto *mark = markAt(view, place);
    if (!mark || !m_work)
        return {};
    QStringList lines;
    for (const auto &number : mark->numbers.mid(0, mostNamed)) {
        if (const auto *stored = m_work->find(number))
            lines << u"%1 %2 (%3)"_s.arg(number, stored->measure.title, phaseTitle(stored->measure.phase));
    }
    if (mark->numbers.size() > mostNamed)
        lines << tr("and %n more", nullptr, int(mark->numbers.size()) - mostNamed);
    return lines.join(u'\n');
}

} // namespace hanseatlas
