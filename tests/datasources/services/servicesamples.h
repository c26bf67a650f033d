// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace hanseatlas::test
{

/** The bytes of a sample, e.g. "wms-caps/epsg0.xml". */
QByteArray sample(const QString &name);
/** All samples of a folder, "wms-caps/…". */
QStringList samplesOf(const QString &folder);
/** Rows of a table test: one for each sample of the folder, column "sample". */
void addSampleRows(const QString &folder);

/** The first capture of a pattern in what PROVENANCE.tsv says of a sample; "" where it says nothing. */
QString factOf(const QString &sample, const QString &pattern);
/** "a,b,…(+3)" → the names that are given */
QStringList namesIn(const QString &list);

} // namespace hanseatlas::test
