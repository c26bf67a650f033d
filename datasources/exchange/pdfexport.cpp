// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/pdfexport.h"

#include "datasources/exchange/geopackage_p.h"
#include "datasources/exchange/targetfile.h"
#include "datasources/files/gdalsetup.h"
#include "layers/map/credits.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr double writerResolution = 1200; ///< of coordinates in the file, dots per inch: 0.02 mm
constexpr double georeferenceDpi = 300; ///< GDAL counts in pixels of this size

struct PdfTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::PdfTexts)
};

/** A file that remembers that it could not take all: QPdfWriter does not look. */
class CheckedFile final : public QFile
{
public:
    using QFile::QFile;
    bool failed() const { return m_failed; }

protected:
    qint64 writeData(const char *data, qint64 length) override
    {
        const auto written = QFile::writeData(data, length);
        m_failed = m_failed || written != length;
        return written;
    }

private:
    bool m_failed = false;
};

Status paintPdf(const PrintLayout &layout, const MapScene &scene, const TargetFile &target, CancelToken token,
                RenderNotes *notes, const LegendPictures &legends)
{
    CheckedFile file(target.workPath());
    if (!file.open(QIODevice::WriteOnly))
        return std::unexpected(writeError(target.path(), file.errorString()));
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(layout.paper));
        writer.setPageOrientation(layout.orientation);
        writer.setPageMargins({});
        writer.setResolution(int(writerResolution));
        writer.setTitle(layout.title);
        writer.setCreator(QCoreApplication::applicationName().isEmpty() ? u"Hanseatlas"_s
                                                                        : QCoreApplication::applicationName());
        QPainter painter;
        if (!painter.begin(&writer))
            return std::unexpected(writeError(target.path(), file.errorString()));
        painter.scale(writerResolution / 25.4, writerResolution / 25.4);
        if (const auto status = paintSheet(painter, layout, scene, false, token, notes, legends); !status)
            return status;
    }
    if (!file.flush() || file.failed())
        return std::unexpected(writeError(target.path(), file.errorString()));
    return {};
}

/** Of what the sheet shows: nobody else's server is asked. */
Result<LegendPictures> legendsOf(const PrintLayout &layout, const MapScene &scene, CancelToken token,
                                 RenderNotes *notes)
{
    std::vector<Layer> shown;
    if (layout.legend)
        std::ranges::copy_if(scene.layers, std::back_inserter(shown),
                             [&](const Layer &layer) { return layer.inScale(layout.scale); });
    return fetchLegends(shown, layout.dpi, token, notes ? &notes->problems : nullptr);
}

/** Where the sheet's pixels lie on the earth: by three of its points, in millimetres from its top left. */
void geotransform(const PrintGeometry &geometry, double pixel, double (&result)[6])
{
    auto view = geometry.viewport;
    view.resolution *= view.pixelsPerMm;
    view.size = geometry.map.size();
    view.pixelsPerMm = 1;
    const auto at = [&](double x, double y) { return view.toMap(QPointF(x, y) - geometry.map.topLeft()); };
    const auto origin = at(0, 0), right = at(100, 0), below = at(0, 100);
    const double step = pixel / 100;
    const double values[] = {origin.x, (right.x - origin.x) * step, (below.x - origin.x) * step,
                             origin.y, (right.y - origin.y) * step, (below.y - origin.y) * step};
    std::ranges::copy(values, result);
}

QString neatline(const Viewport &view)
{
    QStringList corners;
    const double w = view.size.width(), h = view.size.height();
    for (const auto &corner : {QPointF(0, 0), QPointF(w, 0), QPointF(w, h), QPointF(0, h), QPointF(0, 0)}) {
        const auto p = view.toMap(corner);
        corners << u"%1 %2"_s.arg(p.x, 0, 'f', 9).arg(p.y, 0, 'f', 9);
    }
    return u"POLYGON((%1))"_s.arg(corners.join(u','));
}

/** Title and the like; GDAL keeps what is there already. */
void setProperties(GDALDatasetH dataset, const PrintLayout &layout, const Credits &credits)
{
    QStringList subject;
    if (!layout.subtitle.isEmpty())
        subject << layout.subtitle;
    if (credits.demo)
        subject << demoMark();
    if (credits.personal)
        subject << personalWarning();
    subject << PdfTexts::tr("Sources: %1").arg(credits.sources.join(u"; "_s));
    for (auto &part : subject) {
        while (part.endsWith(u'.')) // the joint brings the full stop
            part.chop(1);
    }
    const auto set = [&](const char *name, const QString &value) {
        if (!value.isEmpty())
            GDALSetMetadataItem(dataset, name, value.toUtf8().constData(), nullptr);
    };
    set("TITLE", layout.title);
    set("SUBJECT", subject.join(u". "_s));
    set("KEYWORDS", (QStringList{scaleText(layout.scale), layout.crs.id()} + credits.licences).join(u", "_s));
}

/** GDAL appends to the finished file; what is there is not touched. */
bool georeference(const QString &file, const PrintLayout &layout, const PrintGeometry &geometry, const Credits &credits)
{
    const char *drivers[] = {"PDF", nullptr};
    const auto dpi = "DPI=" + QByteArray::number(georeferenceDpi);
    const char *options[] = {dpi.constData(), nullptr};
    GdalDataset dataset(
        GDALOpenEx(file.toUtf8().constData(), GDAL_OF_RASTER | GDAL_OF_UPDATE, drivers, options, nullptr));
    if (!dataset)
        return false;
    setProperties(dataset.get(), layout, credits);
    bool good = true;
    if (layout.crs.isValid()) {
        struct Release {
            void operator()(void *reference) const { OSRRelease(reference); }
        };
        const std::unique_ptr<void, Release> reference(OSRNewSpatialReference(nullptr));
        double transform[6];
        geotransform(geometry, 25.4 / georeferenceDpi, transform);
        good = OSRSetFromUserInput(reference.get(), layout.crs.definition().toUtf8().constData()) == OGRERR_NONE
            && GDALSetSpatialRef(dataset.get(), reference.get()) == CE_None
            && GDALSetGeoTransform(dataset.get(), transform) == CE_None
            && GDALSetMetadataItem(dataset.get(), "NEATLINE", neatline(geometry.viewport).toUtf8().constData(), nullptr)
                == CE_None;
    }
    return GDALClose(dataset.release()) == CE_None && good;
}

} // namespace

Status writePdf(const PrintLayout &layout, const MapScene &whole, const QString &path, CancelToken token,
                const Progress &progress, RenderNotes *notes)
{
    const auto scene = sceneToLeave(whole, notes ? &notes->problems : nullptr);
    auto target = TargetFile::create(path);
    if (!target)
        return std::unexpected(target.error());
    report(progress, -1);
    const auto legends = legendsOf(layout, scene, token, notes);
    if (!legends)
        return std::unexpected(legends.error());
    if (const auto status = paintPdf(layout, scene, *target, token, notes, *legends); !status)
        return status;
    report(progress, 0.9);
    GdalErrors errors;
    if (!georeference(target->workPath(), layout, arrange(layout, scene, *legends), creditsOf(scene.layers))) {
        if (speaksOfStorage(errors.text()))
            return std::unexpected(writeError(path, errors.text()));
        if (notes)
            notes->problems << PdfTexts::tr("The PDF could not be georeferenced.");
    }
    if (token.stop_requested())
        return cancelled();
    if (const auto status = target->commit(); !status)
        return status;
    report(progress, 1);
    return {};
}

} // namespace hanseatlas
