// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguenode.h"

#include <QByteArray>
#include <QByteArrayList>

namespace hanseatlas
{

/** For comparing: without case, accents and umlauts, so that "strasse", "Straße" and "STRASSE" are the same, and so are
 * "baeume", "Bäume" and "baume". UTF-8, blanks simplified. */
QByteArray folded(const QString &text);

/** What is searched of a node, folded once. */
struct SearchText {
    QByteArray title, keywords, abstract; ///< keywords each on a line of its own
};
SearchText searchTextOf(const CatalogueNode &node);

/** The words of a search, folded. */
QByteArrayList searchWords(const QString &text);

/** How well a node fits; 0 = not all words are in it. `path`: the folded names of what it lies in. */
int searchScore(const SearchText &text, const QByteArray &path, const QByteArrayList &words);

} // namespace hanseatlas
