// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/look.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace hanseatlas::look
{

namespace
{

const Tokens lightTokens{
    .surface = QRgb(0xFFF5F6F8),
    .raised = QRgb(0xFFFFFFFF),
    .sunken = QRgb(0xFFECEFF2),
    .hover = QRgb(0xFFE8ECF0),
    .pressed = QRgb(0xFFDBE1E8),
    .border = QRgb(0xFFDCE0E6),
    .outline = QRgb(0xFF7C8794),
    .text = QRgb(0xFF1A232E),
    .secondary = QRgb(0xFF515D6B),
    .disabled = QRgb(0xFF98A1AC),
    .accent = QRgb(0xFF1B5583),
    .accentHover = QRgb(0xFF14466E),
    .onAccent = QRgb(0xFFFFFFFF),
    .selection = QRgb(0xFFD6E6F4),
    .focus = QRgb(0xFF2B7BBF),
    .link = QRgb(0xFF1B5583),
    .brand = QRgb(0xFF9E3B2F),
    .onBrand = QRgb(0xFFFFFFFF),
    .info = QRgb(0xFF1B5583),
    .success = QRgb(0xFF1F6640),
    .warning = QRgb(0xFF7D4C00),
    .error = QRgb(0xFFA8231F),
    .infoSoft = QRgb(0xFFE4EFF8),
    .successSoft = QRgb(0xFFE2F2E8),
    .warningSoft = QRgb(0xFFFBF0D9),
    .errorSoft = QRgb(0xFFFBE6E4),
};

const Tokens darkTokens{
    .surface = QRgb(0xFF1C2129),
    .raised = QRgb(0xFF242A33),
    .sunken = QRgb(0xFF161A20),
    .hover = QRgb(0xFF2C343F),
    .pressed = QRgb(0xFF37414E),
    .border = QRgb(0xFF363F4B),
    .outline = QRgb(0xFF818D9B),
    .text = QRgb(0xFFE7EAEE),
    .secondary = QRgb(0xFFAEB8C4),
    .disabled = QRgb(0xFF6B7684),
    .accent = QRgb(0xFF86BCE8),
    .accentHover = QRgb(0xFFA3CDF0),
    .onAccent = QRgb(0xFF0D2233),
    .selection = QRgb(0xFF2A4661),
    .focus = QRgb(0xFF6FB0E4),
    .link = QRgb(0xFF86BCE8),
    .brand = QRgb(0xFFF2AB9F),
    .onBrand = QRgb(0xFF33100B),
    .info = QRgb(0xFF86BCE8),
    .success = QRgb(0xFF84CFA0),
    .warning = QRgb(0xFFEBBF6E),
    .error = QRgb(0xFFF4A39B),
    .infoSoft = QRgb(0xFF203446),
    .successSoft = QRgb(0xFF1E3829),
    .warningSoft = QRgb(0xFF3B3019),
    .errorSoft = QRgb(0xFF432624),
};

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

} // namespace

const Tokens &tokens(bool dark)
{
    return dark ? darkTokens : lightTokens;
}

const Tokens &tokens()
{
    return tokens(isDark(QGuiApplication::palette()));
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

QPalette palette(const Tokens &t)
{
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor &color, const QColor &disabled) {
        p.setColor(QPalette::All, role, color);
        p.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, t.surface, t.surface);
    set(QPalette::WindowText, t.text, t.disabled);
    set(QPalette::Base, t.raised, t.surface);
    set(QPalette::AlternateBase, t.surface, t.surface);
    set(QPalette::Text, t.text, t.disabled);
    set(QPalette::PlaceholderText, t.secondary, t.disabled);
    set(QPalette::Button, t.raised, t.surface);
    set(QPalette::ButtonText, t.text, t.disabled);
    set(QPalette::BrightText, t.error, t.disabled);
    set(QPalette::Light, t.raised, t.raised);
    set(QPalette::Midlight, t.hover, t.hover);
    set(QPalette::Mid, t.border, t.border);
    set(QPalette::Dark, t.outline, t.border);
    set(QPalette::Shadow, t.outline, t.border);
    // Text keeps its colour when it is selected: the calm way, and icons in rows need no second colour.
    set(QPalette::Highlight, t.selection, t.pressed);
    set(QPalette::HighlightedText, t.text, t.disabled);
    set(QPalette::Accent, t.accent, t.disabled);
    set(QPalette::Link, t.link, t.disabled);
    set(QPalette::LinkVisited, t.link, t.disabled);
    set(QPalette::ToolTipBase, t.raised, t.raised);
    set(QPalette::ToolTipText, t.text, t.text);
    return p;
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace hanseatlas::look
