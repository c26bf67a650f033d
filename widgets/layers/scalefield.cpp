// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/scalefield.h"

#include <QLineEdit>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hanseatlas
{
namespace
{

constexpr double usual[] = {250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000};

QString textOf(double denominator)
{
    return denominator > 0 ? u"1:"_s + QLocale().toString(denominator, 'f', 0) : ScaleField::tr("No limit");
}

} // namespace

ScaleField::ScaleField(QWidget *parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(NoInsert);
    addItem(textOf(0));
    for (const double denominator : usual)
        addItem(textOf(denominator));
    connect(lineEdit(), &QLineEdit::editingFinished, this, [this] {
        setDenominator(denominator()); // shows what was understood
        emit changed();
    });
    connect(this, &QComboBox::activated, this, &ScaleField::changed);
}

double ScaleField::denominator() const
{
    auto text = currentText();
    text = text.mid(text.indexOf(u':') + 1);
    QString digits;
    for (const auto c : std::as_const(text)) { // whatever separates thousands, here or in another country
        if (c.isDigit())
            digits += c;
    }
    return digits.toDouble();
}

void ScaleField::setDenominator(double denominator)
{
    setEditText(textOf(denominator));
}

} // namespace hanseatlas
