// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/displaypage.h"

#include "layers/map/colorramp.h"
#include "widgets/layers/colorbutton.h"
#include "widgets/layers/scalefield.h"
#include "widgets/look/look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLinearGradient>
#include <QPainter>
#include <QSlider>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr QSize rampSize(72, 14);

QDoubleSpinBox *millimetres(double least, double most)
{
    auto *box = new QDoubleSpinBox;
    box->setRange(least, most);
    box->setDecimals(2);
    box->setSingleStep(0.1);
    box->setSuffix(DisplayPage::tr(" mm"));
    return box;
}

QIcon rampIcon(const QString &name)
{
    QPixmap picture(rampSize * 2);
    picture.setDevicePixelRatio(2);
    QLinearGradient gradient(0, 0, rampSize.width(), 0);
    for (int i = 0; i <= 16; ++i)
        gradient.setColorAt(i / 16.0, rampColor(name, i / 16.0));
    QPainter painter(&picture);
    painter.fillRect(QRect(QPoint(), rampSize), gradient);
    return QIcon(picture);
}

bool isSimple(const Style &style)
{
    return style.kind == Style::Kind::Single && style.classes.size() == 1;
}

QWidget *beside(QWidget *a, QWidget *b)
{
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(a, 1);
    row->addWidget(b);
    return both;
}

} // namespace

DisplayPage::DisplayPage(QWidget *parent)
    : PropertyPage(parent)
    , m_form(formOn(this))
{
    createCommon();
    createSymbol();
    createRaster();
    createLabels();
}

void DisplayPage::noteEdit()
{
    if (!m_showing)
        emit edited();
}

void DisplayPage::createCommon()
{
    m_visible = new QCheckBox(tr("&Visible"));
    m_opacity = new QSlider(Qt::Horizontal);
    m_opacity->setRange(0, 100);
    m_opacity->setAccessibleName(tr("Opacity"));
    m_percent = new QSpinBox;
    m_percent->setRange(0, 100);
    m_percent->setSuffix(tr(" %"));
    m_minScale = new ScaleField;
    m_maxScale = new ScaleField;
    m_form->addRow(QString(), m_visible);
    m_form->addRow(tr("&Opacity:"), beside(m_opacity, m_percent));
    static_cast<QLabel *>(m_form->labelForField(m_percent->parentWidget()))->setBuddy(m_percent);
    m_form->addRow(tr("Shown &from:"), m_minScale);
    m_form->addRow(tr("Shown &up to:"), m_maxScale);
    connect(m_opacity, &QSlider::valueChanged, m_percent, &QSpinBox::setValue);
    connect(m_percent, &QSpinBox::valueChanged, m_opacity, &QSlider::setValue);
    connect(m_percent, &QSpinBox::valueChanged, this, &DisplayPage::noteEdit);
    connect(m_visible, &QCheckBox::toggled, this, &DisplayPage::noteEdit);
    for (auto *field : {m_minScale, m_maxScale})
        connect(field, &ScaleField::changed, this, &DisplayPage::noteEdit);
}

void DisplayPage::createSymbol()
{
    m_fill = new ColorButton(tr("Fill"));
    m_stroke = new ColorButton(tr("Line"));
    m_strokeWidth = millimetres(0, 20);
    m_marker = new ColorButton(tr("Marker"));
    m_markerSize = millimetres(0.2, 50);
    m_classes = secondaryLabel({});
    m_classes->setWordWrap(true);
    m_form->addRow(tr("F&ill:"), m_fill);
    m_form->addRow(tr("&Line:"), beside(m_strokeWidth, m_stroke));
    m_form->addRow(tr("&Marker:"), beside(m_markerSize, m_marker));
    m_form->addRow(tr("Style:"), m_classes);
    for (auto *button : {m_fill, m_stroke, m_marker})
        connect(button, &ColorButton::colorChosen, this, &DisplayPage::noteEdit);
    for (auto *box : {m_strokeWidth, m_markerSize})
        connect(box, &QDoubleSpinBox::valueChanged, this, &DisplayPage::noteEdit);
}

void DisplayPage::createRaster()
{
    m_rasterKind = new QComboBox;
    m_rasterKind->addItem(tr("Colours by value"), int(RasterStyle::Kind::Ramp));
    m_rasterKind->addItem(tr("Hill shading"), int(RasterStyle::Kind::Hillshade));
    m_ramp = new QComboBox;
    m_ramp->setIconSize(rampSize);
    for (const auto &name : colorRampNames())
        m_ramp->addItem(rampIcon(name), name, name);
    m_form->addRow(tr("&Drawn as:"), m_rasterKind);
    m_form->addRow(tr("&Colours:"), m_ramp);
    for (auto *box : {m_rasterKind, m_ramp})
        connect(box, &QComboBox::currentIndexChanged, this, &DisplayPage::noteEdit);
}

void DisplayPage::createLabels()
{
    m_labels = new QCheckBox(tr("&Show labels"));
    m_labelField = new QComboBox;
    m_labelSize = millimetres(0.5, 50);
    m_form->addRow(QString(), m_labels);
    m_form->addRow(tr("Label &text:"), m_labelField);
    m_form->addRow(tr("Label si&ze:"), m_labelSize);
    connect(m_labels, &QCheckBox::toggled, this, &DisplayPage::noteEdit);
    // A label without a field shows nothing, and a chosen field is meant to be seen
    connect(m_labels, &QCheckBox::clicked, this, [this](bool on) {
        if (on && m_labelField->currentData().toString().isEmpty())
            m_labelField->setCurrentIndex(std::min(1, m_labelField->count() - 1));
    });
    connect(m_labelField, &QComboBox::activated, this,
            [this] { m_labels->setChecked(!m_labelField->currentData().toString().isEmpty()); });
    connect(m_labelField, &QComboBox::currentIndexChanged, this, &DisplayPage::noteEdit);
    connect(m_labelSize, &QDoubleSpinBox::valueChanged, this, &DisplayPage::noteEdit);
}

void DisplayPage::show(const LayerNode &node)
{
    m_showing = true;
    m_visible->setChecked(node.layer ? node.layer->visible : node.visible);
    m_percent->setValue(qRound((node.layer ? node.layer->opacity : node.opacity) * 100));
    const auto layer = node.layer.value_or(Layer());
    m_minScale->setDenominator(layer.minScale);
    m_maxScale->setDenominator(layer.maxScale);
    for (auto *row : {m_minScale, m_maxScale})
        m_form->setRowVisible(row, node.layer.has_value());
    showSymbol(layer);
    showRaster(layer);
    showLabels(layer);
    if (!node.layer) {
        for (auto *row : {static_cast<QWidget *>(m_classes), static_cast<QWidget *>(m_labels)})
            m_form->setRowVisible(row, false);
    }
    m_showing = false;
}

void DisplayPage::showSymbol(const Layer &layer)
{
    const bool raster = layer.data && layer.data->isRaster();
    const auto symbol = isSimple(layer.style) && !raster ? layer.style.classes.front().symbol : Symbol();
    m_form->setRowVisible(m_fill, !symbol.fills.empty());
    m_form->setRowVisible(m_stroke->parentWidget(), !symbol.strokes.empty());
    m_form->setRowVisible(m_marker->parentWidget(), !symbol.markers.empty());
    if (!symbol.fills.empty())
        m_fill->setColor(symbol.fills.back().color);
    if (!symbol.strokes.empty()) {
        m_stroke->setColor(symbol.strokes.back().color);
        m_strokeWidth->setValue(symbol.strokes.back().width);
    }
    if (!symbol.markers.empty()) {
        m_marker->setColor(symbol.markers.front().fill);
        m_markerSize->setValue(symbol.markers.front().size);
    }
    const bool rich = !raster && !isSimple(layer.style);
    m_form->setRowVisible(m_classes, rich);
    if (rich)
        m_classes->setText(layer.style.field.isEmpty()
                               ? tr("%1 classes by rules").arg(layer.style.classes.size())
                               : tr("%1 classes by “%2”").arg(layer.style.classes.size()).arg(layer.style.field));
}

void DisplayPage::showRaster(const Layer &layer)
{
    const bool values =
        layer.data && layer.data->isRaster() && layer.data->description.rasterKind == RasterKind::Values;
    const auto &style = layer.style.raster;
    // classes and stops of a theme's own are more than a ramp can say
    const bool simple = values && style.kind != RasterStyle::Kind::Classes && style.stops.empty();
    m_form->setRowVisible(m_rasterKind, simple);
    m_form->setRowVisible(m_ramp, simple);
    m_rasterKind->setCurrentIndex(m_rasterKind->findData(int(style.kind)));
    m_ramp->setCurrentIndex(m_ramp->findData(style.ramp));
}

void DisplayPage::showLabels(const Layer &layer)
{
    const auto &label = layer.style.label;
    m_labelField->clear();
    m_labelField->addItem(tr("none"), QString());
    if (layer.data) {
        for (const auto &field : layer.data->description.fields)
            m_labelField->addItem(field.caption(), field.name);
    }
    if (m_labelField->findData(label.field) < 0)
        m_labelField->addItem(label.field, label.field);
    m_labelField->setCurrentIndex(m_labelField->findData(label.field));
    m_labelSize->setValue(label.size);
    m_labels->setChecked(layer.labels && !label.field.isEmpty());
    const bool possible = !layer.data || (!layer.data->isRaster() && layer.data->description.kind == LayerKind::Vector);
    for (auto *row :
         {static_cast<QWidget *>(m_labels), static_cast<QWidget *>(m_labelField), static_cast<QWidget *>(m_labelSize)})
        m_form->setRowVisible(row, possible);
}

void DisplayPage::storeSymbol(Symbol &symbol) const
{
    if (!symbol.fills.empty())
        symbol.fills.back().color = m_fill->color();
    if (!symbol.strokes.empty()) {
        symbol.strokes.back().color = m_stroke->color();
        symbol.strokes.back().width = m_strokeWidth->value();
    }
    if (!symbol.markers.empty()) {
        symbol.markers.front().fill = m_marker->color();
        symbol.markers.front().size = m_markerSize->value();
    }
}

void DisplayPage::storeRaster(RasterStyle &style) const
{
    if (m_rasterKind->currentIndex() >= 0)
        style.kind = RasterStyle::Kind(m_rasterKind->currentData().toInt());
    if (m_ramp->currentIndex() >= 0)
        style.ramp = m_ramp->currentData().toString();
}

void DisplayPage::store(LayerNode &node) const
{
    // numbers that a spin box shows rounded stay exact unless they were changed
    auto put = [](double &value, double shown, double grain) {
        if (qAbs(value - shown) > grain)
            value = shown;
    };
    (node.layer ? node.layer->visible : node.visible) = m_visible->isChecked();
    put(node.layer ? node.layer->opacity : node.opacity, m_percent->value() / 100.0, 0.00501);
    if (!node.layer)
        return;
    auto &layer = *node.layer;
    put(layer.minScale, m_minScale->denominator(), 0.5);
    put(layer.maxScale, m_maxScale->denominator(), 0.5);
    if (m_form->isRowVisible(m_labels)) {
        const auto field = m_labelField->currentData().toString();
        if (!field.isEmpty() || !layer.style.label.field.isEmpty())
            layer.labels = m_labels->isChecked();
        layer.style.label.field = field;
        put(layer.style.label.size, m_labelSize->value(), 0.00501);
    }
    const bool raster = layer.data && layer.data->isRaster();
    if (raster && m_form->isRowVisible(m_rasterKind))
        storeRaster(layer.style.raster);
    else if (!raster && isSimple(layer.style)) {
        auto symbol = layer.style.classes.front().symbol;
        storeSymbol(symbol);
        const auto &old = layer.style.classes.front().symbol;
        if (!symbol.strokes.empty() && qAbs(symbol.strokes.back().width - old.strokes.back().width) <= 0.00501)
            symbol.strokes.back().width = old.strokes.back().width;
        if (!symbol.markers.empty() && qAbs(symbol.markers.front().size - old.markers.front().size) <= 0.00501)
            symbol.markers.front().size = old.markers.front().size;
        layer.style.classes.front().symbol = symbol;
    }
}

} // namespace hanseatlas
