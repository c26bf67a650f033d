// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"
#include "layers/model/result.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <vector>

namespace hanseatlas
{

/** How a value is written into a label. */
enum class LabelForm { Plain, Short, Text, Roman };

/** One value of a label, e.g. "GRZ 0,4". Left out when its field has no value. */
struct LabelPart {
    QStringList fields; ///< several: joined by an en dash, as in "II–IV"
    QString otherwise; ///< the field to take where the first has no value
    LabelForm form = LabelForm::Plain;
    QString prefix;
    QString suffix;
};

/** A class of XPlanGML, for people and for the map. */
struct XplanClass {
    bool known = false;
    QString title; ///< e.g. "Baugebiet"; unknown: the class's name in words
    int rank = 0; ///< the higher, the further up among areas, lines or points
    QString labelName; ///< of XplanCatalogue::labels; may be empty
};

/** What the program knows about XPlanGML beyond its structure: code texts, titles and symbols of the
 *  Planzeichenverordnung 1990. All of it is data (resources/planzv); the format is told there. */
class XplanCatalogue
{
public:
    XplanCatalogue() = default; ///< knows nothing: numbers stay numbers, all is drawn plainly
    static Result<XplanCatalogue> fromJson(const QByteArray &planzv, const QByteArray &codes);
    /** The one that comes with the program; an empty one should its data be missing. */
    static XplanCatalogue shipped();

    /** Name of the code list for a property, e.g. ("BP_GruenFlaeche", "zweckbestimmung", "6.0"); "" = none. */
    QString listOf(const QString &type, const QString &path, const QString &version) const;
    QString text(const QString &list, const QString &code) const; ///< "" = unknown code
    QString shortText(const QString &list, const QString &code) const; ///< "WA"; "" = has none
    QString fieldTitle(const QString &field) const; ///< "" = none

    XplanClass classOf(const QString &type) const;
    std::vector<LabelPart> labelParts(const QString &labelName) const { return m_parts.value(labelName); }
    /** Style as JSON; `level` below zero: under the ground. */
    QJsonObject style(const QString &type, GeometryKind kind, int level) const;
    /** The title of a layer of objects off the ground, e.g. "Nebenanlagen, unter der Geländeoberfläche". */
    QString levelTitle(const QString &title, int level) const;
    /** "plan", "bereich", "texts", "markerLines", "markerAreas", "plans", "areas" */
    QString specialTitle(const QString &name) const;
    QJsonObject specialStyle(const QString &name) const;

    LabelForm presentationForm(const QString &property) const;
    QString presentationPrefix(const QString &property) const;
    /** Fields that are computed, by class: name and value; e.g. nutzungsart = "W". */
    QStringList derivedFields(const QString &type) const;
    QString derivedValue(const QString &field, const QHash<QString, QString> &values) const;
    bool isInForce(const QString &legalState) const { return m_inForce.contains(legalState); }
    /** Classes that cover the plan without gaps unless an object says otherwise. */
    bool isSeamlessArea(const QString &type) const { return m_seamless.contains(type); }

private:
    QJsonObject m_classes, m_styles, m_special, m_fallback, m_below, m_above, m_labels, m_presentation, m_derive;
    QHash<QString, std::vector<LabelPart>> m_parts;
    QSet<QString> m_inForce, m_seamless;
    QJsonObject m_lists, m_short, m_properties, m_titles;
};

} // namespace hanseatlas
