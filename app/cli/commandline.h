// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QStringList>

#include <optional>

namespace hanseatlas
{

/** Does the jobs that need no window: info, render, export, demo, tour, report, and --help and --version. `arguments`
 * begin with the program's name. Returns the exit code; none where the arguments are not of this kind and a window is
 * wanted. Makes its own application object, so call it before there is one; needs no display. Blocks until the job is
 * done. */
std::optional<int> runCommandLine(const QStringList &arguments);

/** Takes "--language xx" out of the arguments; "system" where it is not among them. */
QString takeLanguage(QStringList &arguments);

/** Prints it for people to stderr; the exit code. */
int reportError(const Error &error);

/** Exit codes, for scripts; --help says the same. */
namespace exitcode
{
inline constexpr int ok = 0;
inline constexpr int failure = 1; ///< anything else
inline constexpr int usage = 2; ///< the arguments make no sense
inline constexpr int notFound = 3; ///< a file, layer, theme or place does not exist
inline constexpr int notAllowed = 4; ///< may not be read or written
inline constexpr int badContent = 5; ///< damaged, or nothing this program can show
inline constexpr int storage = 6; ///< disk full, file in use, write failed
inline constexpr int cancelled = 130;
} // namespace exitcode

} // namespace hanseatlas
