// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/propertypages.h"

#include "widgets/layers/descriptiontext.h"
#include "widgets/look/look.h"
#include "widgets/look/messagebar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QHash>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QLabel *plainLabel()
{
    auto *made = secondaryLabel({});
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return made;
}

QTreeWidget *tableOn(QWidget *page, const QStringList &headers, const QString &name)
{
    auto *table = new QTreeWidget;
    table->setHeaderLabels(headers);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(false);
    table->setAccessibleName(name);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setTextElideMode(Qt::ElideRight);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(table);
    return table;
}

QStringList notesOf(const Layer &layer)
{
    if (!layer.data)
        return {};
    auto notes = layer.data->description.notes;
    if (layer.data->features)
        notes = layer.data->features->notes + notes;
    if (const auto n = layer.data->invalid.size(); n > 0)
        notes.prepend(
            GeneralPage::tr("%1 invalid areas are outlined on the map.").arg(QLocale().toString(qulonglong(n))));
    notes.removeDuplicates();
    return notes;
}

QString statisticsOf(const Layer &layer)
{
    if (!layer.data)
        return GeneralPage::tr("Nothing is loaded yet.");
    if (!layer.data->features)
        return texts::kind(layer.data->description);
    const auto &set = *layer.data->features;
    const QLocale locale;
    return GeneralPage::tr("%1 objects with %2 points, %3 in memory")
        .arg(locale.toString(qulonglong(set.size())), locale.toString(qulonglong(set.vertices.size())),
             locale.formattedDataSize(qint64(set.bytes())));
}

QString textOf(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const auto &part : value.toArray())
            parts << textOf(part);
        return parts.join(u'\n');
    }
    if (value.isBool())
        return value.toBool() ? MetadataPage::tr("yes") : MetadataPage::tr("no");
    return value.isDouble() ? QLocale().toString(value.toDouble(), 'g', 12) : value.toVariant().toString();
}

/** Keys that many formats have in common; others stand as the file has them. */
QString keyTitle(const QString &key)
{
    static const QHash<QString, const char *> known{
        {u"description"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Description")},
        {u"abstract"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Summary")},
        {u"identifier"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Identifier")},
        {u"title"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Title")},
        {u"name"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Name")},
        {u"attribution"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Attribution")},
        {u"author"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Author")},
        {u"format"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Format")},
        {u"version"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Version")},
        {u"bounds"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Extent")},
        {u"minzoom"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Smallest zoom level")},
        {u"maxzoom"_s, QT_TRANSLATE_NOOP("hanseatlas::MetadataPage", "Largest zoom level")}};
    const auto *title = known.value(key.toLower());
    return title ? MetadataPage::tr(title) : key;
}

} // namespace

QFormLayout *formOn(QWidget *page)
{
    auto *content = new QWidget;
    auto *form = new QFormLayout(content);
    form->setContentsMargins(0, 0, space::small, 0);
    form->setHorizontalSpacing(space::large);
    form->setVerticalSpacing(space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    return form;
}

GeneralPage::GeneralPage(QWidget *parent)
    : PropertyPage(parent)
    , m_state(new MessageBar(MessageBar::Kind::Error))
    , m_title(new QLineEdit)
    , m_explanation(new QPlainTextEdit)
    , m_statistics(plainLabel())
    , m_notes(plainLabel())
    , m_form(formOn(this))
{
    m_state->setClosable(false);
    m_explanation->setTabChangesFocus(true);
    m_explanation->setPlaceholderText(tr("What the map's readers should know about this layer"));
    m_explanation->setMinimumHeight(96);
    m_form->addRow(m_state);
    m_form->addRow(tr("&Title:"), m_title);
    m_form->addRow(tr("&Explanation:"), m_explanation);
    m_form->addRow(tr("Loaded:"), m_statistics);
    m_form->addRow(tr("Notes:"), m_notes);
    connect(m_title, &QLineEdit::textEdited, this, &PropertyPage::edited);
    connect(m_explanation, &QPlainTextEdit::textChanged, this, &PropertyPage::edited);
}

void GeneralPage::show(const LayerNode &node)
{
    const auto *layer = node.layer ? &*node.layer : nullptr;
    if (const auto title = layer ? layer->title : node.title; m_title->text() != title)
        m_title->setText(title);
    if (layer && m_explanation->toPlainText() != layer->explanation)
        m_explanation->setPlainText(layer->explanation);
    const bool failed = layer && layer->state == LayerState::Failed;
    if (failed)
        m_state->setError(layer->error);
    m_form->setRowVisible(m_state, failed);
    for (auto *row : {static_cast<QWidget *>(m_explanation), static_cast<QWidget *>(m_statistics)})
        m_form->setRowVisible(row, layer);
    const auto notes = layer ? notesOf(*layer) : QStringList();
    m_form->setRowVisible(m_notes, !notes.isEmpty());
    m_notes->setText(notes.join(u'\n'));
    m_statistics->setText(layer ? statisticsOf(*layer) : QString());
}

void GeneralPage::store(LayerNode &node) const
{
    const auto title = m_title->text().trimmed();
    if (!title.isEmpty())
        (node.layer ? node.layer->title : node.title) = title;
    if (node.layer)
        node.layer->explanation = m_explanation->toPlainText().trimmed();
}

FieldsPage::FieldsPage(QWidget *parent)
    : PropertyPage(parent)
    , m_table(tableOn(this, {tr("Field"), tr("Title"), tr("Type"), tr("Unit")}, tr("Fields of the layer")))
{
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(1, QHeaderView::Stretch);
}

void FieldsPage::show(const LayerNode &node)
{
    m_table->clear();
    if (!node.layer || !node.layer->data)
        return;
    for (const auto &field : node.layer->data->description.fields)
        new QTreeWidgetItem(m_table, {field.name, field.title, texts::fieldType(field.type), field.unit});
}

MetadataPage::MetadataPage(QWidget *parent)
    : PropertyPage(parent)
    , m_table(tableOn(this, {tr("What"), tr("Statement")}, tr("What the file says about itself")))
{
    m_table->setWordWrap(true);
    m_table->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

void MetadataPage::show(const LayerNode &node)
{
    m_table->clear();
    if (!node.layer || !node.layer->data)
        return;
    const auto &metadata = node.layer->data->description.metadata;
    for (auto it = metadata.begin(); it != metadata.end(); ++it) {
        if (!it.value().isObject()) {
            new QTreeWidgetItem(m_table, {keyTitle(it.key()), textOf(it.value())});
            continue;
        }
        auto *head = new QTreeWidgetItem(m_table, {keyTitle(it.key())});
        const auto inner = it.value().toObject();
        for (auto part = inner.begin(); part != inner.end(); ++part)
            new QTreeWidgetItem(head, {keyTitle(part.key()), textOf(part.value())});
        head->setExpanded(true);
    }
    m_table->setRootIsDecorated(std::ranges::any_of(metadata, [](const QJsonValue &v) { return v.isObject(); }));
}

ProvenancePage::ProvenancePage(QWidget *parent)
    : PropertyPage(parent)
    , m_source(new QLineEdit)
    , m_licence(new QComboBox)
    , m_attribution(new QLineEdit)
    , m_dated(new QCheckBox(tr("&Known:")))
    , m_date(new QDateEdit)
    , m_personal(new QCheckBox(tr("Contains &personal data: kept out of exports unless chosen")))
    , m_demo(new QCheckBox(tr("&Demonstration data: map and exports say so")))
{
    m_licence->setEditable(true);
    m_licence->addItems({u"dl-de/zero-2-0"_s, u"dl-de/by-2-0"_s, u"CC0-1.0"_s, u"CC-BY-4.0"_s, u"ODbL-1.0"_s});
    m_date->setCalendarPopup(true);
    m_date->setDisplayFormat(
        QLocale().dateFormat(QLocale::ShortFormat).replace("yyyy"_L1, "yy"_L1).replace("yy"_L1, "yyyy"_L1));
    auto *date = new QWidget;
    auto *row = new QHBoxLayout(date);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_dated);
    row->addWidget(m_date, 1);
    auto *form = formOn(this);
    form->addRow(tr("&Source:"), m_source);
    form->addRow(tr("&Licence:"), m_licence);
    form->addRow(tr("Text to &show:"), m_attribution);
    form->addRow(tr("State of the data:"), date);
    form->addRow(m_personal);
    form->addRow(m_demo);
    m_attribution->setPlaceholderText(tr("The source, where the licence wants no other words"));
    for (auto *line : {m_source, m_attribution})
        connect(line, &QLineEdit::textEdited, this, &PropertyPage::edited);
    connect(m_licence, &QComboBox::currentTextChanged, this, &PropertyPage::edited);
    connect(m_date, &QDateEdit::dateChanged, this, &PropertyPage::edited);
    for (auto *box : {m_dated, m_personal, m_demo})
        connect(box, &QCheckBox::toggled, this, &PropertyPage::edited);
    connect(m_dated, &QCheckBox::toggled, m_date, &QWidget::setEnabled);
}

void ProvenancePage::show(const LayerNode &node)
{
    if (!node.layer)
        return;
    const auto &provenance = node.layer->provenance;
    m_source->setText(provenance.source);
    m_licence->setEditText(provenance.licence);
    m_attribution->setText(provenance.attribution);
    m_dated->setChecked(provenance.dataTime.isValid());
    m_date->setEnabled(provenance.dataTime.isValid());
    m_date->setDate(provenance.dataTime.isValid() ? provenance.dataTime.date() : QDate::currentDate());
    m_personal->setChecked(provenance.personal);
    m_demo->setChecked(provenance.demo);
}

void ProvenancePage::store(LayerNode &node) const
{
    if (!node.layer)
        return;
    auto &provenance = node.layer->provenance;
    provenance.source = m_source->text().trimmed();
    provenance.licence = m_licence->currentText().trimmed();
    provenance.attribution = m_attribution->text().trimmed();
    provenance.personal = m_personal->isChecked();
    provenance.demo = m_demo->isChecked();
    if (!m_dated->isChecked())
        provenance.dataTime = {};
    else if (!provenance.dataTime.isValid() || provenance.dataTime.date() != m_date->date())
        provenance.dataTime = m_date->date().startOfDay(); // a known time of day stays while the day does
}

} // namespace hanseatlas
