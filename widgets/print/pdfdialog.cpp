// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/pdfdialog.h"

#include "layers/map/credits.h"
#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"
#include "widgets/map/scalebox.h"
#include "widgets/print/pathfield.h"
#include "widgets/print/sheetpreview.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr QPageSize::PageSizeId papers[] = {QPageSize::A4, QPageSize::A3, QPageSize::A2, QPageSize::A1, QPageSize::A0};
constexpr int formWidth = 320;

QFormLayout *formOf(QWidget *widget)
{
    auto *form = new QFormLayout(widget);
    form->setContentsMargins({});
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(look::space::small);
    return form;
}

QString fileNameOf(const QString &title)
{
    static const QRegularExpression odd(u"[\\\\/:*?\"<>|\\s]+"_s);
    auto name = title.simplified().replace(odd, u"_"_s).left(80);
    return name.isEmpty() ? u"hanseatlas"_s : name;
}

} // namespace

PdfDialog::PdfDialog(MapScene scene, const Viewport &view, const QString &title, const QString &folder,
                     QThreadPool &pool, QWidget *parent)
    : QDialog(parent)
    , m_scene(scene)
    , m_viewExtent(view.extent())
    , m_folder(folder)
    , m_preview(new SheetPreview(std::move(scene), pool, this))
    , m_message(new look::MessageBar(look::MessageBar::Kind::Info, {}, this))
{
    setWindowTitle(tr("Export the map as PDF"));
    m_layout.crs = view.crs;
    m_layout.centre = view.centre;
    m_layout.rotation = view.rotation;
    m_layout.scale = roundScale(view.scale());
    m_layout.title = title;
    m_layout.date = QDate::currentDate();
    m_layout.orientation = view.size.width() >= view.size.height() ? QPageLayout::Landscape : QPageLayout::Portrait;
    // The turned view's box is larger than what one sees of it.
    if (view.rotation != 0) {
        auto upright = view;
        upright.rotation = 0;
        m_viewExtent = upright.extent();
    }

    auto *left = new QVBoxLayout;
    left->setSpacing(look::space::small);
    left->addWidget(m_preview, 1);
    m_message->setClosable(false);
    m_message->hide();
    left->addWidget(m_message);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(look::space::large);
    columns->addLayout(left, 1);
    columns->addWidget(createForm());
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(look::space::large, look::space::large, look::space::large, look::space::large);
    all->setSpacing(look::space::large);
    all->addLayout(columns, 1);
    all->addWidget(createButtons());

    connectAll();
    display(m_layout);
    proposePath();
    m_preview->setSheet(m_layout);
    m_preview->fit(m_viewExtent);
    m_title->setFocus();
    m_title->selectAll();
    resize(1120, 740);
}

QWidget *PdfDialog::createForm()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, look::space::small, 0);
    layout->setSpacing(look::space::large);
    layout->addWidget(createTexts());
    layout->addWidget(createSheet());
    layout->addWidget(createFrame());
    m_path = new PathField(tr("Save the PDF as"), tr("PDF files (*.pdf)"), u"pdf"_s);
    auto *file = new QWidget;
    formOf(file)->addRow(tr("&File"), m_path);
    layout->addWidget(file);
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(formWidth);
    return scroll;
}

QWidget *PdfDialog::createTexts()
{
    auto *widget = new QWidget;
    auto *form = formOf(widget);
    m_title = new QLineEdit;
    m_subtitle = new QLineEdit;
    m_subtitle->setPlaceholderText(tr("e.g. department or file number"));
    form->addRow(tr("&Title"), m_title);
    form->addRow(tr("&Subtitle"), m_subtitle);
    return widget;
}

QWidget *PdfDialog::createSheet()
{
    auto *widget = new QWidget;
    auto *form = formOf(widget);
    m_paper = new QComboBox;
    for (const auto paper : papers) {
        const auto size = QPageSize::size(paper, QPageSize::Millimeter).toSize();
        m_paper->addItem(u"%1  (%2 × %3 mm)"_s.arg(QPageSize::name(paper)).arg(size.width()).arg(size.height()),
                         int(paper));
    }
    m_orientation = new QButtonGroup(this);
    auto *row = new QHBoxLayout;
    row->setSpacing(look::space::large);
    const std::pair<QString, QPageLayout::Orientation> orientations[] = {{tr("Land&scape"), QPageLayout::Landscape},
                                                                         {tr("Po&rtrait"), QPageLayout::Portrait}};
    for (const auto &[text, orientation] : orientations) {
        auto *button = new QRadioButton(text);
        m_orientation->addButton(button, int(orientation));
        row->addWidget(button);
    }
    row->addStretch(1);
    form->addRow(tr("&Paper"), m_paper);
    form->addRow(row);
    return widget;
}

QWidget *PdfDialog::createFrame()
{
    auto *widget = new QWidget;
    auto *form = formOf(widget);
    m_scale = new ScaleBox;
    m_fit = new QPushButton(look::icon(u"zoom-all"_s), tr("Fit &view"));
    m_fit->setToolTip(tr("The largest round scale at which the sheet holds all that the map window shows"));
    auto *row = new QHBoxLayout;
    row->setSpacing(look::space::small);
    row->addWidget(m_scale, 1);
    row->addWidget(m_fit);
    m_dpi = new QComboBox;
    const std::pair<int, QString> resolutions[] = {
        {150, tr("150 dpi, small file")}, {300, tr("300 dpi, for print")}, {600, tr("600 dpi, finest")}};
    for (const auto &[dpi, text] : resolutions)
        m_dpi->addItem(text, dpi);
    m_dpi->setToolTip(tr("Of aerial pictures and other rasters; lines, areas and text are always sharp"));
    m_legend = new QCheckBox(tr("&Legend of what the map shows"));
    m_grid = new QCheckBox(tr("&Coordinates at the frame"));
    auto *scale = new QLabel(tr("Sc&ale"));
    scale->setBuddy(m_scale);
    form->addRow(scale, row);
    form->addRow(tr("&Resolution"), m_dpi);
    form->addRow(m_legend);
    form->addRow(m_grid);
    return widget;
}

QWidget *PdfDialog::createButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export PDF"), QDialogButtonBox::AcceptRole);
    m_export->setIcon(look::icon(u"export-pdf"_s, look::Tint::OnAccent));
    look::setPrimary(m_export);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void PdfDialog::connectAll()
{
    for (auto *edit : {m_title, m_subtitle})
        connect(edit, &QLineEdit::textEdited, this, &PdfDialog::apply);
    for (auto *box : {m_paper, m_dpi})
        connect(box, &QComboBox::activated, this, &PdfDialog::apply);
    connect(m_orientation, &QButtonGroup::idClicked, this, &PdfDialog::apply);
    for (auto *box : {m_legend, m_grid})
        connect(box, &QCheckBox::clicked, this, &PdfDialog::apply);
    connect(m_scale, &ScaleBox::scaleChosen, this, [this](double scale) {
        m_layout.scale = scale;
        apply();
    });
    connect(m_fit, &QPushButton::clicked, this, [this] { m_preview->fit(m_viewExtent); });
    connect(m_preview, &SheetPreview::layoutChanged, this, &PdfDialog::display);
    connect(m_preview, &SheetPreview::drawn, this, &PdfDialog::comment);
    connect(m_path, &PathField::changed, this, [this] {
        m_pathIsOurs = m_pathIsOurs && !m_path->isAncestorOf(focusWidget());
        m_export->setEnabled(m_path->isUsable());
    });
}

PrintLayout PdfDialog::entered() const
{
    auto layout = m_layout; // place and scale
    layout.title = m_title->text();
    layout.subtitle = m_subtitle->text();
    layout.paper = QPageSize::PageSizeId(m_paper->currentData().toInt());
    layout.orientation = QPageLayout::Orientation(m_orientation->checkedId());
    layout.dpi = m_dpi->currentData().toInt();
    layout.legend = m_legend->isChecked();
    layout.grid = m_grid->isChecked();
    return layout;
}

void PdfDialog::apply()
{
    const auto layout = entered();
    const bool refit = layout.paper != m_layout.paper || layout.orientation != m_layout.orientation;
    m_layout = layout;
    m_scale->setScale(layout.scale);
    m_preview->setSheet(layout);
    if (refit)
        m_preview->fit(m_viewExtent);
    proposePath();
}

void PdfDialog::display(const PrintLayout &layout)
{
    m_layout = layout;
    if (m_title->text() != layout.title)
        m_title->setText(layout.title);
    if (m_subtitle->text() != layout.subtitle)
        m_subtitle->setText(layout.subtitle);
    m_paper->setCurrentIndex(m_paper->findData(int(layout.paper)));
    m_orientation->button(int(layout.orientation))->setChecked(true);
    m_dpi->setCurrentIndex(m_dpi->findData(layout.dpi));
    m_scale->setScale(layout.scale);
    m_legend->setChecked(layout.legend);
    m_grid->setChecked(layout.grid);
}

void PdfDialog::comment(const PrintGeometry &geometry, const QStringList &problems)
{
    using Kind = look::MessageBar::Kind;
    auto lines = problems;
    if (geometry.legendLeftOut > 0)
        lines << tr("%n entries of the legend have no room. A larger paper shows more.", nullptr,
                    geometry.legendLeftOut);
    const bool personal = creditsOf(m_scene.layers).personal;
    if (personal)
        lines << tr("The map shows personal data. The sheet says so; hand it only to those who may see them.");
    m_message->setMessage(personal || !problems.isEmpty() ? Kind::Warning : Kind::Info, lines.join(u'\n'));
    m_message->setVisible(!lines.isEmpty());
}

void PdfDialog::proposePath()
{
    if (!m_pathIsOurs)
        return;
    m_path->setPath(u"%1/%2.pdf"_s.arg(m_folder, fileNameOf(m_title->text())));
    m_pathIsOurs = true;
}

PdfChoice PdfDialog::choice() const
{
    return {.layout = entered(), .path = m_path->path()};
}

} // namespace hanseatlas
