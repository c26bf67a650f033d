// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/maptexts.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int drawnAt = 64; ///< pixels: outlines are made at one size without hinting, and scaled
constexpr qsizetype longestText = 500;
constexpr int mostLines = 12;

struct FontWord {
    QLatin1StringView word;
    QFont::Weight weight;
};

constexpr std::array<FontWord, 14> weights{{{"thin"_L1, QFont::Thin},
                                            {"extralight"_L1, QFont::ExtraLight},
                                            {"light"_L1, QFont::Light},
                                            {"regular"_L1, QFont::Normal},
                                            {"normal"_L1, QFont::Normal},
                                            {"book"_L1, QFont::Normal},
                                            {"medium"_L1, QFont::Medium},
                                            {"semibold"_L1, QFont::DemiBold},
                                            {"demibold"_L1, QFont::DemiBold},
                                            {"demi"_L1, QFont::DemiBold},
                                            {"bold"_L1, QFont::Bold},
                                            {"extrabold"_L1, QFont::ExtraBold},
                                            {"heavy"_L1, QFont::Black},
                                            {"black"_L1, QFont::Black}}};

/** "Noto Sans Bold Italic" taken apart. */
struct FontName {
    QString family;
    QFont::Weight weight = QFont::Normal;
    bool italic = false, condensed = false;

    explicit FontName(const QString &name)
    {
        auto words = name.simplified().replace(u'-', u' ').split(u' ');
        while (words.size() > 1) {
            const auto last = words.last().toLower();
            const auto known = std::ranges::find(weights, last, [](const FontWord &w) { return QString(w.word); });
            if (last == "italic"_L1 || last == "oblique"_L1)
                italic = true;
            else if (last == "condensed"_L1)
                condensed = true;
            else if (known != weights.end())
                weight = known->weight;
            else
                break;
            words.removeLast();
        }
        family = words.join(u' ');
    }
};

/** At spaces, into lines of about the same length. */
QStringList wrapped(const QString &text, double widest, const QFontMetricsF &metrics)
{
    QStringList lines;
    for (const auto &paragraph : text.split(u'\n')) {
        const double whole = metrics.horizontalAdvance(paragraph);
        const double wanted = widest > 0 && whole > widest ? whole / std::ceil(whole / widest) : whole;
        QString line;
        for (const auto &word : paragraph.split(u' ', Qt::SkipEmptyParts)) {
            const auto longer = line.isEmpty() ? word : line + u' ' + word;
            if (!line.isEmpty() && metrics.horizontalAdvance(longer) > wanted * 1.12) {
                lines.append(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.append(line);
    }
    return lines.first(std::min<qsizetype>(lines.size(), mostLines));
}

} // namespace

QFont mapFont(const QStringList &stack)
{
    const FontName first(stack.isEmpty() ? QString() : stack.front());
    QFont font = QGuiApplication::font();
    for (const auto &name : stack) {
        const FontName parts(name);
        if (QFontDatabase::hasFamily(parts.family)) {
            font.setFamilies({parts.family});
            break;
        }
    }
    font.setWeight(first.weight);
    font.setItalic(first.italic);
    if (first.condensed)
        font.setStretch(QFont::SemiCondensed);
    font.setPixelSize(drawnAt);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

const QFont &TextSetter::font(const QStringList &stack)
{
    auto place = m_fonts.find(stack);
    if (place == m_fonts.end())
        place = m_fonts.insert(stack, mapFont(stack));
    return *place;
}

TextShape TextSetter::shape(const QString &whole, const TextForm &form)
{
    auto font = this->font(form.fonts);
    const double scale = form.size / drawnAt;
    if (form.spacing != 0)
        font.setLetterSpacing(QFont::AbsoluteSpacing, form.spacing / scale);
    const QFontMetricsF metrics(font);
    const auto lines = wrapped(whole.left(longestText), form.maxWidth / scale, metrics);
    double width = 0;
    for (const auto &line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    const double step = form.lineHeight * drawnAt, height = step * double(lines.size() - 1);
    QPainterPath path;
    double base = -height / 2 + metrics.capHeight() / 2;
    for (const auto &line : lines) {
        const double rest = width - metrics.horizontalAdvance(line);
        const double indent = form.justify < 0 ? 0 : form.justify > 0 ? rest : rest / 2;
        path.addText(-width / 2 + indent, base, font, line);
        base += step;
    }
    path.setFillRule(Qt::WindingFill);
    return {QTransform::fromScale(scale, scale).map(path), QSizeF(width, height + metrics.capHeight() * 1.5) * scale};
}

std::vector<TextLetter> TextSetter::letters(const QString &whole, const TextForm &form)
{
    const auto &font = this->font(form.fonts);
    const QFontMetricsF metrics(font);
    const double scale = form.size / drawnAt;
    const auto text = whole.left(longestText).simplified();
    std::vector<TextLetter> letters;
    double before = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype length = text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
        QPainterPath path;
        path.addText(0, metrics.capHeight() / 2, font, text.sliced(i, length));
        path.setFillRule(Qt::WindingFill);
        const double after = metrics.horizontalAdvance(text.first(i + length));
        letters.push_back({QTransform::fromScale(scale, scale).map(path), (after - before) * scale + form.spacing});
        before = after;
        i += length;
    }
    return letters;
}

} // namespace hanseatlas
