// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"
#include "layers/model/geometry.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/** The content of an XPlanGML file as plain values. Nothing is interpreted here but structure and geometry: codes stay
 *  codes, and classes and properties that we do not know are kept like all others. */
namespace hanseatlas
{

/** A property of an object as it stands in the file: a text, a reference, or a complex value with parts. */
struct XplanProperty {
    QString name; ///< without prefix, e.g. "GRZ"
    QString text; ///< white space at both ends removed
    QString uom; ///< e.g. "m"
    QString href; ///< xlink:href; "#id" for objects of the same file
    QString type; ///< complex values: name of the data type, e.g. "XP_Gemeinde"
    QList<XplanProperty> parts; ///< complex values: its properties

    bool operator==(const XplanProperty &) const = default;
};

/** A plan, a Bereich, a content object, a text or a presentation object. */
struct XplanObject {
    QString id; ///< gml:id; made up where the file has none
    QString type; ///< class without prefix, e.g. "BP_BaugebietsTeilFlaeche"
    QList<XplanProperty> properties; ///< in the file's order, without geometries
    Geometry geometry; ///< `position`, `raeumlicherGeltungsbereich` or `geltungsbereich`; may be empty
    Crs crs; ///< of `geometry`; invalid = the file does not say
    int line = 0; ///< where it begins in the file

    /** The first of this name; nullptr if there is none. */
    const XplanProperty *property(const QString &name) const;
    /** Its text; "" if there is none. */
    QString text(const QString &name) const;
    /** All texts of properties of this name that have one. */
    QStringList texts(const QString &name) const;
    /** The ids that properties of this name refer to, without "#". */
    QStringList references(const QString &name) const;
    /** A path of names, data types left out: "zweckbestimmung/allgemein". The texts of all that match. */
    QStringList textsAt(const QString &path) const;
};

/** A file or page that a plan or a text refers to (XP_ExterneReferenz). */
struct XplanReference {
    QString name;
    QString url; ///< as written: an address or a file name beside the plan
    QString kind; ///< code of XP_ExterneReferenzTyp; may be empty
    QString date; ///< as written
    QString description;
    bool operator==(const XplanReference &) const = default;
};

/** A text of the plan (XP_/BP_/FP_TextAbschnitt): a textual regulation. */
struct XplanText {
    QString id;
    QString key; ///< schluessel, e.g. "1.2.10"
    QString text;
    QString legalBasis;
    std::vector<XplanReference> references;
};

/** A plan with what belongs to it. Objects are indices into XplanDocument::objects. */
struct XplanPlan {
    std::optional<std::size_t> object; ///< the BP_Plan, FP_Plan … itself; none: what belongs to no plan of the file
    std::vector<std::size_t> bereiche; ///< by their number
    std::vector<std::size_t> contents; ///< content objects of all its Bereiche, in the file's order
    std::vector<std::size_t> markers; ///< presentation objects
    std::vector<XplanText> texts; ///< sorted by key, numbers by value
    std::vector<XplanReference> references;
};

/** One XPlanGML file, read. */
struct XplanDocument {
    QString name; ///< of the file, without folder
    QString version; ///< "4.0" … "6.0"; "" when the namespace says none that we know
    std::vector<XplanObject> objects; ///< all of the file
    std::vector<XplanPlan> plans; ///< in the file's order; last, if need be, one without object
    QHash<QString, std::size_t> byId;
    QStringList notes; ///< what was left out, repaired or found wrong, for people

    const XplanObject *find(const QString &id) const;
};

/** Order of text keys such as "1.2.10": groups of digits by value, the rest as letters; empty keys last. */
bool keyLess(const QString &a, const QString &b);

} // namespace hanseatlas
