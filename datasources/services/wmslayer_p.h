// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/wmscapabilities.h"

#include <QHash>

namespace hanseatlas
{

/** Reads the tree of layers of a capabilities document, handing down what is inherited. */
class WmsLayerReader
{
public:
    WmsLayerReader(WmsVersion version, const QUrl &from)
        : m_version(version)
        , m_from(from)
    {
    }

    /** The Layer children of `node`. */
    Result<std::vector<WmsLayer>> read(const XmlNode &node);

private:
    void readChildren(const XmlNode &node, const WmsLayer &parent, int depth, std::vector<WmsLayer> &into);
    WmsLayer readLayer(const XmlNode &node, const WmsLayer &parent);
    void readCrs(const XmlNode &node, WmsLayer &layer);
    void readBoxes(const XmlNode &node, WmsLayer &layer);
    void readStyles(const XmlNode &node, WmsLayer &layer) const;
    void readScales(const XmlNode &node, WmsLayer &layer) const;
    void readFlags(const XmlNode &node, WmsLayer &layer) const;
    void readAttribution(const XmlNode &node, WmsLayer &layer) const;
    bool northFirst(const QString &crs);
    QString absolute(const QString &link) const;

    WmsVersion m_version;
    QUrl m_from;
    QHash<QString, bool> m_northFirst;
    int m_layers = 0;
    qsizetype m_values = 0; ///< all that was inherited and declared, to bound the memory
    bool m_tooLarge = false;
};

/** Dimension and Extent elements of a layer, on top of the inherited ones. */
void readDimensions(const XmlNode &node, std::vector<WmsDimension> &dimensions);

} // namespace hanseatlas
