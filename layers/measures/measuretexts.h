// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What measures tell the user, in the user's language. */
struct MeasureTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::MeasureTexts)
};

} // namespace hanseatlas
