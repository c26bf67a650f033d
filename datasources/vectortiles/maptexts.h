// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QHash>
#include <QPainterPath>
#include <QStringList>

#include <vector>

namespace hanseatlas
{

/** The system's font for a stack of a style's ("Open Sans Semibold Italic", …): the first family that is installed,
 * else the program's own, in that weight. Needs a QGuiApplication; any thread. */
QFont mapFont(const QStringList &stack);

/** How a text is set; lengths in pixels. */
struct TextForm {
    QStringList fonts;
    double size = 16;
    double maxWidth = 0; ///< 0 = one line
    double lineHeight = 1.2; ///< of the size
    double spacing = 0; ///< between letters
    int justify = 0; ///< -1 left, 0 middle, 1 right
    bool operator==(const TextForm &) const = default;
};

/** A text as outlines, round its middle. */
struct TextShape {
    QPainterPath path;
    QSizeF size;
};

/** A letter of a text along a line: its outline begins at 0 on the base line that runs through its middle's height. */
struct TextLetter {
    QPainterPath path;
    double advance = 0;
};

/** Sets texts. One thread. */
class TextSetter
{
public:
    TextShape shape(const QString &text, const TextForm &form);
    std::vector<TextLetter> letters(const QString &text, const TextForm &form);

private:
    const QFont &font(const QStringList &stack);
    QHash<QStringList, QFont> m_fonts;
};

} // namespace hanseatlas
