// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QImage>
#include <QString>
#include <QTest>

namespace hanseatlas::test
{

/** The folder of real sample files beside the project, or "" where it is missing; HANSEATLAS_SAMPLES overrides it. */
QString samplesDir();
/** A file below tests/data. */
QString dataFile(const QString &name);
/** The column "what a correct reader must get" of a sample in PROVENANCE.tsv. */
QString expectedOf(const QString &sample);

/** Compares with tests/golden/<name>.png: at most `share` of the pixels may differ by more than `tolerance` per
 * channel. On failure writes <name>.actual.png and <name>.diff.png below the build folder; HANSEATLAS_UPDATE_GOLDEN=1
 * writes the master anew. Returns "" when they agree. */
QString compareGolden(const QImage &actual, const QString &name, int tolerance = 12, double share = 0.002);

/** For messages: the error as one line. */
QString toText(const Error &error);

} // namespace hanseatlas::test

/** Fails the test with the error's text. */
#define VERIFY_RESULT(result)                                                                                          \
    do {                                                                                                               \
        const auto &verifiedResult = (result);                                                                         \
        QVERIFY2(verifiedResult.has_value(),                                                                           \
                 verifiedResult.has_value() ? "" : qPrintable(hanseatlas::test::toText(verifiedResult.error())));      \
    } while (false)

/** The result must be an error of this kind that says something. */
#define VERIFY_FAILS(result, expectedKind)                                                                             \
    do {                                                                                                               \
        const auto &verifiedResult = (result);                                                                         \
        QVERIFY2(!verifiedResult.has_value(), "should have failed");                                                   \
        QVERIFY2(verifiedResult.error().kind == (expectedKind),                                                        \
                 qPrintable(hanseatlas::test::toText(verifiedResult.error())));                                        \
        QVERIFY(!verifiedResult.error().what.isEmpty());                                                               \
    } while (false)

/** Skips with a word where the sample files are not there. */
#define NEED_SAMPLES()                                                                                                 \
    do {                                                                                                               \
        if (hanseatlas::test::samplesDir().isEmpty())                                                                  \
            QSKIP("the sample files are not beside the project");                                                      \
    } while (false)
