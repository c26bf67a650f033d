// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

#include <utility>

namespace hanseatlas::test
{

/** What PROVENANCE.tsv says of an XPlanGML sample. */
struct XplanFacts {
    struct Areas {
        int features = 0;
        double area = 0;
        int polygons = 0;
        int holes = 0;
        bool hasArcs = false;
    };
    QString version; ///< "5.2"
    QMap<QString, int> classes; ///< class → objects
    bool allClasses = true; ///< the list is complete
    QStringList planNames; ///< "" for plans without
    int dangling = 0;
    double xMin = 0, xMax = 0, yMin = 0, yMax = 0;
    QMap<QString, Areas> areas;
};
XplanFacts factsOf(const QString &sample);

/** The bytes of the GML in a sample, be it zipped or not. */
QByteArray gmlOf(const QString &sample);

/** All XPlanGML samples, "xplangml/…". */
QStringList xplanSamples();

/** A zip with these members, made by libzip. Names are written as they are. */
void writeZip(const QString &path, const QList<std::pair<QString, QByteArray>> &members);

} // namespace hanseatlas::test
