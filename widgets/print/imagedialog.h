// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/viewport.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace hanseatlas
{

class PathField;

/** What picture the user wants. */
struct ImageChoice {
    Viewport view; ///< size and resolution of the picture
    bool credits = true;
    bool scaleBar = true;
    bool worldFile = true;
    QString path;
};

/** Asks for the size and kind of a picture of the map. Accepted: choice() holds the job. */
class ImageDialog final : public QDialog
{
    Q_OBJECT
public:
    /** `view`: what the canvas shows, in its device pixels. */
    ImageDialog(const Viewport &view, const QString &folder, QWidget *parent = nullptr);

    ImageChoice choice() const;

private:
    QWidget *createSize();
    QWidget *createOptions();
    QWidget *createButtons();
    void widthChanged(int width);
    void heightChanged(int height);
    void refresh();

    Viewport m_view;
    QComboBox *m_format;
    QSpinBox *m_width, *m_height, *m_dpi;
    QCheckBox *m_credits, *m_scaleBar, *m_worldFile;
    QLabel *m_note;
    PathField *m_path;
    QPushButton *m_export;
};

} // namespace hanseatlas
