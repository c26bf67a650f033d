// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/exchange/imageexport.h"

#include "datasources/exchange/targetfile.h"
#include "layers/map/credits.h"
#include "layers/map/mapmargin.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImageWriter>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct ImageTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::ImageTexts)
};

Status writePicture(QImage image, const ImageJob &job, const TargetFile &target)
{
    const int dotsPerMetre = qRound(job.view.pixelsPerMm * 1000);
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    const bool jpeg = !job.path.endsWith(".png"_L1, Qt::CaseInsensitive);
    QImageWriter writer(target.workPath(), jpeg ? QByteArrayLiteral("jpeg") : QByteArrayLiteral("png"));
    writer.setQuality(jpeg ? 92 : 60);
    writer.setText(u"Title"_s, job.title);
    writer.setText(u"Software"_s, u"Hanseatlas"_s);
    if (!writer.write(jpeg ? image.convertToFormat(QImage::Format_RGB32) : image))
        return std::unexpected(writeError(target.path(), writer.errorString()));
    return {};
}

/** Six lines: pixel size and turn, and the middle of the first pixel. */
QByteArray worldFile(const Viewport &view)
{
    const auto origin = view.toMap({0.5, 0.5}), right = view.toMap({1.5, 0.5}), below = view.toMap({0.5, 1.5});
    QByteArray text;
    for (const double value :
         {right.x - origin.x, right.y - origin.y, below.x - origin.x, below.y - origin.y, origin.x, origin.y})
        text += QByteArray::number(value, 'f', 12) + '\n';
    return text;
}

Status writeBeside(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return std::unexpected(writeError(path, file.errorString()));
    return {};
}

Status writeWorld(const ImageJob &job, const QString &path)
{
    const QFileInfo info(path);
    const auto suffix = info.suffix().toLower();
    const auto base = info.path() + u'/' + info.completeBaseName();
    if (const auto status = writeBeside(base + (suffix == "png"_L1 ? u".pgw"_s : u".jgw"_s), worldFile(job.view));
        !status)
        return status;
    if (!job.view.crs.isValid())
        return {};
    const auto wkt = job.view.crs.wkt();
    if (const auto status = writeBeside(base + u".prj"_s, wkt.toUtf8()); !status)
        return status;
    // GDAL and all that builds on it look for the CRS of a picture there.
    return writeBeside(path + u".aux.xml"_s,
                       u"<PAMDataset>\n  <SRS>%1</SRS>\n</PAMDataset>\n"_s.arg(wkt.toHtmlEscaped()).toUtf8());
}

} // namespace

QStringList pictureEndings()
{
    return {u"png"_s, u"jpg"_s, u"jpeg"_s};
}

Status writeImage(const ImageJob &job, QThreadPool &pool, CancelToken token, const Progress &progress,
                  RenderNotes *notes)
{
    const auto suffix = QFileInfo(job.path).suffix().toLower();
    if (!pictureEndings().contains(suffix))
        return failure(ErrorKind::Unsupported,
                       ImageTexts::tr("Pictures are written as PNG or JPEG, not as “%1”.").arg(suffix));
    constexpr double mostPixels = 400e6;
    const auto size = job.view.size;
    if (!(size.width() >= 1 && size.height() >= 1))
        return failure(ErrorKind::Invalid, ImageTexts::tr("A picture needs at least one pixel."));
    if (size.width() * size.height() > mostPixels)
        return failure(
            ErrorKind::TooLarge,
            ImageTexts::tr("A picture of %1 × %2 pixels is too large.").arg(size.width()).arg(size.height()));
    auto target = TargetFile::create(job.path);
    if (!target)
        return std::unexpected(target.error());
    report(progress, -1);
    const auto scene = sceneToLeave(job.scene, notes ? &notes->problems : nullptr);
    auto image = renderImage(scene, job.view, pool, token, {}, notes);
    if (!image)
        return std::unexpected(image.error());
    report(progress, 0.7);
    paintMapMargin(*image, scene, job.view, {.credits = job.credits, .scaleBar = job.scaleBar});
    if (const auto status = writePicture(std::move(*image), job, *target); !status)
        return status;
    if (token.stop_requested())
        return cancelled();
    if (const auto status = target->commit(); !status)
        return status;
    if (job.worldFile) {
        if (const auto status = writeWorld(job, target->path()); !status)
            return status;
    }
    report(progress, 1);
    return {};
}

} // namespace hanseatlas
