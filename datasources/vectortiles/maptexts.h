// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainterPath>
#include <QStringList>

#include <map>
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

/** A letter of a text along a line. */
struct TextLetter {
    const QPainterPath *path = nullptr; ///< begins at 0 on a line through its middle's height; lives as the setter does
    double scale = 1; ///< of the path
    double advance = 0; ///< pixels
};

/** Sets texts. Measuring is cheap, outlines are not: they are made for what found its place. One thread. */
class TextSetter
{
public:
    QSizeF size(const QString &text, const TextForm &form);
    TextShape shape(const QString &text, const TextForm &form);
    /** One by one: in writings whose letters join they would not be right. */
    std::vector<TextLetter> letters(const QString &text, const TextForm &form);

private:
    struct Letter {
        QPainterPath path;
        double advance = 0;
    };
    struct Face {
        QFont font;
        double capHeight = 0;
        std::map<QString, Letter> letters;
    };
    struct Setting {
        QStringList lines;
        std::vector<double> widths;
        double width = 0, height = 0, step = 0;
    };
    Face &face(const QStringList &stack);
    Letter &letter(Face &face, const QString &character);
    Setting setting(const QString &text, const TextForm &form);

    std::map<QStringList, Face> m_faces;
};

} // namespace hanseatlas
