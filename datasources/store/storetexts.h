// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the store of service data tells the user, in the user's language. */
struct StoreTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::StoreTexts)
};

} // namespace hanseatlas
