// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/datasources/services/servicesamples.h"

#include "tests/support/testkit.h"

#include <QDir>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace hanseatlas::test
{

QByteArray sample(const QString &name)
{
    QFile file(samplesDir() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList samplesOf(const QString &folder)
{
    QStringList names;
    for (const auto &name : QDir(samplesDir() + u'/' + folder).entryList(QDir::Files, QDir::Name))
        names.append(folder + u'/' + name);
    return names;
}

void addSampleRows(const QString &folder)
{
    QTest::addColumn<QString>("sample");
    for (const auto &name : samplesOf(folder))
        QTest::newRow(qPrintable(name)) << name;
    if (samplesDir().isEmpty())
        QTest::newRow("no samples") << QString();
}

QString factOf(const QString &sample, const QString &pattern)
{
    static QHash<QString, QString> known; // the table is long
    if (!known.contains(sample))
        known.insert(sample, expectedOf(sample));
    const auto match = QRegularExpression(pattern).match(known.value(sample));
    return match.hasMatch() ? match.captured(1).trimmed() : QString();
}

QStringList namesIn(const QString &list)
{
    QStringList names;
    for (const auto &name : list.split(u','))
        if (!name.trimmed().isEmpty() && !name.startsWith(u'…'))
            names.append(name.trimmed());
    return names;
}

} // namespace hanseatlas::test
