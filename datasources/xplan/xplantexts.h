// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the readers of plans tell the user, in the user's language. */
struct XplanTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::XplanTexts)
};

} // namespace hanseatlas
