// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStandardPaths>
#include <QString>

namespace hanseatlas::test
{

/** Runs an installed program and returns what it printed; "" where it is missing or fails. The sanitizers of the test
 *  program are none of its business. */
inline QString outputOf(const QString &program, const QStringList &arguments, int milliseconds = 60000)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(milliseconds) || process.exitCode() != 0)
        return {};
    return QString::fromUtf8(process.readAllStandardOutput());
}

inline bool isInstalled(const QString &program)
{
    return !QStandardPaths::findExecutable(program).isEmpty();
}

} // namespace hanseatlas::test

/** Skips where a program of the distribution is not there. */
#define NEED_PROGRAM(name)                                                                                             \
    do {                                                                                                               \
        if (!hanseatlas::test::isInstalled(name))                                                                      \
            QSKIP("a program that this test asks is not installed");                                                   \
    } while (false)
