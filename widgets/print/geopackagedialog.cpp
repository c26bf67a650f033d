// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/geopackagedialog.h"

#include "widgets/look/actionbutton.h"
#include "widgets/look/look.h"
#include "widgets/look/sectionheader.h"
#include "widgets/print/pathfield.h"

#include <QAction>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

enum Role { IdRole = Qt::UserRole + 1, PersonalRole };

QString iconOf(const Layer &layer)
{
    if (!layer.data)
        return u"layers"_s;
    if (layer.data->isRaster())
        return u"raster"_s;
    if (layer.data->description.kind == LayerKind::Table)
        return u"table"_s;
    const auto &kinds = layer.data->description.geometryKinds;
    const auto kind = kinds.empty() ? GeometryKind::None : kinds.front();
    return kind == GeometryKind::Point ? u"point"_s : kind == GeometryKind::Line ? u"line"_s : u"polygon"_s;
}

} // namespace

GeoPackageDialog::GeoPackageDialog(const std::vector<Layer> &layers, const QString &folder, QWidget *parent)
    : QDialog(parent)
    , m_model(new QStandardItemModel(this))
    , m_path(new PathField(tr("Save the GeoPackage as"), tr("GeoPackages (*.gpkg)"), u"gpkg"_s))
{
    setWindowTitle(tr("Export layers as GeoPackage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(look::space::large, look::space::large, look::space::large, look::space::large);
    layout->setSpacing(look::space::medium);
    layout->addWidget(createList(layers), 1);
    layout->addWidget(createExtent());
    layout->addWidget(createPersonal());
    auto *file = new QLabel(tr("&File"));
    file->setBuddy(m_path);
    layout->addWidget(file);
    layout->addWidget(m_path);
    layout->addWidget(createButtons());

    connect(m_model, &QStandardItemModel::itemChanged, this, &GeoPackageDialog::refresh);
    connect(m_personal, &QCheckBox::toggled, this, &GeoPackageDialog::refresh);
    connect(m_path, &PathField::changed, this, &GeoPackageDialog::refresh);
    m_path->setPath(folder + u"/hanseatlas.gpkg"_s);
    refresh();
    resize(520, 640);
}

QWidget *GeoPackageDialog::createList(const std::vector<Layer> &layers)
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins({});
    layout->setSpacing(look::space::small);
    auto *header = new look::SectionHeader(tr("Layers"));
    const std::tuple<QString, QString, bool> actions[] = {{tr("Choose all"), u"check"_s, true},
                                                          {tr("Choose none"), u"minus"_s, false}};
    for (const auto &[text, icon, checked] : actions) {
        auto *action = new QAction(look::icon(icon), text, this);
        connect(action, &QAction::triggered, this, [this, checked] { checkAll(checked); });
        header->addButton(action);
    }
    m_list = new QTreeView;
    m_list->setModel(m_model);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Layers"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    for (const auto &layer : layers)
        addLayer(layer);
    m_count = look::secondaryLabel({}, look::Type::Caption);
    layout->addWidget(header);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);
    return widget;
}

void GeoPackageDialog::addLayer(const Layer &layer)
{
    const bool personal = layer.provenance.personal;
    auto *item = new QStandardItem(look::icon(personal ? u"personal-data"_s : iconOf(layer),
                                              personal ? look::Tint::Warning : look::Tint::Secondary),
                                   layer.title);
    item->setCheckable(true);
    item->setCheckState(layer.visible ? Qt::Checked : Qt::Unchecked);
    item->setData(layer.id, IdRole);
    item->setData(personal, PersonalRole);
    if (personal)
        item->setToolTip(tr("Contains personal data"));
    m_model->appendRow(item);
}

QWidget *GeoPackageDialog::createExtent()
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins({});
    layout->setSpacing(look::space::tiny);
    m_everything = new QRadioButton(tr("&Whole layers"));
    m_visible = new QRadioButton(tr("Only what touches the &visible part of the map"));
    m_everything->setChecked(true);
    layout->addWidget(new look::SectionHeader(tr("Extent")));
    layout->addWidget(m_everything);
    layout->addWidget(m_visible);
    return widget;
}

QWidget *GeoPackageDialog::createPersonal()
{
    m_personalBox = new QWidget;
    auto *layout = new QVBoxLayout(m_personalBox);
    layout->setContentsMargins({});
    layout->setSpacing(look::space::tiny);
    m_personal = new QCheckBox(tr("Include layers with &personal data"));
    auto *note = look::secondaryLabel(tr("The file will hold personal data that anyone who has it can read. Pass it on "
                                         "only to those who may see them."),
                                      look::Type::Caption);
    note->setWordWrap(true);
    layout->addWidget(m_personal);
    layout->addWidget(note);
    return m_personalBox;
}

QWidget *GeoPackageDialog::createButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export GeoPackage"), QDialogButtonBox::AcceptRole);
    m_export->setIcon(look::icon(u"export-gpkg"_s, look::Tint::OnAccent));
    look::setPrimary(m_export);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void GeoPackageDialog::checkAll(bool checked)
{
    for (int i = 0; i < m_model->rowCount(); ++i)
        m_model->item(i)->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
}

void GeoPackageDialog::refresh()
{
    bool personal = false;
    int leftOut = 0;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const auto *item = m_model->item(i);
        if (item->checkState() == Qt::Checked && item->data(PersonalRole).toBool()) {
            personal = true;
            leftOut += m_personal->isChecked() ? 0 : 1;
        }
    }
    m_personalBox->setVisible(personal);
    const auto chosen = int(choice().layers.size());
    auto text = tr("%n layers", nullptr, chosen);
    if (leftOut > 0)
        text += u" · "_s + tr("%n with personal data are left out", nullptr, leftOut);
    m_count->setText(text);
    m_export->setEnabled(chosen > 0 && m_path->isUsable());
}

GeoPackageChoice GeoPackageDialog::choice() const
{
    GeoPackageChoice choice{.visibleExtentOnly = m_visible->isChecked(),
                            .includePersonal = m_personal->isChecked(),
                            .path = m_path->path()};
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const auto *item = m_model->item(i);
        if (item->checkState() == Qt::Checked && (choice.includePersonal || !item->data(PersonalRole).toBool()))
            choice.layers << item->data(IdRole).toUuid();
    }
    return choice;
}

} // namespace hanseatlas
