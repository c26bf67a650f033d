// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the index tells the user, in the user's language. */
struct IndexTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::IndexTexts)
};

} // namespace hanseatlas
