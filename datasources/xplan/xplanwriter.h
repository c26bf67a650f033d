// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplandocument.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QDate>

/** Writes XPlanGML 6.0. What it writes is read by XplanOpener and by GDAL; elements stand in the order of the schema as
 *  far as these values know it. */
namespace hanseatlas
{

/** A content object, or a presentation object ("XP_PPO", "XP_PTO"). */
struct XplanObjectDraft {
    QString type; ///< e.g. "BP_BaugebietsTeilFlaeche"
    /** The class's own properties in the order of the schema, e.g. {{.name = "GRZ", .text = "0.4"}}. Complex values
     * have `type` and `parts`. rechtscharakter, flaechenschluss, gehoertZuBereich and the links below are written from
     * the other members. Presentation objects: art, index, schriftinhalt, drehwinkel and so on. */
    QList<XplanProperty> properties;
    Geometry geometry;
    bool covers = false; ///< flaechenschluss: part of the seamless cover; written for areas only
    int level = 0; ///< ebene
    QString legalCharacter = QStringLiteral("1000"); ///< rechtscharakter; "" = not written (4.x style classes)
    QString id; ///< gml:id; empty: one is made from the plan's and the object's numbers
    QString represents; ///< presentation objects: id of the content object that it stands for
    QStringList texts; ///< ids of XplanText that hold for it (refTextInhalt)
};

struct XplanBereichDraft {
    int number = 0;
    QString name;
    Geometry extent; ///< may be empty: that of the plan
    std::vector<XplanObjectDraft> objects;
};

struct XplanPlanDraft {
    QString type = QStringLiteral("BP_Plan");
    QString id; ///< gml:id; empty: one is made
    QString name;
    QString number; ///< e.g. "07.32.00"
    QString description;
    QString municipality; ///< gemeindeName
    QString municipalityKey; ///< ags, e.g. "01003000"
    QString district; ///< ortsteilName
    QString planKind = QStringLiteral("1000"); ///< code of BP_PlanArt
    QString procedure; ///< code of BP_Verfahren
    QString legalState = QStringLiteral("4000"); ///< code of BP_Rechtsstand
    QDate decidedToDraw; ///< aufstellungsbeschlussDatum
    QDate displayedFrom, displayedTo; ///< auslegungsStartDatum, auslegungsEndDatum
    QDate decided; ///< satzungsbeschlussDatum
    QDate inForce; ///< inkrafttretensDatum
    QDate ended; ///< untergangsDatum
    int scale = 1000; ///< erstellungsMassstab
    Geometry extent; ///< raeumlicherGeltungsbereich
    std::vector<XplanReference> references;
    std::vector<XplanText> texts; ///< an empty id is filled
    std::vector<XplanBereichDraft> bereiche;
};

/** All plans of one file; coordinates in `crs`, which needs an EPSG number. Polygons are written with their holes and
 *  parts, lines and points as single or multi geometries. Coordinates have millimetres (degrees: 9 digits).
 *  Fails with Invalid for a CRS without number, an id that occurs twice, and text that XML cannot hold. */
Result<QByteArray> writeXplan(const std::vector<XplanPlanDraft> &plans, const Crs &crs);

} // namespace hanseatlas
