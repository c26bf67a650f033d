// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/correctionfields.h"
#include "widgets/layers/descriptiontext.h"
#include "widgets/layers/propertypages.h"
#include "widgets/look/filedialog.h"
#include "widgets/look/look.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QLabel *valueLabel()
{
    auto *made = label({});
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return made;
}

/** The usual intervals, and the one that the layer has. */
void showInterval(QComboBox &box, std::chrono::seconds every)
{
    constexpr qint64 minute = 60, hour = 60 * minute;
    box.clear();
    box.addItem(SourcePage::tr("Only on demand"), 0);
    box.addItem(SourcePage::tr("Every minute"), minute);
    for (const int minutes : {5, 15})
        box.addItem(SourcePage::tr("Every %n minutes", nullptr, minutes), minutes * minute);
    box.addItem(SourcePage::tr("Every hour"), hour);
    box.addItem(SourcePage::tr("Every day"), 24 * hour);
    auto place = box.findData(qint64(every.count()));
    if (place < 0) { // came with a workspace or a portal
        place = int(std::ranges::count_if(std::views::iota(0, box.count()),
                                          [&](int i) { return box.itemData(i).toLongLong() < every.count(); }));
        box.insertItem(place, SourcePage::tr("Every %n seconds", nullptr, int(every.count())), qint64(every.count()));
    }
    box.setCurrentIndex(place);
}

QPushButton *plainButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAutoDefault(false);
    return button;
}

} // namespace

SourcePage::SourcePage(QWidget *parent)
    : PropertyPage(parent)
    , m_location(new QLineEdit)
    , m_layer(valueLabel())
    , m_kind(valueLabel())
    , m_count(valueLabel())
    , m_crs(valueLabel())
    , m_extent(valueLabel())
    , m_read(valueLabel())
    , m_every(new QComboBox)
    , m_corrections(new CorrectionFields)
{
    auto *choose = plainButton(tr("&Browse …"));
    auto *again = plainButton(tr("&Read again"));
    again->setIcon(icon(u"refresh"_s));
    auto *place = new QWidget;
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(m_location, 1);
    row->addWidget(choose);
    auto *reading = new QWidget;
    row = new QHBoxLayout(reading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(m_read, 1);
    row->addWidget(again);
    m_location->setAccessibleName(tr("Path of the source"));
    auto *form = formOn(this);
    form->addRow(tr("&Location:"), place);
    form->addRow(tr("Layer in it:"), m_layer);
    form->addRow(tr("Kind:"), m_kind);
    form->addRow(tr("Size:"), m_count);
    form->addRow(tr("Coordinates:"), m_crs);
    form->addRow(tr("Extent:"), m_extent);
    form->addRow(tr("Last read:"), reading);
    form->addRow(tr("&Fetch anew:"), m_every);
    m_every->setToolTip(tr("How often the server is asked anew while the layer is on the map"));
    m_form = form;
    form->addRow(secondaryLabel(tr("Where the file says nothing, or something wrong:")));
    form->addRow(m_corrections);
    connect(choose, &QPushButton::clicked, this, &SourcePage::chooseFile);
    connect(again, &QPushButton::clicked, this, &SourcePage::reloadRequested);
    connect(m_every, &QComboBox::activated, this, &PropertyPage::edited);
    connect(m_location, &QLineEdit::textEdited, this, &PropertyPage::edited);
    connect(m_corrections, &CorrectionFields::changed, this, &PropertyPage::edited);
}

void SourcePage::chooseFile()
{
    const auto now = m_location->text();
    auto *dialog = fileDialog(this, tr("Choose the file of this layer"), QFileInfo(now).path());
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_location->setText(QDir::toNativeSeparators(path));
        emit edited();
    });
    dialog->open();
}

void SourcePage::show(const LayerNode &node)
{
    if (!node.layer)
        return;
    const auto &layer = *node.layer;
    const auto description = layer.data ? layer.data->description : LayerDescription();
    m_location->setText(QDir::toNativeSeparators(layer.source.location));
    m_layer->setText(layer.source.layer.isEmpty() ? tr("the only one") : layer.source.layer);
    m_kind->setText(layer.data ? texts::kind(description) : tr("unknown"));
    const auto count = texts::count(description);
    m_count->setText(count.isEmpty()                             ? tr("unknown")
                         : description.kind == LayerKind::Raster ? count
                                                                 : tr("%1 objects").arg(count));
    m_crs->setText(texts::crs(description));
    m_extent->setText(texts::extent(description.extent, description.crs));
    m_read->setText(layer.loadedAt.isValid() ? QLocale().toString(layer.loadedAt, QLocale::ShortFormat)
                                             : tr("not yet"));
    showInterval(*m_every, layer.refreshEvery);
    m_form->setRowVisible(m_every, layer.source.isRemote());
    m_corrections->show(layer.source.options, description);
}

void SourcePage::store(LayerNode &node) const
{
    if (!node.layer)
        return;
    auto &source = node.layer->source;
    // shown with the system's separators; a place that was not touched must stay the same to the letter
    if (m_location->text() != QDir::toNativeSeparators(source.location))
        source.location = QDir::fromNativeSeparators(m_location->text().trimmed());
    source.options = m_corrections->corrected(source.options);
    node.layer->refreshEvery = std::chrono::seconds(m_every->currentData().toLongLong());
}

} // namespace hanseatlas
