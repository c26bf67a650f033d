// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplanvalues.h"

#include <QSet>

namespace hanseatlas
{

/** Texts on the map. What a plan writes itself by presentation objects is not written a second time. */
class XplanLabels
{
public:
    /** Both must outlive this. */
    XplanLabels(const XplanDocument &document, const XplanCatalogue &catalogue);

    /** For a content object, e.g. "WA II GRZ 0,4"; "" = none. */
    QString ofObject(const XplanObject &object, const std::vector<FlatValue> &values) const;
    /** For a presentation object: its own text, or the values it stands for; "" = it is a symbol. */
    QString ofMarker(const XplanObject &marker) const;

private:
    QString valueAt(const XplanObject &target, const QString &art) const;

    const XplanDocument &m_document;
    const XplanCatalogue &m_catalogue;
    QHash<QString, QSet<QString>> m_shown; ///< object id → its properties that presentation objects write
};

} // namespace hanseatlas
