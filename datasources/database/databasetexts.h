// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** @internal Context of the translations of this folder. */
struct DatabaseTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::DatabaseTexts)
};

} // namespace hanseatlas
