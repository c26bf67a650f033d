// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the HTTP door tells the user, in the user's language. */
struct NetTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::NetTexts)
};

} // namespace hanseatlas
