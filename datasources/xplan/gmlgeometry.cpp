// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/gmlgeometry.h"

#include "datasources/xplan/arcs.h"

#include <QByteArray>

#include <charconv>
#include <cmath>
#include <set>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

using Points = std::vector<PointXY>;

constexpr std::size_t mostPoints = 5000000; ///< of one geometry's arcs: a few bytes must not become gigabytes
constexpr double joinTolerance = 1e-6; ///< members of a ring meet when they are this near, in units of the CRS

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool near(PointXY a, PointXY b)
{
    return std::abs(a.x - b.x) <= joinTolerance && std::abs(a.y - b.y) <= joinTolerance;
}

/** Segments meet at a point that stands in both. */
void join(Points &line, const Points &next)
{
    const bool meets = !line.empty() && !next.empty() && near(line.back(), next.front());
    line.insert(line.end(), next.begin() + (meets ? 1 : 0), next.end());
}

class Reader
{
public:
    explicit Reader(const GmlContext &context)
        : m_context(context)
    {
        m_result.srsName = context.srsName;
    }

    GmlGeometry read(const XmlNode &node)
    {
        readAny(node, m_context.dimension, 0);
        return std::move(m_result);
    }

private:
    // Elements
    void readAny(const XmlNode &node, int dimension, int depth);
    void readMembers(const XmlNode &node, int dimension, int depth);
    void readPolygon(const XmlNode &node, int dimension);
    Points curve(const XmlNode &node, int dimension);
    Points segment(const XmlNode &node, int dimension);
    Points ring(const XmlNode &node, int dimension);
    Points joinedMembers(const XmlNode &node, int dimension, bool mayTurn);

    // Positions
    int dimensionOf(const XmlNode &node, int inherited);
    void numbers(const QString &text, std::vector<double> &values, char comma = ' ');
    Points positions(const XmlNode &node, int dimension);
    void readPosition(const XmlNode &node, int dimension, Points &points);
    Points arcString(const Points &controls);

    // Result
    bool takes(GeometryKind kind);
    void addLine(const Points &points);
    void addPoint(PointXY p);
    void addRing(Points points, bool startsPart);

    GmlContext m_context;
    GmlGeometry m_result;
};

int Reader::dimensionOf(const XmlNode &node, int inherited)
{
    const auto srs = node.attribute("srsName"_L1);
    if (!srs.isEmpty() && (m_result.srsName.isEmpty() || m_result.srsName == m_context.srsName))
        m_result.srsName = srs; // the outermost that says so; deeper ones repeat it
    const int stated = node.attribute("srsDimension"_L1).toInt();
    return stated >= 2 && stated <= 4 ? stated : inherited;
}

void Reader::numbers(const QString &text, std::vector<double> &values, char comma)
{
    const auto bytes = text.toLatin1();
    const char *at = bytes.constData();
    const char *const end = at + bytes.size();
    const auto skips = [comma](char c) { return isSpace(c) || c == comma; };
    while (true) {
        while (at != end && skips(*at))
            ++at;
        if (at == end)
            return;
        const char *stop = at;
        while (stop != end && !skips(*stop))
            ++stop;
        double value = std::nan("");
        const auto [parsed, error] = std::from_chars(*at == '+' ? at + 1 : at, stop, value);
        if (error != std::errc() || parsed != stop || !std::isfinite(value) || std::abs(value) > 1e15)
            value = std::nan("");
        values.push_back(value);
        at = stop;
    }
}

void Reader::readPosition(const XmlNode &node, int dimension, Points &points)
{
    std::vector<double> values;
    const int stated = dimensionOf(node, dimension);
    int step = stated;
    if (node.name == "coordinates"_L1) {
        numbers(node.text, values, ',');
        const auto first = node.text.simplified().section(u' ', 0, 0);
        step = std::clamp(int(first.count(u',')) + 1, 2, 4);
    } else {
        numbers(node.text, values);
    }
    const auto count = values.size();
    if (node.name == "pos"_L1 && count >= 2 && count <= 4)
        step = int(count);
    else if (step == 0)
        step = count % 2 != 0 && count % 3 == 0 ? 3 : 2;
    for (std::size_t i = 0; i + std::size_t(step) <= count; i += std::size_t(step)) {
        if (std::isnan(values[i]) || std::isnan(values[i + 1]))
            ++m_result.broken;
        else
            points.push_back({values[i], values[i + 1]});
    }
    if (count == 0 || count % std::size_t(step) != 0)
        ++m_result.broken;
}

/** All positions in the order of the file, however they are written. */
Points Reader::positions(const XmlNode &node, int dimension)
{
    Points points;
    for (const auto &child : node.children) {
        if (child.name == "posList"_L1 || child.name == "pos"_L1 || child.name == "coordinates"_L1) {
            readPosition(child, dimension, points);
        } else if (child.name == "coord"_L1) { // GML 2
            const auto *x = child.child("X"_L1);
            const auto *y = child.child("Y"_L1);
            bool okX = false, okY = false;
            const PointXY p{x ? x->text.toDouble(&okX) : 0, y ? y->text.toDouble(&okY) : 0};
            if (okX && okY && std::isfinite(p.x) && std::isfinite(p.y))
                points.push_back(p);
            else
                ++m_result.broken;
        } else if (child.name == "pointProperty"_L1 || child.name == "pointRep"_L1) {
            if (const auto *point = child.child("Point"_L1)) {
                const auto more = positions(*point, dimensionOf(*point, dimension));
                points.insert(points.end(), more.begin(), more.end());
            } else {
                ++m_result.leftOut;
            }
        }
    }
    return points;
}

Points Reader::arcString(const Points &controls)
{
    if (controls.size() < 3 || controls.size() % 2 == 0) {
        ++m_result.broken;
        return controls;
    }
    m_result.curved = true;
    Points points{controls.front()};
    for (std::size_t i = 0; i + 2 < controls.size(); i += 2) {
        if (points.size() + m_result.geometry.points.size() > mostPoints) {
            ++m_result.leftOut;
            return points;
        }
        strokeArc(controls[i], controls[i + 1], controls[i + 2], m_context.arcTolerance, points);
    }
    return points;
}

Points Reader::segment(const XmlNode &node, int dimension)
{
    dimension = dimensionOf(node, dimension);
    const auto controls = positions(node, dimension);
    if (node.name == "Arc"_L1 || node.name == "ArcString"_L1)
        return arcString(controls);
    if (node.name == "Circle"_L1 && controls.size() == 3) {
        m_result.curved = true;
        Points points;
        strokeCircle(controls[0], controls[1], controls[2], m_context.arcTolerance, points);
        return points;
    }
    if (node.name == "CircleByCenterPoint"_L1 && controls.size() == 1) {
        const auto *radiusNode = node.child("radius"_L1);
        const double radius = radiusNode ? radiusNode->text.toDouble() : 0;
        if (radius > 0 && radius < 1e7) {
            m_result.curved = true;
            Points points;
            strokeCircle(controls[0], radius, m_context.arcTolerance, points);
            return points;
        }
    }
    if (node.name != "LineStringSegment"_L1 && node.name != "GeodesicString"_L1 && node.name != "Geodesic"_L1)
        ++m_result.leftOut; // splines and the like: at least their control points
    return controls;
}

/** Members in a row: those of a ring may stand the wrong way round. */
Points Reader::joinedMembers(const XmlNode &node, int dimension, bool mayTurn)
{
    Points line;
    for (const auto &member : node.children) {
        if (member.name != "curveMember"_L1 && member.name != "curveMembers"_L1)
            continue;
        if (member.children.empty())
            ++m_result.leftOut; // a reference
        for (const auto &child : member.children) {
            auto next = curve(child, dimensionOf(member, dimension));
            if (mayTurn && !line.empty() && !next.empty() && !near(line.back(), next.front())
                && near(line.back(), next.back()))
                std::reverse(next.begin(), next.end());
            join(line, next);
        }
    }
    return line;
}

Points Reader::curve(const XmlNode &node, int dimension)
{
    dimension = dimensionOf(node, dimension);
    if (node.name == "LineString"_L1 || node.name == "LinearRing"_L1)
        return positions(node, dimension);
    if (node.name == "CompositeCurve"_L1 || node.name == "Ring"_L1)
        return joinedMembers(node, dimension, node.name == "Ring"_L1);
    if (node.name == "OrientableCurve"_L1) {
        Points line;
        const auto *base = node.child("baseCurve"_L1);
        if (base && !base->children.empty())
            line = curve(base->children.front(), dimension);
        else
            ++m_result.leftOut;
        if (node.attribute("orientation"_L1) == "-"_L1)
            std::reverse(line.begin(), line.end());
        return line;
    }
    Points line;
    if (const auto *segments = node.child("segments"_L1); segments && node.name == "Curve"_L1) {
        for (const auto &child : segments->children)
            join(line, segment(child, dimension));
    } else {
        ++m_result.leftOut;
    }
    return line;
}

Points Reader::ring(const XmlNode &node, int dimension)
{
    dimension = dimensionOf(node, dimension);
    for (const auto &child : node.children)
        if (child.name == "LinearRing"_L1 || child.name == "Ring"_L1)
            return curve(child, dimension);
    ++m_result.leftOut;
    return {};
}

/** Polygon, PolygonPatch, Triangle, Rectangle: an outer ring and its holes. */
void Reader::readPolygon(const XmlNode &node, int dimension)
{
    if (!takes(GeometryKind::Polygon))
        return;
    dimension = dimensionOf(node, dimension);
    const auto isOuter = [](const XmlNode &child) {
        return child.name == "exterior"_L1 || child.name == "outerBoundaryIs"_L1;
    };
    const auto isInner = [](const XmlNode &child) {
        return child.name == "interior"_L1 || child.name == "innerBoundaryIs"_L1;
    };
    auto starts = true;
    for (const auto &child : node.children) {
        if (!isOuter(child) || !starts)
            continue;
        auto points = ring(child, dimension);
        if (points.empty())
            return; // a hole in nothing
        addRing(std::move(points), true);
        starts = false;
    }
    for (const auto &child : node.children) {
        if (!starts && isInner(child))
            addRing(ring(child, dimension), false);
        else if (starts && isInner(child))
            ++m_result.leftOut;
    }
}

void Reader::readMembers(const XmlNode &node, int dimension, int depth)
{
    static const std::set<QString> roles{u"pointMember"_s,     u"pointMembers"_s,     u"curveMember"_s,
                                         u"curveMembers"_s,    u"surfaceMember"_s,    u"surfaceMembers"_s,
                                         u"polygonMember"_s,   u"lineStringMember"_s, u"geometryMember"_s,
                                         u"geometryMembers"_s, u"baseSurface"_s,      u"element"_s};
    for (const auto &member : node.children) {
        if (!roles.contains(member.name))
            continue;
        if (member.children.empty())
            ++m_result.leftOut; // a reference to a geometry elsewhere
        for (const auto &child : member.children)
            readAny(child, dimension, depth + 1);
    }
}

void Reader::readAny(const XmlNode &node, int dimension, int depth)
{
    dimension = dimensionOf(node, dimension);
    const auto &name = node.name;
    if (name == "Point"_L1) {
        if (takes(GeometryKind::Point))
            for (const auto p : positions(node, dimension))
                addPoint(p);
    } else if (name == "Polygon"_L1 || name == "PolygonPatch"_L1 || name == "Triangle"_L1 || name == "Rectangle"_L1) {
        readPolygon(node, dimension);
    } else if (name == "Surface"_L1 || name == "PolyhedralSurface"_L1 || name == "TriangulatedSurface"_L1) {
        for (const auto &patches : node.children) // "patches", and older names
            if (patches.name.endsWith("atches"_L1))
                for (const auto &patch : patches.children)
                    readPolygon(patch, dimension);
    } else if ((name == "Ring"_L1 || name == "LinearRing"_L1) && depth == 0) {
        if (takes(GeometryKind::Polygon))
            addRing(curve(node, dimension), true);
    } else if (name == "LineString"_L1 || name == "Curve"_L1 || name == "CompositeCurve"_L1
               || name == "OrientableCurve"_L1 || name == "Ring"_L1 || name == "LinearRing"_L1) {
        if (takes(GeometryKind::Line))
            addLine(curve(node, dimension));
    } else if (name.startsWith("Multi"_L1) || name == "CompositeSurface"_L1 || name == "OrientableSurface"_L1
               || name == "GeometricComplex"_L1) {
        readMembers(node, dimension, depth);
    } else {
        ++m_result.leftOut;
    }
}

/** The first kind wins: our geometries have one. */
bool Reader::takes(GeometryKind kind)
{
    auto &geometry = m_result.geometry;
    if (geometry.kind == GeometryKind::None || geometry.isEmpty())
        geometry.kind = kind;
    if (geometry.kind == kind)
        return true;
    ++m_result.leftOut;
    return false;
}

void Reader::addPoint(PointXY p)
{
    m_result.geometry.points.push_back(p);
}

void Reader::addLine(const Points &points)
{
    if (points.empty())
        return;
    auto &geometry = m_result.geometry;
    geometry.points.insert(geometry.points.end(), points.begin(), points.end());
    geometry.ringEnds.push_back(std::uint32_t(geometry.points.size()));
}

void Reader::addRing(Points points, bool startsPart)
{
    if (points.empty())
        return;
    if (near(points.front(), points.back()) && points.size() > 1) {
        points.back() = points.front();
    } else {
        ++m_result.repaired;
        points.push_back(points.front());
    }
    auto &geometry = m_result.geometry;
    if (startsPart)
        geometry.partStarts.push_back(std::uint32_t(geometry.ringCount()));
    geometry.points.insert(geometry.points.end(), points.begin(), points.end());
    geometry.ringEnds.push_back(std::uint32_t(geometry.points.size()));
}

} // namespace

bool isGmlGeometry(const XmlNode &node)
{
    static const std::set<QString> names{u"Point"_s,
                                         u"MultiPoint"_s,
                                         u"LineString"_s,
                                         u"MultiLineString"_s,
                                         u"LinearRing"_s,
                                         u"Ring"_s,
                                         u"Curve"_s,
                                         u"CompositeCurve"_s,
                                         u"OrientableCurve"_s,
                                         u"MultiCurve"_s,
                                         u"Polygon"_s,
                                         u"Surface"_s,
                                         u"CompositeSurface"_s,
                                         u"OrientableSurface"_s,
                                         u"MultiSurface"_s,
                                         u"MultiPolygon"_s,
                                         u"PolyhedralSurface"_s,
                                         u"TriangulatedSurface"_s,
                                         u"MultiGeometry"_s,
                                         u"GeometricComplex"_s,
                                         u"Solid"_s,
                                         u"MultiSolid"_s};
    return node.isGml && names.contains(node.name);
}

GmlGeometry readGmlGeometry(const XmlNode &node, const GmlContext &context)
{
    auto result = Reader(context).read(node);
    auto &geometry = result.geometry;
    if (geometry.partStarts.size() == 1)
        geometry.partStarts.clear();
    if (geometry.isEmpty())
        geometry = {};
    return result;
}

} // namespace hanseatlas
