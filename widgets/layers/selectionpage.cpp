// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/selectionpage.h"

#include "widgets/layers/descriptiontext.h"
#include "widgets/look/look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QFormLayout>
#include <QGridLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

constexpr int decimals = 12; ///< more than any service keeps

bool needsValue(const QString &comparison)
{
    return comparison != "empty"_L1 && comparison != "filled"_L1;
}

void fillComparisons(QComboBox &box)
{
    box.addItem(SelectionPage::tr("is"), u"="_s);
    box.addItem(SelectionPage::tr("is not"), u"<>"_s);
    box.addItem(SelectionPage::tr("is less than"), u"<"_s);
    box.addItem(SelectionPage::tr("is at most"), u"<="_s);
    box.addItem(SelectionPage::tr("is more than"), u">"_s);
    box.addItem(SelectionPage::tr("is at least"), u">="_s);
    box.addItem(SelectionPage::tr("is like (* and ?)"), u"like"_s);
    box.addItem(SelectionPage::tr("is empty"), u"empty"_s);
    box.addItem(SelectionPage::tr("is filled in"), u"filled"_s);
}

/** As it is typed here; numbers by the locale. */
QString typed(const QJsonValue &value)
{
    if (value.isDouble())
        return QLocale().toString(value.toDouble(), 'g', decimals).remove(QLocale().groupSeparator());
    if (value.isBool())
        return value.toBool() ? SelectionPage::tr("yes") : SelectionPage::tr("no");
    if (const auto date = value.toObject().value("date"_L1).toString(); !date.isEmpty())
        return date;
    return value.toString();
}

/** What was typed, as the field's type; undefined where it is none. */
QJsonValue valueFrom(const QString &text, FieldType type)
{
    switch (type) {
    case FieldType::Integer:
    case FieldType::Real: {
        bool ok = false;
        double number = QLocale().toDouble(text, &ok);
        if (!ok)
            number = QLocale::c().toDouble(text, &ok);
        return ok ? QJsonValue(number) : QJsonValue(QJsonValue::Undefined);
    }
    case FieldType::Boolean:
        return text.compare(SelectionPage::tr("yes"), Qt::CaseInsensitive) == 0 || text == "1"_L1
            || text.compare(u"true"_s, Qt::CaseInsensitive) == 0;
    case FieldType::Date:
    case FieldType::DateTime: {
        auto date = QDate::fromString(text, Qt::ISODate);
        if (!date.isValid())
            date = QLocale().toDate(text, QLocale::ShortFormat);
        if (!date.isValid())
            date = QDate::fromString(text, u"d.M.yyyy"_s);
        if (!date.isValid())
            return QJsonValue(QJsonValue::Undefined);
        return QJsonObject{{u"date"_s, date.toString(Qt::ISODate)}};
    }
    default:
        return text;
    }
}

} // namespace

SelectionPage::SelectionPage(QWidget *parent)
    : PropertyPage(parent)
    , m_onlyArea(new QCheckBox(tr("Only objects in an &area")))
    , m_areaText(secondaryLabel({}))
    , m_take(new QPushButton(tr("&Take what the map shows")))
    , m_none(secondaryLabel(tr("No conditions: all objects come.")))
    , m_grid(new QGridLayout)
{
    m_areaText->setTextFormat(Qt::PlainText);
    m_take->setAutoDefault(false);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(space::small);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 2);
    m_grid->setColumnStretch(2, 3);
    auto *add = new QPushButton(icon(u"plus"_s), tr("Add a &condition"));
    add->setAutoDefault(false);
    auto *form = formOn(this);
    form->addRow(m_onlyArea);
    form->addRow(m_areaText);
    auto *take = new QHBoxLayout;
    take->addWidget(m_take);
    take->addStretch();
    form->addRow(take);
    form->addRow(label(tr("Only objects for which all of this holds"), Type::Strong));
    form->addRow(m_none);
    form->addRow(m_grid);
    auto *below = new QHBoxLayout;
    below->addWidget(add);
    below->addStretch();
    form->addRow(below);
    form->addRow(secondaryLabel(tr("The service selects: nothing else is fetched."), Type::Caption));
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({});
        m_rows.back().field->setFocus();
        emit edited();
    });
    connect(m_take, &QPushButton::clicked, this, &SelectionPage::takeView);
    connect(m_onlyArea, &QCheckBox::clicked, this, [this](bool only) {
        if (only && m_area.isEmpty())
            return takeView();
        showArea();
        emit edited();
    });
}

bool SelectionPage::fits(const SourceRef &source)
{
    return source.provider == "wfs"_L1 || source.provider == "oaf"_L1 || source.provider == "postgis"_L1;
}

void SelectionPage::setView(const Extent &extent, const Crs &crs)
{
    m_view = extent;
    m_viewCrs = crs;
    showArea();
}

void SelectionPage::takeView()
{
    if (m_view.isEmpty())
        return;
    m_area = {{u"box"_s, QJsonArray{m_view.xMin, m_view.yMin, m_view.xMax, m_view.yMax}},
              {u"crs"_s, m_viewCrs.definition()}};
    m_onlyArea->setChecked(true);
    showArea();
    emit edited();
}

void SelectionPage::showArea()
{
    const auto box = m_area.value("box"_L1).toArray();
    const Extent extent{box.at(0).toDouble(), box.at(1).toDouble(), box.at(2).toDouble(), box.at(3).toDouble()};
    const bool known = box.size() == 4;
    m_areaText->setText(known ? texts::extent(extent, Crs::fromText(m_area.value("crs"_L1).toString())) : QString());
    m_areaText->setVisible(known && m_onlyArea->isChecked());
    m_take->setEnabled(!m_view.isEmpty());
}

FieldType SelectionPage::typeOf(const QString &field) const
{
    const auto found = std::ranges::find(m_fields, field, &Field::name);
    return found == m_fields.end() ? FieldType::Text : found->type;
}

void SelectionPage::addRow(const QJsonObject &condition)
{
    const int line = m_grid->rowCount();
    Row row{new QComboBox, new QComboBox, new QLineEdit, new QToolButton};
    row.field->setAccessibleName(tr("Field"));
    row.field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row.field->setMinimumContentsLength(10);
    for (const auto &field : std::as_const(m_fields))
        row.field->addItem(field.title.isEmpty() ? field.name : field.title, field.name);
    const auto name = condition.value("field"_L1).toString();
    if (!name.isEmpty() && row.field->findData(name) < 0)
        row.field->addItem(name, name); // the layer is not there yet
    row.field->setCurrentIndex(std::max(0, row.field->findData(name)));
    row.comparison->setAccessibleName(tr("Comparison"));
    fillComparisons(*row.comparison);
    row.comparison->setCurrentIndex(std::max(0, row.comparison->findData(condition.value("is"_L1).toString())));
    row.value->setAccessibleName(tr("Value"));
    row.value->setText(typed(condition.value("value"_L1)));
    row.remove->setIcon(icon(u"close"_s));
    row.remove->setAutoRaise(true);
    row.remove->setToolTip(tr("Remove the condition"));
    row.remove->setAccessibleName(tr("Remove the condition"));
    int column = 0;
    for (auto *widget : std::initializer_list<QWidget *>{row.field, row.comparison, row.value, row.remove})
        m_grid->addWidget(widget, line, column++);
    m_rows.push_back(row);
    m_none->hide();
    const auto changed = [this, row] {
        showRow(row);
        emit edited();
    };
    connect(row.field, &QComboBox::activated, this, changed);
    connect(row.comparison, &QComboBox::activated, this, changed);
    connect(row.value, &QLineEdit::textEdited, this, changed);
    connect(row.remove, &QToolButton::clicked, this, [this, button = row.remove] { removeRow(button); });
    showRow(row);
}

void SelectionPage::showRow(const Row &row) const
{
    const bool needed = needsValue(row.comparison->currentData().toString());
    row.value->setEnabled(needed);
    const auto type = typeOf(row.field->currentData().toString());
    const bool date = type == FieldType::Date || type == FieldType::DateTime;
    row.value->setPlaceholderText(!needed ? QString() : date ? tr("2024-05-31") : tr("Value"));
    const bool wrong = needed && !row.value->text().isEmpty() && conditionOf(row).isEmpty();
    row.value->setToolTip(wrong ? tr("This does not fit the field, and is left out.") : QString());
    auto colours = row.value->palette();
    colours.setColor(QPalette::Text, wrong ? tokens().error : tokens().text);
    row.value->setPalette(colours);
}

void SelectionPage::removeRow(QToolButton *button)
{
    const auto row = std::ranges::find(m_rows, button, &Row::remove);
    if (row == m_rows.end())
        return;
    for (auto *widget : std::initializer_list<QWidget *>{row->field, row->comparison, row->value, row->remove}) {
        m_grid->removeWidget(widget);
        widget->deleteLater();
    }
    m_rows.erase(row);
    m_none->setVisible(m_rows.empty());
    emit edited();
}

void SelectionPage::clearRows()
{
    for (const auto &row : m_rows) {
        for (auto *widget : std::initializer_list<QWidget *>{row.field, row.comparison, row.value, row.remove}) {
            m_grid->removeWidget(widget);
            delete widget;
        }
    }
    m_rows.clear();
    m_none->show();
}

void SelectionPage::show(const LayerNode &node)
{
    if (!node.layer)
        return;
    const auto &options = node.layer->source.options;
    if (node.layer->data)
        m_fields = node.layer->data->description.fields;
    m_area = options.value("extent"_L1).toObject();
    m_onlyArea->setChecked(!m_area.isEmpty());
    showArea();
    clearRows();
    for (const auto &condition : options.value("filter"_L1).toArray())
        addRow(condition.toObject());
}

QJsonObject SelectionPage::conditionOf(const Row &row) const
{
    const auto field = row.field->currentData().toString();
    const auto comparison = row.comparison->currentData().toString();
    QJsonObject condition{{u"field"_s, field}, {u"is"_s, comparison}};
    if (field.isEmpty() || !needsValue(comparison))
        return field.isEmpty() ? QJsonObject() : condition;
    const auto value = comparison == "like"_L1 ? QJsonValue(row.value->text().trimmed())
                                               : valueFrom(row.value->text().trimmed(), typeOf(field));
    if (value.isUndefined() || row.value->text().trimmed().isEmpty())
        return {};
    condition.insert(u"value"_s, value);
    return condition;
}

void SelectionPage::store(LayerNode &node) const
{
    if (!node.layer)
        return;
    auto &options = node.layer->source.options;
    QJsonArray conditions;
    for (const auto &row : m_rows) {
        if (const auto condition = conditionOf(row); !condition.isEmpty())
            conditions.append(condition);
    }
    if (conditions.isEmpty())
        options.remove("filter"_L1);
    else
        options.insert(u"filter"_s, conditions);
    if (m_onlyArea->isChecked() && !m_area.isEmpty())
        options.insert(u"extent"_s, m_area);
    else
        options.remove("extent"_L1);
}

} // namespace hanseatlas
