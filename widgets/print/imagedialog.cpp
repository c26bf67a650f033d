// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/imagedialog.h"

#include "layers/map/credits.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"
#include "widgets/print/pathfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int mostPixels = 20000; ///< on a side

QSpinBox *spinBox(int least, int most, const QString &suffix)
{
    auto *box = new QSpinBox;
    box->setRange(least, most);
    box->setSuffix(suffix);
    box->setKeyboardTracking(false);
    box->setAccelerated(true);
    return box;
}

} // namespace

ImageDialog::ImageDialog(const Viewport &view, const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_view(view)
    , m_path(
          new PathField(tr("Save the picture as"), tr("PNG pictures (*.png);;JPEG pictures (*.jpg *.jpeg)"), u"png"_s))
{
    setWindowTitle(tr("Export the map as picture"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(look::space::large, look::space::large, look::space::large, look::space::large);
    layout->setSpacing(look::space::large);
    layout->addWidget(createSize());
    layout->addWidget(createOptions());
    layout->addStretch(1);
    layout->addWidget(createButtons());

    connect(m_width, &QSpinBox::valueChanged, this, &ImageDialog::widthChanged);
    connect(m_height, &QSpinBox::valueChanged, this, &ImageDialog::heightChanged);
    connect(m_dpi, &QSpinBox::valueChanged, this, &ImageDialog::refresh);
    connect(m_path, &PathField::changed, this, &ImageDialog::refresh);
    connect(m_format, &QComboBox::activated, this, [this] { m_path->setSuffix(m_format->currentData().toString()); });
    m_path->setPath(folder + u"/hanseatlas.png"_s);
    refresh();
    resize(460, 0);
}

QWidget *ImageDialog::createSize()
{
    auto *widget = new QWidget;
    auto *form = new QFormLayout(widget);
    form->setContentsMargins({});
    form->setVerticalSpacing(look::space::small);
    m_width = spinBox(16, mostPixels, tr(" px"));
    m_height = spinBox(16, mostPixels, tr(" px"));
    m_width->setValue(qRound(m_view.size.width()));
    m_height->setValue(qRound(m_view.size.height()));
    m_width->setAccessibleName(tr("Width"));
    m_height->setAccessibleName(tr("Height"));
    m_dpi = spinBox(30, 1200, tr(" dpi"));
    m_dpi->setValue(qRound(m_view.pixelsPerMm * 25.4));
    m_dpi->setToolTip(tr("How fine the picture is: more makes signs and texts larger in pixels"));
    auto *size = new QHBoxLayout;
    size->setSpacing(look::space::small);
    size->addWidget(m_width, 1);
    size->addWidget(new QLabel(u"×"_s));
    size->addWidget(m_height, 1);
    m_note = look::secondaryLabel({}, look::Type::Caption);
    m_note->setWordWrap(true);
    auto *caption = new QLabel(tr("&Size"));
    caption->setBuddy(m_width);
    form->addRow(caption, size);
    form->addRow(tr("&Resolution"), m_dpi);
    form->addRow(QString(), m_note);
    return widget;
}

QWidget *ImageDialog::createOptions()
{
    auto *widget = new QWidget;
    auto *form = new QFormLayout(widget);
    form->setContentsMargins({});
    form->setVerticalSpacing(look::space::small);
    m_format = new QComboBox;
    m_format->addItem(tr("PNG, exact colours"), u"png"_s);
    m_format->addItem(tr("JPEG, small files for aerial pictures"), u"jpg"_s);
    m_credits = new QCheckBox(tr("S&ources at the lower edge"));
    m_scaleBar = new QCheckBox(tr("Scale &bar"));
    m_worldFile = new QCheckBox(tr("&Georeference beside the picture (world file)"));
    for (auto *box : {m_credits, m_scaleBar, m_worldFile})
        box->setChecked(true);
    form->addRow(tr("F&ormat"), m_format);
    form->addRow(QString(), m_credits);
    form->addRow(QString(), m_scaleBar);
    form->addRow(QString(), m_worldFile);
    form->addRow(tr("&File"), m_path);
    return widget;
}

QWidget *ImageDialog::createButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export picture"), QDialogButtonBox::AcceptRole);
    m_export->setIcon(look::icon(u"export-image"_s, look::Tint::OnAccent));
    look::setPrimary(m_export);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

// The picture shows what the window shows: one side follows the other, and signs grow with the picture.
void ImageDialog::widthChanged(int width)
{
    const QSignalBlocker height(m_height), dpi(m_dpi);
    m_height->setValue(qRound(width * m_view.size.height() / m_view.size.width()));
    m_dpi->setValue(qRound(m_view.pixelsPerMm * 25.4 * width / m_view.size.width()));
    refresh();
}

void ImageDialog::heightChanged(int height)
{
    const QSignalBlocker width(m_width), dpi(m_dpi);
    m_width->setValue(qRound(height * m_view.size.width() / m_view.size.height()));
    m_dpi->setValue(qRound(m_view.pixelsPerMm * 25.4 * height / m_view.size.height()));
    refresh();
}

void ImageDialog::refresh()
{
    const auto view = choice().view;
    const QLocale locale;
    m_note->setText(tr("%1 × %2 cm at this resolution, scale %3")
                        .arg(locale.toString(view.size.width() / view.pixelsPerMm / 10, 'f', 1),
                             locale.toString(view.size.height() / view.pixelsPerMm / 10, 'f', 1),
                             scaleText(view.scale())));
    const bool png = m_path->path().endsWith(".png"_L1, Qt::CaseInsensitive);
    m_format->setCurrentIndex(png ? 0 : 1);
    m_export->setEnabled(m_path->isUsable());
}

ImageChoice ImageDialog::choice() const
{
    auto view = m_view;
    view.size = {double(m_width->value()), double(m_height->value())};
    view.resolution = m_view.resolution * m_view.size.width() / view.size.width();
    view.pixelsPerMm = m_dpi->value() / 25.4;
    return {.view = view,
            .credits = m_credits->isChecked(),
            .scaleBar = m_scaleBar->isChecked(),
            .worldFile = m_worldFile->isChecked(),
            .path = m_path->path()};
}

} // namespace hanseatlas
