// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the readers of files tell the user, in the user's language. */
struct FileTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::FileTexts)
};

} // namespace hanseatlas
