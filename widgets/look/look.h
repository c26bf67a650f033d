// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;
class QLabel;
class QWidget;

/** The program's look: colours, type, spacing, icons and a style on top of Qt's Fusion. Described with pictures in
 *  docs/design.md. GUI thread only. Sizes are logical pixels. */
namespace hanseatlas::look
{

enum class Appearance { System, Light, Dark };

/** Gives the program its style, palette and font. Called again to switch while it runs. With System it follows the
 *  desktop's light or dark setting from then on; where the desktop has none, light. */
void apply(QApplication &app, Appearance appearance = Appearance::System);

/** What colours are for. Every text colour has a contrast of at least 4.5:1 on every surface that it may stand on (see
 *  docs/design.md), outline and focus at least 3:1. */
struct Tokens {
    QColor surface; ///< windows and panels
    QColor raised; ///< cards, fields, lists, menus
    QColor sunken; ///< headers, grooves, wells
    QColor hover; ///< surface under the mouse
    QColor pressed; ///< surface under a pressed button; a checked tool
    QColor border; ///< quiet dividing lines and the edges of cards
    QColor outline; ///< edges of fields, boxes and buttons
    QColor text;
    QColor secondary; ///< explanations, units, placeholders
    QColor disabled;
    QColor accent; ///< default button, slider, progress, checked boxes; also text and icons
    QColor accentHover; ///< the default button under the mouse
    QColor onAccent; ///< text on accent
    QColor selection; ///< behind chosen rows and chosen text; text stays text
    QColor focus; ///< keyboard focus ring
    QColor link;
    QColor brand; ///< the brick of the Holstentor: the mark, the running theme; never for errors
    QColor onBrand; ///< text on brand
    QColor info; ///< text and icons, as are the next three
    QColor success;
    QColor warning;
    QColor error;
    QColor infoSoft; ///< behind a message of this kind
    QColor successSoft;
    QColor warningSoft;
    QColor errorSoft;
};

const Tokens &tokens(bool dark);
/** The colours that are in use now. */
const Tokens &tokens();
bool isDark(const QPalette &palette);
QPalette palette(const Tokens &tokens);
/** (L1 + 0.05) / (L2 + 0.05) as in WCAG 2.2, 1 … 21. Both colours opaque. */
double contrast(const QColor &a, const QColor &b);

/** Distances: a grid of 4. */
namespace space
{
inline constexpr int tiny = 4; ///< between an icon and its text
inline constexpr int small = 8; ///< between fields that belong together
inline constexpr int medium = 12; ///< inside panels and cards
inline constexpr int large = 16; ///< between groups; inside dialogs
inline constexpr int huge = 24; ///< around empty states and titles
} // namespace space

inline constexpr int radius = 6; ///< corners of fields, buttons, cards
inline constexpr int controlHeight = 32; ///< least height of what can be clicked in forms and tool bars
inline constexpr int rowHeight = 30; ///< least height of a row in lists, trees and menus
inline constexpr int iconSize = 20; ///< tool bars, panels
inline constexpr int smallIconSize = 16; ///< menus, rows

/** Steps of type, relative to the font that the user has chosen for the desktop. */
enum class Type {
    Caption, ///< 0.87 ×: scale, sources, axis texts
    Body, ///< 1 ×
    Strong, ///< 1 ×, demi-bold
    Heading, ///< 1.15 ×, demi-bold: a panel's or card's title
    Title, ///< 1.5 ×, demi-bold: a dialog's or empty page's title
    Mono, ///< 1 ×, even digits: coordinates, tables of numbers
};
QFont font(Type type);
/** The widget keeps this step of type, also when the desktop's font changes. */
void setType(QWidget *widget, Type type);

/** A label with this step of type; secondary: in the secondary text colour. Wraps where `wrap` is set. */
QLabel *label(const QString &text, Type type = Type::Body, QWidget *parent = nullptr);
QLabel *secondaryLabel(const QString &text, Type type = Type::Body, QWidget *parent = nullptr);

enum class Tint { Text, Secondary, Accent, OnAccent, Brand, Info, Success, Warning, Error };

/** One of resources/icons, e.g. "zoom-in". It takes its colour from the palette at the moment of painting, so it
 * follows a switch between light and dark; disabled and checked are its own states. An unknown name gives a null icon.
 */
QIcon icon(const QString &name, Tint tint = Tint::Text);
/** All names that icon() knows, sorted. */
QStringList iconNames();
/** The program's mark, in its own colours. */
QIcon appIcon();

} // namespace hanseatlas::look
