// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What catalogues tell the user, in the user's language. */
struct CatalogueTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::CatalogueTexts)
};

} // namespace hanseatlas
