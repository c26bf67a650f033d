// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/exporter.h"

#include "datasources/exchange/geopackagewriter.h"
#include "datasources/exchange/imageexport.h"
#include "datasources/exchange/pdfexport.h"
#include "layers/map/credits.h"
#include "widgets/look/filedialog.h"
#include "widgets/print/geopackagedialog.h"
#include "widgets/print/imagedialog.h"
#include "widgets/print/pdfdialog.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Layers with their groups' visibility, topmost first. */
void collect(const std::vector<LayerNode> &nodes, bool visible, std::vector<Layer> &layers)
{
    for (const auto &node : nodes) {
        if (node.layer) {
            layers.push_back(*node.layer);
            layers.back().visible = layers.back().visible && visible;
        }
        collect(node.children, visible && node.visible, layers);
    }
}

/** Renderers split their work over a pool of their own here: the shared one's threads may all be busy waiting. */
Status drawImage(const ImageJob &job, CancelToken token, const Progress &progress, RenderNotes &notes)
{
    QThreadPool pool;
    return writeImage(job, pool, std::move(token), progress, &notes);
}

} // namespace

Exporter::Exporter(const LayerTree &tree, const SourceOpener &opener, QThreadPool &pool, QWidget *window)
    : m_tree(tree)
    , m_opener(opener)
    , m_pool(pool)
    , m_window(window)
    , m_folder(look::documentsFolder())
{
    m_clock.setInterval(100);
    connect(&m_clock, &QTimer::timeout, this, [this] { emit progressed(m_fraction->load()); });
}

Exporter::~Exporter() = default;

std::vector<Layer> Exporter::allLayers() const
{
    std::vector<Layer> layers;
    collect(m_tree.roots(), true, layers);
    return layers;
}

void Exporter::exportPdf(const Viewport &view)
{
    if (isRunning())
        return;
    auto *dialog = new PdfDialog(sceneToLeave(m_tree.scene()), view, m_title, m_folder, m_pool, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { run(dialog->choice()); });
    dialog->open();
}

void Exporter::exportGeoPackage(const Viewport &view)
{
    if (isRunning())
        return;
    auto *dialog = new GeoPackageDialog(allLayers(), m_folder, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, view] { run(dialog->choice(), view); });
    dialog->open();
}

void Exporter::exportImage(const Viewport &view)
{
    if (isRunning())
        return;
    auto *dialog = new ImageDialog(view, m_folder, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { run(dialog->choice()); });
    dialog->open();
}

void Exporter::run(const PdfChoice &choice)
{
    begin(tr("The PDF is being written …"), choice.path,
          [choice, scene = m_tree.scene(),
           done = tr("The PDF is written.")](CancelToken token, const Progress &progress) -> Result<ExportResult> {
              RenderNotes notes;
              if (const auto status = writePdf(choice.layout, scene, choice.path, std::move(token), progress, &notes);
                  !status)
                  return std::unexpected(status.error());
              return ExportResult{choice.path, done, notes.problems};
          });
}

void Exporter::run(const GeoPackageChoice &choice, const Viewport &view)
{
    GeoPackageJob job{.extentCrs = view.crs, .path = choice.path, .includePersonal = choice.includePersonal};
    if (choice.visibleExtentOnly)
        job.extent = view.extent();
    auto layers = allLayers();
    std::ranges::reverse(layers);
    for (auto &layer : layers) {
        if (choice.layers.contains(layer.id))
            job.layers.push_back(std::move(layer));
    }
    const auto count = int(job.layers.size());
    begin(tr("The GeoPackage is being written …"), choice.path,
          [job, &opener = m_opener, done = tr("%n layers are written to the GeoPackage.", nullptr, count)](
              CancelToken token, const Progress &progress) -> Result<ExportResult> {
              const auto report = writeGeoPackage(job, opener, std::move(token), progress);
              if (!report)
                  return std::unexpected(report.error());
              return ExportResult{report->path, done, report->leftOut + report->notes};
          });
}

void Exporter::run(const ImageChoice &choice)
{
    const ImageJob job{.scene = m_tree.scene(),
                       .view = choice.view,
                       .path = choice.path,
                       .title = m_title,
                       .credits = choice.credits,
                       .scaleBar = choice.scaleBar,
                       .worldFile = choice.worldFile};
    begin(tr("The picture is being drawn …"), choice.path,
          [job, done = tr("The picture is written.")](CancelToken token,
                                                      const Progress &progress) -> Result<ExportResult> {
              RenderNotes notes;
              if (const auto status = drawImage(job, std::move(token), progress, notes); !status)
                  return std::unexpected(status.error());
              return ExportResult{job.path, done, notes.problems};
          });
}

void Exporter::begin(const QString &text, const QString &path,
                     std::function<Result<ExportResult>(CancelToken, const Progress &)> work)
{
    m_folder = QFileInfo(path).absolutePath();
    m_fraction = std::make_shared<std::atomic<double>>(-1);
    m_job.run(
        m_pool,
        [work = std::move(work), fraction = m_fraction](CancelToken token) {
            return work(std::move(token), [fraction](double done) { fraction->store(done); });
        },
        [this](Result<ExportResult> result) {
            m_clock.stop();
            if (result)
                emit finished(*result);
            else if (result.error().kind == ErrorKind::Cancelled)
                emit cancelled();
            else
                emit failed(result.error());
        });
    emit started(text);
    m_clock.start();
}

void Exporter::cancel()
{
    if (!isRunning())
        return;
    m_job.cancel();
    m_clock.stop();
    emit cancelled();
}

} // namespace hanseatlas
