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

TextSetter::Face &TextSetter::face(const QStringList &stack)
{
    auto place = m_faces.find(stack);
    if (place == m_faces.end()) {
        const auto font = mapFont(stack);
        place = m_faces.emplace(stack, Face{font, QFontMetricsF(font).capHeight(), {}}).first;
    }
    return place->second;
}

TextSetter::Letter &TextSetter::letter(Face &face, const QString &character)
{
    auto place = face.letters.find(character);
    if (place == face.letters.end()) {
        Letter made{.advance = QFontMetricsF(face.font).horizontalAdvance(character)};
        made.path.addText(0, face.capHeight / 2, face.font, character);
        made.path.setFillRule(Qt::WindingFill);
        place = face.letters.emplace(character, std::move(made)).first;
    }
    return place->second;
}

/** At spaces, into lines of about the same length. By the sum of the letters, which is near enough. */
TextSetter::Setting TextSetter::setting(const QString &text, const TextForm &form)
{
    auto &face = this->face(form.fonts);
    const double scale = form.size / drawnAt, spacing = form.spacing / scale, widest = form.maxWidth / scale;
    const auto widthOf = [&](const QString &part) {
        double width = 0;
        for (const auto c : part)
            width += letter(face, c).advance + spacing;
        return width;
    };
    Setting result{.step = form.lineHeight * drawnAt};
    const auto add = [&](const QString &line, double width) {
        if (result.lines.size() >= mostLines)
            return;
        result.lines.append(line);
        result.widths.push_back(width);
        result.width = std::max(result.width, width);
    };
    for (const auto &paragraph : text.left(longestText).split(u'\n')) {
        const double whole = widthOf(paragraph);
        const double wanted = widest > 0 && whole > widest ? whole / std::ceil(whole / widest) : whole;
        QString line;
        double width = 0;
        for (const auto &word : paragraph.split(u' ', Qt::SkipEmptyParts)) {
            const double more = widthOf(word), blank = line.isEmpty() ? 0 : widthOf(u" "_s);
            if (!line.isEmpty() && width + blank + more > wanted * 1.12) {
                add(line, width);
                line = word;
                width = more;
            } else {
                line += (line.isEmpty() ? QString() : u" "_s) + word;
                width += blank + more;
            }
        }
        add(line, width);
    }
    result.height = result.step * double(result.lines.size() - 1);
    return result;
}

QSizeF TextSetter::size(const QString &text, const TextForm &form)
{
    const auto set = setting(text, form);
    return QSizeF(set.width, set.height + face(form.fonts).capHeight * 1.5) * (form.size / drawnAt);
}

TextShape TextSetter::shape(const QString &text, const TextForm &form)
{
    const auto set = setting(text, form);
    const auto &face = this->face(form.fonts);
    auto font = face.font;
    const double scale = form.size / drawnAt;
    if (form.spacing != 0)
        font.setLetterSpacing(QFont::AbsoluteSpacing, form.spacing / scale);
    QPainterPath path;
    double base = -set.height / 2 + face.capHeight / 2;
    for (qsizetype i = 0; i < set.lines.size(); ++i) {
        const double rest = set.width - set.widths[std::size_t(i)];
        const double indent = form.justify < 0 ? 0 : form.justify > 0 ? rest : rest / 2;
        path.addText(-set.width / 2 + indent, base, font, set.lines[i]);
        base += set.step;
    }
    path.setFillRule(Qt::WindingFill);
    return {QTransform::fromScale(scale, scale).map(path),
            QSizeF(set.width, set.height + face.capHeight * 1.5) * scale};
}

std::vector<TextLetter> TextSetter::letters(const QString &whole, const TextForm &form)
{
    auto &face = this->face(form.fonts);
    const double scale = form.size / drawnAt;
    const auto text = whole.left(longestText).simplified();
    std::vector<TextLetter> letters;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype length = text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
        const auto &one = letter(face, text.sliced(i, length));
        letters.push_back({&one.path, scale, one.advance * scale + form.spacing});
        i += length;
    }
    return letters;
}

} // namespace hanseatlas
