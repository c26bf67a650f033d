// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/scalebox.h"

#include "layers/map/credits.h"
#include "widgets/map/coordinatetext.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace hanseatlas
{

namespace
{

constexpr double usualScales[] = {250, 500, 1000, 2000, 2500, 5000, 10000, 15000, 25000, 50000, 100000, 200000};

/** Three digits are all that one reads: 1:5 013 is shown, 1:123 457 is 1:123 000. */
double readable(double scale)
{
    if (scale < 10000)
        return std::round(scale);
    const double step = std::pow(10, std::floor(std::log10(scale)) - 2);
    return std::round(scale / step) * step;
}

} // namespace

ScaleBox::ScaleBox(QWidget *parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setCompleter(nullptr);
    setMaxVisibleItems(int(std::size(usualScales)));
    setAccessibleName(tr("Scale"));
    setToolTip(tr("Scale of the map: choose one or type it, for example 1:2 500"));
    for (const double scale : usualScales)
        addItem(scaleText(scale), scale);
    setMinimumContentsLength(11);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(this, &QComboBox::activated, this, [this](int index) {
        // Enter in the field ends here too, with the item that has the text of it, if any.
        if (index < 0 || itemData(index).toDouble() == m_scale)
            return;
        m_scale = itemData(index).toDouble();
        showScale();
        emit scaleChosen(m_scale);
    });
    connect(lineEdit(), &QLineEdit::returnPressed, this, [this] { choose(lineEdit()->text()); });
    connect(lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (!lineEdit()->hasFocus()) // after Enter a typing error can be corrected
            showScale();
    });
    lineEdit()->installEventFilter(this);
}

void ScaleBox::setScale(double denominator)
{
    m_scale = denominator;
    if (!(lineEdit()->hasFocus() && lineEdit()->isModified()))
        showScale();
}

void ScaleBox::showScale()
{
    const QSignalBlocker quiet(this);
    setCurrentIndex(-1);
    setEditText(m_scale > 0 ? scaleText(readable(m_scale)) : QString());
    lineEdit()->setModified(false);
}

void ScaleBox::choose(const QString &text)
{
    if (!lineEdit()->isModified()) // Qt says Enter more than once
        return;
    const auto scale = parseScale(text, locale());
    if (!scale) {
        lineEdit()->selectAll();
        return;
    }
    m_scale = *scale;
    showScale();
    lineEdit()->selectAll();
    emit scaleChosen(m_scale);
}

bool ScaleBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == lineEdit() && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        showScale();
        lineEdit()->selectAll();
        return true;
    }
    return QComboBox::eventFilter(watched, event);
}

} // namespace hanseatlas
