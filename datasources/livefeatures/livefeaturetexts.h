// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What layers of features from services tell the user, in the user's language. */
struct LiveFeatureTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::LiveFeatureTexts)
};

} // namespace hanseatlas
