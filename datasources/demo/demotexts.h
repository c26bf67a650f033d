// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the demo city tells the user, in the user's language. */
struct DemoTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::DemoTexts)
};

} // namespace hanseatlas
