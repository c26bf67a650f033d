// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** @internal Where the texts of what is kept offline are translated. */
struct OfflineTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::OfflineTexts)
};

} // namespace hanseatlas
