// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"
#include "layers/model/job.h"

#include <QTimer>

#include <atomic>

class QWidget;

namespace hanseatlas
{

struct GeoPackageChoice;
struct ImageChoice;
struct PdfChoice;

/** What an export came to. */
struct ExportResult {
    QString path;
    QString text; ///< one sentence for people
    QStringList notes; ///< what was left out or went wrong on the way
};

/** Ties the export dialogs to the writers: asks, writes in the background, tells. One export at a time. GUI thread.
 *
 *  The tree, the opener and the pool must outlive the pool's last job.
 */
class Exporter final : public QObject
{
    Q_OBJECT
public:
    /** `window`: parent of the dialogs. */
    Exporter(const LayerTree &tree, const SourceOpener &opener, QThreadPool &pool, QWidget *window);
    ~Exporter() override; ///< cancels

    // Each opens its dialog; nothing happens while an export runs.
    void exportPdf(const Viewport &view);
    void exportGeoPackage(const Viewport &view);
    void exportImage(const Viewport &view);

    /** Proposed for the title of the next sheet, e.g. the theme's name. */
    void setTitle(const QString &title) { m_title = title; }
    /** Where files are proposed to go; remembers the last folder. */
    QString folder() const { return m_folder; }
    void setFolder(const QString &folder) { m_folder = folder; }

    bool isRunning() const { return m_job.isRunning(); }
    void cancel();

    // Without a dialog: for scripts, and what the dialogs call.
    void run(const PdfChoice &choice);
    void run(const GeoPackageChoice &choice, const Viewport &view);
    void run(const ImageChoice &choice);

signals:
    void started(const QString &text);
    /** 0 … 1; negative: the amount is unknown. */
    void progressed(double fraction);
    void finished(const hanseatlas::ExportResult &result);
    void failed(const hanseatlas::Error &error); ///< never Cancelled
    void cancelled();

private:
    void begin(const QString &text, const QString &path,
               std::function<Result<ExportResult>(CancelToken, const Progress &)> work);
    std::vector<Layer> allLayers() const; ///< topmost first

    const LayerTree &m_tree;
    const SourceOpener &m_opener;
    QThreadPool &m_pool;
    QWidget *m_window;
    QString m_title, m_folder;
    std::shared_ptr<std::atomic<double>> m_fraction; ///< of the running job, written by its thread
    QTimer m_clock;
    Latest m_job;
};

} // namespace hanseatlas
