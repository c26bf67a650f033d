// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/printlayout.h"
#include "layers/map/viewport.h"

#include <QDialog>

class QAbstractButton;
class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace hanseatlas
{

class PathField;
class ScaleBox;
class SheetPreview;
namespace look
{
class MessageBar;
}

/** What the user wants printed. */
struct PdfChoice {
    PrintLayout layout;
    QString path;
};

/** Sets up a sheet beside a true preview of it. Accepted: choice() holds the job; the dialog itself writes nothing. */
class PdfDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `view`: what the canvas shows; the sheet begins with all of it. `folder`: where the file is proposed to go. */
    PdfDialog(MapScene scene, const Viewport &view, const QString &title, const QString &folder, QThreadPool &pool,
              QWidget *parent = nullptr);

    PdfChoice choice() const;

private:
    QWidget *createForm();
    QWidget *createTexts();
    QWidget *createSheet();
    QWidget *createFrame();
    QWidget *createButtons();
    void connectAll();
    PrintLayout entered() const;
    void apply();
    void display(const PrintLayout &layout);
    void comment(const PrintGeometry &geometry, const QStringList &problems);
    void proposePath();

    MapScene m_scene;
    Extent m_viewExtent;
    QString m_folder;
    PrintLayout m_layout;
    bool m_pathIsOurs = true; ///< not yet chosen by the user: follows the title
    SheetPreview *m_preview;
    QLineEdit *m_title, *m_subtitle;
    QComboBox *m_paper, *m_dpi;
    QButtonGroup *m_orientation;
    ScaleBox *m_scale;
    QPushButton *m_fit, *m_export;
    QCheckBox *m_legend, *m_grid;
    PathField *m_path;
    look::MessageBar *m_message;
};

} // namespace hanseatlas
