// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/map/sheettext_p.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QTextLayout>

namespace hanseatlas
{

namespace
{

constexpr int setting = 100; ///< pixels of the font's em before scaling

} // namespace

SheetText::SheetText(double millimetres, QFont::Weight weight, QColor color)
    : m_font(QGuiApplication::font())
    , m_color(color)
    , m_size(millimetres)
{
    m_font.setPixelSize(setting);
    m_font.setWeight(weight);
    m_font.setHintingPreference(QFont::PreferNoHinting);
    m_font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferOutline | QFont::PreferAntialias));
}

double SheetText::scale() const
{
    return m_size / setting;
}

double SheetText::capHeight() const
{
    return QFontMetricsF(m_font).capHeight() * scale();
}

double SheetText::baseline() const
{
    return (lineHeight() + capHeight()) / 2;
}

double SheetText::width(const QString &text) const
{
    return QFontMetricsF(m_font).horizontalAdvance(text) * scale();
}

QStringList SheetText::lines(const QString &text, double width, int most) const
{
    QStringList result;
    for (const auto &paragraph : text.split(u'\n', Qt::SkipEmptyParts)) {
        QTextLayout layout(paragraph, m_font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(std::max(width, m_size) / scale());
            result << paragraph.mid(line.textStart(), line.textLength()).trimmed();
        }
        layout.endLayout();
    }
    if (most > 0 && result.size() > most) {
        const QString rest = result.mid(most - 1).join(u' ');
        result.resize(most);
        result.back() = QFontMetricsF(m_font).elidedText(rest, Qt::ElideRight, width / scale());
    }
    return result;
}

void SheetText::draw(QPainter &painter, QPointF at, const QString &text, Qt::Alignment alignment) const
{
    if (text.isEmpty())
        return;
    double x = 0;
    if (alignment & Qt::AlignRight)
        x = -width(text);
    else if (alignment & Qt::AlignHCenter)
        x = -width(text) / 2;
    painter.save();
    painter.translate(at.x() + x, at.y());
    painter.scale(scale(), scale());
    painter.setFont(m_font);
    painter.setPen(m_color);
    painter.drawText(QPointF(0, 0), text);
    painter.restore();
}

double SheetText::drawLines(QPainter &painter, QPointF topLeft, const QStringList &lines) const
{
    double y = 0;
    for (const auto &line : lines) {
        draw(painter, topLeft + QPointF(0, y + baseline()), line);
        y += lineHeight();
    }
    return y;
}

} // namespace hanseatlas
