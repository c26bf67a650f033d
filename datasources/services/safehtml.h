// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hanseatlas
{

/** Text from a server as markup that may be shown: text, headings, tables, lists and links (http and https) stay;
 *  scripts, styles, images, frames, forms, comments and all attributes but a few are dropped. What comes out is built
 *  anew from a list of what is allowed, with all elements closed, so that nothing passes that nobody thought of. */
QString safeHtml(const QString &html);

/** The text alone, a line for each block, entities resolved. */
QString plainText(const QString &html);

} // namespace hanseatlas
