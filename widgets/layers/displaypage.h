// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/layers/propertypages.h"

class QDoubleSpinBox;
class QSlider;
class QSpinBox;

namespace hanseatlas
{

class ColorButton;
class ScaleField;

/** Opacity, scales, labels, and for a single symbol or a ramp its colours and widths. Richer styles are shown by their
 *  classes, and left as they are. */
class DisplayPage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit DisplayPage(QWidget *parent = nullptr);
    void show(const LayerNode &node) override;
    void store(LayerNode &node) const override;

private:
    void createCommon();
    void createLabels();
    void createSymbol();
    void createRaster();
    void showSymbol(const Layer &layer);
    void showRaster(const Layer &layer);
    void showLabels(const Layer &layer);
    void storeSymbol(Symbol &symbol) const;
    void storeRaster(RasterStyle &style) const;
    void noteEdit();

    QFormLayout *m_form;
    QCheckBox *m_visible;
    QSlider *m_opacity;
    QSpinBox *m_percent;
    ScaleField *m_minScale;
    ScaleField *m_maxScale;
    QCheckBox *m_labels;
    QComboBox *m_labelField;
    QDoubleSpinBox *m_labelSize;
    ColorButton *m_fill;
    ColorButton *m_stroke;
    QDoubleSpinBox *m_strokeWidth;
    ColorButton *m_marker;
    QDoubleSpinBox *m_markerSize;
    QComboBox *m_rasterKind;
    QComboBox *m_ramp;
    QLabel *m_classes;
    bool m_showing = false;
};

} // namespace hanseatlas
