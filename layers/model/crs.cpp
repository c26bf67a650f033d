// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/model/crs.h"

#include <QCoreApplication>
#include <QHash>
#include <QMutex>
#include <QRegularExpression>

#include <proj.h>

#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct ContextDeleter {
    void operator()(PJ_CONTEXT *context) const { proj_context_destroy(context); }
};
struct PjDeleter {
    void operator()(PJ *pj) const { proj_destroy(pj); }
};
using ContextPtr = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using PjPtr = std::unique_ptr<PJ, PjDeleter>;

/** A PROJ context may be used by one thread only; grids come from the disk, never from the network. */
PJ_CONTEXT *threadContext()
{
    thread_local const ContextPtr context = [] {
        ContextPtr made(proj_context_create());
        proj_context_set_enable_network(made.get(), 0);
        proj_log_level(made.get(), PJ_LOG_NONE);
        return made;
    }();
    return context.get();
}

/** Spellings that PROJ does not know: German surveying URNs, bare numbers, deprecated portal names. */
QString normalised(const QString &definition)
{
    static const QHash<QString, QString> known{
        {u"urn:adv:crs:etrs89_utm31"_s, u"EPSG:25831"_s},
        {u"urn:adv:crs:etrs89_utm32"_s, u"EPSG:25832"_s},
        {u"urn:adv:crs:etrs89_utm33"_s, u"EPSG:25833"_s},
        {u"urn:adv:crs:dhdn_3gk2"_s, u"EPSG:31466"_s},
        {u"urn:adv:crs:dhdn_3gk3"_s, u"EPSG:31467"_s},
        {u"urn:adv:crs:dhdn_3gk4"_s, u"EPSG:31468"_s},
        {u"epsg:900913"_s, u"EPSG:3857"_s},
        {u"crs:84"_s, u"OGC:CRS84"_s},
        {u"mercator"_s, u"EPSG:3857"_s},
    };
    const auto text = definition.trimmed();
    if (const auto found = known.constFind(text.toLower()); found != known.constEnd())
        return *found;
    static const QRegularExpression gmlUrl(u"^https?://www\\.opengis\\.net/gml/srs/epsg\\.xml#(\\d+)$"_s);
    if (const auto match = gmlUrl.match(text); match.hasMatch())
        return u"EPSG:"_s + match.captured(1);
    static const QRegularExpression anyEpsg(u"^(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[^:]*:)*(\\d{3,6})$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    if (const auto match = anyEpsg.match(text); match.hasMatch())
        return u"EPSG:"_s + match.captured(1);
    static const QRegularExpression number(u"^\\d{4,6}$"_s);
    if (number.match(text).hasMatch())
        return u"EPSG:"_s + text;
    return text;
}

bool isCrs(PJ *pj)
{
    return pj && proj_is_crs(pj);
}

} // namespace

struct Crs::Data {
    QString definition;
    QString id;
    QString name;
    QString wkt;
    int epsg = 0;
    bool geographic = false;
    bool northingFirst = false;
    double metresPerUnit = 1;
    Extent areaOfUse;
};

namespace
{

void readAxes(PJ_CONTEXT *context, PJ *crs, bool &northingFirst, double &metresPerUnit, bool geographic)
{
    const PjPtr horizontal(proj_get_type(crs) == PJ_TYPE_COMPOUND_CRS ? proj_crs_get_sub_crs(context, crs, 0)
                                                                      : nullptr);
    PJ *flat = horizontal ? horizontal.get() : crs;
    const PjPtr unbound(proj_get_type(flat) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, flat) : nullptr);
    const PjPtr system(proj_crs_get_coordinate_system(context, unbound ? unbound.get() : flat));
    if (!system)
        return;
    const char *direction = nullptr;
    double factor = 1;
    proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, &direction, &factor, nullptr, nullptr, nullptr);
    northingFirst = direction && qstrcmp(direction, "north") == 0;
    metresPerUnit = geographic ? 111319.49079327358 : factor;
}

} // namespace

Crs Crs::fromEpsg(int code)
{
    return fromText(u"EPSG:%1"_s.arg(code));
}

Crs Crs::fromText(const QString &definition)
{
    const auto text = normalised(definition);
    if (text.isEmpty())
        return {};
    static QMutex mutex;
    static QHash<QString, std::shared_ptr<const Data>> cache;
    {
        const QMutexLocker lock(&mutex);
        if (const auto found = cache.constFind(text); found != cache.constEnd()) {
            Crs crs;
            crs.m_data = *found;
            return crs;
        }
    }
    auto *context = threadContext();
    const PjPtr pj(proj_create(context, text.toUtf8().constData()));
    if (!isCrs(pj.get()))
        return {};
    auto data = std::make_shared<Data>();
    data->name = QString::fromUtf8(proj_get_name(pj.get()));
    const auto *authority = proj_get_id_auth_name(pj.get(), 0);
    const auto *code = proj_get_id_code(pj.get(), 0);
    if (authority && code) {
        data->id = QString::fromUtf8(authority) + u':' + QString::fromUtf8(code);
        if (qstrcmp(authority, "EPSG") == 0)
            data->epsg = QByteArray(code).toInt();
    }
    const auto type = proj_get_type(pj.get());
    data->geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    if (type == PJ_TYPE_BOUND_CRS) {
        const PjPtr source(proj_get_source_crs(context, pj.get()));
        data->geographic = source && proj_get_type(source.get()) == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    }
    if (const auto *wkt = proj_as_wkt(context, pj.get(), PJ_WKT1_GDAL, nullptr))
        data->wkt = QString::fromUtf8(wkt);
    else if (const auto *wkt2 = proj_as_wkt(context, pj.get(), PJ_WKT2_2019, nullptr))
        data->wkt = QString::fromUtf8(wkt2);
    data->definition = data->id.isEmpty() ? data->wkt : data->id;
    readAxes(context, pj.get(), data->northingFirst, data->metresPerUnit, data->geographic);
    double west = 0, south = 0, east = 0, north = 0;
    if (proj_get_area_of_use(context, pj.get(), &west, &south, &east, &north, nullptr) && west > -1000)
        data->areaOfUse = {west, south, east, north};
    const QMutexLocker lock(&mutex);
    if (cache.size() > 500)
        cache.clear(); // foreign files may bring any number of definitions
    cache.insert(text, data);
    Crs crs;
    crs.m_data = data;
    return crs;
}

int Crs::epsg() const
{
    return m_data ? m_data->epsg : 0;
}
QString Crs::id() const
{
    return m_data ? m_data->id : QString();
}
QString Crs::name() const
{
    return m_data ? m_data->name : QString();
}
QString Crs::definition() const
{
    return m_data ? m_data->definition : QString();
}
QString Crs::wkt() const
{
    return m_data ? m_data->wkt : QString();
}
bool Crs::isGeographic() const
{
    return m_data && m_data->geographic;
}
bool Crs::northingFirst() const
{
    return m_data && m_data->northingFirst;
}
double Crs::metresPerUnit() const
{
    return m_data ? m_data->metresPerUnit : 1;
}
Extent Crs::areaOfUse() const
{
    return m_data ? m_data->areaOfUse : Extent();
}

bool Crs::operator==(const Crs &other) const
{
    return m_data == other.m_data || (m_data && other.m_data && m_data->definition == other.m_data->definition);
}

struct Transform::Impl {
    PjPtr pj;

    int run(PJ_DIRECTION direction, std::span<PointXY> points) const
    {
        int failed = 0;
        constexpr auto stride = sizeof(PointXY);
        if (points.empty())
            return 0;
        proj_errno_reset(pj.get());
        proj_trans_generic(pj.get(), direction, &points[0].x, stride, points.size(), &points[0].y, stride,
                           points.size(), nullptr, 0, 0, nullptr, 0, 0);
        for (auto &p : points) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
                p = {std::nan(""), std::nan("")};
                ++failed;
            }
        }
        return failed;
    }

    Extent box(PJ_DIRECTION direction, const Extent &from) const
    {
        if (from.isEmpty())
            return {};
        constexpr int steps = 21;
        std::vector<PointXY> points;
        points.reserve(std::size_t(steps) * steps);
        for (int i = 0; i < steps; ++i)
            for (int j = 0; j < steps; ++j)
                points.push_back(
                    {from.xMin + from.width() * i / (steps - 1), from.yMin + from.height() * j / (steps - 1)});
        run(direction, points);
        Extent result;
        for (const auto &p : points)
            if (std::isfinite(p.x))
                result.add(p);
        return result;
    }
};

Result<Transform> Transform::create(const Crs &from, const Crs &to)
{
    Transform transform;
    if (!from.isValid() || !to.isValid() || from == to)
        return transform;
    auto *context = threadContext();
    const PjPtr raw(proj_create_crs_to_crs(context, from.definition().toUtf8().constData(),
                                           to.definition().toUtf8().constData(), nullptr));
    PjPtr ready(raw ? proj_normalize_for_visualization(context, raw.get()) : nullptr);
    if (!ready)
        return failure(ErrorKind::Unsupported,
                       QCoreApplication::translate("Crs", "Coordinates cannot be converted from %1 to %2.")
                           .arg(from.name(), to.name()),
                       {}, QString::fromUtf8(proj_context_errno_string(context, proj_context_errno(context))));
    transform.m_impl = std::make_shared<Impl>();
    transform.m_impl->pj = std::move(ready);
    return transform;
}

int Transform::forward(std::span<PointXY> points) const
{
    return m_impl ? m_impl->run(PJ_FWD, points) : 0;
}

int Transform::inverse(std::span<PointXY> points) const
{
    return m_impl ? m_impl->run(PJ_INV, points) : 0;
}

PointXY Transform::forward(PointXY p) const
{
    forward(std::span(&p, 1));
    return p;
}

PointXY Transform::inverse(PointXY p) const
{
    inverse(std::span(&p, 1));
    return p;
}

Extent Transform::forward(const Extent &box) const
{
    return m_impl ? m_impl->box(PJ_FWD, box) : box;
}

Extent Transform::inverse(const Extent &box) const
{
    return m_impl ? m_impl->box(PJ_INV, box) : box;
}

} // namespace hanseatlas
