// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QString>
#include <QStringList>

class QPainter;

namespace hanseatlas
{

/** @internal One kind of text on a sheet whose unit is the millimetre. Fonts only know whole pixels and hint for them,
 * so the text is set in a large unhinted font and scaled; it stays text on a vector device. */
class SheetText
{
public:
    explicit SheetText(double millimetres, QFont::Weight weight = QFont::Normal, QColor color = QColor(31, 41, 51));

    double size() const { return m_size; }
    double lineHeight() const { return m_size * 1.36; }
    /** From the top of a line to its baseline, so that capitals stand in the middle of the line. */
    double baseline() const;
    double capHeight() const;
    double width(const QString &text) const;
    /** Broken at words (at letters where a word is too long). Beyond `most` lines the last one ends in an ellipsis. */
    QStringList lines(const QString &text, double width, int most = -1) const;
    /** One line, its left end, middle or right end at `at` on the baseline. */
    void draw(QPainter &painter, QPointF at, const QString &text, Qt::Alignment alignment = Qt::AlignLeft) const;
    /** Lines below each other, the first one's top at `topLeft`. Returns the height. */
    double drawLines(QPainter &painter, QPointF topLeft, const QStringList &lines) const;

private:
    double scale() const;
    QFont m_font;
    QColor m_color;
    double m_size;
};

} // namespace hanseatlas
