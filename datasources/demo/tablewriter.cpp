// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/demo/tablewriter.h"

#include <QCoreApplication>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <mutex>

using namespace Qt::StringLiterals;

namespace hanseatlas::demo
{

namespace
{

/** GDAL settings of this thread while a file is written: times that do not move, no waiting for the disk. */
class WriteSettings
{
public:
    WriteSettings()
    {
        static std::once_flag once;
        std::call_once(once, [] { GDALAllRegister(); });
        CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", "2026-10-01T00:00:00.000Z");
        CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
        CPLPushErrorHandler(CPLQuietErrorHandler);
        CPLErrorReset();
    }
    ~WriteSettings()
    {
        CPLPopErrorHandler();
        CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nullptr);
        CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", nullptr);
    }
};

void addRing(OGRCurvePolygon &polygon, std::span<const PointXY> points)
{
    auto ring = std::make_unique<OGRLinearRing>();
    ring->setNumPoints(int(points.size()), FALSE);
    for (std::size_t i = 0; i < points.size(); ++i)
        ring->setPoint(int(i), points[i].x, points[i].y);
    polygon.addRingDirectly(ring.release());
}

std::unique_ptr<OGRGeometry> toOgr(const Geometry &geometry)
{
    if (geometry.kind == GeometryKind::Point)
        return std::make_unique<OGRPoint>(geometry.points[0].x, geometry.points[0].y);
    if (geometry.kind == GeometryKind::Line) {
        auto line = std::make_unique<OGRLineString>();
        const auto points = geometry.ring(0);
        line->setNumPoints(int(points.size()), FALSE);
        for (std::size_t i = 0; i < points.size(); ++i)
            line->setPoint(int(i), points[i].x, points[i].y);
        return line;
    }
    const auto parts = std::max<std::size_t>(1, geometry.partStarts.size());
    auto all = std::make_unique<OGRMultiPolygon>();
    for (std::size_t p = 0; p < parts; ++p) {
        const std::size_t from = geometry.partStarts.empty() ? 0 : geometry.partStarts[p];
        const std::size_t to = p + 1 < parts ? geometry.partStarts[p + 1] : geometry.ringCount();
        auto polygon = std::make_unique<OGRPolygon>();
        for (std::size_t r = from; r < to; ++r)
            addRing(*polygon, geometry.ring(r));
        all->addGeometryDirectly(polygon.release());
    }
    return all;
}

std::unique_ptr<OGRFieldDefn> definitionOf(const TableField &field)
{
    using Type = TableField::Type;
    constexpr OGRFieldType types[] = {OFTString, OFTInteger, OFTReal, OFTInteger, OFTDate};
    auto definition = std::make_unique<OGRFieldDefn>(field.name.toUtf8().constData(), types[int(field.type)]);
    if (field.type == Type::Boolean)
        definition->SetSubType(OFSTBoolean);
    if (!field.title.isEmpty())
        definition->SetAlternativeName(field.title.toUtf8().constData());
    return definition;
}

struct SetField {
    OGRFeature &feature;
    int i;
    void operator()(std::monostate) const { feature.SetFieldNull(i); }
    void operator()(const QString &text) const
    {
        text.isNull() ? feature.SetFieldNull(i) : feature.SetField(i, text.toUtf8().constData());
    }
    void operator()(int number) const { feature.SetField(i, number); }
    void operator()(double number) const { feature.SetField(i, number); }
    void operator()(bool yes) const { feature.SetField(i, yes ? 1 : 0); }
    void operator()(const QDate &date) const
    {
        date.isValid() ? feature.SetField(i, date.year(), date.month(), date.day()) : feature.SetFieldNull(i);
    }
};

} // namespace

struct TableWriter::Private {
    WriteSettings settings;
    GDALDatasetUniquePtr data;
    OGRSpatialReference crs;
    OGRLayer *layer = nullptr;
    std::unique_ptr<OGRFeature> feature;
    QString path, problem;
    CancelToken token;
    int untilNextLook = 0; ///< objects

    void fail()
    {
        if (problem.isEmpty())
            problem = QString::fromUtf8(CPLGetLastErrorMsg());
        if (problem.isEmpty())
            problem = u"unknown"_s;
        layer = nullptr;
    }
};

TableWriter::TableWriter(const QString &path, CancelToken token)
    : d(std::make_unique<Private>())
{
    d->path = path;
    d->token = std::move(token);
    d->crs.importFromEPSG(25832);
    d->crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    auto *driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver)
        d->data.reset(driver->Create(path.toUtf8().constData(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!d->data || d->data->StartTransaction() != OGRERR_NONE) {
        d->fail();
        return;
    }
    d->data->SetMetadataItem("TITLE", "Demonstrationsdaten");
    d->data->SetMetadataItem("DESCRIPTION",
                             "Erfundene Stadt zum Ausprobieren. Demonstrationsdaten, keine amtlichen Daten.");
}

TableWriter::~TableWriter()
{
    if (d->data)
        d->data->RollbackTransaction(); // else closing would write it all
}

void TableWriter::beginLayer(const QString &name, const QString &title, GeometryKind kind,
                             const std::vector<TableField> &fields)
{
    if (failed())
        return;
    const auto type = kind == GeometryKind::Point ? wkbPoint
        : kind == GeometryKind::Line              ? wkbLineString
                                                  : wkbMultiPolygon;
    CPLStringList options;
    options.SetNameValue("GEOMETRY_NAME", "geom");
    options.SetNameValue("IDENTIFIER", title.toUtf8().constData());
    options.SetNameValue("DESCRIPTION", (title + u": Demonstrationsdaten, frei erfunden"_s).toUtf8().constData());
    d->layer = d->data->CreateLayer(name.toUtf8().constData(), &d->crs, type, options.List());
    if (!d->layer) {
        d->fail();
        return;
    }
    for (const auto &field : fields) {
        const auto definition = definitionOf(field);
        if (d->layer->CreateField(definition.get()) != OGRERR_NONE) {
            d->fail();
            return;
        }
    }
    d->feature = std::make_unique<OGRFeature>(d->layer->GetLayerDefn());
}

void TableWriter::add(const Geometry &geometry, const std::vector<TableValue> &values)
{
    if (!d->layer || geometry.isEmpty())
        return;
    if (--d->untilNextLook < 0) {
        d->untilNextLook = 500;
        if (d->token.stop_requested()) {
            d->layer = nullptr;
            return;
        }
    }
    auto &feature = *d->feature;
    feature.SetFID(OGRNullFID);
    feature.SetGeometryDirectly(toOgr(geometry).release());
    for (std::size_t i = 0; i < values.size(); ++i)
        std::visit(SetField{feature, int(i)}, values[i]);
    if (d->layer->CreateFeature(&feature) != OGRERR_NONE)
        d->fail();
}

bool TableWriter::failed() const
{
    return !d->problem.isEmpty() || d->token.stop_requested();
}

Status TableWriter::finish()
{
    d->feature.reset();
    CPLErrorReset();
    if (d->token.stop_requested())
        return cancelled();
    if (d->problem.isEmpty()
        && (d->data->CommitTransaction() != OGRERR_NONE || d->data->Close() != CE_None
            || CPLGetLastErrorType() >= CE_Failure))
        d->fail();
    d->data.reset();
    if (!d->problem.isEmpty())
        return failure(
            ErrorKind::Storage,
            QCoreApplication::translate("DemoCity", "The demo city could not be written to “%1”.").arg(d->path),
            QCoreApplication::translate("DemoCity", "Is there enough room on the disk (300 MB)?"), d->problem);
    return {};
}

} // namespace hanseatlas::demo
