// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCoreApplication;

namespace hanseatlas
{

/** The program's language for a setting "system", "de" or "en": "de" or "en". */
QString languageFor(const QString &setting);

/** Installs the translations of the program and of Qt, and for a language that is not the system's its way of writing
 *  numbers. Once, before the first text is shown. */
void installLanguage(QCoreApplication &app, const QString &setting);

} // namespace hanseatlas
