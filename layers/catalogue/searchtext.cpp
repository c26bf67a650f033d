// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/catalogue/searchtext.h"

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr qsizetype longestAbstract = 4000; ///< what comes after it describes no longer

/** The second letter of "ae", "oe", "ue" is dropped, as the dots on "ä" are. */
bool standsForDots(QChar before, QChar letter)
{
    return letter == u'e' && (before == u'a' || before == u'o' || before == u'u');
}

bool isLetter(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

enum class Place { None, Inside, WordStart, Start, Whole };

/** The best place at which the word stands in the text. */
Place placeOf(const QByteArray &text, const QByteArray &word)
{
    auto best = Place::None;
    for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const auto end = at + word.size();
        if (at == 0 || text[at - 1] == '\n')
            return end == text.size() || text[end] == '\n' ? Place::Whole : Place::Start;
        if (!isLetter(text[at - 1]))
            return Place::WordStart; // that a later line begins with it would not matter much more
        best = Place::Inside;
    }
    return best;
}

int titleScore(Place place)
{
    switch (place) {
    case Place::Whole:
        return 120;
    case Place::Start:
        return 80;
    case Place::WordStart:
        return 60;
    case Place::Inside:
        return 40;
    case Place::None:
        break;
    }
    return 0;
}

int wordScore(const SearchText &text, const QByteArray &path, const QByteArray &word)
{
    if (const int score = titleScore(placeOf(text.title, word)); score > 0)
        return score;
    if (const auto place = placeOf(text.keywords, word); place != Place::None)
        return place == Place::Whole ? 30 : place == Place::Inside ? 15 : 20;
    if (path.contains(word))
        return 8;
    return text.abstract.contains(word) ? 4 : 0;
}

} // namespace

QByteArray folded(const QString &text)
{
    const auto plain = text.normalized(QString::NormalizationForm_KD).toCaseFolded().simplified();
    QString result;
    result.reserve(plain.size());
    for (const auto c : plain) {
        if (c.category() == QChar::Mark_NonSpacing)
            continue;
        if (!result.isEmpty() && standsForDots(result.back(), c))
            continue;
        if (c == u'ß')
            result += "ss"_L1;
        else
            result += c;
    }
    return result.toUtf8();
}

SearchText searchTextOf(const CatalogueNode &node)
{
    SearchText text{.title = folded(node.title), .abstract = folded(node.abstract.left(longestAbstract))};
    for (const auto &keyword : node.keywords)
        text.keywords += folded(keyword) + '\n';
    if (!node.format.isEmpty())
        text.keywords += folded(node.format) + '\n';
    if (node.source && !node.source->layer.isEmpty())
        text.keywords += folded(node.source->layer) + '\n';
    return text;
}

QByteArrayList searchWords(const QString &text)
{
    auto words = folded(text.left(200)).split(' ');
    words.removeAll(QByteArray());
    return words;
}

int searchScore(const SearchText &text, const QByteArray &path, const QByteArrayList &words)
{
    int sum = 0;
    for (const auto &word : words) {
        const int score = wordScore(text, path, word);
        if (score == 0)
            return 0;
        sum += score;
    }
    return sum;
}

} // namespace hanseatlas
