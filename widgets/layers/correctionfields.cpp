// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/correctionfields.h"

#include "widgets/layers/descriptiontext.h"
#include "widgets/look/look.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

const auto crsKey = u"crs"_s;
const auto encodingKey = u"encoding"_s;

/** What turns up in northern Germany, the likely ones first. */
constexpr int usualCrs[] = {25832, 25833, 31467, 4326, 3857, 4647, 5678, 4258, 31468, 7415};
constexpr const char *usualEncodings[] = {"UTF-8", "ISO-8859-1", "ISO-8859-15", "windows-1252", "CP850", "CP437"};

} // namespace

CorrectionFields::CorrectionFields(QWidget *parent)
    : QWidget(parent)
    , m_crs(new QComboBox)
    , m_encoding(new QComboBox)
    , m_problem(look::secondaryLabel({}, look::Type::Caption))
{
    m_crs->setEditable(true);
    m_crs->setInsertPolicy(QComboBox::NoInsert);
    m_crs->completer()->setFilterMode(Qt::MatchContains);
    m_crs->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_crs->addItem(QString(), QString());
    for (const int code : usualCrs) {
        const auto crs = Crs::fromEpsg(code);
        m_crs->addItem(crs.id() + u" – "_s + crs.name(), crs.id());
    }
    m_encoding->addItem(QString(), QString());
    for (const auto *name : usualEncodings)
        m_encoding->addItem(QString::fromLatin1(name), QString::fromLatin1(name));
    for (auto *combo : {m_crs, m_encoding}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(24);
    }
    m_problem->hide();
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Coordinates:"), m_crs);
    form->addRow(QString(), m_problem);
    form->addRow(tr("&Encoding of texts:"), m_encoding);
    form->setRowVisible(m_problem, false);
    connect(m_crs, &QComboBox::currentIndexChanged, this, &CorrectionFields::check);
    connect(m_crs->lineEdit(), &QLineEdit::editingFinished, this, &CorrectionFields::check);
    connect(m_encoding, &QComboBox::currentIndexChanged, this, &CorrectionFields::changed);
}

void CorrectionFields::show(const QJsonObject &options, const LayerDescription &description)
{
    const QSignalBlocker blockCrs(m_crs), blockEncoding(m_encoding);
    const auto crs = options[crsKey].toString();
    const auto stated = crs.isEmpty() && description.crs.isValid() ? texts::shortCrs(description.crs) : QString();
    m_crs->setItemText(0, stated.isEmpty() ? tr("As the file says") : tr("As the file says (%1)").arg(stated));
    int index = crs.isEmpty() ? 0 : m_crs->findData(crs);
    if (index < 0) {
        m_crs->addItem(texts::shortCrs(Crs::fromText(crs)), crs);
        index = m_crs->count() - 1;
    }
    m_crs->setCurrentIndex(index);
    const auto encoding = options[encodingKey].toString();
    const auto found = encoding.isEmpty() ? description.encoding : QString();
    m_encoding->setItemText(0, found.isEmpty() ? tr("As the file says") : tr("As the file says (%1)").arg(found));
    index = encoding.isEmpty() ? 0 : m_encoding->findData(encoding, Qt::UserRole, Qt::MatchFixedString);
    if (index < 0) {
        m_encoding->addItem(encoding, encoding);
        index = m_encoding->count() - 1;
    }
    m_encoding->setCurrentIndex(index);
    static_cast<QFormLayout *>(layout())->setRowVisible(m_problem, false);
}

QString CorrectionFields::chosenCrs() const
{
    const int index = m_crs->currentIndex();
    const auto typed = m_crs->currentText().trimmed();
    if (index >= 0 && m_crs->itemText(index) == m_crs->currentText())
        return m_crs->itemData(index).toString();
    bool isNumber = false;
    const int code = typed.toInt(&isNumber); // "31467" is what people remember
    return isNumber ? u"EPSG:%1"_s.arg(code) : typed;
}

bool CorrectionFields::isValid() const
{
    const auto crs = chosenCrs();
    return crs.isEmpty() || Crs::fromText(crs).isValid();
}

void CorrectionFields::check()
{
    const bool valid = isValid();
    m_problem->setText(tr("No coordinate reference system has this name. Give an EPSG number, e.g. 25832."));
    static_cast<QFormLayout *>(layout())->setRowVisible(m_problem, !valid);
    if (valid)
        emit changed();
}

QJsonObject CorrectionFields::corrected(QJsonObject options) const
{
    auto put = [&](const QString &key, const QString &value) {
        if (value.isEmpty())
            options.remove(key);
        else
            options[key] = value;
    };
    if (isValid())
        put(crsKey, chosenCrs());
    put(encodingKey, m_encoding->currentData().toString());
    return options;
}

} // namespace hanseatlas
