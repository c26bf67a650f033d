// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/sensors/reading.h"
#include "tests/support/testkit.h"

#include <QDateTime>
#include <QFile>
#include <QStringList>

#include <numeric>

/** What the tests of all sensor sources share. */
namespace hanseatlas::test
{

inline std::int64_t utc(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs).toMSecsSinceEpoch();
}

/** The time that the tests play at. */
inline const std::int64_t now = utc(QStringLiteral("2026-11-24T12:00:00Z"));

inline QString toText(const FaultTally &faults)
{
    QStringList texts;
    for (int i = 0; i < faultKinds; ++i)
        if (faults.counts[std::size_t(i)] > 0)
            texts.append(QStringLiteral("%1: %2").arg(faultText(Fault(i))).arg(faults.counts[std::size_t(i)]));
    return texts.join(QStringLiteral("; "));
}

inline constexpr int none = -1;

/** Exactly this fault, once; or none at all. */
inline bool only(const FaultTally &faults, int fault)
{
    FaultTally expected;
    if (fault != none)
        expected.add(Fault(fault));
    return faults == expected;
}

inline QByteArray sensorSample(const QString &name)
{
    QFile file(samplesDir() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace hanseatlas::test

/** Exactly these faults: COMPARE_FAULTS(answer.faults, {{Fault::NoTime, 2}}). */
#define COMPARE_FAULTS(actual, ...)                                                                                    \
    do {                                                                                                               \
        hanseatlas::FaultTally expectedFaults;                                                                         \
        for (const auto &[fault, times] : std::initializer_list<std::pair<hanseatlas::Fault, int>> __VA_ARGS__)        \
            expectedFaults.add(fault, times);                                                                          \
        QVERIFY2((actual) == expectedFaults, qPrintable(hanseatlas::test::toText(actual)));                            \
    } while (false)
