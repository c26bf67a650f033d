// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What reports tell the reader, in the reader's language. */
struct ReportTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::ReportTexts)
};

} // namespace hanseatlas
